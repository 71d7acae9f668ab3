"""Heads: read, written, and read again; what is wrong in them."""

import string
from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg.errors import SavedQueryError
from kg.resources import queries_folder
from kg.saved import (
    TYPES,
    VIEWS,
    VISIBILITIES,
    Expectation,
    Parameter,
    SavedQuery,
    Source,
    View,
    compose,
    declare,
    load_saved,
    parse,
)
from kg.saved.parameters import term_of

FULL = """#+ title: Agreements of a year
#+ description: |
#+   The first line.
#+
#+   - a list
#+ tags: [one, two]
#+ parameters:
#+ - name: year
#+   type: integer
#+   default: '2023'
#+   required: true
#+   description: The year.
#+ - name: kind
#+   enum: [law, "no", '1']
#+ - name: party
#+   type: iri
#+   values:
#+     query: parties
#+     column: party
#+ visibility: staff
#+ view:
#+   kind: bar
#+   x: year
#+   stacked: true
#+ expect:
#+   rows:
#+     min: 1
#+     max: 5
#+   columns: [a, b]
#+   filled: [a]
#+ endpoint: https://example.org/sparql
#+ pagination: 100

SELECT ?a ?b WHERE {
  VALUES ?_year_integer { 2023 }
  VALUES ?_kind { UNDEF }
  VALUES ?_party_iri { UNDEF }
}
"""


def test_all_that_a_head_can_say():
    query = parse("full", FULL)
    assert query == SavedQuery(
        name="full",
        title="Agreements of a year",
        description="The first line.\n\n- a list",
        tags=("one", "two"),
        parameters=(
            Parameter("year", "integer", "2023", "The year.", required=True),
            Parameter("kind", "string", None, "", enum=("law", "no", "1")),
            Parameter("party", "iri", None, "", source=Source("parties", "party")),
        ),
        text=FULL,
        visibility="staff",
        view=View("bar", {"x": "year", "stacked": True}),
        expect=Expectation(1, 5, ("a", "b"), ("a",)),
    )
    assert query.body == FULL[FULL.index("SELECT") :]
    assert [one.takes for one in query.parameters] == [
        "a whole number such as 12",
        "one of law, no, 1",
        "an absolute IRI such as http://example.org/thing",
    ]


def test_what_is_composed_keeps_what_is_not_known_here():
    query = parse("full", FULL)
    written = compose(replace(query, title="Other", view=View()))
    again = parse("full", written)
    assert again == replace(query, title="Other", view=View(), text=written)
    head = yaml.safe_load("\n".join(line[3:] for line in written.splitlines() if line.startswith("#+")))
    assert (head["endpoint"], head["pagination"]) == ("https://example.org/sparql", 100)
    assert compose(again) == written


def test_a_body_can_be_given():
    query = parse("short", "#+ title: A\nSELECT * {}\n")
    assert compose(query, "\n#+ title: B\nASK {}") == "#+ title: A\n\n\nASK {}\n"


def test_short_forms():
    query = parse("short", "#+ summary: A title\n#+ view: line\n#+ expect: {rows: 3}\nSELECT * {}")
    assert (query.title, query.view, query.expect) == ("A title", View("line"), Expectation(3, 3))


words = st.text(string.ascii_letters + " äß日:#-'\"{}[]|>&*!%@`,?\\0123456789", max_size=30).map(str.strip)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(str.strip)
titles = (words | anything).filter(bool)
columns = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,8}", fullmatch=True)
VALUES = {
    "string": titles,
    "iri": st.just("http://example.org/a"),
    "integer": st.integers(0, 10**9).map(str),
    "decimal": st.sampled_from(["1.5", "0", "-2"]),
    "date": st.sampled_from(["2023", "2023-11", "2023-11-29"]),
    "boolean": st.sampled_from(["true", "false"]),
}


@st.composite
def parameters(draw, name):
    kind = draw(st.sampled_from(list(TYPES)))
    language = draw(st.sampled_from([None, "en", "no", "vi"])) if kind == "string" else None
    enum = tuple(draw(st.lists(VALUES[kind], max_size=3, unique=True)))
    source = None if enum else draw(st.none() | st.just(Source("other-query", "place")))
    default = draw(st.none() | (st.sampled_from(enum) if enum else VALUES[kind]))
    return Parameter(name, kind, default, draw(anything), draw(st.booleans()), language, enum, source)


@st.composite
def saved_queries(draw):
    names = draw(st.lists(st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True), max_size=3, unique=True))
    listed = tuple(draw(parameters(name)) for name in names)
    kind = draw(st.sampled_from(list(VIEWS)))
    options = st.dictionaries(
        st.sampled_from(sorted(VIEWS[kind])), anything | st.booleans() | st.integers() | st.lists(words).map(tuple)
    )
    lines = "".join(
        f"VALUES ?{one.variable} {{ {'UNDEF' if one.default is None else term_of(one, one.default)} }}\n"
        for one in listed
    )
    limits = st.none() | st.integers(0, 99)
    expect = st.builds(Expectation, limits, limits, st.lists(columns).map(tuple), st.lists(columns).map(tuple))
    return SavedQuery(
        name="any",
        title=draw(titles),
        description=draw(anything),
        tags=tuple(draw(st.lists(titles, max_size=3))),
        parameters=listed,
        text=f"SELECT * WHERE {{\n{lines}}}\n",
        visibility=draw(st.sampled_from(VISIBILITIES)),
        view=View(kind, draw(options)),
        expect=draw(st.none() | expect),
    )


