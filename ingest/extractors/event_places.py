"""Where an event of the prose took place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast
from ingest.extractors.places import narrower, places_in
from ingest.model import Annotation, Span

TOWNS = ("Province", "City")
HELD = re.compile(r"\b(?:held|hosted|invited|prepared|convened|staged|took place|takes place|organi[sz]ed|opened)\b")
HELD_HERE = re.compile(
    r"\b(?:(?:is|are|was|were)\s+(?:\w+ly\s+)?held|takes? place|took place|(?:fair|competition|ceremony) in)\b"
)
"""In a caption that tells where."""
OF_OTHERS = re.compile(
    r"\b(?:departments?|offices?|workers|people|residents|schools|colleges|projects?|programmes?|firms|companies|migrants"
    r"|women|youth|children|farmers|communities|students|officials)\s+(?:based |living |working )?(?:in|from|at)\s+"
    r"(?:the\s+)?(?:[a-z]+\s+){0,2}$"
)
"""Before the place of somebody or something else, told before the event."""
OF_WORK = re.compile(r"\b(?:provinces|reached|children|workers|victims|project (?:in|works))\b")
"""Words of sentences whose places are those of the work, not of the event."""
JOURNEYS = frozenset({"visit", "tour", "trip", "mission", "excursion", "program", "programme"})
TO = re.compile(r"\b(?:to|in)\s+")
TO_PLACE = re.compile(r"\b(?:to|in)\s+(?:the\s+)?$")
DATELINE = re.compile(r"[^.;]{0,30}?[–—:]|[^.;]{0,30}?\s-\s")
"""Behind the place with which a report opens."""
ONLINE = re.compile(r"\b(?:online|virtual(?:ly)?|webinar|zoom|video ?conference|teleconference|remote)\b", re.I)
ROOM = (
    r"(?:[A-Z][\w’'&.-]*|hotel|hall|campus|auditorium|cent(?:re|er)|premises|headquarters|secretariat|offices?|grounds"
    r"|main|conference|head|\([A-Z][\w-]+\))"
)
VENUE = re.compile(
    rf"\b(?:at|in|inside)\s+(?:the\s+)?{ROOM}(?:\s+(?:{ROOM}|of|and|the|for|de)){{0,14}}\s*"
    r"(?:,?\s+(?:located|situated|based)\s+(?:in|at|on)\s+|,\s*|\s+in\s+)(?:in\s+)?(?:the\s+)?"
    r"(?:[A-Z][\w’'.-]*(?:[ -][A-Z\d][\w’'.-]*){0,2},\s+){0,2}$"
)
"""Before a town: "at the Bintumani Hotel, ", "at the secretariat of the Masons Union, located in Teku, "."""
ON_ISLAND = re.compile(r"\s+on\s+(?:the\s+(?:island|outskirts|campus)\s+of\s+)?")
IN_BRACKETS = re.compile(r"[^\W\d_]\s\($")
"""Before the town of a venue: "Masons College (Lima) hosted"."""
WAS_HOST = re.compile(
    r"\)?(?:\s+(?:[Pp]rovince|[Cc]ity|[Dd]istrict|[Ss]tate|[Cc]ounty|[Rr]egion))?,?\s+"
    r"(?:(?:was|is|were|will be|has been|had been|became)\s+(?:chosen as\s+)?(?:the\s+)?"
    r"(?:place|venue|site|setting|scene|host|location)\b"
    r"|(?:was|is) where\b|(?:also\s+|will\s+|has\s+|had\s+)?(?:hosts?|hosted|welcomed|played host to|saw|sees)\b)"
)
"""Behind a town that opens its sentence: "Kumasi was the venue of ..."."""
COME_TO = re.compile(
    r"\b(?:com(?:e|es|ing)|came|gather(?:s|ed|ing)?|convene[sd]?|converged?|flock(?:s|ed)?|arrived?"
    r"|travel(?:s|l?ed)?|assembled?|met)\s+(?:to|in|on|at)\s+(?:the\s+)?(?:capital\s+)?(?:city of\s+)?$"
)
"""Before a town where people come for an event that is named later."""
HELD_IN_LAND = re.compile(
    r"\b(?:held|hosted|place|convened|staged|organi[sz]ed|stay|travelled|travel|celebrated|observed|marked)\s+"
    r"(?:all\s+)?(?:in|to|across|throughout|over)\s+(?:the\s+)?$"
)
NEAR, LONG_VENUE = 70, 180
"""Characters between the name of an event and the place where it was, and of the name of a venue."""


def state_places(cast: Cast, key: str, group: Sequence[Annotation], sentences: Sequence[Sentence]) -> bool:
    """States the place that a sentence gives near the name of the event, or with a verb such as "held"."""
    for s in sentences:
        if s.line.kind == "title" or (s.line.kind == "caption" and not HELD_HERE.search(cast.a.words(s.span))):
            continue
        named = [m for m in group if s.span.start <= m.span.start < s.span.end]
        spot = _beside(cast, s, named) or _in_sentence(cast, s, named)
        if spot is not None:
            cast.state(key, "place", spot, s.span, "event/place", 0.8)
            return True
    return _journey(cast, key, group) or _land(cast, key, sentences)


def is_online(cast: Cast, group: Sequence[Annotation]) -> bool:
    """True for an event that was at no place."""
    return any(ONLINE.search(cast.a.words(m.span)) for m in group)


def _in_sentence(cast: Cast, s: Sentence, named: Sequence[Annotation]) -> str | None:
    """The first town of a sentence that something is in; one after the name comes before those before it."""
    found = places_in(cast, s.span, kinds=TOWNS)
    if not found:
        return None
    name = min((m.span.end for m in named), default=s.span.start)
    first = min((m.span.start for m in named), default=s.span.start)
    spots = [(p.span.start, p.value.iri) for p in cast.places.within(s.span) if p.value.iri in found]
    spots = [t for t in spots if t[1] == found[0] or t[0] >= first]
    if spots and spots[0][0] == s.span.start and DATELINE.match(cast.content, spots[0][0], spots[0][0] + 60):
        spots = spots[1:] or spots
    at, iri = next((t for t in spots if t[0] >= first), spots[0] if spots else (0, ""))
    if not iri or OF_WORK.search(cast.content[name:at] or cast.a.words(s.span)):
        return None
    if at < first and OF_OTHERS.search(cast.content, s.span.start, at):
        return None
    return iri if at - name < NEAR or HELD.search(cast.a.words(s.span)) else None


def _beside(cast: Cast, s: Sentence, named: Sequence[Annotation]) -> str | None:
    """A town with a venue before it, "on" an island right after the name, or one that is said to be the host."""
    for p in cast.places.within(s.span):
        if p.value.type not in TOWNS or cast.covering("organisation", p.span.start):
            continue
        opens = p.span.start == s.span.start or IN_BRACKETS.search(cast.content, s.span.start, p.span.start)
        if opens and WAS_HOST.match(cast.content, p.span.end, s.span.end):
            return str(p.value.iri)
        before = cast.content[max(s.span.start, p.span.start - 40) : p.span.start]
        if COME_TO.search(before) and any(p.span.end < m.span.start < p.span.end + NEAR for m in named):
            return str(p.value.iri)
        for m in named:
            beside = cast.content[m.span.end : p.span.start]
            inside = cast.content[m.span.start : p.span.start]
            on = ON_ISLAND.fullmatch(beside) or ON_ISLAND.fullmatch(inside[len(str(m.features["head"])) :])
            if on is not None and m.span.start < p.span.start:
                return str(p.value.iri)
            if 0 < p.span.start - m.span.end < LONG_VENUE and VENUE.search(beside):
                return str(p.value.iri)
    return None


def _journey(cast: Cast, key: str, group: Sequence[Annotation]) -> bool:
    """States where a journey went: "study visit to Kigali and Musanze"."""
    for m in group:
        s = cast.a.sentence_at(m.span.start)
        if s is None or str(m.features["head"]) not in JOURNEYS:
            continue
        to = TO.search(cast.content, m.span.end - len(str(m.features["name"])), min(m.span.end + NEAR, s.span.end))
        found = places_in(cast, Span(to.start(), s.span.end), lead=TO_PLACE) if to else []
        for iri in found:
            cast.state(key, "place", iri, s.span, "event/journey", 0.75)
        if found:
            return True
    return False


def _land(cast: Cast, key: str, sentences: Sequence[Sentence]) -> bool:
    """States the country where nothing narrower is told: "the forum was held in Peru"."""
    for s in sentences:
        found = narrower(cast, places_in(cast, s.span, lead=HELD_IN_LAND))
        if found:
            cast.state(key, "place", found[0], s.span, "event/land", 0.7)
            return True
    return False
