"""Where a number was counted: the place that its clause gives for it."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast
from ingest.extractors.order import InOrder
from ingest.extractors.places import places_in
from ingest.extractors.statistic_context import GOES_ON, THINGS, Past
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

LINK = re.compile(
    r"\s*(?:,\s*)?(?:\((?:of (?:whom|which)\s+)?)?(?:and|or|from|of|in|at|as well as|with|including)?\s*"
    r"(?:the\s+|all\s+|over\s+)?",
    re.I,
)
"""Between two numbers that were counted in one place: "40 men and 50 women in X", "60 (40 % women) in X"."""
LEAD = re.compile(r"(?:In|Across|Throughout|Within)\s+(?:the\s+)?")
AFTER_LEAD = re.compile(
    rf"(?:\s+{any_of('place_nouns')})?(?:\s+(?:alone|itself|as a whole))?(?:,|\s+{any_of('counting_starts')}"
    r"|\s+(?:it|they|he|she|this|these|an?|the|its|their)\s)"
)
BEFORE = re.compile(
    rf"(?:\b{any_of('counted_nouns')}|[a-z]s|\b[A-Z]{{2,}}s)\s+(?:in|of|across|throughout)\s+(?:the\s+)?$"
)
"""A noun whose place stands before its number: "institutions in X enrolled 500 students"."""
COUNTRY_HAS = re.compile(rf"\s+(?:now\s+|alone\s+|already\s+)?{any_of('country_verbs')}\b[^;:]{{0,70}}$")
MEASURES = re.compile(
    rf"(?:\s+{any_of('place_nouns')})?\s+(?:alone\s+|now\s+)?{any_of('measuring_verbs')}\s+(?:at\s+|to\s+|by\s+)?(?:\w+\s+){{0,2}}"
)
"""Between the place of a measure and its number: "the workforce in X came to some 500"."""
IN_PLACE = re.compile(r"\b(?:in|across|throughout)\s+(?:the\s+)?$")
OPENS = re.compile(r"(?:^|[:;]\s+|,\s+(?:and|but|while|whereas)\s+)$")
"""Before the subject of a clause."""
OWNS = re.compile(rf"[’']s?\s[^.;:]{{3,90}}?\b{any_of('country_verbs', 'measuring_verbs')}\s+(?:[\w-]+\s+){{0,4}}$")
"""Between a country and the number of a thing of it: "X’s mines lack some 500 X"."""
OF_EVENT = re.compile(r"\s+(?:here\s+|today\s+|held\s+)?(?:in|at)\s+(?:the\s+)?(?:\w+\s+of\s+)?$")
"""Between an event and its place."""
AT_EVENT = re.compile(
    rf"\b(?:at|during)\s+(?:an?|the|this)\s+(?:[\w-]+\s+){{0,3}}?{any_of('event_words')}\s+(?:held\s+)?in\s+(?:the\s+)?$",
    re.I,
)
SIGNED = re.compile(rf"\b{any_of('signings')}\b")
WHERE = re.compile(r"\W{0,2}where\s[^.;,]*$")
MOVED = re.compile(rf"\b{any_of('movements')}\b", re.I)
ABROAD = re.compile(r"\b(?:abroad|overseas)\b")
TO = re.compile(r"\b(?:to|for|into|entered|reached)\s+(?:the\s+)?$")
FOR_OTHERS = re.compile(r"\bfor\s+(?:the\s+)?[\w\s]{3,30}\s(?:in|at)\s+(?:the\s+)?$")
"""A place of those that a thing is meant for: "handbooks for workers in X"."""
OF_WHOM = re.compile(r"\b(?:of|among) (?:whom|which|them|these)\b[^.;]{0,8}$")
OF_THEM = re.compile(r"\s*(?:of|among)\s+(?:them|whom|these|those)\b(?!\s+(?:who|that|in|from))")
"""Before and after the number of a part of those that were counted before."""
ELSEWHERE = re.compile(
    r"\b(?:abroad|overseas|worldwide|world|global(?:ly)?|regions?|provinces?|cit(?:y|ies)|Asia|Africa|Europe|America|Pacific|East|Gulf)\b",
    re.I,
)
"""Words of a sentence that does not go on about the country of the figures before."""
THEM = re.compile(r"(?:of )?(?:them|those|these|whom|which)\b")
AREAS = re.compile(rf"{any_of('place_nouns')}$", re.I)
"""Areas that are counted are not in the places that the text lists: these are the areas."""
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
THE_AREA = re.compile(
    r"\b(?:[Tt]he|the whole) (country|[Kk]ingdom|province|region|state|governorate|city)\b(?! of)(?:’s)?\s[^.;:]*$"
)
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
FAR = 180
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
        own = _after(cast, q, s, quantities) if past.shares(s) else []
        return own or past.places
    found = (
        _after(cast, q, s, quantities)
        or _of_clause(cast, q, s)
        or _at_begin(cast, s)
        or _moved_to(cast, q, s, quantities)
        or _of_noun_before(cast, q, s)
        or _pointed_to(cast, q, s)
        or _carried(cast, q, s, past)
    )
    if AREAS.search(str(q.features.get("counted") or "")):
        return [iri for iri in found if _is_country(cast, iri)]
    return found


def _carried(cast: Cast, q: Annotation, s: Sentence, past: Past | None) -> list[str]:
    """The places of the number before, for a part of what it counts, and for a further figure on a country.

    "500 people in X, among them 90 in farming", "In X 500 people left. 40 % were women".
    """
    if past is None or not past.places or past.sentence.line != s.line:
        return []
    if q.rule == "quantity/count-elided" and past.shares(s):
        return past.places
    if cast.places.within(s.span) and not past.shares(s):
        return []
    whole = not q.features.get("counted") or THEM.match(str(q.features["counted"])) is not None
    if q.value.unit == "percent" and whole:
        return past.places
    named = cast.inside_any((*THINGS, "event"), s.span) or cast.inside_any(BODIES, Span(s.span.start, q.span.start))
    if past.subject.key is not None or named or ELSEWHERE.search(cast.a.words(s.span)):
        return []
    if any(word[0].isupper() for word in str(q.features.get("counted") or "").split()):
        return []
    return past.places if all(_is_country(cast, iri) for iri in past.places) else []


def _is_country(cast: Cast, iri: str) -> bool:
    return cast.a.gazetteer.by_iri[iri].type == "Country"


def _is_part(cast: Cast, q: Annotation, s: Sentence, past: Past) -> bool:
    """ "500 people in X, 40 % of them women", "500 people in X. Of these, 90 were women": a part of those before."""
    if past.shares(s):
        around = cast.content[max(past.number.end, q.span.start - 24) : q.span.start]
        return (
            OF_WHOM.search(around) is not None
            or OF_THEM.match(cast.content, q.span.end, s.span.end) is not None
            or (q.value.unit == "percent" and cast.content[past.number.end : q.span.start].strip() == "(")
        )
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
    if SPLIT.search(gap) or FOR_OTHERS.search(gap) or DONE_IN.search(gap) or _of_event(cast, q, s, named):
        return []
    return found


def _of_event(cast: Cast, q: Annotation, s: Sentence, place: Annotation) -> bool:
    """Whether a place is that of an event or a signature of which the sentence tells, and not that of a number."""
    before = Span(q.span.end, place.span.start)
    events = cast.inside("event", before)
    if events and OF_EVENT.fullmatch(cast.content, events[-1].span.end, place.span.start):
        return True
    if AT_EVENT.search(cast.content, q.span.end, place.span.start):
        return True
    return (
        bool(q.value.unit)
        and SIGNED.search(cast.content, max(s.span.start, q.span.start - FAR), q.span.start) is not None
    )


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
    """ "In X and Y, about 50 people ...": the places at the begin of the sentence."""
    lead = LEAD.match(cast.a.words(s.span))
    first = cast.places.at(s.span.start + lead.end()) if lead else None
    if first is None:
        return []
    found = _list_from(cast, first, s.span.end)
    last = found[-1]
    if not _in_name(cast, last) and AFTER_LEAD.match(cast.content[last.span.end : last.span.end + 24]):
        return [p.value.iri for p in found]
    return []


def _list_from(cast: Cast, first: Annotation, end: int) -> list[Annotation]:
    """The places of a list that begins with one: "X, Y and Z"."""
    found = [first]
    for p in cast.places.within(Span(first.span.end, min(end, first.span.end + REACH))):
        if AND.fullmatch(cast.content[found[-1].span.end : p.span.start]) is None:
            break
        found.append(p)
    return found


def _list_to(cast: Cast, s: Sentence, last: Annotation) -> list[Annotation]:
    """The places of a list that ends with one."""
    found = [last]
    for p in reversed(cast.places.within(Span(max(s.span.start, last.span.start - REACH), last.span.start))):
        if AND.fullmatch(cast.content[p.span.end : found[0].span.start]) is None:
            break
        found.insert(0, p)
    return found


def _moved_to(cast: Cast, q: Annotation, s: Sentence, quantities: InOrder[Annotation]) -> list[str]:
    """ "500 workers left for X": the country that they went to; "500 left X to work abroad": X, if no other."""
    words = cast.a.words(s.span)
    if not MOVED.search(words):
        return []
    following = quantities.within(Span(q.span.end, s.span.end))
    end = following[0].span.start if following else s.span.end
    for p in cast.places.within(Span(q.span.end, min(end, q.span.end + REACH))):
        before = cast.content[max(q.span.end - 1, p.span.start - 14) : p.span.start]
        if p.value.type == "Country" and TO.search(before):
            return [p.value.iri]
    countries = {p.value.iri for p in cast.places.within(s.span) if p.value.type == "Country"}
    return [*countries] if len(countries) == 1 and not q.value.unit and ABROAD.search(words) else []


def _of_noun_before(cast: Cast, q: Annotation, s: Sentence) -> list[str]:
    """ "Institutions in X enrolled 500 students", "a plant in X, where 500 people work"."""
    for p in reversed(cast.places.within(Span(max(s.span.start, q.span.start - FAR), q.span.start))):
        named = _list_to(cast, s, p)
        start = named[0].span.start
        before = cast.content[max(s.span.start, start - 24) : start]
        gap = cast.content[p.span.end : q.span.start]
        if _in_name(cast, p) or NO_CLAUSE.search(gap):
            continue
        opens = p.value.type == "Country" and (start - s.span.start < 5 or OPENS.search(before) is not None)
        if opens and (COUNTRY_HAS.match(gap) or OWNS.match(gap)):
            return [p.value.iri]
        if len(gap) > REACH:
            continue
        if BEFORE.search(before) or WHERE.match(gap) or (IN_PLACE.search(before) and MEASURES.fullmatch(gap)):
            return [p.value.iri for p in named]
    return []


def _pointed_to(cast: Cast, q: Annotation, s: Sentence) -> list[str]:
    """ "46 % of workers in the province": the province that the paragraph named last."""
    word = IN_THE.match(cast.content, q.span.end, min(s.span.end, q.span.end + REACH))
    word = word or THE_AREA.search(cast.content, max(s.span.start, q.span.start - REACH), q.span.start)
    if word is None:
        return []
    kind = "Country" if word[1].lower() in ("country", "kingdom") else "City" if word[1] == "city" else "Province"
    named = cast.places.within(Span(max(s.line.span.start, q.span.start - PARAGRAPH), q.span.start))
    return next(([p.value.iri] for p in reversed(named) if p.value.type == kind), [])


def _in_name(cast: Cast, p: Annotation) -> bool:
    return any(cast.covering(kind, p.span.start) for kind in ("organisation", "project", "event", "instrument"))
