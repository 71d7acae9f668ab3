"""What annotators need: word lists and a small set of known names."""

import pytest

from ingest.annotators import analyse as analyse_text
from ingest.annotators.english import load_english
from ingest.annotators.gazetteer import Gazetteer
from ingest.annotators.recogniser import DEFAULT_MODEL
from ingest.lexicon import load_lexicon
from kg.reference import Reference, ReferenceEntity

PLACE = "https://example.org/place/"
KENYA = ReferenceEntity(PLACE + "ke", "Country", "Kenya", (), (), country="KE", code="KE", demonyms=("Kenyan",))
NEPAL = ReferenceEntity(PLACE + "np", "Country", "Nepal", (), (), country="NP", code="NP", demonyms=("Nepali",))
NAIROBI = ReferenceEntity(PLACE + "ke-nairobi", "City", "Nairobi", (), (), country="KE", parent=PLACE + "ke")


@pytest.fixture(scope="session")
def english():
    return load_english(DEFAULT_MODEL)


@pytest.fixture(scope="session")
def analyse(english):
    """The analysis of a text, with two countries and a city as reference."""
    gazetteer = Gazetteer(Reference(organisations=(), places=(KENYA, NEPAL, NAIROBI), topics=(), goals=()))
    return lambda content: analyse_text("a.txt", content, english, load_lexicon(), gazetteer)
