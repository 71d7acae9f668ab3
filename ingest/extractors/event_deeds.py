"""Events that a verb tells and no noun names: "X launched the Y in Z on 3 May", "a delegation of X visited Y".

A deed is an event only where its sentence says when: to the day, for one of the first sentences; else with the place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.annotators.analysis import Sentence
from ingest.annotators.phrases import phrase_end, trim_place
from ingest.extractors import guest_lists
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.extractors.hosts import after_preposition, before_verb
from ingest.extractors.places import places_in
from ingest.extractors.spelling import one_line
from ingest.extractors.values import is_day
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

FIRST_SENTENCES = 3
"""In so many sentences a text tells what it is about."""
OTHER_DEED = re.compile(r"\b(?:since|until|by|before|after|dated|signed|from)\s+(?:on\s+)?$", re.I)
ARTICLE = re.compile(r"\s+(?:the|a|an|its|their|his|her|this)\s+", re.I)
BETWEEN_PLACES = re.compile(r"\s*(?:,|and|,\s*and)?\s*(?:the\s+)?(?:cit(?:y|ies) of\s+|provinces? of\s+)?")
AT_ONE = re.compile(r",?\s+(?:at|during)\s+(?:an?|the)\s")
"""Before the setting of a deed."""
BY = re.compile(r"\bby\s+(?:the\s+)?")
JOURNEYS = frozenset({"visit", "tour", "trip", "mission", "excursion", "meeting"})
WAS = re.compile(r"\b(?:was|were|has been|have been)\s+(?:\w+ly\s+)?$")
NO_MAIN_VERB = re.compile(r"\b(?:to be|which|that|who|to|will|would|when|since|after|having|being)\s+(?:\w+\s+)?$")
"""Before a verb that is not what the sentence tells."""
RELATIVE = re.compile(r",?\s+(?:which|that)\s+(?:the\s+)?[^,;]{2,90}$")
PEOPLE = re.compile(
    r"\b(?:delegation|delegates|team|mission|group|officials|representatives|ambassador|minister|president"
    r"|director|chief|head|chairman|governor)\b",
    re.I,
)
GROUP = re.compile(
    r"\b(?:delegat(?:ion|es)|team|group|officials|representatives|members|teachers|trainers|instructors|principals"
    r"|directors|experts|managers|rectors|inspectors|participants|students|they)\b",
    re.I,
)
"""Those who visit a school to learn; a president who does so pays it a visit."""
TO_LEARN = re.compile(
    r"\b(?:college|school|institute|academy|university|centre|center|company|factory|plant|workshops?)\b", re.I
)
LONGEST_GAP, REACH = 90, 140
NEXT = 16
"""Characters between a verb and whom it is about, with an article or a title."""


@dataclass(frozen=True, slots=True)
class _Deed:
    """A kind of deed: its verbs, the class and the noun of the event, and what its object must name."""

    verbs: re.Pattern[str]
    kind: str
    noun: str
    things: re.Pattern[str]
    preposition: str = "of"


def _compiled(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(name)}\b", re.I)


DEEDS = (
    _Deed(_compiled("launches_it"), "Launch", "launch", re.compile(rf"\b{any_of('launched_things')}\b", re.I)),
    _Deed(_compiled("opens_it"), "Ceremony", "opening", re.compile(rf"\b{any_of('opened_things')}\b", re.I)),
    _Deed(_compiled("hands_over_it"), "Ceremony", "handover", re.compile(r"\bto\b")),
    _Deed(
        _compiled("awards_it"), "Ceremony", "award", re.compile(rf"^(?:[\w-]+ ){{0,3}}{any_of('awarded_things')}", re.I)
    ),
    _Deed(
        _compiled("breaks_ground"), "Ceremony", "groundbreaking", re.compile(rf"\b{any_of('opened_things')}\b", re.I)
    ),
    _Deed(_compiled("come_together"), "Meeting", "meeting", re.compile(r"\w"), "on"),
    _Deed(_compiled("visits_it"), "Event", "visit", re.compile(r"\w"), "to"),
    _Deed(_compiled("talks_with"), "Meeting", "meeting", PEOPLE, "with"),
)
TALKS = DEEDS[-1]
VISIT = DEEDS[-2]
GATHERING = next(d for d in DEEDS if d.preposition == "on")
TO_TALK = re.compile(rf"[^;.]{{0,160}}?\b{any_of('come_together_on')}")
SIGNING = _Deed(
    _compiled("signed"),
    "Signing",
    "signing",
    re.compile(r"\b(?:agreements?|memorand(?:um|a)|mou|protocol|contract|compact)\b", re.I),
)
"""A deed where a later sentence speaks of "the signing"."""


def deeds(cast: Cast, named: Sequence[Annotation]) -> list[Annotation]:
    """The deeds of a text in order, as mentions of events (rule `event/deed`); `named` are the events with a noun."""
    starts = [m.span.start for m in named if not (m.features["bare"] or is_setting(m))]
    full = [m for m in named if m.rule == "event/prose" and not (m.features["bare"] or _with_whom(m))]
    told = {str(m.features["head"]) for m in full} | {"meeting" for m in full if m.value == "Meeting"}
    told |= {"visit"} if told & JOURNEYS else set()
    kinds = (*DEEDS, SIGNING) if any(m.features["head"] == "signing" and m.features["bare"] for m in named) else DEEDS
    prose = [s for s in cast.a.sentences if s.line.kind == "prose" and s.line.entry is None]
    found = []
    for n, s in enumerate(prose):
        if bisect_left(starts, s.span.start) < bisect_left(starts, s.span.end):
            continue
        deed = next(_told(cast, s, kinds, lead=n < FIRST_SENTENCES), None)
        if deed is not None and deed.features["head"] not in told:
            found.append(deed)
    return found


def _with_whom(m: Annotation) -> bool:
    """True for "a meeting with the X": one of several, that says nothing of another."""
    return f"{m.features['head']} with " in str(m.features["name"]).lower() and not m.features["definite"]


def is_setting(m: Annotation) -> bool:
    """True for "a colourful ceremony", at which something else was done that names the event."""
    plain = m.features["head"] in ("ceremony", "function", "gathering") and m.value in ("Ceremony", "Event")
    return plain and not m.features["complement"]


def state(cast: Cast, key: str, m: Annotation) -> None:
    """States who did a deed: the hosts of a launch, an opening or a handover, the people of talks and visits."""
    s = cast.a.sentence_at(m.span.start)
    if s is None:
        return
    if m.features["head"] == "visit":
        _visited(cast, key, m, s)
    if m.features["head"] in ("meeting", "visit", "signing"):
        people = cast.inside("person", s.span)
        for x in cast.inside_any(("person", *BODIES), s.span):
            if x.kind == "person" or not _in_office(cast, people, x):
                cast.state(key, "participant", x.key, s.span, "event/deed-people", 0.75)
        return
    passive = WAS.search(cast.content, _near(s, m.span.start), m.span.start) is not None
    by = BY.search(cast.content, m.span.end, s.span.end) if passive else None
    hosts = before_verb(cast, m.span.start, s) if not passive else None
    if by is not None:
        hosts = after_preposition(cast, by.end(), s)
    for x in [*hosts.subjects, *hosts.company] if hosts is not None else []:
        cast.state(key, "organiser", x.key, s.span, "event/deed-host", 0.75)
    for x in cast.inside("person", s.span):
        cast.state(key, "participant", x.key, s.span, "event/deed-people", 0.75)


def _in_office(cast: Cast, people: Sequence[Mention], body: Mention) -> bool:
    """True for a body that only says who a person is: "Ms A, head of the B, visited C"."""
    return any(
        p.reach.start <= body.span.start < p.reach.end
        or (p.span.end < body.span.start and guest_lists.HER_BODY.match(cast.content[p.reach.end : body.reach.start]))
        for p in people
        if abs(body.span.start - p.span.start) < REACH
    )


def _visited(cast: Cast, key: str, m: Annotation, s: Sentence) -> None:
    """The places right after "visited": "Lima and Cusco"."""
    at = m.span.end
    for p in cast.places.within(Span(at, s.span.end)):
        if not BETWEEN_PLACES.fullmatch(cast.content, at, p.span.start):
            break
        if not cast.covering("organisation", p.span.start):
            cast.state(key, "place", p.value.iri, s.span, "event/visited", 0.75)
        at = p.span.end


def _told(cast: Cast, s: Sentence, kinds: Sequence[_Deed], *, lead: bool) -> Iterator[Annotation]:
    if not _when_and_where(cast, s, lead=lead):
        return
    for deed in kinds:
        if deed in (TALKS, VISIT) and not lead and not _has_place(cast, s):
            continue
        for verb in deed.verbs.finditer(cast.content, s.span.start, s.span.end):
            if NO_MAIN_VERB.search(cast.content, _near(s, verb.start()), verb.start()):
                continue
            mention = _mention(cast, s, deed, verb)
            if mention is not None:
                yield mention


def _when_and_where(cast: Cast, s: Sentence, *, lead: bool) -> bool:
    """Whether a sentence says on which day it was, and, unless it is one of the first, where."""
    days = [
        d
        for d in cast.dates.within(s.span)
        if is_day(d.value) and (d.value.end or not _of_another(cast, s, d.span.start))
    ]
    if not days:
        return False
    return lead or _has_place(cast, s)


def _has_place(cast: Cast, s: Sentence) -> bool:
    return bool(places_in(cast, s.span, kinds=("Province", "City")))


def _of_another(cast: Cast, s: Sentence, date: int) -> bool:
    return OTHER_DEED.search(cast.content, max(s.span.start, date - 16), date) is not None


def _mention(cast: Cast, s: Sentence, deed: _Deed, verb: re.Match[str]) -> Annotation | None:
    """The event of a deed whose object, or in the passive whose subject, is a thing that makes it one."""
    passive = WAS.search(cast.content, _near(s, verb.start()), verb.start())
    if deed is GATHERING:
        if passive is not None or not _has_place(cast, s) or not _acts(cast, s, verb.start()):
            return None
        talk = TO_TALK.match(cast.content, verb.end(), s.span.end)
        name = _phrase_after(cast, s, talk.end()) if talk else deed.noun
    elif passive is not None:
        name = _phrase_before(cast, s, passive.start()) if deed not in (TALKS, VISIT) else ""
    elif _acts(cast, s, verb.start()):
        relative = RELATIVE.search(cast.content, _near(s, verb.start()), verb.start())
        name = _phrase_before(cast, s, relative.start()) if relative else _phrase_after(cast, s, verb.end())
    else:
        return None
    if not name or not _is_thing(cast, deed, s, name, verb.end()):
        return None
    group = GROUP.search(cast.content, _near(s, verb.start()), verb.start()) is not None
    kind = "StudyVisit" if deed is VISIT and group and TO_LEARN.search(name) else deed.kind
    unnamed = name == deed.noun or (" " not in name and name.islower() and deed is not GATHERING)
    features = {
        "name": deed.noun if unnamed else f"{deed.noun} {deed.preposition} {one_line(name)}",
        "head": deed.noun,
        "bare": False,
        "modified": False,
        "definite": False,
        "complement": True,
        "capital": False,
    }
    return Annotation(Span(*verb.span()), "event", kind, "event/deed", features)


def _near(s: Sentence, offset: int) -> int:
    """The begin of the stretch before an offset that is looked at, however long the sentence is."""
    return max(s.span.start, offset - REACH)


def _acts(cast: Cast, s: Sentence, verb: int) -> bool:
    """Whether somebody who is named, or a delegation, stands before a verb."""
    before = Span(max(s.span.start, verb - 3 * LONGEST_GAP), verb)
    return bool(cast.inside_any((*BODIES, "person"), before)) or PEOPLE.search(cast.a.words(before)) is not None


def _is_thing(cast: Cast, deed: _Deed, s: Sentence, name: str, offset: int) -> bool:
    if deed.noun == "launch" and any(
        name.find(n) >= 0 for m in cast.inside("project", s.span) for n in cast.members[m.key].names
    ):
        return True
    if deed is VISIT:
        place = next(iter(cast.places.within(Span(offset, min(offset + NEXT, s.span.end)))), None)
        people = PEOPLE.search(cast.content, _near(s, offset), offset)
        return bool(cast.inside_any(BODIES, s.span)) or (place is not None and people is not None)
    if deed is TALKS and cast.inside_any(("person", *BODIES), Span(offset, offset + NEXT)):
        return True
    return deed.things.search(name) is not None


def _phrase_after(cast: Cast, s: Sentence, offset: int) -> str:
    """The object that follows a verb: a noun phrase, without its article."""
    article = ARTICLE.match(cast.content, offset, s.span.end)
    first = cast.a.token_at(article.end() if article else offset)
    end = trim_place(cast.a, first, phrase_end(cast.a, first, s))
    name = cast.content[cast.a.tokens[first].start : cast.a.tokens[end - 1].end] if end > first else ""
    return AT_ONE.split(name, maxsplit=1)[0]


def _phrase_before(cast: Cast, s: Sentence, offset: int) -> str:
    """The subject that ends before a verb: a named thing, or what follows the last article."""
    near = _near(s, offset)
    named = cast.inside_any(("project", "organisation"), Span(near, offset))
    if named and offset - named[-1].span.end < 30:
        return cast.a.words(named[-1].span)
    articles = list(re.finditer(r"\b(?:[Tt]he|[Aa]n?)\s+", cast.content[near:offset]))
    return cast.content[near + articles[-1].end() : offset].strip(" ,") if articles else ""
