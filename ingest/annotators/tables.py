"""Tables of figures: the rows of cells under a row of headings, with what each figure is told to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.model import Span

LINE = re.compile(r"[^\n]*\S[^\n]*")
GAPS = (re.compile(r"\s*\|\s*"), re.compile(r"\t+\s*"), re.compile(r"\s[–—]\s"), re.compile(r"\s{2,}"))
"""What may stand between the cells of a row; those of one table have the same between them."""
RULE = re.compile(r"[\s|:+=–—-]+")
FIGURE = re.compile(
    r"(?:[<>~≈]\s?)?(?:(?:about|approx\.|over|some)\s)?(?:[A-Z]{2,3}[$.]?\s?|[$€£₦₱₹]\s?)?\d[\d.,'’\u00a0 ]*"
    r"(?:\s?%|\s(?:per cent|percent|million|billion|thousand|lakh|crore|m|bn))?(?:\s(?:[A-Z]{3}|[a-z]{3,10}))?\+?"
)
LONGEST_ROW = 400
LONGEST_CELL = 60
FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table with the heading of its column, the first cell of its row, and the first heading of figures.

    `base` is the heading of the column that counts whole groups, of which others are shares.
    """

    span: Span
    heading: Span
    label: Span
    base: Span


def cells(content: str) -> list[Cell]:
    """The cells with figures of all tables of a text, in order."""
    found: list[Cell] = []
    block: list[list[Span]] = []
    gap = -1
    for match in LINE.finditer(content):
        sign, row = _row(content, Span(*match.span()), gap)
        if block and row and sign == gap and len(row) == len(block[0]):
            block.append(row)
            continue
        if row is not None and not row and block:
            continue  # the rule under the headings
        found += _figures(content, block)
        block, gap = ([row], sign) if row else ([], -1)
    found += _figures(content, block)
    return found


def _row(content: str, line: Span, expected: int) -> tuple[int, list[Span] | None]:
    """The cells of a line and what stands between them; None where it is no row, none for a rule."""
    text = content[line.start : line.end]
    if len(text) > LONGEST_ROW:
        return -1, None
    if RULE.fullmatch(text):
        return expected, []
    order = sorted(range(len(GAPS)), key=lambda n: n != expected)
    for n in order:
        row = list(_split(content, line, GAPS[n]))
        if len(row) >= 2 and all(cell.end - cell.start <= LONGEST_CELL for cell in row):
            return n, row
    return -1, None


def _split(content: str, line: Span, gap: re.Pattern[str]) -> Iterator[Span]:
    at = line.start
    for match in gap.finditer(content, line.start, line.end):
        if match.start() > at:
            yield Span(at, match.start())
        at = match.end()
    if at < line.end and content[at : line.end].strip():
        yield Span(at, line.end)


def _figures(content: str, block: Sequence[Sequence[Span]]) -> Iterator[Cell]:
    """The figures of a block of rows, where the first has headings and every other a label and figures."""
    if len(block) <= FEWEST_ROWS:
        return
    head, *rows = block
    years = all(re.fullmatch(r"(?:19|20)\d\d", content[h.start : h.end]) for h in head[1:])
    if not years and any(FIGURE.fullmatch(content[h.start : h.end].strip()) for h in head):
        return
    columns = [
        n for n in range(1, len(head)) if all(FIGURE.fullmatch(content[r[n].start : r[n].end].strip()) for r in rows)
    ]
    if not columns or any(FIGURE.fullmatch(content[r[0].start : r[0].end].strip()) for r in rows):
        return
    for row in rows:
        for n in columns:
            yield Cell(row[n], head[n], row[0], head[columns[0]])
