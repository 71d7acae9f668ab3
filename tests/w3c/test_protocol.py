"""The 34 tests of the SPARQL 1.1 protocol. Where one asks for an update, being refused with 403 is right."""

import pytest

from kg.store import Source
from tests.w3c.http_tests import http_tests
from tests.w3c.suite import FOLDER, HAS_SUITE, WHY_NOT, path_of

pytestmark = pytest.mark.skipif(not HAS_SUITE, reason=WHY_NOT)

TESTS = list(http_tests(FOLDER / "sparql11" / "protocol" / "manifest.ttl")) if HAS_SUITE else []
_TYPES = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml"},
}
_UPDATES = ("update=", "sparql-update", "INSERT", "DELETE", "CLEAR", "DROP")


@pytest.fixture(scope="module")
def client(serving):
    """A server with the graphs that the tests begin with."""
    graphs = dict(pair for test in TESTS for pair in test.graphs)
    nothing = FOLDER / "sparql11" / "protocol" / "data1.nt"
    # A graph that the tests name and describe no further: any content will do.
    graphs.setdefault("http://kasei.us/2009/09/sparql/data/data0.rdf", nothing.as_uri())
    with serving([Source(path_of(file), file, graph) for graph, file in graphs.items()]) as client:
        yield client


def is_update(exchange):
    """Whether a request asks for a change of the data."""
    said = f"{exchange.path} {exchange.headers} {(exchange.body or b'').decode('utf-8', 'replace')}"
    return any(word in said for word in _UPDATES)


def test_there_are_34():
    assert len(TESTS) == 34


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.name)
def test_protocol(client, test):
    refused = False
    for exchange in test.exchanges:
        response = client.open(
            exchange.path, method=exchange.method, headers=list(exchange.headers), data=exchange.body
        )
        if response.status_code == 403 and is_update(exchange):
            refused = True
            continue
        assert exchange.allows(response.status_code), response.text
        if exchange.format:
            assert response.mimetype in _TYPES[exchange.format]
        # What a refused update would have changed is as it was.
        if exchange.truth is not None and not refused:
            assert response.get_json(force=True)["boolean"] is exchange.truth
