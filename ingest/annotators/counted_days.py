"""Days that a text counts from others that it names: "two days later", "on the last day" of a stretch of days."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from ingest.annotators.when import When
from ingest.model import Annotation, Span

NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
PLACES = {"first": 0, "opening": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4}
LAST = frozenset({"last", "final", "closing"})
LATER = re.compile(
    r"\b(?:(?P<n>a|one|two|three|four|five|six|seven|ten)\s+(?P<unit>day|week)s?\s+(?P<way>later|earlier)"
    r"|(?:on\s+)?the\s+(?P<next>next|following|previous)\s+day"
    r"|the\s+day\s+(?P<beside>after|before)(?=\s*[,.;])|(?P<same>that\s+(?:afternoon|morning|evening|night)))\b",
    re.I,
)
WITHIN = re.compile(
    rf"\b(?:on|by|of|during)\s+(?:the|its|their)\s+(?P<place>{'|'.join((*PLACES, *sorted(LAST)))})"
    r"\s+(?:and\s+(?:last|final)\s+)?day(?P<of>\s+of\b)?",
    re.I,
)
SENTENCE_END, DETERMINER = re.compile(r"[.;]\s"), re.compile(r"\s+(?:the|its|their|this)\b")
BACK = 700
"""Characters before in which the day that is counted from was named."""
AHEAD = 160
""" "On the second day of a conference, which was held on ...": characters in which the days may follow."""
LONGEST = 14
"""Days of the longest stretch of which one is called the second or the last."""


def counted(content: str, found: Sequence[Annotation]) -> list[Annotation]:
    """The dates of a text in order, with those that are counted from the ones `found` (in order, with their years)."""
    if "day" not in content and "week" not in content:
        return list(found)
    days = [a for a in found if _is_day(a)]
    more: list[Annotation] = []
    stretches = [a for a in days if a.value.end and _length(a.value) <= LONGEST]
    for match in WITHIN.finditer(content) if stretches else ():
        when = _within(content, match, stretches)
        if when is not None:
            more.append(_annotation(match, when))
    days = sorted([*days, *more], key=lambda a: a.span)
    for match in LATER.finditer(content):
        at = bisect_left(days, match.start(), key=lambda a: a.span.start)
        if at and match.start() - days[at - 1].span.end < BACK:
            more.append(_annotation(match, _later(match, days[at - 1].value)))
    if not more:
        return list(found)
    starts = [a.span.start for a in found]
    free = [m for m in more if bisect_left(starts, m.span.start) == bisect_left(starts, m.span.end)]
    return sorted([*found, *free], key=lambda a: a.span)


def _annotation(match: re.Match[str], when: When) -> Annotation:
    return Annotation(Span(*match.span()), "date", when, "date/counted")


def _is_day(a: Annotation) -> bool:
    when: When = a.value
    return when.kind == "date" and when.year and len(when.start) == len("2000-01-01")


def _length(when: When) -> int:
    end = when.end or ""
    if len(end) != len("2000-01-01"):
        return LONGEST + 1
    return (date.fromisoformat(end) - date.fromisoformat(when.start)).days + 1


def _later(match: re.Match[str], base: When) -> When:
    if match["same"]:
        return When(base.start)
    if match["next"] or match["beside"]:
        back = (match["next"] or match["beside"]).lower() in ("previous", "before")
        days = -1 if back else 1
        start = base.start if back or not base.end or len(base.end) != len(base.start) else base.end
    else:
        days = NUMBERS[match["n"].lower()] * (7 if match["unit"].lower() == "week" else 1)
        days = -days if match["way"].lower() == "earlier" else days
        start = base.start
    return When((date.fromisoformat(start) + timedelta(days)).isoformat())


def _within(content: str, match: re.Match[str], stretches: Sequence[Annotation]) -> When | None:
    """The day of the stretch that follows in the sentence after "of", else of the last one before."""
    at = bisect_left(stretches, match.start(), key=lambda a: a.span.start)
    follows = stretches[at] if at < len(stretches) else None
    near = follows is not None and follows.span.start - match.end() < AHEAD
    if match["of"] and follows and near and not SENTENCE_END.search(content, match.end(), follows.span.start):
        return _day_of(match["place"].lower(), follows.value)
    if match["of"] and not DETERMINER.match(content, match.end()):
        return None  # "on the last day of May"
    return _day_of(match["place"].lower(), stretches[at - 1].value) if at else None


def _day_of(place: str, when: When) -> When | None:
    if place in LAST:
        return When(when.end or when.start)
    number = PLACES[place]
    if number >= _length(when):
        return None
    return When((date.fromisoformat(when.start) + timedelta(number)).isoformat())
