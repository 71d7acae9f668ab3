"""How terms look on pages: where an IRI leads, how numbers, dates and statistics read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import quote, unquote, urlencode

from kg.citations import MONTHS
from kg.engine import Term
from kg.namespaces import ACC, PREFIXES

_XSD = PREFIXES["xsd"]
_NUMBERS = {_XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")}
_BOUNDS = {"approximate": "approximately ", "atLeast": "at least ", "atMost": "at most "}


def address(iri: str, base: str) -> str | None:
    """Where an IRI leads: a path of this site, the IRI itself if it is a web address, None if it leads nowhere safe.

    With an empty `base`, everything leads to its page here.
    """
    if not base:
        return "/resource?" + urlencode({"iri": iri})
    if iri.startswith(base):
        path = iri.removeprefix(base)
        if path.startswith("document/"):
            return "/documents/" + path.removeprefix("document/")
        return "/resource/" + quote(path, safe="/-._~:%")
    if iri.startswith(ACC):
        name = iri.removeprefix(ACC)
        return "/class/" + quote(name, safe="") if name[:1].isupper() else None
    return iri if re.match(r"https?://", iri) else None


def iri_of(path: str, base: str) -> str:
    """The IRI of the thing that /resource/`path` shows; `path` as the server decoded it."""
    return base + quote(path, safe="-._~:/")


def short(iri: str) -> str:
    """An IRI for people where no label is known: with a prefix, or its last part."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def words(name: str) -> str:
    """The local name of a class or property as words: `CooperationAgreement` is "cooperation agreement"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", unquote(re.split(r"[#/]", name)[-1])).lower()


def number(value: str) -> str:
    """A number with separators: "26000" is "26,000", "2.50" is "2.5". What is no number stays as it is."""
    try:
        parsed = Decimal(value)
    except InvalidOperation:
        return value
    if not parsed.is_finite() or abs(parsed.adjusted()) > 30:
        return value
    whole, _, fraction = f"{parsed:,f}".partition(".")
    return f"{whole}.{fraction.rstrip('0')}" if fraction.rstrip("0") else whole


def day(value: str) -> str:
    """A date as people write it: "2023-11-29" is "29 November 2023", "2023-11" is "November 2023"."""
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(T.*)?", value)
    if not parts:
        return value
    year, month, of_month, _ = parts.groups()
    try:
        date(int(year), int(month or 1), int(of_month or 1))
    except ValueError:
        return value
    return " ".join(filter(None, [of_month and str(int(of_month)), month and MONTHS[int(month) - 1], year]))


def duration(value: str) -> str:
    """A duration in words: "P24M" is "24 months", "P1Y6M" is "1 year 6 months"."""
    parts = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", value)
    if not parts or value == "P":
        return value
    named = zip(parts.groups(), ("year", "month", "week", "day"), strict=True)
    return " ".join(f"{count} {unit}{'' if count == '1' else 's'}" for count, unit in named if count)


def statistic(value: str, unit: str, bound: str = "") -> str:
    """A statistic in words: "approximately 26,000 certificates", "7.61% of young people", "at least USD 600,000"."""
    before = _BOUNDS.get(re.split(r"[#/]", bound)[-1], "")
    if re.fullmatch(r"[A-Z]{3}", unit):
        return f"{before}{unit} {number(value)}"
    if unit == "percent" or unit.startswith("percent "):
        return f"{before}{number(value)}%{unit.removeprefix('percent')}"
    return f"{before}{number(value)} {unit}".rstrip()


def is_number(term: Term) -> bool:
    """Whether a term is to stand in a column of numbers."""
    return term.datatype in _NUMBERS


def text(term: Term, labels: Mapping[str, str]) -> str:
    """A term as text on a page. `labels` gives the names of IRIs."""
    if term.kind == "iri":
        return labels.get(term.value) or short(term.value)
    if is_number(term) and len(term.value.partition(".")[0]) > 4:  # 2023 may be a year
        return number(term.value)
    return f"_:{term.value}" if term.kind == "blank" else term.value
