"""/queries/NAME/why?row=3: the facts that a row of the answer rests on."""

from __future__ import annotations

from flask import Response, request

from kg.web.negotiation import wants_page
from kg.web.queries.asked import asked_of
from kg.web.queries.blueprint import blueprint
from kg.web.reasons import answer


@blueprint.get("/<reference>/why")
def why(reference: str) -> Response:
    """The page, or JSON for programs."""
    asked = asked_of(reference)
    return answer(asked.view, asked.run, asked.query.title, asked.address(), wants_page(request))


@blueprint.get("/<reference>/why.json")
def why_json(reference: str) -> Response:
    """JSON, whoever asks."""
    asked = asked_of(reference)
    return answer(asked.view, asked.run, asked.query.title, asked.address(), as_page=False)
