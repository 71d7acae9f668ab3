"""Places that a stretch of text says something is in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extractors.cast import Cast
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span
from kg.reference import ReferenceEntity

IN = re.compile(rf"\b(?:in|at|near)\s+(?:the\s+)?(?:{any_of('regions_of')}\s+(?:of\s+)?)*$", re.I)
JOIN = re.compile(
    rf"^(?:\s+{any_of('place_nouns')})?(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+|\s+&\s+)(?:the\s+)?(?:provinces? of\s+)?$",
    re.I,
)
NAMES = ("organisation", "project", "person", "instrument")
"""Kinds of mentions of which a place may be a part."""


def places_in(
    cast: Cast, span: Span, kinds: Sequence[str] = ("Province", "City", "Country"), lead: re.Pattern[str] = IN
) -> list[str]:
    """The IRIs of the places that a span says something is in, after `lead`; of "X, Y" (a city, its country) only X."""
    found: list[str] = []
    end: int | None = None
    last: ReferenceEntity | None = None
    for p in cast.places.within(span):
        place = p.value
        if p.span.end > span.end:
            continue
        before = cast.content[max(span.start, p.span.start - 60) : p.span.start]
        gap = cast.content[end : p.span.start] if end is not None else ""
        joined = end is not None and JOIN.match(gap) is not None
        if not (lead.search(before) or joined) or _in_name(cast, p):
            continue
        end, last, before_it = p.span.end, place, last
        in_country = before_it is not None and before_it.type != "Country"
        if joined and in_country and place.type == "Country" and not re.search(r"and\s", gap):
            continue  # the country of the city before
        if place.type in kinds and place.iri not in found:
            found.append(place.iri)
    return narrower(cast, found)


def narrower(cast: Cast, iris: list[str]) -> list[str]:
    """Provinces and cities without the countries; the countries where there are no others."""
    return [iri for iri in iris if cast.a.gazetteer.by_iri[iri].type != "Country"] or iris


def _in_name(cast: Cast, place: Annotation) -> bool:
    """True where the place is a part of a name ("Embassy in X")."""
    return any(place.span.end <= m.span.end for kind in NAMES for m in cast.covering(kind, place.span.start))
