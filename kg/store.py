"""The door to oxrdflib and pyoxigraph for writing: quads into an Oxigraph store, a store into a file, and plain lookups
for what is done at build time. Users' queries never come here, they go through `kg.engine`.

Terms are rdflib's on both sides of the door. Blank nodes keep their labels, from one `write` to the next and in a dump:
who hands them over labels them by what they stand for, and not at random, so that the same content has the same dump.
"""

from __future__ import annotations

import gzip
import heapq
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, cast

import pyoxigraph as ox
from oxrdflib import _converter
from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.errors import DataFolderError, InputError
from kg.namespaces import PREFIXES

Triple: TypeAlias = tuple[Node, Node, Node]
"""Subject, predicate, object as rdflib terms."""
Quad: TypeAlias = tuple[Node, Node, Node, URIRef | None]
"""A triple and the name of its graph, None for the default graph."""

FORMATS: Mapping[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""Formats of a dump. Turtle and N-Triples hold the default graph, the others every graph."""

# The converter's own type is wider than what passes here: it also takes graphs, and triples as terms.
_to_ox: Callable[[Node | None], Any] = _converter.to_ox

SUFFIXES: Mapping[str, str] = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nq": "nquads",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
}
"""The formats that the names of dumps stand for."""

RDF_SUFFIXES = (".ttl", ".trig", ".nt", ".nq", ".rdf", ".owl", ".xml", ".jsonld", ".n3")
"""The endings of files that `load` reads; each may have .gz after it."""

_LARGE_FILE = 8 * 2**20  # bytes from which on loading in bulk pays
_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")
_LINES_IN_MEMORY = 500_000  # about 100 MB of N-Quads; larger dumps are sorted through temporary files


@dataclass(frozen=True, slots=True)
class Source:
    """A file of RDF. `base` resolves its relative IRIs, `graph` is where its triples go (None: the default graph)."""

    file: Path
    base: str
    graph: str | None = None


def write(path: Path, quads: Iterable[Quad]) -> None:
    """Add `quads` to the store in folder `path`, made if missing. All is on disk when this returns.

    Not atomic: a store is only ever written in a folder that nobody reads yet (see `kg.release`).
    """
    store = ox.Store(str(path))
    store.bulk_extend(_to_quad(quad) for quad in quads)
    store.optimize()
    store.flush()


def load(path: Path, sources: Iterable[Source]) -> int:
    """Add the RDF files `sources` to the store in folder `path`, made if missing; how many quads it has then.

    Blank nodes of different files stay different. Not atomic, as `write`. InputError names the file and line of what is
    wrong.
    """
    store = ox.Store(str(path))
    for source in sources:
        format = ox.RdfFormat.from_extension(_ending(source.file)) if is_rdf(source.file) else None
        if format is None:
            raise InputError(f"{source.file} is not a file of RDF by its name; take one of {', '.join(RDF_SUFFIXES)}")
        graph = ox.DefaultGraph() if source.graph is None else ox.NamedNode(source.graph)
        packed = source.file.suffix == ".gz"
        try:
            with cast(BinaryIO, gzip.open(source.file) if packed else source.file.open("rb")) as stream:
                add = store.bulk_load if packed or source.file.stat().st_size > _LARGE_FILE else store.load
                add(stream, format, base_iri=source.base, to_graph=graph)
        except SyntaxError as error:
            line = f":{error.lineno}" if error.lineno else ""
            raise InputError(f"{source.file}{line}: {error.msg}") from error
        except (OSError, EOFError, ValueError) as error:
            raise InputError(f"{source.file} cannot be read: {error}") from error
    store.optimize()
    store.flush()
    return len(store)


def is_rdf(file: Path) -> bool:
    """Whether the name of `file` is that of a file that `load` can read."""
    return f".{_ending(file)}" in RDF_SUFFIXES


def _ending(file: Path) -> str:
    name = file.with_suffix("") if file.suffix == ".gz" else file
    ending = name.suffix.removeprefix(".").lower()
    return "rdf" if ending == "owl" else ending


def _to_quad(quad: Quad) -> ox.Quad:
    subject, predicate, object_, graph = quad
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    return ox.Quad(_to_ox(subject), _to_ox(predicate), _to_ox(object_), name)


class Reader:
    """Lookups in a finished store. Opened read-only, so any number of readers may share it.

    Raises DataFolderError where `path` holds no store.
    """

    def __init__(self, path: Path) -> None:
        self._store = _open(path)

    def __len__(self) -> int:
        """The number of quads in all graphs."""
        return len(self._store)

    def graphs(self) -> list[URIRef]:
        """The names of the named graphs, sorted."""
        return sorted(URIRef(graph.value) for graph in self._store.named_graphs())

    def triples(
        self,
        graph: URIRef | None = None,
        subject: Node | None = None,
        predicate: Node | None = None,
        object: Node | None = None,
    ) -> Iterator[Triple]:
        """The triples of one graph (None: the default graph) that fit; None fits everything."""
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        for quad in self._store.quads_for_pattern(_to_ox(subject), _to_ox(predicate), _to_ox(object), name):
            yield _from_ox(quad.subject), _from_ox(quad.predicate), _from_ox(quad.object)

    def graphs_with(
        self, subject: Node | None = None, predicate: Node | None = None, object: Node | None = None
    ) -> list[URIRef]:
        """The names of the named graphs that have a fitting triple, sorted."""
        quads = self._store.quads_for_pattern(_to_ox(subject), _to_ox(predicate), _to_ox(object), None)
        return sorted({URIRef(q.graph_name.value) for q in quads if isinstance(q.graph_name, ox.NamedNode)})

    def select(self, query: str) -> list[tuple[Node | None, ...]]:
        """The rows of one of our own SELECT queries; the prefixes of `kg.namespaces` are declared."""
        solutions: Any = self._store.query(query, prefixes=dict(PREFIXES))
        return [tuple(_from_ox(term) for term in row) for row in solutions]


def _from_ox(term: Any) -> Any:
    # The converter would turn some values into another form of the same value, for instance P24M into P2Y; and rdflib
    # holds a plain string and the same with datatype xsd:string for two things, of which we write the plain one.
    if isinstance(term, ox.Literal):
        plain = term.language or term.datatype == _STRING
        datatype = None if plain else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    return _converter.from_ox(term)


def dump(path: Path, target: Path | BinaryIO, format: str, prefixes: Mapping[str, str] = PREFIXES) -> None:
    """Write the store in folder `path` to a file or a binary stream, in one of FORMATS.

    Sorted, so that the same content gives the same bytes. A file appears whole or not at all. Raises InputError where
    the file cannot be written.
    """
    store = _open(path)
    if isinstance(target, Path):
        with _replacing(target) as stream:
            _dump(store, stream, format, prefixes)
    else:
        _dump(store, target, format, prefixes)


def read_dump(path: Path) -> Iterator[Quad]:
    """The quads of a dump; its format is that of its suffix. Raises InputError where the file cannot be read."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(f"{path} has no suffix of a dump; it must be one of {', '.join(SUFFIXES)}")
    try:
        for quad in ox.parse(path=str(path), format=FORMATS[SUFFIXES[suffix]]):
            graph = URIRef(quad.graph_name.value) if isinstance(quad.graph_name, ox.NamedNode) else None
            yield _from_ox(quad.subject), _from_ox(quad.predicate), _from_ox(quad.object), graph
    except OSError as error:
        raise InputError(f"cannot read the dump {path}: {error.strerror or error}") from error
    except SyntaxError as error:
        raise InputError(f"{path} is not {SUFFIXES[suffix]}: {error.msg} (line {error.lineno})") from error


def _dump(store: ox.Store, stream: BinaryIO, format: str, prefixes: Mapping[str, str]) -> None:
    with tempfile.TemporaryFile() as lines:
        if format == "nquads":
            store.dump(lines, ox.RdfFormat.N_QUADS)
            lines.seek(0)
            stream.writelines(_sorted(lines))
        elif format == "ntriples":
            store.dump(lines, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
            lines.seek(0)
            stream.writelines(_sorted(lines))
        elif format == "turtle":
            quads = _sorted_graph(store, ox.DefaultGraph())
            ox.serialize(quads, stream, FORMATS[format], prefixes=dict(prefixes))
        else:
            names = sorted(store.named_graphs(), key=str)
            quads = (quad for name in [ox.DefaultGraph(), *names] for quad in _sorted_graph(store, name))
            ox.serialize(quads, stream, FORMATS[format], prefixes=dict(prefixes))


def _sorted_graph(store: ox.Store, name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    """One graph in the order of its N-Triples lines: all of a subject's triples stand together."""
    with tempfile.TemporaryFile() as lines:
        store.dump(lines, ox.RdfFormat.N_TRIPLES, from_graph=name)
        lines.seek(0)
        for line in _sorted(lines):
            for quad in ox.parse(line, ox.RdfFormat.N_TRIPLES):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


def _sorted(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Sort lines by their bytes, in memory as long as they fit, else by merging sorted temporary files."""
    lines = iter(lines)
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        while run := sorted(islice(lines, _LINES_IN_MEMORY)):
            if len(run) < _LINES_IN_MEMORY and not runs:
                yield from run
                return
            file = stack.enter_context(tempfile.TemporaryFile())
            file.writelines(run)
            file.seek(0)
            runs.append(file)
        yield from heapq.merge(*runs)


@contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    """A stream to a temporary file beside `target`, which takes its place when the block ends without an error."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.is_dir():
            raise InputError(f"cannot write {target}: it is a folder; name a file in it")
        try:
            with part.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(target)
        except OSError as error:
            raise InputError(f"cannot write {target}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def _open(path: Path) -> ox.Store:
    try:
        return ox.Store.read_only(str(path))
    except OSError as error:
        raise DataFolderError(f"{path} holds no readable store ({error}); build the release again") from error
