"""What is expected of an answer, and what an answer is told by: its canonical form and the hash of that."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator

from kg.engine import Table, Term
from kg.engine.syntax import tokens_of
from kg.saved.model import Cells, Expectation


def broken_expectations(expect: Expectation | None, table: Table) -> tuple[str, ...]:
    """What does not hold of `table`, a sentence each; nothing where all does."""
    return () if expect is None else tuple(_broken(expect, table))


def _broken(expect: Expectation, table: Table) -> Iterator[str]:
    rows = len(table.rows)
    if expect.at_least is not None and rows < expect.at_least:
        yield f"it gives {rows} rows, and {expect.at_least} at least are expected"
    if expect.at_most is not None and rows > expect.at_most:
        yield f"it gives {rows} rows, and {expect.at_most} at most are expected"
    for column in expect.columns:
        if column not in table.columns:
            yield f"it gives no column {column}"
    for column in expect.filled:
        if column not in table.columns:
            if column not in expect.columns:
                yield f"it gives no column {column}"
            continue
        at = table.columns.index(column)
        empty = sum(row[at] is None or not row[at].value for row in table.rows)  # type: ignore[union-attr]
        if empty:
            yield f"{empty} of {rows} rows have nothing in the column {column}"


def cells(row: tuple[Term | None, ...]) -> Cells:
    """A row as text. Blank nodes have no names: those that the store gives them differ from release to release."""
    return tuple(None if term is None else "_:" if term.kind == "blank" else term.value for term in row)


def canonical_csv(query: str, table: Table) -> bytes:
    """The answer of `query` as CSV in UTF-8, lines end with CR LF. The rows are sorted unless the query sorts them.

    Where it does, these are the bytes of the file that the server gives out, except for blank nodes.
    """
    lines = [_line(cells(row)) for row in table.rows]
    return "".join([_line(table.columns), *(lines if is_ordered(query) else sorted(lines))]).encode()


def digest(query: str, table: Table) -> str:
    """The SHA-256 of `canonical_csv`, in hexadecimal."""
    return hashlib.sha256(canonical_csv(query, table)).hexdigest()


def is_ordered(query: str) -> bool:
    """Whether the answer of `query` has an order: ORDER BY outside of all brackets.

    >>> is_ordered("SELECT ?a { { SELECT ?a { ?a ?b ?c } ORDER BY ?a } }")
    False
    """
    words = [token.group().lower() for token in tokens_of(query)]
    depth = 0
    for word, following in zip(words, [*words[1:], ""], strict=True):
        depth += (word in {"{", "("}) - (word in {"}", ")"})
        if depth == 0 and (word, following) == ("order", "by"):
            return True
    return False


def _line(row: tuple[str | None, ...]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(["" if cell is None else cell for cell in row])
    line = written.getvalue()
    return "\r\n" if line == '""\r\n' else line  # one empty cell: the csv module writes quotes, the store none
