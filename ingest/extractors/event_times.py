"""When and where an event of the prose took place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.annotators.analysis import Sentence
from ingest.annotators.dates import When
from ingest.annotators.event_kinds import kind_of
from ingest.extractors.cast import Cast
from ingest.extractors.event_places import is_online, state_places
from ingest.extractors.places import places_in
from ingest.extractors.values import date_value, is_day
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

TOLD = re.compile(rf"\b{any_of('told')}\b", re.I)
"""Verbs of a first sentence that tells of the event of the text."""
TODAY = re.compile(r"\btoday\b")
HELD_LATE = re.compile(r"\b(?:take place|be held|be hosted|held|took place)\b[^.;]{0,40}\bin (?:early |late |mid-?)?$")
RIGHT_AFTER = re.compile(
    r"\s*(?:\([A-Z]\w+\)\s*)?(?:(?:held\s+|hosted\s+)?(?:in|at)\s+(?:[A-Z][\w’'.-]*[\s,]+){1,4}(?:in|of)\s+"
    r"|(?:held\s+)?in\s+|\s)"
)
"""Between a name and its year: "the X Forum in Accra in 2015"."""
LONG_KINDS = frozenset({"StudyVisit", "Training", "Competition", "Fair", "Workshop", "Conference", "Event"})
ENDED = re.compile(
    r"\b(?:concluded|(?:was|were|has been) (?:concluded|wrapped up|completed)|wrapped up|ended"
    r"|came to (?:an end|a close)|drew to (?:an end|a close)|finished|was brought to (?:an?|its) (?:\w+ )?end)\b"
)
LASTED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|ten|\d+)[- ](?:day|week|month)s?\b|\bweek-?long\b|\bmonth-?long\b", re.I
)
"""What says that an event took some days."""
OTHER_DATE = re.compile(
    r"\b(?:ends?|ending|deadline|concludes?|signed|dated|issued|approved|since|until|by|before|after|from)\s+(?:on\s+)?$"
)
"""Before a date that is not that of the event."""
OTHER_DEED = re.compile(r"\b(?:signed|launched|approved|renewed|issued)\s+(?:\w+\s+)?(?:on|in)\s+$")
"""Before the date of a deed, which is the event's own only where the event is a launch or a signing."""
DATELINE_END = re.compile(r"[–—]|\s-\s|\(")
LETTERS = re.compile(r"\w")
BELOW = 4
"""Characters between a heading and the paragraph below it."""
LONGEST_HEAD, FEW_LETTERS = 60, 4
"""Characters of the place and day that open a paragraph, and letters that may stand beside them."""
DONE = re.compile(
    r"\b(?:opened|signed|met|launched|inaugurated|gathered|came together|handed over|presented|received|celebrated|held"
    r"|put (?:their|his|her) names?|closed|graduated|awarded|concluded|inked|agreed|adopted|unveiled|dedicated"
    r"|entered into|exchanged|sealed|commissioned|attended|visited|toured|gave|reached (?:an? )?agreement)\b"
)
"""What was done at the event that the next sentence names."""
SENTENCES_BACK = 2
GAP, SHORT = 3, 20
"""Characters from a sentence back into the one before it, and before a day that are looked at."""
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
    if len(days) != 1:
        return None
    rest = cast.a.words(first.span).replace(cast.a.words(days[0].span), "")
    for p in cast.places.within(first.span):
        rest = rest.replace(cast.a.words(p.span), "")
    return (days[0].value, first) if len(LETTERS.findall(rest)) <= FEW_LETTERS else None


def _may_date(cast: Cast, s: Sentence, m: Annotation, d: Annotation) -> bool:
    """Whether a date in a sentence can be that of an event that it names."""
    at = d.span.start
    figure = cast.content[at : at + 1].isdigit() or d.value.kind == "date"
    close = figure and m.span.end <= at < m.span.end + NEAR
    named = close and RIGHT_AFTER.fullmatch(cast.content, m.span.end, at) is not None
    late = named or HELD_LATE.search(cast.content[s.span.start : at])
    if d.value.kind != "date" and not (d.value.kind == "year" and late):
        return False
    before = cast.content[max(s.span.start, at - 30) : at]
    other = OTHER_DATE.search(before[-20:])
    if (other and not (d.value.end and other.group().lower().startswith("from"))) or ";" in cast.content[
        min(d.span.end, m.span.end) : max(at, m.span.start)
    ]:
        return False
    head = str(m.features["head"])
    if OTHER_DEED.search(before) and "launch" not in head and "sign" not in head:
        return False
    # "The meeting of May 2021" was another one.
    return not (
        len(d.value.start) < 10 and d.rule == "date/month-year" and re.search(r"\bof\s+$", before[-20:]) is not None
    )


