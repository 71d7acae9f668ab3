"""The result of an evaluation: rows of precision, recall and F1, the errors, and how far confidence can be trusted."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from kg.evaluation.scoring import Judged, Note, Tally
from kg.evaluation.statements import CLASSES

HEADLINES = ("ENTITIES", "FACTS", "STATISTICS")
_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: an entity category, a kind of fact, or a headline. `gold` and `found` are counts."""

    name: str
    hits: int
    gold: int
    found: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right, 0 to 1."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold file that was found, 0 to 1."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Band:
    """Judged facts of a confidence from `low` to `high`. Trust a band whose `precision` is near its `confidence`."""

    low: float
    high: float
    facts: int
    precision: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Report:
    """Scores over all documents. `absent` are gold files whose document is not in the dump; they count as missed."""

    rows: tuple[Row, ...]
    absent: tuple[str, ...]
    notes: tuple[Note, ...]
    judged: tuple[Judged, ...]
    errors: bool = False

    def row(self, name: str) -> Row:
        """The row of that name; a row of zeros where nothing was counted."""
        return next((row for row in self.rows if row.name == name), Row(name, 0, 0, 0))

    @property
    def bands(self) -> tuple[Band, ...]:
        """The judged facts by confidence, without the empty bands. Facts without a confidence are left out."""
        return _bands([(fact.confidence, fact.right) for fact in self.judged if fact.confidence is not None])

    @property
    def calibration_error(self) -> float | None:
        """The expected calibration error: the mean gap of precision and confidence, bands weighted by facts."""
        bands = self.bands
        total = sum(band.facts for band in bands)
        return sum(band.facts * abs(band.precision - band.confidence) for band in bands) / total if total else None

    def table(self) -> str:
        """The report as text, a line a row; the errors before it where they were asked for."""
        lines = [f"{note.document}\t{note.kind}\t{note.name}\t{note.text}" for note in self.notes if self.errors]
        lines += [
            f"{row.name:26} P {row.precision:.3f}  R {row.recall:.3f}  F1 {row.f1:.3f}   "
            f"gold {row.gold:4}  found {row.found:4}"
            for row in self.rows
        ]
        if self.calibration_error is not None:
            lines += [
                f"confidence {band.low:.1f}-{band.high:.1f}         P {band.precision:.3f}  "
                f"stated {band.confidence:.3f}   facts {band.facts:4}"
                for band in self.bands
            ]
            lines.append(f"expected calibration error {self.calibration_error:.3f}")
        if self.absent:
            lines.append("not in the dump: " + ", ".join(self.absent))
        return "\n".join(lines)

    def as_json(self) -> dict[str, object]:
        """The report as plain data; scores are rounded to three places."""
        return {
            "absent": list(self.absent),
            "scores": {
                row.name: {
                    "precision": round(row.precision, 3),
                    "recall": round(row.recall, 3),
                    "f1": round(row.f1, 3),
                    "gold": row.gold,
                    "found": row.found,
                }
                for row in self.rows
            },
            "bands": [
                {
                    "low": band.low,
                    "high": band.high,
                    "facts": band.facts,
                    "precision": round(band.precision, 3),
                    "confidence": round(band.confidence, 3),
                }
                for band in self.bands
            ],
            "calibration_error": None if self.calibration_error is None else round(self.calibration_error, 3),
            "errors": [
                {"document": note.document, "kind": note.kind, "name": note.name, "text": note.text}
                for note in self.notes
                if self.errors
            ],
        }


def report(tally: Tally, absent: Sequence[str], *, errors: bool) -> Report:
    """The rows of a tally with the headlines last: all entities, all facts (without kinds), all statistics."""
    names = sorted(tally.hits)
    rows = [_row(name, [name], tally) for name in names]
    summed = {
        "ENTITIES": [name for name in CLASSES if name != "statistics"],
        "FACTS": [name for name in names if "." in name and not name.endswith(".kind")],
        "STATISTICS": ["statistics"],
    }
    rows += [_row(headline, summed[headline], tally) for headline in HEADLINES]
    return Report(tuple(rows), tuple(absent), tuple(tally.notes), tuple(tally.judged), errors)


def _row(name: str, parts: Sequence[str], tally: Tally) -> Row:
    hits = sum(tally.hits[part] for part in parts)
    gold = hits + sum(tally.missed[part] for part in parts)
    found = hits + sum(tally.extra[part] for part in parts)
    return Row(name, hits, gold, found)


def _bands(facts: Sequence[tuple[float, bool]]) -> tuple[Band, ...]:
    bands = []
    for low, high in itertools.pairwise(_EDGES):
        inside = [(sure, right) for sure, right in facts if low <= sure < high or (sure >= high == _EDGES[-1])]
        if inside:
            precision = sum(right for _, right in inside) / len(inside)
            bands.append(Band(low, high, len(inside), precision, sum(sure for sure, _ in inside) / len(inside)))
    return tuple(bands)
