"""The types of parameters: what people may type, and how it is written as one term of SPARQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.engine.terms import iri_term, string_term

_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class Type:
    """`takes` says what the values are, `term` writes one as a term of SPARQL; ValueError if it is none."""

    takes: str
    term: Callable[[str], str]


def _matching(pattern: str) -> Callable[[str], str]:
    """For what SPARQL writes as people do."""

    def term(value: str) -> str:
        if not re.fullmatch(pattern, value, re.ASCII):
            raise ValueError(value)
        return value

    return term


def _date(value: str) -> str:
    month = r"\d{4}-(0[1-9]|1[0-2])"
    for pattern, datatype in (
        (month + r"-(0[1-9]|[12]\d|3[01])", "date"),
        (month, "gYearMonth"),
        (r"\d{4}", "gYear"),
    ):
        if re.fullmatch(pattern, value, re.ASCII):
            return f'"{value}"^^<{_XSD}{datatype}>'
    raise ValueError(value)


TYPES: Mapping[str, Type] = {
    "string": Type("text", string_term),
    "iri": Type("an absolute IRI such as http://example.org/thing", iri_term),
    "integer": Type("a whole number such as 12", _matching(r"[+-]?\d{1,30}")),
    "decimal": Type("a number such as 7.5", _matching(r"[+-]?\d{1,30}(\.\d{1,30})?")),
    "date": Type("a year, month or day such as 2023, 2023-11 or 2023-11-29", _date),
    "boolean": Type("true or false", _matching("true|false")),
}
"""The types of parameters. A date is as precise as it was given."""
