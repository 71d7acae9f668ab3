"""Projects that only what is said of them shows: "part of Bright Futures. The programme ...", "X runs from 2024"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.annotators.analysis import Analysis
from ingest.annotators.name_words import head_of
from ingest.lexicon import load_lexicon
from ingest.model import Annotation, Span

RUN = r"(?P<name>(?!(?:The|This|It)\b)[A-Z][\w’-]*(?:\ (?:[A-Z][\w’-]*|of|and|for|the|in|on|to|with)){0,9}?)"
SHORT = r"(?:\s*\((?P<short>[A-Z][\w&-]+)\))?"
LEAD = re.compile(
    r"\b(?:(?:part|component|framework|launch) of|under|within|through|called|named|presented|introduced|"
    r"explained|launched)\s+(?:the\s+)?$"
)
"""Before a name to which the next sentence points back."""
LEAD_REACH = 24
OPENING = re.compile(r"(?:^|[.!?:]\s+|\n)(?:The\s+)?$")
"""Before a name with which a sentence begins."""
IN_PLACE = re.compile(r"\s+in\s+(?:the\s+)?((?:[A-Z][\w’-]*\s?)+)$")
SMALL = frozenset({"of", "and", "for", "the", "in", "on", "to", "with"})


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A name before "The programme ...", and one that is said to run for years or to be a project."""
    heads = "|".join(sorted(load_lexicon().projects.heads))
    return (
        re.compile(
            rf"\b{RUN}{SHORT}\.\s+(?:(?:The|This)\s+(?:{heads})\b|[^.\n]{{3,60}}?(?:\bthis|,\s+the)\s+(?:{heads})\b)"
        ),
        re.compile(
            rf"\b{RUN}{SHORT}\s+(?:(?:will\s+)?runs?\s+from\s+(?:[A-Z][a-z]+\s+)?\d{{4}}\b"
            rf"|(?:is|was)\s+(?:an?|the)\s+(?:[\w-]+\s+){{0,3}}?(?:{heads})\b)"
        ),
    )


def told(a: Analysis) -> Iterator[Annotation]:
    """The names of projects, with the span of the short name in brackets as the feature `short`."""
    content = a.text.content
    pointed, said = _patterns()
    for m in pointed.finditer(content):
        if LEAD.search(content, max(0, m.start() - LEAD_REACH), m.start()) and _coined(a, m["name"], m["short"]):
            yield _project(a, m, "project/pointed-at")
    for m in said.finditer(content):
        if OPENING.search(content, max(0, m.start() - 8), m.start()) and _coined(a, m["name"], m["short"]):
            yield _project(a, m, "project/told")


def _project(a: Analysis, m: re.Match[str], rule: str) -> Annotation:
    place = IN_PLACE.search(m["name"])
    # "FARMER in Kenya" is a name as a whole.
    named = place is not None and " " in m["name"][: place.start()] and a.gazetteer.places(place[1])
    span = Span(m.start("name"), m.start("name") + place.start() if place and named else m.end("name"))
    return Annotation(span, "project", a.words(span), rule, {"short": Span(*m.span("short")) if m["short"] else None})


def _coined(a: Analysis, name: str, short: str | None) -> bool:
    """True for words that name no body, place or person: some of English, or one in capitals, and no head of a body."""
    words = name.split()
    lexicon = a.lexicon.projects
    if words[-1].lower() in SMALL or a.gazetteer.known(name) or a.gazetteer.places(name):
        return False
    if any(head_of(w, a) for w in words) or words[-1].endswith(lexicon.other_things):
        return False
    big = [w for w in words if w.lower() not in SMALL]
    if len(big) == 1 and not short:
        return len(words) > 1 and big[0].isupper() and len(big[0]) > 3
    titles = a.lexicon.persons.title_heads
    return not any(w.lower() in titles for w in big) and any(
        (a.english.common(w) and len(w) > 3) or (w.isupper() and len(w) > 4) for w in big
    )
