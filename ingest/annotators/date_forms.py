"""The forms in which dates are written, and what each of them says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial

from ingest.annotators.digit_dates import in_digits
from ingest.annotators.when import YEAR, Form, When
from ingest.lexicon import Lexicon, load_lexicon

DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th|\.(?=\s))?"
TO = r"\s*(?:-|–|—|to|and|until|through|till)\s*"
AND = r"\s*(?:-|–|—|to|and|&)\s*"
OF = r"(?:\s+of)?"
SAME_DAY = "----"
"""The start of "the same day", before it is known which day was named before."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of patterns that hold words of the lexicon; `month` and `month2` are the groups `m` and `m2`."""

    weekday: str
    month: str
    month2: str


@cache
def forms() -> tuple[Form, ...]:
    """All forms. The first that matches at a place wins; longer forms stand before the shorter ones that they hold."""
    lexicon = load_lexicon()
    spellings = "|".join(re.escape(s) for month in lexicon.dates.months for name in month for s in (name, name.upper()))
    month = rf"(?:{spellings})(?![a-z])"
    parts = _Parts(
        weekday=rf"(?:(?:{'|'.join(lexicon.dates.weekday_stems)})(?:day)?,?\s+)?",
        month=rf"(?P<m>{month})",
        month2=rf"(?P<m2>{month})",
    )
    numbers = {s.lower(): i for i, month in enumerate(lexicon.dates.months, 1) for s in month}
    return (
        *in_digits(),
        *_days(parts, partial(_month_number, numbers)),
        *_months(parts, partial(_month_number, numbers)),
        *_parts_of_years(lexicon),
        *_years(),
        _month_alone(month, partial(_month_number, numbers)),
        *_counted_from_publication(lexicon),
    )


def _month_number(numbers: dict[str, int], spelling: str) -> int:
    return numbers[spelling.lower()]


MonthNumber = Callable[[str], int]
"""The number of a month, from one of its spellings."""


def _days(parts: _Parts, number: MonthNumber) -> tuple[Form, ...]:
    """Days and stretches of days with the name of their month."""
    day, day2 = rf"(?P<d>{DAY})", rf"(?P<d2>{DAY})"
    year, year2 = rf"(?:,?\s+(?P<y>{YEAR}))?", rf"(?:,?\s+(?P<y2>{YEAR}))?"
    month, month2 = parts.month, parts.month2
    first, second = rf"{parts.weekday}\b", parts.weekday

    def day_to_day(m: re.Match[str], published: str | None) -> When:
        last = m["y2"] or m["y"]
        start, end = _iso(m["y"] or last, number(m["m"]), m["d"]), _iso(last, number(m["m2"]), m["d2"])
        return When(start, end, bool(last))

    def days_of_month(m: re.Match[str], published: str | None) -> When:
        of = number(m["m"])
        return When(_iso(m["y"], of, m["d"]), _iso(m["y"], of, m["d2"]), bool(m["y"]))

    def day_of_month(m: re.Match[str], published: str | None) -> When:
        return When(_iso(m["y"], number(m["m"]), m["d"]), None, bool(m["y"]))

    return (
        Form(
            "day-month-to-day-month",
            re.compile(rf"{first}{day}{OF}\s+{month}{year}{TO}{second}{day2}{OF}\s+{month2}{year2}\b"),
            day_to_day,
        ),
        Form("days-month", re.compile(rf"{first}{day}{AND}{second}{day2}{OF}\s+{month}{year}\b"), days_of_month),
        Form("month-days", re.compile(rf"{first}{month}\s+{day}{AND}{day2}{year}(?!\d)"), days_of_month),
        Form(
            "month-day-to-month-day",
            re.compile(rf"{first}{month}\s+{day}{year}{TO}{month2}\s+{day2}{year2}(?!\d)"),
            day_to_day,
        ),
        Form(
            "day-month",
            re.compile(rf"{first}{day}{OF}[\s-]+{month}(?:,?[\s-]+(?P<y>{YEAR}))?\b"),
            day_of_month,
        ),
        Form("month-day", re.compile(rf"{first}{month}\s+{day}{year}(?!\d)"), day_of_month),
    )


def _iso(year: str | None, month: int, day: str | None = None) -> str:
    """A date or month in ISO 8601, `----` for a year that is not told; `day` may have an ending ("3rd")."""
    stem = f"{year or '----'}-{month:02}"
    return f"{stem}-{int(day.rstrip('stndrh.')):02}" if day else stem


def _months(parts: _Parts, number: MonthNumber) -> tuple[Form, ...]:
    """Months of a year and stretches of them."""
    month, month2 = parts.month, parts.month2
    year = rf"(?P<y>{YEAR})"
    return (
        Form(
            "month-to-month",
            re.compile(rf"\b{month}(?:\s+{year})?{TO}{month2}{OF},?\s+(?P<y2>{YEAR})\b"),
            lambda m, published: When(_iso(m["y"] or m["y2"], number(m["m"])), _iso(m["y2"], number(m["m2"]))),
        ),
        Form(
            "month-year",
            re.compile(rf"\b{month}{OF},?\s+{year}\b"),
            lambda m, published: When(_iso(m["y"], number(m["m"]))),
        ),
    )


