"""The unit of a statistic: a currency, what is counted, or a percentage of whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast
from ingest.extractors.order import InOrder
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

OF_THEM = re.compile(r"(?:them|those|these|whom|which)\b\s*(?:are\s+)?(\w+)?")
OF_THEM_AFTER = re.compile(r"\s*(?:of\s+)?(?:them|whom|those)\b,?\s*(?:are\s+)?(\w+)?")
THEM = re.compile(r"^(?:them|those)\s+")
RATE = re.compile(
    r"\b((?:[\w-]+ )?(?:rate|share|proportion|ratio))\s+(?:of|among|for)\s+(?:the\s+)?([\w -]{3,40}?)"
    r"(?=\s+(?:remains?|is|was|stood|fell|rose|in|has|at|of|by|\()|[,.(])"
)
WHO = {
    "youth": "youth",
    "female": "women",
    "male": "men",
    "women’s": "women",
    "child": "children",
    "graduate": "graduates",
}
NAMED_RATE = re.compile(
    rf"\b(?:(?P<who>[a-z’]+)\s)?(?P<what>{any_of('rates')}(?:\s(?:rate|ratio))?|[a-z-]+\s(?:rate|ratio))\b(?!\s+of\s)",
    re.I,
)
"""Rates with a name of their own: "youth unemployment", "the pass rate"."""
AVERAGE = re.compile(r"\b((?:national|global|regional|world)\s+average)\b[^.]{0,12}$")
OF_PEOPLE = re.compile(rf"\bof\s+((?:[\w-]+ )?{any_of('people')}(?: aged [\d–-]+)?)")
AGED = re.compile(r"aged [\d–-]+")
GROUP_LEAD = re.compile(
    r"(?:^|[,;:]\s|\b(?:that|and)\s)(?:Of|of|Among|among|Out of|From)\s(?:(?:the|its|their|these|all|our)\s)*$"
)
"""Before the group of which a percentage is a part: "Of the 200 graduates of two classes, 85 % ..."."""
FROM = re.compile(r"\b(?:from|in|at|across|by|with)\s+(?:all\s+|over\s+)?$")
"""Before where a group is from, which is not the group: "85 guests from 9 countries, 40 % of them women"."""
OF_NEXT = re.compile(r"\s+(?:of|for|among|in)\b")
BACK = 300
"""How many characters before a percentage the group may stand of which it is a part."""


def unit_of(cast: Cast, q: Annotation, s: Sentence, quantities: InOrder[Annotation]) -> str:
    """The unit of a quantity in a sentence; `quantities` are all of the text."""
    counted = str(q.features.get("counted") or "")
    if q.value.unit != "percent":
        return q.value.unit or counted
    if q.features.get("table"):
        return f"percent of {counted}"
    before = quantities.within(Span(max(0, q.span.start - BACK + 1), q.span.start))
    counted_before = [x for x in before if x.features.get("counted")]
    lead = [x for x in counted_before if x.span.start >= s.span.start and GROUP_LEAD.search(_before(cast, s, x))]
    whole = [x for x in counted_before if x.span.start < s.span.start or not FROM.search(_before(cast, s, x))]
    group = next((str(x.features["counted"]) for x in [*lead[:1], *reversed(whole or counted_before)]), None)
    return (
        _of_them(cast, q, counted, group)
        or _in_bracket(cast, q, counted, counted_before)
        or (_of_counted(cast, q, counted) if counted else _of_sentence(cast, q, s))
        or (f"percent of {group}" if group else "percent of people")
    )


def _before(cast: Cast, s: Sentence, q: Annotation) -> str:
    return cast.content[max(s.span.start, q.span.start - 30) : q.span.start]


def _of_them(cast: Cast, q: Annotation, counted: str, group: str | None) -> str | None:
    """ "60 per cent of them women": of the group counted before."""
    them = OF_THEM.match(counted) or OF_THEM_AFTER.match(cast.content[q.span.end : q.span.end + 30])
    base = THEM.sub("", group or "")
    if not them or not base:
        return None
    part = them[1] if them[1] and cast.a.english.noun(them[1]) else ""
    return f"percent of {base} ({part})" if part else f"percent of {base}"


def _in_bracket(cast: Cast, q: Annotation, counted: str, before: Sequence[Annotation]) -> str | None:
    """ "300 workers (44 per cent women)": a part of those whose number stands before the bracket."""
    if not counted or not before or cast.content[before[-1].span.end : q.span.start].strip() != "(":
        return None
    if OF_NEXT.match(cast.content, q.span.end) or before[-1].value.unit:
        return None
    return f"percent of {before[-1].features['counted']} ({counted})"


def _of_sentence(cast: Cast, q: Annotation, s: Sentence) -> str | None:
    """ "The rate of X among Y is 5 per cent": what the sentence says that the percentage is of."""
    words = cast.a.words(s.span)
    rate = RATE.search(words)
    if rate:
        average = AVERAGE.search(cast.content[s.span.start : q.span.start])
        if average:
            return f"percent of people ({average[1]}, {rate[1]})"
        return f"percent of {rate[2].strip()} ({rate[1]})"
    rates = list(NAMED_RATE.finditer(words, 0, q.span.end - s.span.start))
    if rates:
        named = rates[-1]
        group = (named["who"] or "").lower()
        return f"percent of {WHO.get(group, 'people')} ({named['what']})"
    people = OF_PEOPLE.search(words)
    return f"percent of {people[1]}" if people else None


def _of_counted(cast: Cast, q: Annotation, counted: str) -> str:
    aged = AGED.search(cast.content[q.span.end : q.span.end + 40])
    return f"percent of {counted} {aged.group()}" if aged else f"percent of {counted}"
