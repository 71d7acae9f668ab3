"""What an answer says of itself: the version and release it was made of, and who may keep it for how long."""

from __future__ import annotations

import hashlib

from flask import Response, g, request

from kg.web.front import KEEP
from kg.web.queries.asked import Asked
from kg.web.queries.blueprint import blueprint
from kg.web.tags import is_changing

_FOR_EVER = "public, max-age=31536000, immutable"


def last(response: Response, asked: Asked) -> Response:
    """Say that `response` never changes, if that is so: it is pinned, whole, has an ETag, and everybody may see it."""
    if asked.pinned and asked.shared and response.status_code in {200, 304} and response.get_etag()[0]:
        response.headers["Cache-Control"] = _FOR_EVER
    return response


def tagged(response: Response, asked: Asked) -> Response:
    """Give a response that depends on nothing but its content a tag, and answer 304 to who has it."""
    response.set_etag(hashlib.blake2b(response.get_data(), digest_size=16).hexdigest())
    response.headers["Cache-Control"] = "no-cache"
    return last(response.make_conditional(request), asked)  # type: ignore[arg-type]


@blueprint.after_request
def say_what_it_is(response: Response) -> Response:
    """Name the query. What is not for everybody, no cache may keep; what staff may change, ours may not either."""
    asked: Asked | None = g.get("asked")
    if asked is None:
        request.environ[KEEP] = False
        return response
    response.headers["X-Accord-Query"] = asked.full_name
    response.headers.setdefault("Cache-Control", "no-cache")
    if response.mimetype == "text/html":
        response.vary.add("Cookie")  # those who may do more see more
    if not asked.shared:
        if "no-store" not in response.headers["Cache-Control"]:
            response.headers["Cache-Control"] = "private, no-cache"
        response.vary.update(("Cookie", "Authorization"))
        request.environ[KEEP] = False
    else:
        # As long as no query is changed: see `kg.web.changes`.
        lasts = response.mimetype == "text/html" and not is_changing(asked.query.text)
        request.environ[KEEP] = lasts or bool(response.get_etag()[0])
    return response
