"""Saved queries: files `NAME.rq` that any SPARQL tool can run, with a head that people and pages can read.

    #+ title: Who signed which agreements, and when
    #+ description: One row an agreement, the newest first.
    #+ tags: [agreements]
    #+ parameters:
    #+   - name: country
    #+     type: string
    #+     description: Part of the name of a party.
    SELECT ?agreement ?signed WHERE {
      VALUES ?_country { UNDEF }
      ...
    }

The lines `#+` are YAML. A parameter `country` of type `string` is the variable `?_country`; one of another type has the
type in its name (`?_since_date`, `?_goal_iri`), and so has one with a language (`?_title_en`). Its values come in by
the line `VALUES ?_country { ... }`, which must stand alone on its line wherever the variable is used: the file holds
the default there (UNDEF where there is none), and `bind` puts another term in its place. A value is always written as
one escaped, typed term; it cannot become any other part of the query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.engine.terms import iri_term, string_term
from kg.errors import SavedQueryError, UnknownQueryError

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VALUES = re.compile(r"^(?P<head>[ \t]*VALUES[ \t]+\?(?P<variable>_\w+)[ \t]*\{)(?P<term>.*)\}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter. `type` is one of TYPES; `default` is None where it may be left out, which means any value."""

    name: str
    type: str
    default: str | None
    description: str
    required: bool = False
    language: str | None = None

    @property
    def variable(self) -> str:
        """Its variable in the query, without the question mark."""
        ending = self.language or (None if self.type == "string" else self.type)
        return f"_{self.name}_{ending}" if ending else f"_{self.name}"

    @property
    def takes(self) -> str:
        """What it takes, for people."""
        return TYPES[self.type].takes


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A saved query. `name` is its address; `text` the whole file, head included, with the defaults in place."""

    name: str
    title: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Type:
    """`takes` says what the values are, `term` writes one as a term of SPARQL; ValueError if it is none."""

    takes: str
    term: Callable[[str], str]


def load_saved(folder: Path) -> Mapping[str, SavedQuery]:
    """The saved queries in `folder`, by name, in the order of their names. SavedQueryError names the file and line."""
    if not folder.is_dir():
        raise SavedQueryError(f"{folder} is not a folder of saved queries")
    return {file.stem: read_saved(file) for file in sorted(folder.glob("*.rq"))}


def find_saved(saved: Mapping[str, SavedQuery], name: str) -> SavedQuery:
    """The saved query called `name`. UnknownQueryError if there is none."""
    if name not in saved:
        raise UnknownQueryError(f"there is no saved query {name!r}")
    return saved[name]


def read_saved(file: Path) -> SavedQuery:
    """The saved query in `file`. SavedQueryError names the file and line of what is wrong."""
    if not _NAME.fullmatch(file.stem):
        raise SavedQueryError(f"{file}: the name may hold small letters, digits and single hyphens only")
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SavedQueryError(f"{file}: cannot be read as UTF-8 text ({error})") from error
    head = _head(file, text)
    listed = _of(list, head.get("parameters", []), file, "parameters must be a list")
    query = SavedQuery(
        name=file.stem,
        title=_of(str, head.get("title"), file, "the head must give a title"),
        description=_of(str, head.get("description", ""), file, "description must be text").strip(),
        tags=tuple(str(tag) for tag in _of(list, head.get("tags", []), file, "tags must be a list")),
        parameters=tuple(_parameter(file, entry) for entry in listed),
        text=text,
    )
    _check_values_lines(file, query)
    return query


def bind(query: SavedQuery, values: Mapping[str, str]) -> str:
    """The text of `query` with `values` (parameter name -> value as typed by a person) in place.

    A parameter that is not given keeps its default, one that is given empty takes any value. SavedQueryError names the
    parameter and what it takes.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise SavedQueryError(f"the query {query.name} has no parameter {name!r}; its parameters: {listed}")
    terms = {
        parameter.variable: _term(parameter, values.get(name, parameter.default)) for name, parameter in known.items()
    }

    def replace(line: re.Match[str]) -> str:
        term = terms.get(line["variable"])
        return line.group() if term is None else f"{line['head']} {term} }}"

    return _VALUES.sub(replace, query.text)


