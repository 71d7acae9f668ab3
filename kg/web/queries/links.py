"""/queries/NAME a saved query: its page, or with an ending such as .csv its answer as data."""

from __future__ import annotations

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kg.accounts import ADMIN
from kg.engine import SOLUTION_FORMATS
from kg.errors import DeletedQueryError
from kg.saved import OWN
from kg.web.answers import send
from kg.web.negotiation import Choice, choose
from kg.web.protocol import shape_of
from kg.web.queries.asked import Asked, asked_of
from kg.web.queries.blueprint import blueprint
from kg.web.queries.lasting import last, tagged
from kg.web.queries.page import show
from kg.web.queries.paging import count, cut, has_more, links, part_of
from kg.web.queries.text import rendered
from kg.web.who import current_user

_COUNTING = 10.0  # seconds that a part of an answer may take to find out how many parts there are


@blueprint.get("/<name>")
def one(name: str) -> AnyResponse:
    """A saved query: its page, or its answer in a format, with the parameters of the address."""
    reference, _, suffix = name.partition(".")
    if suffix == "rq":
        asked = asked_of(reference)
        return tagged(Response(asked.text, content_type="application/sparql-query; charset=utf-8"), asked)
    choice = choose(request, suffix or None)
    try:
        asked = asked_of(reference)
    except DeletedQueryError as error:
        if not choice.page:
            raise
        user, query = current_user(), error.query
        page = render_template(
            "queries/gone.html",
            error=error,
            query=query,
            about=rendered(query.description),
            user=user,
            may_restore=user is not None and query.origin == OWN and (user.name == query.owner or user.may(ADMIN)),
        )
        return Response(page, 410, {"Cache-Control": "no-store"})
    return show(asked) if choice.page else _data(asked, choice, suffix)


def _data(asked: Asked, choice: Choice, suffix: str) -> Response:
    """The answer, or a part of it, in the format of `choice`."""
    text, header = asked.run, ""
    part = part_of(request.args)
    if part is not None:
        whole, text = text, cut(text, part.start, part.size)
        total = count(asked.view, whole, _COUNTING)
        others = {name: value for name in ("format", "labels", "safe", "bom") if (value := request.args.get(name))}
        more = has_more(asked.view, whole, part, total)
        header = links(asked, part, total, more, f".{suffix}" if suffix else "", **others)
    extension = suffix or (choice.wanted.solutions or choice.wanted.graph or SOLUTION_FORMATS[0]).name
    number = "" if part is None else f"-{part.number}"
    response = send(asked.view, text, choice, shape=shape_of(request), file=f"{asked.query.name}{number}.{extension}")
    if header:
        response.headers["Link"] = header
    return last(response, asked)
