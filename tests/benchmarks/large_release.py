"""A large release in the shape of the ontology, with invented projects, agreements, organisations and figures.

Triples are written as lines of N-Triples and loaded in bulk: a million in some ten seconds.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib import DCTERMS, PROV, RDF, RDFS, XSD

from kg import store
from kg.namespaces import ACC, OA, Addresses
from kg.ontology import ontology_triples
from kg.release import Release, prepare, publish
from kg.resources import ontology_folder

BASE = Addresses().base
TRIPLES_A_PROJECT = 43


def lines(projects: int, seed: int = 1) -> Iterator[str]:
    """About `TRIPLES_A_PROJECT` triples for each project, as N-Triples."""
    chance = random.Random(seed)
    organisations, places = max(10, projects // 10), 200
    for number in range(places):
        yield from _thing(f"place/town-{number}", "City", f"Town {number}")
    for number in range(organisations):
        iri = f"organisation/office-{number}"
        yield from _thing(iri, "GovernmentBody", f"Office {number} of Skills")
        if number:
            yield _fact(iri, ACC.partOf, _iri(f"organisation/office-{chance.randrange(number)}"))
    for number in range(projects):
        iri, document = f"project/p-{number}", f"document/d-{number // 5}"
        if number % 5 == 0:
            yield _fact(document, RDF.type, f"<{ACC.Document}>")
            yield _fact(document, DCTERMS.identifier, f'"d-{number // 5}"')
            yield _fact(document, DCTERMS.title, f'"Document {number // 5}"@en')
        yield from _thing(iri, "Project", f"Project {number} on training for work")
        year = 2000 + number % 26
        stated = [
            (ACC.implementer, _iri(f"organisation/office-{chance.randrange(organisations)}")),
            (ACC.funder, _iri(f"organisation/office-{chance.randrange(organisations)}")),
            (ACC.place, _iri(f"place/town-{chance.randrange(places)}")),
            (ACC.start, f'"{year}"^^<{XSD.gYear}>'),
        ]
        yield _fact(document, ACC.mentions, _iri(iri))
        for index, (property_, value) in enumerate(stated):
            yield _fact(iri, property_, value)
            yield from _evidence(f"{number}-{index}", iri, property_, value, document)
        figure = f"statistic/s-{number}"
        yield _fact(figure, RDF.type, f"<{ACC.Statistic}>")
        yield _fact(figure, ACC.value, f'"{chance.randrange(100_000)}"^^<{XSD.decimal}>')
        yield _fact(figure, ACC.unit, '"trainees"@en')
        yield _fact(figure, ACC.about, _iri(iri))
        yield _fact(figure, ACC.period, f'"{year}"')


def _evidence(name: str, iri: str, property_: str, value: str, document: str) -> Iterator[str]:
    assertion, evidence = f"assertion/a-{name}", f"evidence/e-{name}"
    yield _fact(assertion, RDF.type, f"<{ACC.Assertion}>")
    yield _fact(assertion, RDF.subject, _iri(iri))
    yield _fact(assertion, RDF.predicate, f"<{property_}>")
    yield _fact(assertion, RDF.object, value)
    yield _fact(assertion, ACC.evidence, _iri(evidence))
    yield _fact(assertion, PROV.wasDerivedFrom, _iri(document))
    yield _fact(evidence, OA.hasSource, _iri(document))
    yield _fact(evidence, OA.exact, f'"the words that state {name}"')


def _thing(iri: str, name: str, label: str) -> Iterator[str]:
    yield _fact(iri, RDF.type, f"<{ACC[name]}>")
    yield _fact(iri, RDFS.label, f'"{label}"@en')


def _iri(path: str) -> str:
    return f"<{BASE}{path}>"


def _fact(subject: str, predicate: str, value: str) -> str:
    return f"<{BASE}{subject}> <{predicate}> {value} .\n"


def make(data: Path, triples: int) -> tuple[Release, Path, int]:
    """A release of at least `triples` triples in the data folder, the same as N-Triples, and how many projects."""
    projects = triples // TRIPLES_A_PROJECT + 1
    file = data.parent / "triples.nt"
    with file.open("w") as stream:
        stream.writelines(lines(projects))
    with prepare(data) as building:
        store.write(building.store, [(*triple, None) for triple in ontology_triples(ontology_folder())])
        built = ox.Store(str(building.store))
        built.bulk_load(path=str(file), format=ox.RdfFormat.N_TRIPLES)
        built.optimize()
        built.flush()
        count = len(built)
        del built
        return publish(building, {"documents": 0, "facts": 0, "base": BASE, "triples": count}), file, projects
