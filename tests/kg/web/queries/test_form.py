"""The form of the parameters, by their types, and values that they do not take."""

import re

import pytest

from tests.kg.web.queries.conftest import text

TYPES = """parameters:
  - {name: party, type: iri, description: An organisation.}
  - {name: since, type: date}
  - {name: number, type: integer, required: true, default: 3}
  - {name: share, type: decimal}
  - {name: exact, type: boolean}
  - {name: kind, enum: [treaty, "<memo>"]}
  - {name: signer, type: iri, values: {query: all-parties, column: party}}
  - {name: said, language: en}"""
WHERE = """?agreement acc:party ?party .
  VALUES ?_party_iri { UNDEF }
  VALUES ?_since_date { UNDEF }
  VALUES ?_number_integer { 3 }
  VALUES ?_share_decimal { UNDEF }
  VALUES ?_exact_boolean { UNDEF }
  VALUES ?_kind { UNDEF }
  VALUES ?_signer_iri { UNDEF }
  VALUES ?_said_en { UNDEF }
  FILTER(!BOUND(?_party_iri) || ?party = ?_party_iri)
  FILTER(!BOUND(?_signer_iri) || ?_signer_iri = ?party)"""
OFFICE = "https://w3id.org/accord-kg/id/organisation/skills-office"
SCHOOL = "https://w3id.org/accord-kg/id/organisation/boat-school"


@pytest.fixture(autouse=True)
def _typed(library, save):
    if not any(one.name == "typed" for one in library.list()):
        source = "?agreement acc:party ?party . ?party rdfs:label ?partyLabel"
        save("all-parties", text("All parties", where=source, select="?party ?partyLabel"))
        save("typed", text("Typed", head=TYPES, where=WHERE))


def test_a_field_for_each_type(ask):
    page = ask("/queries/typed", kind="treaty", exact="true").text
    fields = dict(re.findall(r'<(?:input|select) id="value-(\w+)"(.*?)>', page))
    assert list(fields) == ["party", "since", "number", "share", "exact", "kind", "signer", "said"]
    assert (
        'inputmode="numeric"' in fields["number"] and "required" in fields["number"] and 'value="3"' in fields["number"]
    )
    assert 'placeholder="2023-11-29"' in fields["since"] and "pattern=" in fields["since"]
    assert 'inputmode="decimal"' in fields["share"] and 'lang="en"' in fields["said"]
    assert '<option value="treaty" selected>' in page and '<option value="&lt;memo&gt;">' in page
    assert '<option value="true" selected>yes</option>' in page
    assert f'<option value="{OFFICE}">Skills Office</option>' in page
    proposed = page[page.index('<datalist id="proposed-party">') :]
    assert f'<option value="{SCHOOL}">Bờ Hồ Boat School</option>' in proposed[: proposed.index("</datalist>")]
    for field in fields:
        assert f'<label for="value-{field}"' in page


@pytest.mark.parametrize(
    ("name", "value", "takes"),
    [
        ("party", "no iri", "an absolute IRI such as http://example.org/thing"),
        ("since", "last year", "a year, month or day such as 2023, 2023-11 or 2023-11-29"),
        ("number", "three", "a whole number such as 12"),
        ("share", "a half", "a number such as 7.5"),
        ("exact", "perhaps", "true or false"),
        ("kind", "pact", "one of &lt;memo&gt;, treaty"),
        ("signer", "http://example.org/nobody", f"one of {SCHOOL}, {OFFICE}"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_taken(ask, name, value, takes):
    page = ask("/queries/typed", status=400, **{name: value}).text
    assert f"the parameter {name} takes {takes}, not" in page
    assert re.search(rf'id="value-{name}"[^>]*aria-invalid="true"', page)
    assert len(re.findall(r'aria-invalid="true"', page)) == 1
    assert value in page, "it can be put right"
    problem = ask("/queries/typed.csv", page=False, status=400, **{name: value}).get_json()
    assert problem["detail"].startswith(f"the parameter {name} takes")
    assert "X-Accord-Query" in ask("/queries/typed.csv", page=False, status=400, **{name: value}).headers


def test_values_of_a_list(ask):
    for name in ("party", "signer"):
        rows = ask("/queries/typed.csv", page=False, **{name: OFFICE}).text.splitlines()
        assert len(rows) == 2 and rows[1].endswith(OFFICE)


def test_a_pinned_link_does_not_depend_on_what_another_query_lists(ask, save, library):
    pinned = {"page": False, "release": 1, "signer": OFFICE}
    before = ask("/queries/typed@1.csv", **pinned)
    latest = library.find("all-parties").version
    save("all-parties", text("None", where="?a acc:nothing ?party", select="?party"), based_on=latest)
    after = ask("/queries/typed@1.csv", **pinned)
    assert (before.data, before.headers["ETag"]) == (after.data, after.headers["ETag"])
    library_text = text(
        "All parties", where="?x acc:party ?party . ?party rdfs:label ?partyLabel", select="?party ?partyLabel"
    )
    save("all-parties", library_text, based_on=latest + 1)


def test_a_list_that_the_asker_may_not_see_is_no_list(ask, save, library):
    save("hidden-list", text("Hidden", head="visibility: private", where="?a acc:party ?party", select="?party"))
    head = "parameters:\n  - {name: party, type: iri, values: {query: hidden-list, column: party}}"
    where = "?a acc:party ?party .\n  VALUES ?_party_iri { UNDEF }\n  FILTER(!BOUND(?_party_iri))"
    save("lists", text("Lists", head=head, where=where, select="?a"))
    assert "<select" not in ask("/queries/lists").text
    assert "<select" in ask("/queries/lists", "anna").text
