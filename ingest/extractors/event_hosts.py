"""Hosts of an event that no verb of holding tells: whose congress it is, at whose seat it was, who launched it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.extractors.enumerations import BRACKET, chain_after
from ingest.extractors.hosts import after_preposition, before_verb
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

OWN = rf"\b{any_of('own_events')}"
OWN_EVENT = re.compile(OWN, re.I)
OWNER_AFTER = re.compile(rf"{OWN}\s+of\s+(?:the\s+)?", re.I)
""" "the third congress of the A"."""
OWNER_BEFORE = re.compile(
    rf"{BRACKET}[’']s?\s+(?:(?!(?:at|in|of|on|to|for|from|with|by|and|during)\b)[\w’'-]+\s+){{0,6}}$"
)
""" "the A's annual national congress"."""
SEAT_OF = re.compile(rf"\b(?:at|in)\s+(?:the\s+)?(?:[a-z]+\s+){{0,2}}?{any_of('seats')}\s+of\s+(?:the\s+)?")
AT = re.compile(r"\b(?:at|in)\s+(?:the\s+)?$")
SEAT = re.compile(rf"{BRACKET}(?:[’']s?)?\s+(?:[a-z]+\s+){{0,2}}?{any_of('seats')}\b")
""" "at the A's head office"."""
MEETING = re.compile(r"\b(?:meetings?|talks|visits?|signing|working session|session with|negotiations?)\b", re.I)
LAUNCHED_BY = re.compile(r"\b(?:launched|unveiled|rolled out|inaugurated|opened)\s+(?:\w+\s+)?by\s+(?:the\s+)?", re.I)
LAUNCHES = re.compile(rf"\b{any_of('launches_it')}\b", re.I)
NAME = re.compile(r"\b[A-Z][\w-]{2,}")
NEAR = 120
"""Characters before an event in which its owner is looked for."""


def owners(cast: Cast, key: str, group: Sequence[Annotation]) -> None:
    """States whose event it is by its name: "congress of the A", "the A's national congress"."""
    for m in group:
        s = cast.a.sentence_at(m.span.start)
        if s is None or m.features["bare"]:
            continue
        for of in OWNER_AFTER.finditer(cast.content, m.span.start, min(m.span.end + NEAR // 4, s.span.end)):
            for x in chain_after(cast, of.end(), s)[:1]:
                _state(cast, key, x, s, "event/owner", 0.7)
        before = [
            x for kind in BODIES for x in cast.inside(kind, Span(max(s.span.start, m.span.start - NEAR), m.span.end))
        ]
        for x in before:
            head = OWN_EVENT.search(cast.content, x.span.end, m.span.end)
            if head and OWNER_BEFORE.match(cast.content[x.span.end : head.start()]):
                _state(cast, key, x, s, "event/owner", 0.7)


def seats(cast: Cast, key: str, sentences: Sequence[Sentence]) -> None:
    """States at whose seat an event without known hosts was: it is theirs, as a rule; of talks they are one side."""
    if cast.tells(key, "organiser") or any(MEETING.search(name) for name in cast.members[key].names):
        return
    for s in sentences:
        if s.line.kind == "title":
            continue
        found = [
            x
            for m in SEAT_OF.finditer(cast.content, s.span.start, s.span.end)
            for x in chain_after(cast, m.end(), s)[:1]
        ]
        for x in cast.inside("organisation", s.span):
            before = max(s.span.start, x.span.start - len("within the "))
            if SEAT.match(cast.content, x.span.end, s.span.end) and AT.search(cast.content, before, x.span.start):
                found.append(x)
        for x in found:
            _state(cast, key, x, s, "event/seat", 0.65)


def launchers(cast: Cast, key: str, names: Sequence[str]) -> None:
    """States who launched what an event is the launch of: the sentence shares a name with that of the event."""
    words = {w for name in names for w in NAME.findall(name)} - {"Launch", "The", "Project", "Programme"}
    for s in cast.a.sentences:
        if s.line.kind != "prose" or not words & set(NAME.findall(cast.a.words(s.span))):
            continue
        for m in LAUNCHED_BY.finditer(cast.content, s.span.start, s.span.end):
            hosts = after_preposition(cast, m.end(), s)
            for x in [*hosts.subjects, *hosts.company]:
                _state(cast, key, x, s, "event/launcher", 0.7)
        for m in LAUNCHES.finditer(cast.content, s.span.start, s.span.end):
            hosts = before_verb(cast, m.start(), s)
            for x in [*hosts.subjects, *hosts.company]:
                _state(cast, key, x, s, "event/launcher", 0.7)


def _state(cast: Cast, key: str, m: Mention, s: Sentence, rule: str, confidence: float) -> None:
    if m.key != key and (key, "participant", m.key) not in cast.facts:
        cast.state(key, "organiser", m.key, s.span, rule, confidence)
