"""What the sentences around an agreement tell of it as "it": "B concluded it with C", "A and B are its parties", "in
this agreement, A and B promise ...", "that was on 3 May"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.extractors.enumerations import BRACKET, chain_after, chain_before
from ingest.extractors.signatures import SIGNERS, bodies_of, named, parties_of
from ingest.extractors.signing import AGREEMENTS, SIGNED, the_two
from ingest.extractors.values import date_value, day_near, is_day, place_near
from ingest.lexicon.relations import any_of
from ingest.model import Span

SENTENCES = 4
"""So many sentences after an agreement still tell of it, within its paragraph."""
REACH = 1500
"""Characters after a sentence in which those that follow it are looked for."""
IT = re.compile(rf"\b{any_of('signed')}(?:\s+it\b(?:\s+(?:jointly\s+)?with\s+(?:the\s+)?)?|(?<=under)\s+it\b)", re.I)
WITH = re.compile(r"with\s+(?:the\s+)?$", re.I)
AS_PARTY = re.compile(
    r"\b(?:signed|signs?|joined)\s+(?:too|as well"
    r"|(?:it\s+)?as\s+(?:an?|the)\s+(?:[a-z]+\s+)?(?:party|partner|signatory))\b",
    re.I,
)
PARTIES_ARE = re.compile(
    r"\b(?:its|the)\s+(?:two\s+|three\s+|contracting\s+)?(?:parties|signatories)"
    r"(?:\s+(?:to|of)\s+(?:it|the\s+\w+|this\s+\w+))?\s+(?:are|were):?\s+(?:the\s+)?",
    re.I,
)
IN_IT = re.compile(r"^(?:In|With|By|Through|Under)\s+(?:an?|the|this|that|their)\s+(?:new\s+)?$")
ACT = re.compile(
    r"\s+(?:have\s+|had\s+)?(?:laid\s+down|agreed?|promised?|committed?|undert(?:ake|ook)|pledged?|set\s+out|fixed|settled"
    r"|decided?|regulated?|want\s+to|will|regulate|established?|recogni[sz]ed?)\b"
)
""" "In an agreement on X, A and B agreed": those who bind themselves by it."""
SIGNATURE = re.compile(r"\b(?:signatures?|signing|signed|concluded|initialled|inked)\b", re.I)
THAT_WAS = re.compile(
    r"^(?:(?:That|This|It)\s+(?:was|happened|took\s+place|came\s+about|was\s+done)"
    r"|The\s+(?:signing|signature|ceremony|signing\s+ceremony)\s+(?:was|was\s+held|took\s+place|happened))\s+(?:on|in|at)\b"
)


def told_around(cast: Cast) -> None:
    """States the parties, days and places of agreements by the sentences around their names."""
    seen: set[Span] = set()
    for m in list(cast.of_kind("instrument")):
        if cast.members[m.key].type not in AGREEMENTS:
            continue
        s = cast.a.sentence_at(m.span.start)
        if s is None or s.line.kind in ("boilerplate", "title"):
            continue
        _in_it(cast, m, s)
        _later(cast, m, s, seen)


def _in_it(cast: Cast, m: Mention, s: Sentence) -> None:
    """ "In an agreement on X, A and B agreed": A and B are its parties."""
    begin = cast.content.rfind(" ", s.span.start, m.span.start) + 1
    if not IN_IT.match(cast.content[s.span.start : max(begin, m.span.start)]):
        return
    comma = cast.content.find(",", m.span.end, s.span.end)
    found = chain_after(cast, comma + 1, s) if comma >= 0 and comma - m.span.end < 60 else []
    if len(found) > 1 and ACT.match(cast.content, _end(cast, found[-1], s), s.span.end):
        _parties(cast, m.key, found, s, "agreement/in-it")


def _end(cast: Cast, m: Mention, s: Sentence) -> int:
    bracket = re.compile(BRACKET).match(cast.content, m.reach.end, s.span.end)
    return bracket.end() if bracket else m.reach.end


def _later(cast: Cast, m: Mention, s: Sentence, seen: set[Span]) -> None:
    told_signed = SIGNED.search(cast.content, s.span.start, s.span.end) is not None
    for t in _following(cast, m, s, seen):
        words = cast.a.words(t.span)
        for verb in IT.finditer(cast.content, t.span.start, t.span.end):
            told_signed = True
            _parties(cast, m.key, chain_before(cast, verb.start(), t, SIGNERS, offices=True), t, "agreement/signed-it")
            if WITH.search(verb.group()):
                _parties(cast, m.key, chain_after(cast, verb.end(), t), t, "agreement/signed-it")
            when_and_where(cast, m.key, t, verb.start())
        for verb in AS_PARTY.finditer(cast.content, t.span.start, t.span.end):
            _parties(
                cast, m.key, bodies_of(cast, chain_before(cast, verb.start(), t, SIGNERS)), t, "agreement/as-party"
            )
        _parties(cast, m.key, named(cast, t), t, "agreement/its-parties")
        if SIGNATURE.search(words) and not cast.tells(m.key, "party"):
            _parties(cast, m.key, the_two(cast, t), t, "agreement/the-two")
        for are in PARTIES_ARE.finditer(cast.content, t.span.start, t.span.end):
            _parties(cast, m.key, chain_after(cast, are.end(), t), t, "agreement/its-parties")
        if THAT_WAS.match(words) and told_signed:
            when_and_where(cast, m.key, t, t.span.start)
        signature = SIGNATURE.search(words)
        if signature and re.search(r"\b(?:parties|sides|two|it)\b", words):
            when_and_where(cast, m.key, t, t.span.start + signature.start())


def _following(cast: Cast, m: Mention, s: Sentence, seen: set[Span]) -> Iterator[Sentence]:
    """The sentences after one that names an agreement, in its paragraph, up to one that names another instrument."""
    for t in cast.sentences.within(Span(s.span.end, min(s.line.span.end, s.span.end + REACH)))[:SENTENCES]:
        if t.span in seen or cast.inside("instrument", t.span):
            return
        seen.add(t.span)
        yield t


def _parties(cast: Cast, key: str, found: Iterable[Mention], s: Sentence, rule: str) -> None:
    for x in parties_of(cast, list(found), key):
        if x.kind in BODIES:
            cast.state(key, "party", x.key, s.span, rule, 0.78)


def when_and_where(cast: Cast, key: str, s: Sentence, verb: int) -> None:
    """States the day and the place of an agreement that a sentence tells, where the text has not told them yet."""
    if not cast.tells(key, "signedOn"):
        when = day_near(cast, s, Span(verb, verb), SIGNED)
        if when is not None and (is_day(when) or len(when.start) == len("2000-01")):
            cast.state(key, "signedOn", date_value(when.start), s.span, "agreement/date-around", 0.75)
    where = None if cast.tells(key, "place") else place_near(cast, s, after=verb)
    if where is not None:
        cast.state(key, "place", where, s.span, "agreement/place-around", 0.72)
