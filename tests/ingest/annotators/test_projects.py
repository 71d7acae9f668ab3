"""Projects: quoted, in capitals, defined, described, and a page's own."""

import pytest

from ingest.annotators import projects


@pytest.mark.parametrize(
    ("content", "marked", "rule"),
    [
        ("They began the project “Green Farms” today.", "Green Farms", "quoted"),
        ("They began the “Green Farms” project today.", "Green Farms", "quoted-before"),
        ("The project Growing Together (GT) began today.", "Growing Together", "after-head"),
        ("The pilot project, Growing Together, began today.", "Growing Together", "after-head"),
        ("They began the programme Farms4All today.", "Farms4All", "after-head"),
        ("They began the Green Farms project today.", "Green Farms", "capitalised"),
        ("They began the Swiss-funded Green Farms project today.", "Green Farms", "capitalised"),
        ("They began the Farms 21 project today.", "Farms 21", "capitalised"),
        ("They began the Green Farms Project today.", "Green Farms Project", "capitalised"),
        ("Everybody praised the rural work experience scheme today.", "rural work experience scheme", "described"),
        ("The project goes by the name of “Green Farms”.", "Green Farms", "quoted"),
        ("The programme is called Roofs to Work.", "Roofs to Work", "after-head"),
        ("The scheme, known as Ready to Farm, began.", "Ready to Farm", "after-head"),
        ("They began the Roofs@Work Project today.", "Roofs@Work Project", "capitalised"),
        (
            "They closed the project Raising the skills of rural women - Helping Families Earn.",
            "Raising the skills of rural women - Helping Families Earn",
            "after-head",
        ),
        ("Green Farms for All, a programme of the town, began today.", "Green Farms for All", "apposition"),
        (
            "The hall is part of Green Farms for All (GFA). The programme began today.",
            "Green Farms for All",
            "pointed-at",
        ),
        ("Both are within FARMER in Kenya. The town runs this programme.", "FARMER in Kenya", "pointed-at"),
        ("Clean Farm Skills runs from June 2025 to May 2028.", "Clean Farm Skills", "told"),
        ("A project to teach farming to young people began.", "project to teach farming to young people", "described"),
        (
            "They agreed on a project that will improve career advice in schools.",
            "project that will improve career advice in schools",
            "described",
        ),
        ("They signed a project on strengthening small farms.", "project on strengthening small farms", "described"),
        ("The town has designed a farm training scheme.", "farm training scheme", "described"),
        ("Green Farms in Nakuru Town, Kenya, a new project, began.", "Green Farms in Nakuru Town, Kenya", "apposition"),
    ],
)
def test_rules(analyse, content, marked, rule):
    [a] = projects.annotate(analyse(content))
    assert (content[a.span.start : a.span.end], a.rule) == (marked, f"project/{rule}")


def test_short_name_in_brackets(analyse):
    content = "They began the Green Farms (GF) project today."
    [a] = projects.annotate(analyse(content))
    short = a.features["short"]
    assert (a.value, content[short.start : short.end]) == ("Green Farms", "GF")


def test_short_name_of_a_quoted_one(analyse):
    content = "They began the project “Green Farms” (PLUGG) today."
    [a] = projects.annotate(analyse(content))
    short = a.features["short"]
    assert content[short.start : short.end] == "PLUGG"


@pytest.mark.parametrize(
    "content",
    [
        "They are under the Ministry of Farms. The programme began today.",
        "Started by Farm Works in May 2027, the scheme gave money.",
        "They met in Nairobi. The project began today.",
        "Mr Roof, Executive Project Director, and the Farm Office and National Project Manager met.",
        "They signed the Decent Farms Country Programme.",
        "They brought the programme to five new districts.",
        "They held a programme to mark Labour Day with old friends.",
        "They will use the tools from the project to raise the income of farms.",
        "With money from Farm Works, the project will help young people.",
        "It is a Government of Kenya project.",
    ],
)
def test_no_name_of_a_project(analyse, content):
    assert projects.annotate(analyse(content)) == []


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("They began the projects “Green Farms” and “Clean Water” today.", ["Green Farms", "Clean Water"]),
        ('The programs "New Farm", "Old Farm" and "Big Farm" began.', ["New Farm", "Old Farm", "Big Farm"]),
    ],
)
def test_several_quoted_names(analyse, content, names):
    assert [a.value for a in projects.annotate(analyse(content))] == names


@pytest.mark.parametrize(
    ("field", "name"),
    [("Location: Nairobi", "Green Farms for All"), ("Project title: Clean Water (CW)", "Clean Water")],
)
def test_page_with_a_fact_box(analyse, field, name):
    content = f"AB/12 - Green Farms for All (GF)\n\nDonor: the Fund\n\nDuration: two years\n\n{field}\n"
    assert [a.value for a in projects.annotate(analyse(content)) if a.rule == "project/page-title"] == [name]


def test_page_with_a_fact_box_for_each_of_its_projects(analyse):
    boxes = [
        f"{n}. {name}\nDonor: the Fund\nDuration: two years\n" for n, name in ((1, "Green Farms"), (2, "Clean Water"))
    ]
    found = projects.annotate(analyse("Our work\n\n" + "\n".join(boxes)))
    assert [a.value for a in found] == ["Green Farms", "Clean Water"]


@pytest.mark.parametrize(
    "content",
    [
        "The new project began.",
        "The National Programme began.",
        "A Kenya project began.",
        "PROJECT WORK",
        "The partnership grew.",
        "The project, Mr Otieno said, began.",
        "",
    ],
)
def test_no_project(analyse, content):
    assert projects.annotate(analyse(content)) == []
