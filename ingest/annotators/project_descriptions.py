"""Projects that a text describes in lower case: "a project to help ...", "the rural work experience programme"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from ingest.annotators.heads import Head
from ingest.annotators.phrases import SMALL, phrase_end
from ingest.annotators.project_names import ProjectHead
from ingest.lexicon import load_lexicon
from ingest.model import Annotation, Span

LONGEST_DESCRIPTION = 5
NEAR = 60
"""Characters before a head that are looked at."""
DETERMINED = re.compile(r"\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir|[Oo]ur)\s+(?:[a-z\d][\w-]*\s+){0,3}$")
TOPIC = re.compile(r"\b[Aa]n?\s+(?:new\s+)?(?:[a-z][\w-]*\s+){2,3}$")
WITH_PROJECT = re.compile(r"\b(?:from|with|through|using|by)\s+the\s+$", re.I)
""" "with the tools from the project to help ...": the purpose is not that of the project."""
SAID_TO_BE = re.compile(r"(?:\b(?:is|was|be|as)|,)\s+(?:also\s+)?an?\s+(?:[a-z\d][\w-]*\s+){0,3}$")
""" "X is a project to help ...": it has a name."""
OF_EVENTS = frozenset(
    {"mark", "celebrate", "commemorate", "launch", "open", "close", "welcome", "date", "end", "be", "have"}
)
"""Verbs of the purpose of an event: "a programme to mark Labour Day"."""


def _with_purpose(h: ProjectHead) -> list[Annotation] | None:
    """ "A programme to support the development of ...", "a two-year project that will help ..."."""
    purpose = _purpose().match(h.a.text.content, h.token.end, h.a.tokens[h.s.last - 1].end)
    if purpose is None or h.in_capitals:
        return None
    before = h.a.text.content[max(h.a.tokens[h.s.first].start, h.token.start - NEAR) : h.token.start]
    first = h.a.token_at(purpose.end())
    if not DETERMINED.search(before) or SAID_TO_BE.search(before) or WITH_PROJECT.search(before):
        return None
    if purpose.group().split()[-1] in ("on", "for"):
        # "a project on raising ...", "a capacity building programme on migration": a topic, not what the rest is for.
        named = TOPIC.search(before) and not h.capital(first)
        if not (named or (h.lower(first).endswith("ing") and _verb(h, first))):
            return None
    elif not _verb(h, first):
        return None
    end = phrase_end(h.a, first + 1, h.s)
    words = h.a.words(Span(h.a.tokens[max(h.s.first, h.at - 1)].start, h.token.end))
    return h.project(h.at, end, "described") if end - h.at >= 5 and not _no_project().search(words) else []


def _verb(h: ProjectHead, k: int) -> bool:
    word = h.lower(k)
    return (h.a.english.verb(word) or word.endswith("ing")) and word not in OF_EVENTS


@cache
def _purpose() -> re.Pattern[str]:
    return re.compile(rf",?\s+(?:{'|'.join(load_lexicon().projects.purposes)})\s+")


def _described(h: ProjectHead) -> list[Annotation] | None:
    """ "The rural work experience programme": definite, with two describing words at least."""
    words = h.a.lexicon.projects
    if h.word not in words.described:
        return None
    k = h.at
    while k > h.s.first and h.at - k < LONGEST_DESCRIPTION and _describes(h, k - 1):
        k -= 1
    before = [t.text for t in h.a.tokens[k : h.at]]
    # "A child safety certification scheme" is clear enough without "the".
    definite = h.lower(k - 1) in ("the", "largest", "its", "their") or (
        h.word == "scheme" and h.lower(k - 1) in ("a", "an") and len(before) >= 3
    )
    begin = h.a.tokens[k].start
    just_before = h.a.text.content[max(h.a.tokens[h.s.first].start, begin - NEAR) : begin]
    created = not definite and _created().search(just_before) is not None
    if len(before) < 2 or not (definite or created) or all(word in words.vague for word in before):
        return None
    if len(before) < 3 and not created and _no_project().search(f"{before[-1]} {h.token.text}"):
        return None
    return h.project(k, h.at + 1, "described")


@cache
def _created() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load_lexicon().projects.creating)})\s+an?\s+(?:new\s+)?$")


def _describes(h: Head, k: int) -> bool:
    """True for a word in lower case that may describe what follows: a noun, an adjective or a form in -ing."""
    token, following = h.a.tokens[k], h.a.tokens[k + 1]
    if not token.word or token.capital or token.text in SMALL or token.end + 1 != following.start:
        return False
    return h.a.english.noun(token.text) or token.text in h.a.english.adjectives or token.text.endswith("ing")


def _with_complement(h: ProjectHead) -> list[Annotation] | None:
    """ "The work experience scheme of the Alpha Institute": definite, and with a name in its complement."""
    begin = h.at
    while begin > h.s.first and h.at - begin < LONGEST_DESCRIPTION - 1 and _lower_word(h, begin - 1):
        begin -= 1
    open_end = h.word in h.a.lexicon.projects.heads and h.following in ("of", "for")
    if begin == h.at or h.lower(begin - 1) != "the" or h.in_capitals or not open_end:
        return None
    end = phrase_end(h.a, h.at + 1, h.s)
    named = any(t.capital for t in h.a.tokens[h.at + 1 : end])
    words = h.a.words(Span(h.a.tokens[begin].start, h.token.end))
    return h.project(begin, end, "described") if named and not _no_project().search(words) else None


def _lower_word(h: Head, k: int) -> bool:
    token = h.a.tokens[k]
    small = token.text in SMALL or token.text in ("this", "its", "their", "new", "our")
    return token.word and not token.capital and not small


@cache
def _no_project() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load_lexicon().projects.no_project)})\b", re.I)


DESCRIPTIONS: Sequence[Callable[[ProjectHead], list[Annotation] | None]] = (_with_purpose, _described, _with_complement)
