"""The head of a saved query: its lines `#+`, which are YAML, read into a SavedQuery and written from one.

    #+ title: Who signed which agreements, and when
    #+ description: One row an agreement, the newest first.
    #+ tags: [agreements]
    #+ parameters:
    #+   - name: country
    #+     type: string
    #+     description: Part of the name of a party.
    #+   - name: kind
    #+     enum: [memorandum, treaty]
    #+   - name: party
    #+     type: iri
    #+     values: {query: parties, column: party}
    #+ visibility: public
    #+ view: {kind: bar, x: year, y: agreements}
    #+ expect:
    #+   rows: {min: 1, max: 500}
    #+   columns: [agreement, signed]
    #+   filled: [agreement]
    SELECT ?agreement ?signed WHERE { ... }

`title` and `description` are all that is needed. Keys that are not known here stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from kg.errors import SavedQueryError
from kg.saved.model import (
    PUBLIC,
    VIEWS,
    VISIBILITIES,
    Expectation,
    Option,
    Parameter,
    SavedQuery,
    Source,
    View,
)
from kg.saved.parameters import RESERVED_PARAMETERS, VALUES_LINE, term_of
from kg.saved.values import TYPES

_LINE = re.compile(r"\r\n|\r|\n")
_PARAMETER_KEYS = {"name", "type", "default", "description", "required", "language", "enum", "values"}
_EXPECTED_KEYS = {"rows", "columns", "filled"}


def parse(name: str, text: str, place: str | None = None) -> SavedQuery:
    """The saved query in `text`. SavedQueryError begins with `place` (`name` where it is None) and the line."""
    place = place or name
    fields = read_head(place, text)
    title = fields.get("title", fields.get("summary"))  # other tools say summary
    listed = _of(list, fields.get("parameters") or [], place, "parameters must be a list")
    query = SavedQuery(
        name=name,
        title=_of(str, title, place, "the head must give a title"),
        description=_of(str, fields.get("description") or "", place, "description must be text").strip(),
        tags=_texts(fields.get("tags"), place, "tags"),
        parameters=tuple(_parameter(place, entry) for entry in listed),
        text=text,
        visibility=_one_of(fields.get("visibility", PUBLIC), VISIBILITIES, place, "visibility"),
        view=_view(place, fields.get("view")),
        expect=_expectation(place, fields.get("expect")),
    )
    if not query.title.strip():
        raise SavedQueryError(f"{place}:1: the head must give a title")
    _check_parameters(place, query)
    return query


def read_head(place: str, text: str) -> dict[str, Any]:
    """The fields of the head as they stand in `text`. SavedQueryError begins with `place` and the line."""
    lines = [line[2:].removeprefix(" ") if line.startswith("#+") else "" for line in _LINE.split(text)]
    try:
        fields = yaml.safe_load("\n".join(lines))  # the other lines stay as empty ones, so that line numbers are right
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{place}:{mark.line + 1}" if mark else f"{place}:1"
        reason = getattr(error, "problem", None) or " ".join(str(error).split())
        raise SavedQueryError(f"{where}: the head is no valid YAML: {reason}") from error
    found: dict[str, Any] = _of(dict, fields, place, "the file must begin with lines #+ that give at least a title")
    return found


def compose(query: SavedQuery, body: str | None = None) -> str:
    """The text of a file for the fields of `query`: the head, then `body`, or that of `query` where it is None.

    Keys that the head of `query.text` has and this product does not know are kept.
    """
    known = {"title", "description", "tags", "parameters", "visibility", "view", "expect"}
    others = read_head(query.name, query.text) if query.text.lstrip().startswith("#+") else {}
    fields: dict[str, Any] = {"title": query.title}
    if query.description:
        fields["description"] = query.description
    if query.tags:
        fields["tags"] = list(query.tags)
    if query.parameters:
        fields["parameters"] = [_parameter_fields(parameter) for parameter in query.parameters]
    if query.visibility != PUBLIC:
        fields["visibility"] = query.visibility
    if query.view != View():
        options = {
            name: list(value) if isinstance(value, tuple) else value for name, value in query.view.options.items()
        }
        fields["view"] = {"kind": query.view.kind, **options} if options else query.view.kind
    if query.expect is not None:
        fields["expect"] = _expectation_fields(query.expect)
    fields |= {name: value for name, value in others.items() if name not in known}
    written = yaml.dump(fields, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    lines = [f"#+ {line}".rstrip() for line in written.rstrip("\n").split("\n")]
    own = query.body if body is None else body
    rest = [line for line in _LINE.split(own) if not line.startswith("#+")]
    return "\n".join([*lines, "", *rest]).rstrip() + "\n"


class _Dumper(yaml.SafeDumper):
    """Text of several lines is written as such; text with signs that nobody sees is written with escapes."""


def _represent(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    lines = text.split("\n")
    plain = all(line.isprintable() and line == line.rstrip() for line in lines)
    style = '"' if not plain else "|" if len(lines) > 1 and not text.startswith((" ", "\n")) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _represent)


def _parameter_fields(parameter: Parameter) -> dict[str, Any]:
    fields: dict[str, Any] = {"name": parameter.name}
    if parameter.type != "string":
        fields["type"] = parameter.type
    if parameter.language:
        fields["language"] = parameter.language
    if parameter.default is not None:
        fields["default"] = parameter.default
    if parameter.required:
        fields["required"] = True
    if parameter.enum:
        fields["enum"] = list(parameter.enum)
    if parameter.source:
        fields["values"] = {"query": parameter.source.query, "column": parameter.source.column}
    if parameter.description:
        fields["description"] = parameter.description
    return fields


def _expectation_fields(expect: Expectation) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if expect.at_least is not None and expect.at_least == expect.at_most:
        fields["rows"] = expect.at_least
    elif (expect.at_least, expect.at_most) != (None, None):
        limits = {"min": expect.at_least, "max": expect.at_most}
        fields["rows"] = {name: value for name, value in limits.items() if value is not None}
    if expect.columns:
        fields["columns"] = list(expect.columns)
    if expect.filled:
        fields["filled"] = list(expect.filled)
    return fields


def _of(kind: type[Any], value: object, place: str, message: str) -> Any:
    if not isinstance(value, kind):
        raise SavedQueryError(f"{place}:1: {message}")
    return value


def _one_of(value: object, among: tuple[str, ...], place: str, what: str) -> str:
    if value not in among:
        raise SavedQueryError(f"{place}:1: {what} is {value!r}; take one of {', '.join(among)}")
    return str(value)


def _texts(value: object, place: str, what: str) -> tuple[str, ...]:
    return tuple(_written(entry) for entry in _of(list, value or [], place, f"{what} must be a list"))


def _written(value: object) -> str:
    """A scalar of YAML as a person would type it: true and not True."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _known(fields: Mapping[Any, object], known: set[str] | frozenset[str], place: str, what: str) -> None:
    if strange := fields.keys() - known:
        listed = ", ".join(sorted(map(str, strange)))
        raise SavedQueryError(f"{place}:1: {what} does not know {listed}; it knows {', '.join(sorted(known))}")


