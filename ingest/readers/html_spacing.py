"""Blocks -> the stored text: what stands together without a blank line between, and what apart.

Dated listings are read by their spacing: the heading of an entry, its date and its first paragraph stand together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.html_lines import Block

LISTING = 3
"""So many headings with a date make a listing."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?\s+{_MONTH},?\s+(?:19|20)\d\d|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?"
    rf"(?:\s*[-–]\s*\d{{1,2}})?,?\s+(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|\d{{1,2}}[./-]\d{{1,2}}[./-](?:19|20)\d\d)\b",
    re.I,
)


def is_date_line(text: str) -> bool:
    """True for a line that says little but a full date: "Ha Noi, 3 July 2023"."""
    match = DATE.search(text)
    return match is not None and "\n" not in text and len(text) - len(match[0]) <= 45 and text[-1] not in "!?;:"


def arrange(blocks: Sequence[Block]) -> str:
    """The text: a line for each block, blank lines between those that stand apart."""
    dated = _dated(blocks)
    heads = sorted(dated)
    tight = {max(heading, date) for heading, date in dated.items()}
    if len(heads) >= LISTING:
        tight |= _first_paragraphs(blocks, dated)
    lines: list[str] = []
    for n, block in enumerate(blocks):
        same = n > 0 and block.kind in ("item", "row") and block.run == blocks[n - 1].run
        lines += ["\n" if same or n in tight else "\n\n", block.text]
    return "".join(lines).strip("\n") + "\n"


def _close(one: Block, other: Block) -> int:
    """How many parts of the page hold both blocks."""
    return next((n for n, (a, b) in enumerate(zip(one.path, other.path, strict=False)) if a != b), len(one.path))


def _dated(blocks: Sequence[Block]) -> dict[int, int]:
    """The headings with their dates, which stand right below or above; both by number."""
    found: dict[int, int] = {}
    for n, date in enumerate(blocks):
        if not is_date_line(date.text) or date.kind not in ("prose", "heading", "item"):
            continue
        above = blocks[n - 1] if n and blocks[n - 1].kind in ("title", "heading") and n - 1 not in found else None
        below = blocks[n + 1] if n + 1 < len(blocks) and blocks[n + 1].kind == "heading" else None
        if below and (above is None or _close(below, date) > _close(above, date) or below.level > above.level > 0):
            found[n + 1] = n
        elif above and above.kind == "heading":
            found[n - 1] = n
    return found


def _first_paragraphs(blocks: Sequence[Block], dated: dict[int, int]) -> set[int]:
    """What follows the heading and the date of an entry, and belongs to it."""
    heads = sorted(dated)
    result: set[int] = set()
    for at, heading in enumerate(heads):
        other = heads[at + 1] if at + 1 < len(heads) else heads[at - 1]
        apart = _close(blocks[heading], blocks[other])
        first = max(heading, dated[heading]) + 1
        stop = min(heads[at + 1], dated[heads[at + 1]]) if at + 1 < len(heads) else len(blocks)
        for n in range(first, stop):
            # Entries in boxes of their own end with their box; of others only the first paragraph is sure.
            if blocks[n].kind in ("heading", "title") or (n > first and _close(blocks[n], blocks[heading]) <= apart):
                break
            if n == first or _close(blocks[n], blocks[heading]) > apart:
                result.add(n)
    return result
