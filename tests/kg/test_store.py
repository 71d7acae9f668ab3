import io
import random
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from kg import store
from kg.errors import DataFolderError, InputError
from tests.kg.small_graph import GRAPH, SOCIETY, UNION, other_quads, quads

EX = "http://example.org/"


def dumped(path: Path, format: str) -> bytes:
    stream = io.BytesIO()
    store.dump(path, stream, format)
    return stream.getvalue()


def test_terms_come_back_as_they_were_written(tmp_path):
    subject, predicate = URIRef(EX + "s"), URIRef(EX + "p")
    terms = [
        URIRef(EX + "Hạ_Long"),
        Literal('a "quoted"\nline with \\ and \u200b'),
        Literal("Hà Nội", lang="vi"),
        Literal("2023-11", datatype=XSD.gYearMonth),
        Literal("2500000", datatype=XSD.decimal),
        Literal(7),
    ]
    store.write(tmp_path / "store", [(subject, predicate, term, None) for term in terms])
    assert {o for _, _, o in store.Reader(tmp_path / "store").triples()} == set(terms)


def test_reader_looks_up_by_graph_and_pattern(tmp_path):
    store.write(tmp_path / "store", quads())
    store.write(tmp_path / "store", other_quads())
    reader = store.Reader(tmp_path / "store")
    assert len(reader) == len(quads()) + 1
    assert reader.graphs() == [GRAPH]
    assert list(reader.triples(GRAPH, subject=SOCIETY, predicate=RDFS.label)) == [
        (SOCIETY, RDFS.label, Literal("Hạ Long Society", lang="en"))
    ]
    assert reader.graphs_with(SOCIETY, None, UNION) == [GRAPH]
    assert reader.graphs_with(UNION, None, SOCIETY) == []
    assert reader.select("SELECT (COUNT(*) AS ?n) { ?s a acc:Association }") == [(Literal(1),)]


@pytest.mark.parametrize("format", store.FORMATS)
def test_dump_does_not_depend_on_the_order_of_writing(tmp_path, format):
    union, rest = BNode("union"), BNode("rest")
    blank = [
        (URIRef(EX + "C"), OWL.unionOf, union),
        (union, RDF.first, URIRef(EX + "A")),
        (union, RDF.rest, rest),
        (rest, RDF.first, URIRef(EX + "B")),
        (rest, RDF.rest, RDF.nil),
    ]
    content = [*quads(), *((*t, None) for t in blank), *((*t, URIRef(EX + "graph")) for t in blank)]
    outputs = []
    for turn in range(2):
        random.Random(turn).shuffle(content)
        store.write(tmp_path / str(turn), content)
        outputs.append(dumped(tmp_path / str(turn), format))
    assert outputs[0] == outputs[1]
    assert outputs[0]


def test_a_blank_node_is_the_same_in_later_writes(tmp_path):
    union = BNode("union")
    store.write(tmp_path / "store", [(URIRef(EX + "C"), OWL.unionOf, union, None)])
    ((_, _, read),) = store.Reader(tmp_path / "store").triples()
    store.write(tmp_path / "store", [(read, RDF.first, URIRef(EX + "A"), None), (BNode("b"), RDF.rest, RDF.nil, None)])
    path = "SELECT ?first { ?class owl:unionOf [ rdf:first ?first ] }"
    assert store.Reader(tmp_path / "store").select(path) == [(URIRef(EX + "A"),)]


def test_turtle_holds_the_default_graph_and_trig_every_graph_once(tmp_path):
    many = [(URIRef(f"{EX}s{i}"), RDF.type, URIRef(EX + "T"), URIRef(f"{EX}graph{i % 3}")) for i in range(30)]
    store.write(tmp_path / "store", [*quads(), *many])
    expected = Graph()
    for subject, predicate, object_, graph in quads():
        if graph is None:
            expected.add((subject, predicate, object_))
    turtle = dumped(tmp_path / "store", "turtle")
    assert isomorphic(Graph().parse(data=turtle, format="turtle"), expected)
    assert b"@prefix acc:" in turtle and b"a acc:Association" in turtle
    trig = dumped(tmp_path / "store", "trig")
    assert trig.count(b"{") == 4, "one block a named graph"
    dataset = Dataset()
    dataset.parse(data=trig, format="trig")
    assert len(list(dataset.quads())) == len(quads()) + len(many)


def test_nquads_are_sorted_through_temporary_files_when_they_are_many(tmp_path, monkeypatch):
    many = [(URIRef(f"{EX}{i % 7}-{i}"), RDF.type, URIRef(EX + "T"), None) for i in range(100)]
    store.write(tmp_path / "store", many)
    in_memory = dumped(tmp_path / "store", "nquads")
    monkeypatch.setattr(store, "_LINES_IN_MEMORY", 9)
    assert dumped(tmp_path / "store", "nquads") == in_memory
    assert in_memory.splitlines() == sorted(in_memory.splitlines())
    assert len(in_memory.splitlines()) == 100


@pytest.mark.parametrize(("suffix", "format"), store.SUFFIXES.items())
def test_a_dump_reads_back(tmp_path, suffix, format):
    store.write(tmp_path / "store", quads())
    store.dump(tmp_path / "store", tmp_path / f"dump{suffix}", format)
    whole = format not in {"turtle", "ntriples"}
    expected = {quad for quad in quads() if whole or quad[3] is None}
    assert set(store.read_dump(tmp_path / f"dump{suffix}")) == expected


def test_a_failed_dump_leaves_the_file_before_it(tmp_path):
    store.write(tmp_path / "store", quads())
    target = tmp_path / "dump.nq"
    target.write_text("before")
    with pytest.raises(RuntimeError), store._replacing(target) as stream:
        stream.write(b"half a")
        raise RuntimeError
    assert target.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dump.nq", "store"]


def test_bad_paths_are_named(tmp_path):
    with pytest.raises(DataFolderError, match="nothing-here"):
        store.Reader(tmp_path / "nothing-here")
    store.write(tmp_path / "store", quads())
    with pytest.raises(InputError, match="it is a folder"):
        store.dump(tmp_path / "store", tmp_path, "nquads")
    with pytest.raises(InputError, match=r"missing/dump.nq: No such file"):
        store.dump(tmp_path / "store", tmp_path / "missing" / "dump.nq", "nquads")
    with pytest.raises(InputError, match="No such file"):
        list(store.read_dump(tmp_path / "missing.nq"))
    with pytest.raises(InputError, match="suffix"):
        list(store.read_dump(tmp_path / "dump.txt"))
    (tmp_path / "broken.ttl").write_text("<a> <b")
    with pytest.raises(InputError, match="not turtle"):
        list(store.read_dump(tmp_path / "broken.ttl"))


def test_an_error_while_reading_quads_comes_through(tmp_path):
    def failing():
        yield from quads()
        raise InputError("cannot read news.txt")

    with pytest.raises(InputError, match=r"news\.txt"):
        store.write(tmp_path / "store", failing())
