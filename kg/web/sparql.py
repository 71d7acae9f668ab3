"""/sparql: the SPARQL 1.1 protocol for queries, and a form for people."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest

from kg.engine import GRAPH_FORMATS, Format
from kg.errors import QueryError
from kg.web.answers import send
from kg.web.description import describe
from kg.web.hints import WARNING, header_text, warnings
from kg.web.negotiation import ROW_FORMATS, choose
from kg.web.problems import dress, problem_of
from kg.web.protocol import BODIES, DIRECT, METHODS, Asked, read_request
from kg.web.results import grid
from kg.web.site import view

blueprint = Blueprint("sparql", __name__)

_SHOWN = 1000  # rows on a page
_EXAMPLE = """SELECT ?organisation ?organisationLabel (COUNT(?document) AS ?documents) WHERE {
  ?document acc:mentions ?organisation .
  ?organisation a acc:Organisation ; rdfs:label ?organisationLabel .
}
GROUP BY ?organisation ?organisationLabel
ORDER BY DESC(?documents)
LIMIT 20"""


@blueprint.route("/sparql", methods=METHODS)
@blueprint.route("/sparql/", methods=METHODS, endpoint="with_slash")
@blueprint.route("/sparql.<suffix>", methods=METHODS, endpoint="with_suffix")
def sparql(suffix: str | None = None) -> Response:
    """The answer of a query; without one the form, or the description of the service."""
    asked = read_request(request)
    if asked.query and request.values.get("explain", "0") not in {"", "0"}:
        return Response(view().engine.explain(asked.query), content_type="text/plain; charset=utf-8")
    choice = choose(request, suffix)
    if choice.page:
        response = _page(asked)
    elif asked.query is None and request.method == "GET":
        response = describe(choice)
    elif asked.query is None or not (asked.query.strip() or request.mimetype == DIRECT):
        raise BadRequest("there is no query; send one as ?query=... or in the body of a POST")
    else:
        response = send(
            view(),
            asked.query,
            choice,
            shape=asked.shape,
            time_limit=asked.time_limit,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
        )
        for warning in warnings(view(), asked.query):
            response.headers.add(WARNING, header_text(warning))
    response.headers["Accept-Query"] = BODIES
    return response


def _page(asked: Asked) -> Response:
    """The form, with the rows of the answer or the error below."""
    shown = None
    problem = None
    formats: Sequence[Format] = ()
    told: Sequence[str] = ()
    if asked.query is not None and asked.query.strip():
        try:
            table = view().engine.select(
                asked.query,
                limit=_SHOWN,
                time_limit=asked.time_limit,
                default_graphs=asked.default_graphs,
                named_graphs=asked.named_graphs,
            )
            shown = grid(view(), table, headings_in_words=False, language=asked.shape.labels)
            formats = GRAPH_FORMATS if table.form == "graph" else ROW_FORMATS
            told = warnings(view(), asked.query)
        except QueryError as error:
            problem = problem_of(error)
    page = render_template(
        "sparql/form.html",
        query=asked.query if asked.query and asked.query.strip() else _EXAMPLE,
        grid=shown,
        problem=problem,
        warnings=told,
        formats=formats,
        also=_also(asked),
        time_limit=view().engine.time_limit,
    )
    response = Response(page, problem.status if problem else 200)
    response.vary.add("Accept")
    return dress(response, problem) if problem else response


def _also(asked: Asked) -> dict[str, object]:
    """What the links to the same answer in other formats must say besides the query."""
    graphs = {"default-graph-uri": asked.default_graphs, "named-graph-uri": asked.named_graphs}
    return {**{name: list(iris) for name, iris in graphs.items() if iris}, "labels": asked.shape.labels}
