"""Statistics of a document: what each number measures, of which project, event or body, where and when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast
from ingest.extractors.measuring import why_no_statistic
from ingest.extractors.order import InOrder
from ingest.extractors.spelling import normal
from ingest.extractors.statistic_context import HOMES, Past, Subject, around, main_project
from ingest.extractors.statistic_periods import event_days, period_of
from ingest.extractors.statistic_places import places_of
from ingest.extractors.statistic_subjects import Setting, subject_of
from ingest.extractors.statistic_units import unit_of
from ingest.model import Annotation, Quantity, Value

CONFIDENCE = {
    "quantity/count": 0.88,
    "quantity/money": 0.93,
    "quantity/percent": 0.92,
    "quantity/fraction": 0.8,
    "quantity/table": 0.85,
    "quantity/count-elided": 0.7,
}
SMALL = 13
"""Counts below this number are often words of prose rather than figures."""
SMALL_CONFIDENCE = 0.72
BOUNDS = {"exact": "", "approximate": "about ", "atLeast": "at least ", "atMost": "at most "}
CONVERTED = re.compile(r"\s?[(,]\s?(?:or|i\.e\.|equal to|equivalent to)?\s?|\s(?:or|equal to|equivalent to)\s")
"""Between a sum and the same in other money: "VND 5 billion (USD 200,000)"."""
EARLIER = re.compile(
    r"\b(?:up from|down from|against|compared (?:to|with)|(?:rise|increase|fall|drop) from)\s+(?:\w+\s+)?$"
)
"""Before a number that compares with the one before, and was counted in the same place."""
CURRENCY = re.compile(r"[A-Z]{3}")
PERIOD, PERIOD_BEFORE = "statistic/period", "statistic/period-before"
PLACE, PLACE_BEFORE = "statistic/place", "statistic/place-before"
"""The rules for a time or place that the clause of a number gives, and for one that holds on from the number before."""
HEADINGS = ("title", "heading")
GROUP = 20
"""The least group that is known again by its number;"""
NEAR = 8
"""it is looked for among so many figures before."""
ROUNDED = Decimal("1.06")
"""A group of 1,045 may be called one of "over 1,000" later."""

Identity = tuple[Decimal, str, str]
"""The number, the noun and the bound of a statistic."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a sentence says of a number; `places` are IRIs."""

    sentence: Sentence
    subject: Subject
    period: str | None
    places: list[str]
    place_rule: str


@dataclass(frozen=True, slots=True)
class _Group:
    """A figure that was told, by its number."""

    value: Decimal
    key: str
    past: Past


@dataclass(slots=True)
class _Told:
    """The statistics of a text so far: their keys by identity and by the thing that a count is about."""

    keys: dict[Identity, dict[str | None, str]] = field(default_factory=dict)
    groups: list[_Group] = field(default_factory=list)

    def key(self, identity: Identity, about: str | None, aside: bool) -> str | None:
        """The statistic that a figure tells of again.

        `aside`: the figure stands in a heading or without a subject, so that it may be of anything.
        """
        told = self.keys.get(identity, {})
        if about in told:
            return told[about]
        return next((key for other, key in told.items() if aside or other is None), None)

    def group(self, q: Annotation, unit: str) -> _Group | None:
        """The group counted before that "the 145 trainees" or "the over 19,000 trainees" are."""
        value = q.value.value
        if q.value.unit or value < GROUP or not q.features.get("definite"):
            return None
        most = value if q.value.bound == "exact" else value * ROUNDED
        for group in reversed(self.groups[-NEAR:]):
            before = group.past.unit
            if CURRENCY.fullmatch(before) or before.startswith("percent"):
                continue
            people = HOMES.fullmatch(unit) is None and HOMES.fullmatch(before) is None
            if value <= group.value <= most and (people or normal(before) == normal(unit)):
                return group
        return None

    def add(self, identity: Identity, about: str | None, key: str) -> None:
        """Notes a new statistic."""
        self.keys.setdefault(identity, {})[about] = key


def extract(cast: Cast) -> None:
    """Adds the statistics of the text to the cast; the same figure told twice is one."""
    for number in cast.a.no_quantities:
        cast.reject(number.span, "statistic", number.rule)
    told = _Told()
    taken = event_days(cast)
    quantities = InOrder(cast.a.quantities)
    past: Past | None = None
    main = main_project(cast)
    figures = _figures(cast, quantities.things)
    for q in quantities.things:
        s = cast.a.sentence_at(q.span.start)
        if s is None or s.line.kind in ("boilerplate", "date"):
            cast.reject(q.span, "statistic", "it stands in a line that is no content of the page")
            continue
        if s.line.kind in HEADINGS and _told_precisely(q, figures):
            cast.reject(q.span, "statistic", "a round figure in a heading, which the text gives precisely")
            continue
        s = around(s, q)
        why = why_no_statistic(cast, q, s)
        if why is not None:
            cast.reject(q.span, "statistic", why)
            continue
        unit = unit_of(cast, q, s, quantities)
        group = told.group(q, unit)
        if group is not None:
            # "Of the 145 trainees": who were counted before; what follows is on them.
            name = next(iter(cast.members[group.key].names))
            cast.add(group.key, "Statistic", name, q.span, "statistic", q.rule, 0.8)
            past = Past(q.span, s, unit, group.past.subject, group.past.places, group.past.period)
            continue
        places = places_of(cast, q, s, quantities, past)
        place_rule = PLACE_BEFORE if past is not None and places is past.places else PLACE
        in_country = place_rule == PLACE and any(cast.a.gazetteer.by_iri[iri].type == "Country" for iri in places)
        subject = subject_of(cast, q, s, unit, past, Setting(main, in_country))
        if past is not None and past.shares(s) and EARLIER.search(cast.content[q.span.start - 30 : q.span.start]):
            places = past.places
        if past is not None and CONVERTED.fullmatch(cast.content[past.number.end : q.span.start]):
            places, subject = past.places, past.subject
        period = period_of(cast, q, s, unit, taken, past)
        first = past.period if past is not None and past.shares(s) else period
        past = Past(q.span, s, unit, subject, places, first)
        counted_at = past
        if subject.rule.startswith(("statistic/event", "statistic/entry", "statistic/at-event")):
            places = []  # where an event is, its numbers were counted, and the event says so itself
        key = _add(cast, q, unit, _Facts(s, subject, period, places, place_rule), told)
        told.groups.append(_Group(q.value.value, key, counted_at))


