"""Events of a document: every entry of a listing, and in prose those that have a date, a place, a host or guests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from ingest.annotators import events as named
from ingest.annotators.dates import When
from ingest.annotators.names import Names
from ingest.extractors import attendance, event_times, listings
from ingest.extractors.cast import Cast, Member
from ingest.extractors.event_times import when_of
from ingest.extractors.places import places_in
from ingest.extractors.spelling import normal, one_line
from ingest.extractors.values import date_value
from ingest.lexicon import load_lexicon
from ingest.lexicon.relations import any_of
from ingest.model import Annotation

RECENT = 60
"""With how many events before it a mention is compared: what was not told of for so long is not meant."""
LONG = 160
"""Names longer than this are rather clauses than names."""
PLANNED = re.compile(rf"\b{any_of('planned')}\b")
TAKES_PLACE = re.compile(rf"\b{any_of('takes_place')}\b", re.I)
MEETS = re.compile(rf"\b{any_of('meets')}\b", re.I)


@dataclass(slots=True)
class Group:
    """Mentions that are one event, and the date that they give."""

    mentions: list[Annotation] = field(default_factory=list)
    date: str | None = None


def extract(cast: Cast, names: Names) -> None:
    """Adds the events of the text to the cast."""
    for n, entry in enumerate(cast.a.layout.entries):
        listings.extract(cast, n, entry)
    taken = [
        *(p for p in names.projects if p.rule != "project/described"),
        *(i for i in names.instruments if not i.rule.startswith("instrument/agreement")),
    ]
    groups = _groups(cast, named.annotate(cast.a, taken))
    held = {id(g) for g in groups if _held(cast, g.mentions)}
    if not held and not cast.a.layout.entries:
        _title_meeting(cast)
    largest = max((g for g in groups if id(g) in held), key=lambda g: len(g.mentions), default=None)
    for n, group in enumerate(groups):
        if id(group) not in held:
            first = group.mentions[0]
            cast.reject(first.span, "event", "nothing says that it took place: no date, host, guests or full name")
            continue
        main = group is largest and len(group.mentions) > 1
        _add(cast, n, group.mentions, alone=len(held) == 1, main=main)


def _groups(cast: Cast, mentions: Sequence[Annotation]) -> list[Group]:
    """The mentions outside of listings, those of one event together."""
    groups: list[Group] = []
    for m in mentions:
        s = cast.a.sentence_at(m.span.start)
        if s is None or s.line.entry is not None:
            continue
        when = when_of(cast, s, m)
        group = _same_event(m, when, groups)
        if group is None:
            if m.features["head"] in load_lexicon().events.occasions:
                cast.reject(m.span, "event", "it points back to an event, and the text has named none")
                continue
            group = Group()
            groups.append(group)
        group.mentions.append(m)
        if group.date is None and when:
            group.date = when.start
    return groups


def _same_event(m: Annotation, when: When | None, groups: list[Group]) -> Group | None:
    """The event that a mention tells of again, if it is one told before."""
    if m.features["head"] in load_lexicon().events.occasions:
        return groups[-1] if groups else None
    for group in reversed(groups[-RECENT:]):
        if _same_kind(m, group) and not _another_day(when, group):
            if m.features["bare"] or _told_again(m, when, group):
                return group
            if _points_back(m) and _dates_agree(when, group) and group is groups[-1]:
                return group
    return None


def _same_kind(m: Annotation, group: Group) -> bool:
    """Whether a mention may be of an event by its kind: a bare "the X" also by the same noun."""
    first = group.mentions[0]
    families = load_lexicon().events.families
    return families[str(first.value)] == families[str(m.value)] or bool(
        m.features["bare"] and first.features["head"] == m.features["head"]
    )


def _another_day(when: When | None, group: Group) -> bool:
    """True where a mention gives a day that is not the event's."""
    return (
        when is not None
        and bool(group.date)
        and len(when.start) == 10
        and not (group.date or "").startswith(when.start)
    )


def _told_again(m: Annotation, when: When | None, group: Group) -> bool:
    """The same words or the same day; an event that was only called "the workshop" so far takes its first name."""
    name = normal(str(m.features["name"]))
    if any(fuzz.token_set_ratio(name, normal(str(g.features["name"]))) >= 80 for g in group.mentions[-RECENT:]):
        return True
    if when and group.date == when.start and len(when.start) == 10:
        return True
    return all(g.features["bare"] for g in group.mentions) and _dates_agree(when, group)


