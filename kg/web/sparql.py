"""/sparql: the SPARQL 1.1 protocol for queries, and a form for people.

The form works as it is. Where the front end is built (`kg/web/frontend`), its script makes an editor of it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, request
from werkzeug.exceptions import BadRequest

from kg.engine import GRAPH_FORMATS, Format
from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.web.answers import send
from kg.web.description import describe
from kg.web.hints import WARNING, header_text, warnings
from kg.web.negotiation import ROW_FORMATS, choose, wants_page
from kg.web.problems import dress, problem_of
from kg.web.protocol import BODIES, DIRECT, METHODS, Asked, read_request
from kg.web.results import grid
from kg.web.site import site, view, wanted_release

blueprint = Blueprint("sparql", __name__)

_SHOWN = 1000  # rows on a page
_EXAMPLES = 30
_ANYTHING = "SELECT * WHERE { ?subject ?property ?value } LIMIT 100"
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
    explain = request.values.get("explain", "0") not in {"", "0"}
    if asked.query and explain and not wants_page(request):
        return Response(view().engine.explain(asked.query), content_type="text/plain; charset=utf-8")
    choice = choose(request, suffix)
    if choice.page:
        response = _page(asked, explain)
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


def _page(asked: Asked, explain: bool) -> Response:
    """The form, with the rows of the answer, how it would be found, or the error below."""
    shown = None
    problem = None
    plan = ""
    formats: Sequence[Format] = ()
    told: Sequence[str] = ()
    began = time.perf_counter()
    if asked.query is not None and asked.query.strip():
        try:
            if explain:
                plan = view().engine.explain(asked.query)
            else:
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
        query=asked.query if asked.query and asked.query.strip() else _EXAMPLE if view().base else _ANYTHING,
        grid=shown,
        plan=plan,
        problem=problem,
        warnings=told,
        seconds=time.perf_counter() - began,
        formats=formats,
        also=_also(asked),
        time_limit=view().engine.time_limit,
        examples=_examples(),
        prefixes=PREFIXES,
        lively=Path(current_app.static_folder or "", "built", "editor.js").is_file(),
    )
    response = Response(page, problem.status if problem else 200)
    response.vary.add("Accept")
    return dress(response, problem) if problem else response


def _examples() -> list[tuple[str, str]]:
    """Titles and texts of the saved queries, without the heads that only pages need."""
    saved = site().library.list()[:_EXAMPLES]
    return [(query.title, f"# {query.title}\n{_without_head(query.text)}") for query in saved]


def _without_head(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip()


def _also(asked: Asked) -> dict[str, object]:
    """What the links to the same answer in other formats must say besides the query."""
    graphs = {"default-graph-uri": asked.default_graphs, "named-graph-uri": asked.named_graphs}
    others = {"labels": asked.shape.labels, "release": wanted_release()}
    return {**{name: list(iris) for name, iris in graphs.items() if iris}, **others}
