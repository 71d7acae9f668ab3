"""How an answer differs from an earlier one: the rows that came and the rows that went.

Rows are compared by what is in them, not by where they stand. Blank nodes are all alike: the store names them anew in
every release. A row that is there three times and was there twice came once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.engine import Table, Term
from kg.saved import cells

Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """`added` and `removed` are tables with the rows that differ; `same` counts the others.

    `columns_added` and `columns_removed` name columns that only one of the answers has; then all rows differ.
    `complete` is False where one of the answers was longer than what was compared.
    """

    added: Table
    removed: Table
    same: int
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    complete: bool

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return bool(self.added.rows or self.removed.rows or self.columns_added or self.columns_removed)


def compare(before: Table, now: Table) -> Changes:
    """What is different in `now`."""
    came = tuple(column for column in now.columns if column not in before.columns)
    went = tuple(column for column in before.columns if column not in now.columns)
    if came or went:
        added, removed = list(now.rows), list(before.rows)
    else:
        order = [before.columns.index(column) for column in now.columns]
        then = [tuple(row[at] for at in order) for row in before.rows]
        added, removed = _without(now.rows, then), _without(then, now.rows)
    return Changes(
        Table(now.columns, tuple(added), now.form),
        Table(before.columns if came or went else now.columns, tuple(removed), before.form),
        len(now.rows) - len(added),
        came,
        went,
        before.complete and now.complete,
    )


def _without(rows: Iterable[Row], others: Iterable[Row]) -> list[Row]:
    """The rows that are not among the others, as often as they are there more often."""
    left = Counter(map(_key, others))
    found = []
    for row in rows:
        key = _key(row)
        if left[key]:
            left[key] -= 1
        else:
            found.append(row)
    return found


def _key(row: Row) -> tuple[object, ...]:
    kinds = tuple(term and (term.kind, term.language, term.datatype) for term in row)
    return cells(row), kinds
