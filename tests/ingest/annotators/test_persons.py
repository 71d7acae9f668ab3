import pytest

from ingest.annotators import organisations, persons
from ingest.annotators.name_words import NameWords
from ingest.annotators.title_words import TitleWords
from tests.ingest.annotators.reading import analyse

X = "Abeba Xyzar"


def found(content):
    """(name, rule, [(title, organisation)]) of each person."""
    analysis = analyse(content)
    names = NameWords(analysis)
    bodies = organisations.annotate(names)
    return [
        (
            str(p.value),
            p.rule.removeprefix("person/"),
            [(r.title, analysis.words(r.organisation) if r.organisation else "") for r in p.features["roles"]],
        )
        for p in persons.annotate(TitleWords(names, bodies))
    ]


@pytest.mark.parametrize(
    ("content", "rule", "roles"),
    [
        (f"They thanked Ms. {X} for it.", "honorific", []),
        (f"They thanked Director Mr. {X} for it.", "title", [("Director", "")]),
        (f"Deputy Director {X} spoke.", "title", [("Deputy Director", "")]),
        (
            f"The Director of the Alfa Institute, Dr. {X}, spoke.",
            "title-comma",
            [("Director", "Alfa Institute")],
        ),
        (f"{X}, Deputy Director of the Alfa Institute, spoke.", "apposition", [("Deputy Director", "Alfa Institute")]),
        (f"{X} (Director) spoke.", "apposition", [("Director", "")]),
        (f"{X}, the newly appointed Director, spoke.", "apposition", []),
        (f"“It went well,” said {X}.", "saying", []),
    ],
)
def test_a_person_with_roles(content, rule, roles):
    people = found(content)
    assert [(name, by) for name, by, _ in people] == [(X, rule)]
    if roles:
        assert people[0][2] == roles


def test_a_surname_after_a_title():
    assert found("They met Minister Xyzar in the hall.")[0][:2] == ("Xyzar", "title-surname")


def test_a_field_of_office():
    analysis = analyse(f"The Minister of Trade, Labour and Social Welfare {X} spoke.")
    names = NameWords(analysis)
    (person,) = persons.annotate(TitleWords(names, []))
    assert person.features["roles"][0].portfolio == "Trade, Labour and Social Welfare"


def test_two_offices():
    content = f"{X}, President of the Alfa Institute and Director of the Beta Institute, spoke."
    assert found(content)[0][2] == [("President", "Alfa Institute"), ("Director", "Beta Institute")]


def test_the_country_of_an_ambassador():
    assert found(f"The Kenyan Ambassador {X} spoke.")[0][2] == [("Kenyan Ambassador", "")]


def test_initials_and_particles_belong_to_a_name():
    assert found("They thanked Mr. Abeba F. Xyzar for it.")[0][0] == "Abeba F. Xyzar"
    assert found("They thanked Mr. Abeba de Xyzar for it.")[0][0] == "Abeba de Xyzar"


@pytest.mark.parametrize(
    "content",
    [
        "All members of the Alfa Institute came.",
        "Viet Nam, Director of nothing, is a place.",
        "Safe Work, Director of it.",
        "The head of the house spoke.",
    ],
)
def test_no_persons(content):
    assert found(content) == []
