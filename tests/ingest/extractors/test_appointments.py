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
            ("Bao Lam", "General Director", "Hoang Long Masons JSC"),
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
        (
            "Rita Lund of the Masons Union (MU), where she is Secretary for Youth, spoke.",
            ("Rita Lund", "Secretary for Youth", "Masons Union"),
        ),
        (
            "Omar Lind, President of the Masons Union, and Lola Azimova, its Head of Legal Affairs, spoke.",
            ("Lola Azimova", "Head of Legal Affairs", "Masons Union"),
        ),
        (
            "Omar Lind signed for the Masons Union as its General Secretary.",
            ("Omar Lind", "General Secretary", "Masons Union"),
        ),
        (
            "The Ministry of Roads paid. Omar Lind, Director General for Youth Work in the Ministry, spoke.",
            ("Omar Lind", "Director General for Youth Work", "Ministry of Roads"),
        ),
        (
            "Ms Rita Lund, Ambassador, spoke on behalf of the Embassy of Norway in Kenya.",
            ("Rita Lund", "Ambassador", "Embassy of Norway in Kenya"),
        ),
        (
            "Omar Lind, Director of the ILO Country Office for Kenya, Uganda and Rwanda, spoke.",
            ("Omar Lind", "Director", "ILO Country Office for Kenya, Uganda and Rwanda"),
        ),
        (
            "Malaysia sent Lola Azimova, Rural Trades Minister of Malaysia. The Ministry of Rural Trades paid.",
            ("Lola Azimova", "Rural Trades Minister of Malaysia", "Ministry of Rural Trades"),
        ),
        (
            "The Southeast Asian Ministers of Education Organization (SEAMEO) met. The SEAMEO VOCTECH Regional Centre "
            "wrote. Omar Lind, Director of SEAMEO VOCTECH, spoke.",
            ("Omar Lind", "Director", "SEAMEO VOCTECH Regional Centre"),
        ),
        ("Governor of Nakuru County Rita Lund spoke.", ("Rita Lund", "Governor of Nakuru County", None)),
        ("ILO president and CEO, Rita Lund, spoke.", ("Rita Lund", "CEO", "ILO")),
        ("Rita Lund, Kenya’s Minister of Roads, spoke.", ("Rita Lund", "Minister of Roads", None)),
        (
            "Rita Lund, Minister of Roads and Regional Trade, spoke.",
            ("Rita Lund", "Minister of Roads and Regional Trade", None),
        ),
        (
            "The National Coordinator, Kofi Zwambe Addo remarked that it rained.",
            ("Kofi Zwambe Addo", "National Coordinator", None),
        ),
        ("Rita Lund, DG a.i. at ILO, spoke.", ("Rita Lund", "DG a.i.", "ILO")),
        ("NZAMWITA Odile, trainer at ILO, spoke.", ("NZAMWITA Odile", "Trainer", "ILO")),
        ("President Omar Lindo III spoke.", ("Omar Lindo III", "President", None)),
        ("Mr. Sudarmono, Director of ILO, spoke.", ("Sudarmono", "Director", "ILO")),
        (
            "They went to the Thai Embassy in Nairobi, where Ambassador Rita Lund spoke.",
            ("Rita Lund", "Ambassador", "Thai Embassy in Nairobi"),
        ),
        (
            "Omar Lind, Delegate of the German Industry in Kenya and Director of ILO, spoke.",
            ("Omar Lind", "Director", "ILO"),
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


def test_a_short_name_is_that_of_the_longer_one() -> None:
    members = cast_of(NEWS + "Ms Luong Thi Bich Van came. Later Ms Bich Van left.\n").members
    assert [next(iter(m.names)) for m in members.values() if m.type == "Person"] == ["Luong Thi Bich Van"]


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


def test_each_title_of_a_list_goes_with_the_name_after_it() -> None:
    found = offices("Minister of Youth Amina Sesay, Minister of Mines Dr Foday Kamara and ILO Director Jean Bizi came.")
    assert found == {
        ("Amina Sesay", "Minister of Youth", None),
        ("Foday Kamara", "Minister of Mines", None),
        ("Jean Bizi", "Director", "ILO"),
    }


def test_unnamed_persons_of_a_list_are_not_the_one_before_them() -> None:
    assert offices("It was opened by Omar Lind, the Dutch ambassador and the director of the school.") == set()


def test_two_spellings_of_a_name_are_one_person() -> None:
    members = cast_of(NEWS + "Minister Omar Zahmad came. Photo: Minister Omar Zahmed\n").members
    assert len([m for m in members.values() if m.type == "Person"]) == 1


def test_owners_of_rights_and_photographers() -> None:
    members = cast_of(NEWS + "It rained. © ILO / Laxmi Zwambe\n").members
    assert [next(iter(m.names)) for m in members.values() if m.type == "Person"] == ["Laxmi Zwambe"]