def _noun(q: Annotation) -> str:
    return q.value.unit or normal(str(q.features.get("counted") or "")).rpartition(" ")[2]


def _figures(cast: Cast, quantities: Sequence[Annotation]) -> dict[str, list[tuple[Decimal, str]]]:
    """The figures and bounds outside of headings by what they count, in order."""
    found: dict[str, list[tuple[Decimal, str]]] = {}
    for q in quantities:
        s = cast.a.sentence_at(q.span.start)
        if s is not None and s.line.kind not in HEADINGS:
            found.setdefault(_noun(q), []).append((q.value.value, q.value.bound))
    return {noun: sorted(values) for noun, values in found.items()}


def _told_precisely(q: Annotation, figures: Mapping[str, Sequence[tuple[Decimal, str]]]) -> bool:
    """Whether the text says more precisely what a heading calls "over 1,700 trainers", "nearly 1,800" or "1,700"."""
    value, bound = q.value.value, q.value.bound
    if value < GROUP:
        return False
    alike = figures.get(_noun(q), ())
    least = value / ROUNDED if bound == "approximate" else value
    for other, other_bound in alike[bisect_left(alike, (least, "")) :]:
        if other > value * ROUNDED:
            return False
        if other_bound != bound and (
            other == value or (other_bound == "exact" and bound in ("atLeast", "approximate"))
        ):
            return True
    return False


def _add(cast: Cast, q: Annotation, unit: str, facts: _Facts, told: _Told) -> str:
    """States a statistic, or that one is told again; gives its key."""
    quantity: Quantity = q.value
    s, subject, period = facts.sentence, facts.subject, facts.period
    form = normal(unit)
    identity = (quantity.value.normalize(), form.split()[-1] if form else "", quantity.bound)
    counted = subject.key if quantity.unit == "" else None
    aside = subject.key is None or s.line.kind in ("title", "caption", "heading") or not told.keys
    key = told.key(identity, counted, aside)
    number = Value(f"{quantity.value.normalize():f}", "decimal")
    if key is not None:
        if q.span not in cast.members[key].mentions:
            name = next(iter(cast.members[key].names))
            cast.add(key, "Statistic", name, q.span, "statistic", q.rule, 0.8)
            cast.state(key, "value", number, q.span, q.rule, 0.8)
            _tell_about(cast, key, facts)
        return key
    key = f"statistic:{number.lexical}:{form}:{quantity.bound}:{subject.key or ''}:{period or ''}"
    told.add(identity, counted, key)
    small = quantity.value < SMALL and q.rule == "quantity/count"
    confidence = SMALL_CONFIDENCE if small else CONFIDENCE[q.rule]
    language = None if CURRENCY.fullmatch(unit) else "en"
    cast.add(key, "Statistic", _label(quantity, unit), q.span, "statistic", q.rule, confidence)
    cast.state(key, "value", number, q.span, q.rule, confidence)
    cast.state(key, "unit", Value(unit, language=language), q.span, q.rule, confidence)
    cast.state(key, "bound", Value(quantity.bound, "bound"), q.span, q.rule, confidence)
    _tell_about(cast, key, facts)
    return key


def _tell_about(cast: Cast, key: str, facts: _Facts) -> None:
    """States what a statistic is about, when and where, so far as the text did not before ("$3m for X" in a title)."""
    s, subject = facts.sentence, facts.subject
    if subject.key and not cast.tells(key, "about"):
        cast.state(key, "about", subject.key, s.span, subject.rule, 0.7)
    if facts.period and not cast.tells(key, "period"):
        rule, sure = (PERIOD, 0.75) if cast.dates.within(s.span) else (PERIOD_BEFORE, 0.7)
        cast.state(key, "period", Value(facts.period), s.span, rule, sure)
    if not cast.tells(key, "place"):
        for place in facts.places:
            cast.state(key, "place", place, s.span, facts.place_rule, 0.65 if facts.place_rule == PLACE else 0.6)


def _label(q: Quantity, unit: str) -> str:
    return f"{BOUNDS[q.bound]}{q.value.normalize():,f} {unit}"
