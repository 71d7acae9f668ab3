"""A table of an answer as a page shows it: links with names instead of IRIs."""

from __future__ import annotations

from dataclasses import dataclass

from kg.engine import Table, Term
from kg.web.display import address, is_number, text, words
from kg.web.labels import Labels
from kg.web.live import View
from kg.web.tables import labelled
from kg.web.things import things

_LABEL = "Label"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, where it leads (None for nowhere), its language, and what it says when pointed at."""

    text: str
    path: str | None = None
    language: str | None = None
    hint: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table for a page. `complete` is False when the answer has more rows."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    complete: bool


def grid(view: View, table: Table, *, headings_in_words: bool, language: str | None = None) -> Grid:
    """`table` with names for its IRIs. A column `xLabel` beside a column `x` gives the names of that column instead.

    With a `language`, the IRIs stay as they are and a column of labels in that language comes beside each.
    """
    if language:
        return _labelled(view, table, language)
    named = {c: table.columns.index(c + _LABEL) for c in table.columns if c + _LABEL in table.columns}
    shown = [i for i, column in enumerate(table.columns) if i not in named.values()]
    unnamed = [i for i in shown if table.columns[i] not in named]
    iris = {row[i].value for row in table.rows for i in unnamed if row[i] and row[i].kind == "iri"}  # type: ignore[union-attr]
    labels = {thing.iri: thing.label for thing in things(view, iris).values()}

    def cell(row: tuple[Term | None, ...], column: int) -> Cell:
        term = row[column]
        name = row[named[table.columns[column]]] if table.columns[column] in named else None
        if term is None:
            return Cell("" if name is None else name.value)
        path = address(term.value, view.base) if term.kind == "iri" else None
        shown_as = text(term, labels) if name is None else name.value
        return Cell(shown_as, path, term.language, term.value if term.kind == "iri" else "", is_number(term))

    headings = (table.columns[i] for i in shown)
    return Grid(
        tuple(words(heading).replace("_", " ") if headings_in_words else heading for heading in headings),
        tuple(tuple(cell(row, i) for i in shown) for row in table.rows),
        table.complete,
    )


def _labelled(view: View, table: Table, language: str) -> Grid:
    holding = {at for row in table.rows for at, term in enumerate(row) if term and term.kind == "iri"}
    columns, rows = labelled(table.columns, [table.rows], Labels(view, language), holding)

    def cell(term: Term | None) -> Cell:
        if term is None:
            return Cell("")
        path = address(term.value, view.base) if term.kind == "iri" else None
        return Cell(text(term, {}), path, term.language, term.value if path else "", is_number(term))

    return Grid(columns, tuple(tuple(map(cell, row)) for row in rows), table.complete)
