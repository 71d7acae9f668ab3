"""Dates and durations as values of facts, and which of several in a sentence belongs to a verb or a name."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.annotators.dates import When
from ingest.extractors.cast import Cast
from ingest.extractors.places import places_in
from ingest.lexicon.relations import words
from ingest.model import Span, Value

DATATYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}
UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D"}
SMALL = {word: number for number, word in enumerate(words("small_numbers"), start=1)} | {
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "eighteen": 18,
    "twenty": 20,
    "twenty-four": 24,
    "thirty": 30,
    "thirty-six": 36,
}
NUMBER = "|".join(sorted(SMALL, key=len, reverse=True))
DURATION = re.compile(
    rf"\b(\d+|{NUMBER})(?P<half>(?:[\s-]and[\s-]a[\s-]half|\.5|½))?[\s-](year|month|week)s?\b"
    rf"|\b(?P<halved>one|a)[\s-]year[\s-]and[\s-]a[\s-]half\b",
    re.I,
)
OF_YEAR = re.compile(r"\b(?:in|since|from|early|late|mid|of)\s+(?:early\s+|late\s+|mid[- ]?)?$", re.I)
"""Before a year that says when something happened."""
SEAT = re.compile(r"(?:\s*\([^()]*\))?\s+(?:in|of|from)\s+(?:the\s+)?(?:[a-z]+\s+){0,4}")
LIMIT = re.compile(r"\b(?:by|until|to)\s+$", re.I)


CAPITAL = r"(?:[A-Z][\w.’'-]*|\d{1,4}(?:st|nd|rd|th)?|of|de|the)"
DATELINE = re.compile(rf"\(?[A-Z][\w.’'-]*(?:[,\s/()]+{CAPITAL}){{0,7}}\)?\s*(?:[–—:]|--|\s-)\s")
""" "Lima, 3 May 2001 – The ...": where a report was written, and not where its matter happened."""
HAPPENED_IN = re.compile(
    r"(?:\b(?:signed|concluded|inked|initialled|sealed|held|place|visit|ceremony)(?:\s+(?:it|here|today|jointly|yesterday))?|\d)\s+in\s+(?:the\s+)?\Z"
)
PLANNED = re.compile(
    r"\b(?:which|that)\s+(?:is|are|will)\b|\b(?:to be|will|valid|until|by the end|takes? effect|expires?|due)\b", re.I
)
"""Between a deed and a date that is not its own: "signed an agreement, which is to be ready in May"."""

OTHER_DEED = re.compile(
    r"\b(?:began|begins?|beginning|start(?:s|ed|ing)?|scheduled|planned|expected|established|founded|created|opened"
    r"|expire[sd]?|ended|ends|last(?:s|ed|ing)?|runs?|running|lapsed)\b(?:\s+[a-z]+){0,3}\s*\Z"
)
""" "The agreement on the project, which began in May, was signed": the date of another deed."""
RIGHT_AFTER = re.compile(r"\w+(?:ed|ing)(?:\s+(?:earlier|back|jointly))?\s+(?:in|on)\s+(?:[A-Z][a-z]+day,?\s+)?\Z")
"""Between the beginning of a verb and its date: "signed on"."""
NEAR = 40
"""Characters before a date in which its verb stands."""


def date_value(iso: str) -> Value:
    """A literal as precise as the ISO date is. Quarters are their year."""
    text = re.sub(r"-Q\d$", "", iso)
    return Value(text, DATATYPES.get(len(text), "string"))


def duration_value(text: str) -> Value | None:
    """The first duration in a text: `24-month` -> P24M, `three years` -> P3Y."""
    match = DURATION.search(text)
    if not match:
        return None
    if match["halved"]:
        return Value("P18M", "duration")
    number = int(match[1]) if match[1].isdigit() else SMALL[match[1].lower()]
    unit = match[3].lower()
    if match["half"] and unit == "year":
        return Value(f"P{12 * number + 6}M", "duration")
    return Value(f"P{number * 7}D" if unit == "week" else f"P{number}{UNITS[unit]}", "duration")


def is_day(when: When) -> bool:
    """Whether a date is exact to the day and its year is known."""
    return when.kind == "date" and len(when.start) == 10 and bool(when.year)


def day_near(cast: Cast, s: Sentence, span: Span, verb: re.Pattern[str]) -> When | None:
    """The date in a sentence that lies nearest to a verb or else to a name; days before months before years."""
    anchors = [m.start() for m in verb.finditer(cast.content, s.span.start, s.span.end)]
    anchor = min(anchors, key=lambda x: abs(x - span.start), default=span.start)
    best: tuple[tuple[bool, int, int], When] | None = None
    for d in cast.dates.within(s.span):
        when = d.value
        if when.kind not in ("date", "year") or (span.start <= d.span.start < span.end) or not when.year:
            continue
        if when.kind == "year" and not _when_it_was(cast, d.span.start):
            continue
        if PLANNED.search(cast.content, max(x for x in (s.span.start, *anchors) if x <= d.span.start), d.span.start):
            continue
        before = cast.content[max(s.span.start, d.span.start - NEAR) : d.span.start]
        if OTHER_DEED.search(before):
            continue
        at = next((x for x in anchors if x < d.span.start <= x + NEAR), None)
        direct = at is not None and RIGHT_AFTER.fullmatch(cast.content, at, d.span.start) is not None
        rank = (not direct, -len(when.start), abs(d.span.start - anchor))
        if best is None or rank < best[0]:
            best = (rank, when)
    return best[1] if best else None


def _when_it_was(cast: Cast, year: int) -> bool:
    """Whether the words before a year make it the time of something: "in 2020", not "by 2030" or "the 2020 list"."""
    before = cast.content[max(0, year - 14) : year]
    return OF_YEAR.search(before) is not None and LIMIT.search(before[-8:]) is None


def place_near(cast: Cast, s: Sentence, after: int) -> str | None:
    """The place where a sentence says that something happened: the first after an offset, else the first.

    A country is one only right behind the verb: elsewhere it says whose workers or whose ministry is meant.
    """
    found = places_in(cast, Span(after, s.span.end), kinds=("Province", "City"))
    found = found or places_in(cast, Span(after, s.span.end), kinds=("Country",), lead=HAPPENED_IN)
    if found:
        return found[0]
    dateline = DATELINE.match(cast.content, s.span.start, s.span.end) if s.span.start == s.line.span.start else None
    rest = Span(dateline.end(), s.span.end) if dateline else s.span
    anywhere = places_in(cast, rest, kinds=("Province", "City"))
    for p in cast.places.within(rest) if anywhere else ():
        body = cast.last("organisation", p.span.start)
        # In "A in the province of X signed ..." the place says where A is.
        seat = body is not None and SEAT.fullmatch(cast.content, body.span.end, p.span.start) is not None
        if p.value.iri in anywhere and not seat:
            return str(p.value.iri)
    return None
