"""/terms: the classes and properties of the data, which the editor of /sparql proposes while one types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from flask import Blueprint, Response, jsonify, request

from kg.web.display import short
from kg.web.live import View
from kg.web.site import view

blueprint = Blueprint("terms", __name__)

_QUERY = """SELECT ?term ?kind ?label ?comment WHERE {
  { SELECT DISTINCT ?term ?kind WHERE {
      { SELECT DISTINCT ?term { ?subject ?term ?value } } BIND("property" AS ?kind)
    } }
  UNION
  { SELECT DISTINCT ?term ?kind WHERE {
      { SELECT DISTINCT ?term { { ?thing a ?term } UNION { ?term a owl:Class } UNION { ?term a rdfs:Class } } }
      BIND("class" AS ?kind)
    } }
  UNION
  { VALUES ?property { owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty rdf:Property }
    ?term a ?property BIND("property" AS ?kind) }
  FILTER(ISIRI(?term))
  OPTIONAL { ?term rdfs:label ?label FILTER(LANG(?label) IN ("en", "")) }
  OPTIONAL { ?term rdfs:comment ?comment FILTER(LANG(?comment) IN ("en", "")) }
}"""
_PLAIN = re.compile(r"[\w-]+:[\w-]+")


@blueprint.get("/terms")
def terms() -> Response:
    """The terms in the order of their names: each with its IRI, a name with a prefix where it has one, and words."""
    current = view()
    found = current.remember("terms for the editor", lambda: _terms(current))
    response = jsonify({"terms": found})
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"  # may be kept, but ask first: there may be a new release
    response.make_conditional(request)
    return response


def _terms(view: View) -> list[dict[str, str]]:
    return list(_told(view.engine.select(_QUERY).records()))


def _told(records: Iterable[Mapping[str, str]]) -> Iterable[dict[str, str]]:
    seen: set[tuple[str, str]] = set()
    for record in sorted(records, key=lambda record: record["term"]):
        iri, kind = record["term"], record["kind"]
        if (iri, kind) in seen:
            continue
        seen.add((iri, kind))
        name = short(iri)
        yield {
            "iri": iri,
            "name": name if _PLAIN.fullmatch(name) else "",
            "kind": kind,
            "label": record.get("label", ""),
            "comment": record.get("comment", ""),
        }
