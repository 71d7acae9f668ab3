"""The form of a query's parameters: one field each, by its type, with what may be typed or chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.engine.syntax import first_keyword, tokens_of
from kg.errors import KGError
from kg.saved import Choice, Parameter
from kg.web.queries.asked import Asked
from kg.web.things import things

_PROPOSED = 300  # things that a field proposes
_SECONDS = 2.0  # that finding them may take
_PATTERNS = {"integer": r"[+\-]?[0-9]+", "decimal": r"[+\-]?[0-9]+(\.[0-9]+)?", "date": r"[0-9]{4}(-[0-9]{2}){0,2}"}
_MODES = {"integer": "numeric", "decimal": "decimal", "date": "numeric", "iri": "url"}
_HINTS = {"date": "2023-11-29"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field. With `options` it is a list to choose from, `proposed` are offered beside what can be typed.

    `pattern`, `mode` and `hint` are as in HTML. `wrong` is True where its value was refused.
    """

    parameter: Parameter
    value: str
    options: Sequence[Choice] = ()
    proposed: Sequence[Choice] = ()
    pattern: str = ""
    mode: str = "text"
    hint: str = ""
    wrong: bool = False


def fields(asked: Asked, problem: str = "") -> list[Field]:
    """The fields of the form; `problem` is what is wrong with the values, if something is."""
    return [_field(asked, parameter, problem) for parameter in asked.query.parameters]


def _field(asked: Asked, parameter: Parameter, problem: str) -> Field:
    value = asked.values.get(parameter.name, parameter.default or "")
    wrong = re.search(rf"\bparameter {parameter.name}\b", problem) is not None
    if parameter.type == "boolean":
        return Field(parameter, value, _with([Choice("true", "yes"), Choice("false", "no")], value), wrong=wrong)
    listed = asked.choices(parameter)
    if listed:
        return Field(parameter, value, _with(listed, value), wrong=wrong)
    return Field(
        parameter,
        value,
        proposed=_proposed(asked, parameter) if parameter.type == "iri" else (),
        pattern=_PATTERNS.get(parameter.type, ""),
        mode=_MODES.get(parameter.type, "text"),
        hint=_HINTS.get(parameter.type, ""),
        wrong=wrong,
    )


def _with(options: Sequence[Choice], value: str) -> Sequence[Choice]:
    """The options, and `value` if it is none of them: what was typed is shown as it was typed."""
    return options if not value or value in {one.value for one in options} else [*options, Choice(value, value)]


def _proposed(asked: Asked, parameter: Parameter) -> tuple[Choice, ...]:
    """The things that the parameter can be for the query to have an answer, where that can be found out in a moment."""
    key = f"proposed {asked.full_name} {parameter.name}"
    return asked.view.remember(key, lambda: _find(asked, parameter))


def _find(asked: Asked, parameter: Parameter) -> tuple[Choice, ...]:
    query = _values_query(asked.query.text, parameter.variable)
    if query is None:
        return ()
    try:
        rows = asked.view.engine.select(query, time_limit=_SECONDS).rows
        iris = [row[0].value for row in rows if row[0] is not None and row[0].kind == "iri"]
        known: Mapping[str, str] = {thing.iri: thing.label for thing in things(asked.view, iris).values()}
    except KGError:
        return ()
    return tuple(sorted((Choice(iri, known.get(iri, iri)) for iri in iris), key=lambda one: one.label.lower()))


def _values_query(query: str, variable: str) -> str | None:
    """A query for the values that `variable` has in the answers of `query`, where its pattern gives it some.

    Where it is compared with another variable, as in `FILTER(?party = ?_party_iri)`, those of that one.
    """
    tokens = tokens_of(query)
    words = [token.group() for token in tokens]
    for left, sign, right in zip(words, words[1:], words[2:], strict=False):
        if sign == "=" and f"?{variable}" in {left, right} and left[0] == right[0] == "?":
            variable = (right if left == f"?{variable}" else left)[1:]
            break
    start = first_keyword(tokens)
    opening = next((token for token in tokens[start:] if token.group() == "{"), None)
    if opening is None:
        return None
    depth = 0
    for token in tokens:
        if token.start() >= opening.start() and token.group() in {"{", "}"}:
            depth += 1 if token.group() == "{" else -1
            if depth == 0:
                pattern = query[opening.start() : token.end()]
                prologue = query[: tokens[start].start()]
                return f"{prologue}SELECT DISTINCT ?{variable} WHERE {pattern}\nLIMIT {_PROPOSED}"
    return None
