"""The class of an organisation as its name shows it."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.annotators.analysis import Analysis

SENT = frozenset({"Office", "Mission", "Secretariat", "Hub", "Delegation", "Bureau", "Representation"})
"""Heads of bodies of the organisation that their name begins with."""
STATE = frozenset({"Ministry", "Embassy", "Consulate", "Government", "Parliament"})
"""Heads of bodies of a state, whatever else their name holds: "Ministry of Trade Union Relations"."""
WORLD = "IntergovernmentalOrganisation"


def kind_of(name: str, head: str, analysis: Analysis) -> str:
    """The class that a name's words and head show."""
    words = analysis.lexicon.organisations
    if head in STATE:
        return "GovernmentBody"
    for part, kind in words.refine:
        if part in name:
            return kind
    if head in words.public_heads and not _holds(name, words.public_words):
        return "Company" if head == "Group" else "Organisation"
    if head in words.learning_heads and _holds(name, words.learning_words):
        return "EducationInstitution"
    if head == "Fund" and name.startswith("State "):
        return "GovernmentBody"
    if head in words.world_heads and not _holds(name, words.world_words):
        return "TradeUnion" if head == "Union" else "Organisation"
    if head == "Bank" and not _holds(name, words.bank_words):
        return "Company"
    if head in SENT and _of_many_countries(name.split()[0], analysis):
        return WORLD
    return words.heads.get(head, "Organisation")


def _holds(name: str, parts: Iterable[str]) -> bool:
    return any(part in name for part in parts)


def _of_many_countries(word: str, analysis: Analysis) -> bool:
    """ "IOM Office": the office of a body of many countries."""
    known = analysis.gazetteer.known(word)
    return bool(known) and known[0].entity.type == WORLD