def _points_back(m: Annotation) -> bool:
    """True for "the two-day workshop", not for "the workshop on X" or "the X Workshop"."""
    return bool(m.features["definite"] and not m.features["complement"] and not m.features["capital"])


def _dates_agree(when: When | None, group: Group) -> bool:
    return when is None or group.date in (None, when.start)


def _held(cast: Cast, mentions: Sequence[Annotation]) -> bool:
    """Whether a group of mentions tells of an event that takes place: dated, hosted, attended, or in the title."""
    return any(_says_held(cast, m, alone=len(mentions) == 1) for m in mentions)


def _says_held(cast: Cast, m: Annotation, *, alone: bool) -> bool:
    s = cast.a.sentence_at(m.span.start)
    if s is None:
        return False
    bare, capital = m.features["bare"], m.features["capital"]
    if s.line.kind == "title" and not bare:
        return True
    words = cast.a.words(s.span)
    dated = when_of(cast, s, m) is not None
    if PLANNED.search(words) and not capital and not dated:
        return False
    if dated or attendance.HELD_BY.search(words) or TAKES_PLACE.search(words):
        # "A workshop" alone, without a day, may be any.
        return not (bare and alone and not (dated or m.features["definite"]))
    return bool(capital and m.features["complement"])


def _title_meeting(cast: Cast) -> None:
    """A title such as "X receives Y", with a first sentence that tells of it, names a meeting."""
    a = cast.a
    title = a.layout.title
    lead = next((s for s in a.sentences if s.line.kind == "prose"), None)
    if title is None or lead is None or not MEETS.search(a.words(title)) or not MEETS.search(a.words(lead.span)):
        return
    name = one_line(a.words(title))
    key = f"event:{normal(name)}:title"
    member = cast.add(key, "Meeting", name, title, "event", "event/title", 0.75)
    days = [d.value for d in cast.dates.within(lead.span) if d.value.kind == "date"]
    if days:
        cast.state(key, "start", date_value(days[0].start), lead.span, "event/date", 0.8)
        member.date = days[0].start
    found = places_in(cast, lead.span, kinds=("Province", "City"))
    if found:
        cast.state(key, "place", found[0], lead.span, "event/place", 0.75)
    for kind in ("person", "organisation"):
        for m in cast.inside(kind, lead.span):
            cast.state(key, "participant", m.key, lead.span, "event/lead", 0.75)
    for s in a.sentences:
        if s.line.kind == "prose":
            attendance.extract(cast, key, s)
    attendance.speakers(cast, key)


def _add(cast: Cast, n: int, group: list[Annotation], *, alone: bool, main: bool) -> None:
    """Adds an event of the prose with what its sentences state; `alone` where it is the only one, `main` where it is
    the one most told of."""
    best = max(group, key=_worth)
    kind = str(best.value)
    if kind == "Event":
        kind = next((str(m.value) for m in group if m.value != "Event"), kind)
    name = one_line(str(best.features["name"])).strip()
    key = f"event:{normal(name)}:p{n}"
    confidence = 0.85 if best.features["complement"] or best.features["capital"] else 0.7
    for m in [best, *(g for g in group if g is not best)]:
        text = name if m.features["bare"] or m is best else one_line(str(m.features["name"]))
        cast.add(key, kind, text, m.span, "event", "event/prose", confidence)
    _keep_names(cast.members[key], name)
    sentences = [s for m in group if (s := cast.a.sentence_at(m.span.start))]
    event_times.extract(cast, key, group, sentences, alone=alone)
    for s in dict.fromkeys(sentences):
        attendance.extract(cast, key, s)
    if alone:
        attendance.speakers(cast, key)
    elif main:
        attendance.speakers(cast, key, cast.members[key].mentions[0].start, 0.55)


def _worth(m: Annotation) -> tuple[int, bool, int]:
    """How good a name is: with capitals and what it is about, and long, but not a whole clause."""
    length = len(str(m.features["name"]))
    return (
        bool(m.features["complement"]) + bool(m.features["capital"]),
        not m.features["bare"],
        -length if length > LONG else length,
    )


def _keep_names(member: Member, name: str) -> None:
    """Only the best name and its like are names; "the workshop" is a mention."""
    alike = (t for t in member.names if t != name and len(t.split()) > 3)
    member.names = {name: 1} | {t: 1 for t in alike if fuzz.token_set_ratio(normal(t), normal(name)) >= 85}
