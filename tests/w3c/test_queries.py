"""The suites of SPARQL 1.0, 1.1 and 1.2 for queries, by HTTP: evaluation, syntax and formats of results.

What is expected: whatever the store's engine passes when it is asked directly, the endpoint passes too.
"""

import re

import pyoxigraph as ox
import pytest

from kg.store import Source
from tests.w3c.results import parse, read, result_of, same
from tests.w3c.suite import FOLDER, HAS_SUITE, WHY_NOT, manifests, path_of, query_tests

pytestmark = pytest.mark.skipif(not HAS_SUITE, reason=WHY_NOT)

_TYPES = {
    ".srj": "application/sparql-results+json",
    ".srx": "application/sparql-results+xml",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
}
_FROM = re.compile(r"^\s*FROM\b", re.MULTILINE | re.IGNORECASE)
_NOWHERE = "urn:no-such-graph"


def ask(client, test, accept):
    dataset = {}
    if not _FROM.search(test.text) and not test.has_quads:
        dataset = {"default-graph-uri": test.data or _NOWHERE, "named-graph-uri": test.named}
    return client.post(
        "/sparql",
        data=test.text.encode(),
        content_type="application/sparql-query",
        query_string=dataset,
        headers={"Accept": accept},
    )


def passes(client, test):
    """Whether the endpoint gives what the test expects, in each format that the suites have results in."""
    if "SERVICE" in test.text.upper() or test.result is None:
        response = ask(client, test, "*/*")
        if response.status_code == 403:
            return "SERVICE" in test.text.upper()
    if test.result is None:
        # A function that the store does not have is an error, but none of syntax.
        is_wrong = response.status_code == 400 and response.get_json(force=True)["type"].endswith("#syntax")
        return is_wrong == test.kind.startswith("Negative")
    expected = read(test.result)
    if expected.graph is not None:
        response = ask(client, test, "application/n-triples")
        return response.status_code == 200 and same(expected, parse(response.data, ".nt"))
    own = test.result.suffix if test.result.suffix in _TYPES else ".srj"
    others = {".srj", ".srx"} if own != ".csv" else set()
    for suffix in (own, *(others - {own})):
        response = ask(client, test, _TYPES[suffix])
        if response.status_code != 200 or response.mimetype != _TYPES[suffix]:
            return False
        if not same(expected, parse(response.data, suffix)):
            return False
    return True


def passes_directly(test):
    """Whether the engine passes in process, with nothing of ours around it."""
    if "SERVICE" in test.text.upper():
        return False  # it would ask the network
    store = ox.Store()
    try:
        for iri in test.data:
            store.load(path=str(path_of(iri)), base_iri=iri)
        for iri in test.named:
            store.load(path=str(path_of(iri)), base_iri=iri, to_graph=ox.NamedNode(iri))
        found = store.query(test.text)
        if test.result is None:
            return not test.kind.startswith("Negative")
        if test.result.suffix == ".csv":
            return same(read(test.result), parse(found.serialize(format=ox.QueryResultsFormat.CSV), ".csv"))
        return same(read(test.result), result_of(found))
    except SyntaxError:
        return test.kind.startswith("Negative")
    except (ValueError, OSError, RuntimeError):
        return test.result is None and test.kind.startswith("Positive")


@pytest.mark.parametrize("manifest", manifests(), ids=lambda file: str(file.parent.relative_to(FOLDER)))
def test_suite(everything, serving, manifest):
    failed = []
    for test in query_tests(manifest):
        if test.has_quads:
            with serving([Source(path_of(iri), iri) for iri in test.data]) as client:
                passed = passes(client, test)
        else:
            passed = passes(everything, test)
        if not passed:
            failed.append(test)
    wrong = [f"{test.name} ({test.query.name})" for test in failed if passes_directly(test)]
    assert not wrong


def test_there_is_much_to_pass(everything):
    tests = [test for file in manifests() for test in query_tests(file)]
    few = [test for test in tests if test.query.parent.name in {"basic", "aggregates", "csv-tsv-res"}]
    assert len(tests) > 1000
    assert sum(passes(everything, test) for test in few) > 0.9 * len(few)
