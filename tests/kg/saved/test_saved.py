"""Saved queries: the files that come with the product, files that are wrong, and values that people type."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.engine import Engine
from kg.errors import SavedQueryError, UnknownQueryError
from kg.resources import queries_folder
from kg.saved import Parameter, SavedQuery, bind, find_saved, load_saved, read_saved
from tests.kg.served import EXAMPLE, make_release

SAVED = load_saved(queries_folder())
GOOD = """#+ title: A title
#+ tags: [one, two]
#+ parameters:
#+   - name: word
#+     description: Some text.
#+   - name: since
#+     type: date
#+   - name: thing
#+     type: iri
#+   - name: size
#+     type: decimal
#+   - name: count
#+     type: integer
#+     default: 5
#+   - name: open
#+     type: boolean
#+   - name: title
#+     language: en
SELECT * WHERE {
  VALUES ?_word { UNDEF }
  VALUES ?_since_date { UNDEF }
  VALUES ?_thing_iri { UNDEF }
  VALUES ?_size_decimal { UNDEF }
  VALUES ?_count_integer { 5 }
  VALUES ?_open_boolean { UNDEF }
  VALUES ?_title_en { UNDEF }
}
"""
ANYTHING = SavedQuery(
    "anything", "", "", (), (Parameter("word", "string", None, ""),), "SELECT ?_word ?x {\nVALUES ?_word { UNDEF }\n}"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    release = make_release(tmp_path_factory.mktemp("saved") / "data", EXAMPLE)
    with Engine(release.store, workers=1) as engine:
        yield engine


@pytest.fixture
def write(tmp_path):
    def write(text, name="good.rq"):
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return write


def test_there_are_ten_at_least():
    assert len(SAVED) >= 10


@pytest.mark.parametrize("query", SAVED.values(), ids=SAVED.keys())
def test_a_file_runs_in_any_tool_and_answers(engine, query):
    assert bind(query, {}) == query.text
    table = engine.select(query.text)
    assert table.rows
    assert len(set(table.rows)) == len(table.rows)
    assert query.title and query.description and query.tags
    assert all(parameter.description for parameter in query.parameters)


@pytest.mark.parametrize(
    ("name", "values", "column", "expected"),
    [
        ("agreements", {"party": "SO"}, "agreementLabel", {"Lake Accord"}),
        (
            "agreements",
            {"year": "2031"},
            "parties",
            {"Bờ Hồ Boat School · Skills Office", "Skills Office · Bờ Hồ Boat School"},
        ),
        ("agreements", {"year": "2030"}, "agreementLabel", set()),
        ("agreements", {}, "kind", {"Cooperation agreement"}),
        ("parties-by-year", {"party": "boat"}, "year", {"2031"}),
        ("projects", {"organisation": "oar makers"}, "runBy", {"Bờ Hồ Boat School"}),
        ("projects", {"project": "boats"}, "paidBy", {"Oar Makers' Union"}),
        ("projects", {"organisation": "skills office"}, "projectLabel", set()),
        ("statistics", {"unit": "BOATS"}, "value", {"26000", "25400"}),
        ("statistics", {"about": "for all"}, "bound", {"approximate", "exact"}),
        ("statistics", {"place": "harbour"}, "value", set()),
        ("statistics-side-by-side", {"contradictions": "true"}, "documentLabel", {"visit to norland.txt", "plan.txt"}),
        ("statistics-side-by-side", {"contradictions": "false"}, "documentLabel", set()),
        ("offices", {"organisation": "SO"}, "office", {"Director"}),
        ("offices", {"person": "nobody"}, "office", set()),
        ("parts-of-an-organisation", {"organisation": "so"}, "bodyLabel", {"Bờ Hồ Boat School"}),
        ("laws-and-conventions", {"kind": "law"}, "instrumentLabel", {"Fishing Act"}),
        ("laws-and-conventions", {"name": "12/31"}, "documents", {"plan.txt"}),
        ("events", {"since": "2031", "until": "2031"}, "eventLabel", {"Workshop on knots"}),
        ("events", {"since": "2031-06"}, "eventLabel", set()),
        ("events", {"until": "2031-04-30"}, "eventLabel", set()),
        ("events", {"kind": "workshop", "place": ""}, "start", {"2031-05"}),
        ("organisations-in-several-documents", {}, "organisationLabel", {"Skills Office"}),
        ("organisations-in-several-documents", {"documents": "3"}, "organisationLabel", set()),
        ("development-goals", {"goal": "8"}, "contributorLabel", {"Boats for All"}),
        ("development-goals", {"goal": "18"}, "contributorLabel", set()),
        ("evidence", {"name": "oar makers"}, "words", {"the Oar Makers' Union pays for"}),
        ("evidence", {"confidence": "0.95"}, "words", set()),
    ],
)
def test_parameters_choose(engine, name, values, column, expected):
    found = {record.get(column) for record in engine.select(bind(SAVED[name], values)).records()}
    assert found == expected or (found and found < expected)


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"word": 'a "b" \\ \n c'}, 'VALUES ?_word { "a \\"b\\" \\\\ \\n c" }'),
        ({"word": "  "}, "VALUES ?_word { UNDEF }"),
        ({"title": "x"}, 'VALUES ?_title_en { "x"@en }'),
        ({"since": "2023"}, 'VALUES ?_since_date { "2023"^^<http://www.w3.org/2001/XMLSchema#gYear> }'),
        ({"since": "2023-02"}, 'VALUES ?_since_date { "2023-02"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> }'),
        ({"since": "2023-02-28"}, 'VALUES ?_since_date { "2023-02-28"^^<http://www.w3.org/2001/XMLSchema#date> }'),
        ({"thing": "http://a/b"}, "VALUES ?_thing_iri { <http://a/b> }"),
        ({"size": "-7.5"}, "VALUES ?_size_decimal { -7.5 }"),
        ({}, "VALUES ?_count_integer { 5 }"),
        ({"count": "7"}, "VALUES ?_count_integer { 7 }"),
        ({"count": ""}, "VALUES ?_count_integer { UNDEF }"),
        ({"open": "true"}, "VALUES ?_open_boolean { true }"),
    ],
)
def test_values_become_terms(engine, write, values, line):
    text = bind(read_saved(write(GOOD)), values)
    assert line in text.splitlines() or f"  {line}" in text.splitlines()
    engine.select(text)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"count": "many"}, "the parameter count takes a whole number such as 12, not 'many'"),
        ({"count": "1 } UNION {"}, "the parameter count takes a whole number"),
        ({"count": "１２"}, "the parameter count takes a whole number"),
        ({"size": "1e5"}, "the parameter size takes a number"),
        ({"since": "29 November"}, "the parameter since takes a year, month or day such as 2023"),
        ({"since": "2023-13"}, "the parameter since takes a year"),
        ({"thing": "no iri"}, "the parameter thing takes an absolute IRI"),
        ({"thing": "http://a> } #"}, "the parameter thing takes an absolute IRI"),
        ({"open": "yes"}, "the parameter open takes true or false, not 'yes'"),
        ({"word": "half \ud800"}, "the parameter word takes text"),
        ({"wrod": "x"}, "has no parameter 'wrod'; its parameters: word, since, thing"),
    ],
)
def test_wrong_values_are_named(write, values, message):
    with pytest.raises(SavedQueryError, match=message.replace("(", "\\(")):
        bind(read_saved(write(GOOD)), values)


def test_a_required_parameter_must_be_given(write):
    text = "#+ title: t\n#+ parameters:\n#+   - {name: word, required: true}\nSELECT * {\nVALUES ?_word { UNDEF }\n}"
    query = read_saved(write(text))
    with pytest.raises(SavedQueryError, match="word must be given; it takes text"):
        bind(query, {})
    assert '{ "x" }' in bind(query, {"word": "x"})


HOSTILE = [
    '"',
    "\\",
    "'",
    "} #",
    '" } UNION { ?s ?p ?o } #',
    "\\u0022",
    "\n",
    "\u2028",
    "?x",
    "<a>",
    "UNDEF",
    "}",
    "\0",
    "\x85",
]


@settings(max_examples=300, deadline=None)
@given(value=st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), max_size=6).map("".join))
def test_no_value_changes_the_query(engine, value):
    rows = engine.select(bind(ANYTHING, {"word": value})).rows
    assert [[cell and cell.value for cell in row] for row in rows] == [[value.strip() or None, None]]


PARAMETER = "#+ title: t\n#+ parameters: [{%s}]\nSELECT * {\nVALUES ?_w%s { UNDEF }\n}"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("SELECT * {}", ":1", "must begin with lines #"),
        ("#+ tags: [a]\nSELECT * {}", ":1", "the head must give a title"),
        ("#+ title: t\n#+ x: a: b\nSELECT * {}", ":2", "no valid YAML"),
        ("# a comment\n#+ title: a: b\nSELECT * {}", ":2", "no valid YAML"),
        ("#+ title: t\n#+ tags: a\nSELECT * {}", ":1", "tags must be a list"),
        ("#+ title: t\n#+ parameters: {a: b}\nSELECT * {}", ":1", "parameters must be a list"),
        ("#+ title: t\n#+ parameters: [word]\nSELECT * {}", ":1", "each parameter must have a name"),
        ("#+ title: t\n#+ parameters: [{name: w}]\nSELECT * {}", ":1", "w needs a line of its own: VALUES \\?_w"),
        ("#+ title: t\nSELECT * {\n VALUES ?_w { UNDEF }\n}", ":3", "no parameter for \\?_w"),
        (PARAMETER % ("name: Word", ""), ":1", "needs a name in small letters"),
        (PARAMETER % ("name: w, typ: x", ""), ":1", "w does not know typ"),
        (PARAMETER % ("name: w, type: x", ""), ":1", "w has the type 'x'; take one of string"),
        (PARAMETER % ("name: w, default: a", ""), ":4", 'default of the head: { "a" }'),
        (PARAMETER % ("name: w, type: integer, default: a", "_integer"), ":4", "takes a whole number"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(write, text, place, message):
    file = write(text, "wrong.rq")
    with pytest.raises(SavedQueryError, match=message) as raised:
        load_saved(file.parent)
    assert str(raised.value).startswith(f"{file}{place}:")


def test_files_that_cannot_be_taken(tmp_path):
    with pytest.raises(SavedQueryError, match="is not a folder of saved queries"):
        load_saved(tmp_path / "missing")
    (tmp_path / "No Name.rq").write_text(GOOD)
    with pytest.raises(SavedQueryError, match="small letters, digits and single hyphens"):
        load_saved(tmp_path)
    (tmp_path / "latin.rq").write_bytes(b"#+ title: caf\xe9\nSELECT * {}")
    with pytest.raises(SavedQueryError, match="cannot be read as UTF-8"):
        read_saved(Path(tmp_path / "latin.rq"))


def test_unknown_names():
    assert find_saved(SAVED, "agreements").name == "agreements"
    with pytest.raises(UnknownQueryError, match="there is no saved query 'x'"):
        find_saved(SAVED, "x")
