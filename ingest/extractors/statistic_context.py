"""What a statistic is about where its own sentence names it by a word only, or not at all: the text before tells."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast
from ingest.extractors.focus import PROJECTS
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

HOMES = re.compile(rf"(?:[\w-]+ )*{any_of('homes_of_guests')}(?: and [a-z]+)?$", re.I)
"""What guests come from: "120 delegates from 11 countries"."""
FROM = re.compile(
    r"\s*,?\s*(?:(?:who|which) )?(?:came |coming )?(?:from|of|representing|in|and|with)\s+(?:all\s+|over\s+)?$"
)
STAND_FOR = re.compile(r",?\s(?:who\s|which\s|together\s)?represent(?:ing|ed|s)?\s(?:all\s|over\s)?")
EVENT_WORD = re.compile(rf"\b[Tt]h(?:e|is)\s+{any_of('event_words')}\b", re.I)
COSTS = re.compile(rf"\b{any_of('event_costs')}\b", re.I)
MAIN = 3
"""The main project of a text is named or pointed back to so often."""
SEES = 700
"""So many characters of its sentence before and after it are looked at for a number."""
CURRENCY = re.compile(r"[A-Z]{3}")
POINTS_BACK = re.compile(
    r"(?:(?:[Uu]nder|[Ii]n accordance with|[Aa]ccording to|[Ii]n|[Tt]hrough|[Oo]f|[Ff]or|[Ww]ith|[Bb]y) )?"
    rf"{any_of('pointing_back')}\b"
)
OWNED = re.compile(r"\b(?:its|their|from it|of it|for it|under it|through it|paid it)\b")
RULED = re.compile(
    r"\b(?:[Uu]nder|[Ii]n accordance with|[Aa]ccording to|[Ii]n line with|[Pp]ursuant to|[Bb]ased on|[Aa]s per)\s+"
    r"(?:the\s+|this\s+|its\s+)?(?:\w+\s)?$"
)
"""Before the instrument by which something is so."""
SETS = re.compile(rf"\W{{0,3}}(?:\([^)]{{2,14}}\)\W{{0,2}})?(?:which |that |also |now ){{0,2}}{any_of('rulings')}\b")
"""After it, where it is what says so."""
AT = re.compile(r"\b(?:at|during)\s+(?:an?|the|this)\s+(?:[\w-]+\s){0,2}$", re.I)
SAID = re.compile(rf"\b{any_of('sayings')}\b")
THINGS = ("project", "project-anaphor", "instrument", "instrument-anaphor")
GOES_ON = re.compile(rf"{any_of('going_on')}\b")
"""The begin of a sentence on a part of what was counted before, or on the same elsewhere."""
OTHERS = re.compile(
    r"\b(?:country|nationwide|population|national|worldwide|globally|region|survey|census|economy)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The key of what a statistic is about, None where nothing of the text is, and the rule that says so."""

    key: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """The statistic before another: where its number and its sentence stand, what it is about, where it was counted.

    `period` is that of the first number of its sentence.
    """

    number: Span
    sentence: Sentence
    unit: str
    subject: Subject
    places: list[str]
    period: str | None

    def shares(self, s: Sentence) -> bool:
        """Whether the number stands in a sentence, of which each number may see another part (see `around`)."""
        return self.sentence.first == s.first and self.sentence.line == s.line


def around(s: Sentence, q: Annotation) -> Sentence:
    """The part of a very long sentence that can tell of a number in it.

    Each number looks through its sentence, which would take ever more time where one sentence has hundreds of them.
    """
    start, end = max(s.span.start, q.span.start - SEES), min(s.span.end, q.span.end + SEES)
    return replace(s, span=Span(start, end))


def with_guests(cast: Cast, q: Annotation, s: Sentence, unit: str, past: Past | None) -> Subject | None:
    """ "120 delegates from 11 countries": the countries are counted at the event of the delegates."""
    if (
        past is None
        or not past.shares(s)
        or past.subject.key is None
        or not past.subject.rule.startswith("statistic/event")
    ):
        return None
    between = cast.content[past.number.end : q.span.start]
    if (HOMES.fullmatch(unit) and FROM.fullmatch(between)) or STAND_FOR.fullmatch(between):
        return Subject(past.subject.key, "statistic/event")
    return None


