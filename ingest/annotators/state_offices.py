"""Offices that act for a state as bodies do: "Decree of the President of the Republic of X", "the King approved"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.annotators.analysis import Analysis
from ingest.annotators.reference_names import on_content
from ingest.annotators.spans import SpanIndex, index
from ingest.model import Annotation, Span

STATE_OFFICE = "organisation/state-office"
OFFICE = re.compile(r"\b(?:(?:State |Federal )?President|Prime Minister|King|Chancellor|Governor General)\b")
OF_STATE = re.compile(
    r"\s+of\s+(?:the\s+)?(?:[A-Z][a-z]+\s+){0,3}?(?:(?:Republic|Kingdom|Union|State|Federation)\s+of\s+(?:the\s+)?)?"
)
ORDERS = re.compile(
    r"\b(?:decrees?|laws?|regulations?|decisions?|instructions?|resolutions?|ordinances?|acts?|orders?)\b", re.I
)
"""What only the head of a state or of its government issues."""
REACH = 60


def with_state_offices(
    analysis: Analysis, organisations: Sequence[Annotation], titled: SpanIndex[Annotation]
) -> list[Annotation]:
    """The organisations with the offices of a state: with their country, or alone in a sentence on an order."""
    content = analysis.text.content
    places = {p.span.start: p for p in analysis.places if p.value.type == "Country"}
    found: list[Annotation] = []
    for match in OFFICE.finditer(content):
        end = _end(content, match.end(), places)
        span = Span(match.start(), end)
        named = end > match.end() or _orders(analysis, span)
        if named and not titled.touches(span) and on_content(analysis, span):
            found.append(Annotation(span, "organisation", "GovernmentBody", STATE_OFFICE, {"head": ""}))
    offices = index(found)
    taken = index([o for o in organisations if not _inside(o.span, offices)])
    kept = [o for o in organisations if not _inside(o.span, offices)]
    return sorted([*kept, *(o for o in found if not taken.touches(o.span))], key=lambda o: o.span)


def _end(content: str, end: int, countries: dict[int, Annotation]) -> int:
    """Where the office ends with its country."""
    of = OF_STATE.match(content, end, end + REACH)
    country = countries.get(of.end()) if of else None
    if country is None and of:
        # "of the Republic of Uzbekistan" may be a name of the country as a whole.
        short = re.compile(r"\s+of\s+(?:the\s+)?").match(content, end)
        country = countries.get(short.end()) if short else None
    return country.span.end if country else end


def _orders(analysis: Analysis, span: Span) -> bool:
    """True in a sentence that names a decree, a law or the like."""
    s = analysis.sentence_at(span.start)
    capital = analysis.words(span) not in ("King", "Chancellor")
    return s is not None and capital and ORDERS.search(analysis.words(s.span)) is not None


def _inside(span: Span, offices: SpanIndex[Annotation]) -> bool:
    return any(
        o.start <= span.start and span.end <= o.end and o != span for o in (a.span for a in offices.overlapping(span))
    )
