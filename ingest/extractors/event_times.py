"""When and where an event of the prose took place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ingest.annotators.analysis import Sentence
from ingest.annotators.dates import When
from ingest.annotators.event_kinds import kind_of
from ingest.extractors import event_ends
from ingest.extractors.cast import Cast
from ingest.extractors.event_dates import OTHER_DATE, Lead, dated_head, is_dateline, when_of
from ingest.extractors.event_places import DATELINE, is_online, state_places
from ingest.extractors.places import places_in
from ingest.extractors.values import date_value, is_day
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

TOLD = re.compile(rf"\b{any_of('told')}\b", re.I)
"""Verbs of a first sentence that tells of the event of the text."""
TODAY = re.compile(r"\btoday\b")
LONG_KINDS = frozenset({"StudyVisit", "Training", "Competition", "Fair", "Workshop", "Conference", "Event"})
ENDED = re.compile(
    r"\b(?:concluded|(?:was|were|has been) (?:concluded|wrapped up|completed)|wrapped up|ended"
    r"|came to (?:an end|a close)|drew to (?:an end|a close)|finished|was brought to (?:an?|its) (?:\w+ )?end)\b"
)
LASTED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|ten|\d+)[- ](?:day|week|month)s?\b|\bweek-?long\b|\bmonth-?long\b", re.I
)
"""What says that an event took some days."""
LIMIT = re.compile(r"\b(?:until|till|through|by|before|since|deadline|dated)\s+(?:on\s+)?$")
DATELINE_END = re.compile(r"[–—]|\s-\s|\(")
FULL_DATE = len("2000-01-01")
TOP, RECENT = 3, 3
"""Sentences at the top of a report, and days from an event to a report that was written on the spot."""
DONE = re.compile(
    r"\b(?:opened|signed|met|launched|inaugurated|gathered|came together|handed over|presented|received|celebrated|held"
    r"|put (?:their|his|her) names?|closed|graduated|awarded|concluded|inked|agreed|adopted|unveiled|dedicated"
    r"|entered into|exchanged|sealed|commissioned|attended|visited|toured|gave|reached (?:an? )?agreement)\b"
)
"""What was done at the event that the next sentence names."""
SENTENCES_BACK = 2
GAP, SHORT = 3, 20
"""Characters from a sentence back into the one before it, and before a day that are looked at."""


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
    event_ends.extract(cast, key, group, sentences)
    if state_places(cast, key, group, sentences) or is_online(cast, group):
        return
    head = next((h for s in sentences if (h := dated_head(cast, s))), None)
    if head is not None:
        for p in cast.places.within(head[1].span)[:1]:
            cast.state(key, "place", p.value.iri, head[1].span, "event/head-place", 0.8)
    elif lead is not None and cast.members[key].date in (None, lead[0].start):
        _lead_place(cast, key, lead)
    if not cast.tells(key, "place"):
        _dateline_place(cast, key, group)


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


def _dateline_place(cast: Cast, key: str, group: Sequence[Annotation]) -> None:
    """The town with which a report opens, for what its first sentences tell as just held, where they name no other."""
    prose = [s for s in cast.a.sentences if s.line.kind == "prose" and s.line.entry is None][:TOP]
    if not prose:
        return
    place, reported = _written_at(cast, prose[0])
    day = cast.members[key].date or ""
    if place is None or {len(reported), len(day)} != {FULL_DATE}:
        return
    told = [s for s in prose if any(s.span.start <= m.span.start < s.span.end for m in group)]
    recent = 0 <= (date.fromisoformat(reported) - date.fromisoformat(day)).days <= RECENT
    if told and recent and not any(places_in(cast, s.span) for s in told):
        cast.state(key, "place", place.value.iri, place.span, "event/dateline-place", 0.6)


def _written_at(cast: Cast, first: Sentence) -> tuple[Annotation | None, str]:
    """The town and the day of the dateline in the first sentence of a report, or on the line above it."""
    above = cast.sentences.last(first.span.start)
    if above is not None and is_dateline(cast, above):
        day = next(d.value.start for d in cast.dates.within(above.span))
        return cast.places.at(above.span.start), day
    place = cast.places.at(first.span.start)
    if (
        place is None
        or place.value.type == "Country"
        or not DATELINE.match(cast.content, place.span.end, first.span.end)
    ):
        return None, ""
    return place, cast.a.text.issued_on or ""


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
                before = cast.content[max(s.span.start, d.span.start - SHORT) : d.span.start]
                if LIMIT.search(before):
                    continue
                if is_day(d.value) and (TODAY.search(words) or not _in_dateline(cast, s, d.span)):
                    return d.value, s
    return None


def _in_dateline(cast: Cast, s: Sentence, date: Span) -> bool:
    """True for the day of "Hanoi, 3 May 2021 – ...", when the text was issued."""
    after = cast.content[date.end : date.end + 14]
    return date.start - s.span.start < 40 and DATELINE_END.search(after) is not None
