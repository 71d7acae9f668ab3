"""/q/XXXXXXX short links that stay, and the pins that keep a release for a link to it."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from kg.accounts import EDITOR
from kg.errors import QueryError, QuerySyntaxError, UpdateRefusedError
from kg.saved import VIEWS, View
from kg.web.clients import address_of
from kg.web.negotiation import wants_page
from kg.web.queries.asked import asked_of
from kg.web.queries.blueprint import blueprint as queries
from kg.web.site import site, view, wanted_release
from kg.web.who import current_user, require

blueprint = Blueprint("short", __name__, url_prefix="/q")

_COST = 2.0  # seconds of query time that a short link costs who has no account
_SECONDS = 5.0  # that a query may take to show that it is one


@blueprint.post("/")
def shorten() -> Response:
    """Make a short link of the `query` in the form, with its `view` and, with `release=`, on that release."""
    text = request.form.get("query", "")
    if not text.strip():
        raise BadRequest("there is no query to share; send one as query=")
    kind = request.form.get("view", "table") or "table"
    if kind not in VIEWS:
        raise BadRequest(f"view takes one of {', '.join(VIEWS)}, not {kind[:60]!r}")
    shown = View(kind, {name: value for name in VIEWS[kind] if (value := request.form.get(f"view_{name}", "").strip())})
    release = wanted_release()
    slug = shortened(text, shown, release)
    address = url_for("short.lengthen", slug=slug, _external=True)
    if wants_page(request):
        response = Response(
            render_template("queries/shared.html", address=address, query=text, release_of=release), 201
        )
    else:
        response = jsonify(slug=slug, address=address, release=release)
        response.status_code = 201
    response.headers["Location"] = address
    response.headers["Cache-Control"] = "no-store"
    return response


def shortened(text: str, shown: View, release: int | None) -> str:
    """The slug of a short link for a query, which the asker may make. QueryError where it is no query."""
    if release is not None:  # it is kept for the link
        require(EDITOR)
    _refuse_what_is_no_query(text)
    user = current_user()
    slug = site().library.shorten(text, shown, release, user)
    if user is None:  # so that nobody fills the database
        site().budget.charge(address_of(request.environ, site().limits.proxies), _COST)
    return slug


@blueprint.get("/<slug>")
def lengthen(slug: str) -> AnyResponse:
    """Go to the page with the query of a short link, filled in and run."""
    found = site().library.lengthen(slug)
    arguments: dict[str, object] = {"query": found.text, "format": "html"}
    if found.view != View():
        arguments["view"] = found.view.kind
        arguments |= {f"view_{name}": value for name, value in found.view.options.items()}
    if found.release is not None:
        arguments["release"] = found.release
    response = redirect(f"{url_for('sparql.sparql')}?{urlencode(arguments)}")
    response.headers["Cache-Control"] = "no-cache"
    return response


@queries.post("/<reference>/pin")
def pin(reference: str) -> AnyResponse:
    """Keep the release that the address names for this version of the query."""
    user = require(EDITOR)
    asked = asked_of(reference)
    asked.text  # noqa: B018 -- a link with wrong values is not worth keeping
    site().library.pin(asked.query.name, asked.version, asked.release, user, request.form.get("why", ""))
    return redirect(asked.address(version=True, release=True), 303)


@queries.post("/<reference>/unpin")
def unpin(reference: str) -> AnyResponse:
    """Undo `pin`."""
    user = require(EDITOR)
    asked = asked_of(reference)
    site().library.unpin(asked.query.name, asked.version, asked.release, user)
    return redirect(asked.address(version=True, release=True), 303)


def _refuse_what_is_no_query(text: str) -> None:
    """Only what the store takes for a query is kept. It runs on behalf of the asker, whose time is limited."""
    try:
        view().engine.select(text, limit=1, time_limit=_SECONDS)
    except (QuerySyntaxError, UpdateRefusedError):
        raise
    except QueryError:  # it takes longer than that, and may still be shared
        return
