"""Parts of an answer and the links between them."""

import csv
import io
import re

import pytest

from kg.engine import Engine
from kg.errors import SavedQueryError
from kg.web.queries.paging import cut
from tests.kg.web.queries.conftest import MANY, text

ALL = MANY + 2


def related(response):
    found = re.findall(r'<([^>]+)>; rel="(\w+)"', response.headers.get("Link", ""))
    return {relation: address.removeprefix("http://localhost") for address, relation in found}


def test_the_parts_are_the_whole(ask):
    whole = list(csv.reader(io.StringIO(ask("/queries/statistics.csv", page=False).text)))
    rows, address, visited = [], "/queries/statistics.csv?page_size=100", 0
    while address:
        part = ask(address, page=False)
        head, *found = csv.reader(io.StringIO(part.text))
        assert head == whole[0] and len(found) <= 100
        rows, visited, links = rows + found, visited + 1, related(part)
        assert links["first"] == "/queries/statistics.csv?page=1&page_size=100"
        assert links["last"] == "/queries/statistics.csv?page=5&page_size=100"
        assert ("prev" in links) == (visited > 1)
        address = links.get("next")
    assert rows == whole[1:] and len(rows) == ALL and visited == 5


def test_a_page_says_how_much_there_is(ask):
    page = ask("/queries/statistics")
    assert f"Rows 1 to 200 of {ALL}, from release 2" in page.text and "Page 1 of 3" in page.text
    assert related(page) == {
        "first": "/queries/statistics",
        "next": "/queries/statistics?page=2",
        "last": "/queries/statistics?page=3",
    }
    last = ask("/queries/statistics", page=True, headers=(), **{"page_size": 100, "unit": "boats"})
    assert 'rel="next" href="/queries/statistics?unit=boats&amp;page=2&amp;page_size=100"' in last.text
    end = ask("/queries/statistics?page=3")
    assert f"Rows 401 to {ALL} of {ALL}" in end.text and 'rel="next"' not in end.text and 'rel="prev"' in end.text
    beyond = ask("/queries/statistics?page=9")
    assert f"No rows here of {ALL}" in beyond.text and related(beyond)["prev"] == "/queries/statistics?page=3"
    small = ask("/queries/statistics", release=1)
    assert "2 rows, from release 1" in small.text and "Page 1" not in small.text and "Link" not in small.headers


def test_parts_have_tags_of_their_own(ask):
    tags = {
        ask(f"/queries/statistics@1.csv?release=2&page={number}", page=False).headers["ETag"] for number in (1, 2, 3)
    }
    assert len(tags) == 3


def test_a_limit_of_the_query_holds(ask, save):
    save(
        "limited",
        text("Limited", where="?s acc:value ?v", select="?s ?v").rstrip() + "\nLIMIT 250 # not more\nOFFSET 3\n",
    )
    whole = ask("/queries/limited.csv", page=False).text.splitlines()
    rows = [
        row
        for n in (1, 2, 3)
        for row in ask(f"/queries/limited.csv?page={n}&page_size=100", page=False).text.splitlines()[1:]
    ]
    assert rows == whole[1:] and len(rows) == 250
    assert "Rows 201 to 250 of 250" in ask("/queries/limited?page=2").text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
        "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 25",
        "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o OFFSET 5 LIMIT 25",
        "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 25 OFFSET 7 # LIMIT 3",
        "SELECT ?limit { ?limit ?offset ?values } ORDER BY ?limit ?offset ?values LIMIT 25",
        "SELECT * { { SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 40 OFFSET 2 } } ORDER BY ?s ?p ?o",
        "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 25 VALUES ?p { rdfs:label }",
        "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o VALUES ?p { rdfs:label UNDEF }",
        "SELECT (COUNT(*) AS ?n) ?p { ?s ?p ?o } GROUP BY ?p HAVING (COUNT(*) > 1) ORDER BY ?p",
        "# LIMIT 1\nPREFIX limit: <http://e/> SELECT * { ?s ?p ?o FILTER(?o != 'LIMIT 3' && ?p != limit:x) } "
        "ORDER BY ?s ?p ?o # end",
    ],
)
def test_cutting_keeps_the_rows(data, query):
    with Engine(data / "releases" / "000001" / "store", workers=1) as engine:
        whole = engine.select(query).rows[:60]
        parts = [row for start in range(0, 60, 10) for row in engine.select(cut(query, start, 10)).rows]
        assert tuple(parts) == whole and whole


@pytest.mark.parametrize("query", ["ASK {}", "DESCRIBE <a:a>", "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", ""])
def test_only_rows_are_cut(query):
    with pytest.raises(SavedQueryError, match="only the rows of a SELECT"):
        cut(query, 0, 10)
