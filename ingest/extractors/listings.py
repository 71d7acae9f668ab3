"""Events of dated listings: each entry is one, with the date, the place and the people that stand with it."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.annotators.event_kinds import kind_in_text, kind_of
from ingest.annotators.listings import Entry
from ingest.extractors import attendance, event_names, event_sequels
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.enumerations import chain_after
from ingest.extractors.places import narrower, places_in
from ingest.extractors.spelling import normal, one_line
from ingest.extractors.values import date_value
from ingest.lexicon.relations import any_of
from ingest.model import Span

NO_MEETING = re.compile(r"\b(?:visit|mission|dinner|survey|publication)\b", re.I)
"""Headings whose kind the sentences below do not change."""
TALKS = re.compile(r"\b(?:talks? with|meets?|receives?|works? with)\b", re.I)
COURSE = re.compile(
    r"training (?:course|seminar|workshop|session|programme|program|event)s?\b|\bcourse"
    r"|\b(?:days?|hours?|weeks?) of training|\btraining of trainers"
    r"|\b(?:the|this) training\b|\btrainees? (?:learn|practi[sc]e)",
    re.I,
)
TEACHES = re.compile(
    r"\b(?:trains?|trained|capacitat\w+|upskills?|retrains?|coaches|teaches|training program(?:me)?)\b", re.I
)
"""In a heading that names no event: somebody is taught."""
LAUNCHES = re.compile(r"\b(?:launch(?:es|ed|ing)?|rolls out|rolled out|unveils|unveiled)\b", re.I)
SIGNS = re.compile(r"\b(?:signs?|signed|inks?|inked|(?:is|are|being|was|were) signed)\b", re.I)
PACT = re.compile(r"\b(?:agreements?|memorand(?:um|a)|mo[uac]s?|protocol|compact|pact|contract|declaration)\b", re.I)
FIRST_SENTENCES = re.compile(r"(?<=[.!?])\s")
IN_BRACKETS = re.compile(r"\([^()]+\)\s*$")
CELL, CELL_END = re.compile(r"\s*\|\s*|\t+|[ \u00a0]{2,}"), re.compile(r"\s*(?:\||\t|[ \u00a0]{2,}|$)")
"""What stands before and after a cell of a table."""
WITH = re.compile(r"\s*,?\s+(?:together |jointly )?with\s+(?:the\s+)?")
PART_OF = re.compile(r"\s*,\s*(?:part of|under|an? [a-z]+ (?:of|under))\s[^|\t\n]{3,90}?(?=\s*(?:\||\t|$|\n))")
"""What the cell of a host may add: who hosts with it, and what it is a part of."""
AT_THE = re.compile(r"\bat the\s+$")
OWNER_DOES = re.compile(r"(?:webinar|workshop|seminar|conference|meeting|training|receives|hosts|holds)")
FIELDS = (
    (re.compile(rf"^\W*{any_of('label_organiser')}\b", re.I), "organiser"),
    (re.compile(rf"^\W*{any_of('label_participant')}\b", re.I), "participant"),
)
"""Labels of the lines of an entry, and what they say of whom the line names."""
AND = re.compile(r"\band\s+(?:the\s+)?$")
FEW = 3
"""So many sentences of an entry may begin with the kind of its event."""
WHERE = re.compile(r"^\W*(?:where|venue|place|location)\s*:", re.I)
OF_WORK = re.compile(
    r"\b(?:project|programme|program|law|survey|in which|country|campaign)\b.{0,80}\bin\b",
)
TAKES_PLACE = re.compile(rf"\b{any_of('entry_takes_place')}\b")
JOURNEY = re.compile(r"\b(?:visit|mission|tour|trip)\b", re.I)
IN_LAND = re.compile(
    r"\b(?:held|hosted|place|convened|meet|met|gather|gathered|organi[sz]ed|stay|visit|tour|trip)\s+(?:in|to)\s+(?:the\s+)?$"
)
TO = re.compile(r"\bto\s+(?:the\s+)?$")
TO_OR_IN = re.compile(r"\b(?:in|at|to|near)\s+(?:the\s+)?(?:city of\s+)?$", re.I)


def extract(cast: Cast, n: int, entry: Entry) -> None:
    """Adds the event of an entry; `n` is the number of the entry."""
    title = _title(cast, entry)
    key = f"event:{normal(title)}:{n}"
    kind = _kind(cast, entry)
    member = cast.add(key, kind, one_line(title), entry.heading, "event", "event/listing", 0.95)
    when = entry.date.value
    member.date = when.start
    dated = entry.date.span
    evidence = Span(min(dated.start, entry.heading.start), max(dated.end, entry.heading.end))
    cast.state(key, "start", date_value(when.start), evidence, "listing/date", 0.97)
    if when.end:
        cast.state(key, "end", date_value(when.end), evidence, "listing/date", 0.97)
    sentences = cast.sentences.touching(Span(entry.heading.start, entry.body.end))
    _place(cast, key, entry, [s for s in sentences if s.span.start >= entry.heading.start])
    _owners(cast, key, entry)
    for s in sentences:
        if _is_field(cast, s):
            _field(cast, key, s)
    told = [s for s in sentences if not _is_field(cast, s)]
    attendance.extract(cast, key, told, listing=True)
    event_sequels.extract(cast, key, told)
    head = cast.a.sentence_at(entry.heading.start)
    if head is not None:
        event_names.extract(cast, key, entry.heading, head)
    for s in [t for t in told if t.span.start >= entry.heading.end][:FEW]:
        event_names.opening(cast, key, s)


def _kind(cast: Cast, entry: Entry) -> str:
    """The class of an event by its heading, else by the first two sentences below."""
    heading = cast.a.words(entry.heading)
    kind = kind_of(heading)
    if kind == "Meeting" and re.search(r"\bworkshop\b", heading, re.I):
        return "Workshop"
    if kind != "Event":
        return kind
    body = cast.content[entry.heading.end : entry.body.end].strip()
    early = "" if NO_MEETING.search(heading) else " ".join(FIRST_SENTENCES.split(body, maxsplit=2)[:2])
    kind = kind_in_text(early) if early else kind
    talks = TALKS.search(heading) is not None and kind in ("Event", "Training")
    if talks or (kind == "Event" and TALKS.search(early)):
        return "Meeting"
    if kind == "Event" and PACT.search(heading) and SIGNS.search(f"{heading} {early}"):
        return "Signing"
    if kind == "Event" and LAUNCHES.search(heading):
        return "Launch"
    if kind == "Event" and (TEACHES.search(heading) or COURSE.search(early)):
        return "Training"
    # Many a text speaks of training; only a course is an event.
    return "Event" if kind == "Training" and not COURSE.search(early) else kind


def _title(cast: Cast, entry: Entry) -> str:
    """The heading; "Meeting with Ms X, Minister of Y": the office is no part of the name."""
    for m in cast.inside("person", entry.heading):
        if m.reach.end > m.span.end and cast.content[m.span.end] == ",":
            if m.span.end - entry.heading.start > 12:
                return cast.content[entry.heading.start : m.span.end]
            break
    return cast.a.words(entry.heading)


def _owners(cast: Cast, key: str, entry: Entry) -> None:
    """ "Seminar at the X", "X workshop on Y", "X receives Y": the body of the heading is the host."""
    for m in cast.inside("organisation", entry.heading):
        if AT_THE.search(cast.content[entry.heading.start : m.span.start]):
            cast.state(key, "organiser", m.key, entry.heading, "listing/at", 0.6)
    line_end = cast.content.find("\n", entry.heading.end)
    row = Span(entry.heading.start, line_end if line_end >= 0 else len(cast.content))
    _cells(cast, key, entry, row)
    bracket = IN_BRACKETS.search(cast.content, entry.heading.start, entry.heading.end + 1)
    bracket = bracket or IN_BRACKETS.search(cast.content, row.start, row.end)
    inside = cast.inside("organisation", Span(bracket.start(), bracket.end())) if bracket else []
    named = sum(m.span.end - m.span.start for m in inside)
    spelled = bracket is not None and any(
        m.span.end <= bracket.start() and bracket.start() - m.span.end <= 1
        for x in inside
        for m in cast.inside("organisation", Span(row.start, bracket.start()))
        if m.key == x.key
    )
    if bracket and not spelled and bracket.end() - bracket.start() - named <= 2 + 5 * len(inside):
        for m in inside:
            cast.state(key, "organiser", m.key, entry.heading, "listing/bracket", 0.7)
    for s in cast.sentences.within(Span(entry.heading.end, entry.body.end)):
        alone = chain_after(cast, s.span.start, s)
        if alone and not cast.content[alone[-1].reach.end : s.span.end].strip(" .,;"):
            for n, m in enumerate(alone):
                gap = cast.content[alone[n - 1].reach.end : m.span.start] if n else "and"
                if "and" in gap:  # after a comma stands what the first is a part of
                    cast.state(key, "organiser", m.key, s.span, "listing/alone", 0.65)
    first = cast.inside("organisation", Span(entry.heading.start, entry.heading.start + 3))[:1]
    for m in first:
        if OWNER_DOES.match(cast.content[m.span.end : m.span.end + 14].strip().lower()):
            cast.state(key, "organiser", m.key, entry.heading, "listing/owner", 0.75)


def _cells(cast: Cast, key: str, entry: Entry, row: Span) -> None:
    """A cell of a row that holds organisations and nothing else names the hosts."""
    s = cast.a.sentence_at(entry.heading.start)
    for cell in CELL.finditer(cast.content, entry.heading.end, row.end):
        named = chain_after(cast, cell.end(), s) if s is not None else []
        if not named or s is None:
            continue
        together = WITH.match(cast.content, named[-1].reach.end, row.end)
        company = chain_after(cast, together.end(), s) if together else []
        last = (company or named)[-1].reach.end
        part = PART_OF.match(cast.content, last, row.end)
        if CELL_END.match(cast.content, part.end() if part else last, row.end):
            for m in [*named, *company]:
                if m is not named[0] and (named[0].key, "partOf", m.key) in cast.facts:
                    continue
                cast.state(key, "organiser", m.key, row, "listing/cell", 0.65)


def _is_field(cast: Cast, s: Sentence) -> bool:
    """True for a line that begins with one of the labels of entries."""
    label, colon, _ = cast.a.words(s.span).partition(":")
    return s.line.kind == "field" or (bool(colon) and len(label) < 30 and any(p.search(label) for p, _ in FIELDS))


def _field(cast: Cast, key: str, s: Sentence) -> None:
    """A line of an entry such as "Who: ..." or "Speakers: ..."."""
    label = cast.a.words(s.span).partition(":")[0]
    predicate = next((p for pattern, p in FIELDS if pattern.search(label)), None)
    kinds = {"organiser": ("organisation",), "participant": ("organisation", "person")}.get(predicate or "", ())
    for kind in kinds:
        for m in cast.inside(kind, s.span):
            if kind == "organisation" and predicate == "participant" and _home(cast, s, m):
                continue
            cast.state(key, predicate or "", m.key, s.span, f"listing/{predicate}", 0.88)


def _home(cast: Cast, s: Sentence, m: Mention) -> bool:
    """True for the body of a speaker who is named before it: "Speakers: Ms X, Rector, Y; Mr Z, W"."""
    person = cast.last("person", m.span.start)
    if person is None or person.span.start < s.span.start:
        return False
    between = cast.content[person.span.end : m.span.start]
    return m.span.end <= person.reach.end or (
        ";" not in between
        and not AND.search(between)
        and not cast.inside("organisation", Span(person.reach.end, m.span.start))
    )


def _place(cast: Cast, key: str, entry: Entry, sentences: list[Sentence]) -> None:
    """States where an event was: in its place line, its heading, or the sentences below."""
    spots = cast.places.within(entry.place) if entry.place is not None else []
    found = [p.value.iri for p in spots if not cast.covering("organisation", p.span.start)]
    for s in sentences:
        if not found and WHERE.match(cast.a.words(s.span)):
            found = [p.value.iri for p in cast.places.within(s.span)]
    found = narrower(cast, found) or places_in(cast, entry.heading, kinds=("Province", "City"))
    found = found or _told_place(cast, [s for s in sentences if s.span.start >= entry.heading.end])
    found = found or places_in(cast, entry.heading)
    if not found:
        below = Span(entry.heading.end, entry.body.end)
        found = places_in(cast, below, kinds=("Country",), lead=IN_LAND)[:1]
    if not found and JOURNEY.search(cast.a.words(entry.heading)):
        found = places_in(cast, entry.heading, lead=TO)
    for iri in found[:2]:
        cast.state(key, "place", iri, Span(entry.heading.start, entry.body.end), "listing/place", 0.85)


def _told_place(cast: Cast, sentences: list[Sentence]) -> list[str]:
    """The place that stands alone on a line, or the first that a sentence on the event says it is in."""
    for s in sentences:
        if s.line.kind == "date":
            continue
        words = cast.a.words(s.span)
        first = cast.places.at(s.span.start)
        if first and words[first.span.end - first.span.start :].strip(" .,;") == "":
            return [first.value.iri]
        if OF_WORK.search(words) and not TAKES_PLACE.search(words):
            continue  # the place of a project, a law, a survey
        found = places_in(cast, s.span, kinds=("Province", "City"), lead=TO_OR_IN)
        if found:
            return found[:1]
    return []
