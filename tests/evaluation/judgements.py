"""Documents with gold files, read by the builder, and each finding judged right or wrong: what calibration learns from.

A folder of gold files belongs to a folder of documents of the same stems; most often both are one folder.
An entity is right when the gold file has it, a fact when `kg.evaluation` counts it as a hit. The title and organisation
of an appointment are right with its role; value and unit of a statistic are right with the statistic.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ingest import readers
from ingest.model import Document, Fact, Findings, Value
from ingest.pipeline import Read, Reading
from ingest.quads import DocumentGraph, literal
from ingest.resolution.identity import resolve
from kg.evaluation.sameness import Gold, pairs
from kg.evaluation.scoring import Tally, score
from kg.evaluation.statements import CLASSES, Statements, statements
from kg.namespaces import Addresses
from kg.reference import Reference

ROLE = ("holder", "organisation", "title")
FIGURE = ("value", "unit")

Statement = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents and their gold files; `name` is the family that the tables show."""

    name: str
    pairs: tuple[tuple[Path, Path], ...]
    """(document, gold file)."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a document states with the raw confidences of the rules, and what of it is right.

    `entities` and `facts` map what was judged to right or wrong, an entity by its key, a fact by its place in
    `findings.facts`. `scored` are the facts that the evaluation counts, by their place, each with the triple that
    states it: two facts may state one triple.
    """

    family: str
    document: str
    findings: Findings
    entities: dict[str, bool]
    facts: dict[int, bool]
    scored: dict[int, Statement]


def corpus(name: str, documents: Path, gold: Path) -> Corpus:
    """The documents of a folder that have a gold file of their stem in the other folder."""
    golds = {path.stem: path for path in sorted(gold.glob("*.json"))}
    endings = {".txt", ".html"}
    found = [p for p in sorted(documents.iterdir()) if p.suffix in endings and p.stem in golds]
    return Corpus(name, tuple((path, golds[path.stem]) for path in found))


def judge(corpus: Corpus, reading: Reading, reference: Reference) -> list[Judgement]:
    """Reads the documents of a corpus, as one corpus, and judges what was found. `reading` must not calibrate."""
    reads = []
    for path, _ in corpus.pairs:
        reads.append(reading.read(path.name, readers.read(Document(path.name, path, path.read_bytes()))))
    addresses = Addresses()
    iris = resolve([r.findings for r in reads], addresses)
    places = {p.iri: p for p in reference.places}
    labels: dict[str, set[str]] = {p.iri: {p.label, *p.names} for p in reference.places}
    judgements = []
    for read, (_, gold) in zip(reads, corpus.pairs, strict=True):
        activity = addresses.thing("activity", "judged")
        graph = DocumentGraph(read.findings, iris, addresses, places, read.places, read.topics, activity)
        entries = {k: v for k, v in json.loads(gold.read_text("utf-8")).items() if isinstance(v, list)}
        judgements.append(_judge(corpus.name, read, graph, statements(graph.triples(), labels), entries))
    return judgements


def _judge(family: str, read: Read, graph: DocumentGraph, stated: Statements, gold: dict[str, list[Gold]]) -> Judgement:
    findings = read.findings
    document = findings.text.document
    hits = {iri for category in CLASSES for iri in pairs(category, gold.get(category, []), stated).values()}
    known = {e.key: e for e in findings.entities}
    entities = {e.key: str(graph.node(e.key)) in hits for e in findings.entities if e.type != "Appointment"}
    tally = Tally()
    score(document, gold, stated, tally)
    right = {fact.statement: fact.right for fact in tally.judged}
    roles = {s: yes for (s, p, _), yes in right.items() if p == "holder"}
    entities |= {e.key: roles[iri] for e in findings.entities if (iri := str(graph.node(e.key))) in roles}
    facts: dict[int, bool] = {}
    scored: dict[int, Statement] = {}
    for place, fact in enumerate(findings.facts):
        statement = (str(graph.node(fact.subject)), fact.predicate, _text(fact, graph))
        subject = known.get(fact.subject)
        if statement in right:
            facts[place] = right[statement]
            scored[place] = statement
        elif subject is not None and subject.type == "Appointment" and fact.predicate in ROLE and statement[0] in roles:
            facts[place] = roles[statement[0]]
        elif subject is not None and subject.type == "Statistic" and fact.predicate in FIGURE:
            facts[place] = entities[fact.subject]
    return Judgement(family, document, findings, entities, facts, scored)


def _text(fact: Fact, graph: DocumentGraph) -> str:
    """The object as it is written in the graph."""
    return str(literal(fact.object) if isinstance(fact.object, Value) else graph.node(fact.object))
