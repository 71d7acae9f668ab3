"""Look-ups give the bytes that a query worker gives, and nothing but small questions about one thing is one."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.engine import SOLUTION_FORMATS, Engine, Wanted
from kg.engine.lookups import Lookups, split
from kg.errors import QueryError
from kg.namespaces import PREFIXES

E = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
JSON = Wanted(SOLUTION_FORMATS[0], None)
ONE = f"<{E}one>"
DECLARED = f"PREFIX e: <{E}> "
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
LOOKED_UP = [
    f"SELECT ?name WHERE {{ {ONE} rdfs:label ?name }}",
    f"select $size ?type {{\n  {ONE} a $type ; <{E}size> ?size .\n}}\n",
    f"{DECLARED}SELECT ?again ?size {{ {ONE} e:size ?size ; a ?type; e:size ?again}}",
    f"{DECLARED}PREFIX rdfs: <{E}> SELECT ?x {{ {ONE} rdfs:size ?x }} # not that of the web",
    f"prefix : <{E}> SELECT ?x ?none {{ {ONE} :size ?x ; :missing ?y ; a ?z }}",
    f"SELECT ?none {{ {ONE} a ?kind }}",
    f"SELECT ?o {{ <{E}nothing> rdfs:label ?o }}",
    f"{DECLARED}SELECT ?o {{ <{E}signs> e:size ?o }}",
    f"{DECLARED}SELECT ?o {{ <{E}twice> e:size ?o }}",
]
NOT_LOOKED_UP = [
    "SELECT ?s { ?s ?p ?o }",
    f"SELECT ?name ?type {{ {ONE} rdfs:label ?name ; a ?type }}",
    f"SELECT * {{ {ONE} rdfs:label ?name }}",
    f"ASK {{ {ONE} ?p ?o }}",
    f"DESCRIBE {ONE}",
    f"SELECT ?p ?o {{ {ONE} ?p ?o }}",
    f"SELECT ?o ?o {{ {ONE} rdfs:label ?o }}",
    f"SELECT ?o {{ {ONE} rdfs:label ?o ; a ?o }}",
    f"SELECT ?o {{ {ONE} rdfs:label ?o }} LIMIT 1",
    f"SELECT DISTINCT ?o {{ {ONE} rdfs:label ?o }}",
    f"SELECT (COUNT(*) AS ?n) {{ {ONE} rdfs:label ?o }}",
    f"SELECT ?o {{ {ONE} rdfs:label ?o . ?o ?p ?q }}",
    f"SELECT ?o {{ {ONE} rdfs:label/rdfs:label ?o }}",
    f"SELECT ?o {{ {ONE} rdfs:label ?o OPTIONAL {{ ?o ?p ?q }} }}",
    f"SELECT ?o {{ {ONE} rdfs:label ?o FILTER(?o = 1) }}",
    f"SELECT ?o {{ {ONE} rdfs:label ?o, ?p }}",
    f"SELECT ?o {{ {ONE} rdfs:label 'x' }}",
    f"SELECT ?o {{ {ONE} unheard:of ?o }}",
    "SELECT ?o { <one> rdfs:label ?o }",
    f"PREFIX e: <e#> SELECT ?o {{ {ONE} e:size ?o }}",
    f"BASE <{E}> SELECT ?o {{ {ONE} <size> ?o }}",
    f"SELECT ?o FROM <{E}graph> {{ {ONE} rdfs:label ?o }}",
    f"SELECT ?o {{ {ONE} rdfs:label ?o }} VALUES ?o {{ 1 }}",
    f"SELECT ?o {{ GRAPH {ONE} {{ {ONE} rdfs:label ?o }} }}",
    f"SELECT ?o {{ SERVICE {ONE} {{ }} }}",
    f"SELECT ?o # {{ {ONE} rdfs:label ?o }}",
    f"SELECT ?o # {{ {ONE}\n{{ {ONE} rdfs:label ?o # }} ; \n }}",
    f"SELECT ?o {{ {ONE} rdfs:label ?o ",
    f"SELECT {{ {ONE} rdfs:label ?o }}",
    f"PREFIX SELECT ?o {{ {ONE} rdfs:label ?o }}",
    f"{DECLARED}SELECT ?o {{ <{E}many> e:size ?o }}",
    f"{DECLARED}SELECT ?o {{ <{E}large> e:size ?o }}",
]


def looked_up(store, query):
    lookups = Lookups(store, PREFIXES)
    parts = split(query)
    lookup = parts and lookups.read(parts[0], parts[2])
    return lookup and lookups.answer(lookup, parts[1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("lookups") / "store"
    data = ox.Store(str(path))
    label, kind = ox.NamedNode(LABEL[1:-1]), ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

    def add(subject, property, value, graph=None):
        names = ox.NamedNode(E + subject), ox.NamedNode(E + property) if isinstance(property, str) else property
        data.add(ox.Quad(*names, value, graph or ox.DefaultGraph()))

    for value in (ox.Literal('“một”, "one"\n', language="vi"), ox.Literal("=one"), ox.BlankNode("b")):
        add("one", label, value)
    add("one", kind, ox.NamedNode(E + "Thing"))
    add("one", "size", ox.Literal("01", datatype=ox.NamedNode(f"{XSD}integer")))
    for sign in (*map(chr, range(0x20)), "\x7f", "\u2028", "\U0001f6a3", "\\", "/", '"', "<&>"):
        add("signs", "size", ox.Literal(f"a{sign}b"))
    for value in (ox.Literal(True), ox.Literal("1.50", datatype=ox.NamedNode(E + "a%22b"))):
        add("signs", "size", value)
    add("one", label, ox.Literal("of another graph"), ox.NamedNode(E + "graph"))
    for graph in ("a", "b"):
        add("twice", "size", ox.Literal(1), ox.NamedNode(E + graph))
    for number in range(200):
        add("many", "size", ox.Literal(number))
    add("large", "size", ox.Literal("x" * 100_000))
    data.flush()
    return path


@pytest.fixture(scope="module")
def engine(folder):
    with Engine(folder, workers=1) as engine:
        yield engine


@pytest.mark.parametrize("query", LOOKED_UP)
def test_the_same_bytes_as_from_a_worker(engine, query):
    with engine.answer(query, JSON) as answer:
        expected = b"".join(answer)
    assert engine.look_up(query, JSON) == expected


@pytest.mark.parametrize("query", NOT_LOOKED_UP)
def test_what_is_no_lookup_or_not_small(folder, query):
    assert looked_up(folder, query) is None


def test_other_formats_are_left_to_workers(engine):
    assert [engine.look_up(LOOKED_UP[0], Wanted(format, None)) for format in SOLUTION_FORMATS[1:]] == [None] * 3
    assert engine.look_up(LOOKED_UP[0], Wanted(None, None)) is None


terms = st.one_of(
    st.builds(ox.Literal, st.text()),
    st.builds(ox.Literal, st.text(), language=st.sampled_from(["en", "vi-Latn"])),
    st.builds(ox.Literal, st.text(), datatype=st.sampled_from([ox.NamedNode(E + "t"), ox.NamedNode(f"{XSD}date")])),
    st.builds(ox.Literal, st.integers(-(2**40), 2**40)),
    st.builds(ox.NamedNode, st.text("aü/", max_size=5).map(E.__add__)),
    st.just(ox.BlankNode("node")),
)


@settings(max_examples=40, deadline=None)
@given(
    values=st.lists(st.tuples(st.sampled_from("pqr"), terms), max_size=8),
    query=st.sampled_from(["p", "pq", "pqr", "rqp"]),
)
def test_whatever_the_values_are(tmp_path_factory, values, query):
    """Rows in the order of the store too: one property with several values, and others with one."""
    path = tmp_path_factory.mktemp("values")
    data = ox.Store(str(path))
    for property, value in values:
        data.add(ox.Quad(ox.NamedNode(E + "one"), ox.NamedNode(E + property), value, ox.DefaultGraph()))
    patterns = " ; ".join(f"<{E}{name}> ?{name}" for name in query)
    text = f"SELECT ?{' ?'.join(reversed(query))} {{ {ONE} {patterns} }}"
    expected = data.query(text).serialize(format=ox.QueryResultsFormat.JSON)
    del data
    counts = [len({value for name, value in values if name == one}) for one in query]
    one_order = len(query) == 1 or max(counts) <= 1
    assert looked_up(path, text) == (expected if one_order else None)


PARTS = st.sampled_from(
    [
        *f"SELECT ?o ?p * WHERE {{ }} {ONE} <{E}many> rdfs:label e:size a ; . , ( ) FILTER LIMIT 3 UNION # \n".split(
            " "
        ),
        "PREFIX",
        "e:",
        f"<{E}>",
        "?o}",
        "{" + ONE,
        "'",
        "\\",
        "SERVICE",
    ]
)


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(PARTS, max_size=6), at=st.integers(0, 20), query=st.sampled_from(LOOKED_UP))
def test_nothing_is_understood_that_the_store_reads_otherwise(engine, parts, at, query):
    """Words thrown into queries: what is still a look-up has the worker's answer, and what is an error is none."""
    words = query.split(" ")
    asked = " ".join([*words[:at], *parts, *words[at:]])
    found = engine.look_up(asked, JSON)
    try:
        with engine.answer(asked, JSON) as answer:
            expected = b"".join(answer)
    except QueryError:
        assert found is None
    else:
        assert found in {None, expected}
