"""Fields of fact boxes: a label and its value on one line, in the cells of a row, or on lines below one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.annotators.page_lines import Lines
from ingest.lexicon import load_lexicon
from ingest.model import Span

NAMED = re.compile(r"\s*(?:[-•*]\s*)?([A-Z][\w /&,’'()-]{2,40}?)\s*:\s+(\S.*)$")
FEWEST_FIELDS = 3
"""Labels on lines of their own are headings where the page has fewer fields."""
MOST_VALUES = 8
LONGEST_VALUE = 160
SENTENCE = re.compile(r"[.!?][”\"’)]*$")
SENTENCE_WORDS = 9


@dataclass(frozen=True, slots=True)
class Field:
    """The name of a field and what it says, which may take several lines."""

    label: Span
    value: Span


def named_field(text: str) -> re.Match[str] | None:
    """A line "Label: value" whose label has the word of a fact box in it; groups 1 and 2 are the two."""
    named = NAMED.match(text)
    return named if named and _names().search(named[1]) else None


def fields_of(lines: Lines, texts: Sequence[str], kinds: list[str]) -> tuple[Field, ...]:
    """The fields of a text in order. Lines that turn out to be parts of fields get the kind `field`."""
    found: dict[int, Field] = {}
    for i, text in enumerate(texts):
        match = named_field(text) if kinds[i] == "field" else _row(text, kinds[i])
        if match:
            start = lines.spans[i].start
            found[i] = Field(*(Span(start + match.start(n), start + match.end(n)) for n in (1, 2)))
    stacked = _stacked(lines, texts, kinds, found)
    if len(found) + len(stacked) < FEWEST_FIELDS:
        stacked = {}
    for i in found:
        kinds[i] = "field"
    for i, last in stacked.items():
        kinds[i : last + 1] = ["field"] * (last + 1 - i)
        found[i] = Field(lines.spans[i], Span(lines.spans[i + 1].start, lines.spans[last].end))
    return tuple(found[i] for i in sorted(found))


def _row(text: str, kind: str) -> re.Match[str] | None:
    """ "| Donor | X |", "Donor – X": here the label must be one that fact boxes have."""
    return _patterns().row.match(text) if kind in ("heading", "prose", "boilerplate", "date", "caption") else None


def _stacked(lines: Lines, texts: Sequence[str], kinds: Sequence[str], found: dict[int, Field]) -> dict[int, int]:
    """Lines that are labels, each with the last of the lines right below it that are its value."""
    labels = [
        kinds[i] in ("heading", "prose") and i not in found and _patterns().label.match(text) is not None
        for i, text in enumerate(texts)
    ]
    result = {}
    for i, label in enumerate(labels):
        last = i
        while label and last + 1 < len(texts) and last - i < MOST_VALUES:
            below = last + 1
            if labels[below] or below in found or not lines.tight(below) or not _value(texts[below]):
                break
            last = below
        if last > i:
            result[i] = last
    return result


def _value(text: str) -> bool:
    """True for what may be a value: no sentence."""
    sentence = SENTENCE.search(text) is not None and len(text.split()) >= SENTENCE_WORDS
    return len(text) <= LONGEST_VALUE and not sentence


@dataclass(frozen=True, slots=True)
class _Patterns:
    """A row with a label and a value, and a line that is a label."""

    row: re.Pattern[str]
    label: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    layout = load_lexicon().layout
    label = rf"(?-i:(?=[A-Z]))(?:(?:{'|'.join(layout.label_adjectives)})\s+){{0,2}}(?:{'|'.join(layout.labels)})"
    return _Patterns(
        row=re.compile(
            rf"\s*\|?\s*(?:[-•*]\s*)?({label})\s*:?\s*(?:\||\t|\s[–—-]\s|\s{{3,}})\s*([^\s|][^|\t]*?)\s*\|?\s*$", re.I
        ),
        label=re.compile(rf"\s*(?:[-•*]\s*)?{label}\s*:?\s*$", re.I),
    )


@cache
def _names() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load_lexicon().layout.field_names)), re.I)
