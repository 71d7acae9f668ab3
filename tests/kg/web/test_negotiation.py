"""Which format an asker gets."""

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from kg.errors import AnswerFormatError
from kg.web.negotiation import choose

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


def asked(accept=None, **parameters):
    headers = {} if accept is None else {"Accept": accept}
    return Request(EnvironBuilder(query_string=parameters, headers=headers).get_environ())


@pytest.mark.parametrize(
    ("accept", "solutions", "graph"),
    [
        (None, "application/sparql-results+json", "text/turtle; charset=utf-8"),
        ("*/*", "application/sparql-results+json", "text/turtle; charset=utf-8"),
        ("application/json", "application/json", "application/json"),
        ("application/sparql-results+json", "application/sparql-results+json", ""),
        ("application/sparql-results+xml", "application/sparql-results+xml", ""),
        ("application/xml", "application/xml", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8", ""),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values; charset=utf-8", ""),
        ("text/*", "text/csv; charset=utf-8", "text/turtle; charset=utf-8"),
        ("text/turtle", "", "text/turtle; charset=utf-8"),
        ("application/n-triples, */*;q=0.1", "application/sparql-results+json", "application/n-triples"),
        ("text/plain", "", "text/plain"),
        ("application/rdf+xml;q=0.9, application/ld+json;q=0.8", "", "application/rdf+xml"),
        ("application/ld+json", "", "application/ld+json"),
        ("application/trig", "", "application/trig"),
        ("application/n-quads", "", "application/n-quads"),
        ("application/sparql-results+json;q=0.2, text/html;q=0.1", "application/sparql-results+json", ""),
    ],
)
def test_accept(accept, solutions, graph):
    choice = choose(asked(accept))
    found = (choice.solutions_type, choice.graph_type)
    if accept == "text/*":
        assert (choice.page, choice.wanted.graph.name) == (False, "ttl")
    else:
        assert (choice.page, *found) == (False, solutions, graph)


@pytest.mark.parametrize(
    "accept", [BROWSER, "text/html", "application/xhtml+xml, */*;q=0.1", "text/html, text/csv;q=0.9"]
)
def test_browsers_get_a_page(accept):
    assert choose(asked(accept)).page


@pytest.mark.parametrize("accept", ["image/png", "application/pdf, image/*", "text/csv;q=0, image/png"])
def test_what_there_is_not(accept):
    with pytest.raises(AnswerFormatError, match=r"there are application/sparql-results\+json, .*text/html"):
        choose(asked(accept))


@pytest.mark.parametrize(
    ("name", "solutions", "graph"),
    [
        ("json", "json", "jsonld"),
        ("xml", "xml", "rdf"),
        ("csv", "csv", None),
        ("TSV", "tsv", None),
        ("ttl", None, "ttl"),
        ("turtle", None, "ttl"),
        ("n3", None, "ttl"),
        ("nt", None, "nt"),
        ("json-ld", None, "jsonld"),
        ("rdf+xml", None, "rdf"),
        ("trig", None, "trig"),
    ],
)
def test_a_name_wins_over_accept(name, solutions, graph):
    for choice in (choose(asked(BROWSER, format=name)), choose(asked("image/png", format="nq"), name)):
        found = choice.wanted
        assert (found.solutions and found.solutions.name, found.graph and found.graph.name) == (solutions, graph)
        assert not choice.page


def test_names_of_pages_and_of_nothing():
    assert choose(asked("application/json", format="html")).page
    with pytest.raises(AnswerFormatError, match="there is no format 'excel'"):
        choose(asked(format="excel"))