def _parameter(place: str, entry: object) -> Parameter:
    fields = _of(dict, entry, place, "each parameter must have a name and a description")
    name = str(fields.get("name"))
    _known(fields, _PARAMETER_KEYS, place, f"the parameter {name}")
    if not re.fullmatch(r"[a-z][a-z0-9]*", name):
        raise SavedQueryError(f"{place}:1: the parameter {name} needs a name in small letters")
    kind = str(fields.get("type", "string"))
    if kind not in TYPES:
        raise SavedQueryError(f"{place}:1: the parameter {name} has the type {kind!r}; take one of {', '.join(TYPES)}")
    language = fields.get("language")
    # `no` is false in YAML, and the code of Norwegian to people.
    language = "no" if language is False else language
    if language is not None and not (kind == "string" and re.fullmatch(r"[a-z]{2,3}", str(language))):
        raise SavedQueryError(f"{place}:1: the parameter {name} has the language {language!r}; take a code such as en")
    default, enum, values = fields.get("default"), fields.get("enum"), fields.get("values")
    if enum is not None and values is not None:
        raise SavedQueryError(f"{place}:1: the parameter {name} has both enum and values; leave one of them out")
    return Parameter(
        name=name,
        type=kind,
        default=None if default is None else _written(default),
        description=_written(fields.get("description") or ""),
        required=_of(bool, fields.get("required", False), place, f"required of the parameter {name} is true or false"),
        language=None if language is None else str(language),
        enum=_texts(enum, place, f"enum of the parameter {name}"),
        source=None if values is None else _source(place, name, values),
    )


