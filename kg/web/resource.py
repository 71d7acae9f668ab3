"""/resource/PATH: a thing with its facts and the words that state them, as a page or as RDF."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kg.engine import GRAPH_FORMATS
from kg.engine.terms import iri_term
from kg.errors import AnswerFormatError, InputError
from kg.web.answers import send
from kg.web.display import address, iri_of
from kg.web.facts import describe
from kg.web.negotiation import Choice, choose
from kg.web.site import view

blueprint = Blueprint("resource", __name__)

_ENDINGS = {ending for format in GRAPH_FORMATS for ending in (format.name, *format.aliases)}
_EXISTS = "ASK {{ {{ {0} ?p ?o }} UNION {{ ?s ?p {0} }} }}"
_DESCRIPTION = """
CONSTRUCT {{
  {0} ?property ?object . ?object rdfs:label ?label . ?subject ?back {0} .
  ?assertion ?says ?what . ?evidence ?shows ?that
}} WHERE {{
  {{ {0} ?property ?object OPTIONAL {{ ?object rdfs:label ?label }} }}
  UNION {{ ?subject ?back {0} FILTER(?back NOT IN (rdf:subject, rdf:object)) }}
  UNION {{ ?assertion rdf:subject {0} ; ?says ?what }}
  UNION {{ ?assertion rdf:subject {0} ; acc:evidence ?evidence . ?evidence ?shows ?that }}
}}"""


@blueprint.get("/resource")
def any_resource() -> AnyResponse:
    """A thing by its IRI, whoever gave it: the parameter `iri`. InputError (404) where the graph says nothing of it."""
    iri = request.args.get("iri", "").strip()
    choice = choose(request)
    if not choice.page:
        return _description(iri, choice)
    canonical = address(iri, view().base)
    if canonical and canonical.startswith("/") and view().base:
        return redirect(canonical, 302)
    return _page(iri, url_for("resource.any_resource", iri=iri, format=""))


@blueprint.get("/resource/<path:path>")
def resource(path: str) -> AnyResponse:
    """A thing. InputError (404) where the graph says nothing of it."""
    current = view()
    iri, ending = iri_of(path, current.base), ""
    stem, _, last = path.rpartition(".")
    if stem and last in _ENDINGS and not _known(iri):
        iri, ending = iri_of(stem, current.base), last
    choice = choose(request, ending or None)
    if choice.page:
        canonical = address(iri, current.base)
        if canonical and not canonical.startswith("/resource/"):
            return redirect(canonical, 302)
        return _page(iri, f"{request.path}.")
    return _description(iri, choice)


def _page(iri: str, data: str) -> Response:
    """The page of a thing; `data` is where its description is, but for the name of the format at the end."""
    page = Response(render_template("resource/thing.html", described=describe(view(), iri), data=data))
    page.vary.add("Accept")
    return page


def _description(iri: str, choice: Choice) -> Response:
    if choice.wanted.graph is None:
        offered = ", ".join(format.media_types[0] for format in GRAPH_FORMATS)
        raise AnswerFormatError(f"the description of a thing is a graph; there are {offered} and text/html")
    if not _known(iri):
        raise InputError(f"the graph says nothing of {iri}")
    return send(view(), _DESCRIPTION.format(iri_term(iri)), choice)


def _known(iri: str) -> bool:
    try:
        table = view().engine.select(_EXISTS.format(iri_term(iri)))
    except ValueError:
        return False
    return str(table.rows[0][0]) == "true"
