"""Whether a sentence says that an event it names took place: somebody held it, was there, or it did something."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.extractors import attendance, event_sequels
from ingest.extractors.cast import Cast
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

PLANNED = re.compile(rf"\b{any_of('planned')}\b")
HABITUAL = re.compile(rf"\b{any_of('habitual')}\b", re.I)
TAKES_PLACE = re.compile(rf"\b{any_of('takes_place')}\b", re.I)
BEFORE_IT = re.compile(
    rf"\b{any_of('before_event')}\s+(?:(?:the|an?|this|that|his|her|their|its|another|our)\s+)?(?:[\w-]+\s+){{0,2}}$",
    re.I,
)
AFTER_IT = re.compile(rf"[^.;]{{0,70}}?\b{any_of('after_event')}\b", re.I)
EXPECTED = re.compile(
    r"\b(?:expect(?:s|ed)?|planned|plans?|scheduled|hop(?:es?|ed)|early|upcoming|call(?:s|ed)|push(?:es|ed)?)\b"
)
"""Words around a signing that nobody has seen yet."""
AT_ONE = re.compile(r"\b(?:at|during)\s+(?:an?|the)\s+(?:\w+\s+){0,2}$")
IN_TOWN = re.compile(r"\s+(?:[^.;,]{0,50}?\s)?(?:here\s+)?(?:held\s+)?(?:in|at)\s+(?:the\s+)?(?:city of\s+)?$")
NEAR = 60
"""Characters before the name of an event that are looked at."""


def happens(cast: Cast, s: Sentence, m: Annotation, *, dated: bool, alone: bool) -> bool:
    """Whether a sentence tells of the event that a mention names; `alone` where nothing else names it."""
    bare, capital = m.features["bare"], m.features["capital"]
    words = cast.a.words(s.span)
    if PLANNED.search(words) and not capital and not dated:
        return False
    if m.features["head"] == "signing" and not capital and EXPECTED.search(words):
        return False
    if bare and HABITUAL.search(words):
        return False
    if event_sequels.HOSTS_BEFORE.search(words) and not bare:
        return True
    if dated or attendance.HELD_BY.search(words) or TAKES_PLACE.search(words) or attendance.held(cast, s, m.span.start):
        # "A workshop" alone, without a day, may be any.
        return not (bare and alone and not (dated or m.features["definite"]))
    if _there(cast, s, m):
        return True
    if told_of(cast, s, m):
        return not (bare and alone and not m.features["definite"])
    return bool(capital and m.features["complement"])


def _there(cast: Cast, s: Sentence, m: Annotation) -> bool:
    """True for "at a ceremony in Lima", and for a caption that names an event in a town."""
    place = cast.places.within(Span(m.span.end, min(m.span.end + NEAR, s.span.end)))
    if not place or not IN_TOWN.match(cast.content, m.span.end, place[0].span.start):
        return False
    if s.line.kind == "caption" and m.span.start == s.span.start:
        return True
    return AT_ONE.search(cast.content, max(s.span.start, m.span.start - NEAR), m.span.start) is not None


def told_of(cast: Cast, s: Sentence, m: Annotation) -> bool:
    """Whether the words right before or after the name say that people were at an event or what came of it."""
    before = max(s.span.start, m.span.start - NEAR)
    if BEFORE_IT.search(cast.content[before : m.span.start]):
        return True
    return AFTER_IT.match(cast.content, m.span.end, s.span.end) is not None
