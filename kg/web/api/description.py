"""The description of the API in OpenAPI 3.1, made from the table of its routes."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from kg.web.api.route import WHOLE, Route
from kg.web.api.schemas import SCHEMAS

_TOKEN, _SESSION = "token", "session"
_ABOUT = (
    "Saved queries, their versions and runs, short links, pins, releases and accounts of this installation. "
    "What is public needs no account. For the rest send a token, which you make on the page of your account."
)


def description(routes: Sequence[Route], server: str, cookie: str, *, closed: bool) -> dict[str, Any]:
    """The description of `routes` at the address `server`. In a `closed` installation nothing is public."""
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, closed)
    groups = dict.fromkeys(route.group for route in routes)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Accord",
            "version": version("accord-kg"),
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server}],
        "tags": [{"name": group} for group in groups],
        "paths": paths,
        "components": {
            "schemas": dict(SCHEMAS),
            "securitySchemes": {
                _TOKEN: {"type": "http", "scheme": "bearer", "description": "A token, which begins with accord_."},
                _SESSION: {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": cookie,
                    "description": "Of who is signed in. What changes anything also needs the header X-CSRFToken.",
                },
            },
        },
    }


def _operation(route: Route, closed: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": route.name,
        "tags": [route.group],
        "summary": route.summary,
        "responses": _responses(route),
        "security": [*([] if closed or route.role else [{}]), {_TOKEN: []}, {_SESSION: []}],
    }
    words = [route.description] if route.description else []
    if route.role:
        words.append(f"Needs an account with the role {route.role}.")
    if words:
        made["description"] = " ".join(words)
    if parameters := _parameters(route):
        made["parameters"] = parameters
    if route.takes:
        made["requestBody"] = {"required": True, "content": _json(route.takes)}
    return made


def _parameters(route: Route) -> list[dict[str, Any]]:
    in_path = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 0} if name in WHOLE else {"type": "string"},
        }
        for name in route.variables
    ]
    in_query = [
        {"name": one.name, "in": "query", "description": one.description, "schema": {"type": one.type}}
        for one in route.arguments
    ]
    return in_path + in_query


def _responses(route: Route) -> dict[str, Any]:
    problem = {"description": "What is wrong", "content": {"application/problem+json": {"schema": _ref("Problem")}}}
    if route.gives is None:
        return {"204": {"description": "Done"}, "default": problem}
    good = {"description": route.summary, "content": _json(route.gives)}
    made: dict[str, Any] = {str(route.status): good, "default": problem}
    if route.method == "PUT":  # it makes or changes
        made["201"] = good
    return made


def _json(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": _ref(schema)}}


def _ref(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}
