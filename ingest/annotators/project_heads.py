"""The name of a project beside a head noun: quoted, in capitals before or behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.annotators.analysis import Analysis
from ingest.annotators.heads import Head
from ingest.annotators.name_words import head_of
from ingest.annotators.phrases import phrase_end
from ingest.annotators.project_descriptions import DESCRIPTIONS
from ingest.annotators.project_names import (
    ProjectHead,
    after_naming,
    before_owner,
    bracketed_after,
    gerund_end,
    name_start,
)
from ingest.model import Annotation, Span

CLOSING_QUOTES = {"“": "”", '"': '"', "‘": "’", "«": "»", "'": "'"}
COINED_AFTER = frozenset({"the", "new", "its", "their", "this", "a", "joint", "regional", "national", "bilateral"})
"""Words before "programme" where the one word behind it may be its name."""
LONGEST_QUOTE = 40
BRACKETS = re.compile(r"\(([^()]+)\)")


def is_head(h: Head, quotes: bool) -> bool:
    """True for a word that may have the name of a project beside it; in the plural only with `quotes` around names."""
    words = h.a.lexicon.projects
    return h.word in words.heads or h.word in words.quoted or (quotes and h.word in words.plurals)


def beside(h: ProjectHead) -> list[Annotation]:
    """The names beside a head: what the first rule that applies finds, which may be nothing."""
    for rule in RULES:
        found = rule(h)
        if found is not None:
            return found
    return []


def short_names_of_bodies(a: Analysis) -> frozenset[str]:
    """Names that the text defines as short ones of organisations: "... Alpha Institute (Alpha)"."""
    first: dict[str, int] = {}
    for m in BRACKETS.finditer(a.text.content):
        first.setdefault(m[1], a.token_at(m.start()))
    return frozenset(
        name
        for name, k in first.items()
        if any(head_of(t.text, a) and t.text != "Enterprises" for t in a.tokens[max(0, k - 4) : k])
    )


def _quoted_after(h: ProjectHead) -> list[Annotation] | None:
    """The project “Name”, campaign named "Name"; projects “One” and “Two”."""
    quote = _quote(h, after_naming(h))
    if quote is None:
        return None
    found = h.project(*quote, "quoted", short=_short(h, quote[1] + 1))
    if h.word.endswith("s"):
        k, last = quote[1] + 1, quote[1] + 4
        while k < last:
            more = _quote(h, k)
            found += h.project(*more, "quoted") if more else []
            k, last = (more[1] + 1, more[1] + 4) if more else (k + 1, last)
    return found


def _short(h: ProjectHead, k: int) -> Span | None:
    """The short name in brackets at token `k`, unless it is that of a body that owns the project."""
    short = bracketed_after(h, k)
    parts = re.split(r"[-/& ]+", h.a.words(short)) if short is not None else []
    if short is None or h.a.words(short) in h.bodies or all(h.a.gazetteer.known(part) for part in parts):
        return None
    return None if h.text(h.a.token_at(short.end) + 1) in h.a.lexicon.projects.heads else short


def _quote(h: Head, at: int) -> tuple[int, int] | None:
    """The tokens within the quotation marks that open at token `at`; an apostrophe may stand for one, also twice."""
    opening = h.text(at)
    if opening not in CLOSING_QUOTES:
        return None
    first = at + (2 if opening == "'" and h.text(at + 1) == "'" else 1)
    closing = CLOSING_QUOTES[opening]
    end = next((k for k in range(first + 1, first + LONGEST_QUOTE) if h.text(k) == closing), None)
    return None if end is None else (first, end)


def _no_head_without_quotes(h: ProjectHead) -> list[Annotation] | None:
    """A word like "partnership" has no name but one in quotation marks."""
    return None if h.word in h.a.lexicon.projects.heads or h.word.endswith("s") else []


def _quoted_before(h: ProjectHead) -> list[Annotation] | None:
    """The “Name” project."""
    closing = h.at - 1
    if closing <= h.s.first or h.text(closing) not in CLOSING_QUOTES.values():
        return None
    for k in range(closing - 1, max(h.s.first, closing - LONGEST_QUOTE) - 1, -1):
        if h.text(k) in CLOSING_QUOTES:
            return h.project(k + 1, closing, "quoted-before") if closing - k > 1 else None
    return None


def _after_head(h: ProjectHead) -> list[Annotation] | None:
    """ "The project Better Skills (BS)", "the programme Learning Together", "the pilot project, Ready to Work, ..."."""
    comma = h.following == "," and h.capital(h.at + 2) and h.word in h.a.lexicon.projects.described
    first = h.at + 2 if comma else after_naming(h)
    if not h.capital(first) or h.in_capitals or _line_break(h):
        return None
    if not h.capital(h.at + 1) and not comma and h.lower(first - 1) in ("for", "of", "on", "-", "–"):
        return None
    gerund = gerund_end(h, first)
    if gerund is not None:
        end = before_owner(h, first, max(gerund, h.run_right(first)))
        return h.project(first, end, "after-head", short=bracketed_after(h, end))
    if _coined(h, first) and not comma:
        return h.project(first, first + 1, "after-head", short=bracketed_after(h, first + 1))
    end = before_owner(h, first, h.run_right(first))
    short = bracketed_after(h, end)
    words = h.a.words(Span(h.a.tokens[first].start, h.a.tokens[end - 1].end))
    plain = h.a.english.common(h.text(first)) and not head_of(h.text(end - 1), h.a)
    if end - first < 2 or not (short or plain) or h.a.gazetteer.known(words):
        return None
    if comma and not (plain and h.text(end) in (",", "(")):
        return None
    return h.project(first, end, "after-head", short=short)


def _coined(h: ProjectHead, k: int) -> bool:
    """True for one word that is coined for a project: "Skills4All", "SkillUp", "ABC"; not the short name of a body."""
    word = h.text(k)
    coined = len(word) > 2 and (any(c.isdigit() for c in word) or sum(c.isupper() for c in word) >= 2)
    alone = not h.capital(k + 1) and "-" not in word and h.previous in COINED_AFTER
    return (
        coined and alone and word not in h.bodies and not h.a.gazetteer.known(word) and not h.a.gazetteer.places(word)
    )


def _line_break(h: Head) -> bool:
    return "\n" in h.a.text.content[h.token.end : h.a.tokens[h.at + 1].start]


def _capitalised(h: ProjectHead) -> list[Annotation] | None:
    """ "The Better Skills (BS) project", "the Skills for Work Programme on Youth"."""
    end, short = _before_bracket(h)
    start = name_start(h, h.run_left(end), end)
    if start >= end or not h.a.tokens[start].capital:
        return None
    if _no_name(h, start, end, short):
        return []
    stop = _capitalised_end(h, end)
    short = short or bracketed_after(h, stop) or (None if h.in_capitals else _short(h, h.at + 1))
    return h.project(start, stop, "capitalised", short=short, head=not h.in_capitals)


def _before_bracket(h: Head) -> tuple[int, Span | None]:
    """The end of the name before a head, and the short name in brackets between them."""
    if h.at - 1 > h.s.first and h.previous == ")":
        for k in range(h.at - 2, max(h.s.first, h.at - 8), -1):
            if h.text(k) == "(":
                inner = Span(h.a.tokens[k + 1].start, h.a.tokens[h.at - 2].end)
                return k, inner if len(h.a.words(inner).split()) == 1 else None
    return h.at, None


def _no_name(h: ProjectHead, start: int, end: int, short: Span | None) -> bool:
    """True for capitalised words that name no project: generic ones, a place, an organisation."""
    parts = [t.text for t in h.a.tokens[start:end]]
    common = h.a.english.common
    words = h.a.lexicon.projects
    if all(part.lower() in words.generic for part in parts):
        return True
    if h.in_capitals and (parts[-1] in words.plans or ("and" in parts and h.text(h.at + 1) in words.offices)):
        return True
    if start == h.s.first and len(parts) == 1 and common(parts[0]):
        return True
    if h.in_capitals:
        return False
    if head_of(parts[0], h.a) in words.heads_of_bodies and parts[1:2] == ["of"]:
        return True  # "a Government of X project"
    named = [part for part in parts if part[0].isupper()]
    numbered = any(part[0].isdigit() for part in parts)
    if (
        len(named) == 1
        and not numbered
        and (h.a.gazetteer.places(named[0]) or (short is None and common(named[0].lower()) and not named[0].isupper()))
    ):
        return True
    name = h.a.words(Span(h.a.tokens[start].start, h.a.tokens[end - 1].end))
    return name in h.bodies or bool(h.a.gazetteer.known(name))


def _capitalised_end(h: ProjectHead, end: int) -> int:
    """Where a name in capitals ends: it may go on behind its head ("... Project on Skills for Youth")."""
    following, after = h.text(h.at + 1), h.text(h.at + 2)
    if not h.in_capitals:
        return max(end, phrase_end(h.a, h.at + 1, h.s)) if following == "on" and after[:1].isupper() else end
    stop = h.at + 1
    if following == "of" and (after.isupper() or h.a.gazetteer.known(after)):
        return stop  # "the Better Skills Project of ABC": whose it is
    if following in ("on", "for", "to", "of") and h.capital(h.at + 2):
        stop = max(stop, h.run_right(h.at))
        longer = phrase_end(h.a, h.at + 1, h.s) if following == "on" else stop
        stop = longer if stop < longer <= stop + 6 else stop
    return stop


RULES: Sequence[Callable[[ProjectHead], list[Annotation] | None]] = (
    _quoted_after,
    _no_head_without_quotes,
    _quoted_before,
    _after_head,
    _capitalised,
    *DESCRIPTIONS,
)
