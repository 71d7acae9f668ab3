"""Kinds of things: the classes of the ontology that share a segment of the IRI."""

from __future__ import annotations

ORGANISATIONS = frozenset(
    [
        "Organisation",
        "GovernmentBody",
        "IntergovernmentalOrganisation",
        "TradeUnion",
        "Company",
        "Association",
        "NonGovernmentalOrganisation",
        "EducationInstitution",
    ]
)
AGREEMENTS = frozenset(["Agreement", "CooperationAgreement", "MemorandumOfUnderstanding"])
INSTRUMENTS = AGREEMENTS | frozenset(["Instrument", "Convention", "TradeAgreement", "Law", "Decision", "Plan"])
EVENTS = frozenset(
    [
        "Event",
        "Meeting",
        "Workshop",
        "Conference",
        "Webinar",
        "Training",
        "StudyVisit",
        "Launch",
        "Signing",
        "Ceremony",
        "Competition",
        "Fair",
    ]
)


def kind_of(type_: str) -> str:
    """The segment of the IRI that stands for a class: `organisation`, `instrument`, `event` ..."""
    for kind, classes in (("organisation", ORGANISATIONS), ("instrument", INSTRUMENTS), ("event", EVENTS)):
        if type_ in classes:
            return kind
    return type_.lower()
