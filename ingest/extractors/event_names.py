"""Guests that the name of an event tells: "meeting of A and B", "talks with A", "training for A", "visit to A"."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.extractors import guest_lists
from ingest.extractors.cast import BODIES, Cast
from ingest.extractors.enumerations import chain_after
from ingest.lexicon.relations import any_of
from ingest.model import Span

WITH = re.compile(
    rf"\b{any_of('talk_nouns')}\s+(?:[^.;:,]{{2,40}}?\s+)?(?:between|with|among)\s+(?:both\s+)?"
    rf"|\b{any_of('talk_nouns')}\s+(?P<of>of)\s+",
    re.I,
)
FOR = re.compile(rf"\b{any_of('course_nouns')}\b[^.;:]{{0,110}}?\s(?:for|with)\s+", re.I)
TO = re.compile(rf"\b{any_of('journey_nouns')}\s+(?:to|at|by|from|of)\s+(?:an?\s+)?", re.I)
OPENING = re.compile(
    rf"(?:(?:An?|The|\w+-day|\w+ days? of|\w+)\s+){{0,3}}?(?:{any_of('talk_nouns')}|{any_of('course_nouns')}"
    r"(?P<host>\s+(?:of|by)\s+(?:the\s+)?)?)",
    re.I,
)
""" "Sessions of the A for the B": a sentence without a verb, in an entry."""
BEHIND = 30
"""Characters after a name in which it may go on: "a round table on 3 May with A"."""
LONGEST = 220
"""Characters of a name that are looked at."""
MEMBERS_MEET = re.compile(
    r"\b(?:council|committee|group|commission|board|network|platform|assembly|think tank|(?:con)?federation)\b",
    re.I,
)
"""Names of bodies whose meetings are those of their members; the meeting of a ministry is one that it holds."""


def extract(cast: Cast, key: str, name: Span, s: Sentence) -> None:
    """States the guests that the words of a name tell; `s` is their sentence."""
    end = min(name.end, name.start + LONGEST)
    for pattern, sure in ((WITH, 0.75), (FOR, 0.66), (TO, 0.68)):
        for m in pattern.finditer(cast.content, name.start, end):
            found = guest_lists.after(cast, m.end(), s)
            if len(found) == 1 and pattern is WITH and m["of"] and not MEMBERS_MEET.search(cast.a.words(found[0].span)):
                continue
            for x in found:
                if (pattern is not FOR or x.kind in BODIES) and (key, "organiser", x.key) not in cast.facts:
                    cast.state(key, "participant", x.key, s.span, "event/in-name", sure)


def opening(cast: Cast, key: str, s: Sentence) -> None:
    """States the hosts and guests of a sentence of an entry that begins with the kind of the event."""
    begin = OPENING.match(cast.content, s.span.start, s.span.end)
    if begin is None:
        return
    if begin["host"]:
        for x in chain_after(cast, begin.end(), s):
            cast.state(key, "organiser", x.key, s.span, "event/opening", 0.66)
    extract(cast, key, s.span, s)