def extract(cast: Cast, key: str, group: Sequence[Annotation], sentences: Sequence[Sentence], *, alone: bool) -> None:
    """States start, end and place of an event by the sentences that name it, else by the first ones of the text."""
    lead = _lead(cast, key, alone)
    dated = [(w, s) for m in group if (s := cast.a.sentence_at(m.span.start)) and (w := when_of(cast, s, m))]
    if dated:
        when, s = max(dated, key=lambda t: (len(t[0].start), t[0].end is not None))
        _state_days(cast, key, when, s, "event/date", 0.88)
    elif lead is not None:
        _state_days(cast, key, *lead, "event/lead-date", 0.65)
    elif alone:
        _today(cast, key, sentences)
    if not dated and not cast.tells(key, "start"):
        _day_before(cast, key, group)
    if state_places(cast, key, group, sentences) or is_online(cast, group):
        return
    head = next((h for s in sentences if (h := dated_head(cast, s))), None)
    if head is not None:
        for p in cast.places.within(head[1].span)[:1]:
            cast.state(key, "place", p.value.iri, head[1].span, "event/head-place", 0.8)
    elif lead is not None and cast.members[key].date in (None, lead[0].start):
        _lead_place(cast, key, lead)


def _state_days(cast: Cast, key: str, when: When, s: Sentence, rule: str, confidence: float) -> None:
    if not when.end and is_day(when) and _is_end(cast, key, when, s):
        cast.state(key, "end", date_value(when.start), s.span, "event/ended", min(confidence, 0.8))
        return
    cast.state(key, "start", date_value(when.start), s.span, rule, confidence)
    if when.end:
        cast.state(key, "end", date_value(when.end), s.span, rule, confidence)
    cast.members[key].date = when.start


def _is_end(cast: Cast, key: str, when: When, s: Sentence) -> bool:
    """True for the day on which a journey, a course or a contest of some days came to its end."""
    member = cast.members[key]
    words = cast.a.words(s.span)
    if member.type not in LONG_KINDS or not ENDED.search(words):
        return False
    return LASTED.search(words) is not None or member.type == "StudyVisit"


def _day_before(cast: Cast, key: str, group: Sequence[Annotation]) -> None:
    """ "The hall was opened in X on 3 May. Masons watched the ceremony": the one day of the sentence before."""
    s = cast.a.sentence_at(group[0].span.start)
    described = group[0].features["complement"] and not group[0].features["definite"]
    if s is None or s.line.kind != "prose" or described:
        return
    before, days = s, list[Annotation]()
    for _ in range(SENTENCES_BACK):
        back = cast.a.sentence_at(max(s.line.span.start, before.span.start - GAP))
        if back is None or back == before or back.line != s.line:
            return
        before = back
        days = [d for d in cast.dates.within(before.span) if is_day(d.value)]
        if days or cast.inside("event", before.span):
            break
    if len(days) != 1 or any(m.key != key for m in cast.inside("event", before.span)):
        return
    if OTHER_DATE.search(cast.content, max(before.span.start, days[0].span.start - SHORT), days[0].span.start):
        return
    if DONE.search(cast.a.words(before.span)):
        _state_days(cast, key, days[0].value, before, "event/day-before", 0.66)
        found = places_in(cast, before.span, kinds=("Province", "City"))
        if found and not state_places(cast, key, group, [s]):
            cast.state(key, "place", found[0], before.span, "event/day-before", 0.62)


def _today(cast: Cast, key: str, sentences: Sequence[Sentence]) -> None:
    """A text of a known day that tells of its only event "today"."""
    text = cast.a.text
    if not text.issued_on or not text.issued or len(text.issued_on) != 10 or cast.a.layout.title is None:
        return
    if any(TODAY.search(cast.a.words(s.span)) for s in sentences):
        evidence = [text.issued, sentences[0].span]
        cast.state(key, "start", date_value(text.issued_on), evidence, "event/dateline", 0.75)
        cast.members[key].date = text.issued_on


def _lead_place(cast: Cast, key: str, lead: Lead) -> None:
    _, s = lead
    first = cast.places.at(s.span.start) if lead == header(cast) else None
    found = [first.value.iri] if first else places_in(cast, s.span, kinds=("Province", "City"))
    if found:
        cast.state(key, "place", found[0], s.span, "event/lead-place", 0.6)


def header(cast: Cast) -> Lead | None:
    """The line under a title that gives place and days of what the title names: "Kigali, 23-25 May 2023"."""
    title = cast.a.layout.title
    if title is None or kind_of(cast.a.words(title)) == "Event":
        return None
    below = next((s for s in cast.a.sentences if s.span.start > title.end), None)
    if below is None or below.span.end - below.span.start > 60:
        return None
    days = [d for d in cast.dates.within(below.span) if d.value.kind == "date"]
    return (days[0].value, below) if days and cast.places.within(below.span) else None


def _lead(cast: Cast, key: str, alone: bool) -> Lead | None:
    """The day that stands under the title for its event; that the first sentences of a text give for its only event,
    or for a signing that they tell of."""
    below_title, title = header(cast), cast.a.layout.title
    if below_title is not None and title is not None and (alone or cast.members[key].mentions[0].start < title.end):
        return below_title
    if not alone and cast.members[key].type != "Signing":
        return None
    for s in [s for s in cast.a.sentences if s.line.kind == "prose" and s.line.entry is None][:3]:
        words = cast.a.words(s.span)
        if TOLD.search(words):
            for d in cast.dates.within(s.span):
                if is_day(d.value) and (TODAY.search(words) or not _in_dateline(cast, s, d.span)):
                    return d.value, s
    return None


def _in_dateline(cast: Cast, s: Sentence, date: Span) -> bool:
    """True for the day of "Hanoi, 3 May 2021 – ...", when the text was issued."""
    after = cast.content[date.end : date.end + 14]
    return date.start - s.span.start < 40 and DATELINE_END.search(after) is not None
