"""Where the name of a project begins in a run of capitalised words, and the short name behind it."""

from __future__ import annotations

from ingest.annotators.heads import Head
from ingest.model import Span


def bracketed_after(h: Head, k: int) -> Span | None:
    """The short name in brackets right after a name that ends before token `k`: it has two capital letters."""
    if h.text(k) != "(":
        return None
    close = next((m for m in (k + 2, k + 3) if h.text(m) == ")"), None)
    if close is None or h.text(k + 1) == ")":
        return None
    span = Span(h.a.tokens[k + 1].start, h.a.tokens[close - 1].end)
    return span if sum(c.isupper() for c in h.a.words(span)) >= 2 else None


def name_start(h: Head, start: int, end: int) -> int:
    """The first token of a name within the run of capitals from token `start` to `end` (excluded).

    At its first "Supporting ..."-word, else after the last break ("Phase II of ...", "under the ...").
    """
    for k in range(start, end):
        if _opens_with_gerund(h, k, end):
            return k
    for k in range(end - 1, start - 1, -1):
        if _breaks(h, k, start):
            return k + 1
    while start < end and h.lower(start) in h.a.lexicon.projects.leading:
        start += 1
    return start


def _opens_with_gerund(h: Head, k: int, end: int) -> bool:
    token, lower = h.a.tokens[k], h.lower(k)
    if not token.capital or not lower.endswith("ing") or end - k < 3 or not h.a.english.verb(lower):
        return False
    return k == h.s.first or h.lower(k - 1) in h.a.lexicon.projects.before_gerunds


def _breaks(h: Head, k: int, start: int) -> bool:
    """True for a word after which a name begins: an article, or a preposition behind another name in capitals."""
    words, lower = h.a.lexicon.projects, h.lower(k)
    if lower in words.breaks or lower.endswith(words.compounds):
        return True
    if k == start:
        return lower == "of"
    before = h.text(k - 1)
    if lower in ("of", "in", "for", "to", "on", "and") and before.lower() in words.parts:
        return True
    return lower in ("of", "for", "to", "on", "and") and len(before) > 1 and before.isupper()
