"""The endpoint: the protocol, formats and errors."""

import csv
import io
import json

import pytest
from rdflib import Graph

from kg.resources import queries_folder
from kg.web import close_app, create_app
from tests.kg.served import ACCORD, ADDRESSES, VISIT

PARTIES = "SELECT ?name WHERE { ?a acc:party/rdfs:label ?name } ORDER BY ?name"
NAMES = ["Bờ Hồ Boat School", "Skills Office"]
FOREVER = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "request_",
    [
        {"query_string": {"query": PARTIES}},
        {"method": "POST", "data": {"query": PARTIES}},
        {"method": "POST", "data": PARTIES, "content_type": "application/sparql-query"},
        {"method": "POST", "data": PARTIES, "content_type": "application/sparql-query; charset=UTF-8"},
        {"method": "POST", "data": PARTIES, "content_type": 'application/sparql-query; charset="utf8"'},
        {"method": "POST", "data": PARTIES, "content_type": "application/sparql-query; charset=ISO-8859-1"},
        {"method": "POST", "query_string": {"timeout": "5"}, "data": {"query": PARTIES, "format": "json"}},
        {"method": "QUERY", "data": PARTIES, "content_type": "application/sparql-query"},
        {"method": "QUERY", "data": {"query": PARTIES}},
        {"query_string": {"query": PARTIES, "output": "json", "results": "json", "stylesheet": "x"}},
    ],
)
def test_ways_to_ask(client, request_):
    response = client.open("/sparql", **request_)
    assert response.status_code == 200
    assert [row["name"]["value"] for row in response.get_json(force=True)["results"]["bindings"]] == NAMES
    assert response.headers["X-Accord-Release"] == "1"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_rows_as_csv(client):
    response = client.get("/sparql", query_string={"query": PARTIES, "format": "csv"})
    assert response.content_type == "text/csv; charset=utf-8"
    assert list(csv.reader(io.StringIO(response.text))) == [["name"], [NAMES[0]], [NAMES[1]]]


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_graphs_can_be_read_back(client, accept, format):
    query = f"CONSTRUCT WHERE {{ <{ACCORD}> acc:party ?party }}"
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert response.mimetype == accept
    assert len(Graph().parse(data=response.text, format=format)) == 2


def test_head_and_options(client):
    got = client.get("/sparql", query_string={"query": PARTIES})
    head = client.head("/sparql", query_string={"query": PARTIES})
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (200, b"", str(len(got.data)))
    options = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert options.status_code == 200
    assert "POST" in options.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in options.headers["Access-Control-Allow-Headers"]


def test_the_dataset_of_the_protocol(client):
    query = "SELECT DISTINCT ?name WHERE { ?d dcterms:identifier ?name }"
    graph = str(ADDRESSES.document_graph(VISIT))
    response = client.get("/sparql", query_string={"query": query, "default-graph-uri": graph, "format": "csv"})
    assert response.text.split() == ["name", *VISIT.split()]
    inside = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    response = client.post("/sparql", data={"query": inside, "named-graph-uri": graph, "format": "csv"})
    assert response.text.split() == ["g", graph]


