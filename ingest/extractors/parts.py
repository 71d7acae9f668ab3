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
SCHOOL_PARTS = frozenset(words("school_parts"))
SCHOOLS = frozenset({"University", "College", "Ministry"})
WHOLE_HEADS = frozenset(words("whole_heads"))
INNER_HEADS = frozenset(words("inner_heads"))
OUTER_HEADS = frozenset(words("outer_heads"))
SIDE_HEADS = frozenset(words("side_heads"))
NEAR, FAR = 90, 170
"""The most characters between two names that a rule may look at; the second where one is called something between."""

SEAT = r"(?:\s+in\s+[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)?"
CALLED = r"(?:,\s+(?:an?|the)\s[^,.;()]{3,90})?"
""" "X, the training house of the trades, is one of ..."."""
UNDER = re.compile(
    rf"^(?:\s*\([^()]*\)|\))?{SEAT}{CALLED}\s*(?:,\s*)?{any_of('part_under')}\s+(?:the\s+|his\s+|her\s+)?$", re.I
)
OF = re.compile(r"^(?:\s*\([^()]*\)|\))?\s+(?:of|at|in)\s+the\s+$")
OF_SCHOOL = re.compile(r"^(?:\s*\([^()]*\)|\))?\s+(?:of|at)\s+$")
POSSESSIVE = re.compile(rf"^{BRACKET}(?:[’']s|[’']){BRACKET}\s*$")
THROUGH = re.compile(
    rf"^{BRACKET},?\s+(?:(?:acting\s+)?through|via|and|with|represented\s+by|namely)\s+(?:its|their|the\s+Ministry[’']s)\s+$"
)
COMMA = re.compile(rf"^(?:\)|{BRACKET})\s*,\s+(?P<article>the\s+)?$")
LISTED = re.compile(r"(?:\b(?:and|of|including|from)|,)\s+(?:the\s+)?$")
"""What stands before a name in a list, where a comma joins equals."""
BODIES_OF = re.compile(rf"\b{any_of('part_plurals')}\s+(?:under|of|within)\s+(?:the\s+)?$", re.I)
INCLUDING = re.compile(rf"^{BRACKET}[^.;()]{{0,50}}?,?\s+{any_of('such_as')}\s+(?:the\s+)?")
SENT_BY = re.compile(
    r"(?:Delegation|Mission|Representation|Office|Secretariat)\s+of\s+(?:the\s+)?(.+?)(?:\s+(?:to|in|for)\s.*)?$"
)
"""Offices that name those who keep them: "Delegation of the European Union to X"."""
OF_SHORT = re.compile(r"\bof (?:the )?([A-Z][A-Za-z]*[A-Z])$")
""" "Training Centre of the ILO", a name that holds the short one of the body above."""
SIDE = re.compile(r"On the side of (?:the )?")
BOTH = re.compile(
    rf"\b[Bb]oth\s+(?:of\s+(?:them|which|whom)\s+)?(?:are\s+)?(?:[a-z]+\s+)?{any_of('part_plurals')}\s+"
    r"(?:(?:attached|belonging|subordinate)\s+to|under|of|within)\s+(?:the\s+)?"
)
""" "X and Y, both units under the Z"."""


def extract(cast: Cast, annotations: Sequence[Annotation]) -> None:
    """States which organisations are part of which; `annotations` are their names with the head noun of each."""
    heads = _heads(cast, annotations)
    ordered = cast.of_kind("organisation")
    around = sorted([*ordered, *cast.of_kind("organisation-anaphor")], key=lambda m: m.span)
    for one, two in itertools.pairwise(around):
        _neighbours(cast, one, two, heads)
    _of_names(cast, annotations)
    _offices(cast, ordered, heads)
    _sides(cast, heads)
    _including(cast)
    _both(cast)
    _kinds(cast, heads)


def _kinds(cast: Cast, heads: Mapping[Span, str]) -> None:
    """A department is of the kind of the body that it belongs to, whatever its head alone would show."""
    for m in cast.of_kind("organisation"):
        member = cast.members[m.key]
        if member.reference is None and heads.get(m.span) in OFFICE_HEADS:
            wholes = {str(whole) for whole in cast.objects(m.key, "partOf")}
            if len(wholes) == 1:
                member.type = cast.members[wholes.pop()].type