def _term(parameter: Parameter, value: str | None) -> str:
    value = (value or "").strip()
    if not value:
        if parameter.required:
            raise SavedQueryError(f"the parameter {parameter.name} must be given; it takes {parameter.takes}")
        return "UNDEF"
    try:
        term = TYPES[parameter.type].term(value)
    except ValueError:
        shown = value if len(value) <= 60 else value[:59] + "…"
        raise SavedQueryError(f"the parameter {parameter.name} takes {parameter.takes}, not {shown!r}") from None
    return f"{term}@{parameter.language}" if parameter.language else term


def _head(file: Path, text: str) -> dict[str, Any]:
    lines = [line[2:].removeprefix(" ") if line.startswith("#+") else "" for line in text.splitlines()]
    try:
        head = yaml.safe_load("\n".join(lines))  # the other lines stay as empty ones, so that line numbers are right
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}:{mark.line + 1}" if mark else str(file)
        raise SavedQueryError(f"{place}: the head is no valid YAML: {getattr(error, 'problem', error)}") from error
    fields: dict[str, Any] = _of(dict, head, file, "the file must begin with lines #+ that give at least a title")
    return fields


def _of(kind: type[Any], value: object, file: Path, message: str) -> Any:
    if not isinstance(value, kind):
        raise SavedQueryError(f"{file}:1: {message}")
    return value


def _parameter(file: Path, entry: object) -> Parameter:
    fields = _of(dict, entry, file, "each parameter must have a name and a description")
    name = str(fields.get("name"))
    strange = fields.keys() - {"name", "type", "default", "description", "required", "language"}
    if strange or not re.fullmatch(r"[a-z][a-z0-9]*", name):
        wrong = f"does not know {', '.join(sorted(map(str, strange)))}" if strange else "needs a name in small letters"
        raise SavedQueryError(f"{file}:1: the parameter {name} {wrong}")
    kind = str(fields.get("type", "string"))
    if kind not in TYPES:
        raise SavedQueryError(f"{file}:1: the parameter {name} has the type {kind!r}; take one of {', '.join(TYPES)}")
    default = fields.get("default")
    if isinstance(default, bool):
        default = str(default).lower()
    return Parameter(
        name=name,
        type=kind,
        default=None if default is None else str(default),
        description=str(fields.get("description", "")),
        required=bool(fields.get("required", False)),
        language=fields.get("language"),
    )


def _check_values_lines(file: Path, query: SavedQuery) -> None:
    """Each parameter needs its VALUES line with its default in it, and each such line needs a parameter."""
    lines = {line["variable"]: line for line in _VALUES.finditer(query.text)}
    variables = {parameter.variable: parameter for parameter in query.parameters}
    for variable, line in lines.items():
        number = query.text.count("\n", 0, line.start()) + 1
        parameter = variables.get(variable)
        if parameter is None:
            raise SavedQueryError(f"{file}:{number}: the head has no parameter for ?{variable}")
        try:
            default = "UNDEF" if parameter.default is None else _term(parameter, parameter.default)
        except SavedQueryError as error:
            raise SavedQueryError(f"{file}:{number}: {error}") from error
        if line["term"].strip() != default:
            raise SavedQueryError(f"{file}:{number}: this line must give the default of the head: {{ {default} }}")
    for variable, parameter in variables.items():
        if variable not in lines:
            raise SavedQueryError(f"{file}:1: {parameter.name} needs a line of its own: VALUES ?{variable} {{ UNDEF }}")


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


TYPES: Mapping[str, _Type] = {
    "string": _Type("text", string_term),
    "iri": _Type("an absolute IRI such as http://example.org/thing", iri_term),
    "integer": _Type("a whole number such as 12", _matching(r"[+-]?\d{1,30}")),
    "decimal": _Type("a number such as 7.5", _matching(r"[+-]?\d{1,30}(\.\d{1,30})?")),
    "date": _Type("a year, month or day such as 2023, 2023-11 or 2023-11-29", _date),
    "boolean": _Type("true or false", _matching("true|false")),
}
"""The types of parameters. A date is as precise as it was given."""
