"""Where a number was counted: the place that its clause gives for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast
from ingest.extractors.order import InOrder
from ingest.extractors.places import places_in
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

LINK = re.compile(r"\s*(?:,\s*)?(?:and|or|from|of|in|at|as well as|with|including)?\s*(?:the\s+|all\s+|over\s+)?", re.I)
"""Between two numbers that were counted in one place: "40 men and 50 women in X", "50 of 60 in X"."""
LEAD = re.compile(r"(?:In|Across|Throughout|Within)\s+(?:the\s+)?")
AFTER_LEAD = re.compile(rf",|\s+{any_of('counting_starts')}")
BEFORE = re.compile(
    rf"(?:\b{any_of('counted_nouns')}|[a-z]s|\b[A-Z]{{2,}}s)\s+(?:in|of|across|throughout)\s+(?:the\s+)?$"
)
"""A noun whose place stands before its number: "institutions in X enrolled 500 students"."""
COUNTRY_HAS = re.compile(rf"\s+(?:now\s+|alone\s+|already\s+)?{any_of('country_verbs')}\b[^;:]{{0,70}}$")
WHERE = re.compile(r"\W{0,2}where\s[^.;,]*$")
MOVED = re.compile(rf"\b{any_of('movements')}\b", re.I)
TO = re.compile(r"\b(?:to|for|into|entered|reached)\s+(?:the\s+)?$")
FOR_OTHERS = re.compile(r"\bfor\s+(?:the\s+)?[\w\s]{3,30}\s(?:in|at)\s+(?:the\s+)?$")
"""A place of those that a thing is meant for: "handbooks for workers in X"."""
NO_CLAUSE = re.compile(r"[;:]\s")
REACH = 90
"""So many characters may stand between a place and the number that was counted there."""


def places_of(cast: Cast, q: Annotation, s: Sentence, quantities: InOrder[Annotation]) -> list[str]:
    """The IRIs of the places where a number of a sentence was counted; `quantities` are all of the text."""
    label = q.features.get("label")
    if isinstance(label, Span):
        return [p.value.iri for p in cast.places.within(label)[:1]]
    later = places_in(cast, Span(q.span.end, s.span.end))
    if later and _is_its_own(cast, q, s, later, quantities):
        return later
    lead = LEAD.match(cast.a.words(s.span))
    first = cast.places.at(s.span.start + lead.end()) if lead else None
    if first is not None and AFTER_LEAD.match(cast.content[first.span.end : first.span.end + 12]):
        return [first.value.iri]
    return _moved_to(cast, q, s, quantities) or _of_noun_before(cast, q, s)


def _is_its_own(cast: Cast, q: Annotation, s: Sentence, places: Sequence[str], quantities: InOrder[Annotation]) -> bool:
    """Whether a place after a number is still its own: other numbers between must belong to it ("50 of 60 in X")."""
    named = next(p for p in cast.places.within(Span(q.span.end, s.span.end)) if p.value.iri in places)
    between = quantities.within(Span(q.span.end + 1, named.span.start))
    for last, other in zip([q, *between], between, strict=False):
        if LINK.fullmatch(cast.content[last.span.end : other.span.start]) is None:
            return False
    gap = cast.content[q.span.end : named.span.start]
    return ";" not in gap and FOR_OTHERS.search(gap) is None


def _moved_to(cast: Cast, q: Annotation, s: Sentence, quantities: InOrder[Annotation]) -> list[str]:
    """ "500 workers left for X": the country that those who are counted went to."""
    if not MOVED.search(cast.a.words(s.span)):
        return []
    following = quantities.within(Span(q.span.end, s.span.end))
    end = following[0].span.start if following else s.span.end
    for p in cast.places.within(Span(q.span.end, min(end, q.span.end + REACH))):
        before = cast.content[max(q.span.end - 1, p.span.start - 14) : p.span.start]
        if p.value.type == "Country" and TO.search(before):
            return [p.value.iri]
    return []


def _of_noun_before(cast: Cast, q: Annotation, s: Sentence) -> list[str]:
    """ "Institutions in X enrolled 500 students", "a plant in X, where 500 people work"."""
    for p in reversed(cast.places.within(Span(max(s.span.start, q.span.start - REACH), q.span.start))):
        before = cast.content[max(s.span.start, p.span.start - 24) : p.span.start]
        gap = cast.content[p.span.end : q.span.start]
        in_name = any(cast.covering(kind, p.span.start) for kind in ("organisation", "project", "event", "instrument"))
        if in_name or NO_CLAUSE.search(gap):
            continue
        starts = p.span.start - s.span.start < 5 and p.value.type == "Country"
        if BEFORE.search(before) or WHERE.match(gap) or (starts and COUNTRY_HAS.match(gap)):
            return [p.value.iri]
    return []
