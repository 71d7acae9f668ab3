"""Where and when a project runs, as sentences say it."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.annotators.dates import When
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.focus import PROJECTS, before_date, in_focus
from ingest.extractors.places import places_in
from ingest.extractors.values import date_value, duration_value
from ingest.lexicon.relations import any_of
from ingest.model import Span

ENDED = re.compile(
    rf"\b(?:project|programme|program|campaign|scheme|pilot|phase)\b[^.]{{0,120}}\b{any_of('project_ended')}\b", re.I
)
WORK = re.compile(
    rf"\b{any_of('works_in')}\s+(?:the\s+)?(?:(?:target|northern|central|pilot|following|\w+)\s+)?"
    r"(?:provinces?\s*(?:of|:)?\s+)?(?:the\s+)?$",
    re.I,
)
"""Before a place where a project works."""
WHOLE_COUNTRY = re.compile(rf"\b{any_of('works_in_country')}\b")
HAPPENING = re.compile(
    r"\b(?:workshop|conference|ceremony|meeting|seminar|signed|signing|visit|forum|launch(?:ed|ing)?|attended|held)\b",
    re.I,
)
"""Words of a sentence on an event, which tells where and when the event was, not the project."""
DURATION = re.compile(
    rf"\b(\w+(?:-\w+)?)[\s-](year|month)(?:-long)?\s+{any_of('lasting_nouns')}\b"
    r"|\bover\s+(?:the\s+(?:next|course of)\s+)?(\w+)\s+(year|month)s\b"
    r"|\b(?:lasts?|lasting|duration of)\s+(\w+)\s+(year|month)s\b",
    re.I,
)
SINCE = re.compile(rf"\b{any_of('since')}\s+$", re.I)
LAUNCHED_IN = re.compile(r"launched in\s+$", re.I)
PERIOD = re.compile(r"\b(?:from|between|for|during|period|in)\s+(?:the\s+(?:period\s+)?)?$", re.I)
UNTIL = re.compile(rf"\b{any_of('until')}\s+$", re.I)


def extract(cast: Cast, s: Sentence) -> None:
    """States the places, the duration, the start and the end that a sentence gives for a project."""
    key = in_focus(cast, s) or cast.page
    if key is None or s.line.kind in ("title", "heading", "entry"):
        return
    words = cast.a.words(s.span)
    on_event = HAPPENING.search(words) is not None
    mentions = [m for kind in PROJECTS for m in cast.inside(kind, s.span)]
    if not on_event:
        _places(cast, s, key, mentions)
    duration = DURATION.search(words)
    value = duration_value(duration.group()) if duration else None
    if value:
        cast.state(key, "duration", value, s.span, "project/duration", 0.8)
    for d in cast.dates.within(s.span):
        if not any(m.span.start <= d.span.start < m.span.end for m in mentions):
            before = cast.content[max(s.span.start, d.span.start - 24) : d.span.start]
            _date(cast, s, before_date(mentions, d.span.start) or key, d.value, before, on_event)


def _places(cast: Cast, s: Sentence, key: str, mentions: list[Mention]) -> None:
    anchor = min((m.span.end for m in mentions if m.key == key), default=s.span.start)
    whole = WHOLE_COUNTRY.search(cast.a.words(s.span)) is not None
    for iri in places_in(cast, Span(min(anchor, s.span.end), s.span.end), lead=WORK):
        if whole or cast.a.gazetteer.by_iri[iri].type != "Country":
            cast.state(key, "place", iri, s.span, "project/place", 0.7)


def _date(cast: Cast, s: Sentence, key: str, when: When, before: str, on_event: bool) -> None:
    """States what a date says of a project by the words before it."""
    if when.kind == "since" or SINCE.search(before):
        # "Launched in 2020" may tell of an event, but not in a text on how the project ended.
        if not LAUNCHED_IN.search(before) or ENDED.search(cast.content):
            cast.state(key, "start", date_value(when.start), s.span, "project/since", 0.75)
    elif when.end and when.kind in ("years", "date") and PERIOD.search(before) and not on_event:
        cast.state(key, "start", date_value(when.start), s.span, "project/period", 0.6)
        cast.state(key, "end", date_value(when.end), s.span, "project/period", 0.6)
    elif UNTIL.search(before):
        cast.state(key, "end", date_value(when.start), s.span, "project/until", 0.7)
