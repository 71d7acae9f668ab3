"""Statistics of a document: what each number measures, of which project, event or body, where and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast
from ingest.extractors.measuring import why_no_statistic
from ingest.extractors.order import InOrder
from ingest.extractors.places import places_in
from ingest.extractors.spelling import normal
from ingest.extractors.statistic_periods import event_days, period_of
from ingest.extractors.statistic_subjects import Subject, subject_of
from ingest.extractors.statistic_units import unit_of
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Quantity, Span, Value

CONFIDENCE = {
    "quantity/count": 0.88,
    "quantity/money": 0.93,
    "quantity/percent": 0.92,
    "quantity/fraction": 0.8,
    "quantity/count-elided": 0.7,
}
SMALL = 13
"""Counts below this number are often words of prose rather than figures."""
SMALL_CONFIDENCE = 0.72
BOUNDS = {"exact": "", "approximate": "about ", "atLeast": "at least ", "atMost": "at most "}
CURRENCY = re.compile(r"[A-Z]{3}")
PREPOSITION = re.compile(r"\s+(?:from|of|in|at)\s+(?:the\s+)?")
LEAD = re.compile(r"(?:In|Across|Throughout)\s+(?:the\s+)?")
AFTER_LEAD = re.compile(rf",|\s+{any_of('counting_starts')}")

Identity = tuple[Decimal, str, str]
"""The number, the noun and the bound of a statistic."""


@dataclass(slots=True)
class _Told:
    """The statistics of a text so far: their keys by identity and by the thing that a count is about."""

    keys: dict[Identity, dict[str | None, str]] = field(default_factory=dict)

    def key(self, identity: Identity, about: str | None, aside: bool) -> str | None:
        """The statistic that a figure tells of again.

        `aside`: the figure stands in a heading or without a subject, so that it may be of anything.
        """
        told = self.keys.get(identity, {})
        if about in told:
            return told[about]
        return next((key for other, key in told.items() if aside or other is None), None)

    def add(self, identity: Identity, about: str | None, key: str) -> None:
        """Notes a new statistic."""
        self.keys.setdefault(identity, {})[about] = key


def extract(cast: Cast) -> None:
    """Adds the statistics of the text to the cast; the same figure told twice is one."""
    told = _Told()
    taken = event_days(cast)
    quantities = InOrder(cast.a.quantities)
    for q in quantities.things:
        s = cast.a.sentence_at(q.span.start)
        if s is None or s.line.kind in ("boilerplate", "date"):
            continue
        why = why_no_statistic(cast, q, s)
        if why is not None:
            cast.reject(q.span, "statistic", why)
            continue
        unit = unit_of(cast, q, s, quantities)
        subject = subject_of(cast, q, s, unit)
        _add(cast, q, s, unit, subject, period_of(cast, q, s, taken), quantities, told)


def _add(
    cast: Cast,
    q: Annotation,
    s: Sentence,
    unit: str,
    subject: Subject,
    period: str | None,
    quantities: InOrder[Annotation],
    told: _Told,
) -> None:
    quantity: Quantity = q.value
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
        return
    key = f"statistic:{number.lexical}:{form}:{quantity.bound}:{subject.key or ''}:{period or ''}"
    told.add(identity, counted, key)
    small = quantity.value < SMALL and q.rule == "quantity/count"
    confidence = SMALL_CONFIDENCE if small else CONFIDENCE[q.rule]
    language = None if CURRENCY.fullmatch(unit) else "en"
    cast.add(key, "Statistic", _label(quantity, unit), q.span, "statistic", q.rule, confidence)
    cast.state(key, "value", number, q.span, q.rule, confidence)
    cast.state(key, "unit", Value(unit, language=language), q.span, q.rule, confidence)
    cast.state(key, "bound", Value(quantity.bound, "bound"), q.span, q.rule, confidence)
    if subject.key:
        cast.state(key, "about", subject.key, s.span, subject.rule, 0.7)
    if period:
        cast.state(key, "period", Value(period), s.span, "statistic/period", 0.75)
    for place in _places(cast, q, s, quantities):
        cast.state(key, "place", place, s.span, "statistic/place", 0.65)


def _label(q: Quantity, unit: str) -> str:
    return f"{BOUNDS[q.bound]}{q.value.normalize():,f} {unit}"


def _places(cast: Cast, q: Annotation, s: Sentence, quantities: InOrder[Annotation]) -> list[str]:
    """Where a number was counted: the places after it that it is said to be in, else one that begins the sentence."""
    later = places_in(cast, Span(q.span.end, s.span.end))
    if later and _one_count(cast, q, s, later, quantities):
        return later
    lead = LEAD.match(cast.a.words(s.span))
    first = cast.places.at(s.span.start + lead.end()) if lead else None
    if first is not None and AFTER_LEAD.match(cast.content[first.span.end : first.span.end + 12]):
        return [first.value.iri]
    return []


def _one_count(cast: Cast, q: Annotation, s: Sentence, places: list[str], quantities: InOrder[Annotation]) -> bool:
    """Whether a place after a number is still its own: other numbers between must belong to it ("50 of 60 in X")."""
    named = next(p for p in cast.places.within(Span(q.span.end, s.span.end)) if p.value.iri in places)
    end = q.span.end
    between = quantities.within(Span(q.span.end + 1, named.span.start))
    for n, other in enumerate(between):
        gap = cast.content[end if n == 0 else between[n - 1].span.end : other.span.start]
        if not PREPOSITION.fullmatch(gap):
            return False
    return ";" not in cast.content[end : named.span.start]
