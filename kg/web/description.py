"""/.well-known/void and the endpoint without a query: the service and its dataset, told in RDF (SD, VoID, DCAT)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request, url_for
from rdflib import DCTERMS, RDF, RDFS, XSD, BNode, Dataset, Graph, Literal, Namespace, URIRef

from kg.engine import GRAPH_FORMATS, SOLUTION_FORMATS, Format
from kg.errors import AnswerFormatError, QueryMemoryError, QueryTimeoutError
from kg.namespaces import DCAT, PREFIXES, SD, VOID
from kg.web.live import View
from kg.web.negotiation import Choice, choose
from kg.web.site import view

blueprint = Blueprint("description", __name__)

_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "nq": "N-Quads",
    "trig": "TriG",
    "rdf": "RDF_XML",
    "jsonld": "JSON-LD",
}
_SERIALIZERS = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "rdf": "xml", "jsonld": "json-ld"}
_MOST = 5_000  # graphs, classes or properties that are listed
_BY_CLASS = "SELECT ?name (COUNT(*) AS ?count) { ?thing a ?name } GROUP BY ?name ORDER BY DESC(?count) ?name"
_BY_PROPERTY = "SELECT ?name (COUNT(*) AS ?count) { ?s ?name ?o } GROUP BY ?name ORDER BY DESC(?count) ?name"
_BY_GRAPH = "SELECT ?name (COUNT(*) AS ?count) { GRAPH ?name { ?s ?p ?o } } GROUP BY ?name ORDER BY ?name"


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many triples the default graph has, in all and by property, things by class, and triples by named graph.

    Each is None where counting took longer than a query may.
    """

    classes: Mapping[str, int] | None
    properties: Mapping[str, int] | None
    graphs: Mapping[str, int] | None


@blueprint.get("/.well-known/void")
def well_known() -> Response:
    """The description, at the address where crawlers of linked data look for it."""
    choice = choose(request)
    return describe(choice if choice.wanted.graph else choose(request, "ttl"))


def describe(choice: Choice) -> Response:
    """The description of the endpoint in the graph format of `choice`. AnswerFormatError where that has none."""
    if choice.wanted.graph is None:
        offered = ", ".join(format.media_types[0] for format in GRAPH_FORMATS)
        raise AnswerFormatError(
            f"without a query, this is the description of the endpoint, which is a graph; there are {offered}. "
            "A query is sent as ?query=... or in the body of a POST"
        )
    graph = _graph(view(), url_for("sparql.sparql", _external=True))
    response = Response(_serialize(graph, choice.wanted.graph), content_type=choice.graph_type)
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _serialize(graph: Graph, format: Format) -> bytes:
    name = _SERIALIZERS[format.name]
    if name in {"nquads", "trig"}:
        dataset = Dataset()
        for triple in graph:
            dataset.add(triple)
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace)
        return dataset.serialize(format=name, encoding="utf-8")
    return graph.serialize(format=name, encoding="utf-8")


def _graph(current: View, endpoint: str) -> Graph:
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    service, dataset = URIRef(endpoint + "#service"), URIRef(endpoint + "#dataset")
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, URIRef(endpoint)))
    graph.add((service, SD.supportedLanguage, SD.SPARQL10Query))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    for format in (*SOLUTION_FORMATS, *GRAPH_FORMATS):
        graph.add((service, SD.resultFormat, _FORMATS[_NAMES[format.name]]))
    graph.add((service, SD.defaultDataset, dataset))
    _add_dataset(graph, dataset, current, endpoint)
    return graph


def _add_dataset(graph: Graph, dataset: URIRef, current: View, endpoint: str) -> None:
    counts = current.remember("counts of the description", lambda: _count(current))
    for kind in (SD.Dataset, VOID.Dataset, DCAT.Dataset):
        graph.add((dataset, RDF.type, kind))
    title = str(current.release.manifest.get("title") or "Accord knowledge graph")
    graph.add((dataset, DCTERMS.title, Literal(title)))
    graph.add((dataset, DCAT.version, Literal(str(current.release.number))))
    if created := current.release.manifest.get("created"):
        graph.add((dataset, DCTERMS.issued, Literal(str(created), datatype=XSD.dateTime)))
    graph.add((dataset, VOID.sparqlEndpoint, URIRef(endpoint)))
    if current.base:
        graph.add((dataset, VOID.uriSpace, Literal(current.base)))
    for format in GRAPH_FORMATS:
        graph.add((dataset, VOID.feature, _FORMATS[_NAMES[format.name]]))
    default = BNode("default")
    graph.add((dataset, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    if counts.properties is not None:
        for node in (dataset, default):
            graph.add((node, VOID.triples, Literal(sum(counts.properties.values()))))
        graph.add((dataset, VOID.properties, Literal(len(counts.properties))))
        _add_parts(graph, dataset, "property", "propertyPartition", "triples", counts.properties)
    if counts.classes is not None:
        graph.add((dataset, VOID.classes, Literal(len(counts.classes))))
        _add_parts(graph, dataset, "class", "classPartition", "entities", counts.classes)
    for number, (name, triples) in enumerate(_first(graph, dataset, "graphs", counts.graphs)):
        named, content = BNode(f"named{number}"), BNode(f"graph{number}")
        graph.add((dataset, SD.namedGraph, named))
        graph.add((named, RDF.type, SD.NamedGraph))
        graph.add((named, SD.name, URIRef(name)))
        graph.add((named, SD.graph, content))
        graph.add((content, RDF.type, SD.Graph))
        graph.add((content, VOID.triples, Literal(triples)))


def _add_parts(graph: Graph, dataset: URIRef, kind: str, partition: str, unit: str, counts: Mapping[str, int]) -> None:
    for number, (name, amount) in enumerate(_first(graph, dataset, f"partitions by {kind}", counts)):
        part = BNode(f"{kind}{number}")
        graph.add((dataset, VOID[partition], part))
        graph.add((part, VOID[kind], URIRef(name)))
        graph.add((part, VOID[unit], Literal(amount)))


def _first(graph: Graph, dataset: URIRef, what: str, counts: Mapping[str, int] | None) -> list[tuple[str, int]]:
    """As many as are listed; the dataset says where these are not all."""
    listed = list((counts or {}).items())
    if len(listed) > _MOST:
        graph.add((dataset, RDFS.comment, Literal(f"It has {len(listed)} {what}; {_MOST} are listed here.", lang="en")))
    return listed[:_MOST]


def _count(current: View) -> _Counts:
    return _Counts(_table(current, _BY_CLASS), _table(current, _BY_PROPERTY), _table(current, _BY_GRAPH))


def _table(current: View, query: str) -> Mapping[str, int] | None:
    try:
        rows = current.engine.select(query).rows
    except (QueryTimeoutError, QueryMemoryError):
        return None
    return {name.value: int(count.value) for name, count in rows if name and count and name.kind == "iri"}
