"""What comes out of a query: terms, tables for this program, answers in a format for others.

Terms are small tuples of this product and not rdflib's: rdflib changes what it is given ("01" becomes 1), and takes
longer to make a term than the store takes to find it.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from kg.engine.formats import Wanted


class Term(NamedTuple):
    """An RDF term. `kind` is `iri`, `literal`, `blank` or `triple`; `value` the IRI, the lexical form or the label.

    `language` and `datatype` (an IRI) are those of a literal. `str()` gives the value.
    """

    kind: str
    value: str
    language: str | None = None
    datatype: str | None = None

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a query as rows. A cell is None where a variable has no value.

    `form` is `solutions`, `boolean` (one row, one column `answer`) or `graph` (subject, predicate, object).
    `complete` is False when the query has more rows than were asked for.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    form: str = "solutions"
    complete: bool = True

    def records(self) -> Iterator[Mapping[str, str]]:
        """Each row as column -> value, without the cells that have none."""
        for row in self.rows:
            yield {column: term.value for column, term in zip(self.columns, row, strict=True) if term is not None}


class Rows:
    """The rows of a query as they come out of the worker, in pieces that a file can hold: `read_piece` reads one.

    Iterate it once, as a context manager. `form` is that of the table. Iteration raises the QueryErrors; what was
    read before one of them is not the whole answer. Leaving it early stops the query.
    """

    def __init__(self, form: str, columns: tuple[str, ...], frames: Generator[tuple[bytes, bytes], None, None]) -> None:
        self.form = form
        self.columns = columns
        self._frames = frames

    def __iter__(self) -> Iterator[bytes]:
        for kind, piece in self._frames:
            if kind == b"D":
                yield piece

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the query if it still runs, and free its worker."""
        self._frames.close()


class Answer(Rows):
    """The answer of a query in a format, as it comes out of the worker: otherwise as `Rows`.

    `media_type` is that of the bytes.
    """

    def __init__(
        self, form: str, columns: tuple[str, ...], media_type: str, frames: Generator[tuple[bytes, bytes], None, None]
    ) -> None:
        super().__init__(form, columns, frames)
        self.media_type = media_type


class Begun:
    """A query that is at work, and that nobody waits for yet. `descriptor` is readable once its answer begins."""

    def __init__(self, frames: Generator[tuple[bytes, bytes], None, None], descriptor: int, wanted: Wanted) -> None:
        self.descriptor = descriptor
        self._frames = frames
        self._wanted = wanted

    def answer(self) -> Answer:
        """Wait for the answer to begin. Raises as `Engine.answer`."""
        return answer_of(self._frames, self._wanted)

    def close(self) -> None:
        """Stop the query, whose answer nobody waited for."""
        self._frames.close()


def answer_of(frames: Generator[tuple[bytes, bytes], None, None], wanted: Wanted) -> Answer:
    """The answer whose frames these are, once it begins. Raises as `Engine.answer`."""
    head = json.loads(next(frames)[1])
    chosen = wanted.graph if head["form"] == "graph" else wanted.solutions
    return Answer(head["form"], tuple(head["columns"]), chosen.content_type if chosen else "", frames)


def read_piece(piece: bytes) -> list[tuple[Term | None, ...]]:
    """The rows in a piece of `Rows`. A piece holds no line break."""
    return [tuple(None if term is None else Term(*term) for term in row) for row in json.loads(piece)]
