"""Bodies of a state in small letters: "the Thai government", "Kenya’s embassy in Muscat", "the X administration"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.annotators.analysis import Analysis
from ingest.annotators.reference_names import on_content
from ingest.annotators.spans import SpanIndex, index
from ingest.model import Annotation, Span

RULE = "organisation/government"
BODY = r"(?P<body>government|embassy|high\s+commission|consulate(?:\s+general)?)"
RANK = r"(?:(?:national|federal|central|royal)\s+)?"
AFTER_COUNTRY = re.compile(rf"(?:[’']s?)?\s+{RANK}{BODY}\b")
BEFORE_COUNTRY = re.compile(rf"\b[Tt]he\s+(?P<whole>{RANK}{BODY}\s+of\s+(?:the\s+)?)")
SEAT = re.compile(r"\s+(?:in|to)\s+(?:the\s+)?")
OF_HEAD = re.compile(r"\b[Tt]he\s+(?P<whole>(?P<name>[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?)\s+administration)\b")
REACH = 60


def with_governments(
    analysis: Analysis, organisations: Sequence[Annotation], titled: SpanIndex[Annotation]
) -> list[Annotation]:
    """The organisations with the governments and embassies that are written in small letters."""
    if not any(word in analysis.text.content for word in ("overnment", "embassy", "high commission", "administration")):
        return list(organisations)
    taken = index(organisations)
    found = []
    for span, head in _spans(analysis):
        if not taken.touches(span) and not titled.touches(span) and on_content(analysis, span):
            found.append(Annotation(span, "organisation", "GovernmentBody", RULE, {"head": head}))
    return sorted([*organisations, *found], key=lambda o: o.span)


def _spans(analysis: Analysis) -> Iterator[tuple[Span, str]]:
    """Where such bodies are named, with their heads."""
    content = analysis.text.content
    countries = {p.span.start: p for p in analysis.known_places if any(k.entity.type == "Country" for k in p.value)}
    seats = {p.span.start: p.span.end for p in analysis.places}
    for start, country in countries.items():
        match = AFTER_COUNTRY.match(content, country.span.end, country.span.end + REACH)
        if match and _acts(analysis, match.end()):
            yield Span(start, _seat_end(content, match, seats)), _head(match)
    for match in BEFORE_COUNTRY.finditer(content):
        place = countries.get(match.end())
        if place is not None and not all(k.by == "demonym" for k in place.value):
            yield Span(match.start("whole"), place.span.end), _head(match)
    for match in OF_HEAD.finditer(content):
        if not analysis.english.common(match["name"]) and _acts(analysis, match.end()):
            yield Span(*match.span("whole")), "Administration"


def _head(match: re.Match[str]) -> str:
    return "Government" if match["body"] == "government" else "Embassy"


def _seat_end(content: str, match: re.Match[str], places: dict[int, int]) -> int:
    """The end of an embassy’s name with its seat: "the Thai embassy [in Muscat]"."""
    seat = SEAT.match(content, match.end()) if match["body"] != "government" else None
    return places.get(seat.end(), match.end()) if seat else match.end()


def _acts(analysis: Analysis, end: int) -> bool:
    """False where a noun follows that the body only describes: "government officials", "embassy staff"."""
    i = analysis.token_at(end)
    if i >= len(analysis.tokens) or not analysis.text.content[end : end + 1].isspace():
        return True
    word, english = analysis.tokens[i].text, analysis.english
    if not word.islower() or not word.isalpha():
        return True
    small = english.words.closing | english.words.small
    if word in small or not english.noun(word):
        return True
    verb = word.endswith(("ed", "s")) and english.verb(word)
    follows = analysis.tokens[i + 1].text.lower() if i + 1 < len(analysis.tokens) else ""
    return verb and (not english.noun(word.removesuffix("s")) or follows in ("to", "a", "an", "the", "that", "its"))
