"""Which numbers of a text measure something, and why the others do not."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast
from ingest.lexicon.relations import any_of
from ingest.model import Annotation

NAMES = ("organisation", "person", "project", "instrument")
"""Kinds of mentions of which a number may be a part."""
PAIR = re.compile(
    rf"\b(?:the|both|these|their|between)\s+two\b|^two {any_of('sides')}\b",
    re.I,
)
COUNTABLE = re.compile(any_of("counted_places"))
"""What "the three X" counts even as a known group."""
LABEL = re.compile(rf"\b{any_of('number_labels')}\s*:?\s*$", re.I)
"""Before a number that only numbers something: "page 3"."""
THEY_NUMBER = re.compile(r"(?:[a-z]s|youth|people|women|men|\d)\s+number\s+(?:\w+\s+)?$")
"""A verb, and no label: "Farmers in training number 3,000"."""
CROWD = 100
"""The least that groups are said to "number"."""
KNOWN_GROUP = 5
"""Definite counts up to this number point back to a group: "the two sides", "the four of them"."""
HEADING_COUNT = 13
"""Counts below this number in headings are words of a title: "Three steps to X"."""


def why_no_statistic(cast: Cast, q: Annotation, s: Sentence) -> str | None:
    """Why a quantity is no statistic, in plain words; None where it is one."""
    if q.features.get("table"):
        return None
    named = _in_name(cast, q)
    if named:
        return f"it is a part of the name of a {named}"
    if s.line.kind == "entry":
        return "it stands in the heading of an entry of a listing"
    if q.value.unit != "":
        return None
    if PAIR.search(cast.content[max(s.span.start, q.span.start - 9) : q.span.end]):
        return "a pair that the text speaks of, not a count"
    if _known_group(cast, q):
        return "a small group named before, not a count"
    if s.line.kind in ("title", "heading") and q.value.value < HEADING_COUNT:
        return "a small number in a heading"
    before = cast.content[max(s.span.start, q.span.start - 30) : q.span.start]
    if LABEL.search(before) and not (q.value.value >= CROWD and THEY_NUMBER.search(before)):
        return "it numbers something, and counts nothing"
    return None


def _in_name(cast: Cast, q: Annotation) -> str | None:
    """The kind of the name that a number is in; sums in the description of an agreement count all the same."""
    for kind in NAMES:
        if cast.covering(kind, q.span.start) and (kind != "instrument" or q.rule == "quantity/count"):
            return kind
    return None


def _known_group(cast: Cast, q: Annotation) -> bool:
    """True for "the four partners of the network", not for "the three provinces"."""
    value = q.value.value
    if not (q.features.get("definite") and q.features.get("words")) or value > KNOWN_GROUP:
        return False
    return value < 3 or COUNTABLE.search(cast.a.words(q.span)) is None
