import hashlib

import pytest

from kg.engine import Engine, Table, Term
from kg.errors import SavedQueryError
from kg.saved import (
    Choice,
    Expectation,
    Parameter,
    Source,
    bind,
    broken_expectations,
    canonical_csv,
    choices,
    digest,
    is_ordered,
    parse,
)
from tests.kg.served import EXAMPLE, make_release


def table(*rows, columns=("a", "b")):
    return Table(columns, tuple(tuple(None if c is None else Term("literal", c) for c in row) for row in rows))


TWO = table(("x", None), ("y", ""))


@pytest.mark.parametrize(
    ("expect", "broken"),
    [
        (None, []),
        (Expectation(2, 2, ("a", "b"), ("a",)), []),
        (Expectation(at_least=3), ["it gives 2 rows, and 3 at least are expected"]),
        (Expectation(at_most=1), ["it gives 2 rows, and 1 at most are expected"]),
        (Expectation(columns=("a", "c")), ["it gives no column c"]),
        (Expectation(filled=("b", "c")), ["2 of 2 rows have nothing in the column b", "it gives no column c"]),
        (Expectation(columns=("c",), filled=("c",)), ["it gives no column c"]),
    ],
)
def test_what_does_not_hold_is_told(expect, broken):
    assert list(broken_expectations(expect, TWO)) == broken


def test_rows_are_sorted_unless_the_query_sorts_them():
    answer = table(("b", None), ('a,"', "1"))
    assert canonical_csv("SELECT ?a ?b {}", answer) == b'a,b\r\n"a,""",1\r\nb,\r\n'
    assert canonical_csv("SELECT ?a ?b {} ORDER BY ?a", answer) == b'a,b\r\nb,\r\n"a,""",1\r\n'


@pytest.mark.parametrize(
    ("query", "ordered"),
    [
        ("SELECT * {} ORDER BY ?a", True),
        ("select * {} order  # by\n by ?a limit 5", True),
        ("SELECT * { { SELECT * {} ORDER BY ?a } }", False),
        ("SELECT * { ?a ?b 'ORDER BY ?a' } # ORDER BY ?a", False),
        ("SELECT ?order ?by {}", False),
    ],
)
def test_whether_a_query_sorts(query, ordered):
    assert is_ordered(query) == ordered


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    release = make_release(tmp_path_factory.mktemp("expectations") / "data", EXAMPLE)
    with Engine(release.store, workers=1) as engine:
        yield engine


@pytest.mark.parametrize("columns", ["?name", "?thing ?name", "?nothing", "?nothing ?name"])
def test_the_hash_is_that_of_the_file_that_the_server_gives_out(engine, columns):
    query = f"SELECT {columns} WHERE {{ ?thing rdfs:label ?name }} ORDER BY ?name ?thing"
    with engine.answer(query, "csv") as answer:
        given = b"".join(answer)
    assert canonical_csv(query, engine.select(query)) == given
    assert digest(query, engine.select(query)) == hashlib.sha256(given).hexdigest()


PLACES = parse("places", "#+ title: t\nSELECT ?place ?placeLabel WHERE {\n?place a acc:City ; rdfs:label ?placeLabel }")


def test_values_from_another_query(engine):
    parameter = Parameter("place", "iri", None, "", source=Source("places", "place"))
    (choice,) = found = choices(parameter, {"places": PLACES}.__getitem__, engine.select)
    assert choice.label == "Harbour Town" and choice.value.startswith("https://")
    query = parse(
        "q",
        "#+ title: t\n#+ parameters: [{name: place, type: iri, values: {query: places, column: place}}]\n"
        "SELECT * {\nVALUES ?_place_iri { UNDEF }\n}",
    )
    allowed = {"place": [one.value for one in found]}
    assert f"<{choice.value}>" in bind(query, {"place": choice.value}, allowed)
    with pytest.raises(SavedQueryError, match=r"place takes one of https.*, not 'http://a/b'"):
        bind(query, {"place": "http://a/b"}, allowed)


def test_values_from_a_list(engine):
    parameter = Parameter("kind", "string", None, "", enum=("b", "a"))
    assert choices(parameter, {}.__getitem__, engine.select) == (Choice("b", "b"), Choice("a", "a"))
    assert choices(Parameter("free", "string", None, ""), {}.__getitem__, engine.select) == ()


def test_a_column_that_the_other_query_does_not_give(engine):
    parameter = Parameter("place", "iri", None, "", source=Source("places", "city"))
    with pytest.raises(SavedQueryError, match="the column 'city' of the query places, which gives the columns place"):
        choices(parameter, {"places": PLACES}.__getitem__, engine.select)