@pytest.mark.parametrize(
    ("request_", "status", "detail"),
    [
        ({"query_string": {"query": "SELECT *\nWHERE { ?s foo:p ?o }"}}, 400, "line 2, column 12: the prefix “foo:”"),
        ({"query_string": {"query": ""}}, 400, "there is no query"),
        ({"method": "POST"}, 400, "there is no query"),
        ({"method": "POST", "data": {"query": " "}}, 400, "there is no query"),
        ({"method": "QUERY"}, 400, "there is no query"),
        ({"method": "POST", "data": "", "content_type": "application/sparql-query"}, 400, "the query is empty"),
        ({"query_string": {"query": ["ASK {}", "ASK {}"]}}, 400, "one at a time"),
        ({"query_string": {"query": "SELECT (<http://x/f>() AS ?x) {}"}}, 400, "http://x/f"),
        ({"query_string": {"query": "ASK {}", "default-graph-uri": "no iri"}}, 400, ""),
        ({"query_string": {"query": "ASK {}", "timeout": "soon"}}, 400, "timeout takes a number of seconds"),
        ({"query_string": {"query": "ASK {}", "timeout": "nan"}}, 400, "timeout takes a number of seconds"),
        ({"method": "POST", "data": b"\xff", "content_type": "application/sparql-query"}, 400, "text in UTF-8"),
        (
            {
                "method": "POST",
                "data": PARTIES.encode("utf-16"),
                "content_type": "application/sparql-query;charset=utf-16",
            },
            415,
            "must be in UTF-8",
        ),
        *(
            (
                {"method": "POST", "data": "ASK {}", "content_type": f"application/sparql-query;charset={name}"},
                415,
                name,
            )
            for name in ("unicode_escape", "utf-7", "rot13", "punycode", "utf-32")
        ),
        (
            {
                "method": "POST",
                "data": b"ASK {} #\x81",
                "content_type": "application/sparql-query;charset=windows-1252",
            },
            400,
            "text in CP1252: its byte 9 is wrong",
        ),
        ({"method": "POST", "data": "ASK {}"}, 415, "text without a Content-Type"),
        ({"method": "POST", "data": "ASK {}", "content_type": "text/plain"}, 415, "not as text/plain"),
        ({"query_string": {"query": "ASK {}", "labels": "<b>"}}, 400, "labels takes the code of a language"),
        (
            {"method": "POST", "data": b"x", "content_type": "application/sparql-query;charset=x"},
            415,
            "not in x",
        ),
        ({"query_string": {"query": "INSERT DATA { <a> <b> <c> }"}}, 403, "INSERT is refused"),
        ({"query_string": {"query": "SELECT * { SERVICE <http://x/> {} }"}}, 403, "SERVICE is refused"),
        ({"method": "POST", "data": {"update": "CLEAR ALL"}}, 403, "only reads"),
        ({"method": "POST", "data": "CLEAR ALL", "content_type": "application/sparql-update"}, 403, "only reads"),
        ({"method": "PUT"}, 405, ""),
        (
            {"query_string": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}},
            406,
            "there are application/sparql",
        ),
        ({"query_string": {"query": "ASK {}", "format": "excel"}}, 406, "there is no format 'excel'"),
        ({"query_string": {"query": "ASK {}"}, "headers": {"Accept": "text/turtle"}}, 406, "this query is rows"),
        ({"query_string": {"query": "DESCRIBE acc:x", "format": "csv"}}, 406, "this query is a graph"),
        ({"method": "POST", "data": {"query": "ASK {}" + " " * 2**20}}, 413, ""),
        ({"method": "POST", "data": " " * 2**21, "content_type": "application/sparql-query"}, 413, ""),
        ({"method": "POST", "data": "{}", "content_type": "application/json"}, 415, "not as application/json"),
        ({"method": "POST", "data": b"", "content_type": "multipart/form-data; boundary=x"}, 415, ""),
        ({"query_string": {"query": FOREVER, "timeout": "0.2"}}, 504, "after 0.2 seconds"),
        ({"query_string": {"query": "SELECT *" + "{" * 20000 + "}" * 20000}}, 507, "too much memory"),
    ],
)
def test_errors_are_problems(client, request_, status, detail):
    response = client.open("/sparql", **request_)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    problem = json.loads(response.data)
    assert problem["status"] == status
    assert detail in problem["detail"]
    assert problem["type"].startswith("https://")
    assert response.headers["Cache-Control"] == "no-store"


def test_what_may_be_posted_is_told(client):
    response = client.post("/sparql", data="ASK {}", content_type="text/plain")
    assert response.headers["Accept-Post"] == "application/sparql-query, application/x-www-form-urlencoded"


def test_the_place_of_an_error(client):
    problem = json.loads(client.get("/sparql", query_string={"query": "SELECT *\nWHERE { ?s ?p }"}).data)
    assert (problem["line"], problem["column"]) == (2, 15)


