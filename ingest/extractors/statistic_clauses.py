"""What a statistic is about by the grammar of its own clause, where no word says it outright."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast
from ingest.extractors.statistic_context import SAID, Past, Subject
from ingest.model import Annotation, Span

OF = re.compile(r"\s(?:(?:[\w’&/-]+|and)\s){0,5}(?:of|at)\s(?:the\s)?")
"""Between a number and the body of which its noun is a part: "the eight colleges of X", "500 students at X"."""
ITS = re.compile(r"\b(?:[Ii]ts|[Tt]heir)\s(?:(?:own|current|present|former|first|last|other|total of)\s){0,2}$")
OF_ITS = re.compile(r"\sof\s(?:its|their)\b")
"""Before a number and in its words, where what is counted belongs to the body named before."""
BY = re.compile(
    r"[^,;:.]{2,70}?\b(?:[a-z]{2,}ed|sent|put|taught|given|built|paid|made|taken)\s(?:\w+\s)?by\s(?:the\s)?"
)
"""Between a number and the body that did something with what is counted: "500 people were trained by X"."""
BELONGS = re.compile(
    r"[^;:.]{0,80}?\s(?:belong(?:s|ed)?|(?:is|are|was|were)\s(?:affiliated|attached))\s(?:to|with)\s(?:the\s)?"
)
"""Between a number of members and their body."""
THINGS = (*BODIES, "project", "project-anaphor", "instrument", "instrument-anaphor", "event")
ARTICLE = 6
"""An article before the first name of a sentence has fewer characters."""
AFTER = 110
"""So many characters after a number the body is looked for."""


def of_clause(cast: Cast, q: Annotation, s: Sentence) -> Subject | None:
    """What has what a number counts, or did it, by the words of its clause; an instrument that begins the sentence."""
    for m in cast.inside_any(("instrument", "instrument-anaphor"), Span(s.span.start, q.span.start))[:1]:
        if m.reach.start - s.span.start < ARTICLE and not SAID.search(cast.content, m.reach.end, q.span.start):
            return Subject(m.key, "statistic/rule")
    for m in cast.inside_any(BODIES, Span(q.span.end, min(s.span.end, q.span.end + AFTER)))[:1]:
        if OF.fullmatch(cast.content, q.span.end, m.reach.start):
            return Subject(m.key, "statistic/part")
        if BY.fullmatch(cast.content, q.span.end, m.reach.start):
            return Subject(m.key, "statistic/agent")
    return None


def of_owner(cast: Cast, q: Annotation, s: Sentence) -> Subject | None:
    """ "The chamber, with its 500 members", "200 of its graduates", "500 firms belong to the chamber"."""
    for body in cast.inside_any(BODIES, Span(q.span.end, min(s.span.end, q.span.end + AFTER)))[:1]:
        if BELONGS.fullmatch(cast.content, q.span.end, body.reach.start):
            return Subject(body.key, "statistic/owner")
    owned = ITS.search(cast.content, max(s.span.start, q.span.start - 40), q.span.start)
    if not owned and not OF_ITS.search(cast.a.words(q.span)):
        return None
    if cast.inside("event", s.span) and not (owned and cast.content.endswith("with ", 0, owned.start())):
        return None  # "Its nine members were on a study visit"
    last = max(
        (m for kind in (*BODIES, "project", "event") if (m := cast.last(kind, q.span.start)) is not None),
        key=lambda m: m.span,
        default=None,
    )
    if last is None or last.kind not in BODIES or last.span.start < s.line.span.start:
        return None
    return Subject(last.key, "statistic/owner")


def of_list(cast: Cast, q: Annotation, s: Sentence, past: Past | None) -> Subject | None:
    """A further number of a list is about what the one before it is about, if nothing else was named since."""
    if past is None or past.subject.key is None or not past.shares(s):
        return None
    between = Span(past.number.end, q.span.start)
    if (
        any(m.key != past.subject.key for m in cast.inside_any(THINGS, between))
        or ";" in cast.content[between.start : between.end]
    ):
        return None
    return Subject(past.subject.key, "statistic/list")
