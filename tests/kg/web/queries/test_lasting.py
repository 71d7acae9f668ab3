"""A pinned link gives the same bytes after ten later releases and a restart, and pruned releases are told of."""

from dataclasses import replace

import pytest

from kg.accounts import add_user
from kg.database import open_database, sqlite_url, upgrade
from kg.release import prune
from kg.resources import queries_folder
from kg.saved import open_library
from kg.web import close_app, create_app
from tests.kg.served import ACCORD, EXAMPLE, make_release
from tests.kg.web.queries.conftest import PAGE, text

PATHS = [
    "/queries/own@1.csv?release=1",
    "/queries/own@1.json?release=1",
    "/queries/own@1.xml?release=1&labels=en&format=xml",
    "/queries/own@1.tsv?release=1&labels=en&safe=1",
    "/queries/own@1.xlsx?release=1",
    "/queries/own@1.rq?release=1",
    "/queries/own@1.csv?release=1&page=1&page_size=1",
    "/queries/agreements@1.csv?release=1&party=office",
    "/queries/agreements@1?release=1&format=json",
    "/queries/graph@1.ttl?release=1",
    *(f"/queries/mixed@1.csv?release=1&page={number}&page_size=3" for number in (1, 2, 3)),
    "/queries/mixed@1.csv?release=1",
]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    return sqlite_url(tmp_path) if request.param == "sqlite" else request.getfixturevalue("cluster").new_url()


def changed(number):
    """The example with another name for its agreement."""
    return replace(EXAMPLE, names={**EXAMPLE.names, ACCORD: (f"Lake Accord {number}",)})


def test_the_same_bytes_after_ten_releases_and_a_restart(tmp_path, url):
    data, settings = tmp_path / "data", {"queries": queries_folder(), "database": url, "workers": 1}
    make_release(data, EXAMPLE)
    database = open_database(url)
    upgrade(database)
    library, anna = open_library(database, None), add_user(database, "anna", role="editor", by="test")
    where = "?agreement rdfs:label ?name ; acc:party ?party ."
    library.save("own", text("Own", where=where, select="?name ?party"), anna, based_on=None)
    graph = "#+ title: A graph\nCONSTRUCT { ?a acc:party ?b } WHERE { ?a acc:party ?b }\n"
    library.save("graph", graph, anna, based_on=None)
    # The store takes the branches of this one in another order each time.
    branches = "{ ?x acc:party/rdfs:label ?name } UNION { ?x acc:holder/rdfs:label ?name } UNION { ?x acc:value ?name }"
    mixed = f"#+ title: Mixed\nSELECT ?x ?name WHERE {{ {branches} }}\n"
    library.save("mixed", mixed, anna, based_on=None)

    def look(app):
        client = app.test_client()
        found = {}
        for path in PATHS:
            for _ in range(2):  # the second one comes from memory
                response = client.get(path)
                assert response.status_code == 200, response.text
                assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
                assert response.headers["X-Accord-Release"] == "1"
                assert found.setdefault(path, (response.data, response.headers["ETag"])) == (
                    response.data,
                    response.headers["ETag"],
                )
            known = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
            assert known.status_code == 304 and known.headers["ETag"] == response.headers["ETag"]
        page = client.get("/queries/own@1?release=1", headers={"Accept": PAGE})
        assert "from release 1 of" in page.text and "immutable" not in page.headers["Cache-Control"]
        return found

    app = create_app(data, **settings)
    first = look(app)
    for number in range(10):
        make_release(data, changed(number))
        if number == 0:
            library.save("own", text("Changed", select="?party"), anna, based_on=1)
        if number in {0, 9}:
            assert look(app) == first
            assert f"Lake Accord {number}" in app.test_client().get("/queries/agreements.csv").text
    library.delete("graph", anna)
    close_app(app)
    app = create_app(data, **settings)
    try:
        assert look(app) == first
    finally:
        close_app(app)
        database.close()


def test_releases_that_were_removed(tmp_path):
    data = tmp_path / "data"
    for _ in range(6):
        make_release(data, EXAMPLE)
    app = create_app(data, queries=queries_folder(), workers=1)
    live = app.extensions["accord"].live
    try:
        client = app.test_client()
        for number in (1, 2, 3, 4, 5, 6, 1):
            response = client.get("/queries/agreements.csv", query_string={"release": number})
            assert (response.status_code, response.headers["X-Accord-Release"]) == (200, str(number))
            assert len(live._older) <= 3, "only a few are open at a time"
        assert prune(data, 2, {3}) == [1, 2, 4]
        for number in (1, 2, 4):
            gone = client.get("/queries/agreements.csv", query_string={"release": number})
            assert gone.status_code == 404
            assert f"there is no release {number}, or it was removed; there are: 3, 5, 6" in gone.get_json()["detail"]
        assert client.get("/queries/agreements.csv?release=3").status_code == 200
    finally:
        close_app(app)


def test_answers_that_differ_each_time_are_not_lasting(tmp_path):
    data = tmp_path / "data"
    make_release(data, EXAMPLE)
    folder = tmp_path / "queries"
    folder.mkdir()
    (folder / "dice.rq").write_text("#+ title: Dice\nSELECT (RAND() AS ?dice) {}\n")
    app = create_app(data, queries=folder, workers=1)
    try:
        response = app.test_client().get("/queries/dice@1.csv?release=1")
        assert "ETag" not in response.headers and response.headers["Cache-Control"] == "no-cache"
        assert response.text != app.test_client().get("/queries/dice@1.csv?release=1").text
    finally:
        close_app(app)


def test_repeated_links_come_from_memory(tmp_path):
    data = tmp_path / "data"
    for _ in range(2):
        make_release(data, EXAMPLE)
    app = create_app(data, queries=queries_folder(), workers=1)
    own = app.extensions["accord"]
    try:
        add = add_user(own.library.database, "anna", role="editor", by="test")
        own.library.save("own", text("Own"), add, based_on=None)
        own.changes.look()
        client = app.test_client()
        for path in (
            "/queries/own.csv",
            "/queries/own@1.csv?release=1",
            "/queries/agreements.json?page=1",
            "/queries/own",
        ):
            accept = PAGE if path == "/queries/own" else "*/*"
            client.get(path, headers={"Accept": accept})
            hits = own.figures.hits._value.get()
            client.get(path, headers={"Accept": accept})
            assert own.figures.hits._value.get() == hits + 1, path
    finally:
        close_app(app)
