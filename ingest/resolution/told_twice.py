"""One event or agreement told by two documents: the same day, place or parties, and the same main words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.extractors.spelling import normal
from ingest.model import Entity, Findings
from ingest.resolution.kinds import AGREEMENTS, EVENTS
from ingest.resolution.statements import Facts, Key

ALIKE = 0.5
"""Share of common words, of the shorter name, that is enough where place or parties are the same."""
SAME_WORDS = 0.8
"""Share that is enough alone, on the same day."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event or agreement as one document tells it; `ties` are the IRIs of its place or its parties."""

    key: Key
    type: str
    words: frozenset[str]
    ties: frozenset[str]

    def alike(self, other: Told) -> float:
        """The share of common words, of the shorter name."""
        return len(self.words & other.words) / max(1, min(len(self.words), len(other.words)))

    def tied(self, other: Told) -> bool:
        """Whether the place, or two parties, are the same."""
        return len(self.ties & other.ties) >= (1 if self.type in EVENTS else 2)


def join(corpus: Sequence[Findings], facts: Mapping[str, Facts], iris: dict[Key, str]) -> None:
    """Gives what was told twice one IRI: that of the first document in the order of their names."""
    dated: dict[tuple[str, str], list[Told]] = defaultdict(list)
    undated: list[Told] = []
    for findings in sorted(corpus, key=lambda f: f.text.document):
        local = facts[findings.text.document]
        for e in findings.entities:
            if e.type not in EVENTS | AGREEMENTS:
                continue
            told = _told(e, local, iris)
            day = local.day(e.key, "start" if e.type in EVENTS else "signedOn")
            if day is None:
                undated.append(told)
                continue
            others = dated[day, e.type]
            first = next((o for o in others if _same(told, o)), None)
            if first:
                iris[told.key] = iris[first.key]
            else:
                others.append(told)
    _join_undated(dated, undated, iris)


def _join_undated(
    dated: Mapping[tuple[str, str], Sequence[Told]], undated: Sequence[Told], iris: dict[Key, str]
) -> None:
    """An agreement without a day is the only one of its parties that is described in like words, if there is one."""
    by_ties: dict[str, list[Told]] = defaultdict(list)
    for agreements in dated.values():
        for o in agreements:
            for party in o.ties if o.type in AGREEMENTS else ():
                by_ties[party].append(o)
    for told in undated:
        if told.type in AGREEMENTS:
            near = {o.key: o for party in sorted(told.ties) for o in by_ties[party]}.values()
            found = [o for o in near if o.key[0] != told.key[0] and told.tied(o) and told.alike(o) >= ALIKE]
            if len({iris[o.key] for o in found}) == 1:
                iris[told.key] = iris[found[0].key]


def _told(e: Entity, facts: Facts, iris: Mapping[Key, str]) -> Told:
    ties = facts.objects(e.key, "place" if e.type in EVENTS else "party")
    tied = frozenset(iris.get((facts.document, str(t)), str(t)) for t in ties)
    return Told((facts.document, e.key), e.type, frozenset(normal(e.names[0]).split()), tied)


def _same(one: Told, other: Told) -> bool:
    """Whether two of a kind and a day are one; two in one document are two."""
    if one.key[0] == other.key[0]:
        return False
    alike = one.alike(other)
    near = one.tied(other) and (alike >= ALIKE or one.type in AGREEMENTS)
    return near or alike >= SAME_WORDS
