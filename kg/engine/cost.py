"""What a query would cost, before it runs: its operations, and how many rows each would give, by looking at the data.

The figures are estimates. How often a pattern fits is counted, up to `MOST`. How many rows two patterns give together
is estimated from how many different values they have in common, as if all were spread evenly; whatever a FILTER takes
away is not known. The order of a join is the one that the estimate would take, which the store need not share.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.engine.answer import Table
from kg.errors import QueryError, QueryTimeoutError

MOST = 100_000
"""A pattern is counted up to here; a count of so many means that or more."""
_SECONDS = 5.0  # for taking the query apart
_PATTERNS = 40  # that are counted; the others are taken for `MOST`
_SLOW, _HOPELESS = 1_000_000, 100_000_000  # rows

Select = Callable[[str], Table]


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many rows come out, how many different values each variable has in them, and how many rows it took."""

    rows: float
    different: Mapping[str, float]
    cost: float


def plan(query: str, prefixes: Mapping[str, str]) -> dict[str, Any]:
    """The tree of `kg.engine.plan` for a query. QueryError where there is none."""
    command = [sys.executable, "-m", "kg.engine.plan"]
    try:
        ended = subprocess.run(  # noqa: S603 -- our own program
            command,
            input=json.dumps({"query": query, "prefixes": dict(prefixes)}),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
        )
        tree: dict[str, Any] = json.loads(ended.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise QueryError("this query cannot be taken apart: it is too large") from None
    if "error" in tree:
        raise QueryError(f"this query cannot be taken apart: {tree['error']}")
    return tree


def explanation(tree: dict[str, Any], select: Select) -> str:
    """The plan as text, a line an operation, and what it comes to. `select` answers the queries that count."""
    counted: dict[str, Estimate] = {}
    lines: list[str] = []
    total = _walk(tree, 0, lines, lambda pattern, graph: _count(pattern, graph, select, counted))
    judgement = "quick"
    if total.cost >= _SLOW:
        judgement = "may take seconds" if total.cost < _HOPELESS else "will hardly end within its time"
    head = [
        f"Estimated cost: {_number(total.cost)} rows to look at ({judgement})",
        f"Estimated rows: {_number(total.rows)}",
        "",
        "      rows  operation",
    ]
    return "\n".join([*head, *lines]) + "\n"


def _walk(
    tree: dict[str, Any], depth: int, lines: list[str], count: Callable[..., Estimate], graph: str = ""
) -> Estimate:
    """Write the lines of a tree, the operation before what it works on."""
    graph = tree.get("graph", graph)
    if tree["do"] == "pattern":
        found = count(tree, graph)
        _write(lines, depth, found.rows, tree["text"])
        return found
    at = len(lines)
    below: list[Estimate] = []
    if tree["do"] == "join" and tree["over"] and all(one["do"] == "pattern" for one in tree["over"]):
        order = _in_order([(one, count(one, graph)) for one in tree["over"]])
        below = [estimate for _, estimate in order]
        for one, estimate in order:
            _write(lines, depth + 1, estimate.rows, one["text"])
    else:
        below = [_walk(one, depth + 1, lines, count, graph) for one in tree["over"]]
    result = _result(tree, below)
    name = tree["do"] + (f" {graph}" if tree["do"] == "graph" else "")
    lines.insert(at, f"{_number(result.rows):>10}  {'  ' * depth}{name}")
    return result


def _write(lines: list[str], depth: int, rows: float, text: str) -> None:
    shown = f"{_number(rows)}{'+' if rows >= MOST else ''}"
    lines.append(f"{shown:>10}  {'  ' * depth}{text}")


def _result(tree: dict[str, Any], below: list[Estimate]) -> Estimate:
    cost = sum(one.cost for one in below)
    if tree["do"] in {"join", "optional"}:
        result = below[0] if below else Estimate(1, {}, 0)
        for one in below[1:]:
            joined = _join(result, one)
            rows = max(joined.rows, result.rows) if tree["do"] == "optional" else joined.rows
            result = Estimate(rows, joined.different, result.cost + one.cost + rows)
        return result
    if tree["do"] == "union":
        different = {name: sum(one.different.get(name, 0) for one in below) for one in below for name in one.different}
        return Estimate(sum(one.rows for one in below), different, cost)
    first = below[0] if below else Estimate(float(tree.get("rows", 1)), {}, 0)
    rows = first.rows
    if tree["do"] == "slice" and tree.get("limit") is not None:
        rows = min(rows, float(tree["limit"]))
    # To sort, to group and to drop doubles, all rows must be there first.
    return Estimate(rows, first.different, cost + (first.rows if tree["do"] in {"sort", "group", "distinct"} else 0))


def _join(one: Estimate, other: Estimate) -> Estimate:
    rows = one.rows * other.rows
    for name in one.different.keys() & other.different.keys():
        rows /= max(one.different[name], other.different[name], 1.0)
    different = {
        name: min(rows, *(side.different[name] for side in (one, other) if name in side.different))
        for name in one.different.keys() | other.different.keys()
    }
    return Estimate(rows, different, one.cost + other.cost + rows)


def _in_order(patterns: list[tuple[dict[str, Any], Estimate]]) -> list[tuple[dict[str, Any], Estimate]]:
    """The pattern with the fewest rows first, then always the one that gives the fewest with those before it."""
    left = sorted(patterns, key=lambda one: one[1].rows)
    order = [left.pop(0)]
    result = order[0][1]
    while left:
        best = min(left, key=lambda one: _join(result, one[1]).rows)
        left.remove(best)
        order.append(best)
        result = _join(result, best[1])
    return order


def _count(pattern: dict[str, Any], graph: str, select: Select, counted: dict[str, Estimate]) -> Estimate:
    """How often a pattern fits, and how many different values its variables have."""
    inside = f"GRAPH {graph} {{ {pattern['text']} }}" if graph else pattern["text"]
    if inside not in counted:
        names = pattern["variables"]
        different = " ".join(f"(COUNT(DISTINCT ?{name}) AS ?different{at})" for at, name in enumerate(names))
        values = dict.fromkeys(names, float(MOST))
        rows = float(MOST)
        if len(counted) < _PATTERNS:
            try:
                table = select(
                    f"SELECT (COUNT(*) AS ?rows) {different} WHERE {{ SELECT * WHERE {{ {inside} }} LIMIT {MOST} }}"
                )
                rows, *found = (float(str(term)) for term in table.rows[0])
                values = dict(zip(names, found, strict=True))
            except QueryTimeoutError:
                pass  # then it is many
        counted[inside] = Estimate(rows, values, rows)
    return counted[inside]


def _number(rows: float) -> str:
    return f"{rows:,.0f}" if rows < 1e12 else f"{rows:.0e}"
