"""Which entities of different documents are the same, and the IRI of each.

An IRI comes from what the thing is: its reference entry, else its kind, folded name and what tells namesakes apart
(country, date, parties). The same documents give the same IRIs in any order. Evidence of sameness: the reference data,
an abbreviation that only one full name of the corpus defines, equal normal forms. What is not sure stays apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.annotators.gazetteer import fold
from ingest.extractors.spelling import normal
from ingest.model import Entity, Findings, Value
from ingest.resolution import told_twice
from ingest.resolution.instruments import instrument_slug
from ingest.resolution.kinds import EVENTS, INSTRUMENTS, ORGANISATIONS, kind_of
from ingest.resolution.organisations import full_names, organisation_iri
from ingest.resolution.persons import person_slugs
from ingest.resolution.projects import project_slugs
from ingest.resolution.slugs import digest, slug
from ingest.resolution.statements import Facts, Key
from kg.namespaces import Addresses

__all__ = ["Key", "digest", "kind_of", "resolve"]


def resolve(corpus: Sequence[Findings], addresses: Addresses) -> dict[Key, str]:
    """The IRI of every entity of every document."""
    corpus = sorted(corpus, key=lambda f: f.text.document)
    facts = {f.text.document: Facts(f) for f in corpus}
    full, persons, projects = full_names(corpus), person_slugs(corpus), project_slugs(corpus)
    iris: dict[Key, str] = {}
    for findings, local, e in _entities(corpus, facts):
        key = local.document, e.key
        if e.type in ORGANISATIONS:
            iris[key] = organisation_iri(e, findings, local, full, addresses)
        elif e.type == "Person":
            iris[key] = str(addresses.thing("person", persons[key]))
        elif e.type == "Project":
            iris[key] = str(addresses.thing("project", projects[key]))
    for findings, local, e in _entities(corpus, facts):
        if e.type in INSTRUMENTS:
            name = instrument_slug(e, findings, local, iris)
            iris[local.document, e.key] = str(addresses.thing("instrument", name))
        elif e.type in EVENTS:
            iris[local.document, e.key] = str(addresses.thing("event", _event_slug(e, local)))
    told_twice.join(corpus, facts, iris)
    for _, local, e in _entities(corpus, facts):
        if e.type == "Appointment":
            iris[local.document, e.key] = str(addresses.thing("appointment", _appointment_slug(e, local, iris)))
        elif e.type == "Statistic":
            iris[local.document, e.key] = str(addresses.thing("statistic", _statistic_slug(e, local, iris)))
    return iris


def _entities(corpus: Sequence[Findings], facts: Mapping[str, Facts]) -> Iterator[tuple[Findings, Facts, Entity]]:
    for findings in corpus:
        for e in findings.entities:
            yield findings, facts[findings.text.document], e


def _event_slug(e: Entity, facts: Facts) -> str:
    start = facts.literal(e.key, "start")
    name = slug(e.names[0], 60)
    return f"{start}-{name}" if start else f"{name}-{digest(facts.document)[:6]}"


def _appointment_slug(e: Entity, facts: Facts, iris: Mapping[Key, str]) -> str:
    """Who holds which office where."""
    parts = [
        iris.get((facts.document, str(v)), str(v))
        for predicate in ("holder", "organisation")
        for v in facts.objects(e.key, predicate)
    ]
    title = facts.literal(e.key, "title") or ""
    holder = parts[0].rsplit("/", 1)[-1] if parts else "unknown"
    return f"{holder}-{slug(title, 40)}-{digest(*parts, fold(title))[:8]}"


def _statistic_slug(e: Entity, facts: Facts, iris: Mapping[Key, str]) -> str:
    """The same figure of the same thing is one statistic, whoever states it; without a thing it is its document's."""

    def text(predicate: str) -> str:
        return "|".join(
            sorted(
                v.lexical if isinstance(v, Value) else iris.get((facts.document, v), v)
                for v in facts.objects(e.key, predicate)
            )
        )

    scope = text("about") or f"{facts.document}|{text('place')}"
    return digest(text("value"), normal(text("unit")), text("bound"), scope, text("period"))
