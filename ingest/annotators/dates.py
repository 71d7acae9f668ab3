"""Dates, ranges of days and periods, as precise as the words are and no more."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from ingest.annotators.counted_days import counted
from ingest.annotators.coverage import Coverage
from ingest.annotators.date_forms import SAME_DAY, forms
from ingest.annotators.when import Form, When
from ingest.model import Annotation, Span

__all__ = ["When", "annotate", "matches"]

Matches = list[tuple[Form, list[re.Match[str]]]]
"""The places that look like dates, for each form of dates."""
JOINS = re.compile(r"\s*(?:and|to|until|till)\s+")
OPENS_RANGE = re.compile(r"\b(?:between|from)\s+$", re.I)


def matches(content: str) -> Matches:
    """What looks like a date in a text."""
    return [(form, list(form.pattern.finditer(content))) for form in forms()]


def annotate(content: str, published: str | None = None, looks: Matches | None = None) -> list[Annotation]:
    """The dates of a text in order: annotations of kind `date` with a When.

    `published` is the ISO date that "today" and days without a year are counted from, `looks` what looks like a date,
    where it is known.
    """
    taken = Coverage(len(content))
    found: list[Annotation] = []
    for form, places in matches(content) if looks is None else looks:
        for match in places:
            if taken.meets(*match.span()):
                continue
            when = form.read(match, published)
            if when is not None and when.possible:
                span = Span(*match.span(form.marks))
                taken.take(span)
                found.append(Annotation(span, "date", when, f"date/{form.name}"))
    found.sort(key=lambda a: a.span)
    return _joined(content, counted(content, _same_days(_dated(content, found, published))))


def _same_days(found: list[Annotation]) -> list[Annotation]:
    """ "The same day" is the last day that was named before; where there is none, it is no date."""
    result: list[Annotation] = []
    day: When | None = None
    for a in found:
        if a.rule == "date/same-day":
            if day is None:
                continue
            a = Annotation(a.span, a.kind, day, a.rule)
        elif a.value.kind == "date" and len(a.value.start) == len("2000-01-01"):
            day = When(a.value.start, None, a.value.year)
        result.append(a)
    return result


def _dated(content: str, found: list[Annotation], published: str | None) -> list[Annotation]:
    """Fills in the years that words leave out: the one of a month's heading above, else the one of the document."""
    lines = _Lines(content)
    headings: dict[str, str] = {}
    beside: dict[int, str] = {}
    result = []
    for a in found:
        when: When = a.value
        if when.kind == "date" and when.year and lines.alone(a.span):
            headings.update(dict.fromkeys(_months(when), when.start[:4]))
        if not when.year and when.start != SAME_DAY:
            year = headings.get(when.start[5:7]) or (published[:4] if published else None)
            # "On 3 May 2001 ...; on 2 June ..." in one paragraph tells the year of both.
            year = year or beside.get(lines.number(a.span))
            if year:
                a = Annotation(a.span, a.kind, when.dated(year), a.rule)
        elif when.kind == "date" and len(when.start) >= len("2000-01"):
            beside[lines.number(a.span)] = when.start[:4]
        result.append(a)
    return result


def _months(when: When) -> list[str]:
    """The months that may head the entries of a calendar: of "May 2021", of "January to June 2021"; else none."""
    first, last = when.start, when.end or when.start
    if len(first) != len("2000-01") or len(last) != len(first) or first[:4] != last[:4]:
        return []
    return [f"{month:02}" for month in range(int(first[5:]), int(last[5:]) + 1)]


class _Lines:
    """Where the lines of a text begin, and how wide they are without white space around them."""

    def __init__(self, content: str) -> None:
        lines = content.split("\n")
        self.content = content
        self.starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        self.widths = [len(line.strip()) for line in lines]

    def number(self, span: Span) -> int:
        """The number of the line where a span begins."""
        return bisect_right(self.starts, span.start) - 1

    def alone(self, span: Span) -> bool:
        """True where a span has its lines to itself, but for a sign or two."""
        first, last = bisect_right(self.starts, span.start) - 1, bisect_right(self.starts, span.end) - 1
        if first == last:
            width = self.widths[first]
        else:
            width = len(self.content[self.starts[first] : self.starts[last + 1] - 1].strip())
        return width <= span.end - span.start + 3


def _joined(content: str, found: list[Annotation]) -> list[Annotation]:
    """ "between 2001 and May 2004", "from 3 March 2001 until 7 May 2001": two dates become one range."""
    result: list[Annotation] = []
    for a in found:
        if result and _make_range(content, result[-1], a):
            first = result.pop()
            range_ = When(first.value.start, a.value.start, kind="years")
            a = Annotation(Span(first.span.start, a.span.end), "date", range_, "date/between")
        result.append(a)
    return result


def _make_range(content: str, first: Annotation, second: Annotation) -> bool:
    one, two = first.value, second.value
    return (
        one.end is None
        and two.end is None
        and one.year
        and two.year
        and one.start < two.start
        and JOINS.fullmatch(content, first.span.end, second.span.start) is not None
        and OPENS_RANGE.search(content[max(0, first.span.start - 10) : first.span.start]) is not None
    )
