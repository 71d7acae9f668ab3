"""Instruments by the form of their whole name."""

import pytest

from ingest.annotators import instruments


@pytest.mark.parametrize(
    ("content", "marked"),
    [
        ("He read the Farm Act-2001 aloud.", ["Farm Act-2001"]),
        ("Under Farm Rules 2001, firms pay.", ["Farm Rules 2001"]),
        ("They apply the Farm Regulations 2001 (L.I. 12) now.", ["Farm Regulations 2001 (L.I. 12)"]),
        (
            "They read the Draft Law amending a number of articles of the Law on Farms and Wells in May.",
            ["Draft Law amending a number of articles of the Law on Farms and Wells", "Law on Farms and Wells"],
        ),
        ("He spoke of the union’s 2001 action plan.", ["2001 action plan"]),
        ("He spoke of the FARM’s 2001 action plan.", ["FARM’s 2001 action plan"]),
        ("They follow the Resolution of its 9th National Congress.", ["Resolution of its 9th National Congress"]),
        ("He has a plan for 2001 and a resolution for the new year.", []),
    ],
)
def test_forms(analyse, content, marked):
    found = instruments.annotate(analyse(content))
    assert [content[a.span.start : a.span.end] for a in found] == marked
