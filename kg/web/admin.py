"""/admin/queries: for staff with the token, the queries under way, and a way to stop one.

    GET    /admin/queries       [{"number": 12, "seconds": 3.4, "client": "9f3c1a2b", "query": "SELECT ..."}, ...]
    DELETE /admin/queries/12    204, or 404 where that query is over

Each request must have `Authorization: Bearer TOKEN`, or come from an admin. Without a token in the settings none of
this is there for others.
"""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, jsonify, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import NotFound, Unauthorized

from kg.accounts import ADMIN
from kg.web.site import site
from kg.web.who import current_user

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.before_request
def check_token() -> None:
    """401 without the token of the settings, 404 where they have none. Admins need it not."""
    user = current_user()
    if user is not None and user.may(ADMIN):
        return
    token = site().limits.token
    if not token:
        raise NotFound()
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), token.encode()):
        raise Unauthorized(
            "this is for staff: send the token of the server", www_authenticate=WWWAuthenticate("bearer")
        )


@blueprint.get("/queries")
def listing() -> Response:
    """The queries under way, the oldest first."""
    response = jsonify(
        [
            {"number": one.number, "seconds": round(one.age, 3), "client": one.asker, "query": one.query}
            for one in site().live.running()
        ]
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.delete("/queries/<int:number>")
def stop(number: int) -> Response:
    """Stop a query. Who asked it is told that the staff stopped it."""
    if not site().live.stop(number):
        raise NotFound(f"there is no query {number} at work")
    return Response(status=204)
