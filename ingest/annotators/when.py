"""What a date says, and what a way to write dates is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

YEAR = r"(?:19|20)[0-9][0-9]"


@dataclass(frozen=True, slots=True)
class When:
    """`start` and `end` are ISO 8601 dates, months or years; `end` is None for a single one, "" for an open one.

    `year` is False where the words leave the year out; then `start` and `end` begin with `----`. `kind` is `date` for
    days, months and stretches of them, else `year`, `years`, `since` or `quarter`.
    """

    start: str
    end: str | None = None
    year: bool = True
    kind: str = "date"

    @property
    def possible(self) -> bool:
        """False for days that no month has, such as 31 April; 29 February is possible where the year is not told."""
        days = [v for v in (self.start, self.end) if v and len(v) >= len("2000-01-01")]
        try:
            return all(date.fromisoformat(v.replace("----", "2000", 1)) for v in days)
        except ValueError:
            return False

    def dated(self, year: str) -> When:
        """The same with the year filled in."""
        end = None if self.end is None else self.end.replace("----", year, 1)
        return When(self.start.replace("----", year, 1), end, True, self.kind)


Reading = Callable[[re.Match[str], str | None], When | None]
"""What a match says, given the ISO date on which the text was published; None where it is no date after all."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a date. `marks` is the group of the pattern that is the date, 0 for all of it."""

    name: str
    pattern: re.Pattern[str]
    read: Reading
    marks: int | str = 0