def _heads(cast: Cast, annotations: Sequence[Annotation]) -> Mapping[Span, str]:
    """The head noun of each mention; of an abbreviation that of its full name, where it stands right after it."""
    heads = {m.span: str(m.features.get("head", "")) for m in annotations}
    for one, two in itertools.pairwise(cast.of_kind("organisation")):
        if one.key == two.key and one.reach.end >= two.span.end and not heads.get(two.span):
            heads[two.span] = heads.get(one.span, "")
    return heads


def _neighbours(cast: Cast, one: Mention, two: Mention, heads: Mapping[Span, str]) -> None:
    """ "X under Y", "X, to which Y belongs", "X of the Y", "Y’s X", "X, Ministry of Y"."""
    gap = cast.content[one.span.end : two.span.start]
    if len(gap) > FAR or "\n" in gap or one.key == two.key:
        return
    first, second = heads.get(one.span), heads.get(two.span)
    both = Span(one.span.start, two.span.end)
    if UNDER.match(gap):
        if "to which" in gap.lower():
            cast.state(two.key, "partOf", one.key, both, "part/to-which", 0.9)
        else:
            cast.state(one.key, "partOf", two.key, both, "part/under", 0.93)
    elif len(gap) > NEAR:
        return
    elif one.kind != "organisation":
        if POSSESSIVE.match(gap) and second in PART_HEADS:
            cast.state(two.key, "partOf", one.key, both, "part/possessive", 0.8)
    elif two.kind != "organisation":
        if OF.match(gap) and first in PART_HEADS:
            cast.state(one.key, "partOf", two.key, both, "part/of", 0.85)
    elif THROUGH.match(gap) and second in PART_HEADS:
        cast.state(two.key, "partOf", one.key, both, "part/through", 0.85)
    elif OF_SCHOOL.match(gap) and first in SCHOOL_PARTS and cast.members[two.key].type == "EducationInstitution":
        cast.state(one.key, "partOf", two.key, both, "part/of", 0.85)
    elif OF.match(gap) and first in PART_HEADS:
        cast.state(one.key, "partOf", two.key, both, "part/of", 0.9)
    elif _bracketed(cast, gap, two) and first in PART_HEADS and second not in OFFICE_HEADS:
        cast.state(one.key, "partOf", two.key, both, "part/bracket", 0.85)
    elif POSSESSIVE.match(gap) and second and second not in WHOLE_HEADS:
        cast.state(two.key, "partOf", one.key, both, "part/possessive", 0.85)
    elif _inside_next(gap, first, second) and not _in_list(cast, one):
        cast.state(one.key, "partOf", two.key, both, "part/comma", 0.75)


def _bracketed(cast: Cast, gap: str, two: Mention) -> bool:
    """ "Department of X (Ministry of Y)", "Department of X (MY)"."""
    return gap == " (" and cast.content[two.span.end : two.span.end + 1] == ")"


def _inside_next(gap: str, first: str | None, second: str | None) -> bool:
    """ "Department of X, Ministry of Y"; a school needs the bare comma: "Institute of X, University of Y"."""
    comma = COMMA.match(gap)
    if not comma or first not in INNER_HEADS or second not in OUTER_HEADS:
        return False
    return first not in SCHOOL_PARTS or (not comma["article"] and second in SCHOOLS)


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
        short = OF_SHORT.search(cast.a.words(m.span))
        if short and (above := keys.get(normal(short[1]))) and above != m.key:
            cast.state(m.key, "partOf", above, m.span, "part/of-name", 0.92)
        if heads.get(m.span) not in OFFICE_HEADS or len(name) < 2:
            continue
        first = re.sub(r"[’']s?$", "", name[0])
        parent = keys.get(normal(first)) if sum(c.isupper() for c in first) >= 2 else None
        sent = SENT_BY.match(cast.a.words(m.span))
        if parent is None and sent:
            parent = keys.get(normal(sent[1]))
        if parent and parent != m.key:
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


def _both(cast: Cast) -> None:
    """ "Ms A, Director of X, and Mr B, Director of Y, both units under the Z": of the last two bodies before."""
    for match in BOTH.finditer(cast.content):
        s = cast.a.sentence_at(match.start())
        whole = chain_after(cast, match.end(), s)[:1] if s is not None else []
        if s is None or not whole:
            continue
        before = cast.inside("organisation", Span(s.span.start, match.start()))
        parts = list(dict.fromkeys(m.key for m in reversed(before) if m.key != whole[0].key))[:2]
        for key in parts if len(parts) == 2 else ():
            cast.state(key, "partOf", whole[0].key, s.span, "part/both", 0.85)
