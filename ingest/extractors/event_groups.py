"""Which words of a text tell of one event: headline, lead, and "the workshop" later on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from ingest.annotators.analysis import Sentence
from ingest.annotators.dates import When
from ingest.extractors import event_deeds
from ingest.extractors.cast import Cast
from ingest.extractors.event_dates import when_of
from ingest.extractors.spelling import normal
from ingest.lexicon import load_lexicon
from ingest.model import Annotation

DEED = "event/deed"
POINTING = ("event/occasion", "event/again")
"""Rules whose mentions name no event of their own."""
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth")
ON_DAY = re.compile(
    r"\b(?:on|mark(?:s|ed|ing)?|of|for|during|ahead of)\s+(?:the\s+)?$|\b(?:today|\d{4}|yesterday),\s+$"
)
"""Before a day that dates something else."""
ON = re.compile(r"\b(?:on|coincid\w+ with)\s+(?:the\s+)?(?:occasion of\s+)?(?:the\s+)?$")
"""Before a day that is no more than a date."""
TOOK_PLACE = re.compile(
    r"(?:,\s(?:attended|held|organi[sz]ed|hosted|opened|run|led|supported|which|conducted)\b[^.;]{3,90}?,)?\s+"
    r"(?:took place|ran (?:from|for|between)|was (?:held|hosted|conducted|organi[sz]ed|staged|performed)"
    r"|is being held)\b"
)
"""Behind an event that is told of for the first time, though with "the"."""
NEXT = frozenset({"next", "previous", "earlier", "following", "upcoming", "future", "subsequent"})
"""Words before an event that is another than the one that is told of."""
TALKS = frozenset("wcmt")
"""Families of events that a headline may call by one another's names."""
SHORT = 40
"""Characters before a day that are looked at."""
ALIKE = 80
"""From how alike (of 100) two names are taken for one."""
RECENT = 60
"""With how many events before it a mention is compared: what was not told of for so long is not meant."""


@dataclass(slots=True)
class Group:
    """Mentions that are one event, and the date that they give."""

    mentions: list[Annotation] = field(default_factory=list)
    date: str | None = None


def grouped(cast: Cast, mentions: Sequence[Annotation]) -> list[Group]:
    """The mentions outside of listings, those of one event together."""
    groups: list[Group] = []
    for m in mentions:
        s = cast.a.sentence_at(m.span.start)
        if s is None or s.line.entry is not None:
            continue
        if _is_date(cast, s, m, mentions):
            cast.reject(m.span, "event", "it is the day of another event")
            continue
        when = when_of(cast, s, m)
        group = _same_event(cast, m, when, groups)
        if group is None:
            if m.rule in POINTING and not _took_place(cast, s, m):
                cast.reject(m.span, "event", "it points back to an event, and the text has named none")
                continue
            group = Group()
            groups.append(group)
        group.mentions.append(m)
        if group.date is None and when:
            group.date = when.start
    return groups


def _took_place(cast: Cast, s: Sentence, m: Annotation) -> bool:
    """True for "the signing took place in Lima", "the training, attended by ..., ran from": its own first mention."""
    return m.rule == "event/again" and TOOK_PLACE.match(cast.content, m.span.end, s.span.end) is not None


def _is_date(cast: Cast, s: Sentence, m: Annotation, mentions: Sequence[Annotation]) -> bool:
    """True for a day or week that dates another event of its sentence: "launched on World Skills Day"."""
    before = cast.content[max(s.span.start, m.span.start - SHORT) : m.span.start]
    if m.features["head"] not in ("day", "week") or not ON_DAY.search(before):
        return False
    if m.features["head"] == "day" and ON.search(before):
        return True
    beside = before.rstrip().endswith(",")  # "today, World Skills Day"
    first = bisect_left(mentions, s.span.start, key=lambda x: x.span.start)
    return beside or any(x is not m and x.span.start < s.span.end for x in mentions[first : first + 2])


def _same_event(cast: Cast, m: Annotation, when: When | None, groups: list[Group]) -> Group | None:
    """The event that a mention tells of again, if it is one told before."""
    if m.rule == "event/occasion":
        return groups[-1] if groups else None
    if m.features.get("other"):
        return None
    if groups and _one_sentence(cast, m, groups[-1].mentions[-1]):
        return groups[-1]
    if groups and _headline(cast, m, groups[-1]):
        return groups[-1]
    for group in reversed(groups[-RECENT:]):
        if _same_kind(m, group) and not _another_day(when, group, bare=m.features["bare"]):
            if (m.features["bare"] and _same_one(m, when, group)) or _told_again(m, when, group):
                return group
            if _points_back(m) and _dates_agree(when, group) and group is groups[-1]:
                return group
    return None


