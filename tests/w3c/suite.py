"""The W3C suites of SPARQL, read from their manifests.

They lie beside the project, in `../shared/w3c/sparql`; without them these tests are skipped.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "sparql"
HAS_SUITE = (FOLDER / "sparql11" / "manifest.ttl").is_file()
WHY_NOT = "the W3C suites are not there; they belong into ../shared/w3c/sparql"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"

_ASKING = {
    "QueryEvaluationTest",
    "CSVResultFormatTest",
    "PositiveSyntaxTest",
    "NegativeSyntaxTest",
    "PositiveSyntaxTest11",
    "NegativeSyntaxTest11",
}


@dataclass(frozen=True)
class QueryTest:
    """A test of a query. `data` and `named` are IRIs of files; `result` is None for a test of syntax."""

    name: str
    kind: str
    query: Path
    data: tuple[str, ...]
    named: tuple[str, ...]
    result: Path | None

    @property
    def has_quads(self) -> bool:
        """Whether its data come with graphs of their own."""
        return any(iri.endswith((".trig", ".nq")) for iri in self.data)

    @property
    def text(self) -> str:
        """The query, with its own address as the base of its relative IRIs."""
        return f"BASE <{self.query.as_uri()}>\n{self.query.read_text('utf-8')}"


class Manifest:
    """A manifest as a graph."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._graph = ox.Store()
        self._graph.load(path=str(file), format=ox.RdfFormat.TURTLE, base_iri=file.as_uri())

    def values(self, subject: ox.NamedNode | ox.BlankNode, predicate: str) -> list:
        """The objects of a property; a list is given as its items."""
        quads = self._graph.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return [item for quad in quads for item in self._items(quad.object)]

    def value(self, subject: ox.NamedNode | ox.BlankNode, predicate: str):
        """The only object of a property, or None."""
        return next(iter(self.values(subject, predicate)), None)

    def entries(self) -> list:
        """The tests, in their order."""
        quads = self._graph.quads_for_pattern(None, ox.NamedNode(MF + "entries"), None)
        return [item for quad in quads for item in self._items(quad.object)]

    def kind(self, subject: ox.NamedNode) -> str:
        """The local name of its type."""
        found = self.value(subject, RDF + "type")
        return found.value.removeprefix(MF) if found else ""

    def _items(self, node) -> Iterator:
        first = self._graph.quads_for_pattern(node, ox.NamedNode(RDF + "first"), None) if _is_node(node) else ()
        head = next(iter(first), None)
        if head is None:
            if node != ox.NamedNode(RDF + "nil"):
                yield node
            return
        yield from self._items(head.object)
        rest = next(iter(self._graph.quads_for_pattern(node, ox.NamedNode(RDF + "rest"), None)))
        yield from self._items(rest.object)


def _is_node(node) -> bool:
    return isinstance(node, ox.NamedNode | ox.BlankNode)


def path_of(iri: str) -> Path:
    """The file with an address `file:`."""
    return Path(unquote(urlsplit(iri).path))


def manifests() -> list[Path]:
    """All manifests with tests of queries, by name."""
    files = sorted(FOLDER.glob("sparql*/*/manifest.ttl")) if HAS_SUITE else []
    return [file for file in files if any(query_tests(file))]


def query_tests(file: Path) -> Iterator[QueryTest]:
    """The tests of queries in a manifest."""
    manifest = Manifest(file)
    for entry in manifest.entries():
        kind = manifest.kind(entry)
        if kind not in _ASKING:
            continue
        action = manifest.value(entry, MF + "action")
        query = manifest.value(action, QT + "query") if isinstance(action, ox.BlankNode) else action
        if query.value.endswith(".ru"):
            continue
        blank = isinstance(action, ox.BlankNode)
        result = manifest.value(entry, MF + "result")
        yield QueryTest(
            name=manifest.value(entry, MF + "name").value,
            kind=kind,
            query=path_of(query.value),
            data=tuple(node.value for node in manifest.values(action, QT + "data")) if blank else (),
            named=tuple(node.value for node in manifest.values(action, QT + "graphData")) if blank else (),
            result=path_of(result.value) if result is not None else None,
        )
