"""What each line of a text is: title, heading, date line, entry of a listing, fact box, caption, boilerplate, prose."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.annotators.fields import Field, fields_of, named_field
from ingest.annotators.front_matter import SEPARATORS, issued_of, publisher_of, title_of
from ingest.annotators.listings import Entry, entries_of
from ingest.annotators.page_lines import Lines, lines_of
from ingest.annotators.tables import FIGURE
from ingest.lexicon import load_lexicon
from ingest.model import Annotation, Span

BULLET = re.compile(r"[•*·▪-]\s")
LONGEST_HEADING = 160
LINES_TO_DATELINE, LONGEST_DATELINE = 6, 40
"""Lines in which a dateline must come, and characters before its date."""
DATELINE_PLACE = re.compile(r"(?!(?:[Oo]n|[Ii]n|[Ff]rom|[Ss]ince)\b)[A-ZÀ-Ỹ][^.;:\d]{1,38}[,(/–-]\s*")
DATELINE_END = re.compile(r"\s*\)?\s*(?:[–—:]|-{1,2}\s|\.?$)")
LONGEST_TEASER = 180
"""Lists of other stories have no longer paragraphs: where one comes, the text goes on."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line or a paragraph that lost its breaks.

    `kind` is one of `title`, `heading`, `date`, `entry`, `field`, `caption`, `boilerplate`, `prose`; `entry` is the
    number of the entry of a listing that it belongs to.
    """

    span: Span
    kind: str
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines in order, the title, the entries of a listing, who published when, and the fields of fact boxes."""

    lines: tuple[Line, ...]
    title: Span | None
    entries: tuple[Entry, ...]
    publisher: Span | None
    issued: Annotation | None
    fields: tuple[Field, ...] = ()

    def field_at(self, offset: int) -> Field | None:
        """The field of a fact box that holds a character in its label or its value."""
        i = bisect_right(self.fields, offset, key=lambda f: f.label.start) - 1
        return self.fields[i] if i >= 0 and offset < self.fields[i].value.end else None

    def kind_at(self, offset: int) -> str:
        """The kind of the line that holds a character, `prose` between lines."""
        line = self._line_at(offset)
        return line.kind if line is not None else "prose"

    def entry_at(self, offset: int) -> int | None:
        """The number of the entry of a listing whose line holds a character."""
        line = self._line_at(offset)
        return line.entry if line is not None else None

    def _line_at(self, offset: int) -> Line | None:
        i = bisect_right(self.lines, offset, key=lambda line: line.span.start) - 1
        return self.lines[i] if i >= 0 and offset < self.lines[i].span.end else None


@dataclass(frozen=True, slots=True)
class _Signs:
    """Patterns that show what a line is."""

    boilerplate: tuple[re.Pattern[str], ...]
    ends: tuple[re.Pattern[str], ...]
    closes: tuple[re.Pattern[str], ...]
    captions: tuple[re.Pattern[str], ...]
    publishers: tuple[re.Pattern[str], ...]
    beside_dates: re.Pattern[str]


@cache
def _signs() -> _Signs:
    words = load_lexicon().layout

    def compiled(patterns: Sequence[str], flags: re.RegexFlag = re.I) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(p, flags | re.M) for p in patterns)

    beside = "|".join(re.escape(w) for w in sorted(words.date_lines, key=len, reverse=True))
    signs = r"[\s\d:'’,.|()–—-]"
    return _Signs(
        boilerplate=compiled(words.lines),
        ends=compiled(words.ends),
        closes=compiled(words.closes),
        captions=compiled(words.captions),
        publishers=compiled(words.publishers, re.NOFLAG),
        beside_dates=re.compile(rf"^(?:{signs}|\([^()]{{2,30}}\))*(?:(?:{beside})\b{signs}*)*$", re.I),
    )


