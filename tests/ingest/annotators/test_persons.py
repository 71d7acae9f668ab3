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
        (f"{X}, MP, Director of the Alfa Institute, spoke.", "apposition", [("Director", "Alfa Institute")]),
        (f"{X} (Director), Alfa Institute, spoke.", "apposition", [("Director", "Alfa Institute")]),
        (f"{X}, who currently serves as Director, spoke.", "apposition", [("Director", "")]),
        (f"{X}, who came late, spoke.", "who", []),
        (f"OIC {X} spoke.", "title", [("OIC", "")]),
        (f"The Consul General to Kenya, the Hon. {X}, spoke.", "title-comma", [("Consul General to Kenya", "")]),
        (f"Director of the Alfa Institute - {X}; and others came.", "title-comma", [("Director", "Alfa Institute")]),
        (
            f"{X}, Chairman/Director of the Alfa Institute, spoke.",
            "apposition",
            [("Chairman", "Alfa Institute"), ("Director", "Alfa Institute")],
        ),
    ],
)
def test_a_person_with_roles(content, rule, roles):
    people = found(content)
    assert [(name, by) for name, by, _ in people] == [(X, rule)]
    if roles:
        assert people[0][2] == roles


def test_a_surname_after_a_title():
    assert found("They met Minister Xyzar in the hall.")[0][:2] == ("Xyzar", "title-surname")


def test_the_body_of_the_one_before():
    people = found(f"Mr. Kofi Abcd, Head of the Alfa Institute, and Ms. {X}, Director of the same Institute, spoke.")
    assert [roles for _, _, roles in people] == [[("Head", "Alfa Institute")], [("Director", "Alfa Institute")]]


def test_a_name_in_quotation_marks_inside_a_name():
    [(name, _, roles)] = found("They thanked Director Abeba “AX” Xyzar for it.")
    assert (name, roles) == ("Abeba “AX” Xyzar", [("Director", "")])


def test_words_of_english_with_an_office_are_a_name():
    [(name, _, _)] = found("Sun Win, Director of the Alfa Institute, spoke.")
    assert name == "Sun Win"


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
