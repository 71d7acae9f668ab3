"""Which reference organisation a name is, where the name and the country leave only one."""

from __future__ import annotations

import re

from ingest.annotators.gazetteer import fold
from ingest.extractors.cast import Cast
from ingest.extractors.countries import country_of, edges
from ingest.lexicon.relations import any_of
from ingest.model import Annotation
from kg.reference import ReferenceEntity

GENERIC = re.compile(rf"{any_of('generic_first_words')}\b")
"""First words of names that every country has."""
DASH = re.compile(r"\s+[-–]\s+")
""" "Ministry of Labour - Invalids and Social Affairs"."""
BEFORE_COUNTRY = re.compile(r"\s+(?:of|in|to)(?:\s+the)?\s*$")


def reference_of(cast: Cast, m: Annotation, text: str, country: str) -> ReferenceEntity | None:
    """The reference organisation that a mention names; `country` is the one that the words around it give, or empty."""
    known = cast.a.gazetteer.known(text) or cast.a.gazetteer.known(DASH.sub(", ", text))
    entities = list({k.entity.iri: k.entity for k in known}.values())
    if not entities:
        return _of_its_country(cast, m, text) or _of_short(cast, text)
    if country and any(e.country is not None for e in entities):
        # Never the namesake of another country, were it the one that the text is mostly about.
        return next((e for e in entities if e.country == country), None)
    if len(entities) == 1 and entities[0].country is None:
        return entities[0]
    context = cast.a.context
    ranked = sorted(entities, key=lambda e: (-context.get(e.country or "", 0), e.iri))
    best = ranked[0]
    here = context.get(best.country or "", 0)
    generic = GENERIC.match(text) is not None
    if best.country is None:
        return best
    if here > 0 and (len(ranked) == 1 or here > context.get(ranked[1].country or "", 0)):
        leading = max(context.values(), default=0)
        return best if not generic or here * 3 >= leading else None
    return best if len(entities) == 1 and not generic and not text.isupper() and not _ordinary(cast, text) else None


def _ordinary(cast: Cast, text: str) -> bool:
    """True for a name of ordinary words alone ("Trades Union Congress"), in a text about other countries."""
    words = [w for w in text.split() if w[0].isalpha() and len(w) > 3]
    return bool(cast.a.context) and all(cast.a.english.common(w) for w in words)


def _of_its_country(cast: Cast, m: Annotation, text: str) -> ReferenceEntity | None:
    """ "X of Viet Nam", "Lao X": the country at the edge of the name chooses among namesakes."""
    for place in edges(cast.country_names, m.span):
        country = country_of(place)
        if not country:
            continue
        if place.span.start == m.span.start:
            rest = text[place.span.end - m.span.start :].strip()
        else:
            rest = BEFORE_COUNTRY.sub("", text[: place.span.start - m.span.start])
        for k in cast.a.gazetteer.known(rest):
            if k.entity.country == country or (k.by == "abbreviation" and k.entity.country is None):
                return k.entity
    return None


def _of_short(cast: Cast, text: str) -> ReferenceEntity | None:
    """ "KRIVET Institute", "SEAMEO VOCTECH Regional Centre": a short name with words of the full one after it."""
    words = text.split()
    for k in range(len(words) - 1, 0, -1):
        if not words[k - 1].isupper():
            continue
        known = {e.entity.iri: e.entity for e in cast.a.gazetteer.known(" ".join(words[:k])) if e.by == "abbreviation"}
        for entity in known.values() if len(known) == 1 else ():
            if set(fold(" ".join(words[k:])).split()) <= set(fold(entity.label).split()):
                return entity
    return None
