"""Who held an event and who came: organisers and participants by the verbs of its sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.extractors.enumerations import BRACKET, chain_after, chain_before
from ingest.lexicon.relations import any_of, words
from ingest.model import Span

GUESTS = ("person", *BODIES)
HELD_BY = re.compile(
    rf"\b(?:{any_of('held')}(?:\s+{any_of('held_where')})?,?\s+(?:jointly\s+)?(?:by|between|with)|{any_of('host_is')})"
    r"\s+(?:both\s+)?(?:the\s+)?",
    re.I,
)
HOLDS = re.compile(rf"\b{any_of('holds')}\b", re.I)
NO_HOST = ("train", "bring", "brought", "gather", "launch", "invite", "conduct")
"""Begins of verbs whose subject is a host only in a listing."""
PASSIVE = re.compile(r"\b(?:was|were|is|are|be|been)\s+$")
OCCASION = re.compile(rf"\b(?:{any_of('occasions')}|[A-Z]{{3,}})\b")
"""What is held: the object of "holds"."""
RELATIVE = re.compile(r"\b(?:which|that)\s+(?:the\s+)?[^,;.]{2,80}$")
JOINTLY_WITH = re.compile(r"\b(?:jointly|together)\s+with\s+(?:the\s+)?")
IN_COOPERATION = re.compile(r",? in (?:close )?(?:cooperation|collaboration|partnership) with (?:the )?")
BETWEEN = re.compile(r"\b(?:between|with)\s+(?:the\s+)?", re.I)
ATTENDED_BY = re.compile(any_of("attended_by"), re.I)
ATTENDS = re.compile(rf"\b{any_of('attends')}\b", re.I)
SPEECH = frozenset(words("speech"))
GUEST_LEAD = re.compile(rf"^(?:\s*{any_of('guest_words')}\s*)*(?:the\s+)?$")
GUEST_TAIL = re.compile(rf"^{BRACKET}(?:\s*,)?(?:\s+{any_of('guest_adverbs')})*\s*$")
QUOTED = re.compile(r"\b(?:said|according to)\b", re.I)


def extract(cast: Cast, key: str, s: Sentence, *, listing: bool = False) -> None:
    """States the organisers and participants of an event that a sentence names; `listing` where the sentence belongs to
    an entry of its own."""
    if s.line.kind == "title" and not listing:
        for m in BETWEEN.finditer(cast.content, s.span.start, s.span.end):
            for x in chain_after(cast, m.end(), s, (*BODIES, "person")):
                cast.state(key, "participant", x.key, s.span, "event/between", 0.75)
        return
    for m in HELD_BY.finditer(cast.content, s.span.start, s.span.end):
        for x in chain_after(cast, m.end(), s):
            cast.state(key, "organiser", x.key, s.span, "event/held-by", 0.88)
    for m in HOLDS.finditer(cast.content, s.span.start, s.span.end):
        if _is_host(cast, s, m, listing):
            _hosts(cast, key, s, m)
    for m in ATTENDED_BY.finditer(cast.content, s.span.start, s.span.end):
        for x in chain_after(cast, m.end(), s, GUESTS, lead=GUEST_LEAD):
            _participant(cast, key, x, s, "event/attended-by", 0.82)
    for m in ATTENDS.finditer(cast.content, s.span.start, s.span.end):
        for x in chain_before(cast, m.start(), s, GUESTS, tail=GUEST_TAIL):
            if listing or x.kind not in BODIES or m.group().lower() not in SPEECH:
                _participant(cast, key, x, s, "event/attends", 0.8)


def _is_host(cast: Cast, s: Sentence, verb: re.Match[str], listing: bool) -> bool:
    """Whether the subject of "holds" ... holds the event: the verb is active and has an event as its object."""
    if PASSIVE.search(cast.content[max(s.span.start, verb.start() - 6) : verb.start()]):
        return False
    if listing:
        return True
    if verb.group().lower().startswith(NO_HOST):
        return False
    if OCCASION.search(cast.content[verb.end() : verb.end() + 90]):
        return True
    # "a workshop which X organised"
    relative = RELATIVE.search(cast.content[s.span.start : verb.start()])
    return relative is not None and bool(cast.inside("event", Span(s.span.start, verb.start())))


def _hosts(cast: Cast, key: str, s: Sentence, verb: re.Match[str]) -> None:
    """ "In cooperation with A, B holds a workshop together with C"."""
    for x in chain_before(cast, verb.start(), s):
        cast.state(key, "organiser", x.key, s.span, "event/holds", 0.8)
    after = JOINTLY_WITH.search(cast.content[verb.end() : s.span.end])
    if after:
        for x in chain_after(cast, verb.end() + after.end(), s):
            cast.state(key, "organiser", x.key, s.span, "event/together", 0.7)
    before = IN_COOPERATION.search(cast.content[s.span.start : verb.start()])
    if before:
        for x in chain_after(cast, s.span.start + before.end(), s):
            cast.state(key, "organiser", x.key, s.span, "event/together", 0.6)


def _participant(cast: Cast, key: str, m: Mention, s: Sentence, rule: str, confidence: float) -> None:
    if (key, "organiser", m.key) not in cast.facts and m.key != key:
        cast.state(key, "participant", m.key, s.span, rule, confidence)


def speakers(cast: Cast, key: str, after: int = 0, confidence: float = 0.65) -> None:
    """In a text about one event those who are named, quoted, or stand in its captions were there; from an offset on."""
    title = cast.a.layout.title
    central = title is not None and any(m.start <= title.end for m in cast.members[key].mentions)
    sections = _Sections(cast, key)
    for m in cast.ordered("person").within(Span(after, len(cast.content))):
        s = cast.a.sentence_at(m.span.start)
        if s is None or s.line.kind in ("boilerplate", "title") or (key, "organiser", m.key) in cast.facts:
            continue
        if not central and not sections.same(m.span.start):
            continue
        if central and s.line.kind in ("prose", "caption") and not _elsewhere(cast, key, s):
            cast.state(key, "participant", m.key, s.span, "event/named", confidence)
        elif _speaks(cast, s, m):
            cast.state(key, "participant", m.key, s.span, "event/speaker", confidence)


def _speaks(cast: Cast, s: Sentence, m: Mention) -> bool:
    said = cast.a.words(s.span)
    acts = ATTENDS.search(said[m.span.start - s.span.start :]) or QUOTED.search(said)
    return acts is not None or s.line.kind == "caption"


def _elsewhere(cast: Cast, key: str, s: Sentence) -> bool:
    """True for a sentence that tells of another event, or of a later day or an earlier month."""
    if any(m.key != key for m in cast.inside("event", s.span)):
        return True
    day = cast.members[key].date
    days = [d.value.start for d in cast.dates.within(s.span) if d.value.kind == "date" and len(d.value.start) == 10]
    return day is not None and any(d > day or d < day[:7] for d in days)


class _Sections:
    """The sections of a text, between its headings, in which an event is named."""

    def __init__(self, cast: Cast, key: str) -> None:
        title = cast.a.layout.title
        lines = (line.span.start for line in cast.a.layout.lines if line.kind == "heading")
        self.headings = [start for start in lines if title is None or start > title.end]
        starts = [m.start for m in cast.members[key].mentions]
        # What begins right at a heading belongs to the section before and to its own.
        self.own = {bisect_right(self.headings, start) for start in starts}
        self.before = {bisect_left(self.headings, start) for start in starts}

    def same(self, offset: int) -> bool:
        """Whether no heading lies between an offset and some mention of the event."""
        if len(self.headings) < 2:
            return True
        return bisect_right(self.headings, offset) in self.before or bisect_left(self.headings, offset) in self.own
