"""The cast of one document: its entities, where each is mentioned, and the facts about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.annotators.analysis import Analysis
from ingest.extractors.order import InOrder
from ingest.model import Annotation, Entity, Fact, Findings, Span, Value

BODIES = ("organisation", "organisation-anaphor")
"""Kinds of mentions that stand for an organisation."""


@dataclass(slots=True)
class Member:
    """An entity while it is being put together. `reference` is the IRI of the reference entity that it is."""

    key: str
    type: str
    names: dict[str, int]
    mentions: list[Span]
    rule: str
    confidence: float
    reference: str | None = None
    country: str | None = None
    date: str | None = None
    details: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an entity is named; `reach` is the name with its title and brackets."""

    span: Span
    key: str
    kind: str
    reach: Span


class Cast:
    """Collects entities and facts; answers who is named where.

    A mention is of a kind: `organisation`, `person`, `project` ..., or `organisation-anaphor` and the like for words
    such as "the college" that point back to a name.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.a = analysis
        self.content = analysis.text.content
        self.members: dict[str, Member] = {}
        self.mentions: list[Mention] = []
        self.facts: dict[tuple[str, str, str | Value], Fact] = {}
        self.rejected: list[Annotation] = []
        self.page: str | None = None
        """The project that all of a page is about, once projects are through."""
        self.topic: str | None = None
        """The project that a text without fact box is about, once projects are through."""
        self.sentences = InOrder(analysis.sentences)
        self.dates = InOrder(analysis.dates)
        self.places = InOrder(analysis.places)
        self.country_names = InOrder(analysis.known_places)
        self._by_kind: dict[str, InOrder[Mention]] = defaultdict(InOrder)
        self._by_subject: dict[str, dict[str, list[str | Value]]] = defaultdict(lambda: defaultdict(list))
        self._by_name: dict[tuple[str, str], str] = {}
        self._by_object: dict[tuple[str, str | Value], list[str]] = defaultdict(list)

    def add(
        self,
        key: str,
        type_: str,
        name: str,
        span: Span,
        kind: str,
        rule: str,
        confidence: float,
        reach: Span | None = None,
    ) -> Member:
        """Names an entity once more; the first call creates it."""
        member = self.members.get(key)
        if member is None:
            member = self.members[key] = Member(key, type_, {}, [], rule, confidence)
        member.names[name] = member.names.get(name, 0) + 1
        member.mentions.append(span)
        member.confidence = max(member.confidence, confidence)
        self._by_name.setdefault((kind, name), key)
        self._mention(Mention(span, key, kind, reach or span))
        return member

    def point_back(self, key: str, kind: str, span: Span, reach: Span) -> None:
        """Notes words that point back to an entity without naming it; `kind` is that of names (`project`)."""
        self._mention(Mention(span, key, f"{kind}-anaphor", reach))

    def _mention(self, mention: Mention) -> None:
        self.mentions.append(mention)
        self._by_kind[mention.kind].add(mention)

    def state(
        self,
        subject: str,
        predicate: str,
        value: str | Value,
        evidence: Span | Iterable[Span],
        rule: str,
        confidence: float,
    ) -> None:
        """States a fact; the same fact again adds its evidence, and independent rules strengthen one another."""
        if isinstance(value, Value) and value.lexical.startswith("--"):
            return  # a day whose year neither the words nor the document give is no date
        spans = (evidence,) if isinstance(evidence, Span) else tuple(evidence)
        spans = tuple(self.a.evidence(s) for s in spans)
        key = (subject, predicate, value)
        old = self.facts.get(key)
        if old is None:
            self.facts[key] = Fact(subject, predicate, value, spans, rule, confidence, (rule,))
            self._by_subject[subject][predicate].append(value)
            self._by_object[predicate, value].append(subject)
            return
        both = old.confidence if rule == old.rule else 1 - (1 - old.confidence) * (1 - confidence)
        better = rule if confidence > old.confidence else old.rule
        merged = tuple(dict.fromkeys((*old.evidence, *spans)))
        votes = tuple(dict.fromkeys((*old.votes, rule)))
        sure = round(max(both, confidence, old.confidence), 3)
        self.facts[key] = Fact(subject, predicate, value, merged, better, sure, votes)

    def withdraw(self, subject: str, predicate: str, value: str | Value) -> None:
        """Takes back a fact that another one of more weight contradicts."""
        del self.facts[subject, predicate, value]
        self._by_subject[subject][predicate].remove(value)
        self._by_object[predicate, value].remove(subject)

    def reject(self, span: Span, what: str, why: str) -> None:
        """Notes what looked like a `what` (`organisation`, `statistic` ...) and was not taken, and why."""
        self.rejected.append(Annotation(span, "rejected", what, why))

    def objects(self, subject: str, predicate: str) -> list[str | Value]:
        """What is stated of an entity by a predicate, in the order in which it was stated."""
        return list(self._by_subject[subject][predicate]) if subject in self._by_subject else []

    def subjects(self, predicate: str, value: str | Value) -> list[str]:
        """The entities of which a fact is stated."""
        return self._by_object.get((predicate, value), [])

    def tells(self, subject: str, predicate: str) -> bool:
        """Whether anything is stated of an entity by a predicate."""
        return bool(self.objects(subject, predicate))

    def named(self, kind: str, name: str) -> str | None:
        """The key of the entity that a mention of a kind called so."""
        return self._by_name.get((kind, name))

    def of_kind(self, kind: str) -> list[Mention]:
        """The mentions of a kind in the order of the text."""
        return self._by_kind[kind].things

    def ordered(self, kind: str) -> InOrder[Mention]:
        """The mentions of a kind, to look up by place."""
        return self._by_kind[kind]

    def inside(self, kind: str, span: Span) -> list[Mention]:
        """The mentions of a kind that begin in a span."""
        return self._by_kind[kind].within(span)

    def inside_any(self, kinds: Iterable[str], span: Span) -> list[Mention]:
        """The mentions of several kinds that begin in a span, in the order of the text."""
        return sorted((m for kind in kinds for m in self.inside(kind, span)), key=lambda m: m.span)

    def last(self, kind: str, offset: int) -> Mention | None:
        """The last mention of a kind that begins before an offset."""
        return self._by_kind[kind].last(offset)

    def covering(self, kind: str, offset: int) -> list[Mention]:
        """The mentions of a kind that hold a character."""
        return self._by_kind[kind].covering(offset)

    def findings(self) -> Findings:
        """The entities and facts, in a stable order."""
        entities = tuple(
            Entity(
                m.key,
                m.type,
                tuple(m.names),
                tuple(sorted(set(m.mentions))),
                m.rule,
                m.confidence,
                m.country,
                m.reference,
            )
            for m in sorted(self.members.values(), key=lambda m: (min(m.mentions), m.key))
        )
        country = max(self.a.context, key=lambda c: (self.a.context[c], c)) if self.a.context else None
        return Findings(self.a.text, entities, tuple(self.facts.values()), country)
