"""Which of the dates of a sentence is that of an event that it names."""

from __future__ import annotations

import re
from datetime import date

from ingest.annotators.analysis import Sentence
from ingest.annotators.dates import When
from ingest.extractors.cast import Cast
from ingest.model import Annotation, Span

HELD_LATE = re.compile(r"\b(?:take place|be held|be hosted|held|took place)\b[^.;]{0,40}\bin (?:early |late |mid-?)?$")
RIGHT_AFTER = re.compile(
    r"\s*(?:\([A-Z]\w+\)\s*)?(?:(?:held\s+|hosted\s+)?(?:in|at)\s+(?:[A-Z][\w’'.-]*[\s,]+){1,4}(?:in|of)\s+"
    r"|(?:held\s+)?in\s+|\s)"
)
"""Between a name and its year: "the X Forum in Accra in 2015"."""
OTHER_DATE = re.compile(
    r"\b(?:ends?|ending|deadline|concludes?|signed|dated|issued|approved|since|until|by|before|after|from)\s+(?:on\s+)?$"
)
"""Before a date that is not that of the event."""
OTHER_DEED = re.compile(r"\b(?:signed|launched|approved|renewed|issued)\s+(?:\w+\s+)?(?:on|in)\s+$")
"""Before the date of a deed, which is the event's own only where the event is a launch or a signing."""
AT_ONE = re.compile(
    r",?\s+(?:in\s+[A-Z]\w+(?:\s[A-Z]\w+)?,?\s+)?(?:at|during|in)\s+(?:an?|the|this|their)\s+(?:\w+\s+){0,2}"
)
"""Between the day of a deed and the event at which it was done."""
OWN_CLAUSE = re.compile(
    r"\b(?:held|hosted|took|take[sn]?|taking|place|convened|staged|organi[sz]ed|r[au]n|runs|opened|began|begins|started"
    r"|starts|kicked|scheduled|set|slated|planned|due|celebrated|observed|marked|conducted|lasted|lasts|wrapped|concluded"
    r"|ended|closed)\b"
)
"""What a relative clause on an event says before its date."""
OPENS_CLAUSE = re.compile(r"\b(?:what|who|whose|which|that|when|where|since|after|before|while|as|until|till)\b")
OF_IT = re.compile(r"\s*(?:of\s+)?(?:the|this|its|their)?\s*[“\"'‘]?")
AT_WHICH = re.compile(r"\b(?:to|at|during|in|for|from)\s+$")
"""Before the relative of a clause that tells of the event itself."""
THING = re.compile(
    r"\b(?:projects?|programmes?|programs?|agreements?|memorand(?:um|a)|plans?|strateg(?:y|ies)|laws?|decrees?|decisions?"
    r"|schemes?|polic(?:y|ies)|campaigns?|initiatives?|contracts?|conventions?|treaty|partnerships?|phases?|pacts?"
    r"|study|survey|report)\b",
    re.I,
)
"""What has days of its own: in a clause behind it they are no event's."""
LONG_STRETCH = 45
"""Days that only courses, contests and unnamed kinds of events last."""
SHORT_KINDS = frozenset({"Meeting", "Workshop", "Conference", "Webinar", "Launch", "Signing", "Ceremony", "Fair"})
LETTERS = re.compile(r"\w")
BELOW = 4
"""Characters between a heading and the paragraph below it."""
LONGEST_HEAD, FEW_LETTERS = 60, 4
"""Characters of the place and day that open a paragraph, and letters that may stand beside them."""
NEAR = 70
"""Characters between the name of an event and the place where it was."""

Lead = tuple[When, Sentence]
"""A date and the sentence that gives it."""


def when_of(cast: Cast, s: Sentence, m: Annotation) -> When | None:
    """The date that a sentence gives for an event: after "on" or "in", nearest to the name, days first."""
    best: tuple[int, When] | None = None
    for d in cast.dates.within(s.span):
        when = d.value
        if not when.year or m.span.start <= d.span.start < m.span.end or not _may_date(cast, s, m, d):
            continue
        distance = abs(d.span.start - m.span.start) - (1000 if len(when.start) == 10 else 0)
        if best is None or distance < best[0]:
            best = (distance, when)
    if best is not None:
        return best[1]
    head = dated_head(cast, s)
    return head[0] if head is not None else None


