"""/graph: the graph store protocol of SPARQL 1.1, for reading.

    /graph?default            the default graph
    /graph?graph=IRI          a named graph
    /graph/document/x.txt     the graph with this very address, or the one of this installation with this name

Writing is refused with 403: the data are changed by a new build.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest

from kg.engine import GRAPH_FORMATS
from kg.engine.terms import iri_term
from kg.errors import AnswerFormatError, InputError, UpdateRefusedError
from kg.namespaces import Addresses
from kg.web.answers import send
from kg.web.negotiation import choose
from kg.web.site import view

blueprint = Blueprint("graph_store", __name__)

_WRITING = ["PUT", "POST", "DELETE", "PATCH"]
_EXISTS = "ASK {{ GRAPH {} {{ ?s ?p ?o }} }}"
_DEFAULT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_NAMED = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {} {{ ?s ?p ?o }} }}"


@blueprint.get("/graph")
def indirect() -> Response:
    """A graph by its IRI in the parameter `graph`, or the default graph. InputError (404) where there is none."""
    names = request.args.getlist("graph")
    if "default" in request.args and not names:
        return _send(_DEFAULT)
    if len(names) != 1 or "default" in request.args:
        raise BadRequest("name one graph: ?default or ?graph=IRI")
    return _named(names)


@blueprint.get("/graph/<path:name>")
def direct(name: str) -> Response:
    """A graph by its own address."""
    own = [str(Addresses(view().base).graph(name))] if view().base else []
    return _named([request.base_url, *own])


@blueprint.route("/graph", methods=_WRITING)
@blueprint.route("/graph/<path:name>", methods=_WRITING)
def refuse(name: str = "") -> Response:
    """Say that this is for reading only."""
    raise UpdateRefusedError(f"{request.method} is refused: this graph store only reads; the data come by a new build")


def _named(names: Sequence[str]) -> Response:
    for name in names:
        try:
            term = iri_term(name)
        except ValueError:
            continue
        if str(view().engine.select(_EXISTS.format(term)).rows[0][0]) == "true":
            return _send(_NAMED.format(term))
    raise InputError(f"there is no graph {names[0]}")


def _send(query: str) -> Response:
    choice = choose(request)
    if choice.wanted.graph is None:
        choice = choose(request, "ttl") if choice.page else choice
    if choice.wanted.graph is None:
        offered = ", ".join(format.media_types[0] for format in GRAPH_FORMATS)
        raise AnswerFormatError(f"this is a graph; there are {offered}")
    return send(view(), query, choice)
