"""Results of queries, read from any of their formats and compared as the suites want it."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}


@dataclass(frozen=True)
class Result:
    """A result: a truth value, a graph, or rows (variable -> term). `ordered` where the order of the rows counts."""

    truth: bool | None = None
    graph: frozenset[ox.Triple] | None = None
    rows: tuple[dict, ...] | None = None
    ordered: bool = False


def read(file: Path) -> Result:
    """The result in a file of a suite."""
    if file.suffix in _FORMATS:
        return parse(file.read_bytes(), file.suffix)
    if file.suffix == ".csv":
        return Result(rows=_csv(file.read_bytes()))
    quads = list(ox.parse(path=str(file), base_iri=file.as_uri()))
    store = ox.Dataset(quads)
    sets = [quad for quad in store.quads_for_object(ox.NamedNode(RS + "ResultSet")) if quad.predicate == _TYPE]
    return _result_set(store, sets[0].subject) if sets else Result(graph=frozenset(q.triple for q in quads))


def parse(data: bytes, suffix: str) -> Result:
    """The result in a format that is called by the suffix of its files."""
    if suffix == ".csv":
        return Result(rows=_csv(data))
    if suffix == ".nt":
        return Result(graph=frozenset(quad.triple for quad in ox.parse(data, ox.RdfFormat.N_TRIPLES)))
    return result_of(ox.parse_query_results(data, _FORMATS[suffix]))


def result_of(found) -> Result:
    """The result that pyoxigraph gives."""
    if isinstance(found, ox.QueryBoolean):
        return Result(truth=bool(found))
    if isinstance(found, ox.QueryTriples):
        return Result(graph=frozenset(found))
    names = [variable.value for variable in found.variables]
    rows = ({name: term for name, term in zip(names, row, strict=True) if term is not None} for row in found)
    return Result(rows=tuple(rows))


def same(expected: Result, found: Result) -> bool:
    """Whether `found` is what was expected. Numbers count by their value: a store may write 1.0 as 1."""
    expected, found = _by_value(expected), _by_value(found)
    if expected.truth is not None or expected.graph is not None:
        if (expected.truth, expected.graph is None) != (found.truth, found.graph is None):
            return False
        return expected.graph is None or _canonical(expected.graph) == _canonical(found.graph or frozenset())
    if found.rows is None or expected.rows is None or len(expected.rows) != len(found.rows):
        return False
    if expected.ordered and not any(map(_has_blank, expected.rows)):
        return list(expected.rows) == list(found.rows)
    if not any(map(_has_blank, (*expected.rows, *found.rows))):
        return _counted(expected.rows) == _counted(found.rows)
    return _canonical(_as_graph(expected)) == _canonical(_as_graph(Result(rows=found.rows, ordered=expected.ordered)))


def _by_value(result: Result) -> Result:
    rows = result.rows and tuple({name: _value(term) for name, term in row.items()} for row in result.rows)
    graph = result.graph and frozenset(ox.Triple(t.subject, t.predicate, _value(t.object)) for t in result.graph)
    return Result(result.truth, graph, rows, result.ordered)


def _value(term):
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(_XSD):
        return term
    kind = term.datatype.value.removeprefix(_XSD)
    try:
        if kind in {"float", "double"}:
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
        if kind in {"integer", "decimal"}:
            return ox.Literal(str(Decimal(term.value).normalize()), datatype=term.datatype)
    except (ValueError, ArithmeticError):
        return term
    if kind == "boolean":
        return ox.Literal({"1": "true", "0": "false"}.get(term.value, term.value), datatype=term.datatype)
    return term


def _counted(rows: Sequence[dict]) -> Counter:
    return Counter(frozenset(row.items()) for row in rows)


def _has_blank(row: dict) -> bool:
    return any(isinstance(term, ox.BlankNode | ox.Triple) for term in row.values())


def _as_graph(result: Result) -> frozenset[ox.Triple]:
    triples = set()
    for number, row in enumerate(result.rows or ()):
        node = ox.BlankNode()
        triples.add(ox.Triple(node, _TYPE, ox.NamedNode(RS + "solution")))
        triples |= {ox.Triple(node, ox.NamedNode("urn:variable:" + name), term) for name, term in row.items()}
        if result.ordered:
            triples.add(ox.Triple(node, ox.NamedNode(RS + "index"), ox.Literal(number)))
    return frozenset(triples)


def _canonical(triples: frozenset[ox.Triple]) -> set[str]:
    dataset = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in dataset}


def _csv(data: bytes) -> tuple[dict, ...]:
    """Rows of plain text; blank nodes are told apart by nothing, as CSV does."""
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    return tuple(
        {name: "_:" if cell.startswith("_:") else _number(cell) for name, cell in zip(head, row, strict=True) if cell}
        for row in rows
    )


def _number(cell: str) -> str | float:
    """Numbers by their value: a store may write 1.0e6 in another way."""
    try:
        return float(cell)
    except ValueError:
        return cell


def _result_set(store: ox.Dataset, node) -> Result:
    def values(subject, name: str) -> list:
        wanted = ox.NamedNode(RS + name)
        return [quad.object for quad in store.quads_for_subject(subject) if quad.predicate == wanted]

    truth = values(node, "boolean")
    if truth:
        return Result(truth=truth[0].value in {"true", "1"})
    rows = []
    for solution in values(node, "solution"):
        bindings = values(solution, "binding")
        row = {values(one, "variable")[0].value: values(one, "value")[0] for one in bindings}
        index = values(solution, "index")
        rows.append((int(index[0].value) if index else 0, bool(index), row))
    rows.sort(key=lambda row: row[0])
    return Result(rows=tuple(row for _, _, row in rows), ordered=bool(rows) and all(known for _, known, _ in rows))
