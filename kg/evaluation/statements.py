"""What one document states, read back from a dump: its entities by category, their names and their facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import DCTERMS, RDF, RDFS, SKOS, Literal
from rdflib.term import Node

from kg.errors import InputError
from kg.namespaces import ACC
from kg.store import read_dump

CLASSES: Mapping[str, tuple[str, ...]] = {
    "organisations": (
        "Organisation",
        "GovernmentBody",
        "IntergovernmentalOrganisation",
        "TradeUnion",
        "Company",
        "Association",
        "NonGovernmentalOrganisation",
        "EducationInstitution",
    ),
    "persons": ("Person",),
    "instruments": (
        "Instrument",
        "Agreement",
        "CooperationAgreement",
        "MemorandumOfUnderstanding",
        "Convention",
        "TradeAgreement",
        "Law",
        "Decision",
        "Plan",
    ),
    "projects": ("Project",),
    "events": (
        "Event",
        "Meeting",
        "Workshop",
        "Conference",
        "Webinar",
        "Training",
        "StudyVisit",
        "Launch",
        "Signing",
        "Ceremony",
        "Competition",
        "Fair",
    ),
    "statistics": ("Statistic",),
}
"""Category of the gold files to the local names of the classes that belong to it."""

_CATEGORY = {name: category for category, names in CLASSES.items() for name in names}
_LABELS = {RDFS.label, SKOS.altLabel}
_DUMPS = (".trig", ".nq")
_NO_OBJECTS: frozenset[Node] = frozenset()

Triple = tuple[str, str, str]
"""Subject, local name of a predicate, object: as they are written in the graph, without marks around them."""


def local_name(term: Node | str) -> str:
    """The name of a term of the ontology without its namespace; any other term as it is written."""
    return str(term).removeprefix(str(ACC))


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of one document's graph, keyed by the written form of their subjects.

    `names` are the spellings that the document itself uses, `labels` those of the whole dump. `confidence` is the
    highest that an assertion of the document gives a triple.
    """

    types: Mapping[str, frozenset[str]]
    names: Mapping[str, frozenset[str]]
    facts: Mapping[str, Mapping[str, frozenset[Node]]]
    confidence: Mapping[Triple, float]
    labels: Mapping[str, set[str]]
    category: Mapping[str, str]

    def entities(self, category: str) -> list[str]:
        """The entities of a category of the gold files."""
        return [subject for subject, found in self.category.items() if found == category]

    def objects(self, subject: str, predicate: str) -> frozenset[Node]:
        """What the document states about `subject` by `predicate`, a local name."""
        return self.facts.get(subject, {}).get(predicate, _NO_OBJECTS)

    def texts(self, subject: str, predicate: str) -> list[str]:
        """The objects as text, in alphabetical order."""
        return sorted(local_name(node) for node in self.objects(subject, predicate))


def statements(triples: Iterable[tuple[Node, Node, Node]], labels: Mapping[str, set[str]]) -> Statements:
    """The triples of one document's graph, made easy to ask. `labels` are the names known to the whole dump."""
    types: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    facts: dict[str, dict[str, set[Node]]] = defaultdict(lambda: defaultdict(set))
    assertions: dict[str, dict[Node, Node]] = defaultdict(dict)
    for subject, predicate, node in triples:
        key = str(subject)
        if predicate == RDF.type:
            types[key].add(local_name(node))
        elif predicate in _LABELS:
            names[key].add(str(node))
        elif predicate in (RDF.subject, RDF.predicate, RDF.object, ACC.confidence):
            assertions[key][predicate] = node
        elif str(predicate).startswith(str(ACC)):
            facts[key][local_name(predicate)].add(node)
    return Statements(
        types={key: frozenset(found) for key, found in types.items()},
        names={key: frozenset(found) for key, found in names.items()},
        facts={key: {p: frozenset(nodes) for p, nodes in found.items()} for key, found in facts.items()},
        confidence=_confidence(assertions.values()),
        labels=labels,
        category=_categories(types),
    )


def read_statements(dump: Path) -> dict[str, Statements]:
    """The documents of a TriG or N-Quads dump: stem of the document's file name to what the document states.

    A document's graph is the one that holds its `dcterms:identifier`. Raises InputError where the dump cannot be read.
    """
    if dump.suffix not in _DUMPS:
        raise InputError(f"{dump} holds no graphs of documents: score a TriG or N-Quads dump ({', '.join(_DUMPS)})")
    labels: dict[str, set[str]] = defaultdict(set)
    graphs: dict[str, list[tuple[Node, Node, Node]]] = defaultdict(list)
    graph_of: dict[str, str] = {}
    for subject, predicate, node, graph in read_dump(dump):
        if predicate in _LABELS:
            labels[str(subject)].add(str(node))
        if graph is None:
            continue
        graphs[str(graph)].append((subject, predicate, node))
        if predicate == DCTERMS.identifier and isinstance(node, Literal):
            graph_of.setdefault(Path(str(node)).stem, str(graph))
    return {stem: statements(graphs[graph], labels) for stem, graph in graph_of.items()}


def _categories(types: Mapping[str, set[str]]) -> dict[str, str]:
    found = {key: next((_CATEGORY[name] for name in sorted(names) if name in _CATEGORY), None)
             for key, names in types.items()}  # fmt: skip
    return {key: category for key, category in found.items() if category is not None}


def _confidence(assertions: Iterable[Mapping[Node, Node]]) -> dict[Triple, float]:
    best: dict[Triple, float] = {}
    for parts in assertions:
        if not {RDF.subject, RDF.predicate, RDF.object, ACC.confidence} <= parts.keys():
            continue
        triple = (str(parts[RDF.subject]), local_name(parts[RDF.predicate]), str(parts[RDF.object]))
        best[triple] = max(best.get(triple, 0.0), float(str(parts[ACC.confidence])))
    return best
