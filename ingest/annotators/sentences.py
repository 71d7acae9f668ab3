"""Sentences of a line: rules for the abbreviations, numbers and lost spaces of this genre."""

from __future__ import annotations

import re

from ingest.annotators.tokens import DOTTED
from ingest.model import Span

END = re.compile(
    r"""
      [.!?…]+[\"”’»)\]]*(?=\s|$)           # a stop before a space
    | [a-z0-9]{2}[.!?](?=[A-Z][a-z]+[\s,])  # a stop whose space was lost
    | (?<=[a-z])\|(?=\s)                    # a bar between the parts of a line
    """,
    re.VERBOSE,
)
NO_END = re.compile(rf"(?:\b(?:{DOTTED})|\b[A-Z]|\b(?:[A-Z]\.)+[A-Z]|^\s*\d{{1,2}}|\b(?:e\.g|i\.e|a\.m|p\.m))\.$")
MAY_END = re.compile(r"(?:Co|Ltd|Inc|Corp|etc)\.$")
STARTS_ANEW = re.compile(r"\s+(?:The|It|In|He|She|They|At|On|This|Mr|Ms)\b")
OPENS = re.compile(r"\s*[\"“‘(\[]*(?:[A-ZÀ-ỸĐ0-9•]|[a-z]+[A-Z])")
DAY = re.compile(r"\b[0-3]?\d\.$")
MONTH = re.compile(r"\s+(?:Jan|Feb|March|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?\s+(?:19|20)\d\d\b")
""" "13. December 2013"."""
SPACE = re.compile(r"\s*")
LONGEST_ABBREVIATION = 12


def split(content: str, line: Span) -> list[Span]:
    """The sentences of a line, without the white space between them."""
    spans, start = [], line.start
    for match in END.finditer(content, line.start, line.end):
        at = match.end()
        if match.group().endswith(".") and _belongs_to_word(content, line, at):
            continue
        if at < line.end and not OPENS.match(content, at, line.end):
            continue
        spans.append(Span(start, at))
        space = SPACE.match(content, at, line.end)
        start = space.end() if space else at
    if start < line.end:
        spans.append(Span(start, line.end))
    return spans


def _belongs_to_word(content: str, line: Span, at: int) -> bool:
    """True for the dot of an abbreviation, an initial or a number of a list, which ends at `at`.

    "Co." and "Ltd." may end a sentence after all, where the next word shows it.
    """
    head = content[max(line.start, at - LONGEST_ABBREVIATION) : at]
    if DAY.search(head) and MONTH.match(content, at, line.end):
        return True
    if not NO_END.search(head):
        return False
    return not (MAY_END.search(head) and STARTS_ANEW.match(content, at, line.end))
