"""Where a number was counted: the place that its clause gives for it."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast
from ingest.extractors.order import InOrder
from ingest.extractors.places import places_in
from ingest.extractors.statistic_context import GOES_ON, Past
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

LINK = re.compile(r"\s*(?:,\s*)?(?:and|or|from|of|in|at|as well as|with|including)?\s*(?:the\s+|all\s+|over\s+)?", re.I)
"""Between two numbers that were counted in one place: "40 men and 50 women in X", "50 of 60 in X"."""
LEAD = re.compile(r"(?:In|Across|Throughout|Within)\s+(?:the\s+)?")
AFTER_LEAD = re.compile(
    rf"(?:\s+{any_of('place_nouns')})?(?:\s+(?:alone|itself|as a whole))?,|\s+{any_of('counting_starts')}"
)
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
OF_WHOM = re.compile(r"\b(?:of|among) (?:whom|which|them|these)\b[^.;]{0,8}$")
OF_THEM = re.compile(r"\s*(?:of|among)\s+(?:them|whom|these|those)\b(?!\s+(?:who|that|in|from))")
"""Before and after the number of a part of those that were counted before."""
NEXT_LEAD = re.compile(r"[,;]\s+(?:and|but|while|whereas)\s+in\s")
SPLIT = re.compile(r"[;:]")
DONE_IN = re.compile(rf"\b{any_of('done_somewhere')}\s+(?:here\s+|today\s+)?in\s+(?:the\s+)?$")
"""Before the place of a deed: "a programme for 50 people was launched in X"."""
AND = re.compile(r",?\s+and\s+(?:in\s+)?(?:the\s+)?|,\s+")
ALONE = re.compile(
    rf"(?:\s+{any_of('place_nouns')})?(?:\s+(?:alone|itself|as a whole))?,?\s+"
    r"(?:(?:it|this|the (?:number|figure|share|rate)) (?:is|was|were|are|stood at) )?(?:\w+ ){0,2}"
)
"""Between a place that leads a clause and its number: "in X alone some"."""
IN_THE = re.compile(
    r"[^.;:,]*\b(?:in|of|for|to) the (country|[Kk]ingdom|province|region|state|governorate|city)\b(?! of)(?!’)"
)
WITH = re.compile(r"(?:\s+(?:came|ranked|was|is|follow(?:s|ed)|led)(?:\s+\w+){0,2})?,?\s+(?:with|at)\s+(?:\w+\s+){0,2}")
CLAUSE_LEAD = re.compile(
    rf"(?:^|[;:,]\s+|\b(?:and|but|while|whereas|that)\s+)(?:[Ii]n|[Ff]or|[Aa]cross)\s+(?:the\s+)?(?:{any_of('regions_of')}\s+(?:of\s+)?)?$"
)
NO_CLAUSE = re.compile(r"[;:]\s")
PARAGRAPH = 1000
"""So many characters before a number a place may be named to which "the country" points back."""
REACH = 90
"""So many characters may stand between a place and the number that was counted there."""


def places_of(cast: Cast, q: Annotation, s: Sentence, quantities: InOrder[Annotation], past: Past | None) -> list[str]:
    """The IRIs of the places where a number of a sentence was counted.

    `quantities` are all of the text, `past` is the statistic before.
    """
    label = q.features.get("label")
    if isinstance(label, Span):
        return [p.value.iri for p in cast.places.within(label)[:1]]
    if past is not None and _is_part(cast, q, s, past):
        return past.places
    return (
        _after(cast, q, s, quantities)
        or _of_clause(cast, q, s)
        or _at_begin(cast, s)
        or _moved_to(cast, q, s, quantities)
        or _of_noun_before(cast, q, s)
        or _pointed_to(cast, q, s)
    )


def _is_part(cast: Cast, q: Annotation, s: Sentence, past: Past) -> bool:
    """ "500 people in X, 40 % of them women", "500 people in X. Of these, 90 were women": a part of those before."""
    if past.sentence == s:
        around = cast.content[max(past.number.end, q.span.start - 24) : q.span.start]
        return OF_WHOM.search(around) is not None or OF_THEM.match(cast.content, q.span.end, s.span.end) is not None
    return past.sentence.line == s.line and GOES_ON.match(cast.a.words(s.span)) is not None


def _after(cast: Cast, q: Annotation, s: Sentence, quantities: InOrder[Annotation]) -> list[str]:
    """The places after a number; numbers between must belong to it ("50 of 60 in X")."""
    last, end = q, s.span.end
    for other in quantities.within(Span(q.span.end, s.span.end)):
        if LINK.fullmatch(cast.content[last.span.end : other.span.start]) is None:
            lead = NEXT_LEAD.search(cast.content, last.span.end, other.span.start)
            end = lead.start() if lead else other.span.start
            break
        last = other
    found = places_in(cast, Span(q.span.end, end))
    if not found:
        return []
    named = next(p for p in cast.places.within(Span(q.span.end, end)) if p.value.iri in found)
    gap = cast.content[q.span.end : named.span.start]
    return [] if SPLIT.search(gap) or FOR_OTHERS.search(gap) or DONE_IN.search(gap) else found


def _of_clause(cast: Cast, q: Annotation, s: Sentence) -> list[str]:
    """ "..., in X it was 5 %", "In X and Y alone 50 people", "ahead of X with 5 %": the place that leads a clause."""
    found: list[str] = []
    end = q.span.start
    for p in reversed(cast.places.within(Span(max(s.span.start, q.span.start - REACH), q.span.start))):
        gap = cast.content[p.span.end : end]
        if found:
            if AND.fullmatch(gap) is None:
                return []
        elif WITH.fullmatch(gap):
            return [] if _in_name(cast, p) else [p.value.iri]
        elif ALONE.fullmatch(gap) is None or _in_name(cast, p):
            return []
        found.insert(0, p.value.iri)
        end = p.span.start
        if CLAUSE_LEAD.search(cast.content[max(s.span.start, p.span.start - 40) : p.span.start]):
            return found
    return []


def _at_begin(cast: Cast, s: Sentence) -> list[str]:
    """ "In X, about 50 people ...": the place at the begin of the sentence."""
    lead = LEAD.match(cast.a.words(s.span))
    first = cast.places.at(s.span.start + lead.end()) if lead else None
    if first is not None and AFTER_LEAD.match(cast.content[first.span.end : first.span.end + 24]):
        return [first.value.iri]
    return []


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
        if _in_name(cast, p) or NO_CLAUSE.search(gap):
            continue
        starts = p.span.start - s.span.start < 5 and p.value.type == "Country"
        if BEFORE.search(before) or WHERE.match(gap) or (starts and COUNTRY_HAS.match(gap)):
            return [p.value.iri]
    return []


def _pointed_to(cast: Cast, q: Annotation, s: Sentence) -> list[str]:
    """ "46 % of workers in the province": the province that the paragraph named last."""
    word = IN_THE.match(cast.content, q.span.end, min(s.span.end, q.span.end + REACH))
    if word is None:
        return []
    kind = "Country" if word[1].lower() in ("country", "kingdom") else "City" if word[1] == "city" else "Province"
    named = cast.places.within(Span(max(s.line.span.start, q.span.start - PARAGRAPH), q.span.start))
    return next(([p.value.iri] for p in reversed(named) if p.value.type == kind), [])


def _in_name(cast: Cast, p: Annotation) -> bool:
    return any(cast.covering(kind, p.span.start) for kind in ("organisation", "project", "event", "instrument"))
