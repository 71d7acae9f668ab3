from datetime import UTC, datetime

import pytest
from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Literal

from kg import store
from kg.catalogue import count, describe
from kg.namespaces import ACC, DCAT, SD, VOID
from tests.kg.small_graph import ACTIVITY, ADDRESSES, GRAPH, quads

CREATED = datetime(2025, 1, 31, 12, 0, tzinfo=UTC)


@pytest.fixture
def counts(tmp_path):
    ontology = [(ACC.Association, RDF.type, RDFS.Class, None), (ACC.Association, RDF.type, RDFS.Class, GRAPH)]
    store.write(tmp_path / "store", [*quads(), *ontology[:1]])
    return count(store.Reader(tmp_path / "store"), ADDRESSES)


def test_the_merged_graph_is_counted(counts):
    assert counts.documents == 1
    assert counts.facts == 1
    assert counts.triples == len(quads()) // 2 + 1
    assert counts.entities == 5, "document, two organisations, assertion, evidence; not the class"
    assert counts.classes == {"Assertion": 1, "Association": 1, "Document": 1, "Evidence": 1, "Organisation": 1}
    assert counts.properties[str(ACC.partOf)] == 1
    assert counts.graphs == {str(GRAPH): len(quads()) // 2}
    assert counts.activities == (ACTIVITY,)


def test_the_release_describes_itself_in_its_own_graph(counts):
    about = list(describe(counts, ADDRESSES, number=7, created=CREATED, version="0.1"))
    assert {graph for *_, graph in about} == {ADDRESSES.graph("void")}
    triples = {tuple(triple) for *triple, _ in about}
    dataset = ADDRESSES.thing("dataset", "accord")
    moment = Literal("2025-01-31T12:00:00+00:00", datatype=XSD.dateTime)
    assert {
        (dataset, RDF.type, VOID.Dataset),
        (dataset, DCAT.version, Literal("7")),
        (dataset, DCTERMS.issued, moment),
        (dataset, VOID.triples, Literal(counts.triples)),
        (GRAPH, VOID.triples, Literal(counts.graphs[str(GRAPH)])),
        (ACTIVITY, PROV.endedAtTime, moment),
    } <= triples
    (part,) = (s for s, p, o in triples if p == VOID["class"] and o == ACC.Association)
    assert (part, VOID.entities, Literal(1)) in triples and (dataset, VOID.classPartition, part) in triples
    assert [o for _, p, o in triples if p == SD.name] == [GRAPH]
    assert all(o != DCTERMS.identifier for _, o, _ in triples), "that would make it look like a document's graph"


def test_only_number_and_date_tell_two_releases_apart(counts):
    first, second = (
        set(describe(counts, ADDRESSES, number=n, created=CREATED.replace(hour=n), version="0.1")) for n in (1, 2)
    )
    assert {p for _, p, *_ in first ^ second} == {DCAT.version, DCTERMS.issued, PROV.endedAtTime}
