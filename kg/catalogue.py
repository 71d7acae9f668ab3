"""What a release holds, counted, and said in RDF (VoID, DCAT, PROV, service description): the graph `void`.

Here, and nowhere else in a release, stand its number and its date: two builds of the same documents differ in this
graph alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from rdflib import DCTERMS, FOAF, PROV, RDF, XSD, Literal, URIRef
from rdflib.term import Node

from kg.namespaces import ACC, DCAT, SD, VOID, Addresses
from kg.store import Quad, Reader, Triple

_FACTS = """
SELECT (COUNT(*) AS ?count) { SELECT DISTINCT ?s ?p ?o {
    ?assertion rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
} }"""
_BY_CLASS = "SELECT ?class (COUNT(*) AS ?count) { ?thing a ?class } GROUP BY ?class"
_BY_PROPERTY = "SELECT ?property (COUNT(*) AS ?count) { ?s ?property ?o } GROUP BY ?property"
_BY_GRAPH = "SELECT ?graph (COUNT(*) AS ?count) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
_DOCUMENTS = "SELECT (COUNT(DISTINCT ?graph) AS ?count) { GRAPH ?graph { ?document dcterms:identifier ?name } }"
_ENTITIES = "SELECT (COUNT(DISTINCT ?thing) AS ?count) { ?thing a ?class FILTER STRSTARTS(STR(?thing), '%s') }"
_ACTIVITIES = "SELECT DISTINCT ?activity { ?assertion prov:wasGeneratedBy ?activity }"


@dataclass(frozen=True, slots=True)
class Counts:
    """What the default graph holds. `classes` has the local names of our own classes, superclasses included;
    `entities` are the things with an address of this installation; `facts` are distinct asserted triples; `graphs` are
    triples by graph; `activities` are the builds that assertions name as their origin."""

    documents: int
    facts: int
    triples: int
    entities: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    graphs: Mapping[str, int]
    activities: tuple[URIRef, ...]


def count(reader: Reader, addresses: Addresses) -> Counts:
    """Count what a store holds."""
    by_class = _table(reader, _BY_CLASS)
    by_property = _table(reader, _BY_PROPERTY)
    return Counts(
        documents=_number(reader, _DOCUMENTS),
        facts=_number(reader, _FACTS),
        triples=sum(by_property.values()),
        entities=_number(reader, _ENTITIES % addresses.base),
        classes={name.removeprefix(ACC): number for name, number in by_class.items() if name.startswith(ACC)},
        properties=by_property,
        graphs=_table(reader, _BY_GRAPH),
        activities=tuple(sorted(a for (a,) in reader.select(_ACTIVITIES) if isinstance(a, URIRef))),
    )


def describe(counts: Counts, addresses: Addresses, *, number: int, created: datetime, version: str) -> Iterator[Quad]:
    """The quads of the graph `void`. `number` and `created` are the release's, `version` is that of this software."""
    graph = addresses.graph("void")
    for triple in (
        *_dataset(counts, addresses, number, created),
        *_service(counts, addresses),
        *_provenance(counts, addresses, created, version),
    ):
        yield *triple, graph


def _dataset(counts: Counts, addresses: Addresses, number: int, created: datetime) -> Iterator[Triple]:
    dataset = addresses.thing("dataset", "accord")
    moment = Literal(created.isoformat(), datatype=XSD.dateTime)
    yield dataset, RDF.type, VOID.Dataset
    yield dataset, RDF.type, DCAT.Dataset
    yield dataset, DCTERMS.title, Literal("Accord knowledge graph", lang="en")
    yield dataset, DCTERMS.issued, moment
    yield dataset, DCAT.version, Literal(str(number))
    yield dataset, DCAT.distribution, URIRef(f"{dataset}#dump")
    yield URIRef(f"{dataset}#dump"), RDF.type, DCAT.Distribution
    yield URIRef(f"{dataset}#dump"), DCTERMS.issued, moment
    yield dataset, VOID.uriSpace, Literal(addresses.base)
    yield dataset, VOID.vocabulary, URIRef(str(ACC))
    for name, amount in (
        ("triples", counts.triples),
        ("entities", counts.entities),
        ("classes", len(counts.classes)),
        ("properties", len(counts.properties)),
    ):
        yield dataset, VOID[name], Literal(amount)
    for name, amount in counts.classes.items():
        part = URIRef(f"{dataset}#class-{name}")
        yield dataset, VOID.classPartition, part
        yield part, VOID["class"], ACC[name]
        yield part, VOID.entities, Literal(amount)
    for name, amount in counts.properties.items():
        if name.startswith(ACC):
            part = URIRef(f"{dataset}#property-{name.removeprefix(ACC)}")
            yield dataset, VOID.propertyPartition, part
            yield part, VOID.property, URIRef(name)
            yield part, VOID.triples, Literal(amount)


def _service(counts: Counts, addresses: Addresses) -> Iterator[Triple]:
    dataset = addresses.thing("dataset", "accord")
    service, default = URIRef(f"{dataset}#service"), URIRef(f"{dataset}#default-graph")
    yield service, RDF.type, SD.Service
    yield service, SD.supportedLanguage, SD.SPARQL11Query
    yield service, SD.defaultDataset, dataset
    yield dataset, RDF.type, SD.Dataset
    yield dataset, SD.defaultGraph, default
    yield default, RDF.type, SD.Graph
    yield default, VOID.triples, Literal(counts.triples)
    for name, amount in counts.graphs.items():
        named = URIRef(f"{name}#named")
        yield dataset, SD.namedGraph, named
        yield named, RDF.type, SD.NamedGraph
        yield named, SD.name, URIRef(name)
        yield named, SD.graph, URIRef(name)
        yield URIRef(name), RDF.type, SD.Graph
        yield URIRef(name), VOID.triples, Literal(amount)


def _provenance(counts: Counts, addresses: Addresses, created: datetime, version: str) -> Iterator[Triple]:
    builder = addresses.thing("agent", "accord")
    yield builder, RDF.type, PROV.SoftwareAgent
    yield builder, FOAF.name, Literal(f"Accord {version}")
    for activity in counts.activities:
        yield activity, RDF.type, PROV.Activity
        yield activity, PROV.endedAtTime, Literal(created.isoformat(), datatype=XSD.dateTime)
        yield activity, PROV.wasAssociatedWith, builder
        yield addresses.thing("dataset", "accord"), PROV.wasGeneratedBy, activity


def _table(reader: Reader, query: str) -> dict[str, int]:
    return dict(sorted((str(name), _integer(number)) for name, number in reader.select(query)))


def _number(reader: Reader, query: str) -> int:
    return _integer(reader.select(query)[0][0])


def _integer(term: Node | None) -> int:
    return int(str(term))
