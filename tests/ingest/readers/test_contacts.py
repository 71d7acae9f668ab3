import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.contacts import cover


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Ms X, Officer - x.y@example.org", "Ms X, Officer - •.•@•••••••.•••"),
        ("Mob: 0900000000", "Mob: ••••••••••"),
        ("Press contact: tel. +00 11 2222 3333", "Press contact: tel. +•• •• •••• ••••"),
        ("For questions call 012 3456 789.", "For questions call ••• •••• •••."),
    ],
)
def test_contact_data_are_covered(text, covered):
    assert cover(text) == covered


@pytest.mark.parametrize(
    "text",
    [
        "between 2018 and 2021",
        "USD 600,000 for 12 provinces",
        "Decision No. 176/QD-TTg",
        "a call for 2,000 people",
        "7.61%",
    ],
)
def test_figures_stay(text):
    assert cover(text) == text


@given(st.text(max_size=300))
def test_offsets_stay(text):
    assert len(cover(text)) == len(text)