def _parts_of_years(lexicon: Lexicon) -> tuple[Form, ...]:
    """Quarters, halves and first months of a year, and the time since a year."""
    year = rf"(?P<y>{YEAR})"
    ordinals = lexicon.dates.ordinals
    counts = {word: n for word, n in lexicon.numbers.words.items() if 2 <= n <= 11}

    def quarter(m: re.Match[str], published: str | None) -> When:
        return When(f"{m['y']}-Q{m['n'] or ordinals[m['q'].lower()]}", kind="quarter")

    def half(m: re.Match[str], published: str | None) -> When:
        first, last = ("01", "06") if m["h"].lower() == "first" else ("07", "12")
        return When(f"{m['y']}-{first}", f"{m['y']}-{last}")

    def first_months(m: re.Match[str], published: str | None) -> When | None:
        count = counts.get(m["k"].lower()) or int(m["k"])
        return When(f"{m['y']}-01", f"{m['y']}-{count:02}") if count <= 12 else None

    def since(m: re.Match[str], published: str | None) -> When:
        return When(m["y"], "", kind="since")

    patterns = (
        ("quarter", rf"\b(?:(?P<q>{'|'.join(ordinals)})\s+quarter{OF}|Q(?P<n>[1-4])[ /-]?)\s*{year}\b", quarter),
        ("half", rf"\b(?P<h>first|second|last)\s+half\s+of\s+{year}\b", half),
        ("since", rf"\bsince\s+(?:(?:early|mid|late)[ -]?)?{year}\b", since),
        ("months", rf"\b(?:first\s+)?(?P<k>{'|'.join(counts)}|\d\d?)\s+months\s+of\s+{year}\b", first_months),
    )
    return tuple(Form(f"words-{name}", re.compile(pattern, re.I), read) for name, pattern, read in patterns)


def _years() -> tuple[Form, ...]:
    """Years and stretches of them: "2019-2023", "2019–23", "2021". What stands beside tells them from other numbers."""
    year = rf"(?<![\d/.,-])(?P<y>{YEAR})"
    between = r"(?:\s*[-–—/]\s*|\s+(?:to|until|and|through)\s+)"

    def stretch(m: re.Match[str], published: str | None) -> When | None:
        return When(m["y"], m["y2"], kind="years") if m["y2"] > m["y"] else None

    def short_stretch(m: re.Match[str], published: str | None) -> When | None:
        end = m["y"][:2] + m["s"]
        return When(m["y"], end, kind="years") if end > m["y"] else None

    return (
        Form("years", re.compile(rf"{year}{between}(?P<y2>{YEAR})(?![\d/]|[.,]\d)"), stretch),
        Form("years-short", re.compile(rf"{year}[-–/](?P<s>[0-9][0-9])(?![\d/-]|[.,]\d)"), short_stretch),
        Form(
            "year",
            re.compile(rf"(?<![\d/.,:$€£-]){YEAR}(?![\d/%:]|[.,]\d|-[A-Za-z\d])"),
            lambda m, published: When(m.group(), kind="year"),
        ),
    )


def _month_alone(month: str, number: MonthNumber) -> Form:
    """A month without a year after a word of time ("in March", "late May"); "may" goes on as a verb before a word."""
    pattern = rf"""
        \b(?:[Ii]n|[Ss]ince|[Bb]y|[Oo]f|[Dd]uring|[Uu]ntil|[Tt]his|[Ll]ast|early|late|mid)\s+
        (?:early\s+|late\s+|mid[-\ ]|last\s+)?
        (?P<m>(?!May\s+[a-z]){month})(?!\s*[\d(])
    """
    return Form(
        "month",
        re.compile(pattern, re.VERBOSE),
        lambda m, published: When(_iso(None, number(m["m"])), None, False),
        marks="m",
    )


def _counted_from_publication(lexicon: Lexicon) -> tuple[Form, ...]:
    """Words that mean a day only where it is known when the text was published."""
    weekdays = lexicon.dates.weekdays
    a_date = "|".join([r"\d", *dict.fromkeys(month[0][:3].lower() for month in lexicon.dates.months)])

    def weekday(m: re.Match[str], published: str | None) -> When | None:
        if published is None or len(published) < len("2000-01-01"):
            return None
        issued = date.fromisoformat(published)
        back = (issued.weekday() - weekdays.index(m["w"].lower())) % 7
        return When((issued - timedelta(days=back)).isoformat())

    return (
        Form(
            "words-weekday",
            re.compile(rf"\b(?:on|last|this)\s+(?P<w>{'|'.join(weekdays)})\b(?!,?\s+(?:{a_date}))", re.I),
            weekday,
        ),
        Form(
            "same-day",
            re.compile(r"\b(?:on\s+|of\s+)?(?:the same day|that (?:same )?day|the same date)\b", re.I),
            lambda m, published: When(SAME_DAY, year=False),
        ),
        Form(
            "words-relative",
            re.compile(r"\b(?:today|yesterday|(?:this|last|next)\s+year|(?:this|last)\s+month)\b", re.I),
            _relative,
        ),
    )


def _relative(m: re.Match[str], published: str | None) -> When | None:
    """ "last year", "this month", "yesterday": no more precise than the words and the date of publication are."""
    if published is None:
        return None
    first, *rest = m.group().lower().split()
    year = int(published[:4])
    if rest == ["year"]:
        return When(str(year + {"this": 0, "last": -1, "next": 1}[first]), kind="year")
    if len(published) < len("2000-01"):
        return None
    if rest == ["month"]:
        month = int(published[5:7]) - (first == "last")
        return When(f"{year}-{month:02}") if month else When(f"{year - 1}-12")
    if len(published) < len("2000-01-01"):
        return None
    return When((date.fromisoformat(published) - timedelta(days=first == "yesterday")).isoformat())
