"""Organisations by their names in the reference data, and names with the place of an office: "IOM Viet Nam"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.annotators.analysis import Analysis
from ingest.annotators.gazetteer import Known
from ingest.annotators.spans import SpanIndex
from ingest.model import Annotation, Span

BRANCHED = frozenset({"Association", "TradeUnion"})
"""Classes of bodies whose branches go by the abbreviation and the place: "VCCI Da Nang"."""
IN_TITLE = "it stands inside the title of a project or an instrument"


def with_known(
    analysis: Analysis, found: Sequence[Annotation], titled: SpanIndex[Annotation]
) -> tuple[list[Annotation], list[Annotation]]:
    """The names of the grammar with those of the reference data: of two that overlap the longer one stays.

    The second list holds what was turned down because it stands in a title (kind `rejected`).
    """
    kept, rejected = dict(enumerate(found)), []
    places = SpanIndex((o.span, n) for n, o in kept.items())
    for known in analysis.known:
        entries: Sequence[Known] = known.value
        if all(k.by == "abbreviation" for k in entries) or not on_content(analysis, known.span):
            continue
        if titled.touches(known.span):
            rejected.append(Annotation(known.span, "rejected", "organisation", IN_TITLE))
            continue
        rivals = {n: kept[n] for n in places.overlapping(known.span) if n in kept}
        if any("parent" in o.features or _length(o.span) >= _length(known.span) for o in rivals.values()):
            continue
        head = next((o.features["head"] for o in rivals.values() if "head" in o.features), "")
        for n in rivals:
            del kept[n]
        kind = entries[0].entity.type
        added = len(found) + known.span.start
        kept[added] = Annotation(known.span, "organisation", kind, "organisation/reference", {"head": head})
        places.add(known.span, added)
    return sorted(kept.values(), key=lambda o: o.span), rejected


def _length(span: Span) -> int:
    return span.end - span.start


def on_content(analysis: Analysis, span: Span) -> bool:
    """True for a span in a sentence of the text itself, not of the menus and notices around it."""
    sentence = analysis.sentence_at(span.start)
    return sentence is not None and sentence.line.kind != "boilerplate"


def with_places(analysis: Analysis, organisations: Sequence[Annotation]) -> list[Annotation]:
    """The names, each with the place that follows where it belongs to the name: "IOM Viet Nam", "VCCI Da Nang"."""
    places = {p.span.start: p for p in analysis.places}
    result = []
    for organisation in organisations:
        end = organisation.span.end
        place = places.get(end + 1) if analysis.text.content[end : end + 1] == " " else None
        result.append(_with_place(organisation, place) if place else organisation)
    return result


def _with_place(o: Annotation, place: Annotation) -> Annotation:
    """A name with a place right after it; the feature `office` says that it names an office (`city`: one in a city)."""
    country = place.value.type == "Country"
    longer = replace(o, span=Span(o.span.start, place.span.end))
    if o.rule.startswith("organisation/abbreviation"):
        if country:
            return replace(longer, features={**o.features, "office": True})
        if o.value == "IntergovernmentalOrganisation" or o.value in BRANCHED:
            return replace(longer, features={**o.features, "office": "city", "head": "Office"})
    elif country and o.value in ("Company", "NonGovernmentalOrganisation") and not o.features.get("head"):
        return longer
    return o
