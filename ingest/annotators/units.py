"""Departments in small letters, beside the body that has them: "VCCI’s legal department", "the skills unit of X"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.annotators.analysis import Analysis
from ingest.annotators.spans import SpanIndex, index
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

RULE = "organisation/unit"
HEAD = r"(?P<head>department|division|directorate|section|unit|bureau)"
FIELD = r"(?P<field>[A-Za-z][\w/-]+(?:\s+(?:and\s+)?[a-z][\w-]+){0,3}?)"
NAME = rf"(?P<name>{FIELD}\s+{HEAD})\b"
OWNED = re.compile(rf"(?:\s?\([^()]{{1,30}}\))?[’']s?\s+{NAME}")
OWNED_BY_IT = re.compile(rf"\b[Tt]he\s+(?P<body>{any_of('body_nouns')})[’']s\s+{NAME}")
OF = re.compile(rf"\b[Tt]he\s+{NAME}\s+(?:of|at|in|under|within)\s+(?:the\s+)?")
OF_IT = re.compile(rf"\b[Tt]he\s+{NAME}\s+(?:of|at|in|under|within)\s+the\s+(?P<body>{any_of('body_nouns')})\b")
LONGEST = 70


def with_units(
    analysis: Analysis, organisations: Sequence[Annotation], titled: SpanIndex[Annotation]
) -> list[Annotation]:
    """The organisations with the departments that a possessive or "of" gives to one of them."""
    content = analysis.text.content
    if not re.search(rf"\b{HEAD}\b", content):
        return list(organisations)
    taken = index(organisations)
    found = []
    for match in _matches(content, organisations):
        span = Span(*match.span("name"))
        if _named(analysis, match["field"]) and not taken.touches(span) and not titled.touches(span):
            unit = Annotation(span, "organisation", "GovernmentBody", RULE, {"head": match["head"].capitalize()})
            taken.add(span, unit)
            found.append(unit)
    return sorted([*organisations, *found], key=lambda o: o.span)


def _matches(content: str, organisations: Sequence[Annotation]) -> Iterator[re.Match[str]]:
    starts = {o.span.start for o in organisations}
    for o in organisations:
        match = OWNED.match(content, o.span.end, o.span.end + LONGEST)
        if match:
            yield match
    yield from (match for match in OF.finditer(content) if match.end() in starts)
    heads = {str(o.features.get("head", "")).lower() for o in organisations}
    for pattern in (OWNED_BY_IT, OF_IT):
        yield from (match for match in pattern.finditer(content) if match["body"].lower() in heads)


def _named(analysis: Analysis, field: str) -> bool:
    """Whether the words before the head say what the department does: "legal", "skills and jobs"; not "new", "same"."""
    english, words = analysis.english, field.lower().split()
    small = english.words.closing | english.words.small
    if any(w in VAGUE or (w in small and w != "and") for w in words):
        return False
    return all(w == "and" or english.noun(w) or w in english.adjectives or not english.common(w) for w in words)


VAGUE = frozenset(
    ["new", "own", "same", "other", "relevant", "various", "several", "whole", "entire", "first", "second", "third",
     "main", "local", "respective", "competent", "different", "special", "former", "current", "old", "big", "small",
     "one", "two", "three", "each", "every", "any", "all", "largest", "biggest", "family", "housing", "apartment"]
)  # fmt: skip
"""Words that tell no department apart."""
