"""The reference data: organisations, places, topics and goals that a librarian of the field would list.

Organisations, topics and goals are Turtle files; places come from packages (`kg.places`) and from `places.ttl`, which
adds other names, demonyms, dates and successions. The files are written with the default base address, which is
replaced when they are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.exceptions import Error as RDFLibError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from kg.errors import OntologyError
from kg.namespaces import ACC, DEFAULT_BASE
from kg.places import Correction, Place, fold, world

Triple = tuple[Node, Node, Node]

_LEADS_TO = (ACC.partOf, ACC.country, ACC.succeededBy, SKOS.broader, SKOS.inScheme)
"""From a thing in use to others that belong in the graph with it."""


@dataclass(frozen=True, slots=True)
class ReferenceEntity:
    """A thing known beforehand. `type` is the local name of its class, `label` its best English name, `names` all other
    full names, `abbreviations` its short forms, `country` an ISO 3166-1 alpha-2 code, `parent` the IRI of the
    organisation it is part of or of the country it lies in, `start` and `end` ISO 8601 dates of its existence,
    `code` its ISO 3166-1 or 3166-2 code or number, `demonyms` what a country's people and things are called."""

    iri: str
    type: str
    label: str
    names: tuple[str, ...]
    abbreviations: tuple[str, ...]
    country: str | None = None
    parent: str | None = None
    start: str | None = None
    end: str | None = None
    code: str | None = None
    demonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """All reference data, by kind, in the order of the files and packages."""

    organisations: tuple[ReferenceEntity, ...]
    places: tuple[ReferenceEntity, ...]
    topics: tuple[ReferenceEntity, ...]
    goals: tuple[ReferenceEntity, ...]


def load_reference(folder: Path, base: str = DEFAULT_BASE) -> Reference:
    """The reference data in `folder` (the ontology's folder, or `reference` in it), with IRIs under `base`.

    Raises OntologyError for a missing or malformed file.
    """
    return Reference(
        organisations=tuple(_listed(_parsed(folder, "organisations.ttl", base), base)),
        places=tuple(_located(place, base) for place in _world(_parsed(folder, "places.ttl", base), base)),
        topics=tuple(_listed(_parsed(folder, "topics.ttl", base), base)),
        goals=tuple(_listed(_parsed(folder, "goals.ttl", base), base)),
    )


def describe(folder: Path, iris: Collection[str], base: str = DEFAULT_BASE) -> Iterator[Triple]:
    """The triples about the entities in use and, transitively, their parents, countries, broader topics and successors.

    Each has one `rdfs:label`, the English one; all other names are `skos:altLabel`. IRIs that are no reference data are
    passed over. Raises OntologyError for a missing or malformed file.
    """
    graph = _parsed(folder, "places.ttl", base)
    places = {f"{base}place/{place.slug}": place for place in _world(graph, base)}
    for name in ("organisations.ttl", "topics.ttl", "goals.ttl"):
        _parsed(folder, name, base, graph)
    waiting = sorted(set(iris), reverse=True)
    seen = set(waiting)
    while waiting:
        iri = waiting.pop()
        place = places.get(iri)
        about = [*graph.predicate_objects(URIRef(iri)), *(_stated(place, base) if place else ())]
        for predicate, value in _one_label(about):
            yield URIRef(iri), predicate, value
            if predicate in _LEADS_TO and str(value) not in seen:
                seen.add(str(value))
                waiting.append(str(value))


