"""Files as grlc takes them: it finds the parameters by the names of variables, and replaces each by text."""

import re

import pytest
import yaml
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg.engine import Engine
from kg.resources import queries_folder
from kg.saved import bind, for_grlc, load_saved, parse
from tests.kg.served import EXAMPLE, make_release

SAVED = load_saved(queries_folder())
# As grlc 1.3 reads them.
VARIABLE = re.compile(
    r"\?(?P<required>_{1,2})(?P<name>[a-zA-Z0-9]+)(_(?P<type>iri|number|literal|integer))?"
    r"(_(?P<prefix>[a-zA-Z0-9]+)_(?P<datatype>[a-zA-Z0-9]+))?(_(?P<language>[a-zA-Z0-9]+))?"
)


def as_grlc(text, values):
    """What grlc makes of a file and values, and the names of the parameters that must be given."""
    head = yaml.safe_load("\n".join(line.lstrip("#+") for line in text.split("\n") if line.startswith("#+")))
    query = "\n".join(line for line in text.split("\n") if not line.startswith("#+"))
    translateQuery(parseQuery(query))
    needed = set()
    for match in {match.group(): match for match in VARIABLE.finditer(query)}.values():
        needed |= {match["name"]} if match["required"] == "_" else set()
        if value := values.get(match["name"]):
            datatype = f"{match['prefix']}:{match['datatype']}" if match["prefix"] else None
            if match["type"] == "iri":
                term = f"<{value}>"
            elif match["type"] == "number":
                term = value
            elif match["type"] == "integer":
                term = f'"{value}"^^xsd:integer'
            elif match["language"]:
                term = f'"{value}"@{match["language"]}'
            else:
                term = f'"{value}"' + (f"^^{datatype}" if datatype else "")
            query = query.replace(match.group(), term)
    return head, query, needed


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    release = make_release(tmp_path_factory.mktemp("grlc") / "data", EXAMPLE)
    with Engine(release.store, workers=1) as engine:
        yield engine


@pytest.mark.parametrize("name", SAVED)
def test_all_files_answer_without_values(engine, name):
    query = SAVED[name]
    head, text, needed = as_grlc(for_grlc(query), {})
    assert head["summary"] == query.title and head["tags"] == list(query.tags) and not needed
    assert engine.select(text) == engine.select(query.text)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("agreements", {"party": "SO", "year": "2031"}),
        ("agreements", {"year": "2030"}),
        ("events", {"since": "2031-05-01", "kind": "workshop"}),
        ("events", {"until": "2031-04-30"}),
        ("evidence", {"confidence": "0.95"}),
        ("organisations-in-several-documents", {"documents": "3"}),
        ("statistics-side-by-side", {"contradictions": "true", "unit": "boats"}),
    ],
)
def test_values_choose_as_they_do_here(engine, name, values):
    _, text, _ = as_grlc(for_grlc(SAVED[name]), values)
    assert engine.select(text) == engine.select(bind(SAVED[name], values))


OWN = """#+ title: All kinds
#+ parameters:
#+   - {name: thing, type: iri, required: true}
#+   - {name: word, language: en, default: boats}
#+   - {name: kind, enum: [a, b], default: a}
#+   - {name: size, type: decimal, default: 2}
SELECT ?_thing_iri ?_word_en ?_kind ?_size_decimal ?kindGiven WHERE {
  VALUES ?_thing_iri { UNDEF }
  VALUES ?_word_en { "boats"@en }
  VALUES ?_kind { "a" }
  VALUES ?_size_decimal { 2 }
}
"""


def test_types_defaults_and_lists(engine):
    text = for_grlc(parse("own", OWN))
    head, query, needed = as_grlc(text, {"thing": "http://a/b", "kind": "b", "size": "1.5"})
    assert head["defaults"] == [{"word": "boats"}, {"kind": "a"}, {"size": "2"}]
    assert head["enumerate"] == [{"kind": ["a", "b"]}]
    assert needed == {"thing"}
    (row,) = engine.select(query).rows
    assert [cell and cell.value for cell in row] == ["http://a/b", "boats", "b", "1.5", None]
    assert row[1].language == "en"
