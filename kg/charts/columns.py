"""The columns of an answer as a picture needs them: what kind each is of, and its cells as words, numbers and times."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import compress

from kg.charts.times import Span, span
from kg.engine import Table, Term
from kg.errors import ChartError
from kg.namespaces import PREFIXES
from kg.saved import View

NUMBER, TIME, THING, TEXT = "number", "time", "thing", "text"
_LABEL = "Label"
_XSD = PREFIXES["xsd"]
_NUMBERS = {
    _XSD + name
    for name in ("integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger")
}
_TIMES = {_XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth")}
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]+"
)
_LONGEST = 300  # characters of a cell that are looked at


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `kind` is NUMBER, TIME, THING (IRIs) or TEXT; `words` the cells as people read them, empty for none."""

    name: str
    title: str
    kind: str
    cells: tuple[Term | None, ...]
    words: tuple[str, ...]

    def number(self, row: int) -> float | None:
        """The cell as a number; None where it is none."""
        term = self.cells[row]
        try:
            value = float(term.value) if term is not None and term.kind == "literal" else math.nan
        except ValueError:
            return None
        return value if math.isfinite(value) else None

    def span(self, row: int) -> Span | None:
        """The cell as a stretch of time; None where it is none."""
        term = self.cells[row]
        return span(term.value) if term is not None and term.kind == "literal" else None

    def key(self, row: int) -> str:
        """What tells the cell's value from others."""
        term = self.cells[row]
        return "" if term is None else f"{term.kind} {term.value}"


class Columns:
    """The columns of a table. One called `xLabel` beside `x` gives the words of `x`; it has no place of its own."""

    def __init__(self, table: Table, labels: Mapping[str, str]) -> None:
        self.rows = len(table.rows)
        self._named = {name: _column(table, name, labels) for name in table.columns}
        self.all = tuple(column for name, column in self._named.items() if not self._is_label(name))

    def _is_label(self, name: str) -> bool:
        return name.endswith(_LABEL) and name.removesuffix(_LABEL) in self._named

    def get(self, name: str) -> Column | None:
        """The column of that name."""
        return self._named.get(name)

    def first(self, *kinds: str, but: tuple[Column | None, ...] = ()) -> Column | None:
        """The first column of one of these kinds, those of the first kind before those of the next."""
        taken = {column.name for column in but if column is not None}
        free = [column for column in self.all if column.name not in taken]
        return next((column for kind in kinds for column in free if column.kind == kind), None)

    def called(self, *names: str) -> Column | None:
        """The first column whose name is one of these, whatever the case of its letters."""
        return next((column for name in names for column in self.all if column.name.lower() == name), None)

    def wanted(self, view: View, option: str) -> Column | None:
        """The column that an option of the view names, None where it does not. ChartError where there is none."""
        name = view.options.get(option)
        if name is None or name == "":
            return None
        column = self._named.get(str(name).removeprefix("?"))
        if column is None:
            there = ", ".join(self._named) or "none"
            raise ChartError(f"the view wants the column {str(name)!r} for {option}; the answer has: {there}")
        return column


def plain(text: str, longest: int = _LONGEST) -> str:
    """Text on one line, without signs that nobody sees, cut to a length.

    >>> plain("a\\x00b\\n c", 4)
    'a b…'
    """
    line = " ".join(_UNSEEN.sub(" ", text[: 4 * longest]).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def in_words(name: str) -> str:
    """The name of a variable as words.

    >>> in_words("signedOn_date")
    'signed on date'
    """
    return " ".join(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").lower().split())


def distinct(names: dict[str, str]) -> dict[str, str]:
    """The names, with numbers where two things have the same."""
    used: Counter[str] = Counter()
    found = {}
    for key, name in names.items():
        used[name] += 1
        found[key] = name if used[name] == 1 else f"{name} ({used[name]})"
    return found


def _column(table: Table, name: str, labels: Mapping[str, str]) -> Column:
    at = table.columns.index(name)
    cells = tuple(row[at] for row in table.rows)
    beside = table.columns.index(name + _LABEL) if name + _LABEL in table.columns else None
    words = []
    for row, term in zip(table.rows, cells, strict=True):
        named = row[beside] if beside is not None else None
        if named is not None:
            words.append(plain(named.value))
        elif term is None:
            words.append("")
        else:
            words.append(plain(labels.get(term.value, "") or _short(term) if term.kind == "iri" else term.value))
    return Column(name, in_words(name), _kind(name, cells), cells, tuple(words))


def _kind(name: str, cells: tuple[Term | None, ...]) -> str:
    filled = [term for term in cells if term is not None]
    literals = [term for term in filled if term.kind == "literal"]
    if not literals:
        return THING if any(term.kind == "iri" for term in filled) else TEXT
    if all(term.datatype in _TIMES for term in literals):
        return TIME
    years = re.search(r"year|date|month", name, re.IGNORECASE) is not None
    filled_texts = [term.value for term in literals if term.value]
    if years and filled_texts and all(span(text) for text in filled_texts):
        return TIME
    return NUMBER if all(term.datatype in _NUMBERS for term in literals) else TEXT


def _short(term: Term) -> str:
    for prefix, namespace in PREFIXES.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return re.split(r"[/#]", term.value.rstrip("/#"))[-1] or term.value


def kept(columns: Columns, *needed: Column) -> list[int]:
    """The rows in which none of the columns is empty."""
    full = (all(column.cells[row] is not None for column in needed) for row in range(columns.rows))
    return list(compress(range(columns.rows), full))
