"""Answers from memory: what is kept, for whom, and how long."""

import shutil

import pytest
from prometheus_client.parser import text_string_to_metric_families

from kg.resources import queries_folder
from kg.web import close_app, create_app
from kg.web.cache import Cache, Kept
from tests.kg.served import EXAMPLE, make_release

NAMES = "SELECT ?name WHERE { ?o a acc:Organisation ; rdfs:label ?name } ORDER BY ?name"


def kept(size):
    return Kept("200 OK", (), b"x" * size)


def test_the_cache_forgets_what_was_asked_for_longest_ago():
    cache = Cache(40_000)
    for key in "abcdefgh":
        cache.put(key, kept(3_900))
    assert cache.get("a")
    cache.put("i", kept(3_900))
    assert cache.get("b") is None
    assert cache.get("a") and cache.get("i")
    assert cache.size <= cache.limit
    cache.put("a", kept(10))
    assert len(cache.get("a").body) == 10
    cache.put("large", kept(cache.largest))
    assert cache.get("large") is None


def test_a_cache_of_nothing_keeps_nothing():
    cache = Cache(0)
    cache.put("a", kept(0))
    assert (cache.get("a"), cache.size, len(cache)) == (None, 0, 0)


def figures(client):
    text = client.get("/metrics").text
    return {sample.name: sample.value for family in text_string_to_metric_families(text) for sample in family.samples}


@pytest.fixture
def served(data, tmp_path):
    """A folder with a release, and the application on it."""
    shutil.copytree(data, tmp_path / "data", symlinks=True)
    app = create_app(tmp_path / "data", queries=queries_folder(), workers=1)
    yield tmp_path / "data", app.test_client(use_cookies=False)
    close_app(app)


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        (f"/sparql?query={NAMES}", "text/csv"),
        (f"/sparql?query={NAMES}", "application/sparql-results+json"),
        ("/resource/project/boats-for-all", "text/html"),
        ("/resource/project/boats-for-all", "text/turtle"),
        ("/queries/agreements.csv", "*/*"),
        ("/documents/plan.txt", "text/html"),
        ("/", "text/html"),
    ],
)
def test_the_second_time_it_comes_from_memory(served, path, accept):
    _, client = served
    first = client.get(path, headers={"Accept": accept})
    asked = figures(client)["accord_queries_total"]
    again = client.get(path, headers={"Accept": accept})
    assert (again.status_code, again.data) == (200, first.data)
    assert dict(again.headers) == dict(first.headers)
    assert first.headers["ETag"]
    after = figures(client)
    assert (after["accord_queries_total"], after["accord_cache_hits_total"]) == (asked, 1)
    assert after["accord_cache_hit_ratio"] == 0.5
    for tag in (first.headers["ETag"], f'"other", {first.headers["ETag"]}', "*"):
        same = client.get(path, headers={"Accept": accept, "If-None-Match": tag})
        assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", first.headers["ETag"])
        assert "Accept" in same.headers["Vary"] or path == "/" or "documents" in path
    assert client.get(path, headers={"Accept": accept, "If-None-Match": '"other"'}).status_code == 200


def test_formats_and_codings_are_kept_apart(served):
    _, client = served
    path = f"/sparql?query={NAMES} # {'long ' * 300}"
    seen = set()
    for _ in range(2):
        for headers in (
            {"Accept": "text/csv"},
            {"Accept": "application/sparql-results+xml"},
            {"Accept-Encoding": "gzip"},
        ):
            response = client.get(path, headers=headers)
            assert response.status_code == 200
            seen.add((response.content_type, response.data))
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/sparql?query=SELECT (NOW() AS ?now) {}", {}),
        ("/sparql?query=ASK {}", {"Cookie": "a=b"}),
        ("/sparql?query=ASK {}", {"Authorization": "Bearer x"}),
        ("/sparql?query=ASK {}", {"Cache-Control": "no-cache"}),
        ("/sparql?query=ASK {", {}),
        ("/health", {}),
        ("/nothing", {}),
    ],
)
def test_what_is_not_kept(served, path, headers):
    _, client = served
    for _ in range(3):
        client.get(path, headers=headers)
    assert figures(client)["accord_cache_hits_total"] == 0


def test_a_new_release_has_new_answers(served):
    folder, client = served
    path = f"/sparql?query={NAMES}"
    first = [client.get(path) for _ in range(2)][1]
    make_release(folder, EXAMPLE)
    second = client.get(path)
    assert [response.headers["X-Accord-Release"] for response in (first, second)] == ["1", "2"]
    assert first.headers["ETag"] != second.headers["ETag"]
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_posted_queries_are_kept_too(served):
    _, client = served
    first = client.post("/sparql", data={"query": NAMES})
    asked = figures(client)["accord_queries_total"]
    again = client.post("/sparql", data={"query": NAMES})
    assert (again.data, again.content_type, again.headers["ETag"]) == (
        first.data,
        first.content_type,
        first.headers["ETag"],
    )
    assert figures(client)["accord_queries_total"] == asked
    assert client.post("/sparql", data={"query": NAMES, "format": "csv"}).data != first.data


def test_the_short_way_gives_what_the_long_way_gives(served):
    _, client = served
    quick = client.application.wsgi_app._quick
    long = {"Cookie": "a=b"}  # never goes the short way
    for accept in ("text/csv", "application/sparql-results+json", "*/*", "text/html;q=0.1, text/tab-separated-values"):
        headers = {"Accept": accept}
        client.get("/sparql?query=ASK { ?pattern ?p ?o }", headers=headers)
        for query in (
            "SELECT ?name { ?a acc:party/rdfs:label ?name }",
            "SELECT * { ?s rdfs:label ?o }",  # too long to be small
            "SELECT * { ?s foo:x ?o }",
            "SELECT ?none { ?s rdfs:label ?o }",  # has a warning
            "SELECT * { ?s acc:partyy ?o }",  # has a warning
            "ASK {}",
            "SELECT (1 AS ?x) {} # NOW()",
            "SELECT (<x> AS ?relative) {}",
            "DESCRIBE acc:Project",
            "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 1",
            " ",
            "INSERT DATA {}",
            "SELECT * { SERVICE <http://x/> {} }",
        ):
            one, other = (
                client.get("/sparql", query_string={"query": query}, headers={**headers, **more}) for more in ({}, long)
            )
            assert (one.status_code, sorted(one.headers)) == (other.status_code, sorted(other.headers))
            assert one.data == other.data
    assert len(quick._patterns) == 4


def test_the_short_way_runs_nothing_twice(served):
    _, client = served
    client.get("/sparql?query=ASK {}", headers={"Accept": "text/csv"})
    for query, status in (
        ("SELECT * { ?s rdfs:label ?o }", 200),
        ("SELECT * { ?s ?p", 400),
        ("DESCRIBE acc:Project", 406),
    ):
        client.get("/sparql", query_string={"query": query + " # first"}, headers={"Accept": "text/csv"})
        before = figures(client)
        response = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"})
        after = figures(client)
        assert response.status_code == status
        assert after["accord_query_seconds_count"] == before["accord_query_seconds_count"] + 1
