"""The nouns of the builder: Document, Text, Span, Annotation, Entity, Fact, Findings. Frozen data, no behaviour.

Every other file of `ingest` is one arrow between them:
document -> text -> annotations -> findings (entities and facts) -> resolved findings -> quads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was found. `identifier` is its file name, unique in the corpus."""

    identifier: str
    path: Path
    data: bytes


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader made of a document. `content` is the stored text: all offsets count its characters.

    `title`, `issued` and `publisher` are the spans that state them, None where the text does not.
    `issued_on` is ISO 8601 (`2023-11-29`, `2023-11`, `2023`).
    """

    document: str
    content: str
    title: Span | None = None
    issued: Span | None = None
    issued_on: str | None = None
    publisher: Span | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Value:
    """A literal: its lexical form, datatype (`string`, `date`, `gYearMonth`, `gYear`, `decimal`, `duration`, `iri`)."""

    lexical: str
    datatype: str = "string"
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that a document mentions. `key` is unique in the document (later: in the corpus, then it is the IRI).

    `type` is the local name of a class of the ontology. `names` are the spellings met, the best one first.
    `mentions` are the spans where it is named. `country` is an ISO 3166-1 alpha-2 code where known, `reference` the IRI
    of the reference entity that it is.
    """

    key: str
    type: str
    names: tuple[str, ...]
    mentions: tuple[Span, ...]
    rule: str
    confidence: float = 1.0
    country: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement on an entity: `subject` and, unless it is a Value, `object` are keys, or IRIs of reference entities.

    `predicate` is a local name of the ontology. `evidence` are the spans of the sentences that state it, `rule` what
    found it, `votes` all rules that found it, the first one first.
    """

    subject: str
    predicate: str
    object: str | Value
    evidence: tuple[Span, ...]
    rule: str
    confidence: float = 1.0
    votes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What one document states."""

    text: Text
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    country: str | None = None
    """The country that the document is mostly about."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text. `value` in full units; `unit` is an ISO 4217 code for money, `percent`, or empty."""

    value: Decimal
    unit: str = ""
    bound: str = "exact"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A marked stretch of a text: `kind` says what it is, `value` its normal form, `rule` what found it.

    The type of `value` goes with `kind`: the annotator's docstring names it.
    """

    span: Span
    kind: str
    value: Any = None
    rule: str = ""
    features: Mapping[str, Any] = field(default_factory=dict)
