"""Lines of a fact box on a project: "Donor: ...", "Partners: ...", "Duration: ..."."""

from __future__ import annotations

import re

from ingest.annotators.fields import Field
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.values import date_value, duration_value
from ingest.lexicon.relations import any_of
from ingest.model import Span
from kg.reference import ReferenceEntity

ROLES = (
    ("funder", re.compile(any_of("label_funder"), re.I)),
    ("implementer", re.compile(any_of("label_implementer"), re.I)),
    ("partner", re.compile(any_of("label_partner"), re.I)),
)
"""Predicates by the words of a label; the first that fits."""
CLIENT = re.compile(r"\W*client\b", re.I)
FIGURES = re.compile(r"budget|target|amount", re.I)
START = re.compile(r"\bstart|\bbegin|launch|\bfrom", re.I)
END = re.compile(r"\bend\b|clos|complet|conclu|\buntil", re.I)
PERIOD = re.compile(any_of("label_period"), re.I)
PLACE = re.compile(any_of("label_place"), re.I)


def extract(cast: Cast) -> None:
    """States what the fact boxes of a text say of the project that was named last before each."""
    projects = cast.of_kind("project")
    placed: list[tuple[str, ReferenceEntity, Span]] = []
    for field in cast.a.layout.fields if projects else ():
        if cast.a.layout.entry_at(field.label.start) is None:
            key = (cast.last("project", field.label.start) or projects[0]).key
            label, whole = cast.a.words(field.label), Span(field.label.start, field.value.end)
            _bodies(cast, key, label, field, whole)
            _dates(cast, key, label, field, whole)
            if PLACE.search(label):
                placed += [(key, p.value, whole) for p in cast.places.within(field.value)]
    for key, place, whole in placed:
        # "Country: X", "Provinces: Y, Z": Y and Z are told more exactly.
        parts = any(k == key and p.country == place.country and p.type != "Country" for k, p, _ in placed)
        if place.type != "Country" or not parts:
            cast.state(key, "place", place.iri, whole, "field/place", 0.92)


def _bodies(cast: Cast, key: str, label: str, field: Field, whole: Span) -> None:
    predicate = next((name for name, pattern in ROLES if pattern.search(label)), None)
    if CLIENT.match(label) and _paid_by_others(cast):
        predicate = "implementer"  # on the page of a consultant
    if predicate is None or FIGURES.search(label):
        return
    previous: Mention | None = None
    for m in cast.inside("organisation", field.value):
        # "Department of X, Ministry of Y": the ministry only says whose department it is.
        if previous is None or (previous.key, "partOf", m.key) not in cast.facts:
            cast.state(key, predicate, m.key, whole, f"field/{predicate}", 0.92)
        previous = m


def _paid_by_others(cast: Cast) -> bool:
    """Whether a field says who pays, so that the client of a consultant does not."""
    labels = (cast.a.words(f.label) for f in cast.a.layout.fields)
    return any(ROLES[0][1].search(label) and not CLIENT.match(label) and not FIGURES.search(label) for label in labels)


def _dates(cast: Cast, key: str, label: str, field: Field, whole: Span) -> None:
    dates = [d.value for d in cast.dates.within(field.value)]
    if START.search(label) and dates:
        cast.state(key, "start", date_value(dates[0].start), whole, "field/start", 0.93)
        return
    if END.search(label) and dates:
        cast.state(key, "end", date_value(dates[0].start), whole, "field/end", 0.93)
        return
    if not PERIOD.search(label):
        return
    if dates and dates[0].end:
        cast.state(key, "start", date_value(dates[0].start), whole, "field/period", 0.92)
        cast.state(key, "end", date_value(dates[0].end), whole, "field/period", 0.92)
    elif len(dates) >= 2:
        cast.state(key, "start", date_value(dates[0].start), whole, "field/period", 0.9)
        cast.state(key, "end", date_value(dates[1].start), whole, "field/period", 0.9)
    duration = duration_value(cast.a.words(field.value))
    if duration:
        cast.state(key, "duration", duration, whole, "field/duration", 0.92)
