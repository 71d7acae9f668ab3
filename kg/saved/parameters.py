"""Values for parameters: typed by a person, written as one escaped, typed term, put into the query's VALUES lines.

A value cannot become any other part of the query: it is only ever written by `kg.saved.values`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from kg.engine import Table
from kg.errors import SavedQueryError
from kg.saved.model import Choice, Parameter, SavedQuery
from kg.saved.values import TYPES

VALUES_LINE = re.compile(
    r"^(?P<head>[ \t]*VALUES[ \t]+\?(?P<variable>_\w+)[ \t]*\{)(?P<term>.*)\}[ \t]*$", re.MULTILINE
)
"""The line that a parameter's value comes in by."""
RESERVED_PARAMETERS = frozenset(
    "release page page_size format timeout labels safe bom embed view row width preview scale".split()  # noqa: SIM905
)
"""What the addresses of answers say besides the values of parameters; a parameter of such a name could not be given."""
_SHOWN = 60  # characters of a wrong value that a message shows
_LISTED = 10  # values of an enumeration that a message shows


def bind(query: SavedQuery, values: Mapping[str, str], allowed: Mapping[str, Collection[str]] | None = None) -> str:
    """The text of `query` with `values` (parameter name -> value as typed by a person) in place.

    A parameter that is not given keeps its default, one that is given empty takes any value. `allowed` gives the values
    of the parameters whose enumeration comes from another query: see `choices`. SavedQueryError names the parameter and
    what it takes.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise SavedQueryError(f"the query {query.name} has no parameter {name!r}; its parameters: {listed}")
    terms = {}
    for name, parameter in known.items():
        among = parameter.enum or (allowed or {}).get(name)
        terms[parameter.variable] = term_of(parameter, values.get(name, parameter.default), among)

    def replace(line: re.Match[str]) -> str:
        term = terms.get(line["variable"])
        return line.group() if term is None else f"{line['head']} {term} }}"

    return VALUES_LINE.sub(replace, query.text)


def term_of(parameter: Parameter, value: str | None, among: Collection[str] | None = None) -> str:
    """`value` as the term that `parameter` takes, `UNDEF` for none. SavedQueryError where it does not take it."""
    value = (value or "").strip()
    if not value:
        if parameter.required:
            raise SavedQueryError(f"the parameter {parameter.name} must be given; it takes {parameter.takes}")
        return "UNDEF"
    shown = value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
    if among is not None and value not in among:
        listed = ", ".join(sorted(among)[:_LISTED]) + (", …" if len(among) > _LISTED else "")
        raise SavedQueryError(f"the parameter {parameter.name} takes one of {listed or 'no values'}, not {shown!r}")
    try:
        term = TYPES[parameter.type].term(value)
    except ValueError:
        raise SavedQueryError(f"the parameter {parameter.name} takes {parameter.takes}, not {shown!r}") from None
    return f"{term}@{parameter.language}" if parameter.language else term


def choices(
    parameter: Parameter, find: Callable[[str], SavedQuery], select: Callable[[str], Table]
) -> tuple[Choice, ...]:
    """The values that an enumerated `parameter` takes, in order; none for one that takes any value of its type.

    `find` gives the saved query of a name, `select` the answer of a query. SavedQueryError where the answer has not the
    column that the parameter names.
    """
    if parameter.source is None:
        return tuple(Choice(value, value) for value in parameter.enum)
    query = find(parameter.source.query)
    table = select(bind(query, {}))
    if parameter.source.column not in table.columns:
        raise SavedQueryError(
            f"the parameter {parameter.name} takes the column {parameter.source.column!r} of the query {query.name}, "
            f"which gives the columns {', '.join(table.columns)}"
        )
    at = table.columns.index(parameter.source.column)
    label = f"{parameter.source.column}Label"
    words = table.columns.index(label) if label in table.columns else at
    found: dict[str, str] = {}
    for row in table.rows:
        value, shown = row[at], row[words]
        if value is not None:
            found.setdefault(value.value, shown.value if shown is not None else value.value)
    return tuple(Choice(value, shown) for value, shown in found.items())
