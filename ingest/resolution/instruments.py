"""IRIs of instruments: the number of a law, the day and the parties of an agreement."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.model import Entity, Findings
from ingest.resolution.kinds import AGREEMENTS
from ingest.resolution.slugs import digest, slug
from ingest.resolution.statements import Facts, Key

NATIONAL = ("Law", "Decision", "Plan")
SHORT = 4
"""National instruments with fewer words in their names have namesakes in other countries."""


def instrument_slug(e: Entity, findings: Findings, facts: Facts, iris: Mapping[Key, str]) -> str:
    """The slug of an instrument; `iris` are those of the organisations."""
    country = f"-{findings.country.lower()}" if findings.country else ""
    identifier = facts.literal(e.key, "identifier")
    if identifier:
        return (
            f"convention-{slug(identifier)}"
            if e.type == "Convention"
            else f"{e.type.lower()}-{slug(identifier)}{country}"
        )
    if e.type in AGREEMENTS:
        return _agreement_slug(e, facts, iris)
    if e.type == "TradeAgreement":
        return slug(next((n for n in e.names if n.isupper() and " " not in n), e.names[0]))
    namesakes = e.type in NATIONAL and len(e.names[0].split()) < SHORT
    return slug(e.names[0]) + (country if namesakes else "")


def _agreement_slug(e: Entity, facts: Facts, iris: Mapping[Key, str]) -> str:
    """Agreements share their names, so day and parties tell them apart, or else the document."""
    parties = sorted(
        iris.get((facts.document, str(p)), str(p)).rsplit("/", 1)[-1] for p in facts.objects(e.key, "party")
    )
    date = facts.literal(e.key, "signedOn")
    if date and len(parties) >= 2:
        return f"{slug(e.names[0], 50)}-{date}-{digest(*parties)[:6]}"
    return f"{slug(e.names[0], 50)}-{digest(facts.document, *parties)[:6]}"
