"""When and where a signing or a launch was, from the sentence that tells the deed: "the pact was signed in Lima"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast, Member
from ingest.extractors.places import places_in
from ingest.extractors.values import date_value, is_day
from ingest.model import Span

VERBS: Mapping[str, re.Pattern[str]] = {
    "Signing": re.compile(
        r"\b(?:signed|is signed|are signed|signs|inked|sealed|concluded|initialled|put (?:their|his|her) signatures?)\b"
    ),
    "Launch": re.compile(r"\b(?:launched|launches|unveiled|rolled out|kicked off|inaugurated)\b"),
}
OTHER_TIME = re.compile(
    r"\b(?:had been|to be|will be|previously|earlier|was first|last year|in (?:19|20)\d\d|since|after|before)\b"
    r"[^.;,]{0,40}$"
)
"""Before a verb that tells of another deed."""
LIMIT = re.compile(r"\b(?:until|till|through|by|before|since|after|dated|from)\s+(?:on\s+)?$")
NO_NAMES = frozenset({"launch", "launching", "official", "ceremony", "event", "signing", "project", "programme"})
"""Words of the name of an event that do not say what was signed or launched."""
WORD = re.compile(r"[^\W\d_]{4,}")
SHORT, BEFORE = 20, 60


def extract(cast: Cast, key: str) -> None:
    """States day and place of a signing or launch that has none, where it is the only one of its class."""
    member = cast.members[key]
    verbs = VERBS.get(member.type)
    lacks = [p for p in ("start", "place") if not cast.tells(key, p)]
    if verbs is None or not lacks or any(m.type == member.type and k != key for k, m in _events(cast)):
        return
    things = {w.lower() for name in member.names for w in WORD.findall(name)} - NO_NAMES
    for s in cast.a.sentences:
        if s.line.kind not in ("prose", "caption") or any(m.key != key for m in cast.inside("event", s.span)):
            continue
        verb = verbs.search(cast.content, s.span.start, s.span.end)
        if verb is None or OTHER_TIME.search(cast.content, max(s.span.start, verb.start() - BEFORE), verb.start()):
            continue
        if member.type == "Launch" and not things & {w.lower() for w in WORD.findall(cast.a.words(s.span))}:
            continue
        _state(cast, key, s, verb.end(), lacks)
        lacks = [p for p in lacks if not cast.tells(key, p)]


def _state(cast: Cast, key: str, s: Sentence, verb: int, lacks: list[str]) -> None:
    if "start" in lacks:
        for d in cast.dates.within(s.span):
            before = cast.content[max(s.span.start, d.span.start - SHORT) : d.span.start]
            if is_day(d.value) and not d.value.end and d.value.year and not LIMIT.search(before):
                cast.state(key, "start", date_value(d.value.start), s.span, "event/deed-day", 0.72)
                cast.members[key].date = d.value.start
                break
    if "place" in lacks:
        found = places_in(cast, Span(verb, s.span.end), kinds=("Province", "City"))
        found = found or places_in(cast, Span(s.span.start, verb), kinds=("City",))
        if found:
            cast.state(key, "place", found[0], s.span, "event/deed-place", 0.68)


def _events(cast: Cast) -> list[tuple[str, Member]]:
    return [(k, m) for k, m in cast.members.items() if k.startswith("event:")]
