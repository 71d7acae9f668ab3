"""Why a row is in an answer: the facts that it rests on, with the words of the documents that state them.

    reasons = why(engine, query, 3)
    for fact in reasons.facts: ...

    patterns.py  the triple patterns of a query; a program of its own
    reading.py   runs it
    blocks.py    the SELECTs of a query, each as a query for the solutions behind a row
    filling.py   patterns filled with solutions: triples
    sources.py   triples looked up: stated in documents, inferred from what, reference data

A row of a query with GROUP BY, COUNT and the like stands for several solutions, which are told too. All is asked of the
engine under its limits, and everything is bounded: what was cut is said. Conditions (FILTER, EXISTS, MINUS) hold for
the solutions, but are no facts: they are not told.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.engine import Engine, Table, Term
from kg.errors import InputError, QueryError, QuerySyntaxError, QueryTimeoutError
from kg.namespaces import PREFIXES
from kg.why.blocks import Block, block_of
from kg.why.filling import Select as _Select
from kg.why.filling import Triple, fill
from kg.why.reading import Pattern, read_patterns
from kg.why.sources import Evidence, Fact, Origin, facts_of

__all__ = ["MOST_ROWS", "Evidence", "Fact", "Origin", "Why", "why"]

MOST_ROWS = 10_000
"""The last row of an answer that can be asked about."""
_SOLUTIONS = 30  # behind a row
_INNER = 5  # different values with which a SELECT in the query is looked at
_FACTS = 150


@dataclass(frozen=True, slots=True)
class Why:
    """What a row rests on. `row` are its cells by column. `behind` are the solutions that it stands for, where they are
    several (None where the row is one solution). `notes` say in words what is not told."""

    number: int
    columns: tuple[str, ...]
    row: tuple[Term | None, ...]
    facts: tuple[Fact, ...]
    behind: Table | None
    notes: tuple[str, ...]


def why(engine: Engine, query: str, row: int, *, seconds: float = 20.0, prefixes: Mapping[str, str] = PREFIXES) -> Why:
    """What the row `row` (from 1) of the answer of a SELECT rests on. It takes at most `seconds`.

    InputError where the answer has no such row, QueryError where the query is no SELECT or cannot be taken apart.
    Otherwise raises as `Engine.select`.
    """
    deadline = time.monotonic() + seconds

    def select(text: str, limit: int) -> Table:
        left = deadline - time.monotonic()
        if left <= 0:
            raise QueryTimeoutError(f"finding out what the row rests on took more than {seconds:g} seconds")
        return engine.select(text, limit=limit, time_limit=left)

    block = block_of(query)
    if not 1 <= row <= MOST_ROWS:
        raise InputError(f"row takes a number from 1 to {MOST_ROWS:,}, not {row}")
    answer = select(query, row)
    if len(answer.rows) < row:
        raise InputError(f"the answer has {len(answer.rows)} rows, so there is no row {row}")
    cells = dict(zip(answer.columns, answer.rows[row - 1], strict=True))
    notes: list[str] = []
    patterns = _patterns(block, prefixes)
    triples, behind = _explain(block, cells, patterns, select, notes)
    if len(triples) > _FACTS:
        notes.append(f"Only the first {_FACTS} of {len(triples)} facts are told.")
    facts = facts_of(triples[:_FACTS], select)
    if any(term is not None and term.kind in {"blank", "triple"} for term in cells.values()):
        notes.append("A value of the row has no name of its own, so facts of rows that are like it may be among these.")
    if not behind.rows:
        notes.append(
            "What is behind the row was not found again: a value of it is made in a way that cannot be traced."
        )
    elif not facts:
        notes.append("It rests on no facts: its values are made by the query itself, or by conditions.")
    shown = behind if block.grouped or len(behind.rows) > 1 else None
    return Why(row, answer.columns, answer.rows[row - 1], tuple(facts), shown, tuple(dict.fromkeys(notes)))


def _patterns(block: Block, prefixes: Mapping[str, str]) -> dict[int, list[Pattern]]:
    """The patterns of each block, by the identity of the block."""
    blocks = list(_all(block))
    return {
        id(one): found
        for one, found in zip(blocks, read_patterns([one.patterns_query for one in blocks], prefixes), strict=True)
    }


def _all(block: Block) -> Iterable[Block]:
    yield block
    for inner in block.inner:
        yield from _all(inner)


def _explain(
    block: Block,
    cells: Mapping[str, Term | None],
    patterns: Mapping[int, list[Pattern]],
    select: _Select,
    notes: list[str],
) -> tuple[list[Triple], Table]:
    """The triples of a block and of those in it, and its solutions."""
    solved = _solutions(block, cells, patterns[id(block)], select)
    if not solved.complete:
        notes.append(f"Only the first {_SOLUTIONS} of the solutions behind it are looked at.")
    solutions = [
        {name: term for name, term in zip(solved.columns, row, strict=True) if term is not None} for row in solved.rows
    ]
    triples = dict.fromkeys(fill(patterns[id(block)], solutions, select))
    for inner in block.inner:
        wanted: dict[tuple[tuple[str, Term | None], ...], None] = {}
        columns = [name for name in solved.columns if inner.holds(name)]
        for solution in solutions:
            wanted[tuple((name, solution.get(name)) for name in columns)] = None
        if len(wanted) > _INNER:
            notes.append(
                f"Of the values that a SELECT in the query was asked with, {_INNER} of {len(wanted)} are told."
            )
        for values in list(wanted)[:_INNER]:
            known = {name: term for name, term in values if term is not None}
            found, _ = _explain(inner, known, patterns, select, notes)
            triples.update(dict.fromkeys(found))
    return list(triples), solved


def _solutions(block: Block, cells: Mapping[str, Term | None], patterns: Sequence[Pattern], select: _Select) -> Table:
    row = {name: term for name, term in cells.items() if term is not None}
    empty = [name for name, term in cells.items() if term is None]
    sure = frozenset(name for pattern in patterns if pattern.sure for name in pattern.variables)
    for early in (sure, frozenset[str]()):
        try:
            return select(block.solutions_query(row, empty, early, _SOLUTIONS), _SOLUTIONS)
        except QuerySyntaxError:  # a value may not stand before the BIND of its variable
            continue
    raise QueryError("the query is of a form whose rows cannot be traced")
