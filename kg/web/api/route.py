"""What a route of the API is, and how the blueprint answers by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest, NotFound

from kg.database import LARGEST
from kg.web.api.body import read_body
from kg.web.front import KEEP
from kg.web.who import require

blueprint = Blueprint("api", __name__, url_prefix="/api")


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument in the address, `?name=`. `type` is `string`, `integer` or `boolean`."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Route:
    """A route. `path` has its variables in braces; those of whole numbers are listed in `description.WHOLE`.

    `do` gets the variables of the path, the arguments of the address that are given, and `body`, a checked object,
    where the route takes one. It gives what becomes JSON by the schema `gives`, or None where that is None.

    `role` is what the asker's account must have, None for anybody.
    """

    name: str
    method: str
    path: str
    group: str
    summary: str
    do: Callable[..., Any]
    gives: str | None
    takes: str | None = None
    role: str | None = None
    arguments: tuple[Argument, ...] = ()
    status: int = 200
    description: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        """Those of the path."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))


WHOLE = {"number", "version", "release"}
"""The variables of paths that are whole numbers."""


def add(route: Route) -> None:
    """Have the blueprint answer by `route`."""
    rule = route.path
    for variable in route.variables:
        rule = rule.replace(f"{{{variable}}}", f"<{'int:' if variable in WHOLE else ''}{variable}>")

    def answer(**variables: Any) -> Response:
        if route.role is not None:
            require(route.role)
        given = _checked(dict(variables)) | _arguments(route)
        if route.takes is not None:
            given["body"] = read_body(route.takes)
        made = route.do(**given)
        if route.gives is None:
            response = Response(status=204)
        else:
            status = route.status
            if isinstance(made, Created):
                made, status = made.content, 201
            response = jsonify(made)
            response.status_code = status
        return _kept(response)

    blueprint.add_url_rule(rule, route.name, answer, methods=[route.method])


@dataclass(frozen=True, slots=True)
class Created:
    """What a route gives that either changes something or makes it, and has made it: 201."""

    content: Mapping[str, Any]


def _checked(variables: dict[str, Any]) -> dict[str, Any]:
    """The variables of a path, if there can be something that they name."""
    for value in variables.values():
        if (isinstance(value, int) and value > LARGEST) or (isinstance(value, str) and not value.isprintable()):
            raise NotFound()
    return variables


def _arguments(route: Route) -> dict[str, Any]:
    known = {argument.name: argument for argument in route.arguments}
    for name in request.args:
        if name not in known:
            raise BadRequest(f"there is no argument {name!r} here; there are {', '.join(known) or 'none'}")
    return {name: _typed(known[name], value.strip()) for name, value in request.args.items() if value.strip()}


def _typed(argument: Argument, value: str) -> str | int | bool:
    if argument.type == "integer":
        if not (value.isascii() and value.isdecimal() and len(value) <= 9):
            raise BadRequest(f"{argument.name} takes a whole number, not {value[:60]!r}")
        return int(value)
    if argument.type == "boolean":
        if value not in {"true", "false"}:
            raise BadRequest(f"{argument.name} takes true or false, not {value[:60]!r}")
        return value == "true"
    if not value.isprintable():
        raise BadRequest(f"{argument.name} holds a sign that is no text")
    return value


def _kept(response: Response) -> Response:
    """Let who has it ask whether it is still so; a token is shown once, and what is changed is not kept at all."""
    request.environ[KEEP] = False  # pins and runs change without a new release
    if request.method == "GET" and response.status_code == 200:
        response.add_etag()
        response.headers["Cache-Control"] = "no-cache"
        response.make_conditional(request)
    else:
        response.headers["Cache-Control"] = "no-store"
    return response
