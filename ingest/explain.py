"""A document with everything that the machine made of it, and by which rule: a window into the work of the pipeline.

`explain` gathers; `ingest.explain_page` and the command `kg explain` show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from ingest import readers
from ingest.annotators.analysis import Analysis
from ingest.annotators.names import Names
from ingest.calibration import calibrated
from ingest.extractors.cast import Cast
from ingest.model import Annotation, Document, Entity, Fact, Findings, Span, Value
from ingest.pipeline import Reading
from kg.reference import Reference

KINDS = ("organisation", "person", "instrument", "project", "event", "place", "date", "quantity", "abbreviation")
"""The kinds of marks, those that decide the colour of shared words first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of the text. `value` is its normal form, `entity` the key of the entity that it names."""

    start: int
    end: int
    text: str
    kind: str
    value: str
    rule: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """A line, its kind (`title`, `prose`, `boilerplate` ...), the entry of a listing that it is in, its sentences."""

    start: int
    end: int
    text: str
    kind: str
    entry: int | None
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of the document that a fact rests on."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ExplainedEntity:
    """An entity; `name` is the best of its names, `confidence` is from 0 to 1."""

    key: str
    type: str
    name: str
    names: tuple[str, ...]
    mentions: tuple[Evidence, ...]
    rule: str
    confidence: float
    country: str | None
    reference: str | None


@dataclass(frozen=True, slots=True)
class ExplainedFact:
    """A fact with its parts in words (`subject`, `object`) and as keys, IRIs or lexical forms (`*_key`)."""

    subject: str
    predicate: str
    object: str
    subject_key: str
    object_key: str
    rules: tuple[str, ...]
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Rejection:
    """What looked like a `what` and was not taken, and why; `sentence` is where it stands."""

    start: int
    end: int
    text: str
    what: str
    why: str
    sentence: Evidence


@dataclass(frozen=True, slots=True)
class Explanation:
    """All of a document. Offsets count characters of `content`, the stored text."""

    document: str
    title: str | None
    issued: str | None
    publisher: str | None
    country: str | None
    content: str
    lines: tuple[ExplainedLine, ...]
    marks: tuple[Mark, ...]
    entities: tuple[ExplainedEntity, ...]
    facts: tuple[ExplainedFact, ...]
    rejected: tuple[Rejection, ...]

    def as_json(self) -> dict[str, Any]:
        """The same in dicts, lists, strings and numbers."""
        return asdict(self)


def explain(reading: Reading, reference: Reference, document: Document) -> Explanation:
    """Reads a document and keeps what is made on the way. Raises InputError where it cannot be read."""
    analysis, names, cast = reading.take_apart(document.identifier, readers.read(document))
    findings = calibrated(cast.findings(), reading.calibration)
    text = analysis.text
    labels = {
        e.iri: e.label for e in (*reference.organisations, *reference.places, *reference.topics, *reference.goals)
    }
    labels |= {e.key: _name(e) for e in findings.entities} | {"document": "this document"}
    return Explanation(
        document=text.document,
        title=analysis.words(text.title) if text.title else None,
        issued=text.issued_on,
        publisher=analysis.words(text.publisher) if text.publisher else None,
        country=findings.country,
        content=text.content,
        lines=tuple(_lines(analysis)),
        marks=tuple(sorted(_marks(analysis, names, cast), key=lambda m: (m.start, -m.end, KINDS.index(m.kind)))),
        entities=tuple(_entity(analysis, e) for e in findings.entities),
        facts=tuple(_fact(analysis, f, labels) for f in _ordered(findings)),
        rejected=tuple(_rejected(analysis, names, cast)),
    )


def _quoted(analysis: Analysis, span: Span) -> Evidence:
    return Evidence(span.start, span.end, analysis.words(span))


def _name(entity: Entity) -> str:
    return entity.names[0] if entity.names else entity.key


def _lines(analysis: Analysis) -> Iterator[ExplainedLine]:
    inside: dict[Span, list[tuple[int, int]]] = {}
    for s in analysis.sentences:
        inside.setdefault(s.line.span, []).append((s.span.start, s.span.end))
    for line in analysis.layout.lines:
        span = line.span
        sentences = tuple(inside.get(span, ()))
        yield ExplainedLine(span.start, span.end, analysis.words(span), line.kind, line.entry, sentences)


# -- marks ------------------------------------------------------------------------------------------------------------


def _named(names: Names) -> Iterator[tuple[str, Annotation]]:
    groups: Mapping[str, Sequence[Annotation]] = {
        "organisation": names.organisations,
        "person": names.persons,
        "instrument": names.instruments,
        "project": names.projects,
    }
    for kind, group in groups.items():
        for annotation in group:
            yield kind, annotation


def _marks(analysis: Analysis, names: Names, cast: Cast) -> Iterator[Mark]:
    """Names first: what the annotators found, then the mentions that only the extractors made."""
    keys = {m.span: m.key for m in cast.mentions} | {(m.kind, m.span): m.key for m in cast.mentions}
    seen: set[tuple[str, Span]] = set()
    for kind, a in _named(names):
        seen.add((kind, a.span))
        yield _mark(analysis, a.span, kind, str(a.value), a.rule, keys.get((kind, a.span), keys.get(a.span)))
    for m in cast.mentions:
        kind = m.kind.split("-")[0]  # "project-anaphor": "the project"
        if kind in KINDS and (kind, m.span) not in seen:
            seen.add((kind, m.span))
            member = cast.members.get(m.key)
            rule = member.rule if member and kind == m.kind else f"{kind}/anaphor"
            yield _mark(analysis, m.span, kind, member.type if member else "", rule, m.key)
    for long, short in names.definitions:
        yield _mark(analysis, short, "abbreviation", f"short for {analysis.words(long)}", "abbreviation/definition")
    for a in (*analysis.places, *analysis.dates, *analysis.quantities):
        yield _mark(analysis, a.span, a.kind, _value(a), a.rule)


def _mark(analysis: Analysis, span: Span, kind: str, value: str, rule: str, entity: str | None = None) -> Mark:
    return Mark(span.start, span.end, analysis.words(span), kind, value, rule, entity)


def _value(annotation: Annotation) -> str:
    value = annotation.value
    if annotation.kind == "place":
        return f"{value.label} ({value.type})"
    if annotation.kind == "date":
        return str(value.start) if value.end is None else f"{value.start}/{value.end or '..'}"
    what = value.unit or annotation.features.get("counted") or ""
    return " ".join(str(part) for part in (value.bound, _in_digits(value.value), what) if part and part != "exact")


def _in_digits(value: Decimal) -> str:
    """The number in full, with commas and without zeros at the end of its decimals."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# -- findings ---------------------------------------------------------------------------------------------------------


