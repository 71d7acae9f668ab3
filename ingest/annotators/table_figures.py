"""The figures of tables: their values, and what the headings say that they count."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest.annotators.numerals import Grammar, number
from ingest.annotators.tables import Cell
from ingest.model import Annotation, Quantity

YEAR = re.compile(r"(?:19|20)\d\d")
IN_BRACKETS = re.compile(r"\s*\(([^)]*)\)\s*")
SHARE = re.compile(
    r"(?:share|percentage|proportion|rate|per ?cent|%)(?:\s+of)?\b\s*|\s*[,(]?\s*(?:in\s+)?(?:%|per ?cent)\)?", re.I
)
OF_WHOM = re.compile(r"(?:%|per ?cent|share|percentage)\s+of\s+(?:all\s+|the\s+)?(.+)", re.I)
NUMBER_OF = re.compile(r"(?:total\s+)?(?:number|no\.?|total|sum)\s+of\s+", re.I)
THOUSANDS = re.compile(r"['’]000\b|\bthousands?\b|\bin\s+thousand\b", re.I)
CODE = re.compile(r"\b[A-Z]{3}\b|US\$|[$€£]")


def read(content: str, cell: Cell, g: Grammar) -> Annotation | None:
    """The quantity of a cell; None where its heading is of dates, ranks or the like.

    Features: `counted`, `unit` (how the unit is told), `label` and `heading` (their spans), `table` True.
    """
    text = content[cell.span.start : cell.span.end].strip()
    value = number(text, g)
    heading = content[cell.heading.start : cell.heading.end].strip()
    name = content[cell.label.start : cell.label.end].strip() if YEAR.fullmatch(heading) else heading
    bracket = IN_BRACKETS.search(name)
    note = bracket[1] if bracket else ""
    told = IN_BRACKETS.sub(" ", name).strip()
    words = told.lower().split()
    if (
        value is None
        or not words
        or words[0] in ("no", "no.", "#", "rank", "year", "date", "code", "page", "age", "time", "tel")
    ):
        return None
    money = next((m[0] for part in (text, note, told) if (m := CODE.search(part)) and m[0] in g.currencies), None)
    if money:
        scale = g.large.search(note) or (g.large.search(told) if not g.large.search(text) else None)
        factor = g.multipliers.get(scale[0].lower().removesuffix("s"), 1) if scale else 1
        return _figure(cell, Quantity(value * factor, g.currencies[money]), "")
    if "%" in text or "per cent" in text or SHARE.search(name):
        return _figure(cell, Quantity(value, "percent"), _share(content, cell, told, note))
    if THOUSANDS.search(note) or THOUSANDS.search(told):
        value *= Decimal(1000)
    counted = NUMBER_OF.sub("", told)
    if words[-1] in g.uncounted:
        return None
    return _figure(cell, Quantity(value, ""), counted[:1].lower() + counted[1:] if counted[1:2].islower() else counted)


def _figure(cell: Cell, quantity: Quantity, counted: str) -> Annotation:
    features = {"counted": counted, "table": True, "label": cell.label, "heading": cell.heading}
    return Annotation(cell.span, "quantity", quantity, "quantity/table", features)


def _share(content: str, cell: Cell, told: str, note: str) -> str:
    """ "graduates (women)" for the column "Share of women" beside the column "Graduates"."""
    whom = OF_WHOM.match(note)
    part = SHARE.sub("", told, count=1).strip(" ,:").lower()
    base = IN_BRACKETS.sub(" ", content[cell.base.start : cell.base.end]).strip()
    base = NUMBER_OF.sub("", base).lower() if cell.base != cell.heading and not YEAR.fullmatch(base) else ""
    group = whom[1].strip() if whom else base
    if not group:
        return part or "people"
    return f"{group} ({part})" if part else group
