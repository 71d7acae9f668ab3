"""/api/openapi.json the description, and /api/ a page to try the routes. Reading works there without JavaScript."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from kg.saved import PUBLIC
from kg.web.api.description import description
from kg.web.api.route import WHOLE, Route, add, blueprint
from kg.web.api.routes import ROUTES
from kg.web.api.schemas import SCHEMAS
from kg.web.site import site
from kg.web.who import cookie_name, who

_EXAMPLES: dict[str, Any] = {
    "LinkToMake": {"text": "SELECT * { ?s ?p ?o } LIMIT 10"},
    "QueryToRun": {"parameters": {}, "limit": 10},
    "QueryToSave": {"text": "#+ title: My query\nSELECT * { ?s ?p ?o } LIMIT 10\n", "based_on": None, "why": ""},
    "TokenToMake": {"label": "my script", "scope": "read", "days": 90},
    "UserToMake": {"name": "new-colleague", "role": "reader", "password": ""},
    "UserToChange": {"role": "editor"},
}

for _route in ROUTES:
    add(_route)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description."""
    cookie = cookie_name("accord_session")
    response = jsonify(description(ROUTES, f"{request.host_url}api", cookie, closed=site().limits.closed))
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


@blueprint.get("/")
def page() -> str:
    """All routes, with a form for each."""
    values = _values()
    groups = [(group, list(routes)) for group, routes in groupby(ROUTES, key=lambda route: route.group)]
    return render_template(
        "api/page.html",
        groups=groups,
        values=values,
        bodies={route.name: _body(route, values) for route in ROUTES if route.takes},
        whole=WHOLE,
        asker=who(),
        host=request.host_url.rstrip("/"),
    )


@blueprint.get("/try/<name>")
def go(name: str) -> AnyResponse:
    """Where a form of the page goes that has variables of a path to fill in: to the address with them."""
    route = next((one for one in ROUTES if one.name == name and one.method == "GET"), None)
    if route is None:
        raise NotFound()
    given = {key: value.strip() for key, value in request.args.items() if value.strip()}
    return redirect(_address(route, given), 303)


def _address(route: Route, given: dict[str, str]) -> str:
    for variable in route.variables:
        value = given.get(variable, "")
        if not value or (variable in WHOLE and not (value.isascii() and value.isdecimal())):
            raise NotFound()
    return url_for(f"api.{route.name}", **given)  # type: ignore[arg-type]


def _values() -> dict[str, str]:
    """Something to begin with in the fields: of this installation, so that it works when it is sent."""
    saved = next((query for query in site().library.list() if query.visibility == PUBLIC), None)
    number = str(site().live.number() or 1)
    return {"name": saved.name if saved else "", "version": "1", "number": number, "release": number}


def _body(route: Route, values: dict[str, str]) -> str:
    schema = route.takes or ""
    if schema in _EXAMPLES:
        example = _EXAMPLES[schema]
    elif schema == "PinToMake":
        example = {"name": values["name"], "version": 1, "release": int(values["release"]), "why": ""}
    else:
        example = dict.fromkeys(SCHEMAS[schema]["properties"], "")
    return json.dumps(example, indent=2, ensure_ascii=False)
