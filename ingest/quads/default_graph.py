"""The default graph: what all documents state together, with one label a thing, and figures that contradict."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rdflib import PROV, RDF, RDFS, SKOS, Literal, URIRef
from rdflib.term import Node

from ingest.extractors.spelling import normal
from ingest.quads.terms import Triple
from kg.namespaces import ACC
from kg.reference import ReferenceEntity

Name = tuple[str, str]
"""(text, language tag or nothing)."""
LABEL, ALTERNATIVE = RDFS.label, SKOS.altLabel
SUBJECT, DERIVED = RDF.subject, PROV.wasDerivedFrom
MEASURES: dict[Node, str] = {ACC[name]: name for name in ("value", "unit", "bound", "about", "period", "place")}


def merged(graphs: Mapping[URIRef, Sequence[Triple]], references: Mapping[str, ReferenceEntity]) -> Iterator[Triple]:
    """The statements of the default graph: all documents' triples, but one label a thing; other names are alternatives.

    Reference entities keep the label of the reference data, which the store adds. The same graphs give the same labels
    in any order.
    """
    names: dict[Node, Counter[Name]] = defaultdict(Counter)
    seen: set[Triple] = set()
    for triples in graphs.values():
        for triple in triples:
            s, p, o = triple
            if p in (LABEL, ALTERNATIVE) and isinstance(o, Literal):
                names[s][str(o), o.language or ""] += 2 if p == LABEL else 1
            elif triple not in seen:
                seen.add(triple)
                yield triple
    for s, counted in names.items():
        known = references.get(str(s))
        label = (known.label, "en") if known else _best(counted)
        if known is None:
            yield s, LABEL, _literal(label)
        for name in sorted(counted):
            if name != label:
                yield s, ALTERNATIVE, _literal(name)
    yield from conflicts(seen)


def _best(counted: Counter[Name]) -> Name:
    """The name to show: full rather than short, then the one met most often as label, then the shorter."""
    return max(counted, key=lambda name: (min(name[0].count(" "), 3), counted[name], -len(name[0]), name))


def _literal(name: Name) -> Literal:
    text, language = name
    return Literal(text, lang=language or None)


def conflicts(triples: Iterable[Triple]) -> Iterator[Triple]:
    """`conflictsWith` between statistics of one thing, unit and period with other values, told by two documents."""
    figures: dict[Node, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    subjects: dict[Node, Node] = {}
    sources: dict[Node, Node] = {}
    for s, p, o in triples:
        if p in MEASURES:
            figures[s][MEASURES[p]].add(str(o))
        elif p == SUBJECT:
            subjects[s] = o
        elif p == DERIVED:
            sources[s] = o
    documents: dict[Node, set[Node]] = defaultdict(set)
    for assertion, subject in subjects.items():
        if subject in figures and assertion in sources:
            documents[subject].add(sources[assertion])
    for members in _of_one_thing(figures).values():
        for a in members:
            for b in members:
                if a != b and not documents[a] & documents[b] and _contradict(figures[a], figures[b]):
                    yield a, ACC.conflictsWith, b


def _of_one_thing(figures: Mapping[Node, Mapping[str, set[str]]]) -> Mapping[tuple[str, ...], list[Node]]:
    """The statistics of the same thing, unit, period and place."""
    groups: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for s, row in figures.items():
        if row["value"]:
            unit = normal(min(row["unit"], default=""))
            for about in sorted(row["about"]):
                groups[about, unit, "|".join(sorted(row["period"])), "|".join(sorted(row["place"]))].append(s)
    return groups


def _contradict(one: Mapping[str, set[str]], two: Mapping[str, set[str]]) -> bool:
    """Whether two statistics say the same of other numbers: both exact, or both "at least" ..."""
    return not one["value"] & two["value"] and one["bound"] == two["bound"]
