"""What other sentences and the occasion tell of the signing of an agreement that the text has named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.annotators.analysis import Sentence
from ingest.annotators.dates import When
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.enumerations import chain_after
from ingest.extractors.places import places_in
from ingest.extractors.signatures import SIGNERS, TELLS_SIGNING, by_proxy, chain_for, named, parties_of
from ingest.extractors.signing import AGREEMENTS, SIGNED
from ingest.extractors.signing_sequels import THAT_WAS, when_and_where
from ingest.extractors.values import date_value, day_near, is_day, place_near
from ingest.model import Span

SIGNING = r"(?:signed|initialled|initialed|inked)"
WAS_SIGNED_BY = re.compile(
    r"\b(?:was|were|been)\s+(?:jointly\s+)?(?:signed|inked|concluded|initialled|exchanged|sealed)"
    r"(?:\s+(?:on|in)\s+[^,.;]{3,30})*,?\s+(?:by|between)\s+(?:the\s+)?",
    re.I,
)
ON_BEHALF = r"(?:for|on behalf of|in the name of)\s+(?:the\s+)?"
NAME = r"(?-i:(?:(?:Mr|Ms|Mrs|Dr|Prof|H\.E)\.?\s+)?[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,4})"
SIGNED_FOR = (
    re.compile(rf"\b{SIGNING}\s+(?:the\s+\w+\s+|it\s+)?{ON_BEHALF}", re.I),
    re.compile(rf"\b{SIGNING}\s+(?:the|an?)\s[^.;,]{{3,70}}?\s(?:on behalf of|in the name of)\s+(?:the\s+)?", re.I),
    re.compile(rf"\b(?:while|and|,)\s+(?:[\w.]+\s+){{1,6}}?(?:did so|{SIGNING})\s+{ON_BEHALF}", re.I),
    re.compile(rf"(?:\b(?:while|and)|,)\s+{NAME}\s+{ON_BEHALF}", re.I),
    re.compile(
        r"(?:(?-i:\bFor|\bOn behalf of)|(?:[,;]|\band)\s(?:for|on behalf of))\s+(?:the\s+)?"
        rf"(?=[^.;]{{3,90}}?\b(?:{SIGNING}|by)\b)",
        re.I,
    ),
)
""" "Ms X signed for", "and Mr Y for", "For A the agreement was signed by": the party follows."""
TELLS_PLACE = re.compile(r"\b(?:took place|was held)\b")
OCCASION = re.compile(
    r"\b(?:at the (?:end|close|margins?)|on (?:the )?(?:side-?lines|margins|occasion)|on this occasion"
    r"|during|after|following|in the framework|within the framework|at (?:the|a|this)|before)\b[^.;]{0,20}?"
    r"(?:\b(?:meeting|ceremony|visit|conference|forum|talks|workshop|seminar|launch|event|session|consultation|fair|occasion)\b)",
    re.I,
)
SENTENCES_BACK = 3
DATELINE = 45
"""Characters of a line in which a dateline has its date."""


@dataclass(frozen=True, slots=True)
class Signing:
    """An agreement and a sentence that says that it was signed."""

    key: str
    sentence: Sentence


def signable(cast: Cast, key: str) -> bool:
    """Whether parties sign such an instrument: an agreement, or the programme of a UN body for a country."""
    member = cast.members[key]
    return member.type in AGREEMENTS or member.rule == "instrument/country-programme"


def told_later(cast: Cast, signings: Iterable[Signing]) -> None:
    """Sentences on "the agreement", already named: who signed it, for whom, when and where; else the occasion."""
    for m in cast.of_kind("instrument-anaphor"):
        s = cast.a.sentence_at(m.span.start)
        if s is None or not signable(cast, m.key) or cast.inside("instrument", s.span):
            continue
        for by in WAS_SIGNED_BY.finditer(cast.content, s.span.start, s.span.end):
            for x in parties_of(cast, chain_after(cast, by.end(), s, SIGNERS, offices=True), m.key):
                cast.state(m.key, "party", x.key, s.span, "agreement/signed-by", 0.8)
        for x in parties_of(cast, named(cast, s), m.key):
            cast.state(m.key, "party", x.key, s.span, "agreement/signatories", 0.8)
        signed = SIGNED.search(cast.a.words(s.span)) or TELLS_PLACE.search(cast.a.words(s.span))
        if signed:
            _later_day_and_place(cast, m, s, s.span.start + signed.start())
    _signed_for(cast)
    for signing in signings:
        _from_occasion(cast, signing)


def _later_day_and_place(cast: Cast, m: Mention, s: Sentence, verb: int) -> None:
    dated, placed = cast.tells(m.key, "signedOn"), cast.tells(m.key, "place")
    when = day_near(cast, s, m.span, SIGNED)
    if when is not None and not dated:
        cast.state(m.key, "signedOn", date_value(when.start), s.span, "agreement/date-later", 0.8)
    where = place_near(cast, s, after=verb)
    if where is not None and not placed:
        cast.state(m.key, "place", where, s.span, "agreement/place-later", 0.75)


def _signed_for(cast: Cast) -> None:
    """ "Ms X signed for Y": Y is a party of the last agreement named."""
    agreements = [m for m in cast.of_kind("instrument") if signable(cast, m.key)]
    at = 0
    for s in cast.a.sentences:
        while at < len(agreements) and agreements[at].span.start < s.span.end:
            at += 1
        if not at or not TELLS_SIGNING.search(cast.content, s.span.start, s.span.end):
            continue
        key = agreements[at - 1].key
        for pattern in SIGNED_FOR:
            for match in pattern.finditer(cast.content, s.span.start, s.span.end):
                for x in chain_for(cast, match.end(), s):
                    cast.state(key, "party", x.key, s.span, "agreement/signed-for", 0.8)
        for x in by_proxy(cast, s):
            cast.state(key, "party", x.key, s.span, "agreement/signed-for", 0.8)
            _next_sentence(cast, key, s)


def _next_sentence(cast: Cast, key: str, s: Sentence) -> None:
    """ "Ms X signed for Y. It was done in Z on 3 May.": the day and the place."""
    after = cast.a.sentence_at(min(s.span.end + 1, s.line.span.end - 1))
    if after is not None and after != s and after.line == s.line and THAT_WAS.match(cast.a.words(after.span)):
        when_and_where(cast, key, after, after.span.start)


def _from_occasion(cast: Cast, signing: Signing) -> None:
    """The day and the place of an agreement whose own sentence tells neither: those of what it was signed at."""
    key, s = signing.key, signing.sentence
    found = _entry(cast, s) or _dateline(cast, s) or _event(cast, s) or _sentence_before(cast, s)
    if found is None:
        return
    day, place = found
    told = [str(value.lexical) for value in cast.objects(key, "signedOn") if not isinstance(value, str)]
    if told and day not in told:
        return  # it was signed on another occasion
    if day and of_another_time(cast, s, day):
        return
    if day and not cast.tells(key, "signedOn"):
        cast.state(key, "signedOn", date_value(day), s.span, "agreement/occasion-date", 0.7)
    if place and not cast.tells(key, "place"):
        cast.state(key, "place", place, s.span, "agreement/occasion-place", 0.65)


def of_another_time(cast: Cast, s: Sentence, day: str) -> bool:
    """Whether the paragraph was last in an earlier year than that of the occasion: "It goes back to 2014, when ..."."""
    before = cast.dates.within(Span(s.line.span.start, s.span.start))
    last = next((d.value for d in reversed(before) if d.value.kind in ("date", "year") and d.value.year), None)
    return last is not None and last.start[:4] < day[:4]


Occasion = tuple[str, str | None]
"""An ISO date and the IRI of a place."""


def _entry(cast: Cast, s: Sentence) -> Occasion | None:
    """The entry of a listing that the sentence stands in."""
    if s.line.entry is None:
        return None
    entry = cast.a.layout.entries[s.line.entry]
    when: When = entry.date.value
    places = cast.places.within(entry.place) if entry.place else []
    month = when.end is not None and when.end[:7] == when.start[:7]
    # Within an event of several days of one month, the month is all that is told.
    day = when.start[:7] if month else when.start
    return (day, places[0].value.iri if places else None) if when.year else None


def _dateline(cast: Cast, s: Sentence) -> Occasion | None:
    """ "Nairobi, 3 May 2021. The ...": the place and the day that the line begins with."""
    line = s.line.span
    head = Span(line.start, min(line.end, line.start + DATELINE))
    day = next((d for d in cast.dates.within(head) if is_day(d.value)), None)
    if day is None or not cast.places.within(Span(line.start, day.span.start)):
        return None
    place = cast.places.within(Span(line.start, day.span.start))[0]
    starts = place.span.start == line.start and day.span.start - place.span.end < DATELINE // 2
    lead = next((x.line for x in cast.a.sentences if x.line.kind == "prose"), None)
    # The first dateline of a report says where it was written; those of a diary say where things happened.
    there = None if s.line == lead else place.value.iri
    return (day.value.start, there) if starts else None


def _event(cast: Cast, s: Sentence) -> Occasion | None:
    """ "At the end of the meeting": the last event named; else the events before, where all were on one day."""
    events = [m.key for m in cast.inside("event", Span(0, s.span.end)) if cast.tells(m.key, "start")]
    days = {str(value) for key in events for value in cast.objects(key, "start")}
    if not events or not (len(days) == 1 or OCCASION.search(cast.a.words(s.span))):
        return None
    day = cast.objects(events[-1], "start")[0]
    places = [value for value in cast.objects(events[-1], "place") if isinstance(value, str)]
    return (day if isinstance(day, str) else day.lexical), next(iter(places), None)


def _sentence_before(cast: Cast, s: Sentence) -> Occasion | None:
    """The day that a sentence before in the same paragraph tells, where it is the only one of that sentence."""
    before: Sentence | None = s
    for _ in range(SENTENCES_BACK):
        before = cast.a.sentence_at(max(0, before.span.start - 3)) if before is not None else None
        if before is None or before.line != s.line or before == s:
            return None
        days = [d for d in cast.dates.within(before.span) if is_day(d.value)]
        if len(days) == 1:
            return days[0].value.start, next(iter(places_in(cast, before.span)), None)
    return None
