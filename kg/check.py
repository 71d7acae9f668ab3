"""The graph against its shapes and its own promises -> findings. The door to pySHACL.

The shapes are checked on the default graph: there each thing has its inferred types, one label and all that any
document says of it. The promises about evidence are checked on every document's graph:

- every fact has an assertion, and an assertion has evidence;
- the quoted words are the characters of the stored text that the evidence points at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyshacl
from rdflib import DCTERMS, RDF, Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import OntologyError
from kg.namespaces import ACC, OA, SH
from kg.store import Reader

VIOLATION = "violation"
"""The severity of a finding that must not be; the others are `warning` and `info`."""

# What a document's graph says of its words rather than of the world: these need no assertion.
_ABOUT_THE_TEXT = frozenset({ACC.mentions, ACC.confidence, ACC.evidence, ACC.rule, ACC.textHash})


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is not as it should be: `focus` (an IRI) has `value` under `path` (the IRI of a property).

    `severity` is `violation`, `warning` or `info`; `path`, `value` and `document` (an identifier) are empty where the
    finding is about none.
    """

    severity: str
    message: str
    focus: str
    path: str = ""
    value: str = ""
    document: str = ""


def check(store: Path, shapes: Path, texts: Mapping[str, str]) -> list[Finding]:
    """All findings on the store in folder `store`, sorted. `texts` are the stored texts by document identifier.

    Raises OntologyError where the file `shapes` is no set of SHACL shapes.
    """
    reader = Reader(store)
    documents = {
        graph: str(identifier)
        for graph in reader.graphs()
        for _, _, identifier in reader.triples(graph, predicate=DCTERMS.identifier)
    }
    findings = set(_against_shapes(reader, shapes, documents))
    for graph, identifier in documents.items():
        findings.update(_unproven(reader, graph, identifier))
        findings.update(_misquoted(reader, graph, identifier, texts.get(identifier)))
    return sorted(findings)


def _against_shapes(reader: Reader, shapes: Path, documents: Mapping[URIRef, str]) -> Iterator[Finding]:
    data = Graph()
    for triple in reader.triples():
        data.add(triple)
    try:
        # `inplace` spares a copy of the data: nothing is inferred, so nothing is added to it.
        _, report, _ = pyshacl.validate(data, shacl_graph=_parse(shapes), inference="none", inplace=True)
    except pyshacl.errors.ReportableRuntimeError as error:
        raise OntologyError(f"{shapes} is no set of SHACL shapes: {error}") from error
    if not isinstance(report, Graph):  # pySHACL hands back the failure of a shape instead of raising it
        raise OntologyError(f"the shapes {shapes} cannot be checked: {report}")
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        severity = str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)).lower()
        yield Finding(
            severity=severity,
            message=str(report.value(result, SH.resultMessage) or "does not fit its shape"),
            focus=str(focus),
            path=str(path) if isinstance(path, URIRef) else "",
            value="" if value is None else str(value),
            document=_document(reader, documents, focus, path, value),
        )


def _parse(shapes: Path) -> Graph:
    try:
        return Graph().parse(data=shapes.read_text("utf-8"), format="turtle")
    except OSError as error:
        raise OntologyError(f"cannot read the shapes {shapes}: {error.strerror}") from error
    except Exception as error:  # rdflib's parsers raise many kinds of exceptions, with nothing but Exception in common
        raise OntologyError(f"the shapes {shapes} are not Turtle: {error}") from error


def _document(
    reader: Reader, documents: Mapping[URIRef, str], focus: Node | None, path: Node | None, value: Node | None
) -> str:
    """The identifier of a document that states the triple, else of one that speaks of `focus`, else nothing."""
    if not isinstance(focus, URIRef):
        return ""
    stating: list[URIRef] = []
    if isinstance(path, URIRef) and value is not None:
        stating = reader.graphs_with(focus, path, value)
    for graph in [*stating, *reader.graphs_with(focus)]:
        if graph in documents:
            return documents[graph]
    return ""


def _unproven(reader: Reader, graph: URIRef, identifier: str) -> Iterator[Finding]:
    """Facts of a document's graph without an assertion, and assertions without evidence."""
    subjects = {a: s for a, _, s in reader.triples(graph, predicate=RDF.subject)}
    predicates = {a: p for a, _, p in reader.triples(graph, predicate=RDF.predicate)}
    objects = {a: o for a, _, o in reader.triples(graph, predicate=RDF.object)}
    evidence = {a for a, _, _ in reader.triples(graph, predicate=ACC.evidence)}
    proven = {(subjects.get(a), predicates.get(a), objects.get(a)) for a in evidence}
    for assertion in set(subjects) - evidence:
        yield Finding(VIOLATION, "an assertion has no evidence", str(assertion), document=identifier)
    for subject, predicate, object_ in reader.triples(graph):
        is_fact = isinstance(predicate, URIRef) and predicate in ACC and predicate not in _ABOUT_THE_TEXT
        if is_fact and (subject, predicate, object_) not in proven:
            yield Finding(
                VIOLATION, "a fact has no assertion", str(subject), str(predicate), str(object_), document=identifier
            )


def _misquoted(reader: Reader, graph: URIRef, identifier: str, text: str | None) -> Iterator[Finding]:
    """Evidence whose quoted words are not the characters of the text that it points at."""
    starts = {e: _number(o) for e, _, o in reader.triples(graph, predicate=OA.start)}
    ends = {e: _number(o) for e, _, o in reader.triples(graph, predicate=OA.end)}
    for evidence, _, quoted in reader.triples(graph, predicate=OA.exact):
        start, end = starts.get(evidence, -1), ends.get(evidence, -1)
        if text is None or not 0 <= start < end <= len(text) or text[start:end] != str(quoted):
            yield Finding(
                VIOLATION,
                f"the quoted words are not characters {start} to {end} of the text",
                str(evidence),
                str(OA.exact),
                str(quoted),
                identifier,
            )


def _number(term: Node) -> int:
    value = term.toPython() if isinstance(term, Literal) else None
    return value if isinstance(value, int) else -1
