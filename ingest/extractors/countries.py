"""The country that the words around a name give it: every country has a Ministry of Labour."""

from __future__ import annotations

import re

from ingest.extractors.cast import Cast
from ingest.extractors.order import InOrder
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

GENERIC = re.compile(rf"(?:[A-Z]\w+\s+)?{any_of('national_first_words')}\b")
"""Names that every country has, with or without its adjective before."""
AFTER = re.compile(r"(?:\s*\([^()]{1,40}\))?\s+(?:of|in)\s+(?:the\s+)?")
BEFORE = re.compile(r"(?:[’']s?)?\s+$")
SIDE = re.compile(r"(?:On the side of|On behalf of|From|For|On)\s+(?:the\s+)?", re.I)
LED = re.compile(
    r"\s+(?:side|delegation|party|team)\s+(?:[^;.]{0,20}\b(?:headed|led|represented)\s+by|was|were|included|comprised)\b"
)
OF_SIDE = re.compile(r"\s+(?:side|delegation|party|team)\b")
SIDE_END = re.compile(r"(?:[’']s)?(?:\s+side)?\s*[,:]")


def stated_country(cast: Cast, m: Annotation) -> str:
    """The alpha-2 code of the country that a text gives a name of the kind that every country has; else empty.

    "the X Ministry of Y", "X’s Ministry of Y", "Ministry of Y of X", "on the side of X, the Ministry of Y".
    """
    if not GENERIC.match(cast.a.words(m.span)):
        return ""
    return _at_edge(cast, m.span) or _after(cast, m.span) or _before(cast, m.span) or _of_side(cast, m.span)


def edges(places: InOrder[Annotation], span: Span) -> list[Annotation]:
    """The names of places at the begin or the end of a span, but not all of it."""
    return [
        p
        for p in places.within(span)
        if p.span != span and p.span.end <= span.end and (p.span.start == span.start or p.span.end == span.end)
    ]


def country_of(place: Annotation | None) -> str:
    """The alpha-2 code of the country that the name of a place or a demonym stands for, else empty."""
    known = place.value if place is not None else ()
    return next((k.entity.country or "" for k in known if k.entity.type == "Country"), "")


def _at_edge(cast: Cast, span: Span) -> str:
    return next((code for p in edges(cast.country_names, span) if (code := country_of(p))), "")


def _after(cast: Cast, span: Span) -> str:
    of = AFTER.match(cast.content[span.end : span.end + 60])
    return country_of(cast.country_names.at(span.end + of.end())) if of else ""


def _before(cast: Cast, span: Span) -> str:
    place = cast.country_names.last(span.start)
    if place is None or not BEFORE.fullmatch(cast.content[place.span.end : span.start]):
        return ""
    return country_of(place)


def _led(cast: Cast, span: Span, sentence: Span) -> str:
    """ "The X side was headed by the Secretary of the Ministry of Y"."""
    for place in reversed(cast.country_names.within(Span(sentence.start, span.start))):
        led = LED.match(cast.content, place.span.end, span.start)
        if led:
            return "" if ";" in cast.content[led.end() : span.start] else country_of(place)
    return ""


def side_of(cast: Cast, sentence: Span, offset: int) -> str:
    """The country whose side or delegation a sentence tells of before an offset, else empty."""
    places = cast.country_names.within(Span(sentence.start, offset))
    return next((country_of(p) for p in reversed(places) if OF_SIDE.match(cast.content, p.span.end)), "")


def _of_side(cast: Cast, span: Span) -> str:
    """The country whose side a sentence introduces with its first words."""
    s = cast.a.sentence_at(span.start)
    led = _led(cast, span, s.span) if s else ""
    if led:
        return led
    side = SIDE.match(cast.a.words(s.span)) if s else None
    place = cast.country_names.at(s.span.start + side.end()) if s and side else None
    if place is None or place.span.end > span.start:
        return ""
    return country_of(place) if SIDE_END.match(cast.content[place.span.end : place.span.end + 12]) else ""