def test_busy(data):
    app = create_app(data, queries=queries_folder(), workers=1, patience=0.05)
    try:
        with app.extensions["accord"].live.view().engine.answer(FOREVER.replace("(COUNT(*) AS ?n)", "*")):
            response = app.test_client().get("/sparql", query_string={"query": "ASK {}"})
        assert (response.status_code, response.headers["Retry-After"]) == (503, "1")
    finally:
        close_app(app)


def test_an_answer_above_the_limit_is_refused_and_not_cut(data):
    app = create_app(data, queries=queries_folder(), workers=1, answer_limit=1000)
    try:
        everything = app.test_client().get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"})
        assert everything.status_code == 507
        assert "more than 1,000 bytes" in everything.get_json(force=True)["detail"]
    finally:
        close_app(app)


@pytest.mark.parametrize("limit", [0, 10, 1000])
def test_answers_are_sent_with_their_length(client, limit):
    whole = client.get("/sparql.csv", query_string={"query": f"SELECT * {{ ?s ?p ?o }} LIMIT {limit}"})
    assert whole.content_length == len(whole.data)
    assert whole.data.count(b"\r\n") == limit + 1


def test_where_an_answer_cannot_be_broken_off_none_is_sent_in_part(client):
    """As for clients of HTTP 1.0, and everywhere but behind the real server."""
    query = FOREVER.replace("(COUNT(*) AS ?n)", "*")
    assert client.get("/sparql.csv", query_string={"query": query, "timeout": "2"}).status_code == 504


def test_who_has_the_answer_is_told_so(client):
    first = client.get("/sparql", query_string={"query": PARTIES})
    again = {"If-None-Match": first.headers["ETag"]}
    same = client.get("/sparql", query_string={"query": PARTIES}, headers=again)
    assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", first.headers["ETag"])
    for other in ({"query": PARTIES, "format": "csv"}, {"query": PARTIES + " LIMIT 1"}):
        assert client.get("/sparql", query_string=other, headers=again).status_code == 200
    assert "ETag" not in client.get("/sparql", query_string={"query": "SELECT (NOW() AS ?now) {}"}).headers


def test_a_query_in_another_character_set(client):
    query = 'SELECT ("hội thảo, Fähre" AS ?text) {}'.replace("ộ", "o").replace("ả", "a")
    said = {"Content-Type": "application/sparql-query; charset=latin-1"}
    assert "Fähre" in client.post("/sparql", data=query.encode("latin-1"), headers=said).text


def test_the_form(page):
    assert '<textarea id="query" name="query"' in page("/sparql")
    shown = page(
        "/sparql", query="SELECT ?a ?aLabel ?n { ?a a acc:Agreement ; rdfs:label ?aLabel . BIND(12345 AS ?n) }"
    )
    assert '<a href="/resource/instrument/lake-accord" title="' + ACCORD + '">Lake Accord</a>' in shown
    assert '<td class="number">12,345</td>' in shown
    assert "aLabel</th>" not in shown
    assert ">JSON</a>" in shown
    graph = page("/sparql", query=f"CONSTRUCT WHERE {{ <{ACCORD}> acc:party ?party }}", format="html")
    assert 'href="/resource/organisation/boat-school"' in graph
    assert ">Turtle</a>" in graph
    named = page("/sparql", query="ASK {}", labels="vi", **{"default-graph-uri": "http://x/y"})
    assert "format=csv&amp;default-graph-uri=http://x/y&amp;labels=vi" in named
    assert "The answer has no rows" in page("/sparql", query="SELECT * { ?x acc:nothing ?y }")


def test_the_form_tells_errors(page):
    shown = page("/sparql", query="SELECT * { ?s foo:<script> }", status=400)
    assert "SELECT * { ?s foo:&lt;script&gt; }</textarea>" in shown
    assert '<div class="problem" role="alert" data-line="1" data-column="15">' in shown
    assert "<script>" not in shown


def test_a_long_answer_says_that_it_goes_on(page):
    assert "The first 1000 rows" in page("/sparql", query="SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 5000")
