"""Times as precise as they are written: a day, a month, a year or a stretch of years, as milliseconds since 1970."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?(?:Z|[+-]\d\d:\d\d)?")
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:Z|[+-]\d\d:\d\d)?")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"(\d{4})(?:Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time. `start` and `end` (which is not in it) are milliseconds since 1970 in UTC.

    `days` is True where it is told to the day.
    """

    start: int
    end: int
    days: bool = False


def span(text: str) -> Span | None:
    """The time that `text` tells: `2023-11-29`, `2023-11`, `2023`, `2024-Q1`, `2021/2023`. None where it tells none.

    >>> span("2023-02") == Span(1675209600000, 1677628800000)
    True
    """
    first, slash, second = text.strip().partition("/")
    if slash:
        start, end = span(first), span(second)
        return Span(start.start, end.end) if start and end and start.start < end.end else None
    try:
        return _single(first)
    except (ValueError, OverflowError):
        return None


def _single(text: str) -> Span | None:
    if parts := _DAY.fullmatch(text):
        day = datetime(int(parts[1]), int(parts[2]), int(parts[3]), tzinfo=UTC)
        return Span(_milliseconds(day), _milliseconds(day + timedelta(days=1)), days=True)
    if parts := _MONTH.fullmatch(text):
        return _months(int(parts[1]), int(parts[2]), 1)
    if parts := _QUARTER.fullmatch(text):
        return _months(int(parts[1]), 3 * int(parts[2]) - 2, 3)
    if parts := _YEAR.fullmatch(text):
        return _months(int(parts[1]), 1, 12)
    return None


def _months(year: int, month: int, count: int) -> Span:
    last = year * 12 + month - 1 + count
    begins, ends = datetime(year, month, 1, tzinfo=UTC), datetime(last // 12, last % 12 + 1, 1, tzinfo=UTC)
    return Span(_milliseconds(begins), _milliseconds(ends))


def _milliseconds(time: datetime) -> int:
    return int((time - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1000
