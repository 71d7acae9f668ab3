"""What events and agreements tell of one another: a signing's guests are the parties, an agreement without a day or
place has those of the event where it was signed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.extractors.cast import Cast
from ingest.extractors.signing import AGREEMENTS, SIGNED, SIGNING_OF
from ingest.extractors.signing_later import of_another_time
from ingest.model import Span

AT_EVENT = re.compile(
    r"\b(?:within the framework of|on the (?:sidelines|margins) of|during|at|on the occasion of|following"
    r"|as a result of|following the results of|at the (?:end|close|conclusion) of)\s+the\s+(?:same\s+)?(?:[\w-]+\s+)?"
    r"(?:conference|meeting|ceremony|forum|visit|event|workshop|summit|session|dialogue|talks|negotiations|consultations?"
    r"|seminar|round\s?table|launch|reception|signing)\b",
    re.I,
)


LAID_DOWN = re.compile(r"\b(?:laid\s+down|set\s+out|agreed|provided\s+for|foreseen)\s+in\s+(?:the|their|its)\b")
""" "As they laid down in their memorandum": it was signed before."""
LOOKED_AT = 30
"""So many events of a text are looked at for one that was going on when an agreement was signed."""
IN_FORCE = re.compile(
    r"\b(?:under|earlier|previous|existing|former|in line with|based on|pursuant to|according to|implementation of)\b"
    r"[^.;]{0,24}$",
    re.I,
)
"""Before an agreement that was signed some other time."""


def extract(cast: Cast) -> None:
    """States the guests of signings, and the days and places of agreements that were signed at an event."""
    agreements = [k for k, m in cast.members.items() if m.type in AGREEMENTS - {"Agreement"}]
    happenings = [k for k in cast.members if k.startswith("event:")]
    signings = [k for k in happenings if cast.members[k].type == "Signing"]
    bodies = {e.heading: e.body for e in cast.a.layout.entries}
    for event in signings:
        near = [a for a in agreements if _together(cast, event, a, bodies)]
        if len(near) == 1 or (near and len(signings) == 1):
            _signatories(cast, event, near[0])
    by_heading: dict[int, str] = {}
    for event in happenings:
        for span in cast.members[event].mentions:
            by_heading.setdefault(span.start, event)
    for agreement in agreements:
        if cast.tells(agreement, "party"):
            _signed_there(cast, agreement, happenings, by_heading)


def _signatories(cast: Cast, event: str, agreement: str) -> None:
    for party in cast.objects(agreement, "party"):
        if (event, "organiser", party) not in cast.facts and "/place/" not in str(party):
            evidence = cast.members[agreement].mentions[0]
            cast.state(event, "participant", party, evidence, "event/signatory", 0.7)


def _signed_there(cast: Cast, agreement: str, happenings: list[str], by_heading: Mapping[int, str]) -> None:
    """Gives an agreement the day and place of its event where it states none of its own."""
    host = _host(cast, agreement, happenings, by_heading)
    if host is None:
        return
    days = cast.objects(agreement, "signedOn")
    told = [v.lexical for v in days if not isinstance(v, str)]
    if days and not set(days) & set(cast.objects(host, "start")) and not any(_lasted(cast, host, d) for d in told):
        return  # it was signed on another day
    missing = [(p, own) for p, own in (("start", "signedOn"), ("place", "place")) if not cast.tells(agreement, own)]
    for predicate, own in missing:
        for value in cast.objects(host, predicate):
            evidence = cast.facts[host, predicate, value].evidence
            cast.state(agreement, own, value, evidence, "agreement/at-event", 0.65)


def _host(cast: Cast, agreement: str, happenings: list[str], by_heading: Mapping[int, str]) -> str | None:
    """The event at which an agreement was signed: of its entry, the first where a sentence says so, or the only one."""
    for span in cast.members[agreement].mentions:
        s = cast.a.sentence_at(span.start)
        if s is None:
            continue
        if s.line.entry is not None and not LAID_DOWN.search(cast.content, s.span.start, span.start):
            entry = by_heading.get(cast.a.layout.entries[s.line.entry].heading.start)
            if entry:
                return entry
        if happenings and AT_EVENT.search(cast.a.words(s.span)):
            named = cast.last("event", s.span.end)
            return named.key if named is not None else happenings[0]
    if len(happenings) == 1 and _told_as_signed(cast, agreement, happenings[0]):
        return happenings[0]
    days = [v.lexical for v in cast.objects(agreement, "signedOn") if not isinstance(v, str)]
    then = [e for e in happenings[:LOOKED_AT] if days and _lasted(cast, e, days[0])]
    return then[0] if len(then) == 1 else None


def _lasted(cast: Cast, event: str, day: str) -> bool:
    """Whether a day is one of an event that lasted several."""
    start = next((v.lexical for v in cast.objects(event, "start") if not isinstance(v, str)), "")
    end = next((v.lexical for v in cast.objects(event, "end") if not isinstance(v, str)), "")
    return len(start) == len(end) == len(day) == len("2000-01-01") and start <= day <= end


def _told_as_signed(cast: Cast, agreement: str, event: str) -> bool:
    """Whether a sentence says that an agreement was signed, not that something is done under it, and not in an earlier
    year than that of an event."""
    start = next((v.lexical for v in cast.objects(event, "start") if not isinstance(v, str)), "")
    for span in cast.members[agreement].mentions:
        s = cast.a.sentence_at(span.start)
        if s is None or IN_FORCE.search(cast.content[max(s.span.start, span.start - 40) : span.start + 12]):
            continue
        if of_another_time(cast, s, start):
            continue
        words = cast.a.words(s.span)
        if SIGNED.search(words) or SIGNING_OF.search(words):
            return True
    return False


def _together(cast: Cast, event: str, agreement: str, bodies: Mapping[Span, Span]) -> bool:
    """True where an event and an agreement belong to one entry of a listing, or to a text without listing.

    `bodies` maps the headings of a listing to its entries.
    """
    entry = next((bodies[m] for m in cast.members[event].mentions if m in bodies), None)
    if entry is None:
        return not bodies
    return any(entry.start <= m.start < entry.end for m in cast.members[agreement].mentions)
