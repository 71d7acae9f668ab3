"""Where the name of a project begins and ends in a run of words, what leads to it, and the short name behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.annotators.heads import Head
from ingest.annotators.phrases import DASHES, phrase_end
from ingest.lexicon import load_lexicon
from ingest.model import Annotation, Span

LONGEST_GERUND = 36
"""Tokens of a name such as "Supporting the return of ... - Ensuring ..."."""
NAMING_REACH = 60


@dataclass(frozen=True, slots=True)
class ProjectHead(Head):
    """A word like "project". `bodies` are the short names that the text gives to organisations."""

    bodies: frozenset[str]

    @property
    def in_capitals(self) -> bool:
        """True where the head is part of the name ("Skills for Work Project")."""
        return self.token.capital

    def project(self, first: int, end: int, rule: str, **features: object) -> list[Annotation]:
        """The tokens `first` to `end` (excluded) as a name."""
        span = Span(self.a.tokens[first].start, self.a.tokens[end - 1].end)
        return [Annotation(span, "project", self.a.words(span), f"project/{rule}", features)]


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


def named_so(h: Head) -> int | None:
    """The token behind words such as "goes by the name of", where these follow a head."""
    last = min(h.token.end + NAMING_REACH, h.a.tokens[h.s.last - 1].end)
    match = _naming().match(h.a.text.content, h.token.end, last)
    return h.a.token_at(match.end()) if match else None


def after_naming(h: Head) -> int:
    """The token behind a head at which its name may begin: after "called", ":", "goes by the name of" ..."""
    named = named_so(h)
    if named is not None:
        return named
    at = h.at + 1
    while h.lower(at) in h.a.lexicon.projects.naming and at - h.at <= 2:
        at += 1
    return at


@cache
def _naming() -> re.Pattern[str]:
    return re.compile(rf",?\s+(?:{'|'.join(load_lexicon().projects.naming_phrases)})\b,?\s*(?:the\s+)?")


def before_owner(h: Head, first: int, end: int) -> int:
    """The end of a name without the body that owns it: "the project Learning by Doing of the ILO"."""
    for k in range(first + 2, end - 1):
        if h.text(k) == "of":
            owner = h.text(k + 2) if h.lower(k + 1) == "the" and k + 2 < end else h.text(k + 1)
            if owner.isupper() and h.a.gazetteer.known(owner):
                return k
    return end


def gerund_end(h: Head, first: int) -> int | None:
    """The end of a name with words in lower case that begins with a verb: "the project Helping people to find ..."."""
    word = h.lower(first)
    if not (h.capital(first) and word.endswith("ing") and h.a.english.verb(word)):
        return None
    end = phrase_end(h.a, first, h.s, LONGEST_GERUND)
    while h.text(end) in DASHES and h.capital(end + 1):
        end = phrase_end(h.a, end + 1, h.s, LONGEST_GERUND)
    return end if end - first >= 4 else None
