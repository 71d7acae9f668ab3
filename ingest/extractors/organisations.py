"""Organisations of a document: the mentions of each brought together, its kind and its reference entity."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.annotators.names import Names
from ingest.extractors import anaphors, kinds_told, pairs, parts
from ingest.extractors.cast import Cast
from ingest.extractors.countries import stated_country
from ingest.extractors.grouping import Named, as_defined, clusters
from ingest.extractors.references import reference_of
from ingest.extractors.spelling import normal, one_line
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span
from kg.reference import ReferenceEntity

CONFIDENCE = {
    "organisation/recogniser": 0.7,
    "organisation/context": 0.6,
    "organisation/first-words": 0.8,
    "organisation/defined": 0.75,
}
NAMED = 0.92
"""The confidence of the rules that are not in CONFIDENCE."""
OFFICE_OF_PERSON = re.compile(r"(?:(?:State |Federal )?President|Prime Minister|King|Chancellor)\b(?! Office|’s|'s)")
ACTS = re.compile(rf"\s+(?:has\s+|had\s+)?{any_of('office_acts')}")
CREDIT_REACH = 30
CREDIT = re.compile(
    r"\b(?:[Pp]hotos?|PHOTOS?|[Ii]mages?|[Pp]ictures?)(?:\s+(?:[Cc]redits?|by|courtesy\s+of|source))?\s*[:/©]\s*$"
)
"""What stands before the name of those who made a picture."""
CREDIT_END = re.compile(r"\s*(?:\)|\n|$)")
BY_OFFICE = re.compile(r"\b(?:of|by)\s+the\s+$")
BRACKET = re.compile(r"\s?\([^()]{1,40}\)")
OF_COUNTRY = re.compile(r"\s+of\s+(?:the\s+)?")


def extract(cast: Cast, names: Names) -> None:
    """Adds the organisations of the text to the cast, the words that point back to them, and `partOf` facts."""
    mentions = [m for m in names.organisations if not (_stands_for_person(cast, m) or _credited(cast, m))]
    texts = [m.features.get("name") or cast.a.words(m.span) for m in mentions]
    countries = [stated_country(cast, m) for m in mentions]
    known = [reference_of(cast, *named) for named in zip(mentions, texts, countries, strict=True)]
    linked = as_defined(cast, names.definitions, mentions, texts, known)
    for members in clusters(cast, names.definitions, Named(mentions, texts, linked, countries)):
        country = next((countries[i] for i in members if countries[i]), None)
        _add(cast, [mentions[i] for i in members], [texts[i] for i in members], [linked[i] for i in members], country)
    kinds_told.extract(cast)
    anaphors.organisations(cast, mentions)
    parts.extract(cast, mentions)
    pairs.extract(cast)


def _stands_for_person(cast: Cast, m: Annotation) -> bool:
    """True for "Prime Minister" where a person follows, or a deputy is meant: the office does not act there."""
    if not OFFICE_OF_PERSON.match(cast.a.words(m.span)):
        return False
    start, end = m.span.start, m.span.end
    before = cast.content[max(0, start - 12) : start]
    acts = ACTS.match(cast.content[end : end + 60]) or BY_OFFICE.search(before)
    deputy = re.search("Deputy|Vice", before[-8:]) is not None
    name_follows = cast.content[end : end + 1] == " " and cast.content[end + 1 : end + 2].isupper()
    return not acts or deputy or name_follows


def _credited(cast: Cast, m: Annotation) -> bool:
    """ "(Photo: X)", "Image: X": who made a picture."""
    before = cast.content[max(0, m.span.start - CREDIT_REACH) : m.span.start]
    return CREDIT.search(before) is not None and CREDIT_END.match(cast.content, m.span.end) is not None


def _add(
    cast: Cast,
    mentions: Sequence[Annotation],
    texts: Sequence[str],
    linked: Sequence[ReferenceEntity | None],
    country: str | None,
) -> None:
    """Adds the mentions of one organisation, the best name first."""
    order = sorted(range(len(mentions)), key=lambda i: (-_worth(texts[i], mentions[i]), mentions[i].span))
    best = order[0]
    entity = next((e for e in linked if e is not None), None)
    kind = entity.type if entity is not None else str(mentions[best].value)
    key = f"organisation:{normal(texts[best])}"
    if key in cast.members:
        key += f":{mentions[best].span.start}"
    for i in order:
        m = mentions[i]
        confidence = CONFIDENCE.get(m.rule, NAMED)
        reach = Span(m.span.start, _reach(cast, m.span.end))
        member = cast.add(key, kind, one_line(texts[i]).strip(), m.span, "organisation", m.rule, confidence, reach)
    member.reference = entity.iri if entity is not None else None
    member.country = entity.country if entity is not None else country


def _reach(cast: Cast, end: int) -> int:
    """Where a name ends with the bracket and the country that belong to it: "Ministry of X (MX) of the Y"."""
    bracket = BRACKET.match(cast.content[end : end + 44])
    after = end + (bracket.end() if bracket else 0)
    of = OF_COUNTRY.match(cast.content[after : after + 9])
    country = cast.places.at(after + of.end()) if of else None
    return country.span.end if country else after


def _worth(text: str, m: Annotation) -> float:
    """Full names before abbreviations, and names without first words only."""
    if m.features.get("office") or m.rule == "organisation/first-words":
        return 0
    return len(text.split()) + (0 if text.isupper() else 1)
