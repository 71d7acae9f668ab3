"""What is told around an event by other words than "held" and "attended": "hosts were", "it was the work of", "X had
invited", "looking on was", "Y took the chair"; in its sentences and in those after, up to the next event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.annotators.analysis import Sentence
from ingest.extractors import attendance, event_speakers, guest_lists
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.enumerations import BRACKET, chain_after
from ingest.extractors.hosts import TOGETHER, before_verb
from ingest.lexicon.relations import any_of
from ingest.model import Span

SENTENCES = 5
"""So many sentences after an event still tell of it, within its paragraph."""
SHORT, SHORT_LINE = 3, 420
"""So many sentences after an event may begin the next paragraphs and still tell of it."""
REACH = 1500
"""Characters after a sentence in which those that follow it are looked for."""
HOSTS_FOLLOW = re.compile(rf"\b{any_of('hosts_follow')}\s+(?:both\s+)?(?:the\s+)?", re.I)
HOSTS_BEFORE = re.compile(rf"\b{any_of('hosts_before')}\b", re.I)
GUESTS_AFTER = re.compile(rf"\b{any_of('guests_after')}\s*:?\s+", re.I)
GUESTS_MET = re.compile(rf"\b{any_of('guests_met')}\s+", re.I)
GUESTS_BEFORE = re.compile(rf"\b{any_of('guests_before')}\b", re.I)
SIGNED_IT = re.compile(rf"\b{any_of('signed')}\b", re.I)
SIGNED_BY = re.compile(
    r"\b(?:signed|initialled|inked|sealed|exchanged)\s+(?:jointly\s+|today\s+|there\s+)?(?:between|by)\s+"
    r"|\bsignatures? of\s+",
    re.I,
)
SIGNED_AT = frozenset({"Signing", "Launch", "Ceremony", "Event"})
"""Classes of events at which papers are signed."""
INVITATION = re.compile(r"\b(?:(?:at|on|upon)\s+the\s+(?:kind\s+)?invitation\s+of|invited\s+by)\s+(?:the\s+)?", re.I)
WITH = re.compile(r"\s+with\s+(?:the\s+)?")
JOURNEYS = frozenset({"StudyVisit", "Event"})
"""Classes of events that somebody is invited to come to."""
COORDINATED = re.compile(rf"\b{any_of('coordinated')}\s+with\s+(?:both\s+)?(?:the\s+)?", re.I)
TO_ORGANISE = re.compile(
    rf"{BRACKET}\s+(?:to|in)\s+(?:jointly\s+)?(?:organi[sz]|hold|host|conduct|open|launch|stag|run|conven)\w*\s+",
    re.I,
)
INVITES = re.compile(r"\b(?:(?:has|have|had)\s+(?:\w+\s+)?)?(?:invites?|invited)\s+", re.I)
TO_EVENT = re.compile(rf"{BRACKET}\s+(?:to|for)\s+")
OBJECT = 90
"""Characters after "to organise" in which the name of the event begins."""


def extract(cast: Cast, key: str, sentences: Sequence[Sentence]) -> None:
    """States hosts and guests of an event by the sentences that name it and those that follow them."""
    named = list(dict.fromkeys(sentences))
    for s in named:
        if s.line.kind != "title":
            _tell(cast, key, s)
    for s in _following(cast, key, named):
        _tell(cast, key, s)
        attendance.follow(cast, key, s)


def _following(cast: Cast, key: str, named: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences right after those that name an event, up to one that names another: in their paragraphs, and where
    these are short in the next ones."""
    done = {s.span for s in named}
    for s in named:
        if s.line.kind != "prose":
            continue
        after = cast.sentences.within(Span(s.span.end, s.span.end + REACH))
        for n, t in enumerate(after[:SENTENCES]):
            if t.line.span.start > s.span.start and (n >= SHORT or not _short(s) or not _short(t)):
                break
            if t.line.kind not in ("prose", "caption") or t.line.entry != s.line.entry:
                break
            if any(m.key != key for m in cast.inside("event", t.span)) or event_speakers.dated_elsewhere(
                cast, key, t, 4
            ):
                break
            if t.line.kind == "caption":
                continue
            if t.span not in done:
                done.add(t.span)
                yield t


def _short(s: Sentence) -> bool:
    return s.line.span.end - s.line.span.start < SHORT_LINE


