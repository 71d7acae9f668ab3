"""Dates, ranges of days and periods, as precise as the words are and no more."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from ingest.annotators.coverage import Coverage
from ingest.annotators.date_forms import SAME_DAY, forms
from ingest.annotators.when import When
from ingest.model import Annotation, Span

__all__ = ["When", "annotate"]

JOINS = re.compile(r"\s*(?:and|to|until|till)\s+")
OPENS_RANGE = re.compile(r"\b(?:between|from)\s+$", re.I)


def annotate(content: str, published: str | None = None) -> list[Annotation]:
    """The dates of a text in order: annotations of kind `date` with a When.

    `published` is the ISO date that "today" and days without a year are counted from.
    """
    taken = Coverage(len(content))
    found: list[Annotation] = []
    for form in forms():
        for match in form.pattern.finditer(content):
            if taken.meets(*match.span()):
                continue
            when = form.read(match, published)
            if when is not None and when.possible:
                span = Span(*match.span(form.marks))
                taken.take(span)
                found.append(Annotation(span, "date", when, f"date/{form.name}"))
    found.sort(key=lambda a: a.span)
    return _joined(content, _same_days(_dated(content, found, published)))


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
    result = []
    for a in found:
        when: When = a.value
        if _is_month(when) and lines.alone(a.span):
            headings[when.start[5:7]] = when.start[:4]
        if not when.year and when.start != SAME_DAY:
            year = headings.get(when.start[5:7]) or (published[:4] if published else None)
            if year:
                a = Annotation(a.span, a.kind, when.dated(year), a.rule)
        result.append(a)
    return result


def _is_month(when: When) -> bool:
    """True for one month of a year, which may head the entries of a calendar ("May 2021")."""
    return when.kind == "date" and when.year and len(when.start) == len("2000-01") and when.end is None


class _Lines:
    """Where the lines of a text begin, and how wide they are without white space around them."""

    def __init__(self, content: str) -> None:
        lines = content.split("\n")
        self.content = content
        self.starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        self.widths = [len(line.strip()) for line in lines]

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
