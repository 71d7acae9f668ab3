"""What is part of what: `partOf` facts between organisations, from the words between their names and inside of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from ingest.extractors.cast import Cast, Mention
from ingest.extractors.enumerations import BRACKET, chain_after
from ingest.extractors.spelling import normal
from ingest.lexicon.relations import any_of, words
from ingest.model import Annotation, Span

OFFICE_HEADS = frozenset(words("office_heads"))
PART_HEADS = OFFICE_HEADS | frozenset(words("part_heads"))
INNER_HEADS = frozenset(words("inner_heads"))
OUTER_HEADS = frozenset(words("outer_heads"))
SIDE_HEADS = frozenset(words("side_heads"))
NEAR = 90
"""The most characters between two names that a rule may look at."""

UNDER = re.compile(rf"^(?:\s*\([^()]*\)|\))?\s*(?:,\s*)?{any_of('part_under')}\s+(?:the\s+)?$", re.I)
OF = re.compile(r"^(?:\s*\([^()]*\)|\))?\s+(?:of|at|in)\s+the\s+$")
POSSESSIVE = re.compile(rf"^{BRACKET}(?:[’']s|[’'])\s*$")
COMMA = re.compile(rf"^{BRACKET}\s*,\s+(?:the\s+)?$")
LISTED = re.compile(r"\b(?:and|of|including|from|,)\s+(?:the\s+)?$")
"""What stands before a name in a list, where a comma joins equals."""
BODIES_OF = re.compile(rf"\b{any_of('part_plurals')}\s+(?:under|of|within)\s+(?:the\s+)?$", re.I)
INCLUDING = re.compile(rf"^{BRACKET}[^.;()]{{0,50}}?,?\s+{any_of('such_as')}\s+(?:the\s+)?")
SIDE = re.compile(r"On the side of (?:the )?")


def extract(cast: Cast, annotations: Sequence[Annotation]) -> None:
    """States which organisations are part of which; `annotations` are their names with the head noun of each."""
    heads = {m.span: str(m.features.get("head", "")) for m in annotations}
    ordered = cast.of_kind("organisation")
    for one, two in itertools.pairwise(ordered):
        _neighbours(cast, one, two, heads)
    _of_names(cast, annotations)
    _offices(cast, ordered, heads)
    _sides(cast, heads)
    _including(cast)


def _neighbours(cast: Cast, one: Mention, two: Mention, heads: Mapping[Span, str]) -> None:
    """ "X under Y", "X, to which Y belongs", "X of the Y", "Y’s X", "X, Ministry of Y"."""
    gap = cast.content[one.span.end : two.span.start]
    if len(gap) > NEAR or "\n" in gap or one.key == two.key:
        return
    first, second = heads.get(one.span), heads.get(two.span)
    both = Span(one.span.start, two.span.end)
    if UNDER.match(gap):
        if "to which" in gap.lower():
            cast.state(two.key, "partOf", one.key, both, "part/to-which", 0.9)
        else:
            cast.state(one.key, "partOf", two.key, both, "part/under", 0.93)
    elif OF.match(gap) and first in PART_HEADS:
        cast.state(one.key, "partOf", two.key, both, "part/of", 0.9)
    elif POSSESSIVE.match(gap) and second:
        cast.state(two.key, "partOf", one.key, both, "part/possessive", 0.85)
    elif COMMA.match(gap) and first in INNER_HEADS and second in OUTER_HEADS and not _in_list(cast, one):
        cast.state(one.key, "partOf", two.key, both, "part/comma", 0.75)


def _in_list(cast: Cast, m: Mention) -> bool:
    """True for "from the Department of X, University of Y and Z", where commas join equals; not in fact boxes."""
    before = cast.content[max(0, m.span.start - 60) : m.span.start]
    return cast.a.layout.kind_at(m.span.start) != "field" and LISTED.search(before) is not None


def _of_names(cast: Cast, annotations: Sequence[Annotation]) -> None:
    """Names in which the annotator saw the name of the body above: "Department of X of the Ministry of Y"."""
    ordered = cast.ordered("organisation")
    by_span = {m.span: m for m in ordered.things}
    for named in annotations:
        above, part = named.features.get("parent"), by_span.get(named.span)
        if not isinstance(above, Span) or part is None:
            continue
        whole = next((m for m in ordered.covering(above.start) if m.key != part.key), None)
        if whole:
            evidence = Span(named.span.start, whole.span.end)
            cast.state(part.key, "partOf", whole.key, evidence, "part/of-name", 0.92)


def _offices(cast: Cast, mentions: Sequence[Mention], heads: Mapping[Span, str]) -> None:
    """ "ILO Office in Viet Nam", "MOLISA Legal Department": the first word names the parent."""
    keys = {normal(name): key for key, m in cast.members.items() if m.mentions for name in m.names}
    for m in mentions:
        name = cast.a.words(m.span).split()
        if heads.get(m.span) not in OFFICE_HEADS or len(name) < 2:
            continue
        first = re.sub(r"[’']s?$", "", name[0])
        parent = keys.get(normal(first))
        if parent and parent != m.key and sum(c.isupper() for c in first) >= 2:
            cast.state(m.key, "partOf", parent, m.span, "part/office", 0.9)


def _sides(cast: Cast, heads: Mapping[Span, str]) -> None:
    """ "On the side of X, the Department of Y and the Department of Z ...": the departments are its own."""
    for s in cast.a.sentences:
        side = SIDE.match(cast.a.words(s.span))
        first = cast.ordered("organisation").at(s.span.start + side.end()) if side else None
        if first is None:
            continue
        for m in cast.inside("organisation", Span(first.span.end, s.span.end)):
            if heads.get(m.span) in SIDE_HEADS and m.key != first.key:
                cast.state(m.key, "partOf", first.key, s.span, "part/side", 0.75)


def _including(cast: Cast) -> None:
    """ "bodies under X, such as Y and Z"."""
    for s in cast.a.sentences:
        for m in cast.inside("organisation", s.span):
            if not BODIES_OF.search(cast.content[s.span.start : m.span.start]):
                continue
            lead = INCLUDING.match(cast.content[m.span.end : s.span.end])
            for part in chain_after(cast, m.span.end + lead.end(), s) if lead else ():
                if part.key != m.key:
                    cast.state(part.key, "partOf", m.key, s.span, "part/including", 0.9)
