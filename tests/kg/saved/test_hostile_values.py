"""Whatever is typed as the value of a parameter, the query keeps its structure, and nothing else of it changes."""

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Literal, URIRef, Variable
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.engine import Engine
from kg.errors import SavedQueryError
from kg.saved import bind, parse
from tests.kg.served import EXAMPLE, make_release

HEAD = """#+ title: One parameter of each type
#+ parameters:
#+   - {name: p, type: string}
#+   - {name: p2, type: iri}
#+   - {name: p3, type: integer}
#+   - {name: p4, type: decimal}
#+   - {name: p5, type: date}
#+   - {name: p6, type: boolean}
#+   - {name: p7, language: en}
#+   - {name: p8, enum: [a, b]}
"""
NAMES = ["p", "p2", "p3", "p4", "p5", "p6", "p7", "p8"]
QUERY = parse(
    "hostile",
    HEAD
    + """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?_p WHERE {
  ?thing rdfs:label ?label .
  VALUES ?_p { UNDEF }
  VALUES ?_p2_iri { UNDEF }
  VALUES ?_p3_integer { UNDEF }
  VALUES ?_p4_decimal { UNDEF }
  VALUES ?_p5_date { UNDEF }
  VALUES ?_p6_boolean { UNDEF }
  VALUES ?_p7_en { UNDEF }
  VALUES ?_p8 { UNDEF }
  FILTER(!BOUND(?_p) || CONTAINS(?label, ?_p))
}
ORDER BY ?thing
LIMIT 10
""",
)
PIECES = [
    '"', "'", '"""', "'''", "\\", "\\\\", "{", "}", "(", ")", "<", ">", "#", "\n", "\r", "\t", "\0", "\x0b", "\x85",
    "\u2028", "\u202e", "\ufeff", "\ud800", "\U0010ffff", " ", ".", ";", ",", "?_p", "$x", "UNDEF", "@en", "^^",
    "^^<a>",
    "\\u0022", "\\u000a", "\\U0000005C", "\\u007D", "\\n", '\\"', "%0a", "&quot;", "VALUES ?_p2_iri { <http://evil/> }",
    "} UNION { ?s ?p ?o }", '" } UNION { ?s ?p ?o } #', "} LIMIT 1000000 #", "SERVICE <http://evil/> {}",
    "LOAD <http://evil/>",
    "; DROP ALL", "http://a/", "http://a/b> } #", "1", "1.5", "-1", "1e400", "１２", "true", "TRUE", "2023",
    "2023-11-29", "a", "b",
    "http://a/\\u003e", "javascript:alert(1)", "<!--", "*/", "{{7*7}}", "${x}", "'--", "' OR 1=1",
]  # fmt: skip


def hostile_values():
    """500 values: all pieces, some with another, some longer ones; the same at each run."""
    chance = random.Random(5)
    pairs = ["".join(pair) for pair in chance.sample(list(product(PIECES, PIECES)), 250)]
    longer = ["".join(chance.choices(PIECES, k=chance.randint(3, 8))) for _ in range(500 - 250 - len(PIECES))]
    return [*PIECES, *pairs, *longer]


VALUES = hostile_values()


def structure(text):
    """The algebra of a query with `...` for what its VALUES hold, and what they hold: variable -> terms."""
    held = {}

    def walk(node):
        if isinstance(node, CompValue) and node.name == "values":
            assert len(node.res) == 1 and len(node.res[0]) == 1
            ((variable, term),) = node.res[0].items()
            assert variable not in held
            held[str(variable)] = term
            return "values", str(variable), "..."
        if isinstance(node, CompValue):
            return node.name, {key: walk(value) for key, value in node.items()}
        if isinstance(node, list | tuple):
            return [walk(one) for one in node]
        if isinstance(node, set | frozenset):
            return sorted(map(repr, node))
        return repr(node)

    return walk(translateQuery(parseQuery(text)).algebra), held


WHOLE, NOTHING = structure(QUERY.text)


def check(name, value):
    """Bind `value` and look at what came of it; whether it was taken."""
    variable = next(parameter.variable for parameter in QUERY.parameters if parameter.name == name)
    try:
        text = bind(QUERY, {name: value})
    except SavedQueryError as error:
        assert f"the parameter {name} takes" in str(error)
        return False
    whole, held = structure(text)
    assert whole == WHOLE
    assert held.keys() == NOTHING.keys()
    assert all(held[other] == "UNDEF" for other in held if other != variable)
    term = held[variable]
    if not value.strip():
        assert term == "UNDEF"
    else:
        assert isinstance(term, URIRef if name == "p2" else Literal) and not isinstance(term, Variable)
        assert str(term) == value.strip() or name in {"p3", "p4"}
        assert term.language == "en" if name == "p7" else True
    return True


def test_there_are_five_hundred():
    assert len(VALUES) == 500 and len(set(VALUES)) > 490


@pytest.mark.parametrize("name", NAMES)
def test_hostile_values_never_change_the_structure(name):
    taken = sum(check(name, value) for value in VALUES)
    if name in {"p", "p7"}:
        assert taken == sum("\ud800" not in value for value in VALUES), "any text is a value"
    else:
        assert 0 < taken < 60, "hardly any of them is a value of another type"


@settings(max_examples=200, deadline=None)
@given(name=st.sampled_from(NAMES), value=st.text() | st.lists(st.sampled_from(PIECES), max_size=5).map("".join))
def test_no_text_changes_the_structure(name, value):
    check(name, value)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text(), st.sampled_from(VALUES), min_size=1))
def test_unknown_names_are_refused(values):
    if not values.keys() <= set(NAMES):
        with pytest.raises(SavedQueryError, match="has no parameter"):
            bind(QUERY, values)


def test_the_store_reads_each_value_as_it_was_typed(tmp_path):
    echo = parse("echo", HEAD.split("#+   - {name: p2")[0] + "SELECT ?_p WHERE {\n  VALUES ?_p { UNDEF }\n}\n")
    release = make_release(tmp_path / "data", EXAMPLE)
    with Engine(release.store, workers=1) as engine:
        before = engine.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        for value in VALUES:
            if "\ud800" not in value:
                ((cell,),) = engine.select(bind(echo, {"p": value})).rows
                assert (cell and cell.value) == (value.strip() or None)
        assert engine.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }") == before