@settings(max_examples=300, deadline=None)
@given(saved_queries())
def test_what_is_written_reads_the_same(query):
    written = compose(query)
    again = parse("any", written)
    assert again == replace(query, text=written)
    assert compose(again) == written


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=100) | st.text(max_size=60).map(lambda text: "#+ title: a\n#+ " + text))
def test_no_text_is_read_without_an_error_of_ours(text):
    try:
        assert parse("any", text).title
    except SavedQueryError as error:
        assert str(error).startswith("any:")


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("title: ' '", "the head must give a title"),
        ("title: 5", "the head must give a title"),
        ("description: [a]", "description must be text"),
        ("visibility: all", "visibility is 'all'; take one of public, staff, private"),
        ("view: pie", "the kind of the view is 'pie'; take one of table, bar"),
        ("view: [a]", "view must be a kind or its options"),
        ("view: {kind: bar, z: a}", "the view bar does not know z; it knows"),
        ("view: {kind: bar, x: {a: b}}", "the option x of the view must be text"),
        ("expect: 5", "expect must give rows, columns or filled"),
        ("expect: {row: 5}", "expect does not know row"),
        ("expect: {rows: few}", "rows of expect must be a number or"),
        ("expect: {rows: {min: -1}}", "rows of expect has -1"),
        ("expect: {rows: {least: 1}}", "rows of expect does not know least"),
        ("expect: {columns: a}", "columns of expect must be a list"),
        ("parameters: [{name: w, required: 1}]", "required of the parameter w is true or false"),
        ("parameters: [{name: w, language: English}]", "the parameter w has the language 'English'; take a code"),
        ("parameters: [{name: w, type: iri, language: en}]", "the parameter w has the language 'en'"),
        ("parameters: [{name: w, enum: a}]", "enum of the parameter w must be a list"),
        ("parameters: [{name: w, enum: [a], values: {}}]", "has both enum and values"),
        ("parameters: [{name: w, values: agreements}]", "values of the parameter w must be"),
        ("parameters: [{name: w, values: {query: a}}]", "values of the parameter w must be"),
        ("parameters: [{name: w, enum: [a], default: b}]", "takes one of a, not 'b'"),
        ("parameters: [{name: w}, {name: w}]", "two parameters have the same name"),
        ("parameters: [{name: page}]", "no parameter can be called page"),
        ("a: &a [*a]", None),
        ("a: " + "[" * 5000, "no valid YAML"),
        ("a: 2023-99-99", "no valid YAML"),
    ],
)
def test_a_wrong_head_is_told(head, message):
    default = "b" if "default" in head else None
    title = "" if head.startswith("title") else "#+ title: t\n"
    text = f"{title}#+ {head}\nSELECT * {{\nVALUES ?_w {{ {(default and chr(34) + default + chr(34)) or 'UNDEF'} }}\n}}"
    if "parameters" not in head:
        text = text.replace("VALUES", "#VALUES")
    if message is None:
        assert parse("wrong", text)
        return
    with pytest.raises(SavedQueryError, match=message):
        parse("wrong", text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SELECT * {}", "SELECT * {}"),
        ("#+ title: a\n\nASK { ?a rdfs:label ?b }", "#+ title: a\n\nPREFIX rdfs: <{rdfs}>\nASK { ?a rdfs:label ?b }"),
        ("prefix rdfs: <http://other/>\nASK { ?a rdfs:label 1 }", None),
        ('ASK { ?a ?b "rdfs:label" , <rdfs:label> } # rdfs:label', None),
        ("ASK { ?a ?b '1'^^xsd:byte , xsd:date(1) }", "PREFIX xsd: <{xsd}>\nASK { ?a ?b '1'^^xsd:byte , xsd:date(1) }"),
        ("ASK { ?a unknown:b _:c . ?c :d 1 }", None),
    ],
)
def test_prefixes_are_declared(before, after):
    known = {"{rdfs}": "http://www.w3.org/2000/01/rdf-schema#", "{xsd}": "http://www.w3.org/2001/XMLSchema#"}
    expected = before if after is None else after
    for name, namespace in known.items():
        expected = expected.replace(name, namespace)
    assert declare(before) == expected == declare(expected)


@pytest.mark.parametrize("query", load_saved(queries_folder()).values(), ids=lambda query: query.name)
def test_the_files_are_what_any_tool_takes(query):
    """rdflib's parser knows no prefixes of ours."""
    head = yaml.safe_load("\n".join(line.lstrip("#+") for line in query.text.split("\n") if line.startswith("#+")))
    assert head["title"] == query.title and isinstance(head["tags"], list)
    algebra = translateQuery(parseQuery(query.text)).algebra
    assert algebra.name == "SelectQuery"
    assert {parameter.variable for parameter in query.parameters} <= {str(name) for name in algebra["_vars"]}
