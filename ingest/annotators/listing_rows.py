"""Entries of a listing that stand on one line with their date.

Rows of a table (`date | event | place`); `date: event, place`; `event, place (date)` and `event – place, date` after a
bullet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.annotators.page_lines import Lines, event_like
from ingest.model import Annotation, Span

BULLET = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[-•*·–])?\s*")
CELLS = re.compile(r"\s+[|–—]\s+|\t+|[ \u00a0]{2,}")
TABLE = re.compile(r"\||\t|\s{2,}")
COLON = re.compile(r"\s*(?:\([^)]*\))?\s*:\s+")
DASH = re.compile(r"\s*(?:\([^)]*\))?\s*[–—-]\s+")
IN_BRACKETS = re.compile(r"(?P<heading>[^.;()]{8,150}?)\s+\((?P<place>[^()]*?)[,;]?\s*")
END_OF_BRACKETS = re.compile(r"\s*\)\s*\.?")
DATE_ENDS_LINE = re.compile(r"\)?\s*\.?")
PLACE_COLON = re.compile(
    r",?\s+(?:in\s+)?(?P<place>[A-ZÀ-Ỹ][\w’'. -]{2,30}(?:,\s*[A-Z][\w ]{2,24})?)\s*(?::|\s[–—-])\s+"
)
"""After a day, the place and then the event: "3 May 2001, Lima: Forum on X"."""
BEFORE_DASH = re.compile(r"[^–—.]{8,110}?\s+[–—]\s+")
BEFORE_COMMA = re.compile(r"(?P<heading>[^.;,]{8,110}),\s+(?:(?:in\s+)?(?P<place>[^,.;]{2,40}),?\s+)?(?:on\s+)?")
SENTENCE = re.compile(r"[^.;]+")
FIRST_SENTENCE = re.compile(r"[A-ZÀ-Ỹ“\"][^.;!?\n]{8,110}(?=\.(?:\s|$))")
TOLD = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|held|holds?|took|takes?|met|meets?|said|says?|launch(?:ed|es)|opened|opens"
    r"|sign(?:ed|s)|organi[sz]e[sd]?|host(?:ed|s)|receive[sd]?|visit(?:ed|s)|join(?:ed|s)?|attend(?:ed|s)?|begins?|began)\b"
)
"""Verbs of a sentence, which a heading has not."""
STOP = re.compile(r"[;.](?:\s|$)")
LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Row:
    """An entry that stands on one line: its heading, its date, and the span that names its place."""

    heading: Span
    date: Annotation
    place: Span | None


def rows_of(lines: Lines, kinds: Sequence[str], title: int | None) -> dict[int, Row]:
    """The rows of a text by the index of their line: those after the title whose heading names an event."""
    found = {}
    for i in range(0 if title is None else title + 1, len(lines.spans)):
        dates = [d for d in lines.dates[i] if d.value.kind == "date"]
        if not dates or kinds[i] in ("date", "field"):
            continue
        row = _row(lines, i, dates)
        if row is not None and _names_event(lines, row.heading):
            found[i] = row
    return found


def told_below(lines: Lines, kinds: Sequence[str], title: int | None) -> dict[int, Row]:
    """The entries that are paragraphs below a date, which begin with their heading: "Forum on X, Lima. Fifty came."."""
    found = {}
    for i in range(0 if title is None else title + 1, len(lines.spans) - 1):
        if kinds[i] != "date" or kinds[i + 1] != "prose" or not lines.tight(i + 1):
            continue
        if len(lines.dates[i][0].value.start) < len("2000-01-01"):
            continue
        line = lines.spans[i + 1]
        first = FIRST_SENTENCE.match(lines.content, line.start, line.end)
        if first is not None and not TOLD.search(first.group()) and event_like(first.group()):
            found[i + 1] = _cut(lines.content, Span(line.start, first.end()), lines.dates[i][0])
    return found


def _names_event(lines: Lines, heading: Span) -> bool:
    return heading.end - heading.start < LONGEST_HEADING and event_like(lines.content[heading.start : heading.end])


def _row(lines: Lines, i: int, dates: Sequence[Annotation]) -> Row | None:
    content, span = lines.content, lines.spans[i]
    lead = BULLET.match(lines.text(i))
    start = span.start + (lead.end() if lead else 0)
    bullet = lead is not None and lead.group().strip() != ""
    first, last = dates[0], dates[-1]
    cells = _cells(content, Span(start, span.end))
    if _dated_cell(cells[0], first) and len(cells) > 1 and TABLE.search(content, span.start, span.end):
        return _of_table(content, cells, first)
    after = COLON.match(content, first.span.end, span.end)
    if first.span.start == start and after:
        return _cut(content, Span(after.end(), span.end), first)
    placed = PLACE_COLON.match(content, first.span.end, span.end) if first.span.start == start else None
    if placed and _told_in(lines, i, placed):
        row = _cut(content, Span(placed.end(), span.end), first)
        return Row(row.heading, first, Span(*placed.span("place")))
    bracket = IN_BRACKETS.fullmatch(content, start, last.span.start)
    if bracket and END_OF_BRACKETS.fullmatch(content, last.span.end, span.end):
        place, heading = Span(*bracket.span("place")), Span(start, bracket.end("heading"))
        return Row(heading, last, place) if place.end > place.start else _cut(content, heading, last)
    if not bullet:
        return None
    dash_after = DASH.match(content, first.span.end, span.end)
    if first.span.start == start and dash_after:
        return _cut(content, Span(dash_after.end(), span.end), first)
    before = content[last.span.start - 1]
    if before in "( " and DATE_ENDS_LINE.fullmatch(content, last.span.end, span.end):
        return _cut(content, Span(start, last.span.start - (2 if before == "(" else 1)), last)
    dash = BEFORE_DASH.match(content, start, span.end)
    if dash and first.span.start - dash.end() < 40:
        heading = Span(start, start + len(dash.group().rstrip(" –—")))
        place = Span(dash.end(), first.span.start)
        return Row(heading, first, place if place.end - place.start > 3 else None)
    comma = BEFORE_COMMA.fullmatch(content, start, first.span.start)
    if comma:
        return Row(Span(start, comma.end("heading")), first, Span(*comma.span("place")) if comma["place"] else None)
    return None


def _told_in(lines: Lines, i: int, placed: re.Match[str]) -> bool:
    """True where what follows a day and a place names an event, which the words that look like a place do not."""
    return not event_like(placed["place"]) and event_like(lines.content[placed.end() : lines.spans[i].end])


def _cells(content: str, span: Span) -> list[Span]:
    cells, at = [], span.start
    for match in CELLS.finditer(content, span.start, span.end):
        cells.append(Span(at, match.start()))
        at = match.end()
    return [*cells, Span(at, span.end)]


def _dated_cell(cell: Span, date: Annotation) -> bool:
    """True for a cell that holds a date and hardly more."""
    return date.span.start - cell.start < 5 and cell.end - date.span.end < 8


def _of_table(content: str, cells: Sequence[Span], date: Annotation) -> Row:
    """The cell that names an event, up to the end of its sentence; the first of the other cells is the place."""
    named = next((c for c in cells[1:] if event_like(content[c.start : c.end])), cells[1])
    others = [c for c in cells[1:] if c != named]
    sentence = SENTENCE.match(content, named.start, named.end)
    return Row(Span(named.start, sentence.end() if sentence else named.end), date, others[0] if others else None)


def _cut(content: str, span: Span, date: Annotation) -> Row:
    """`Title, held by X, Place; more`: the title goes to the first comma, or to the place after it."""
    stop = STOP.search(content, span.start, span.end)
    end = stop.start() if stop else span.start + len(content[span.start : span.end].rstrip(" ,(–-"))
    comma = content.find(", ", span.start, end)
    if comma < 0:
        return Row(Span(span.start, end), date, None)
    return Row(Span(span.start, comma), date, Span(comma + 2, end))
