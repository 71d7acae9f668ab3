"""Which project a statistic is about: the one of its clause, of a label or a phase; and where a page tells of none."""

from __future__ import annotations

import re
from bisect import bisect_left

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast
from ingest.extractors.focus import PROJECTS, in_focus, in_paragraph
from ingest.extractors.statistic_context import Subject
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

RELATIVE = re.compile(
    r"\W{0,3}(?:\([^)]{2,12}\))?,?\s*(?:(?:for|under|in|through|of|on|by) which|which|that|where)\b[^;.]*$"
)
NEXT_TO = re.compile(r"[^,;.\d]{1,40}$")
"""Between a project and its own number, where several projects have theirs: "X got 5 million, and Y 3 million"."""
GOES_TO = re.compile(
    r"[^,;.\d]{0,90}\s(?:for|to|on|under|through|via|from|(?:phase|implementation|part|activities) of)\s(?:the\s)?$"
)
"""Between a number and the project that it is for."""
COMPOUND = re.compile(rf"\b([A-Z][\w&/]+(?:[ -][A-Z][\w&/]*)*)-{any_of('project_deeds')}\b")
""" "KEEP-supported": an adjective made of the name of a project."""
LABEL = re.compile(rf"\b{any_of('amount_labels')}(?:\s\([^)]*\)|\s[a-z]+){{0,3}}\s*:\s*$", re.I)
"""A label before a sum, in the facts of a project's page."""
PHASE = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts)\s+(?:{any_of('phase_ranks')}\s+)?{any_of('phases')}\b(?! of\b)"
    r"|\bPhase (?:[IVX]+|\d|[Oo]ne|[Tt]wo|[Tt]hree)\b"
)
CONTEXT = re.compile(rf"\W*(?:the\s+|our\s+|country\s+|general\s+)?{any_of('context_headings')}\b", re.I)
FAR = 250
"""So many characters before a number its phase may be named."""
LINES = 8
"""So many lines are looked at for the heading of a section."""


def project_of(cast: Cast, q: Annotation, s: Sentence) -> str | None:
    """The project that the clause of a number is about, else the one that its sentence names first.

    In "X builds on Y, which trained 500 people" this is Y.
    """
    named = cast.inside_any(PROJECTS, Span(s.span.start, q.span.start))
    if named and RELATIVE.match(cast.content, named[-1].reach.end, q.span.start):
        return named[-1].key
    first = in_focus(cast, s)
    if first is None:
        compound = COMPOUND.search(cast.a.words(s.span))
        return cast.named("project", compound[1]) if compound else None
    following = cast.inside_any(PROJECTS, Span(q.span.end, s.span.end))[:1]
    if following and GOES_TO.fullmatch(cast.content, q.span.end, following[0].reach.start):
        return following[0].key
    if named and NEXT_TO.fullmatch(cast.content, named[-1].reach.end, q.span.start):
        return named[-1].key
    return first


def of_label(cast: Cast, q: Annotation, s: Sentence, unit: str) -> bool:
    """ "Budget: CHF 5 million": whether a sum stands behind a label that tells of the money of a project.

    A figure in the facts of a page ("Implementation: X, with 33 towns") is of its project too.
    """
    if cast.page and cast.a.layout.field_at(q.span.start) is not None:
        return True
    return unit.isupper() and LABEL.search(cast.content, max(s.span.start, q.span.start - 60), q.span.start) is not None


def of_phase(cast: Cast, q: Annotation, s: Sentence, main: str | None) -> Subject | None:
    """ "The first phase cost 5 million", "That tranche ...": of the project of which the text tells."""
    if PHASE.search(cast.content, max(s.span.start, q.span.start - FAR), q.span.start) is None:
        return None
    key = in_paragraph(cast, s) or cast.page or cast.topic or main
    return Subject(key, "statistic/phase") if key else None


def in_context_section(cast: Cast, s: Sentence) -> bool:
    """Whether a sentence stands under "Context" or the like, where pages of projects tell of the country."""
    lines = cast.a.layout.lines
    at = bisect_left(lines, s.line.span.start, key=lambda line: line.span.start)
    for line in reversed(lines[max(0, at - LINES) : at]):
        if line.kind == "heading":
            return CONTEXT.match(cast.content, line.span.start, line.span.end) is not None
    return False
