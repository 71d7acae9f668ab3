"""The graph of one document: its facts as it states them, each with its assertion and evidence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, XSD, Literal, URIRef
from rdflib.term import Node

from ingest.model import Entity, Findings, Span, Value
from ingest.quads.terms import Triple, dated, literal, named
from ingest.resolution.identity import digest
from kg.namespaces import ACC, OA, Addresses
from kg.reference import ReferenceEntity

# Terms that every assertion has: a namespace makes a term anew each time it is asked.
TYPE, SUBJECT, PREDICATE, OBJECT = RDF.type, RDF.subject, RDF.predicate, RDF.object
ASSERTION, CONFIDENCE, RULE, EVIDENCE = ACC.Assertion, ACC.confidence, ACC.rule, ACC.evidence
DERIVED, GENERATED = PROV.wasDerivedFrom, PROV.wasGeneratedBy

COVERED = re.compile(r"(?:\b(?:e-?mail|tel|phone|mob|mobile|fax)\b\W*)?\S*•{2}", re.I)
"""Contact data that the reader covered, with the word before them."""


SHOWN = 3
"""How many mentions of an entity are evidence that it is what it is."""
SURE = 0.99
"""The most that a confidence says."""


@dataclass(frozen=True, slots=True)
class Stated:
    """How sure a triple is, by which rule, and where the text says it."""

    confidence: float
    rule: str
    spans: tuple[Span, ...]

    def again(self, other: Stated) -> Stated:
        """The same triple, stated once more: the better rule and all places."""
        best = self if self.confidence >= other.confidence else other
        return Stated(best.confidence, best.rule, tuple(dict.fromkeys((*self.spans, *other.spans))))


class DocumentGraph:
    """Turns the findings of one document into triples, each fact with its assertion and evidence.

    `iris` maps (document, local key) to the IRIs of entities, `places` the IRIs of places to their reference entries.
    """

    def __init__(
        self,
        findings: Findings,
        iris: Mapping[tuple[str, str], str],
        addresses: Addresses,
        places: Mapping[str, ReferenceEntity],
        seen_places: Iterable[tuple[str, Span]],
        topics: Iterable[tuple[str, Span, str]],
        activity: URIRef,
    ) -> None:
        self.findings = findings
        self.text = findings.text
        self.iris = iris
        self.addresses = addresses
        self.document = addresses.thing("document", self.text.document)
        self.places = places
        self.seen_places = list(seen_places)
        self.topics = list(topics)
        self.activity = activity
        self._stated: dict[Triple, Stated] = {}
        self._breaks = [-1, *(m.start() for m in re.finditer("\n", self.text.content)), len(self.text.content)]

    def node(self, key: str) -> URIRef:
        """The IRI of a local key; IRIs pass."""
        if key == "document":
            return self.document
        return URIRef(self.iris.get((self.text.document, key), key))

    def triples(self) -> Iterator[Triple]:
        """All triples of the document's graph."""
        yield from self._description()
        self._stated = {}
        self._document()
        for e in self.findings.entities:
            self._entity(e)
        self._places()
        self._topics()
        for fact in self.findings.facts:
            value = literal(fact.object) if isinstance(fact.object, Value) else self.node(fact.object)
            triple = (self.node(fact.subject), ACC[fact.predicate], value)
            self._state(triple, fact.evidence, fact.rule, fact.confidence)
        yield from self._assertions()

    def _state(self, triple: Triple, spans: Iterable[Span], rule: str, confidence: float) -> None:
        new = Stated(confidence, rule, tuple(dict.fromkeys(spans)))
        old = self._stated.get(triple)
        self._stated[triple] = old.again(new) if old else new

    def _description(self) -> Iterator[Triple]:
        """What is known of the document without reading it."""
        yield self.document, RDF.type, ACC.Document
        yield self.document, DCTERMS.identifier, Literal(self.text.document)
        yield self.document, DCTERMS.language, Literal(self.text.language)
        yield self.document, ACC.textHash, Literal(sha256(self.text.content.encode()).hexdigest())
        if self.text.title is None:
            yield self.document, RDFS.label, Literal(self.text.document)

    def _document(self) -> None:
        """Title, publisher and day of issue."""
        title, publisher, issued = self.text.title, self.text.publisher, self.text.issued
        if title:
            words = named(self._words(title))
            self._state((self.document, DCTERMS.title, words), [title], "document/title", 0.9)
            self._state((self.document, RDFS.label, words), [title], "document/title", 0.9)
        if publisher:
            words = Literal(self._words(publisher))
            self._state((self.document, DCTERMS.publisher, words), [publisher], "document/publisher", 0.9)
        if issued and self.text.issued_on:
            day = dated(self.text.issued_on)
            self._state((self.document, DCTERMS.issued, day), [issued], "document/issued", 0.9)

    def _words(self, span: Span) -> str:
        """The words of a span on one line."""
        return re.sub(r"\s+", " ", self.text.content[span.start : span.end])

    def _entity(self, e: Entity) -> None:
        """The class and the names of an entity, and that the document mentions it."""
        node = self.node(e.key)
        spans = [self._sentence(m) for m in e.mentions[:SHOWN]]
        self._state((node, RDF.type, ACC[e.type]), spans, e.rule, e.confidence)
        first: dict[str, Span] = {}
        for m in e.mentions:
            first.setdefault(self._words(m), m)
        for n, name in enumerate(e.names):
            where = next((self._sentence(m) for words, m in first.items() if name in words), spans[0])
            label = RDFS.label if n == 0 else SKOS.altLabel
            self._state((node, label, named(name)), [where], e.rule, e.confidence)
        if e.type not in ("Appointment", "Statistic"):
            self._state((self.document, ACC.mentions, node), spans, e.rule, e.confidence)

    def _places(self) -> None:
        """The places that the text names, with the spellings there, the most frequent as label."""
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        first: dict[tuple[str, str], Span] = {}
        for iri, span in self.seen_places:
            node, evidence = URIRef(iri), [self._sentence(span)]
            self._state((node, RDF.type, ACC[self.places[iri].type]), evidence, "gazetteer", 0.9)
            self._state((self.document, ACC.mentions, node), evidence, "gazetteer", 0.9)
            words = self._words(span)
            counted[iri][words] += 1
            first.setdefault((iri, words), span)
        for iri, spellings in counted.items():
            for n, words in enumerate(sorted(spellings, key=lambda w: (-spellings[w], w))):
                label = RDFS.label if n == 0 else SKOS.altLabel
                evidence = [self._sentence(first[iri, words])]
                self._state((URIRef(iri), label, named(words)), evidence, "gazetteer", 0.9)

    def _topics(self) -> None:
        for iri, span, name in self.topics:
            node, evidence = URIRef(iri), [self._sentence(span)]
            self._state((self.document, ACC.mentions, node), evidence, "gazetteer/topic", 0.8)
            self._state((node, RDF.type, ACC.Topic), evidence, "gazetteer/topic", 0.8)
            self._state((node, RDFS.label, Literal(name, lang="en")), evidence, "gazetteer/topic", 0.8)

    def _sentence(self, span: Span) -> Span:
        """The line around a span, trimmed to what surrounds it where the line is long."""
        content = self.text.content
        start = self._breaks[bisect_right(self._breaks, span.start - 1) - 1] + 1
        end = self._breaks[min(bisect_right(self._breaks, span.end - 1), len(self._breaks) - 1)]
        stop = content.rfind(". ", start, span.start)
        left = start if stop < 0 else stop + 2
        stop = content.find(". ", span.end, end)
        right = end if stop < 0 else stop + 1
        while left < span.start and content[left].isspace():
            left += 1
        while right > span.end and content[right - 1].isspace():
            right -= 1
        return Span(left, right)

    def _assertions(self) -> Iterator[Triple]:
        """The triples stated, an assertion for each, and the evidence that they share."""
        evidence: dict[Span, URIRef] = {}
        spans = {span for stated in self._stated.values() for span in stated.spans}
        shown = {span: self._without_contacts(span) for span in spans}
        for (s, p, o), stated in self._stated.items():
            yield s, p, o
            node = self.addresses.thing("assertion", digest(self.text.document, s.n3(), p.n3(), o.n3()))
            yield node, TYPE, ASSERTION
            yield node, SUBJECT, s
            yield node, PREDICATE, p
            yield node, OBJECT, o
            yield node, CONFIDENCE, _confidence(stated.confidence)
            yield node, RULE, _rule(stated.rule)
            yield node, DERIVED, self.document
            yield node, GENERATED, self.activity
            for span in dict.fromkeys(shown[span] for span in stated.spans):
                if span not in evidence:
                    evidence[span] = self.addresses.thing("evidence", f"{self.text.document}/{span.start}-{span.end}")
                yield node, EVIDENCE, evidence[span]
        for span, place in evidence.items():
            yield from self._evidence(span, place)

    def _without_contacts(self, span: Span) -> Span:
        """The words before the first covered address or telephone number: a quotation has no use for dots."""
        words = self.text.content[span.start : span.end]
        covered = COVERED.search(words)
        kept = len(words[: covered.start()].rstrip(" -–(,;:/")) if covered else 0
        return Span(span.start, span.start + kept) if kept else span

    def _evidence(self, span: Span, node: Node) -> Iterator[Triple]:
        yield node, RDF.type, ACC.Evidence
        yield node, OA.hasSource, self.document
        yield node, OA.start, Literal(span.start)
        yield node, OA.end, Literal(span.end)
        yield node, OA.exact, Literal(self.text.content[span.start : span.end])


@cache
def _confidence(sure: float) -> Literal:
    return Literal(f"{min(sure, SURE):.2f}", datatype=XSD.decimal, normalize=False)


@cache
def _rule(name: str) -> Literal:
    return Literal(name)