def layout(content: str, dates: Sequence[Annotation]) -> Layout:
    """What each line of a text is."""
    signs = _signs()
    lines = lines_of(content, dates)
    texts = [lines.text(i) for i in range(len(lines.spans))]
    kinds = _kinds(lines, texts, signs)
    fields = fields_of(lines, texts, kinds)
    title = title_of(texts, kinds)
    if title is not None:
        kinds[title] = "title"
    entries, numbers = entries_of(lines, kinds, title)
    return Layout(
        lines=tuple(Line(s, k, n) for s, k, n in zip(lines.spans, kinds, numbers, strict=True)),
        title=None if title is None else lines.spans[title],
        entries=entries,
        publisher=publisher_of(content, signs.publishers),
        issued=issued_of(lines, kinds, title, numbers),
        fields=fields,
    )


def dateline_of(content: str, layout: Layout, dates: Sequence[Annotation]) -> str | None:
    """The day in the dateline with which the report itself opens ("Lima, 3 May 2001 – ..."), from which it counts."""
    texts = [line.span for line in layout.lines if line.kind in ("prose", "heading")][:LINES_TO_DATELINE]
    for span in texts:
        first = bisect_left(dates, span.start, key=lambda d: d.span.start)
        date = dates[first] if first < len(dates) else None
        if date is None or date.span.start > span.start + LONGEST_DATELINE or date.span.end > span.end:
            continue
        when = date.value
        full = when.kind == "date" and when.year and when.end is None and len(when.start) == len("2000-01-01")
        place = content[span.start : date.span.start]
        if full and DATELINE_PLACE.fullmatch(place) and DATELINE_END.match(content, date.span.end, span.end):
            return str(when.start)
    return None


def year_of_title(layout: Layout, dates: Sequence[Annotation]) -> str | None:
    """The one year that the title, or a line above it, names: that of the days of the text that have none."""
    end = layout.title.end if layout.title is not None else 0
    years = {d.value.start for d in dates if d.span.start < end and d.value.kind == "year"}
    return years.pop() if len(years) == 1 else None


def _kinds(lines: Lines, texts: Sequence[str], signs: _Signs) -> list[str]:
    repeated = Counter(texts)
    kinds: list[str] = []
    ended = closed = False
    for i, text in enumerate(texts):
        ends = i > 2 and any(p.search(text) for p in signs.ends)
        ended = ends or (ended and not (len(text) >= LONGEST_TEASER and text[-1] in '.”"'))
        closed = closed or (i > 2 and any(p.search(text) for p in signs.closes))
        twice = repeated[text] > 1 and i + 1 < len(texts) and text in (texts[i + 1], texts[i - 1])
        if ended or closed or lines.goes_on(i) or any(p.search(text) for p in signs.boilerplate) or _is_bar(text):
            kinds.append("boilerplate")
        elif _tells_date(lines, i, signs):
            kinds.append("date")
        elif twice or any(p.search(text) for p in signs.captions):
            kinds.append("caption")
        else:
            kinds.append(_kind_of_content(text))
    return kinds


def _is_bar(text: str) -> bool:
    """True for a bar of links ("Home | News | About"), not for the row of a table."""
    row = text.startswith("|") or any(FIGURE.fullmatch(cell.strip()) for cell in text.split("|")[1:])
    return len(SEPARATORS.findall(text)) >= 2 and not row


def _tells_date(lines: Lines, i: int, signs: _Signs) -> bool:
    """True for a line with a date and hardly more ("Posted on 3 May 2021, 10:30 am")."""
    dates = lines.dates[i]
    return (
        len(dates) > 0
        and dates[0].value.kind == "date"
        and signs.beside_dates.match(lines.without_dates(i)) is not None
    )


def _kind_of_content(text: str) -> str:
    if named_field(text):
        return "field"
    closed = text[-1] in ".!?:;," or text.endswith((".”", '."', "./."))
    return "prose" if BULLET.match(text) or closed or len(text) >= LONGEST_HEADING else "heading"
