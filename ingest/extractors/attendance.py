"""Who held an event and who came: organisers and participants by the verbs of its sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.extractors.enumerations import BRACKET, chain_after, chain_before
from ingest.extractors.hosts import after_preposition, before_verb
from ingest.lexicon.relations import any_of, words
from ingest.model import Span

GUESTS = ("person", *BODIES)
HELD_BY = re.compile(
    rf"\b(?:{any_of('held')}(?:\s+{any_of('held_where')})?,?\s+(?:jointly\s+)?"
    rf"(?:by|between|with|{any_of('aside_together')})|{any_of('host_is')})"
    r"\s+(?:both\s+)?(?:the\s+)?",
    re.I,
)
HOLDS = re.compile(rf"\b{any_of('holds')}\b", re.I)
NO_HOST = ("train", "bring", "brought", "gather", "launch", "invite")
"""Begins of verbs whose subject is a host only in a listing."""
SUBJECT_REACH = 300
"""Characters before a verb in which its subject and those beside it are looked for."""
NEAR_VERB = 100
"""Characters between "holds" and what is held."""
PASSIVE = re.compile(r"\b(?:was|were|is|are|be|been)\s+$")
MANY_OBJECTS = ("run", "ran", "conduct")
"""Begins of verbs that have other objects than events more often than not."""
OCCASION_WORD = re.compile(rf"\b{any_of('occasions')}\b")
OCCASION = re.compile(rf"\b(?:(?i:{any_of('occasions')})|[A-Z]{{3,}})\b")
"""What is held: the object of "holds"."""
RELATIVE = re.compile(r"\b(?:which|that)\s+(?:the\s+)?[^,;.]{2,80}$")
JOINTLY_WITH = re.compile(rf"\b{any_of('aside_together')}\s+(?:the\s+)?")
IN_COOPERATION = re.compile(rf"\b{any_of('aside_together')}\s+(?:the\s+)?", re.I)
GUESTS_FOLLOW = re.compile(any_of("guests_follow"), re.I)
BETWEEN_WHOM = re.compile(r"\bbetween\s+(?:both\s+)?(?:the\s+)?$", re.I)
SIDELINES = re.compile(r"\bon the (?:sidelines|margins|fringes) of\b", re.I)
CREDIT = re.compile(
    r"(?:\b(?:photos?|image|picture|credit|source|camera)\b(?: by)?|\bph\.)\s*[:.©/]?\s*(?:[A-Z]\w*\s*/\s*)?$", re.I
)
"""Before the name of who took a picture."""
CAME = re.compile(rf"\b{any_of('came')}\b", re.I)
BETWEEN = re.compile(r"\b(?:between|with)\s+(?:the\s+)?", re.I)
ATTENDED_BY = re.compile(any_of("attended_by"), re.I)
ATTENDS = re.compile(rf"\b{any_of('attends')}\b", re.I)
SPEECH = frozenset(words("speech"))
# Guests without a name may stand first: "attended by 40 teachers, officials from ten districts and the X".
GUEST_LEAD = re.compile(
    rf"^(?:(?:[a-z\d][\w’'-]*\s+){{1,7}}?[a-z][\w’'-]*\s*(?:,|,?\s+and|,?\s+as well as)\s+)*?"
    rf"(?:\s*{any_of('guest_words')}\s*)*(?:the\s+)?$"
)
ACTING = re.compile(
    r"^(?:Also\s+|While\s+)?(?:(?:[Ss]peaking|[Cc]losing|[Oo]pening|[Aa]ddressing|[Aa]ttending|[Cc]hairing|[Ww]elcoming|[Rr]eporting|[Pp]resenting)\b"
    r"|In (?:his|her|their|an?|the) (?:[\w-]+ )?(?:speech|remarks|address|message))[^,;]{0,90},\s+(?:the\s+)?"
)
"""Before somebody who did something there: "Closing the forum, Ms X ..."."""
GUEST_TAIL = re.compile(rf"^{BRACKET}(?:\s*,)?(?:\s+{any_of('guest_adverbs')})*\s*$")
PROGRAMME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b(?:programme|program|agenda|speakers|session)\b", re.I)
"""What stands in or above the lines of a programme."""
NUMBERED = re.compile(r"\d{1,2}[.)]\s+[A-Z]")
NAME_AHEAD, ABOVE = 8, 160
"""Characters of a title before a name, and above its line that are looked at."""
QUOTED = re.compile(r"\b(?:said|according to)\b", re.I)


def extract(cast: Cast, key: str, sentences: Iterable[Sentence], *, listing: bool = False) -> None:
    """States the organisers and then the participants of an event that sentences name; `listing` where they belong to
    an entry of its own."""
    told = list(sentences)
    for s in told:
        if s.line.kind != "title" or listing:
            _organisers(cast, key, s, listing)
    for s in told:
        if s.line.kind != "title" or listing:
            _guests(cast, key, s, listing)
        else:
            for m in BETWEEN.finditer(cast.content, s.span.start, s.span.end):
                for x in chain_after(cast, m.end(), s, (*BODIES, "person")):
                    _participant(cast, key, x, s, "event/between", 0.75)


def _organisers(cast: Cast, key: str, s: Sentence, listing: bool) -> None:
    for m in HELD_BY.finditer(cast.content, s.span.start, s.span.end):
        hosts = after_preposition(cast, m.end(), s)
        by = BETWEEN_WHOM.search(m.group()) is None
        for x in hosts.subjects:
            cast.state(key, "organiser" if by else "participant", x.key, s.span, "event/held-by", 0.88)
        for x in hosts.company if by else []:
            cast.state(key, "organiser", x.key, s.span, "event/together", 0.7)
    for m in HOLDS.finditer(cast.content, s.span.start, s.span.end):
        if _is_host(cast, s, m, listing):
            _hosts(cast, key, s, m)


def _guests(cast: Cast, key: str, s: Sentence, listing: bool) -> None:
    for m in ATTENDED_BY.finditer(cast.content, s.span.start, s.span.end):
        for x in chain_after(cast, m.end(), s, GUESTS, lead=GUEST_LEAD):
            _participant(cast, key, x, s, "event/attended-by", 0.82)
    _acting(cast, key, s)
    aside = SIDELINES.search(cast.a.words(s.span)) is not None
    for m in ATTENDS.finditer(cast.content, s.span.start, s.span.end):
        for x in chain_before(cast, m.start(), s, GUESTS, tail=GUEST_TAIL):
            if aside and m.group().lower().startswith("sign"):
                continue
            if listing or x.kind not in BODIES or m.group().lower() not in SPEECH:
                _participant(cast, key, x, s, "event/attends", 0.8)


def _acting(cast: Cast, key: str, s: Sentence) -> None:
    acting = ACTING.match(cast.a.words(s.span))
    if acting is not None:
        for x in chain_after(cast, s.span.start + acting.end(), s, GUESTS)[:2]:
            if x.kind == "person":
                _participant(cast, key, x, s, "event/acting", 0.8)


def follow(cast: Cast, key: str, s: Sentence) -> None:
    """States those who came by a sentence that does not name the event again ("A and B also took part")."""
    for m in GUESTS_FOLLOW.finditer(cast.content, s.span.start, s.span.end):
        for x in chain_after(cast, m.end(), s, GUESTS, lead=GUEST_LEAD):
            _participant(cast, key, x, s, "event/came", 0.7)
    for m in CAME.finditer(cast.content, s.span.start, s.span.end):
        if not PASSIVE.search(cast.content[max(s.span.start, m.start() - 6) : m.start()]):
            for x in chain_before(cast, m.start(), s, GUESTS, tail=GUEST_TAIL):
                _participant(cast, key, x, s, "event/came", 0.7)


def held(cast: Cast, s: Sentence, offset: int) -> bool:
    """Whether a sentence says that somebody held the event that it names at an offset ("X ran a workshop")."""
    return any(
        offset - m.end() < NEAR_VERB
        and _is_host(cast, s, m, listing=False)
        and before_verb(cast, m.start(), s).subjects
        for m in HOLDS.finditer(cast.content, max(s.span.start, offset - NEAR_VERB), offset)
    )


def _is_host(cast: Cast, s: Sentence, verb: re.Match[str], listing: bool) -> bool:
    """Whether the subject of "holds" ... holds the event: the verb is active and has an event as its object."""
    if PASSIVE.search(cast.content[max(s.span.start, verb.start() - 6) : verb.start()]):
        return False
    if listing:
        return True
    if verb.group().lower().startswith(NO_HOST):
        return False
    what = OCCASION_WORD if verb.group().lower().startswith(MANY_OBJECTS) else OCCASION
    if what.search(cast.content, verb.end(), min(verb.end() + 90, s.span.end)):
        return True
    if what is OCCASION_WORD:
        return False
    # "a workshop which X organised"
    near = max(s.span.start, verb.start() - SUBJECT_REACH)
    relative = RELATIVE.search(cast.content[near : verb.start()])
    return relative is not None and bool(cast.inside("event", Span(near, verb.start())))


def _hosts(cast: Cast, key: str, s: Sentence, verb: re.Match[str]) -> None:
    """ "In cooperation with A, B holds a workshop together with C"."""
    hosts = before_verb(cast, verb.start(), s)
    for x in hosts.subjects:
        cast.state(key, "organiser", x.key, s.span, "event/holds", 0.8)
    company = list(hosts.company)
    after = JOINTLY_WITH.search(cast.content, verb.end(), s.span.end)
    if after:
        company += chain_after(cast, after.end(), s)
    before = IN_COOPERATION.search(cast.content, max(s.span.start, verb.start() - SUBJECT_REACH), verb.start())
    if before:
        company += chain_after(cast, before.end(), s)
    for x in company:
        cast.state(key, "organiser", x.key, s.span, "event/together", 0.7)


def _participant(cast: Cast, key: str, m: Mention, s: Sentence, rule: str, confidence: float) -> None:
    if (key, "organiser", m.key) not in cast.facts and m.key != key:
        cast.state(key, "participant", m.key, s.span, rule, confidence)


def speakers(cast: Cast, key: str, after: int = 0, confidence: float = 0.65) -> None:
    """In a text about one event those who are named, quoted, or stand in its captions were there; from an offset on."""
    title = cast.a.layout.title
    central = title is not None and any(m.start <= title.end for m in cast.members[key].mentions)
    lead = [s for s in cast.a.sentences if s.line.kind == "prose"][:2]
    central = central or (bool(lead) and cast.members[key].mentions[0].start < lead[-1].span.end)
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
        elif central and s.line.kind in ("prose", "caption") and not _elsewhere(cast, key, s):
            cast.state(key, "participant", m.key, s.span, "event/named", confidence)
        elif not after_another(cast, key, s) and _speaks(cast, s, m):
            cast.state(key, "participant", m.key, s.span, "event/speaker", confidence)


def _of_programme(cast: Cast, s: Sentence, m: Mention) -> bool:
    """True for a line of a programme that is a speaker with their office: "Ms X, Head of Y, Z"."""
    named = cast.content[m.span.end : m.span.end + 1] == "," and m.reach.start - s.span.start < NAME_AHEAD
    return named and PROGRAMME.search(cast.content, max(0, s.line.span.start - ABOVE), s.line.span.end) is not None


def _speaks(cast: Cast, s: Sentence, m: Mention) -> bool:
    said = cast.a.words(s.span)
    acts = ATTENDS.search(said[m.span.start - s.span.start :]) or QUOTED.search(said)
    return acts is not None or s.line.kind == "caption"


def _elsewhere(cast: Cast, key: str, s: Sentence) -> bool:
    """True for a sentence that tells of another event, or of a later day or an earlier month."""
    if any(m.key != key for m in cast.inside("event", s.span)) or after_another(cast, key, s):
        return True
    day = cast.members[key].date
    days = [d.value.start for d in cast.dates.within(s.span) if d.value.kind == "date" and len(d.value.start) == 10]
    return day is not None and any(d > day or d < day[:7] for d in days)


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
