"""Fields of fact boxes: a label and its value on one line, in the cells of a row, or on lines below one another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.annotators.page_lines import Lines
from ingest.lexicon import load_lexicon
from ingest.model import Span

NAMED = re.compile(r"\s*(?:[-•*]\s*)?([A-Z][\w /&,’'()-]{2,40}?)\s*:\s+(\S.*)$")
FEWEST_FIELDS = 3
"""Labels on lines of their own are headings where the page has fewer fields; so many stand on one line at least."""
FEWEST_BESIDE = 2
"""Lines with a label and a value and no sign between them."""
LONGEST_BESIDE = 110
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
    found: dict[int, list[Field]] = {}
    beside: dict[int, list[Field]] = {}
    for i, text in enumerate(texts):
        start = lines.spans[i].start
        row = _in_a_row(text, start) if kinds[i] != "boilerplate" else []
        match = named_field(text) if kinds[i] == "field" else _row(text, kinds[i])
        if row:
            found[i] = row
        elif match:
            found[i] = [_field(match, start)]
        elif kinds[i] == "heading" and len(text) <= LONGEST_BESIDE and (match := _patterns().beside.match(text)):
            beside[i] = [_field(match, start)]
    stacked = _stacked(lines, texts, kinds, found)
    # "SDG 4", "SDG 8" on lines of their own are a list, no fact box.
    labels = len({texts[i][: fields[0].label.end - fields[0].label.start] for i, fields in beside.items()})
    if labels >= FEWEST_BESIDE and len(found) + len(stacked) + labels >= FEWEST_FIELDS:
        found |= beside
    if sum(map(len, found.values())) + len(stacked) < FEWEST_FIELDS:
        stacked = {}
    for i in found:
        kinds[i] = "field"
    for i, last in stacked.items():
        kinds[i : last + 1] = ["field"] * (last + 1 - i)
        found[i] = [Field(lines.spans[i], Span(lines.spans[i + 1].start, lines.spans[last].end))]
    return tuple(field for i in sorted(found) for field in found[i])


def _field(match: re.Match[str], start: int) -> Field:
    return Field(*(Span(start + match.start(n), start + match.end(n)) for n in (1, 2)))


def _in_a_row(text: str, start: int) -> list[Field]:
    """The fields of a line that has several: "Country: X Start: 1.2.2020 End: 3.4.2021"."""
    labels = list(_patterns().inline.finditer(text)) if text.count(":") >= FEWEST_FIELDS else []
    if len(labels) < FEWEST_FIELDS:
        return []
    ends = [*(m.start() for m in labels[1:]), len(text)]
    return [
        Field(Span(start + m.start(1), start + m.end(1)), Span(start + m.end(), start + m.end() + len(value)))
        for m, end in zip(labels, ends, strict=True)
        if (value := text[m.end() : end].rstrip(" |;,•·-"))
    ]


def _row(text: str, kind: str) -> re.Match[str] | None:
    """ "| Donor | X |", "Donor – X": here the label must be one that fact boxes have."""
    return _patterns().row.match(text) if kind in ("heading", "prose", "boilerplate", "date", "caption") else None


def _stacked(lines: Lines, texts: Sequence[str], kinds: Sequence[str], found: Mapping[int, object]) -> dict[int, int]:
    """Lines that are labels, each with the last of the lines below it that are its value.

    These stand right below; where a blank line follows the label, they are lines like headings.
    """
    labels = [
        kinds[i] in ("heading", "prose") and i not in found and _patterns().label.match(text) is not None
        for i, text in enumerate(texts)
    ]
    result = {}
    for i, label in enumerate(labels):
        last = i
        while label and last + 1 < len(texts) and last - i < MOST_VALUES:
            below = last + 1
            loose = not lines.tight(i + 1) and kinds[below] == "heading" and (last == i or texts[i].endswith(":"))
            if labels[below] or below in found or not (lines.tight(below) or loose) or not _value(texts[below]):
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
    """A row with a label and a value, a line that is a label, one with a value and no sign, labels within a line."""

    row: re.Pattern[str]
    label: re.Pattern[str]
    beside: re.Pattern[str]
    inline: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    layout = load_lexicon().layout
    label = rf"(?-i:(?=[A-Z]))(?:(?:{'|'.join(layout.label_adjectives)})\s+){{0,2}}(?:{'|'.join(layout.labels)})"
    return _Patterns(
        row=re.compile(
            rf"\s*\|?\s*(?:[-•*]\s*)?({label})\s*:?\s*(?:\||\t|\s[–—-]\s|\s{{3,}})\s*([^\s|][^|\t]*?)\s*\|?\s*$", re.I
        ),
        label=re.compile(rf"\s*(?:[-•*]\s*)?{label}\s*:?\s*$", re.I),
        beside=re.compile(rf"({label})\s+(?-i:(?=[A-Z\d€$£]))(\S.*)$", re.I),
        inline=re.compile(rf"(?<![\w-])({label})\s*:\s+", re.I),
    )


@cache
def _names() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load_lexicon().layout.field_names)), re.I)
