"""Hostile values over HTTP: they change neither the structure of a query nor what others are answered."""

import csv
import io

import pytest

from tests.kg.saved.test_hostile_values import HEAD, NAMES, VALUES, structure

TEXT = (
    HEAD.replace("#+ parameters:", "#+ description: Gives back what is typed.\n#+ parameters:")
    + """
SELECT ?given ?agreement WHERE {
  ?agreement acc:party ?party .
  VALUES ?_p { UNDEF }
  VALUES ?_p2_iri { UNDEF }
  VALUES ?_p3_integer { UNDEF }
  VALUES ?_p4_decimal { UNDEF }
  VALUES ?_p5_date { UNDEF }
  VALUES ?_p6_boolean { UNDEF }
  VALUES ?_p7_en { UNDEF }
  VALUES ?_p8 { UNDEF }
  BIND(?_p AS ?given)
}
"""
)
SENDABLE = [value for value in VALUES if "\ud800" not in value]


@pytest.fixture
def client(app, save, library):
    if not any(one.name == "hostile" for one in library.list()):
        save("hostile", TEXT)
    app.extensions["accord"].budget.seconds = 0  # all of it comes from one address
    return app.test_client()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_five_hundred_hostile_values(client):
    assert len(VALUES) == 500
    others = {path: client.get(path).data for path in ("/queries/hostile.csv", "/queries/agreements.csv")}
    whole, _ = structure(client.get("/queries/hostile.rq").text)
    taken = 0
    for number, value in enumerate(SENDABLE):
        name = NAMES[number % len(NAMES)]
        for asked in dict.fromkeys(("p", name)):
            query = client.get("/queries/hostile.rq", query_string={asked: value})
            answer = client.get("/queries/hostile.csv", query_string={asked: value})
            assert query.status_code == answer.status_code
            if query.status_code == 200:
                assert structure(query.text)[0] == whole, value
                rows = list(csv.DictReader(io.StringIO(answer.data.decode(), newline="")))
                assert len(rows) == 2, value
                if asked == "p":
                    assert {row["given"] for row in rows} == {value.strip()}, value
                taken += 1
            else:
                assert query.status_code == 400, value
                assert f"the parameter {asked} takes" in answer.get_json()["detail"]
    assert taken >= len(SENDABLE)
    for path, before in others.items():
        assert client.get(path).data == before


def test_pages_show_hostile_values_as_text(client):
    for value in SENDABLE[:: len(SENDABLE) // 60]:
        page = client.get("/queries/hostile", query_string={"p": value, "p2": value}, headers={"Accept": "text/html"})
        assert page.status_code in {200, 400}
        assert page.text.count("<h1") == 1 and "<script>" not in page.text


@pytest.mark.parametrize("name", ["p9", "_p", "P", "p p", "?_p", "release.", "__class__"])
def test_unknown_names_are_refused(client, name):
    response = client.get("/queries/hostile.csv", query_string={name: "x"})
    assert response.status_code == 400 and "has no parameter" in response.get_json()["detail"]
