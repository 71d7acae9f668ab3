"""The project that a sentence is about."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast, Mention
from ingest.model import Span

PROJECTS = ("project", "project-anaphor")
"""Kinds of mentions that stand for a project."""
IN_LIST = re.compile(
    r"[”\"’'»]?(?:\s+[a-z]+)?(?:\s*\([^()]*\))?,?\s*(?:and|as well as)?\s*(?:the\s+)?(?:[a-z]+\s+)?[“\"‘'«]?"
)
TO_VERB = re.compile(
    r"[”\"’'»]?(?:\s+(?:projects?|programm?e?s?|campaigns?|schemes?))?(?:\s*\([^()]*\))?,?"
    r"\s*(?:(?:(?:both|all)\s+)?(?:of\s+)?(?:which|that)\b[^,;]{0,60}|(?:both|all)\b[^.;]{0,80})?"
    r"(?:\s*(?:are|is|were|was|being|been|have|has))*\s*"
)
CLAUSE = re.compile(r",\s*(?:which|that)\s[^,;]*$")


def in_focus(cast: Cast, s: Sentence) -> str | None:
    """The project that a sentence names first, or points back to."""
    here = cast.inside_any(PROJECTS, s.span)
    return here[0].key if here else None


def in_paragraph(cast: Cast, s: Sentence) -> str | None:
    """The project that the sentences before in the same paragraph named last."""
    named = cast.inside_any(PROJECTS, Span(s.line.span.start, s.span.start))
    return named[-1].key if named else None


def page_project(cast: Cast) -> str | None:
    """The project that a page with a fact box is about: all its sentences are."""
    title = cast.a.layout.title
    return next(
        (
            m.key
            for m in cast.of_kind("project")
            if (title and m.span.start == title.start) or cast.members[m.key].rule == "project/page-title"
        ),
        None,
    )


def topic(cast: Cast) -> str | None:
    """The project that a text is about: its only one, named in the title or in the first sentences, and again later."""
    mentions = [m for kind in PROJECTS for m in cast.of_kind(kind)]
    lead = [s for s in cast.a.sentences if s.line.kind == "prose"][:2]
    if len({m.key for m in mentions}) != 1 or len(mentions) < 3 or not lead:
        return None
    return mentions[0].key if min(m.span.start for m in mentions) < lead[-1].span.end else None


def of_verb(cast: Cast, s: Sentence, verb: re.Match[str], *, passive: bool) -> str | None:
    """Of several projects in a sentence the one that a verb is about: before a passive, after an active verb."""
    mentions = cast.inside_any(PROJECTS, s.span)
    if len({x.key for x in mentions}) < 2:
        return None
    before = [x for x in mentions if x.span.end <= verb.start()]
    if before and CLAUSE.search(cast.content[before[-1].span.end : verb.start()]):
        return before[-1].key  # "X builds on Y, which Z ran": the clause is about Y
    if passive:
        return before[-1].key if before else mentions[0].key
    after = [x for x in mentions if x.span.start >= verb.end()]
    if after and after[0].span.start - verb.end() < 60:
        return after[0].key
    return before[-1].key if before else None


def listed_with(cast: Cast, s: Sentence, verb: re.Match[str], project: str) -> list[str]:
    """The other projects of the list that ends with one, right before a verb: "A, B and C, which X runs"."""
    mentions = list(cast.inside("project", Span(s.span.start, verb.start())))
    if not mentions or mentions[-1].key != project:
        return []
    found: list[str] = []
    for before, after in zip(reversed(mentions[:-1]), reversed(mentions), strict=False):
        if not IN_LIST.fullmatch(cast.content, before.span.end, after.span.start):
            break
        found.append(before.key)
    adjacent = TO_VERB.fullmatch(cast.content, mentions[-1].span.end, verb.start()) is not None
    return [key for key in dict.fromkeys(found) if key != project] if adjacent else []


def before_date(mentions: list[Mention], offset: int) -> str | None:
    """Of some mentions the project that is named last before a date."""
    nearest = max((m for m in mentions if m.span.end <= offset), key=lambda m: m.span.end, default=None)
    return nearest.key if nearest is not None else None
