"""One document's graph against its gold file: what was found, missed and invented, entity by entity, fact by fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rdflib import URIRef

from kg.evaluation.sameness import Gold, identifier, normalise, pairs, place_key
from kg.evaluation.statements import CLASSES, Statements, Triple, local_name

LINKS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "organisations": {"part_of": ("partOf",)},
    "instruments": {"parties": ("party",), "issuer": ("issuer",)},
    "projects": {"implementers": ("implementer",), "partners": ("partner",), "funders": ("funder",)},
    "events": {"organisers": ("organiser",), "participants": ("participant",)},
    "statistics": {"about": ("about",)},
}
"""Per category: key of the gold file to the predicates that say it. The values are identifiers of other entries."""

VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "instruments": {"identifier": ("identifier",), "date": ("signedOn", "issuedOn")},
    "projects": {"start": ("start",), "end": ("end",), "duration": ("duration",)},
    "events": {"start": ("start",), "end": ("end",)},
    "statistics": {"bound": ("bound",), "period": ("period",)},
}
"""Per category: key of the gold file to the predicates that say it. The values are texts, dates and durations."""

PLACED = ("instruments", "projects", "events", "statistics")
KINDS = ("organisations", "instruments", "events")
BOUNDS = {"exact": "exact", "approximate": "approximate", "at_least": "atLeast", "at_most": "atMost"}

_MISSED = "missed:"
_Comparable = tuple[str, str, str, str]
"""A fact in a comparable form: its name such as `projects.funders`, its subject, its object, and a role's title."""


@dataclass(frozen=True, slots=True)
class Note:
    """An item that is only in the gold file (`missed`) or only in the graph (`extra`)."""

    document: str
    kind: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact of the graph, whether the gold file has it too, and the confidence the graph gives it, 0 to 1.

    `statement` is the triple that states it; of a role it is the one with `holder`.
    """

    document: str
    name: str
    subject: str
    object: str
    right: bool
    confidence: float | None
    statement: Triple


@dataclass(slots=True)
class Tally:
    """What was counted so far: `hits`, `extra` and `missed` by the name of the row."""

    hits: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    notes: list[Note] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    def count(self, name: str, hits: int, extra: int, missed: int) -> None:
        """Add to a row."""
        self.hits[name] += hits
        self.extra[name] += extra
        self.missed[name] += missed


def score(document: str, gold: Mapping[str, list[Gold]], graph: Statements, tally: Tally) -> None:
    """Add one document's counts, errors and judged facts to the tally."""
    found = {category: pairs(category, gold.get(category, []), graph) for category in CLASSES}
    for category in CLASSES:
        _score_entities(document, category, gold.get(category, []), found[category], graph, tally)
    entity_of = {entry: entity for category in CLASSES if category != "statistics"
                 for entry, entity in found[category].items()}  # fmt: skip
    wanted: set[_Comparable] = set(_gold_facts(gold, found, entity_of, graph))
    stated = dict(_graph_facts(graph))
    for name in sorted({fact[0] for fact in wanted | stated.keys()}):
        _score_facts(document, name, wanted, stated, graph, tally)


def _score_entities(
    document: str, category: str, gold: list[Gold], found: Mapping[str, str], graph: Statements, tally: Tally
) -> None:
    stated = set(graph.entities(category))
    tally.count(category, len(found), len(stated) - len(found), len(gold) - len(found))
    for index, entry in enumerate(gold):
        if identifier(entry, index) not in found:
            text = str(entry.get("name") or f"{entry.get('value')} {entry.get('unit')}")
            tally.notes.append(Note(document, "missed", category, text))
    for entity in sorted(stated - set(found.values())):
        tally.notes.append(Note(document, "extra", category, _shown(entity, graph)))
    if category in KINDS:
        wanted = {identifier(entry, index): entry.get("kind") for index, entry in enumerate(gold)}
        right = sum(wanted[entry] in graph.types[entity] for entry, entity in found.items())
        tally.count(f"{category}.kind", right, len(found) - right, len(found) - right)


def _shown(entity: str, graph: Statements) -> str:
    names = sorted(graph.names.get(entity, ()))
    return " | ".join(names) or " ".join(graph.texts(entity, "value") + graph.texts(entity, "unit"))


