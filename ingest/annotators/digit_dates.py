"""Dates in digits: "2024-05-03", "3/5/2024", "11-12/5/2024"."""

from __future__ import annotations

import re

from ingest.annotators.when import YEAR, Form, When

NUMERIC_TO = r"\s*(?:-|–|—|to)\s*"


def in_digits() -> tuple[Form, ...]:
    """The forms of dates in digits alone."""
    month, day = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12][0-9]|3[01])"
    number = r"(?:0?[1-9]|[12][0-9]|3[01])"
    return (
        Form(
            "iso",
            re.compile(rf"(?<![\d/-]){YEAR}-{month}-{day}(?![\d/])"),
            lambda m, published: When(m.group()),
        ),
        Form(
            "numeric-days",
            re.compile(
                rf"(?<![\d/.])(?P<a>{number})(?:[/.](?P<m>0?[1-9]|1[0-2]))?{NUMERIC_TO}(?P<b>{number})"
                rf"(?P<s>[/.])(?P<n>0?[1-9]|1[0-2])(?P=s)(?P<y>{YEAR})(?![\d/])"
            ),
            _numeric_days,
        ),
        Form(
            "numeric-months",
            re.compile(
                rf"(?<![\d/.])(?P<m>0?[1-9]|1[0-2])[/.](?P<y>{YEAR}){NUMERIC_TO}(?P<n>0?[1-9]|1[0-2])[/.](?P<z>{YEAR})(?![\d/])"
            ),
            _numeric_months,
        ),
        Form(
            "numeric",
            re.compile(rf"(?<![\d/.])(?P<a>{number})(?P<s>[/.])(?P<b>{number})(?P=s)(?P<y>{YEAR})(?![\d/])"),
            _numeric,
        ),
    )


def _numeric_days(m: re.Match[str], published: str | None) -> When | None:
    """ "11-12/5/2024", "28/2 - 2/3/2024": day first."""
    end = f"{m['y']}-{int(m['n']):02}-{int(m['b']):02}"
    start = f"{m['y']}-{int(m['m'] or m['n']):02}-{int(m['a']):02}"
    return When(start, end) if start < end else None


def _numeric_months(m: re.Match[str], published: str | None) -> When | None:
    """ "03/2021 - 12/2024": one alone may be the number of a decision."""
    start, end = f"{m['y']}-{int(m['m']):02}", f"{m['z']}-{int(m['n']):02}"
    return When(start, end) if start < end else None


def _numeric(m: re.Match[str], published: str | None) -> When | None:
    """Day first, as most of the world writes it, unless that is no date."""
    a, b = int(m["a"]), int(m["b"])
    day, month = (b, a) if b > 12 else (a, b)
    return When(f"{m['y']}-{month:02}-{day:02}") if month <= 12 else None
