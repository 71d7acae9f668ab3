"""Tables for spreadsheets: rows with labels beside the IRIs, cells that no spreadsheet takes for formulas, XLSX.

The formats as SPARQL has them are written by the store itself (`kg.engine`). Here are the tables that it does not know.
The rows of an answer come from a file, piece by piece, so memory does not grow with the answer, and the query is over
before its labels are looked up.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from kg.engine import Term
from kg.namespaces import PREFIXES
from kg.web.labels import Labels

BOM = b"\xef\xbb\xbf"
"""What makes spreadsheets read a file as UTF-8."""
_LABEL = "Label"
_XSD = PREFIXES["xsd"]
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_NUMBERS = {
    _XSD + name
    for name in ("integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger")
}
_BARE = {
    _XSD + "boolean": r"true|false",
    _XSD + "integer": r"[+-]?\d+",
    _XSD + "decimal": r"[+-]?\d*\.\d+",
    _XSD + "double": r"[+-]?[\d.]+[eE][+-]?\d+",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
SHEET_ROWS = 1_048_575
"""Rows that a sheet can have below its heading."""
_CELL = 32_767  # characters of a cell
_DIGITS = 15  # more digits than a spreadsheet keeps

Row = Sequence[Term | None]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is to be: with labels in a language beside its IRIs, with safe cells, with a byte order mark."""

    labels: str | None = None
    safe: bool = False
    bom: bool = False


def labelled(
    columns: Sequence[str], pieces: Iterable[Sequence[Row]], labels: Labels, holding: Collection[int]
) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Columns and rows with a column of labels beside each column that is `holding` IRIs, given by its number.

    A column `xLabel` of the query's own stays as it is.
    """
    named = [at in holding and column + _LABEL not in columns for at, column in enumerate(columns)]
    headings = [(column, column + _LABEL) if named[at] else (column,) for at, column in enumerate(columns)]
    return tuple(name for group in headings for name in group), _with_labels(named, pieces, labels)


def _with_labels(named: Sequence[bool], pieces: Iterable[Sequence[Row]], labels: Labels) -> Iterator[Row]:
    for rows in pieces:
        iris = {t.value for row in rows for at, t in enumerate(row) if named[at] and t is not None and t.kind == "iri"}
        known = labels.of(iris)
        for row in rows:
            cells: list[Term | None] = []
            for at, term in enumerate(row):
                cells.append(term)
                if named[at]:
                    cells.append(known.get(term.value) if term is not None and term.kind == "iri" else None)
            yield cells


def write_csv(columns: Sequence[str], rows: Iterable[Row], *, safe: bool) -> Iterator[bytes]:
    """CSV as SPARQL 1.1 has it. `safe`: a cell that a spreadsheet would run gets an apostrophe in front."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_plain(term, safe) for term in row])
        if text.tell() > 2**16:
            yield _drain(text)
    yield _drain(text)


def write_tsv(columns: Sequence[str], rows: Iterable[Row], *, safe: bool) -> Iterator[bytes]:
    """TSV as SPARQL 1.1 has it: cells are terms."""
    text = io.StringIO()
    text.write("\t".join(f"?{column}" for column in columns) + "\n")
    for row in rows:
        text.write("\t".join(_written(term, safe) for term in row) + "\n")
        if text.tell() > 2**16:
            yield _drain(text)
    yield _drain(text)


def write_xlsx(
    columns: Sequence[str], rows: Iterable[Row], sheet_rows: int = SHEET_ROWS, *, created: datetime | None = None
) -> Iterator[bytes]:
    """A workbook: numbers, dates and truth values as such, everything else as text, never as a formula.

    More than `sheet_rows` rows go on in further sheets. `created` is the time that the file tells: with it the same
    rows are the same bytes.
    """
    with tempfile.TemporaryDirectory(prefix="accord-xlsx-") as folder:
        file = Path(folder, "answer.xlsx")
        settings = {"constant_memory": True, "tmpdir": folder, "strings_to_urls": False, "strings_to_formulas": False}
        book = xlsxwriter.Workbook(str(file), {**settings, "strings_to_numbers": False})
        book.set_properties({"created": created} if created else {})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet: Any = None
        for number, row in enumerate(rows):
            at = number % sheet_rows
            if at == 0:
                sheet = _sheet(book, columns, bold)
            for column, term in enumerate(row):
                if term is not None:
                    _write_cell(sheet, at + 1, column, term, day)
        if sheet is None:
            _sheet(book, columns, bold)
        book.close()
        with file.open("rb") as stream:
            while piece := stream.read(2**18):
                yield piece


def _sheet(book: Any, columns: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet()
    for column, name in enumerate(columns):
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 0)
    return sheet


def _write_cell(sheet: Any, row: int, column: int, term: Term, day: Any) -> None:
    value = term.value
    if term.datatype in _NUMBERS and _NUMBER.fullmatch(value) and sum(c.isdigit() for c in value) <= _DIGITS:
        sheet.write_number(row, column, float(value))
    elif term.datatype == _XSD + "boolean" and value in {"true", "false", "1", "0"}:
        sheet.write_boolean(row, column, value in {"true", "1"})
    elif term.datatype == _XSD + "date" and (when := _date(value)):
        sheet.write_datetime(row, column, when, day)
    else:
        value = _plain(term, safe=False)
        if len(value) > _CELL:
            note = f"… [the first of {len(value):,} characters]"
            value = value[: _CELL - len(note)] + note
        sheet.write_string(row, column, value)


def _date(value: str) -> datetime | None:
    """A date that a spreadsheet knows: from 1901 on."""
    try:
        parsed = date.fromisoformat(value)
    except ValueError:
        return None
    return datetime(parsed.year, parsed.month, parsed.day) if parsed.year > 1900 else None


def _plain(term: Term | None, safe: bool) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if term.kind == "blank" else _safe(term) if safe else term.value


def _safe(term: Term) -> str:
    is_number = term.datatype in _NUMBERS and _NUMBER.fullmatch(term.value)
    return term.value if is_number or not term.value.startswith(_FORMULA) else f"'{term.value}"


def _written(term: Term | None, safe: bool) -> str:
    if term is None:
        return ""
    if term.kind == "iri":
        return f"<{term.value}>"
    if term.kind != "literal":
        return f"_:{term.value}" if term.kind == "blank" else term.value
    bare = _BARE.get(term.datatype or "")
    if bare and re.fullmatch(bare, term.value, re.ASCII):
        return term.value
    quoted = f'"{(_safe(term) if safe else term.value).translate(_ESCAPES)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype in {None, _XSD + "string"} else f"{quoted}^^<{term.datatype}>"


def _drain(text: io.StringIO) -> bytes:
    data = text.getvalue().encode("utf-8", "replace")
    text.seek(0)
    text.truncate()
    return data