def of_named_event(cast: Cast, q: Annotation, s: Sentence, unit: str) -> Subject | None:
    """ "The workshop cost USD 5,000": money for an event that the sentence names, by its name or by "the workshop"."""
    if not (CURRENCY.fullmatch(unit) and COSTS.search(cast.a.words(s.span))):
        return None
    events = cast.inside("event", s.span)
    if events:
        return Subject(events[0].key, "statistic/event")
    if EVENT_WORD.search(cast.a.words(s.span)):
        last = cast.last("event", q.span.start)
        return Subject(last.key, "statistic/event-before") if last else None
    return None


def at_event(cast: Cast, q: Annotation, s: Sentence, unit: str) -> Subject | None:
    """ "Certificates were handed to 60 learners at the closing ceremony", unless somebody only speaks of them there."""
    if unit.startswith("percent") or SAID.search(cast.a.words(s.span)):
        return None
    for m in cast.inside("event", s.span):
        if AT.search(cast.content[max(s.span.start, m.span.start - 40) : m.span.start]):
            return Subject(m.key, "statistic/at-event")
    return None


def of_rule(cast: Cast, q: Annotation, s: Sentence) -> Subject | None:
    """ "Under the Act, employers pay 1 per cent", "The plan wants 500 schools": of the instrument that rules it."""
    for m in cast.inside_any(("instrument", "instrument-anaphor"), s.span):
        ruled = RULED.search(cast.content[max(s.span.start, m.span.start - 40) : m.span.start])
        if ruled and (m.span.end <= q.span.start or not cast.inside_any(BODIES, Span(s.span.start, q.span.start))):
            return Subject(m.key, "statistic/rule")
        if m.span.end <= q.span.start and SETS.match(cast.content, m.reach.end, q.span.start):
            return Subject(m.key, "statistic/rule")
    return None


def _of_guests_before(past: Past, unit: str) -> bool:
    """Whether a number can be of the guests of an event, of whom the statistic before tells."""
    return past.unit.split()[-1:] == unit.split()[-1:] or unit in ("women", "men", "girls", "boys")


def continued(cast: Cast, q: Annotation, s: Sentence, unit: str, past: Past | None) -> Subject | None:
    """A sentence that goes on about what the one before it is about: "It has 500 students. 90% of them find work"."""
    words = cast.a.words(s.span)
    if s.span.start == s.line.span.start or OTHERS.search(words):
        return None
    if cast.inside_any((*BODIES, *PROJECTS, "event", "instrument"), Span(s.span.start, q.span.start)):
        return None
    if past is not None and past.sentence.line == s.line and past.subject.key is not None:
        if past.subject.key.startswith("event:") and not _of_guests_before(past, unit):
            return None
        return Subject(past.subject.key, "statistic/continued")
    if not (POINTS_BACK.match(words) or OWNED.search(words)):
        return None
    before = cast.sentences.last(s.span.start)
    if before is None or before.line != s.line:
        return None
    things = cast.inside_any(THINGS, before.span)
    if things:
        return Subject(things[-1].key, "statistic/before")
    bodies = cast.inside_any(BODIES, before.span)
    keys = {m.key for m in bodies}
    return Subject(bodies[0].key, "statistic/before") if len(keys) == 1 else None


def main_project(cast: Cast) -> str | None:
    """Of several projects in a text the one that most of it is about, told in its title or its first sentences."""
    mentions = [m for kind in PROJECTS for m in cast.of_kind(kind)]
    lead = [s for s in cast.a.sentences if s.line.kind in ("title", "prose")][:4]
    if not mentions or not lead:
        return None
    key, times = Counter(m.key for m in mentions).most_common(1)[0]
    first = min(m.span.start for m in mentions if m.key == key)
    return key if times >= MAIN and times * 10 >= len(mentions) * 6 and first < lead[-1].span.end else None