def _one_label(about: Iterable[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
    """The statements with the English label alone as label, each once, no name twice."""
    statements = list(dict.fromkeys(about))
    labels = [value for predicate, value in statements if predicate == RDFS.label and isinstance(value, Literal)]
    if not labels:
        return statements
    best = min(labels, key=lambda label: (label.language != "en", str(label)))
    kept: list[tuple[Node, Node]] = [(RDFS.label, best)]
    names = {str(best)}
    for predicate, value in statements:
        if predicate not in (RDFS.label, SKOS.altLabel):
            kept.append((predicate, value))
            if predicate == ACC.abbreviation:
                kept.append((SKOS.altLabel, value))
        elif str(value) not in names:
            names.add(str(value))
            kept.append((SKOS.altLabel, value))
    return kept


def _stated(place: Place, base: str) -> Iterator[tuple[Node, Node]]:
    """What the packages say of a place; what `places.ttl` adds is in its graph."""
    yield RDF.type, ACC[place.type]
    if place.city:
        yield RDF.type, ACC.City
    yield RDFS.label, Literal(place.label, lang="en")
    for name in place.names:
        yield SKOS.altLabel, Literal(name)
    if place.code:
        yield ACC.isoCode, Literal(place.code)
    if place.type != "Country":
        yield ACC.country, URIRef(f"{base}place/{place.country.lower()}")


def _parsed(folder: Path, name: str, base: str, graph: Graph | None = None) -> Graph:
    """The file as a graph, or added to `graph`."""
    inner = folder / "reference"
    path = (inner if inner.is_dir() else folder) / name
    graph = Graph() if graph is None else graph
    try:
        graph.parse(data=path.read_text(encoding="utf-8").replace(DEFAULT_BASE, base), format="turtle")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"cannot read the reference data {path}: {error}") from error
    except (BadSyntax, RDFLibError, ValueError) as error:
        raise OntologyError(f"the reference data {path} is not valid Turtle: {error}") from error
    return graph


def _listed(graph: Graph, base: str) -> Iterator[ReferenceEntity]:
    """The things of a file that have a class of the ontology."""
    own, places = str(ACC), f"{base}place/"
    for subject, kind in graph.subject_objects(RDF.type):
        if not str(kind).startswith(own):
            continue
        about: dict[Node, list[Node]] = {}
        for predicate, value in graph.predicate_objects(subject):
            about.setdefault(predicate, []).append(value)
        names = [value for value in about.get(RDFS.label, []) if isinstance(value, Literal)]
        if not names:
            raise OntologyError(f"the reference data has no rdfs:label for <{subject}>: add one")
        label = str(min(names, key=lambda name: (name.language != "en", str(name))))
        others = dict.fromkeys(str(name) for name in (*names, *about.get(SKOS.altLabel, [])))
        country, parent = _first(about, ACC.country), _first(about, ACC.partOf) or _first(about, SKOS.broader)
        yield ReferenceEntity(
            iri=str(subject),
            type=str(kind).removeprefix(own),
            label=label,
            names=tuple(name for name in others if name != label),
            abbreviations=tuple(str(value) for value in about.get(ACC.abbreviation, [])),
            country=country.removeprefix(places).upper() if country else None,
            parent=parent,
            start=_first(about, ACC.start),
            end=_first(about, ACC.end),
            code=_first(about, SKOS.notation),
        )


def _first(about: dict[Node, list[Node]], predicate: URIRef) -> str | None:
    values = about.get(predicate)
    return str(values[0]) if values else None


def _world(graph: Graph, base: str) -> list[Place]:
    prefix = f"{base}place/"
    ambiguous = {fold(str(name)) for name in graph.objects(None, ACC.ambiguousName)}
    corrections: dict[str, Correction] = {}
    for subject in sorted(set(graph.subjects()), key=str):
        about: dict[Node, list[Node]] = {}
        for predicate, value in graph.predicate_objects(subject):
            about.setdefault(predicate, []).append(value)
        corrections[str(subject).removeprefix(prefix)] = Correction(
            label=_first(about, RDFS.label),
            names=tuple(str(value) for value in about.get(SKOS.altLabel, [])),
            abbreviations=tuple(str(value) for value in about.get(ACC.abbreviation, [])),
            demonyms=tuple(str(value) for value in about.get(ACC.demonym, [])),
            start=_first(about, ACC.start),
            end=_first(about, ACC.end),
        )
    return world(corrections, ambiguous)


def _located(place: Place, base: str) -> ReferenceEntity:
    prefix = f"{base}place/"
    return ReferenceEntity(
        iri=prefix + place.slug,
        type=place.type,
        label=place.label,
        names=tuple(place.names),
        abbreviations=place.abbreviations,
        country=place.country,
        parent=None if place.type == "Country" else prefix + place.country.lower(),
        start=place.start,
        end=place.end,
        code=place.code,
        demonyms=place.demonyms,
    )
