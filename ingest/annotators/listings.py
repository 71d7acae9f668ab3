"""Dated listings: which lines head entries, where each entry's date and place stand, and how far it goes.

A heading has a line of its own for its date above or below it, or stands on one line with it (see `listing_rows`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.annotators.listing_rows import Row, rows_of, told_below
from ingest.annotators.page_lines import NUMBERED, Lines, event_like
from ingest.model import Annotation, Span

__all__ = ["Entry", "entries_of"]

FEWEST_ENTRIES, FEWEST_ROWS = 3, 2
"""Fewer are no listing: a page may name a date or two of other things."""
PLACE_ALONE = re.compile(r"[\s,–—|-]*(?:[A-ZÀ-Ỹ][\w’'. -]{2,30}(?:,\s*[A-Z][\w ]{2,24})?)[\s,–—|-]*")
AFTER_DATE = re.compile(r"\s*[–—:|-]\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a dated listing: its heading, date, body (with the heading), and the span that names its place."""

    heading: Span
    date: Annotation
    body: Span
    place: Span | None = None


@dataclass(slots=True)
class _Heads:
    """The headings of entries by the index of their line, and the line where each entry begins."""

    rows: dict[int, Row]
    found: dict[int, tuple[Span, Annotation]] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)

    def add(self, i: int, start: int, heading: Span, date: Annotation) -> None:
        self.found[i], self.starts[i] = (heading, date), start


def entries_of(lines: Lines, kinds: list[str], title: int | None) -> tuple[tuple[Entry, ...], list[int | None]]:
    """The entries of a text, and for each line the number of the entry that it belongs to.

    Marks the lines of headings in `kinds` as `entry`. `title` is the line of the title: entries come after it.
    """
    numbers: list[int | None] = [None] * len(lines.spans)
    heads = _heads(lines, kinds, title)
    order = _listed(heads)
    entries = []
    for n, at in enumerate(order):
        stop = heads.starts[order[n + 1]] if n + 1 < len(order) else len(lines.spans)
        last = _last_line(lines, kinds, at, stop, row=at in heads.rows)
        row = heads.rows.get(at)
        dated = at + 1 if at + 1 < stop and _placed(lines, kinds, at + 1) else None
        place = row.place if row else _place_below(lines, kinds, last + 1, stop)
        place = lines.spans[dated] if dated is not None and not row else place
        span, date = heads.found[at]
        cut = NUMBERED.match(lines.content, span.start, span.end)
        heading = Span(cut.end() if cut else span.start, span.end)
        for j in range(heads.starts[at], last + 1):
            numbers[j] = n
        kinds[at] = "entry"
        entries.append(Entry(heading, date, Span(heading.start, max(heading.end, lines.spans[last].end)), place))
    return tuple(entries), numbers


def _heads(lines: Lines, kinds: Sequence[str], title: int | None) -> _Heads:
    heads = _Heads(rows_of(lines, kinds, title) | told_below(lines, kinds, title))
    for i, kind in enumerate(kinds):
        dates = lines.dates[i]
        if i in heads.rows:
            row = heads.rows[i]
            heads.add(i, i - (row.date.span.end <= lines.spans[i].start), row.heading, row.date)
        elif i + 1 in heads.rows and kind == "date" and lines.tight(i + 1):
            continue
        elif (kind == "date" or _placed(lines, kinds, i)) and (title is None or i > title):
            beside = _beside(lines, kinds, i, heads)
            if beside is not None:
                heads.add(beside, min(beside, i), lines.spans[beside], dates[0])
        elif kind == "heading" and dates and _opens_line(lines, i):
            after = AFTER_DATE.match(lines.content, dates[0].span.end, lines.spans[i].end)
            if after and not _placed(lines, kinds, i):
                heads.add(i, i, Span(after.end(), lines.spans[i].end), dates[0])
    return heads


def _placed(lines: Lines, kinds: Sequence[str], i: int) -> bool:
    """True for a day with its place and no more, below a heading: "Siem Reap, 9 to 13 March 2020"."""
    if kinds[i] != "heading" or i == 0 or kinds[i - 1] != "heading" or not lines.tight(i):
        return False
    dates = [d for d in lines.dates[i] if d.value.kind == "date"]
    return len(dates) == 1 and PLACE_ALONE.fullmatch(lines.without_dates(i)) is not None


def _opens_line(lines: Lines, i: int) -> bool:
    date = lines.dates[i][0]
    return date.span.start == lines.spans[i].start and date.value.kind == "date"


def _listed(heads: _Heads) -> list[int]:
    """The lines of headings in order; none where they are too few for a listing."""
    others = len(heads.found) - len(heads.rows)
    if others >= FEWEST_ENTRIES:
        return sorted(heads.found)
    return sorted(heads.rows) if len(heads.rows) >= FEWEST_ROWS else []


def _beside(lines: Lines, kinds: Sequence[str], i: int, heads: _Heads) -> int | None:
    """The heading that a date line belongs to: the line right above or right below it."""
    below = i + 1 if i + 1 < len(kinds) and kinds[i + 1] == "heading" else None
    if i and kinds[i - 1] in ("heading", "prose") and i - 1 not in heads.found:
        numbered = NUMBERED.match(lines.content, lines.spans[i - 1].start, lines.spans[i - 1].end)
        if lines.tight(i) or (numbered and not (below is not None and lines.tight(below))):
            return i - 1
    full = len(lines.dates[i][0].value.start) == len("2000-01-01")  # the heading of a month is no date of an entry
    if below is None:
        above = i and full and kinds[i - 1] == "heading" and i - 1 not in heads.found
        return i - 1 if above and event_like(lines.text(i - 1)) else None
    text = lines.text(below)
    return below if lines.tight(below) or (full and event_like(text) and len(text) > 15) else None


def _last_line(lines: Lines, kinds: Sequence[str], at: int, stop: int, row: bool) -> int:
    """The last line of the entry with its heading on line `at`, before line `stop`."""
    last = at + 1 if at + 1 < stop and kinds[at + 1] == "date" else at
    for j in range(at + 1, stop):
        if _below_row(lines, kinds, j) if row else _below_heading(lines, kinds, j, stop):
            last = max(last, j)
    return last


def _below_row(lines: Lines, kinds: Sequence[str], j: int) -> bool:
    """True for prose right below another line."""
    return kinds[j] == "prose" and not NUMBERED.match(lines.text(j)) and lines.tight(j)


def _below_heading(lines: Lines, kinds: Sequence[str], j: int, stop: int) -> bool:
    """True for what may belong to the entry above.

    Prose after the last entry that stands apart from it ("About the programme ...") is no part of it.
    """
    if kinds[j] in ("caption", "field"):
        return True
    long_heading = kinds[j] == "heading" and lines.spans[j].end - lines.spans[j].start > 60
    if kinds[j] != "prose" and not long_heading:
        return False
    return stop < len(lines.spans) or lines.tight(j) or lines.indented(j)


def _place_below(lines: Lines, kinds: Sequence[str], j: int, stop: int) -> Span | None:
    """A last short line of its own: "Nairobi"."""
    if j < stop and kinds[j] == "heading" and lines.spans[j].end - lines.spans[j].start < 40:
        return lines.spans[j]
    return None