def _tell(cast: Cast, key: str, s: Sentence) -> None:
    content = cast.content
    _coordinated(cast, key, s)
    _invited(cast, key, s)
    if cast.members[key].type in JOURNEYS:
        for m in INVITATION.finditer(content, s.span.start, s.span.end):
            for x in chain_after(cast, m.end(), s):
                _state(cast, key, "organiser", x, s, "event/invitation", 0.72)
    for m in HOSTS_FOLLOW.finditer(content, s.span.start, s.span.end):
        hosts = chain_after(cast, m.end(), s)
        if not hosts or _of_another(cast, key, s, m.start()):
            continue
        at = hosts[-1].reach.end
        together = TOGETHER.match(content, at, s.span.end)
        for x in [*hosts, *(chain_after(cast, together.end(), s) if together else [])]:
            _state(cast, key, "organiser", x, s, "event/hosts-follow", 0.78)
    for m in HOSTS_BEFORE.finditer(content, s.span.start, s.span.end):
        found = before_verb(cast, m.start(), s)
        if not found.subjects or _of_another(cast, key, s, m.start()):
            continue
        together = TOGETHER.match(content, m.end(), s.span.end) or WITH.match(content, m.end(), s.span.end)
        company = chain_after(cast, together.end(), s) if together else []
        for x in [*found.subjects, *found.company, *company]:
            _state(cast, key, "organiser", x, s, "event/hosts-before", 0.75)
    guests(cast, key, s)


def guests(cast: Cast, key: str, s: Sentence, sure: float = 1.0) -> None:
    """States the guests that a sentence tells of; `sure` weakens its word where the event was named long before."""
    if not any(cast.inside(kind, s.span) for kind in guest_lists.GUESTS):
        return  # most sentences name nobody, and the patterns are long
    content = cast.content
    for m in GUESTS_AFTER.finditer(content, s.span.start, s.span.end):
        for x in guest_lists.after(cast, m.end(), s):
            _state(cast, key, "participant", x, s, "event/guests-after", round(0.78 * sure, 2))
    for m in GUESTS_BEFORE.finditer(content, s.span.start, s.span.end):
        for x in guest_lists.before(cast, m.start(), s):
            _state(cast, key, "participant", x, s, "event/guests-before", round(0.76 * sure, 2))
    kind = cast.members[key].type
    if kind == "StudyVisit":
        for m in GUESTS_MET.finditer(content, s.span.start, s.span.end):
            for x in guest_lists.after(cast, m.end(), s):
                _state(cast, key, "participant", x, s, "event/guests-met", round(0.7 * sure, 2))
    if kind in SIGNED_AT:
        for m in SIGNED_BY.finditer(content, s.span.start, s.span.end):
            for x in guest_lists.after(cast, m.end(), s):
                if x.kind == "person":
                    _state(cast, key, "participant", x, s, "event/signers", round(0.72 * sure, 2))
    if kind == "Signing":
        for m in SIGNED_IT.finditer(content, s.span.start, s.span.end):
            for x in guest_lists.before(cast, m.start(), s):
                _state(cast, key, "participant", x, s, "event/signers", round(0.75 * sure, 2))


def _coordinated(cast: Cast, key: str, s: Sentence) -> None:
    """ "A coordinated with B and C to organise a forum": all three are hosts."""
    for m in COORDINATED.finditer(cast.content, s.span.start, s.span.end):
        partners = chain_after(cast, m.end(), s)
        if not partners or _of_another(cast, key, s, m.start()):
            continue
        goal = TO_ORGANISE.match(cast.content, partners[-1].reach.end, s.span.end)
        if goal and any(e.key == key for e in cast.inside("event", Span(goal.end(), goal.end() + OBJECT))):
            for x in [*before_verb(cast, m.start(), s).subjects, *partners]:
                _state(cast, key, "organiser", x, s, "event/coordinated", 0.82)


def _invited(cast: Cast, key: str, s: Sentence) -> None:
    """ "A has invited B to a workshop": A is the host, B a guest."""
    for m in INVITES.finditer(cast.content, s.span.start, s.span.end):
        guests = guest_lists.after(cast, m.end(), s)
        goal = TO_EVENT.match(cast.content, guests[-1].reach.end, s.span.end) if guests else None
        if goal and any(e.key == key for e in cast.inside("event", Span(goal.end(), goal.end() + OBJECT))):
            for x in before_verb(cast, m.start(), s).subjects:
                _state(cast, key, "organiser", x, s, "event/invited", 0.78)
            for x in guests:
                _state(cast, key, "participant", x, s, "event/invited", 0.74)


def _of_another(cast: Cast, key: str, s: Sentence, offset: int) -> bool:
    """Whether the last event that a sentence names before an offset is another one."""
    before = cast.inside("event", Span(s.span.start, offset))
    return bool(before) and before[-1].key != key


def _state(cast: Cast, key: str, predicate: str, m: Mention, s: Sentence, rule: str, confidence: float) -> None:
    if m.key == key or (predicate == "participant" and (key, "organiser", m.key) in cast.facts):
        return
    cast.state(key, predicate, m.key, s.span, rule, confidence)
