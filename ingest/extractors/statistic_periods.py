"""The period of a statistic: the date of its clause, in the form of the ontology (`2023`, `2021/2023`, `2016/..`)."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right

from ingest.annotators.analysis import Sentence
from ingest.annotators.dates import When
from ingest.extractors.cast import Cast
from ingest.extractors.focus import in_focus, in_paragraph
from ingest.extractors.statistic_context import GOES_ON, THINGS, Past
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span, Value

CLAUSE = re.compile(rf"[;:]\s|,\s+{any_of('clause_starts')}\b|,\s+and\s+that\s|\s{any_of('comparisons')}\s")
"""The signs and words that set figures against one another."""
OTHER_DEED = re.compile(rf"\b{any_of('dated_deeds')}\s+(?:in\s+)?$", re.I)
"""Before the date of a deed, which is not the period of a number."""
THAN = re.compile(r"\bthan\s+(?:in\s+)?$")
STRATEGY = re.compile("strategy|plan")
SINCE = re.compile(rf"\bsince\s+(?:(?:the|its|their)\s+{any_of('beginnings')}\s+in\s+)?(?:early |late |mid-)?$", re.I)
LABEL = re.compile(rf"(?:\(\s*|\b(?:[Yy]ear|[Ii]n|[Ff]or|{any_of('amount_labels')})\s\(?)((?:19|20)\d\d)\)?\s*:\s*$")
"""The year that leads a figure: "62 companies (2021: 41)", "Budget for the year 2021: 5 million"."""
YEAR_BEFORE = re.compile(rf"(?:(?![^.;]{{0,25}}\bthan\b)[^.;]{{0,25}}\b)?{any_of('years_before')}\b", re.I)
"""After a figure of the same time a year before."""
SUMMARY = re.compile(rf"\b{any_of('summing_up')}\b", re.I)
TIME_WORDS = re.compile(
    r"\b(?:years?|months?|earlier|previous|before|ago|last|today|now|present|currently|target|goal)\b", re.I
)
YEAR_AGO = re.compile(
    rf"\b{any_of('years_before')}\b|\bthan in (?:19|20)\d\d\b"
    r"|\b(?:a|per|each|every) (?:month|week|day|hour)\b(?! (?:before|earlier|ago))"
)
"""What a sentence compares with, or what wages are paid for: no time of its own."""
OTHER_TIME = re.compile(rf"\b{any_of('other_times')}\b|\b(?:19|20)\d\d\b", re.I)
"""Words of a sentence that speaks of a time of its own, or of no certain one."""
NEXT_CLAUSE = re.compile(r",\s+(?:and|but)\s+(?:the|its|their|it|they|he|she|an?|[A-Z]\w+)\s")
"""Before a clause with a subject of its own, whose date is not that of the number before."""
RIGHT_AFTER = re.compile(r"\s(?:in|by|for|since|at the end of)\s(?:early |late |mid-)?")
SINCE_START = re.compile(rf"\b[Ss]ince\s+(?:the|its|their)\s+(?:very\s+)?{any_of('beginnings')}\b(?!\s+(?:in|on)\s)")
RELATIVE = re.compile(r",\s(?:which|who|whose|where)\s(?:[^,;]|,\d)*$")
"""The begin of a relative clause, up to its end."""
LASTS = re.compile(rf"\b{any_of('carried_out')}\s+(?:\w+\s+){{0,2}}(?:(?:since|from)\s+)?$")
"""Before the date since which something has been done: "has been run by the union since"."""
CARRIED_OUT = re.compile(rf"\bha(?:s|ve)\s+(?:been\s+)?{any_of('carried_out')}\b")
ITS_OBJECT = 16
"""The number that was carried out itself ("has run about 50 courses") follows its verb within so many characters."""
PAST = re.compile(
    r"\b(?:was|were|had|did|sent|found|came|went|took|gave|made|got|paid|lost|left|fell|rose|held|grew|shrank|stood|sank|spoke|told|built|bought|ran|led|saw"
    r"|began|became|brought|spent|met|put at|\w{3,}ed)\b"
)
PRESENT = re.compile(r"\b(?:is|are|has|have|does|do|can|cannot|could|may|must|should|would)\b")
YEAR_LATER = re.compile(r"\b(?:(?:a|one) year later|(?:the|in the) (?:following|next) year)\b")
"""Before a figure of the year after the one that is named."""
RUNS = re.compile(
    r"\b(?:runs?|will run|is to run|running|lasts?|will last|is planned|is scheduled)\s+(?:[\w’]+\s+){0,3}$"
)
"""Before the stretch of time in which a project goes on."""
AS_OF = re.compile(r"\b(?:[Aa]s (?:of|at|on)|[Uu]p to|[Bb]y|[Uu]ntil)\s+(?:the end of\s+)?$")
"""Before the day on which a stock was counted."""
STOOD = re.compile(r"\b(?:were|was|had|stood|counted|numbered)\b")
CLAUSE_LONG = 200
"""No relative clause is looked for further off."""
FAR = 500
"""Of a longer sentence only so much around a number is looked at."""
NOTE = 60
"""So far may the beginning of a bracket be from the number in it."""
LEADS = 60
BULLET = re.compile(r"[•*·▪✓✔➢►–-]\s|\(?\d{1,2}[.)]\s")
HEADING = 160
"""A line that heads a list has at most so many characters."""
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


def period_of(
    cast: Cast, q: Annotation, s: Sentence, unit: str, taken: frozenset[str], past: Past | None
) -> str | None:
    """The period that a sentence gives for a number: the nearest of its clause, or one at the begin of the sentence.

    Where it gives none, the period of the statistic `past` in the sentence before, if the text goes on about its time.
    """
    if q.features.get("table"):
        return _of_table(cast, q, s)
    labelled = LABEL.search(cast.content[max(s.span.start, q.span.start - 30) : q.span.start])
    if labelled:
        return labelled[1]
    bracket = _in_bracket(cast, q, s)
    if bracket:
        return bracket
    clause = _clause(cast.content, s, q.span)
    earlier = YEAR_BEFORE.match(cast.content, q.span.end, clause.end)
    best: tuple[tuple[bool, bool, int], Annotation] | None = None
    for d in _near(cast, q, s):
        inside = q.span.start <= d.span.start < q.span.end  # "over 2000 workers"
        if inside or d.value.start in taken or not _may_be_period(cast, s, d) or _lasts(cast, q, s, d):
            continue
        if NEXT_CLAUSE.search(cast.content, q.span.end, max(q.span.end, d.span.start)) or _aside(cast, q, s, d):
            continue
        outside = not clause.start <= d.span.start < clause.end
        leads = d.span.start < q.span.start and (d.span.start - s.span.start < LEADS or earlier is not None)
        if outside and not leads:
            continue
        close = RIGHT_AFTER.fullmatch(cast.content, q.span.end, d.span.start) is not None
        rank = (outside, not close, abs(d.span.start - q.span.start))
        if best is None or rank < best[0]:
            best = (rank, d)
    if best is None:
        return (
            _since_start(cast, q, s)
            or _of_rival(cast, q, s, clause, taken)
            or _of_heading(cast, s, taken)
            or _carried(cast, s, unit, past)
        )
    text = _text(best[1].value, cast.content[max(s.span.start, best[1].span.start - 40) : best[1].span.start])
    later = YEAR_LATER.search(cast.content, best[1].span.end, q.span.start)
    if later and later.start() >= clause.start:
        return _a_year_on(text, 1)
    return _a_year_on(text, -1) if earlier and (best[0][0] or best[1].span.end < q.span.start) else text


def _carried(cast: Cast, s: Sentence, unit: str, past: Past | None) -> str | None:
    """The period of the statistic before, if the sentence goes on about its figures.

    "In 2021 it served 900 people. Of these, 40 % were women", "In 2021, 60 % of men had work. 5 % of them earned more".
    """
    if past is None or past.period is None or past.sentence.line != s.line:
        return None
    words = cast.a.words(s.span)
    if OTHER_TIME.search(YEAR_AGO.sub("", words)):
        return None
    if GOES_ON.match(words):
        return past.period
    alike = past.unit.startswith("percent") if unit.startswith("percent") else past.unit == unit and unit.isupper()
    told = PAST.search(words) and not PRESENT.search(words)
    alike = alike or (past.subject.key is None and not cast.inside_any((*NAMES, *THINGS), s.span))
    return past.period if alike and told and not past.period.endswith("..") else None


def _near(cast: Cast, q: Annotation, s: Sentence) -> list[Annotation]:
    """The dates that lead the sentence of a number, and those near the number."""
    start = max(s.span.start, q.span.start - FAR)
    lead = Span(s.span.start, min(start, s.span.start + LEADS))
    return [*cast.dates.within(lead), *cast.dates.within(Span(start, min(s.span.end, q.span.end + FAR)))]


def _aside(cast: Cast, q: Annotation, s: Sentence, d: Annotation) -> bool:
    """Whether one of a number and a date after it stands in a relative clause, and the other does not.

    "X, which has 88 members, set up Y in 2021", "60 men of a group, which Y founded in 2021".
    """
    if d.span.start < q.span.end:
        return False
    between = cast.content[q.span.end : min(d.span.start, q.span.end + CLAUSE_LONG)]
    if "," not in between:
        return False
    inside = RELATIVE.search(cast.content, max(s.span.start, q.span.start - CLAUSE_LONG), q.span.start)
    return inside is not None or (RELATIVE.search(between) is not None and not RELATIVE.match(between))


def _since_start(cast: Cast, q: Annotation, s: Sentence) -> str | None:
    """ "Since the start of the programme, 300 people found work": from when the programme began."""
    since = SINCE_START.search(cast.content, s.span.start, q.span.start)
    project = in_focus(cast, s) or in_paragraph(cast, s) if since else None
    starts = cast.objects(project, "start") if project else []
    return f"{starts[0].lexical}/.." if len(starts) == 1 and isinstance(starts[0], Value) else None


def _lasts(cast: Cast, q: Annotation, s: Sentence, d: Annotation) -> bool:
    """Whether a date says how long something else is done: "It has been run since 2020 with 5 million dollars"."""
    if d.span.start >= q.span.start:
        return False
    before = cast.content[max(s.span.start, d.span.start - 40) : d.span.start]
    if d.value.end and RUNS.search(before):
        return True
    if d.value.kind != "since" and not SINCE.search(before):
        return False
    if LASTS.search(before):
        return True
    done = CARRIED_OUT.search(cast.content, d.span.end, q.span.start)
    return done is not None and q.span.start - done.end() > ITS_OBJECT


def _of_rival(cast: Cast, q: Annotation, s: Sentence, clause: Span, taken: frozenset[str]) -> str | None:
    """ "In 2020, 5 % of women left, compared with 7 % of men": the one period of figures on two groups is of both."""
    if q.value.unit != "percent" or not q.features.get("counted") or TIME_WORDS.search(cast.a.words(clause)):
        return None
    dates = [d for d in _near(cast, q, s) if d.value.start not in taken and _may_be_period(cast, s, d)]
    return (
        _text(dates[0].value, cast.content[max(0, dates[0].span.start - 40) : dates[0].span.start])
        if len(dates) == 1
        else None
    )


def _of_table(cast: Cast, q: Annotation, s: Sentence) -> str | None:
    """The date in the heading of a figure's column or row, else in the line above the table."""
    for part in (q.features["heading"], q.features["label"]):
        dates = cast.dates.within(part) if isinstance(part, Span) else []
        if dates and dates[0].value.year:
            return _text(dates[0].value, "")
    heading = q.features["heading"]
    lines = cast.a.layout.lines
    at = bisect_right(lines, heading.start, key=lambda line: line.span.start) - 2 if isinstance(heading, Span) else -1
    above = lines[at].span if at >= 0 else None
    if above is None or above.end - above.start > HEADING:
        return None
    return next(
        (_text(d.value, "") for d in cast.dates.within(above) if d.value.year and len(d.value.start) < 10), None
    )


