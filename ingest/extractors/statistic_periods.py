"""The period of a statistic: the date of its clause, in the form of the ontology (`2023`, `2021/2023`, `2016/..`)."""

from __future__ import annotations

import itertools
import re

from ingest.annotators.analysis import Sentence
from ingest.annotators.dates import When
from ingest.extractors.cast import Cast
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span, Value

CLAUSE = re.compile(rf"[;:]\s|,\s+{any_of('clause_starts')}\b|\s{any_of('comparisons')}\s")
"""The signs and words that set figures against one another."""
OTHER_DEED = re.compile(rf"\b{any_of('dated_deeds')}\s+(?:in\s+)?$", re.I)
"""Before the date of a deed, which is not the period of a number."""
STRATEGY = re.compile("strategy|plan")
SINCE = re.compile(r"\bsince\s+$", re.I)
NAMES = ("project", "instrument", "event", "organisation")
"""Kinds of mentions of which a date may be a part."""


def event_days(cast: Cast) -> frozenset[str]:
    """The days of the events of a text, which are no periods of numbers."""
    return frozenset(
        fact.object.lexical
        for fact in cast.facts.values()
        if fact.predicate in ("start", "end")
        and isinstance(fact.object, Value)
        and len(fact.object.lexical) == 10
        and fact.rule.startswith(("event", "listing"))
    )


def period_of(cast: Cast, q: Annotation, s: Sentence, taken: frozenset[str]) -> str | None:
    """The period that a sentence gives for a number: the nearest of its clause, or one at the begin of the sentence."""
    best: tuple[tuple[bool, int], str] | None = None
    clause = _clause(cast.content, s, q.span)
    for d in cast.dates.within(s.span):
        if d.value.start in taken or not _may_be_period(cast, s, d):
            continue
        outside = not clause.start <= d.span.start < clause.end
        if outside and not (d.span.start < q.span.start and d.span.start - s.span.start < 40):
            continue
        rank = (outside, abs(d.span.start - q.span.start))
        if best is None or rank < best[0]:
            before = cast.content[max(s.span.start, d.span.start - 22) : d.span.start]
            best = (rank, _text(d.value, before))
    return best[1] if best else None


def _may_be_period(cast: Cast, s: Sentence, d: Annotation) -> bool:
    """Whether a date can be the period of a number: no single day, no part of a name, no date of a deed."""
    when: When = d.value
    if not when.year or (len(when.start) == 10 and when.end is None):
        return False
    inside = (m for kind in NAMES for m in cast.covering(kind, d.span.start))
    if any(m.span.start >= s.span.start for m in inside):
        return False
    before = cast.content[max(s.span.start, d.span.start - 22) : d.span.start]
    return not (OTHER_DEED.search(before) or (when.kind == "years" and STRATEGY.search(before)))


def _text(when: When, before: str) -> str:
    if when.kind == "since" or SINCE.search(before):
        return f"{when.start}/.."
    return f"{when.start}/{when.end}" if when.end else when.start


def _clause(content: str, s: Sentence, span: Span) -> Span:
    """The part of a sentence, between the signs and words that set figures against one another, that holds a span."""
    cuts = [s.span.start, *(m.start() for m in CLAUSE.finditer(content, s.span.start, s.span.end)), s.span.end]
    for start, end in itertools.pairwise(cuts):
        if start <= span.start < end:
            return Span(start, end)
    return s.span
