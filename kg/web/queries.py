"""/queries/ the saved queries, /queries/NAME one with its form and table, /queries/NAME.csv its answer as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from kg.engine import GRAPH_FORMATS, SOLUTION_FORMATS, Format
from kg.errors import KGError
from kg.saved import SavedQuery, bind, find_saved
from kg.web.answers import send
from kg.web.negotiation import ROW_FORMATS, choose
from kg.web.problems import dress, problem_of
from kg.web.protocol import shape_of
from kg.web.results import grid
from kg.web.site import site, view

blueprint = Blueprint("queries", __name__)

_SHOWN = 1000  # rows on a page
_OURS = {"format", "timeout", "labels", "safe", "bom"}
_OTHERS = ("utm_", "fbclid", "gclid")  # what others hang on shared links


@blueprint.get("/queries/")
def listing() -> str:
    """All saved queries."""
    return render_template("queries/listing.html", saved=site().saved.values())


@blueprint.get("/queries")
def without_slash() -> AnyResponse:
    """The address without its slash."""
    return redirect(url_for("queries.listing"), 308)


@blueprint.get("/queries/<name>")
def one(name: str) -> Response:
    """A saved query: its page, or its answer in a format, with the parameters of the address."""
    name, _, suffix = name.partition(".")
    query = find_saved(site().saved, name)
    values = _values(request.args)
    if suffix == "rq":
        return Response(bind(query, values), content_type="application/sparql-query; charset=utf-8")
    choice = choose(request, suffix or None)
    if choice.page:
        return _page(query, values)
    extension = suffix or (choice.wanted.solutions or choice.wanted.graph or SOLUTION_FORMATS[0]).name
    return send(view(), bind(query, values), choice, shape=shape_of(request), file=f"{name}.{extension}")


def _values(arguments: MultiDict[str, str]) -> Mapping[str, str]:
    return {name: value for name, value in arguments.items() if name not in _OURS and not name.startswith(_OTHERS)}


def _page(query: SavedQuery, values: Mapping[str, str]) -> Response:
    shown = None
    problem = None
    formats: Sequence[Format] = ()
    try:
        table = view().engine.select(bind(query, values), limit=_SHOWN)
        shown = grid(view(), table, headings_in_words=True, language=shape_of(request).labels)
        formats = GRAPH_FORMATS if table.form == "graph" else ROW_FORMATS
    except KGError as error:
        problem = problem_of(error)
    page = render_template("queries/one.html", query=query, values=values, grid=shown, problem=problem, formats=formats)
    response = Response(page, problem.status if problem else 200)
    response.vary.add("Accept")
    return dress(response, problem) if problem else response
