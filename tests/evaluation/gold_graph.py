"""A gold file written as the graph that a builder without a fault would make of its document."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD, Literal, Node

from kg.namespaces import ACC, Addresses

Quad = tuple[Node, Node, Node, Node]
ADDRESSES = Addresses()
LINKS = {
    "organisations": {"part_of": "partOf"},
    "instruments": {"parties": "party", "issuer": "issuer"},
    "projects": {"implementers": "implementer", "partners": "partner", "funders": "funder"},
    "events": {"organisers": "organiser", "participants": "participant"},
    "statistics": {"about": "about"},
}
VALUES = {
    "instruments": {"identifier": "identifier", "date": "signedOn"},
    "projects": {"start": "start", "end": "end", "duration": "duration"},
    "events": {"start": "start", "end": "end"},
    "statistics": {"value": "value", "unit": "unit", "period": "period"},
}
CLASS = {"persons": "Person", "projects": "Project", "statistics": "Statistic"}
BOUND = {"at_least": "atLeast", "at_most": "atMost"}


def read_gold(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


def quads(stem: str, gold: Mapping[str, Any], confidence: float = 0.9) -> Iterator[Quad]:
    """The document's graph; every fact has an assertion with the given confidence."""
    graph = ADDRESSES.document_graph(f"{stem}.txt")
    document = ADDRESSES.thing("document", f"{stem}.txt")
    iris = {entry["id"]: ADDRESSES.thing(kind, f"{stem}-{entry['id']}")
            for kind in LINKS.keys() | {"persons"} for entry in gold.get(kind, []) if "id" in entry}  # fmt: skip
    facts: list[tuple[Node, Node, Node]] = []

    def fact(subject: Node, predicate: str, value: Node) -> None:
        facts.append((subject, ACC[predicate], value))

    yield document, DCTERMS.identifier, Literal(f"{stem}.txt"), graph
    for category in [*LINKS, "persons"]:
        for index, entry in enumerate(gold.get(category, [])):
            iri = iris.get(entry.get("id")) or ADDRESSES.thing(category, f"{stem}-{index}")
            yield iri, RDF.type, ACC[entry.get("kind") or CLASS[category]], graph
            for name in [entry.get("name"), *entry.get("aliases", [])]:
                if name:
                    yield iri, SKOS.altLabel, Literal(name, lang="en"), graph
            for key, predicate in LINKS.get(category, {}).items():
                targets = entry.get(key) or []
                for target in [targets] if isinstance(targets, str) else targets:
                    fact(iri, predicate, iris[target])
            for key, predicate in VALUES.get(category, {}).items():
                if entry.get(key) is not None:
                    fact(iri, predicate, _literal(key, entry[key]))
            if "bound" in entry:
                fact(iri, "bound", ACC[BOUND.get(entry["bound"], entry["bound"])])
            for place in entry.get("places", []):
                node = ADDRESSES.thing("place", f"xx-{place}")
                yield node, RDFS.label, Literal(place), graph
                fact(iri, "place", node)
            for number, role in enumerate(entry.get("roles", [])):
                appointment = ADDRESSES.thing("appointment", f"{stem}-{entry['id']}-{number}")
                yield appointment, RDF.type, ACC.Appointment, graph
                fact(appointment, "holder", iri)
                fact(appointment, "title", Literal(role["title"]))
                if role["organisation"]:
                    fact(appointment, "organisation", iris[role["organisation"]])
    for number, (subject, predicate, value) in enumerate(facts):
        assertion = ADDRESSES.thing("assertion", f"{stem}-{number}")
        yield subject, predicate, value, graph
        yield assertion, RDF.subject, subject, graph
        yield assertion, RDF.predicate, predicate, graph
        yield assertion, RDF.object, value, graph
        yield assertion, ACC.confidence, Literal(str(confidence), datatype=XSD.decimal), graph


def write_dump(path: Path, *documents: tuple[str, Mapping[str, Any]], keep: Callable[[Quad], bool] = bool) -> Path:
    """An N-Quads dump of the graphs of gold files, of the quads that `keep` takes."""
    lines = [" ".join(term.n3() for term in quad) + " .\n"
             for stem, gold in documents for quad in quads(stem, gold) if keep(quad)]  # fmt: skip
    path.write_text("".join(lines), "utf-8")
    return path


def _literal(key: str, value: object) -> Literal:
    if key == "value":
        return Literal(str(value), datatype=XSD.decimal)
    if key == "duration":
        return Literal(value, datatype=XSD.duration, normalize=False)
    return Literal(value)
