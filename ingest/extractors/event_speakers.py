"""Who was at an event because a text on it quotes them, shows them in its captions or lets them speak there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container

from ingest.annotators.analysis import Sentence
from ingest.extractors.attendance import ATTENDS
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.enumerations import BRACKET
from ingest.lexicon.relations import any_of
from ingest.model import Span

CREDIT = re.compile(
    r"(?:\b(?:photos?|image|picture|credit|source|camera)\b(?: by)?|\bph\.)\s*[:.©/]?\s*(?:[A-Z]\w*\s*/\s*)?$", re.I
)
"""Before the name of who took a picture."""
PROGRAMME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b(?:programme|program|agenda|speakers|session)\b", re.I)
"""What stands in or above the lines of a programme."""
NUMBERED = re.compile(r"\d{1,2}[.)]\s+[A-Z]")
NAME_AHEAD, ABOVE = 8, 160
"""Characters of a title before a name, and above its line that are looked at."""
SPEAKS = re.compile(
    rf"[^;.]{{0,60}}?\b(?:{any_of('attends')}|explained|declared|argued|stated|put|called|named|introduced|answered)\b",
    re.I,
)
"""After the name of one who speaks."""
SPEAK = re.compile(
    rf"{BRACKET}\s+(?:who\s+|also\s+|[a-z]+ly\s+)*(?:{any_of('attends')}|explained|argued|called|answered)\b"
)
"""After a body whose officials speak."""
NEXT_PARAGRAPHS = 700
"""Characters after an event in which paragraphs of a sentence or two go on with it."""
QUOTED = re.compile(r"\b(?:said|according to)\b", re.I)
SIGNED_AT = frozenset({"Signing", "Launch", "Ceremony", "Meeting", "Conference"})
"""Classes of events at which papers are signed."""
SIGNS = re.compile(r"\b(?:signed|signatures?|signatory)\b|\bput (?:his|her|their) names?\b")
SAID_BY = re.compile(
    r"\b(?:was|were|been|being|as)\s+(?:also\s+|\w+ly\s+)?[a-z]+(?:ed|en|id|ade|n)\s+by\s+[^.;]{0,90}$"
)
""" "The need for permits was underlined by": before one who speaks."""
SENT = re.compile(rf"\b{any_of('guest_nouns')}\s+(?:of|from|at|representing)\s+(?:the\s+)?$", re.I)
""" "officials of the": somebody from a body speaks."""


def speakers(cast: Cast, key: str, after: int = 0, confidence: float = 0.65) -> None:
    """In a text about one event those who are named, quoted, or stand in its captions were there; from an offset on."""
    title = cast.a.layout.title
    central = title is not None and any(m.start <= title.end for m in cast.members[key].mentions)
    lead = [s for s in cast.a.sentences if s.line.kind == "prose"][:2]
    central = central or (bool(lead) and cast.members[key].mentions[0].start < lead[-1].span.end)
    # An event that has its day from the first sentence is what the text begins with, by whatever name.
    days = (cast.facts[key, "start", day] for day in cast.objects(key, "start"))
    central = central or any(day.rule == "event/lead-date" for day in days)
    sections = _Sections(cast, key)
    for m in cast.ordered("person").within(Span(after, len(cast.content))):
        s = cast.a.sentence_at(m.span.start)
        if s is None or s.line.kind in ("boilerplate", "title") or (key, "organiser", m.key) in cast.facts:
            continue
        if CREDIT.search(cast.content, max(s.span.start, m.reach.start - 24), m.reach.start):
            continue
        if not (central and not sections.numbered) and not sections.same(m.span.start):
            continue
        if central and s.line.kind == "heading" and _of_programme(cast, s, m):
            cast.state(key, "participant", m.key, s.span, "event/programme", max(confidence, 0.65))
        elif _of_next(cast, key, s) or _signs(cast, key, s):
            continue
        elif central and s.line.kind in ("prose", "caption") and not elsewhere(cast, key, s):
            cast.state(key, "participant", m.key, s.span, "event/named", confidence)
        elif not names_another(cast, key, s) and _speaks(cast, s, m):
            cast.state(key, "participant", m.key, s.span, "event/speaker", confidence)
    if central and not sections.numbered:
        _envoys(cast, key, after, confidence)


def _envoys(cast: Cast, key: str, after: int, confidence: float) -> None:
    """Those whose officials speak in a text about one event sent them there: "officials of the A said"."""
    for m in cast.ordered("organisation").within(Span(after, len(cast.content))):
        s = cast.a.sentence_at(m.span.start)
        if s is None or s.line.kind != "prose" or s.line.entry is not None or elsewhere(cast, key, s):
            continue
        if (key, "organiser", m.key) in cast.facts or not SENT.search(
            cast.content, max(s.span.start, m.reach.start - ABOVE), m.reach.start
        ):
            continue
        if SPEAK.match(cast.content, m.reach.end):
            cast.state(key, "participant", m.key, s.span, "event/envoy", confidence)


def paragraph_speakers(cast: Cast, events: Container[str]) -> None:
    """In a text of several events, those who speak right after one was named were there."""
    for m in cast.of_kind("person"):
        s = cast.a.sentence_at(m.span.start)
        last = cast.last("event", s.span.end) if s is not None else None
        if s is None or last is None or last.key not in events:
            continue
        if s.line.kind != "prose" or s.line.entry is not None or not SPEAKS.match(cast.content, m.reach.end):
            continue
        if dated_elsewhere(cast, last.key, s) or elsewhere(cast, last.key, s):
            continue
        hosts = (last.key, "organiser", m.key) in cast.facts
        if not hosts and not cast.subjects("participant", m.key) and _right_after(cast, last, s):
            cast.state(last.key, "participant", m.key, s.span, "event/paragraph", 0.62)


def _of_next(cast: Cast, key: str, s: Sentence) -> bool:
    """True for a paragraph right after one that names another event: it is told of there."""
    last = cast.last("event", s.span.start)
    return last is not None and last.key != key and s.line.kind == "prose" and _right_after(cast, last, s)


def _signs(cast: Cast, key: str, s: Sentence) -> bool:
    """True for a sentence on a paper that was signed, maybe some other time, than at an event for that."""
    if cast.members[key].type in SIGNED_AT or any(m.key == key for m in cast.inside("event", s.span)):
        return False
    return SIGNS.search(cast.a.words(s.span)) is not None


def _right_after(cast: Cast, event: Mention, s: Sentence) -> bool:
    """True for a sentence in the paragraph of an event, or in a next one that is still about it."""
    if s.line.span.start <= event.span.start:
        return True
    if s.span.start - event.span.end > NEXT_PARAGRAPHS or s.span.start > s.line.span.start:
        return False
    return all(t.line.kind == "prose" for t in cast.sentences.within(Span(event.span.end, s.span.start)))


def _of_programme(cast: Cast, s: Sentence, m: Mention) -> bool:
    """True for a line of a programme that is a speaker with their office: "Ms X, Head of Y, Z"."""
    named = cast.content[m.span.end : m.span.end + 1] == "," and m.reach.start - s.span.start < NAME_AHEAD
    return named and PROGRAMME.search(cast.content, max(0, s.line.span.start - ABOVE), s.line.span.end) is not None


def _speaks(cast: Cast, s: Sentence, m: Mention) -> bool:
    said = cast.a.words(s.span)
    acts = ATTENDS.search(said[m.span.start - s.span.start :]) or QUOTED.search(said)
    if acts is not None or s.line.kind == "caption":
        return True
    return SAID_BY.search(cast.content, max(s.span.start, m.reach.start - ABOVE), m.reach.start) is not None


def elsewhere(cast: Cast, key: str, s: Sentence) -> bool:
    """True for a sentence that tells of another event, or of a later day or an earlier month."""
    if names_another(cast, key, s):
        return True
    day = cast.members[key].date
    if day is None:
        return False
    days = [d.value.start for d in cast.dates.within(s.span) if d.value.kind == "date" and len(d.value.start) == 10]
    if any(d > day or d < day[:7] for d in days):
        return True
    told = None if days else cast.dates.last(s.span.start)
    here = told is not None and told.span.start >= s.line.span.start and told.value.kind == "date"
    before = told.value.start if told is not None and here else day
    if len(before) == 10:
        return before > day or before < day[:7]
    # A year may as well be that of a figure which somebody quotes.
    return before[:4] < day[:4] and QUOTED.search(cast.a.words(s.span)) is None


def dated_elsewhere(cast: Cast, key: str, s: Sentence, precision: int = len("2000-01")) -> bool:
    """True for a sentence with a day or month that is not of the event's month; or year, by the length of a date."""
    day = cast.members[key].date or ""
    days = [d.value.start for d in cast.dates.within(s.span)]
    return len(day) >= precision and any(not d.startswith(day[: min(7, len(d))]) for d in days if len(d) >= precision)


