"""Errors with their place, and warnings about queries that were answered but hardly meant so."""

import pytest

from kg.engine.known_prefixes import likely_prefix
from kg.engine.reading import names_in, relative_iris, valueless_variables
from kg.namespaces import PREFIXES


def ask(client, query, **headers):
    return client.get("/sparql", query_string={"query": query}, headers=headers)


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("SELECT * { ?s dbo:x ?o }", "add a line PREFIX dbo: <http://dbpedia.org/ontology/> at the top"),
        ("SELECT * { ?s dctrems:title ?o }", "did you mean dcterms: for <http://purl.org/dc/terms/>?"),
        ("SELECT * { ?s qqqq:label ?o }", "add a line PREFIX qqqq: <...> at the top"),
    ],
)
def test_unknown_prefixes(client, query, detail):
    assert detail in ask(client, query).get_json(force=True)["detail"]


@pytest.mark.parametrize(
    ("query", "excerpt"),
    [
        ("SELECT *\nWHERE { ?s ?p }\n", "WHERE { ?s ?p }\n              ^"),
        ("SELECT *\r\nWHERE {\t?s ?p }\r\n", "WHERE { ?s ?p }\n              ^"),
        ("SELECT * { ?s ?p ?o " + " " * 200 + "] }", "…" + " " * 60 + "] }\n" + " " * 61 + "^"),
    ],
)
def test_the_line_with_a_caret(client, query, excerpt):
    problem = ask(client, query).get_json(force=True)
    assert problem["excerpt"] == excerpt
    assert problem["line"] >= 1


def test_a_refused_service_has_its_place_too(client):
    problem = ask(client, "SELECT * {\n  SERVICE <http://x/> {} }").get_json(force=True)
    assert (problem["status"], problem["line"], problem["column"]) == (403, 2, 3)
    assert problem["excerpt"].startswith("  SERVICE")


def test_the_page_shows_the_line(page):
    shown = page("/sparql", query="SELECT * {\n ?s <p> <script> ] }", status=400)
    assert "<pre><code> ?s &lt;p&gt; &lt;script&gt; ] }\n                 ^</code></pre>" in shown
    assert "<script>" not in shown


@pytest.mark.parametrize(
    ("query", "warning"),
    [
        (
            "SELECT ?nmae { ?x rdfs:label ?name }",
            "the variable ?nmae has no value: nothing in the pattern names it; did you mean ?name?",
        ),
        (
            "SELECT ?x { ?x acc:sigedOn ?y }",
            "acc:sigedOn does not occur in the data; did you mean acc:signedOn?",
        ),
        ("SELECT ?x { ?x a acc:Projct }", "acc:Projct does not occur in the data; did you mean acc:Project?"),
        (
            "PREFIX a: <https://w3id.org/accord-kg/ontology#> SELECT ?x { ?x a:Party ?y }",
            "a:Party does not occur in the data; did you mean a:party?",
        ),
        ("SELECT ?x { ?x foaf:zzz ?y }", "foaf:zzz does not occur in the data"),
        ("DESCRIBE <place/vn>", "<place/vn> is a relative IRI and stands for an address of this server"),
    ],
)
def test_warnings(client, query, warning):
    response = ask(client, query)
    assert response.status_code == 200
    assert response.headers["X-Accord-Warning"].startswith(warning)
    assert "X-Accord-Warning" in response.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?name { ?x rdfs:label ?name }",
        "SELECT (COUNT(*) AS ?n) { ?x a acc:Project }",
        "SELECT ?x (STR(?x) AS ?y) { ?x a acc:Project FILTER(?x != xsd:none) }",
        'SELECT ?x { ?x rdfs:label ?y FILTER(?y != "acc:sigedOn") } # acc:sigedOn ?nobody',
        "SELECT ?g { GRAPH ?g { ?s acc:party ?o } }",
        "SELECT ?x { BIND(1 AS ?x) }",
        "ASK { ?x a ?y }",
    ],
)
def test_nothing_to_warn_of(client, query):
    response = ask(client, query)
    assert (response.status_code, response.headers.get("X-Accord-Warning")) == (200, None)


def test_warnings_on_the_page_and_in_any_script(client, page):
    query = "SELECT ?tên { ?x rdfs:label ?name }"
    assert "the variable ?tên has no value" in page("/sparql", query=query)
    assert ask(client, query).headers["X-Accord-Warning"].startswith("the variable ?t\\xean has no value")


def test_reading():
    assert valueless_variables("SELECT ?a (SUM(?b) AS ?c) FROM <x> { ?a ?b ?d }") == []
    assert valueless_variables("SELECT ?a ?zzzzzz { ?a ?b ?d }") == [("zzzzzz", None)]
    assert valueless_variables("DESCRIBE ?a") == []
    assert names_in("SELECT * { ?s :p ?o . _:b a acc:Law }", PREFIXES) == {PREFIXES["acc"] + "Law": "acc:Law"}
    assert names_in("ASK { ?s ?p ?o }", PREFIXES) == {}
    assert relative_iris("BASE <http://x/> ASK { <a> ?b ?c }") == []
    assert likely_prefix("dbpedia", PREFIXES) is None
    assert likely_prefix("skoss", PREFIXES) == ("skos", PREFIXES["skos"])
