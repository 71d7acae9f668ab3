"""Events of a document: every entry of a listing, and in prose those that have a date, a place, a host or guests."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from ingest.annotators import events as named
from ingest.annotators.analysis import Sentence
from ingest.annotators.names import Names
from ingest.extractors import (
    attendance,
    event_dates,
    event_deeds,
    event_hosts,
    event_names,
    event_sequels,
    event_speakers,
    event_times,
    event_told_by_verb,
    listings,
)
from ingest.extractors.cast import Cast, Member
from ingest.extractors.event_dates import when_of
from ingest.extractors.event_groups import DEED, POINTING, Group, grouped
from ingest.extractors.event_happens import happens
from ingest.extractors.places import places_in
from ingest.extractors.spelling import normal, one_line
from ingest.extractors.values import date_value
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

LEAD = 2
"""In so many sentences of its prose a text names what it is about."""
SETTINGS = ("day", "week", "month", "year")
"""Heads of events on which others take place."""
SHORT, ALIKE = 40, 70
"""Characters before a name that are looked at, and from how alike (of 100) two names are of one event."""
SETTING_OF = re.compile(r"\b(?:at|during|(?:sidelines|margins|part|framework) of|ahead of|before|within)\s+the\s+$")
SIGNED_AT = re.compile(r"\b(?:signed|inked)\b[^.;]*\b(?:at|during|in)\s+(?:an?|the)\s+(?:\w+\s+){0,3}$")
"""Before the setting of a signing."""
LONG = 160
"""Names longer than this are rather clauses than names."""
MEETS = re.compile(rf"\b{any_of('meets')}\b", re.I)


def extract(cast: Cast, names: Names) -> None:
    """Adds the events of the text to the cast."""
    for n, entry in enumerate(cast.a.layout.entries):
        listings.extract(cast, n, entry)
    entries = _by_words(cast)
    taken = [
        *(p for p in names.projects if p.rule != "project/described"),
        *(i for i in names.instruments if not i.rule.startswith("instrument/agreement")),
    ]
    mentions = named.annotate(cast.a, taken, names.organisations)
    mentions = sorted([*mentions, *event_deeds.deeds(cast, mentions)], key=lambda m: m.span)
    _settings_of_entries(cast, mentions)
    groups = grouped(cast, mentions)
    held = {id(g) for g in groups if _held(cast, g.mentions)}
    if not held and not cast.a.layout.entries:
        _title_meeting(cast)
    central = _central(cast, [g for g in groups if id(g) in held])
    added: list[tuple[str, Group]] = []
    for n, group in enumerate(groups):
        listed = _of_entry(entries, group)
        if listed is not None:
            told = [s for s in _sentences(cast, group.mentions) if when_of(cast, s, group.mentions[0]) is None]
            attendance.extract(cast, listed, told)
            event_sequels.extract(cast, listed, told)
            continue
        if id(group) not in held:
            first = group.mentions[0]
            cast.reject(first.span, "event", "nothing says that it took place: no date, host, guests or full name")
            continue
        added.append((_add(cast, n, group.mentions, alone=len(held) == 1), group))
    for key, _ in added:
        event_told_by_verb.extract(cast, key)
    # Whose guests a sentence tells of shows only where all events are known.
    for key, group in added:
        _people(cast, key, group.mentions, alone=len(held) == 1, main=group is central)
    if len(added) > 1:
        event_speakers.paragraph_speakers(cast, {key for key, _ in added})


def _settings_of_entries(cast: Cast, mentions: Sequence[Annotation]) -> None:
    """Adds the larger events at which entries of a listing took place: "workshop at the X Forum"."""
    for m in mentions if cast.a.layout.entries else ():
        s = cast.a.sentence_at(m.span.start)
        if s is None or s.line.entry is None or m.rule != "event/prose" or not m.features["capital"]:
            continue
        name = one_line(str(m.features["name"]))
        before = cast.content[max(s.span.start, m.span.start - SHORT) : m.span.start]
        if len(name.split()) < 3 or not SETTING_OF.search(before):
            continue
        entry = cast.a.layout.entries[s.line.entry]
        heading = normal(cast.a.words(entry.heading))
        if m.span.start >= entry.heading.end and fuzz.token_set_ratio(normal(name), heading) < ALIKE:
            cast.add(f"event:{normal(name)}:setting", str(m.value), name, m.span, "event", "event/setting", 0.6)


def _by_words(cast: Cast) -> dict[str, list[str]]:
    """The events of a listing by the words of their headings."""
    found: dict[str, list[str]] = defaultdict(list)
    for m in cast.of_kind("event") if cast.a.layout.entries else ():
        for word in set(cast.a.words(m.span).lower().split()):
            found[word].append(m.key)
    return found


def _of_entry(entries: Mapping[str, Sequence[str]], group: Group) -> str | None:
    """ "At the launch" in a note below a listing: the one entry that is a launch."""
    if any(m.rule == DEED or not m.features["bare"] for m in group.mentions):
        return None
    fitting = entries.get(str(group.mentions[0].features["head"]), ())
    return fitting[0] if len(fitting) == 1 else None


def _central(cast: Cast, held: Sequence[Group]) -> Group | None:
    """The event that a text of several tells most of: the first where it begins with it, else the one named most.

    A day that is celebrated, or an event that another one was on the occasion of, is rather the setting.
    """
    lead = [s for s in cast.a.sentences if s.line.kind == "prose"][:LEAD]
    told = [g for g in held if any(m.features["head"] not in SETTINGS for m in g.mentions)] or held
    exact = [g for g in told if len(g.mentions) > 1 or len(g.date or "") != len("2000-01")]
    told = exact or told
    if len(told) == 1 and len(held) > 1:
        return told[0]
    begin = [g for g in told if lead and g.mentions[0].span.start < lead[-1].span.end]
    if begin:
        return begin[0]
    return max((g for g in told if len(g.mentions) > 1), key=lambda g: len(g.mentions), default=None)


def _held(cast: Cast, mentions: Sequence[Annotation]) -> bool:
    """Whether a group of mentions tells of an event that takes place: dated, hosted, attended, or in the title."""
    return any(_says_held(cast, m, alone=len(mentions) == 1) for m in mentions)


def _says_held(cast: Cast, m: Annotation, *, alone: bool) -> bool:
    s = cast.a.sentence_at(m.span.start)
    if s is None:
        return False
    if m.rule == DEED:
        return True
    if s.line.kind == "title" and not m.features["bare"]:
        return True
    return happens(cast, s, m, dated=when_of(cast, s, m) is not None, alone=alone)


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
    attendance.extract(cast, key, [s for s in a.sentences if s.line.kind == "prose"])
    event_speakers.speakers(cast, key)


def _add(cast: Cast, n: int, group: list[Annotation], *, alone: bool) -> str:
    """Adds an event of the prose with its days and places, and gives its key; `alone` where it is the only one."""
    best = max(group, key=_worth)
    kind = str(best.value)
    if kind == "Event":
        kind = next((str(m.value) for m in group if m.value != "Event"), kind)
    if kind in ("Event", "Ceremony") and any(_saw_signing(cast, m) for m in group):
        kind = "Signing"
    name = one_line(str(best.features["name"])).strip()
    key = f"event:{normal(name)}:p{n}"
    confidence = 0.85 if best.features["complement"] or best.features["capital"] else 0.7
    for m in [best, *(g for g in group if g is not best)]:
        text = name if m.features["bare"] or m is best else one_line(str(m.features["name"]))
        cast.add(key, kind, text, m.span, "event", "event/prose", confidence)
    _keep_names(cast.members[key], name)
    if best.rule == DEED:
        _called(cast, key, group)
    event_times.extract(cast, key, group, _sentences(cast, group), alone=alone)
    return key


def _saw_signing(cast: Cast, m: Annotation) -> bool:
    """True for "the pact was signed by A and B at a function"."""
    s = cast.a.sentence_at(m.span.start)
    if (
        s is None
        or m.features["complement"]
        or m.features["head"] not in ("ceremony", "function", "gathering", "event")
    ):
        return False
    return SIGNED_AT.search(cast.content, s.span.start, m.span.start) is not None


def _called(cast: Cast, key: str, group: Sequence[Annotation]) -> None:
    """Adds what the text itself calls a deed later on: "the launch event"."""
    for m in group:
        if m.rule not in (DEED, "event/occasion") and cast.members[key].type == m.value:
            cast.members[key].names.setdefault(one_line(str(m.features["name"])), 1)


def _sentences(cast: Cast, group: Sequence[Annotation]) -> list[Sentence]:
    return [s for m in group if (s := cast.a.sentence_at(m.span.start))]


def _people(cast: Cast, key: str, group: Sequence[Annotation], *, alone: bool, main: bool) -> None:
    """States hosts and guests of an event; `main` where it is the one most told of."""
    sentences = _sentences(cast, group)
    event_hosts.owners(cast, key, group)
    for m in group:
        named = cast.a.sentence_at(m.span.start)
        if m.rule == DEED:
            event_deeds.state(cast, key, m)
        elif named is not None:
            event_names.extract(
                cast, key, Span(m.span.start, min(m.span.end + event_names.BEHIND, named.span.end)), named
            )
    attendance.extract(cast, key, dict.fromkeys(sentences))
    for s in dict.fromkeys(sentences):
        head = event_dates.dated_head(cast, s)
        if head is not None:
            below = cast.sentences.within(Span(max(s.span.end, head[1].span.end), head[1].line.span.end))
            attendance.extract(cast, key, below, listing=True)
    event_sequels.extract(cast, key, sentences)
    if (alone or main) and cast.members[key].type == "Launch":
        event_hosts.launchers(cast, key, [str(m.features["name"]) for m in group])
    event_hosts.seats(cast, key, sentences)
    if alone or main:
        _follow(cast, key)
    if alone:
        event_speakers.speakers(cast, key)
    elif main:
        event_speakers.speakers(cast, key, _begins(cast, key), 0.55)


def _begins(cast: Cast, key: str) -> int:
    """Where a text begins to tell of its main event: with its first words, if the first sentences name it."""
    lead = [s for s in cast.a.sentences if s.line.kind == "prose"][:LEAD]
    first = cast.members[key].mentions[0].start
    return 0 if lead and first < lead[-1].span.end else first


def _follow(cast: Cast, key: str) -> None:
    """Looks for guests in the prose after an event was named first, up to where another is named."""
    for s in cast.sentences.within(Span(cast.members[key].mentions[0].start, len(cast.content))):
        if s.line.entry is None and s.line.kind == "prose" and not cast.inside("event", s.span):
            if event_speakers.after_another(cast, key, s):
                continue
            if not event_speakers.elsewhere(cast, key, s):
                attendance.follow(cast, key, s)
                event_sequels.guests(cast, key, s, 0.9)


def _worth(m: Annotation) -> tuple[int, int, int]:
    """How good a name is: with capitals and what it is about, and long, but not a whole clause."""
    length = len(str(m.features["name"]))
    return (
        bool(m.features["complement"]) + bool(m.features["capital"]),
        2 * (not m.features["bare"]) + (m.rule not in POINTING),
        -length if length > LONG else length,
    )


def _keep_names(member: Member, name: str) -> None:
    """Only the best name and its like are names; "the workshop" is a mention."""
    alike = (t for t in member.names if t != name and len(t.split()) > 3)
    member.names = {name: 1} | {t: 1 for t in alike if fuzz.token_set_ratio(normal(t), normal(name)) >= 85}