def names_another(cast: Cast, key: str, s: Sentence) -> bool:
    """True where a sentence names another event, or comes after it in its paragraph."""
    here = cast.inside("event", s.span)
    return (bool(here) and all(m.key != key for m in here)) or after_another(cast, key, s)


def after_another(cast: Cast, key: str, s: Sentence) -> bool:
    """True where the last event that the paragraph of a sentence names before it is another one."""
    last = cast.last("event", s.span.start)
    return last is not None and last.key != key and last.span.start >= s.line.span.start


class _Sections:
    """The sections of a text, between its headings, in which an event is named."""

    def __init__(self, cast: Cast, key: str) -> None:
        title = cast.a.layout.title
        lines = (line.span.start for line in cast.a.layout.lines if line.kind == "heading")
        self.headings = [start for start in lines if title is None or start > title.end]
        # "1. Alpha opens ...", "2. Beta meets ...": each section is a story of its own.
        self.numbered = sum(NUMBERED.match(cast.content, start) is not None for start in self.headings) > 1
        starts = [m.start for m in cast.members[key].mentions]
        # What begins right at a heading belongs to the section before and to its own.
        self.own = {bisect_right(self.headings, start) for start in starts}
        self.before = {bisect_left(self.headings, start) for start in starts}

    def same(self, offset: int) -> bool:
        """Whether no heading lies between an offset and some mention of the event."""
        if len(self.headings) < 2:
            return True
        return bisect_right(self.headings, offset) in self.before or bisect_left(self.headings, offset) in self.own