def _entity(analysis: Analysis, e: Entity) -> ExplainedEntity:
    mentions = tuple(_quoted(analysis, span) for span in e.mentions)
    return ExplainedEntity(e.key, e.type, _name(e), e.names, mentions, e.rule, e.confidence, e.country, e.reference)


def _ordered(findings: Findings) -> list[Fact]:
    """By the place of the first evidence, then by subject."""
    return sorted(findings.facts, key=lambda f: (min(f.evidence, default=Span(0, 0)), f.subject, f.predicate))


def _fact(analysis: Analysis, f: Fact, labels: Mapping[str, str]) -> ExplainedFact:
    key = f.object.lexical if isinstance(f.object, Value) else f.object
    said = key if isinstance(f.object, Value) else labels.get(key, key)
    return ExplainedFact(
        subject=labels.get(f.subject, f.subject),
        predicate=f.predicate,
        object=said,
        subject_key=f.subject,
        object_key=key,
        rules=f.votes or (f.rule,),
        confidence=f.confidence,
        evidence=tuple(_quoted(analysis, span) for span in f.evidence),
    )


def _rejected(analysis: Analysis, names: Names, cast: Cast) -> Iterator[Rejection]:
    """What the extractors turned down, and names of which no extractor made an entity."""
    refused = list(cast.rejected)
    settled = bytearray(len(analysis.text.content))
    for span in (*(m.reach for m in cast.mentions), *(a.span for a in refused)):
        settled[span.start : span.end] = b"\1" * (span.end - span.start)
    for kind, a in _named(names):
        if not any(settled[a.span.start : a.span.end]):
            refused.append(Annotation(a.span, "rejected", kind, f"found by {a.rule}, but nothing was made of it"))
    for a in sorted(refused, key=lambda a: (a.span, str(a.value))):
        words = analysis.words(a.span)
        sentence = _quoted(analysis, analysis.evidence(a.span))
        yield Rejection(a.span.start, a.span.end, words, str(a.value), a.rule, sentence)
