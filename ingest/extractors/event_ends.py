"""Until when an event lasted: "it will conclude on Friday", "the fair runs through 17 June"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast
from ingest.extractors.values import date_value, is_day
from ingest.model import Annotation, Span, Value

ENDS = re.compile(
    r"\b(?:conclud(?:es?|ed|ing)|ends?|ended|ending|clos(?:es?|ed|ing)|wrap(?:s|ped)? up"
    r"|finish(?:es|ed)?|culminate[sd]?|come to an end|came to an end)\b[^.;,]{0,40}?(?:\s+on)?\s*,?\s+$"
    r"|\b(?:until|till|through|up to)\s+(?:on\s+)?$"
)
"""Before the last day of an event."""
PROJECT = re.compile(r"\b(?:project|programme|plan|agreement|registration|applications?|deadline|course)\b", re.I)
"""What may end on a day of its own."""
IT = re.compile(r"(?:It|This event|The event|The (?:two|three|four|five|six)-day)\b")
AHEAD, NEAR = 1200, 70
"""Characters after a sentence in which "it" may still mean the event, and before a day that are looked at."""
LONGEST = 45
"""Days of the longest event that begins and ends on a day."""


def extract(cast: Cast, key: str, group: Sequence[Annotation], sentences: Sequence[Sentence]) -> None:
    """States the end of an event that has none yet, from the sentences that name it or go on with "it"."""
    starts = [v.lexical for v in cast.objects(key, "start") if isinstance(v, Value)]
    if cast.tells(key, "end") or (starts and len(starts[0]) < len("2000-01-01")):
        return
    told = [(s, m.span.end) for m in group for s in sentences if s.span.start <= m.span.start < s.span.end]
    told += [(s, s.span.start) for s in _going_on(cast, key, group, sentences)]
    for s, offset in told:
        for d in cast.dates.within(Span(offset, s.span.end)):
            if not is_day(d.value) or d.value.end or not d.value.year:
                continue
            before = cast.content[max(offset, d.span.start - NEAR) : d.span.start]
            if ENDS.search(before) is None or PROJECT.search(before):
                continue
            last = date.fromisoformat(d.value.start)
            if not starts or 0 < (last - date.fromisoformat(starts[0])).days <= LONGEST:
                cast.state(key, "end", date_value(d.value.start), s.span, "event/ends", 0.75)
                return


def _going_on(cast: Cast, key: str, group: Sequence[Annotation], sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences after those that name an event which go on with "it", up to one that names another."""
    last = sentences[0].span.end if sentences else 0
    found = []
    named = {s.span for s in sentences}
    for s in cast.sentences.within(Span(last, last + AHEAD)):
        if any(m.key != key for m in cast.inside("event", s.span)):
            break
        if s.span not in named and s.line.kind == "prose" and IT.match(cast.content, s.span.start, s.span.end):
            found.append(s)
    return found