def _a_year_on(period: str, years: int) -> str:
    return re.sub(r"\b(?:19|20)\d\d", lambda year: str(int(year[0]) + years), period)


def _in_bracket(cast: Cast, q: Annotation, s: Sentence) -> str | None:
    """ "Phase I (May 2014 - July 2018, EUR 3 million)": the stretch of time in the bracket of a sum."""
    opened = cast.content.rfind("(", max(s.span.start, q.span.start - NOTE), q.span.start)
    if opened < 0 or ")" in cast.content[opened : q.span.start]:
        return None
    stretches = [d.value for d in cast.dates.within(Span(opened, q.span.start)) if d.value.year and d.value.end]
    return _text(stretches[0], "") if len(stretches) == 1 else None


def _of_heading(cast: Cast, s: Sentence, taken: frozenset[str]) -> str | None:
    """ "Results by June 2022:" above the lines of a list: the period of their figures."""
    lines = cast.a.layout.lines
    at = bisect_left(lines, s.line.span.start, key=lambda line: line.span.start)
    if s.line.entry is not None or not BULLET.match(cast.content, s.line.span.start):
        return None
    while at > 0 and BULLET.match(cast.content, lines[at].span.start):
        at -= 1
    above = lines[at].span
    words = cast.content[above.start : above.end]
    if above.end - above.start > HEADING or not SUMMARY.search(words):
        return None
    dates = [d for d in cast.dates.within(above) if d.value.start not in taken and _may_be_period(cast, s, d)]
    return (
        _text(dates[-1].value, cast.content[max(0, dates[-1].span.start - 40) : dates[-1].span.start])
        if dates
        else None
    )


