"""IRIs of organisations: that of the reference entry, else of the full name, with the country if namesakes abound."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.annotators.gazetteer import fold
from ingest.extractors.spelling import normal
from ingest.lexicon.relations import any_of
from ingest.model import Entity, Findings
from ingest.resolution.kinds import ORGANISATIONS
from ingest.resolution.slugs import slug
from ingest.resolution.statements import Facts
from kg.namespaces import Addresses

NATIONAL = re.compile(rf"{any_of('national_first_words')}\b", re.I)
NATIONAL_UNIT = re.compile(rf"(?!General\b)(.+) ({any_of('national_units')})", re.I)
ADJECTIVE = re.compile(rf"[A-Z][a-z]+ (?={any_of('national_bodies')}\b)")
WHOLE_COUNTRY = re.compile(rf"({any_of('whole_governments')}) of .+")
ABBREVIATION = re.compile(r"[A-Z]\w*[A-Z]")
SPELLINGS = (
    (re.compile(r"^[Tt]he\s+"), ""),
    (re.compile("Labor(?!a)"), "Labour"),
    (re.compile("Vietnam(?!e)"), "Viet Nam"),
    (re.compile(r"\bDept\b\.?"), "Department"),
    (re.compile(r"\bCenter\b"), "Centre"),
    (re.compile("Organization"), "Organisation"),
)
"""Spellings of one name, the one to keep second."""


def full_names(corpus: Sequence[Findings]) -> Mapping[str, Entity]:
    """Abbreviation -> the one entity of the corpus that spells it out; abbreviations with two readings are left out."""
    found: dict[str, dict[str, Entity]] = defaultdict(dict)
    for findings in corpus:
        for e in findings.entities:
            if e.type in ORGANISATIONS and " " in e.names[0]:
                for short in e.names[1:]:
                    if short.isupper() or (len(short) <= 8 and " " not in short):
                        found[fold(short)].setdefault(e.reference or normal(e.names[0]), e)
    return {short: next(iter(entities.values())) for short, entities in found.items() if len(entities) == 1}


def organisation_iri(
    e: Entity, findings: Findings, facts: Facts, full: Mapping[str, Entity], addresses: Addresses
) -> str:
    """The IRI of an organisation; `full` are the names that the corpus gives for abbreviations."""
    if e.reference:
        return e.reference
    name = e.names[0]
    if " " not in name and (other := full.get(fold(name))) is not None:
        if other.reference:
            return other.reference
        name = other.names[0]
    return str(addresses.thing("organisation", organisation_slug(name, e, findings, facts)))


def organisation_slug(name: str, e: Entity, findings: Findings, facts: Facts) -> str:
    """The slug of a name that is in no reference data.

    A ministry, department or office is one of some country: of the one that the text gives it, that of the body above
    it, or else of the country that the text is mostly about.
    """
    for pattern, spelling in SPELLINGS:
        name = pattern.sub(spelling, name)
    if e.country:
        # "X Government", "Government of X", "Government of the Republic of X".
        name = WHOLE_COUNTRY.sub(r"\1", ADJECTIVE.sub("", name, count=1))
    unit = NATIONAL_UNIT.fullmatch(name)
    if unit and " of " not in name and not ABBREVIATION.match(name):
        name = f"{unit[2]} of {unit[1]}"  # "X Department" is the "Department of X"
    if not NATIONAL.match(name):
        return slug(name)
    country = e.country or _country_above(e.key, findings, facts) or findings.country
    return f"{slug(name)}-{country.lower()}" if country else slug(name)


def _country_above(key: str, findings: Findings, facts: Facts) -> str | None:
    """The country of the body that an organisation is part of, or of a body above that."""
    entities = {e.key: e for e in findings.entities} if facts.keys(key, "partOf") else {}
    seen: set[str] = set()
    above = facts.keys(key, "partOf")
    while above:
        key = above[0]
        if key in seen or key not in entities:
            return None
        if entities[key].country:
            return entities[key].country
        seen.add(key)
        above = facts.keys(key, "partOf")
    return None
