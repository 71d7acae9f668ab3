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


def test_several_on_one_line():
    content = "Green Roofs\n\nContract partner: Red School Country: Togo Project start: 01.03.2027 End: 28.02.2029\n"
    assert shown(content) == [
        ("Contract partner", "Red School"),
        ("Country", "Togo"),
        ("Project start", "01.03.2027"),
        ("End", "28.02.2029"),
    ]


def test_labels_without_a_sign_and_values_below_a_blank_line():
    content = (
        "Green Roofs\n\nCountry Malawi\nSector Farming\nPlanned Completion 2029\n\nDonor\n\nBlue Fund\n\n"
        "Partners:\n\nRed School\n\nGrey School\n\nThe roofs are new and help all of the masons of the town.\n"
    )
    assert shown(content) == [
        ("Country", "Malawi"),
        ("Sector", "Farming"),
        ("Planned Completion", "2029"),
        ("Donor", "Blue Fund"),
        ("Partners:", "Red School\n\nGrey School"),
    ]


def test_a_list_of_one_label_is_no_box():
    assert shown("Green Roofs\n\nGoal 4 - Schools\nGoal 8 - Work\nGoal 17 - Friends\n") == []


def test_headings_over_prose_are_no_fields():
    content = (
        "Green Roofs\n\nPartners\nThe school works with masons of the whole valley and with their sons.\n\n"
        "Budget\nNobody knows yet what the roofs of the old town are going to cost the council.\n"
    )
    assert shown(content) == []