def _headline(cast: Cast, m: Annotation, group: Group) -> bool:
    """True where the first sentence tells in other words of the event that the headline names."""
    title = cast.a.layout.title
    lead = next((s for s in cast.a.sentences if s.line.kind == "prose"), None)
    if title is None or lead is None or not lead.span.start <= m.span.start < lead.span.end:
        return False
    families = load_lexicon().events.families
    alike = {families[str(x.value)] for x in (m, *group.mentions)} <= TALKS
    order = _order(normal(str(group.mentions[0].features["name"])))
    same = not order or order == _order(normal(str(m.features["name"])))
    return alike and same and all(g.span.start < title.end for g in group.mentions)


def _same_one(m: Annotation, when: When | None, group: Group) -> bool:
    """ "The workshop" is the last one; "a workshop" may be another, where both have a day or a name."""
    if m.features["definite"]:
        return True
    return all(g.features["bare"] for g in group.mentions) and _dates_agree(when, group)


def _one_sentence(cast: Cast, m: Annotation, before: Annotation) -> bool:
    """True for "X launched Y at a ceremony": the deed and its setting are one event."""
    pair = (m, before) if m.rule == DEED else (before, m)
    if pair[0].rule != DEED or not event_deeds.is_setting(pair[1]):
        return False
    s = cast.a.sentence_at(m.span.start)
    return s is not None and s.span.start <= before.span.start


def _same_kind(m: Annotation, group: Group) -> bool:
    """Whether a mention may be of an event by its kind: a bare "the X" also by the same noun."""
    first = group.mentions[0]
    families = load_lexicon().events.families
    if families[str(first.value)] == families[str(m.value)]:
        return True
    ceremony = first.rule == DEED and event_deeds.is_setting(m) and first.value == "Launch"
    return bool(m.features["bare"] and (first.features["head"] == m.features["head"] or ceremony))


def _another_day(when: When | None, group: Group, *, bare: bool) -> bool:
    """True where a mention gives a day, or one that names it a month, that is not the event's."""
    return (
        when is not None
        and bool(group.date)
        and len(when.start) >= (len("2000-01-01") if bare else len("2000"))
        and not (group.date or "").startswith(when.start)
        and not when.start.startswith(group.date or "")
    )


def _told_again(m: Annotation, when: When | None, group: Group) -> bool:
    """The same words or the same day; an event that was only called "the workshop" so far takes its first name."""
    name = normal(str(m.features["name"]))
    if any(
        _order(name) != _order(normal(str(g.features["name"])))
        for g in group.mentions[-RECENT:]
        if not g.features["bare"]
    ):
        return False
    if _order(name) & NEXT or _with_others(name, group):
        return False
    if any(fuzz.token_set_ratio(name, normal(str(g.features["name"]))) >= ALIKE for g in group.mentions[-RECENT:]):
        return True
    if when and group.date == when.start and len(when.start) == 10:
        return True
    return all(g.features["bare"] for g in group.mentions) and _dates_agree(when, group)


def _with_others(name: str, group: Group) -> bool:
    """True for "a meeting with X" after one with Y."""
    whom = name.partition(" with ")[2]
    if not whom:
        return False
    before = [normal(str(g.features["name"])).partition(" with ")[2] for g in group.mentions[-RECENT:]]
    return any(b and fuzz.token_set_ratio(whom, b) < ALIKE for b in before)


def _order(name: str) -> set[str]:
    """Words of a name that say which of several events it is: "third", "12th", "next"."""
    return {w for w in name.split() if w in NEXT or w in load_lexicon().dates.ordinals or ORDINAL.fullmatch(w)}


def _points_back(m: Annotation) -> bool:
    """True for "the two-day workshop", not for "the workshop on X" or "the X Workshop"."""
    return bool(m.features["definite"] and not m.features["complement"] and not m.features["capital"])


def _dates_agree(when: When | None, group: Group) -> bool:
    return when is None or group.date in (None, when.start)