def _gold_facts(
    gold: Mapping[str, list[Gold]],
    found: Mapping[str, Mapping[str, str]],
    entity_of: Mapping[str, str],
    graph: Statements,
) -> Iterator[_Comparable]:
    """The facts of the gold file, with the graph's entities in the place of the entries that were found."""
    for category in CLASSES:
        for index, entry in enumerate(gold.get(category, [])):
            subject = found[category].get(identifier(entry, index), f"{_MISSED}{category}:{index}")
            for key in LINKS.get(category, {}):
                for target in _listed(entry.get(key)):
                    yield f"{category}.{key}", subject, entity_of.get(target, _MISSED + target), ""
            for key in VALUES.get(category, {}):
                if entry.get(key):
                    value = str(entry[key])
                    yield f"{category}.{key}", subject, normalise(BOUNDS.get(value, value)), ""
            if category in PLACED:
                seen = _places(subject, graph)
                for place in entry.get("places", ()):
                    hit = next((keys for keys in seen if place_key(place) in keys), None)
                    yield f"{category}.places", subject, min(hit) if hit else _MISSED + place, ""
            for role in entry.get("roles", ()):
                organisation = role.get("organisation")
                held_at = entity_of.get(organisation, _MISSED + organisation) if organisation else ""
                yield "persons.roles", subject, held_at, normalise(role.get("title") or "")


def _listed(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, list) else ()


def _places(subject: str, graph: Statements) -> list[set[str]]:
    """The places of an entity, each as the keys of its names."""
    named = (graph.labels.get(str(node), ()) for node in sorted(graph.objects(subject, "place"), key=str))
    return [{place_key(name) for name in names} for names in named if names]


def _graph_facts(graph: Statements) -> Iterator[tuple[_Comparable, Triple]]:
    """The facts of the graph in comparable form, each with the triple that states it."""
    for category in CLASSES:
        for entity in graph.entities(category):
            for key, predicates in LINKS.get(category, {}).items():
                for predicate in predicates:
                    for node in sorted(graph.objects(entity, predicate), key=str):
                        # A country that is a party, or a topic, is not in the gold files.
                        if isinstance(node, URIRef) and str(node) in graph.category:
                            yield (f"{category}.{key}", entity, str(node), ""), (entity, predicate, str(node))
            for key, predicates in VALUES.get(category, {}).items():
                for predicate in predicates:
                    for node in sorted(graph.objects(entity, predicate), key=str):
                        text = normalise(local_name(node))
                        yield (f"{category}.{key}", entity, text, ""), (entity, predicate, str(node))
            if category in PLACED:
                for node in sorted(graph.objects(entity, "place"), key=str):
                    if names := graph.labels.get(str(node)):
                        place = min(place_key(name) for name in names)
                        yield (f"{category}.places", entity, place, ""), (entity, "place", str(node))
    for appointment, types in graph.types.items():
        if "Appointment" in types:
            holder = "".join(graph.texts(appointment, "holder")[:1])
            held_at = "".join(graph.texts(appointment, "organisation")[:1])
            title = normalise("".join(graph.texts(appointment, "title")[:1]))
            yield ("persons.roles", holder, held_at, title), (appointment, "holder", holder)


def _score_facts(
    document: str,
    name: str,
    wanted: set[_Comparable],
    stated: Mapping[_Comparable, Triple],
    graph: Statements,
    tally: Tally,
) -> None:
    want = sorted(fact for fact in wanted if fact[0] == name)
    rest = sorted(fact for fact in stated if fact[0] == name)
    total, hits = len(rest), 0
    for fact in want:
        hit = next((other for other in rest if _same(fact, other)), None)
        if hit is None:
            tally.notes.append(Note(document, "missed", name, f"{fact[1]} -> {fact[2]} {fact[3]}".rstrip()))
            continue
        rest.remove(hit)
        hits += 1
        tally.judged.append(_judged(document, hit, stated[hit], graph, right=True))
    for fact in rest:
        tally.notes.append(Note(document, "extra", name, f"{fact[1]} -> {fact[2]} {fact[3]}".rstrip()))
        tally.judged.append(_judged(document, fact, stated[fact], graph, right=False))
    tally.count(name, hits, total - hits, len(want) - hits)


def _same(gold: _Comparable, stated: _Comparable) -> bool:
    if gold[0] == "persons.roles":
        return gold[1:3] == stated[1:3] and fuzz.token_set_ratio(gold[3], stated[3]) >= 80
    return gold == stated


def _judged(document: str, fact: _Comparable, triple: Triple, graph: Statements, *, right: bool) -> Judged:
    return Judged(document, fact[0], fact[1], fact[3] or fact[2], right, graph.confidence.get(triple), triple)
