"""The tests of the graph store protocol. What they write is refused with 403; what they read of it is served.

The graph store only reads. So the test writes in its stead: after each request that would change a graph, the graphs
are as they should be then, in a new release.
"""

import re
from email import message_from_bytes
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from kg.release import prepare, publish
from kg.store import Source, load
from kg.web import close_app, create_app
from tests.w3c.http_tests import http_tests, rdf_format
from tests.w3c.results import Result, same
from tests.w3c.suite import FOLDER, HAS_SUITE, WHY_NOT

pytestmark = pytest.mark.skipif(not HAS_SUITE, reason=WHY_NOT)

_HOST = "http://www.example"
_PLACE = FOLDER / "sparql11" / "graph-store-protocol"
TESTS = (
    [test for name in ("direct", "indirect") for test in http_tests(_PLACE / f"manifest-{name}.ttl")]
    if HAS_SUITE
    else []
)
_READING = {"GET", "HEAD"}


class Graphs:
    """The graphs as they should be, published as releases. Names are addresses; "" is the default graph."""

    def __init__(self, folder):
        self._folder = folder
        self._graphs = {}

    def write(self, method, name, exchange):
        """Change a graph as the request would have done."""
        added = {
            quad.triple
            for content_type, body in contents(exchange)
            for quad in ox.parse(body, rdf_format(content_type), base_iri=name or _HOST)
        }
        if method == "DELETE":
            self._graphs.pop(name, None)
        elif method in {"PUT", "POST"}:
            self._graphs[name] = added | (self._graphs.get(name, set()) if method == "POST" else set())

    def publish(self):
        """Make a release of them."""
        with prepare(self._folder / "data") as building:
            sources = []
            for number, (name, triples) in enumerate(self._graphs.items()):
                file = self._folder / f"{number}.nt"
                ox.serialize(triples, str(file), ox.RdfFormat.N_TRIPLES)
                sources.append(Source(file, _HOST, name or None))
            load(building.store, sources)
            publish(building, {"title": "W3C", "base": ""})


def contents(exchange):
    """The parts of a body that hold RDF, with their media types."""
    content_type = {name.lower(): value for name, value in exchange.headers}.get("content-type", "")
    message = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + (exchange.body or b""))
    if message.is_multipart():
        return [(part.get_content_type(), part.get_payload(decode=True)) for part in message.get_payload()]
    return [(content_type, exchange.body)] if exchange.body else []


@pytest.fixture
def graphs(tmp_path):
    (tmp_path / "queries").mkdir()
    graphs = Graphs(tmp_path)
    graphs.publish()
    return graphs


@pytest.fixture
def client(graphs, tmp_path):
    app = create_app(tmp_path / "data", queries=tmp_path / "queries", workers=1, client_seconds=0)
    yield app.test_client()
    close_app(app)


def name_of(path):
    """The graph that a request means, "" for the default graph; None for the graph store itself."""
    parts = urlsplit(path)
    asked = parse_qs(parts.query, keep_blank_values=True)
    if "default" in asked:
        return ""
    if "graph" in asked:
        return asked["graph"][0]
    return None if parts.path.rstrip("/") == "/graph" else _HOST + path


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.name)
def test_graph_store(client, graphs, test):
    for exchange in test.exchanges:
        path = re.sub("^/gsp", "/graph", exchange.path)
        name = name_of(path)
        if "$" in path or name is None:
            pytest.skip("the address is one that writing would have given")
        response = client.open(
            path, method=exchange.method, headers=list(exchange.headers), data=exchange.body, base_url=_HOST
        )
        if exchange.method not in _READING:
            assert response.status_code == 403
            graphs.write(exchange.method, name, exchange)
            graphs.publish()
            continue
        assert exchange.allows(response.status_code), response.text
        if exchange.content is not None and response.status_code == 200 and exchange.method == "GET":
            wanted = ox.parse(exchange.content, rdf_format(exchange.content_type), base_iri=name or _HOST)
            found = ox.parse(response.data, rdf_format(response.content_type))
            expected = Result(graph=frozenset(quad.triple for quad in wanted))
            assert same(expected, Result(graph=frozenset(quad.triple for quad in found)))
