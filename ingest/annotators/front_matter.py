"""What the top of a page says of the document: its title, when it was issued, and who publishes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.annotators.page_lines import Lines
from ingest.model import Annotation, Span

SEPARATORS = re.compile(r"\s[|>»/<]\s|\s·\s")
"""Signs between the parts of a bar of links, or between a title and the name of a site."""
ROW = re.compile(
    r"\W*(?:[A-Z][a-z]+ )?\d{1,2}[\s./–-][^:]{0,30}:\s|.*\([^()]*\d{4}\)\s*$"
    r"|[\w’'. -]{2,30}(?:,\s*[A-Z]\w+)?,\s+\d[^,]*\s\d{4}$"
)
"""A row of a calendar (a day and a colon, or a day in brackets at the end), or a place and a day."""
NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s")
"""Begins an entry of a list, above which the title stands."""
NEXT_ENTRY = 6
"""Lines from one entry of a listing to the next."""
TOP = 14
"""Lines in which the title must come."""
BELOW_TITLE = 6
BOTTOM = 4
"""Lines at the end of a page in which its date may stand."""
FULL_DATE = len("2000-01-01")


def title_of(texts: Sequence[str], kinds: Sequence[str]) -> int | None:
    """The index of the first heading of some words near the top, before the first prose."""
    candidates: list[tuple[int, int]] = []
    for i, (text, kind) in enumerate(zip(texts[:TOP], kinds, strict=False)):
        if kind in ("prose", "field"):
            if len(text) > 90:
                break
        elif (kind == "caption" and "|" in text) or (kind == "heading" and NUMBERED.match(text)):
            break
        elif kind == "heading" and not SEPARATORS.search(text) and len(text.split()) >= 2 and not ROW.match(text):
            candidates.append((i, len(text.split())))
    if not candidates:
        return None
    # A name of the site or of the section ("News Digest") is shorter than the title after it.
    first, words = candidates[0]
    long = next((i for i, count in candidates if count >= 5), None)
    chosen = first if long is None or words > 3 or long - first > 4 else long
    if not _opens_listing(kinds, chosen):
        return chosen
    above = range(chosen - 1, -1, -1)
    return next((i for i in above if kinds[i] == "heading" and not SEPARATORS.search(texts[i])), None)


def _opens_listing(kinds: Sequence[str], i: int) -> bool:
    """True for the heading of an entry with its date below, which two more entries of the kind follow shortly."""

    def entry(j: int) -> bool:
        return kinds[j] == "heading" and kinds[j + 1] == "date"

    if i + 1 >= len(kinds) or not entry(i):
        return False
    found = [j for j in range(i + 2, min(i + 2 + 3 * NEXT_ENTRY, len(kinds) - 1)) if entry(j)]
    if not found or not any(kind in ("prose", "field") for kind in kinds[i + 2 : found[0]]):
        return False  # the title of a page, and when it was issued
    return len(found) >= 2 and found[0] - i <= NEXT_ENTRY and found[1] - found[0] <= NEXT_ENTRY


def issued_of(
    lines: Lines, kinds: Sequence[str], title: int | None, numbers: Sequence[int | None]
) -> Annotation | None:
    """The document's date: a full date on a line of its own or in a dateline near the top, before the first entry.

    `numbers` has the number of the entry that a line belongs to.
    """
    listing = any(number is not None for number in numbers)
    for i in range(min(len(lines.spans), (title or 0) + BELOW_TITLE)):
        if numbers[i] is not None:
            continue
        for date in lines.dates[i]:
            if not _one_day(date) or (listing and len(date.value.start) < FULL_DATE):
                continue  # in a listing, a month is the heading of its entries
            if _dates_document(lines, kinds[i], i, date, i == title):
                return date
    return None if listing else _at_end(lines, kinds)


def _at_end(lines: Lines, kinds: Sequence[str]) -> Annotation | None:
    """A full date that has one of the last lines to itself."""
    for i in range(max(0, len(lines.spans) - BOTTOM), len(lines.spans)):
        date = lines.dates[i][0] if kinds[i] == "date" else None
        if date is not None and _one_day(date) and len(date.value.start) == FULL_DATE:
            return date
    return None


def _one_day(date: Annotation) -> bool:
    when = date.value
    return bool(when.year and when.end is None and when.kind == "date")


def _dates_document(lines: Lines, kind: str, i: int, date: Annotation, title: bool) -> bool:
    """True for a date line, a short line with a date, and a dateline ("GENEVA, 3 May 2001 – ...")."""
    span = lines.spans[i]
    short = span.end - span.start < 110
    before = date.span.start - span.start
    dateline = (
        kind in ("prose", "heading")
        and len(date.value.start) == FULL_DATE
        and not title
        and before < (60 if short else 30)
    )
    heads_title = title and before == 0 and len(date.value.start) == FULL_DATE  # "2001-05-03 Masons meet in Lima"
    return kind == "date" or dateline or heads_title or (short and kind in ("boilerplate", "caption"))


def publisher_of(content: str, patterns: Sequence[re.Pattern[str]]) -> Span | None:
    """The name that one of the patterns finds first, in its first group."""
    return next((Span(*match.span(1)) for p in patterns if (match := p.search(content))), None)