def dated_head(cast: Cast, s: Sentence) -> Lead | None:
    """The day and place with which a paragraph opens, or the one below a heading: "Lima, 3 May 2001. ..."."""
    if s.line.kind == "heading":
        first = next(iter(cast.sentences.within(Span(s.span.end, s.span.end + BELOW))), None)
    else:
        first = next(iter(cast.sentences.within(Span(s.line.span.start, s.span.start))), None)
    if first is None or first.span.end - first.span.start > LONGEST_HEAD:
        return None
    days = [d for d in cast.dates.within(first.span) if d.value.kind == "date" and d.value.year]
    return (days[0].value, first) if len(days) == 1 and is_dateline(cast, first) else None


def is_dateline(cast: Cast, s: Sentence) -> bool:
    """True for a day with a place or without one, and nothing besides."""
    days = [d for d in cast.dates.within(s.span) if d.value.kind == "date" and d.value.year]
    if len(days) != 1 or s.span.end - s.span.start > LONGEST_HEAD:
        return False
    rest = cast.a.words(s.span).replace(cast.a.words(days[0].span), "")
    for p in cast.places.within(s.span):
        rest = rest.replace(cast.a.words(p.span), "")
    return len(LETTERS.findall(rest)) <= FEW_LETTERS


def _may_date(cast: Cast, s: Sentence, m: Annotation, d: Annotation) -> bool:
    """Whether a date in a sentence can be that of an event that it names."""
    at = d.span.start
    figure = cast.content[at : at + 1].isdigit() or d.value.kind == "date"
    close = figure and m.span.end <= at < m.span.end + NEAR
    named = close and RIGHT_AFTER.fullmatch(cast.content, m.span.end, at) is not None
    late = named or HELD_LATE.search(cast.content[s.span.start : at])
    gap = max(m.span.start - d.span.end, at - m.span.end)
    last_year = d.rule == "date/words-relative" and gap < NEAR and (m.features["capital"] or not m.features["bare"])
    if d.value.kind != "date" and not (d.value.kind == "year" and (late or last_year)):
        return False
    if (
        d.rule == "date/counted"
        and d.span.end < m.span.start
        and (OF_IT.fullmatch(cast.content, d.span.end, m.span.start))
    ):
        return False  # "on the last day of the X Week"
    if s.line.kind == "title" and at == s.span.start and d.value == _issued(cast):
        return False
    before = cast.content[max(s.span.start, at - 30) : at]
    other = OTHER_DATE.search(before[-20:])
    if (other and not (d.value.end and other.group().lower().startswith("from"))) or ";" in cast.content[
        min(d.span.end, m.span.end) : max(at, m.span.start)
    ]:
        return False
    if _too_long(m, d.value) or (at >= m.span.end and _of_another_clause(cast.content[m.span.end : at])):
        return False
    head = str(m.features["head"])
    there = m.span.start > at and AT_ONE.fullmatch(cast.content, d.span.end, m.span.start) is not None
    if OTHER_DEED.search(before) and not there and "launch" not in head and "sign" not in head:
        return False
    # "The meeting of May 2021" was another one.
    return not (
        len(d.value.start) < 10 and d.rule == "date/month-year" and re.search(r"\bof\s+$", before[-20:]) is not None
    )


def _issued(cast: Cast) -> When | None:
    return When(cast.a.text.issued_on) if cast.a.text.issued_on else None


def _of_another_clause(between: str) -> bool:
    """Whether words between an event and a date open a clause on something else: "what X achieved until", "the project,
    which began in"."""
    opens = list(OPENS_CLAUSE.finditer(between))
    if not opens or AT_WHICH.search(between, 0, opens[-1].start()):
        return False
    clause = between[opens[-1].start() :]
    if THING.search(between, 0, opens[-1].start()) and opens[-1].group() in ("which", "that", "who", "whose"):
        return True
    return opens[-1].group() in ("what", "which", "that", "who", "whose") and OWN_CLAUSE.search(clause) is None


def _too_long(m: Annotation, when: When) -> bool:
    """True for a stretch of months or years, for which no meeting lasts."""
    if not when.end or m.value not in SHORT_KINDS:
        return False
    if len(when.start) < len("2000-01-01") or len(when.end) < len("2000-01-01"):
        return when.start != when.end
    return (date.fromisoformat(when.end) - date.fromisoformat(when.start)).days > LONG_STRETCH