def _source(place: str, name: str, values: object) -> Source:
    message = f"values of the parameter {name} must be {{query: NAME, column: NAME}}"
    fields = _of(dict, values, place, message)
    if fields.keys() != {"query", "column"}:
        raise SavedQueryError(f"{place}:1: {message}")
    return Source(str(fields["query"]), str(fields["column"]))


def _view(place: str, value: object) -> View:
    if value is None:
        return View()
    fields = (
        {"kind": value} if isinstance(value, str) else _of(dict, value, place, "view must be a kind or its options")
    )
    kind = _one_of(fields.get("kind", "table"), tuple(VIEWS), place, "the kind of the view")
    _known(fields, VIEWS[kind] | {"kind"}, place, f"the view {kind}")
    return View(kind, {name: _option(place, name, option) for name, option in fields.items() if name != "kind"})


def _option(place: str, name: str, value: object) -> Option:
    if isinstance(value, list):
        return tuple(_written(entry) for entry in value)
    if not isinstance(value, str | int | float | bool):
        raise SavedQueryError(f"{place}:1: the option {name} of the view must be text, a number, true, false or a list")
    return value


def _expectation(place: str, value: object) -> Expectation | None:
    if value is None:
        return None
    fields = _of(dict, value, place, "expect must give rows, columns or filled")
    _known(fields, _EXPECTED_KEYS, place, "expect")
    rows = fields.get("rows", {})
    if isinstance(rows, int):
        rows = {"min": rows, "max": rows}
    limits = _of(dict, rows, place, "rows of expect must be a number or {min: NUMBER, max: NUMBER}")
    _known(limits, {"min", "max"}, place, "rows of expect")
    for limit in limits.values():
        if not isinstance(limit, int) or isinstance(limit, bool) or limit < 0:
            raise SavedQueryError(f"{place}:1: rows of expect has {limit!r}, which is no number of rows")
    return Expectation(
        at_least=limits.get("min"),
        at_most=limits.get("max"),
        columns=_texts(fields.get("columns"), place, "columns of expect"),
        filled=_texts(fields.get("filled"), place, "filled of expect"),
    )


def _check_parameters(place: str, query: SavedQuery) -> None:
    """Each parameter needs its VALUES line with its default in it, and each such line needs a parameter."""
    lines = {line["variable"]: line for line in VALUES_LINE.finditer(query.text)}
    variables = {parameter.variable: parameter for parameter in query.parameters}
    if len({parameter.name for parameter in query.parameters}) < len(query.parameters):
        raise SavedQueryError(f"{place}:1: two parameters have the same name")
    for name in (parameter.name for parameter in query.parameters):
        if name in RESERVED_PARAMETERS:
            raise SavedQueryError(
                f"{place}:1: no parameter can be called {name}, which addresses need for something else; "
                "take another name"
            )
    for variable, line in lines.items():
        number = query.text.count("\n", 0, line.start()) + 1
        parameter = variables.get(variable)
        if parameter is None:
            raise SavedQueryError(f"{place}:{number}: the head has no parameter for ?{variable}")
        try:
            default = "UNDEF"
            if parameter.default is not None:
                default = term_of(parameter, parameter.default, parameter.enum or None)
        except SavedQueryError as error:
            raise SavedQueryError(f"{place}:{number}: {error}") from error
        if line["term"].strip() != default:
            raise SavedQueryError(f"{place}:{number}: this line must give the default of the head: {{ {default} }}")
    for variable, parameter in variables.items():
        if variable not in lines:
            raise SavedQueryError(
                f"{place}:1: {parameter.name} needs a line of its own: VALUES ?{variable} {{ UNDEF }}"
            )
