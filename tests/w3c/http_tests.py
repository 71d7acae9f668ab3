"""Tests of the suites that are made of requests and the responses to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from tests.w3c.suite import MF, Manifest

_HTTP = "http://www.w3.org/2011/http#"
_CONTENT = "http://www.w3.org/2011/content#"
_UPDATE = "http://www.w3.org/2009/sparql/tests/test-update#"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_NAMED = {"OK": 200, "Created": 201, "NoContent": 204, "BadRequest": 400, "NotFound": 404, "UnsupportedMediaType": 415}


@dataclass(frozen=True)
class Exchange:
    """A request, and what the response must be. `statuses` are classes (2 for 2xx) or codes."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    statuses: tuple[int, ...]
    truth: bool | None
    format: str | None
    content: str | None
    content_type: str | None

    def allows(self, status: int) -> bool:
        """Whether the status is one of those expected."""
        return not self.statuses or status in self.statuses or status // 100 in self.statuses


@dataclass(frozen=True)
class HttpTest:
    """A test: its exchanges in their order, and the graphs (IRI -> file) that must be there before them."""

    name: str
    exchanges: tuple[Exchange, ...]
    graphs: tuple[tuple[str, str], ...]


def http_tests(file: Path) -> Iterator[HttpTest]:
    """The tests of a manifest, in their order."""
    manifest = Manifest(file)
    for entry in manifest.entries():
        action = manifest.value(entry, MF + "action")
        requests = manifest.values(action, _HTTP + "requests")
        graphs = manifest.values(entry, _UPDATE + "graphData")
        yield HttpTest(
            name=manifest.value(entry, MF + "name").value,
            exchanges=tuple(_exchange(manifest, node) for node in requests),
            graphs=tuple(
                (manifest.value(node, _LABEL).value, manifest.value(node, _UPDATE + "graph").value) for node in graphs
            ),
        )


def _exchange(manifest: Manifest, node) -> Exchange:
    def text(subject, predicate: str) -> str | None:
        found = manifest.value(subject, predicate) if subject is not None else None
        return found.value if found is not None else None

    def headers(subject) -> dict[str, str]:
        listed = manifest.values(subject, _HTTP + "headers")
        return {text(one, _HTTP + "fieldName"): text(one, _HTTP + "fieldValue") for one in listed}

    body = manifest.value(node, _HTTP + "body")
    response = manifest.value(node, _HTTP + "resp")
    statuses = [status.value.rpartition("#")[2] for status in manifest.values(response, MF + "expectedStatus")]
    encoding = text(body, _CONTENT + "characterEncoding") or "UTF-8"
    chars = text(body, _CONTENT + "chars")
    expected = manifest.value(response, _HTTP + "body")
    truth = text(response, MF + "expectedBoolean")
    return Exchange(
        method=text(node, _HTTP + "methodName"),
        path=text(node, _HTTP + "absolutePath"),
        headers=tuple(headers(node).items()),
        body=None if chars is None else chars.encode(encoding),
        statuses=tuple(_NAMED.get(status) or int(status.removeprefix("StatusCode")[0]) for status in statuses),
        truth=None if truth is None else truth == "true",
        format=text(response, MF + "expectedFormat"),
        content=text(expected, _CONTENT + "chars"),
        content_type={name.lower(): value for name, value in headers(response).items()}.get("content-type"),
    )


def rdf_format(content_type: str | None) -> ox.RdfFormat:
    """The format of a media type, Turtle for none."""
    return ox.RdfFormat.from_media_type((content_type or "text/turtle").partition(";")[0]) or ox.RdfFormat.TURTLE
