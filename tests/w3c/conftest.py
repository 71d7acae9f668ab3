import re
from contextlib import contextmanager

import pyoxigraph as ox
import pytest

from kg.release import prepare, publish
from kg.store import Source, load
from kg.web import close_app, create_app
from tests.w3c.suite import FOLDER, HAS_SUITE, WHY_NOT, manifests, path_of, query_tests


@pytest.fixture(scope="session")
def serving(tmp_path_factory):
    """Serve RDF files, each in the graph that it is given with."""
    if not HAS_SUITE:
        pytest.skip(WHY_NOT)

    @contextmanager
    def serving(sources):
        folder = tmp_path_factory.mktemp("w3c")
        (folder / "queries").mkdir()
        with prepare(folder / "data") as building:
            load(building.store, sources)
            publish(building, {"title": "W3C", "base": ""})
        # Each query comes from the same address, and more than a person could ask.
        app = create_app(folder / "data", queries=folder / "queries", workers=2, time_limit=10, client_seconds=0)
        try:
            yield app.test_client()
        finally:
            close_app(app)

    return serving


@pytest.fixture(scope="session")
def everything(serving):
    """A server with each file of data of the suites in a graph of its own, which has the address of the file."""
    files = {path_of(iri) for file in manifests() for test in query_tests(file) for iri in (*test.data, *test.named)}
    for query in FOLDER.glob("sparql*/*/*.rq"):  # what FROM names
        for name in re.findall(r"FROM\s+(?:NAMED\s+)?<([^>:]+)>", query.read_text("utf-8", "replace")):
            files.add((query.parent / name).resolve())
    sources = [Source(file, file.as_uri(), file.as_uri()) for file in sorted(files) if _can_be_read(file)]
    with serving(sources) as client:
        yield client


def _can_be_read(file):
    """Whether the store's own parser takes the file. Where it does not, it cannot pass the test either."""
    try:
        return bool([*ox.parse(path=str(file), base_iri=file.as_uri()), True])
    except (SyntaxError, OSError, ValueError):
        return False
