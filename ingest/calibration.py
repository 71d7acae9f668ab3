"""How sure a finding is: the guesses of the rules replaced by how often their findings turned out right.

The table `calibration.json` is learned from documents with gold files (`python -m tests.evaluation.calibrate`). It
holds, for entities and for facts:

- the hit rate of all of them, of each kind (`event.start`, `organisation`), and of each rule that finds this kind. Few
  cases prove little, so the rate of a rule is drawn towards that of its kind, and that of a kind towards that of all,
  as if some more cases with that rate had been seen (a beta prior). Findings of one rule in one document are right or
  wrong together, so many of them in one document count as few;
- a curve, rising throughout, from the vote for a finding to its confidence. It takes back what votes promise too much
  or too little on documents that the rates were not counted on. Its method (logistic or isotonic) is the one that did
  best when each document in turn was left out.

The vote is half way, in log odds, between the rate and what the rules said, which differs from case to case and is
higher where several agree. The rate of a fact that several rules found is that of the best of them. A rule that the
table does not know has the rate of its kind, a kind that it does not know the rate of all, and in the end `UNPROVEN` at
most.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path

from ingest.model import Entity, Fact, Findings
from ingest.resolution.kinds import kind_of
from kg.errors import InputError

TABLE = Path(str(resources.files("ingest") / "calibration.json"))
UNPROVEN = 0.89
"""The most that a rule gets which the table does not know."""

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """The table for entities or for facts. All numbers are from 0 to 1; `curve` rises in both of its coordinates."""

    rate: float
    kinds: Mapping[str, float]
    rules: Mapping[str, Mapping[str, float]]
    curve: Points

    def vote(self, kind: str, rules: Iterable[str], said: float) -> float:
        """The vote for a finding of a kind that these rules made: their rate and what they said, in one."""
        known = self.rules.get(kind, {})
        rate = max((known[rule] for rule in rules if rule in known), default=self.kinds.get(kind, self.rate))
        return 1 / (1 + math.exp(-(log_odds(rate) + log_odds(said)) / 2))

    def confidence(self, kind: str, rules: Iterable[str], said: float) -> float:
        """How sure a finding of a kind is that these rules made, rounded down to hundredths."""
        rules = tuple(rules)
        sure = along(self.curve, self.vote(kind, rules, said))
        if not any(rule in self.rules.get(kind, {}) for rule in rules):
            sure = min(sure, UNPROVEN)
        return math.floor(100 * sure + 1e-9) / 100


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was learned of the rules; None where findings are to keep the guesses of the rules."""

    entities: Level | None = None
    facts: Level | None = None
    fitted: Mapping[str, object] = field(default_factory=dict)
    """What the table was learned from."""


def log_odds(share: float) -> float:
    """The logarithm of the odds of a share; of .03 and .97 where it is nearer to 0 or 1, as nothing is quite sure."""
    share = min(max(share, 0.03), 0.97)
    return math.log(share / (1 - share))


def along(curve: Points, x: float) -> float:
    """The height of a curve at x: straight between its points, level outside of them.

    >>> along(((0.0, 0.0), (0.5, 0.2), (1.0, 1.0)), 0.75)
    0.6
    """
    at = bisect_right(curve, x, key=lambda point: point[0])
    if at == 0:
        return curve[0][1]
    if at == len(curve):
        return curve[-1][1]
    (x0, y0), (x1, y1) = curve[at - 1], curve[at]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def entity_kind(entity: Entity) -> str:
    """The kind of an entity: `organisation`, `person`, `instrument`, `event` ..."""
    return kind_of(entity.type)


def fact_kind(fact: Fact, types: Mapping[str, str]) -> str:
    """The kind of a fact: the kind of its subject and its predicate. `types` maps keys of entities to their classes."""
    subject = types.get(fact.subject)
    return f"{kind_of(subject) if subject else fact.subject.split(':')[0]}.{fact.predicate}"


def calibrated(findings: Findings, calibration: Calibration) -> Findings:
    """The same findings with the confidence that the table gives them."""
    entities, facts = findings.entities, findings.facts
    types = {e.key: e.type for e in entities}
    if level := calibration.entities:
        entities = tuple(
            replace(e, confidence=level.confidence(entity_kind(e), (e.rule,), e.confidence)) for e in entities
        )
    if level := calibration.facts:
        facts = tuple(
            replace(f, confidence=level.confidence(fact_kind(f, types), f.votes or (f.rule,), f.confidence))
            for f in facts
        )
    return replace(findings, entities=entities, facts=facts)


def load_calibration(path: Path = TABLE) -> Calibration:
    """The table of a file. Raises InputError where it cannot be read or is no table."""
    try:
        data = json.loads(path.read_text("utf-8"))
        return Calibration(_level(data["entities"]), _level(data["facts"]), data["fitted"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} is not a table of confidences: {error!r}") from error


def _level(data: Mapping[str, object]) -> Level:
    kinds = data["kinds"]
    curve = data["curve"]
    rate = data["rate"]
    if not (isinstance(kinds, dict) and isinstance(curve, list) and curve and isinstance(rate, int | float)):
        raise ValueError("a level has a rate, kinds and a curve")
    return Level(
        rate=float(rate),
        kinds={kind: float(entry["rate"]) for kind, entry in kinds.items()},
        rules={kind: {rule: float(r) for rule, r in entry["rules"].items()} for kind, entry in kinds.items()},
        curve=tuple((float(x), float(y)) for x, y in curve),
    )
