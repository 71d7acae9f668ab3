"""Fields of fact boxes in the layouts in which pages are saved."""

import pytest

from ingest.annotators import structure

NAMES = "Donor: Blue Fund\nPeriod: 2027-2031\nPartners: Red School"


def shown(content):
    found = structure.layout(content, []).fields
    return [(content[f.label.start : f.label.end], content[f.value.start : f.value.end]) for f in found]


@pytest.mark.parametrize(
    "content",
    [
        "Green Roofs\n\n" + NAMES,
        "Green Roofs\n\nDonor\nBlue Fund\nPeriod\n2027-2031\nPartners\nRed School\n",
        "Green Roofs\n\nDonor:\nBlue Fund\nPeriod:\n2027-2031\nPartners:\nRed School\n",
        "Green Roofs\n\n| Donor | Blue Fund |\n| Period | 2027-2031 |\n| Partners | Red School |\n",
        "Green Roofs\n\nDonor\tBlue Fund\nPeriod\t2027-2031\nPartners\tRed School\n",
        "Green Roofs\n\nDonor – Blue Fund\nPeriod – 2027-2031\nPartners – Red School\n",
    ],
)
def test_layouts(content):
    assert shown(content) == [("Donor", "Blue Fund"), ("Period", "2027-2031"), ("Partners", "Red School")] or shown(
        content
    ) == [("Donor:", "Blue Fund"), ("Period:", "2027-2031"), ("Partners:", "Red School")]


def test_a_value_of_several_lines():
    content = "Green Roofs\n\nDonor\nBlue Fund\nPartners\nRed School\nGrey School\n\nPeriod\n2027-2031\n"
    assert ("Partners", "Red School\nGrey School") in shown(content)


def test_headings_over_prose_are_no_fields():
    content = (
        "Green Roofs\n\nPartners\nThe school works with masons of the whole valley and with their sons.\n\n"
        "Budget\nNobody knows yet what the roofs of the old town are going to cost the council.\n"
    )
    assert shown(content) == []
