"""Learns a table of confidences from judged findings, and tells how it does on documents that it was not learned from.

What a table holds is told in `ingest.calibration`. Three methods are tried for its curve: `straight` (the votes as they
are), `logistic` (a line in log odds), `isotonic` (the nearest rising steps).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.calibration import Level, Points, log_odds

DOUBT = 4.0
"""As many cases with the rate of what stands above are added to those of a rule and of a kind."""
TOGETHER = 1 / 3
"""How far findings of one rule in one document are right or wrong together: n of them count as n / (1 + (n-1)/3)."""
PARTS = 8
"""The rates of a part of the documents are counted on the other parts when the curve is learned."""

Key = tuple[str, ...]
Counts = Mapping[Key, tuple[float, float]]
"""Of all findings `()`, of a kind `(kind,)`, of a rule `(kind, rule)`: how many are right, and how many there are."""


@dataclass(frozen=True, slots=True)
class Case:
    """A judged finding: its kind, the rules that found it, what they said (0 to 1), and whether it is right."""

    kind: str
    votes: tuple[str, ...]
    raw: float
    right: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cases of one document. `weight` says how many documents it stands for."""

    document: str
    cases: tuple[Case, ...]
    weight: float = 1.0


def fit(sheets: Sequence[Sheet], method: str) -> Level:
    """Rates and curve learned from all sheets."""
    counted = [_count(sheet) for sheet in sheets]
    seen: list[tuple[float, float, float]] = []
    for part in range(min(PARTS, len(sheets))):
        level = _rates(counts for n, counts in enumerate(counted) if n % PARTS != part)
        for sheet in sheets[part::PARTS]:
            seen += [
                (level.vote(case.kind, case.votes, case.raw), float(case.right), sheet.weight) for case in sheet.cases
            ]
    level = _rates(counted)
    return Level(level.rate, level.kinds, level.rules, METHODS[method](seen))


def left_out(sheets: Sequence[Sheet], method: str) -> dict[str, list[float]]:
    """By document the confidences of its cases, from a table that was learned without this document."""
    confidences = {}
    for sheet in sheets:
        level = fit([other for other in sheets if other is not sheet], method)
        confidences[sheet.document] = [level.confidence(case.kind, case.votes, case.raw) for case in sheet.cases]
    return confidences


