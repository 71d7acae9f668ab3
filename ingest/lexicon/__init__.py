"""The word lists of extraction: data in the .toml files beside this one, read once into a frozen Lexicon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ingest.lexicon.files import table
from ingest.lexicon.naming import (
    EnglishWords,
    OrganisationWords,
    PersonWords,
    StrangerWords,
    read_english,
    read_organisations,
    read_persons,
    read_strangers,
)
from ingest.lexicon.texts import DateWords, LayoutWords, NumberWords, read_dates, read_layout, read_numbers
from ingest.lexicon.things import (
    EventWords,
    InstrumentWords,
    ProjectWords,
    read_events,
    read_instruments,
    read_projects,
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by what they show, as written in the files."""

    organisations: OrganisationWords
    persons: PersonWords
    english: EnglishWords
    strangers: StrangerWords
    acronyms: frozenset[str]
    """Abbreviations of this field that name no organisation."""
    dates: DateWords
    numbers: NumberWords
    layout: LayoutWords
    events: EventWords
    projects: ProjectWords
    instruments: InstrumentWords


@cache
def load_lexicon() -> Lexicon:
    """Reads the word lists that travel with the package."""
    return Lexicon(
        organisations=read_organisations(),
        persons=read_persons(),
        english=read_english(),
        strangers=read_strangers(),
        acronyms=frozenset(table("acronyms")["general"]),
        dates=read_dates(),
        numbers=read_numbers(),
        layout=read_layout(),
        events=read_events(),
        projects=read_projects(),
        instruments=read_instruments(),
    )