def _may_be_period(cast: Cast, s: Sentence, d: Annotation) -> bool:
    """Whether a date can be the period of a number: no single day, no part of a name, no date of a deed."""
    when: When = d.value
    if not when.year:
        return False
    if len(when.start) == 10 and (when.end is None or when.end[:7] == when.start[:7]) and not _of_stock(cast, s, d):
        return False
    inside = (m for kind in NAMES for m in cast.covering(kind, d.span.start))
    if any(m.span.start >= s.span.start for m in inside):
        return False
    before = cast.content[max(s.span.start, d.span.start - 22) : d.span.start]
    return not (THAN.search(before) or OTHER_DEED.search(before) or (when.kind == "years" and STRATEGY.search(before)))


def _of_stock(cast: Cast, s: Sentence, d: Annotation) -> bool:
    """ "As of 30 June 2023 there were 500 X", "On 30 June 500 X were at work": a day on which something was counted."""
    if d.value.end is not None:
        return False
    before = cast.content[max(s.span.start, d.span.start - 20) : d.span.start]
    if AS_OF.search(before):
        return True
    return before in ("On ", "On the ") and STOOD.search(cast.content, d.span.end, s.span.end) is not None


def _text(when: When, before: str) -> str:
    if when.kind == "since" or SINCE.search(before):
        return f"{when.start}/.."
    return f"{when.start}/{when.end}" if when.end else when.start


def _clause(content: str, s: Sentence, span: Span) -> Span:
    """The part of a sentence, between the signs and words that set figures against one another, that holds a span."""
    first, last = max(s.span.start, span.start - FAR), min(s.span.end, span.end + FAR)
    cuts = [first, *(m.start() for m in CLAUSE.finditer(content, first, last)), last]
    for start, end in itertools.pairwise(cuts):
        if start <= span.start < end:
            return Span(start, end)
    return s.span