def _count(sheet: Sheet) -> Counts:
    table: dict[Key, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for case in sheet.cases:
        for key in ((case.kind,), *((case.kind, rule) for rule in case.votes)):
            table[key][0] += case.right
            table[key][1] += 1
    for kind in [key for key in table if len(key) == 1]:
        for n in (0, 1):
            table[()][n] += table[kind][n] / _crowd(table[kind][1])
    return {
        key: (hits * sheet.weight / (_crowd(n) if key else 1), n * sheet.weight / (_crowd(n) if key else 1))
        for key, (hits, n) in table.items()
    }


def _crowd(cases: float) -> float:
    return 1 + (cases - 1) * TOGETHER


def _rates(counted: Iterable[Counts]) -> Level:
    """Rates without a curve."""
    total: dict[Key, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for counts in counted:
        for key, (hits, n) in counts.items():
            total[key][0] += hits
            total[key][1] += n
    hits, n = total[()]
    rate = (hits + 1) / (n + 2)
    kinds: dict[str, float] = {}
    rules: dict[str, dict[str, float]] = defaultdict(dict)
    for key in sorted(total, key=lambda k: (len(k), k)):
        hits, n = total[key]
        if len(key) == 1:
            kinds[key[0]] = (hits + DOUBT * rate) / (n + DOUBT)
        elif len(key) == 2:
            rules[key[0]][key[1]] = (hits + DOUBT * kinds[key[0]]) / (n + DOUBT)
    return Level(rate, kinds, rules, _straight(()))


Seen = Iterable[tuple[float, float, float]]
"""Of each case the vote (0 to 1), whether it is right (0 or 1), and its weight."""


def _straight(_seen: Seen) -> Points:
    return (0.0, 0.0), (1.0, 1.0)


def _logistic(seen: Seen) -> Points:
    """The best line from the log odds of the vote to those of being right, drawn towards the straight (Newton)."""
    rows = [(log_odds(vote), right, weight) for vote, right, weight in seen]
    low, slope = 0.0, 1.0
    for _ in range(50):
        # The gradient and the second derivatives of the penalised log likelihood.
        g0, g1, h00, h01, h11 = -0.001 * low, -5 * (slope - 1), 0.001, 0.0, 5.0
        for x, right, weight in rows:
            p = 1 / (1 + math.exp(-low - slope * x))
            g0 += weight * (right - p)
            g1 += weight * (right - p) * x
            h00 += weight * p * (1 - p)
            h01 += weight * p * (1 - p) * x
            h11 += weight * p * (1 - p) * x * x
        determinant = h00 * h11 - h01 * h01
        step = (g0 * h11 - g1 * h01) / determinant, (g1 * h00 - g0 * h01) / determinant
        low, slope = low + step[0], slope + step[1]
        if max(map(abs, step)) < 1e-9:
            break
    slope = max(slope, 0.0)
    grid = [*(n / 20 for n in range(1, 19)), 0.92, 0.94, 0.96, 0.97]
    return tuple((x, round(1 / (1 + math.exp(-low - slope * log_odds(x))), 4)) for x in grid)


def _isotonic(seen: Seen) -> Points:
    """Pools neighbours that fall (PAV); the points are the mean vote of a pool and its hits, drawn a little to it."""
    pools: list[list[float]] = []  # the sums of weight, weight * vote, weight * right
    for vote, right, weight in sorted(seen):
        pools.append([weight, weight * vote, weight * right])
        while len(pools) > 1 and pools[-2][2] * pools[-1][0] >= pools[-1][2] * pools[-2][0]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    points: list[tuple[float, float]] = []
    for weight, votes, rights in pools:
        x, y = votes / weight, (rights + 2 * votes / weight) / (weight + 2)
        points.append((round(x, 4), round(max(y, points[-1][1] if points else 0.0), 4)))
    return tuple(points) or _straight(())


METHODS: Mapping[str, Callable[[Seen], Points]] = {"straight": _straight, "logistic": _logistic, "isotonic": _isotonic}
FITTED = ("logistic", "isotonic")
"""The methods that learn; `straight` is there to compare them with."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How good confidences are: cases, share of them at .9 and above, how many of those are right (None without any),
    the expected calibration error over tenths, the mean squared error, and the mean log loss."""

    cases: int
    sure: float
    precision: float | None
    calibration_error: float
    squared_error: float
    log_loss: float


def quality(cases: Sequence[tuple[float, bool]]) -> Quality:
    """The quality of pairs of a confidence and whether the case is right."""
    if not cases:
        return Quality(0, 0.0, None, 0.0, 0.0, 0.0)
    high = [right for sure, right in cases if sure >= 0.9]
    error = sum(len(band) * abs(_mean(sure for sure, _ in band) - _mean(right for _, right in band))
                for band in bands(cases))  # fmt: skip
    return Quality(
        cases=len(cases),
        sure=len(high) / len(cases),
        precision=sum(high) / len(high) if high else None,
        calibration_error=error / len(cases),
        squared_error=_mean((sure - right) ** 2 for sure, right in cases),
        log_loss=_mean(-math.log(min(max(sure if right else 1 - sure, 0.005), 0.995)) for sure, right in cases),
    )


def bands(cases: Sequence[tuple[float, bool]]) -> list[list[tuple[float, bool]]]:
    """The cases by tenths of their confidence, without the empty ones."""
    found: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in cases:
        found[min(int(sure * 10 + 1e-9), 9)].append((sure, right))
    return [found[n] for n in sorted(found)]


def _mean(numbers: Iterable[float]) -> float:
    listed = list(numbers)
    return sum(listed) / len(listed)
