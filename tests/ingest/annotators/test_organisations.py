import pytest

from ingest.annotators import organisations
from ingest.annotators.organisation_kinds import kind_of
from tests.ingest.annotators.reading import analyse, name_words, words


def found(content):
    return words(content, organisations.annotate(name_words(content)))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # what stands before the head
        ("They met the Alfa Skills Institute today.", ["Alfa Skills Institute"]),
        ("They met the Women’s Union of Abc today.", ["Women’s Union of Abc"]),
        ("They met Abc’s Training Centre today.", ["Training Centre"]),
        ("They met the Trade and Transport Association today.", ["Trade and Transport Association"]),
        ("They met the Mining, Energy and Water Association today.", ["Mining, Energy and Water Association"]),
        ("They met the Kenya–Japan Training Centre today.", ["Kenya–Japan Training Centre"]),
        ("They met the Garment workers Federation today.", ["Garment workers Federation"]),
        ("At Alfa University they learn.", ["Alfa University"]),
        ("Visiting Alfa University, they learned.", ["Alfa University"]),
        ("They met the St. Abc’s Technical School today.", ["St. Abc’s Technical School"]),
        ("They met the Trainer Institute today.", ["Trainer Institute"]),
        (
            "They met the Directorate of Education and Kenya Labour Board today.",
            ["Directorate of Education", "Kenya Labour Board"],
        ),
        ("They met at the 18th World Labour Congress.", []),
        # what stands after it
        ("They met the Ministry of Labour, Sports and Social Affairs today.", None),
        ("They met the Department of Skills and Employment of Kenya today.", None),
        ("They met the Committee on Safety today.", ["Committee on Safety"]),
        ("They met the Alfa Company on Monday.", ["Alfa Company"]),
        ("They met the Delegation of the European Union to Kenya today.", None),
        ("They met the Embassy in Kenya today.", ["Embassy in Kenya"]),
        ("They met Alfa Company Ltd today.", ["Alfa Company Ltd"]),
        ("They met Alfa College 3 today.", ["Alfa College 3"]),
        # no names
        ("They met the Ministry and the Centre today.", []),
        ("They met the Regional Network today.", []),
        ("They met Small Enterprises today.", []),
        ("THE ALFA INSTITUTE MET", []),
    ],
)
def test_names_with_a_head(content, expected):
    if expected is None:
        expected = [content.removeprefix("They met the ").removesuffix(" today.")]
    assert found(content) == expected


def test_one_head_for_several_names():
    assert found("The Ministries of Labour and of Education met.") == ["Labour", "Education"]


def test_a_name_says_whose_part_it_is():
    content = "The Department of Skills of the Ministry of Labour met."
    names = organisations.annotate(name_words(content))
    assert words(content, names)[0] == "Department of Skills"
    content = "The Department of the Ministry of Labour met."
    first = organisations.annotate(name_words(content))[0]
    parent = first.features.get("parent")
    assert parent is None or content[parent.start : parent.end] == "Ministry of Labour"


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("Ministry of Alfa", "Ministry", "GovernmentBody"),
        ("Youth Council", "Council", "Organisation"),
        ("National Council", "Council", "GovernmentBody"),
        ("Alfa Group", "Group", "Company"),
        ("Alfa Bank", "Bank", "Company"),
        ("Alfa Development Bank", "Bank", "IntergovernmentalOrganisation"),
        ("Alfa Union", "Union", "TradeUnion"),
        ("Alfa Vocational Training Centre", "Centre", "EducationInstitution"),
        ("IOM Office", "Office", "IntergovernmentalOrganisation"),
        ("Alfa Something", "", "Organisation"),
    ],
)
def test_the_class_that_a_name_shows(name, head, kind):
    assert kind_of(name, head, analyse("")) == kind
