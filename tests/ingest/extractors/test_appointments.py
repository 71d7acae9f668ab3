"""Offices: who holds which title where, with the body beside the name, shared, or named before."""

import pytest

from tests.ingest.extractors.told import cast_of

NEWS = "News of the week\n\n"


def offices(text: str) -> set[tuple[str, str, str | None]]:
    """(holder, title, organisation) of the appointments of a text."""
    cast = cast_of(NEWS + text + "\n")

    def first(key: str, predicate: str) -> str | None:
        values = cast.objects(key, predicate)
        if not values:
            return None
        value = values[0]
        return next(iter(cast.members[value].names)) if isinstance(value, str) else value.lexical

    appointed = [k for k, m in cast.members.items() if m.type == "Appointment"]
    return {(str(first(k, "holder")), str(first(k, "title")), first(k, "organisation")) for k in appointed}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The Skills Works Authority met the Embassy of Japan. The Director General, Ms Efua Quansah, gave thanks.",
            ("Efua Quansah", "Director General", "Skills Works Authority"),
        ),
        (
            "The Skills Board has new rules. “It helps,” said the board’s chair, Emeka Udo.",
            ("Emeka Udo", "Chair", "Skills Board"),
        ),
        (
            "Present were Ms. Lucia Ferrer, Country Director, and Mr. Abebe Tola, Programme Officer, both of Helvetas.",
            ("Lucia Ferrer", "Country Director", "Helvetas"),
        ),
        (
            "Mr Tendai Moyo (ILO Harare), Chief Technical Adviser, led the talks.",
            ("Tendai Moyo", "Chief Technical Adviser", "ILO Harare"),
        ),
        (
            "The Confederation of Rural Masons fears low pay: its deputy president, Rosa Lindqvist, spoke of hunger.",
            ("Rosa Lindqvist", "Deputy President", "Confederation of Rural Masons"),
        ),
        (
            "The director of the Agency for Rural Work under the Ministry of Rural Trades Dilfuza Nazarova spoke.",
            ("Dilfuza Nazarova", "Director", "Agency for Rural Work"),
        ),
        (
            "The Secretary-General of the Ministry of Rural Trades, Eng. Samir Haddad, signed.",
            ("Samir Haddad", "Secretary-General", "Ministry of Rural Trades"),
        ),
        (
            "Ms Ebele Stark, Chairperson of ILO’s Committee on Rural Training, spoke.",
            ("Ebele Stark", "Chairperson", "Committee on Rural Training"),
        ),
        (
            "Mr Bao Lam, Chairman and General Director of Hoang Long Masons JSC, spoke.",
            ("Bao Lam", "Chairman and General Director", "Hoang Long Masons JSC"),
        ),
        ("ILO’s head of skills, Ms Ernestina Lamp, spoke.", ("Ernestina Lamp", "Head of Skills", "ILO")),
        (
            "Md. Kamrul Bepari, Director (Training), ILO, came.",
            ("Kamrul Bepari", "Director (Training)", "ILO"),
        ),
        (
            "The Ministry of Rural Trades opened a hall. The Permanent Secretary, Mr Jean Bizimana, gave a talk.",
            ("Jean Bizimana", "Permanent Secretary", "Ministry of Rural Trades"),
        ),
        (
            "Ms Amina Juma, Director of Skills at ILO, is National Project Coordinator.",
            ("Amina Juma", "Director of Skills", "ILO"),
        ),
    ],
)
def test_offices(sentence: str, expected: tuple[str, str, str | None]) -> None:
    assert expected in offices(sentence)


def test_embassies_have_no_directors() -> None:
    found = offices("The Embassy of Japan gave a hall. The Director General, Ms Efua Quansah, gave thanks.")
    assert found == {("Efua Quansah", "Director General", None)}


def test_a_title_that_is_the_subject_is_not_that_of_the_name_before_it() -> None:
    found = offices("In the presence of Mr Omar Lind, the Minister pointed out that masons are few.")
    assert found == set()


def test_the_title_of_the_next_name() -> None:
    text = "There spoke Mr Omar Lind, the director of the Skills Board Lola Azimova and others."
    assert offices(text) == {("Lola Azimova", "Director", "Skills Board")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Akosua Mensah-Darko, Kumasi\n\nIt rained.", "Akosua Mensah-Darko"),
        ("It rained in Kumasi. Photo: Minh Thu Pham", "Minh Thu Pham"),
        ("NAIROBI, 20 May 2022 | by Laksmi Wijayanti\n\nIt rained.", "Laksmi Wijayanti"),
        ("Reporting by Juma Hassan; editing by Lucy Okoth", "Lucy Okoth"),
        ("Joseph Kariuki, 31, a former driver, agreed.", "Joseph Kariuki"),
        ("There Farid Karimov met the workers.", "Farid Karimov"),
    ],
)
def test_persons_without_office(text: str, expected: str) -> None:
    persons = [m for k, m in cast_of(NEWS + text + "\n").members.items() if k.startswith("person:")]
    assert expected in {next(iter(m.names)) for m in persons}
    assert offices(text) == set()
