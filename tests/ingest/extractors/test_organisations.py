"""Organisations of short texts: names of many forms, and what only looks like one."""

import pytest

from tests.ingest.extractors.told import cast_of

NEWS = "News of the week\n\n"


def bodies(text: str) -> dict[str, str]:
    """Best name -> class of the organisations of a text."""
    members = cast_of(NEWS + text + "\n").members
    return {next(iter(m.names)): m.type for k, m in members.items() if k.startswith("organisation:")}


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("The Masons Earners’ Welfare Board lends money.", "Masons Earners’ Welfare Board", "GovernmentBody"),
        ("The Resident Coordinator’s Office wrote.", "Resident Coordinator’s Office", "GovernmentBody"),
        ("Parliament passed a law.", "Parliament", "GovernmentBody"),
        ("By order of the President of Kenya a law was passed.", "President of Kenya", "GovernmentBody"),
        ("Savannah Roofs Plc hired masons.", "Savannah Roofs Plc", "Company"),
        ("Alfa Viet Nam Co., Ltd. hired masons.", "Alfa Viet Nam Co., Ltd.", "Company"),
        ("Politeknik Negeri Batam sent masons.", "Politeknik Negeri Batam", "EducationInstitution"),
        ("Trường Cao đẳng Nghề số 5 opened.", "Trường Cao đẳng Nghề số 5", "EducationInstitution"),
        ("Handwerkskammer Ulm trained masons.", "Handwerkskammer Ulm", "Association"),
        ("The Masons Association Nepal (MAN) met.", "Masons Association Nepal", "Association"),
        (
            "The Integrated Polytechnic Regional College opened.",
            "Integrated Polytechnic Regional College",
            "EducationInstitution",
        ),
        ("The State Roofs Fund paid.", "State Roofs Fund", "GovernmentBody"),
        ("Savannah Technical College Zwambe opened.", "Savannah Technical College Zwambe", "EducationInstitution"),
        (
            "The Savannah Institute for Labour Policy and Training opened.",
            "Savannah Institute for Labour Policy and Training",
            "EducationInstitution",
        ),
        ("The Boats, Nets & Sails Association (BNSA) paid.", "Boats, Nets & Sails Association", "Association"),
        ("The Nakuru Training Centre in Nakuru opened.", "Nakuru Training Centre", "EducationInstitution"),
        ("The Rural Skills Centre opened.", "Rural Skills Centre", "EducationInstitution"),
        ("They run it with Tobuko, a Kenyan company, in Nairobi.", "Tobuko", "Company"),
        ("Ms Rita Lund, Head of Training at Kijani Zwambe, spoke.", "Kijani Zwambe", "Company"),
    ],
)
def test_names(sentence: str, name: str, kind: str) -> None:
    assert bodies(sentence).get(name) == kind


@pytest.mark.parametrize(
    "sentence",
    [
        "The Fourth Joint Technical Committee Meeting was long.",
        "The Chief of Mission in Kenya wrote.",
        "Small Breweries complained.",
        "The Union of the African states is old.",
        "The Chairman of the Board of Directors wrote.",
        "The centres (Balai Latihan Kerja) were old.",
        "NAIROBI, May 3, XNA – It rained.",
        "NAIROBI, May 3, 2027 (XNA) – It rained.",
    ],
)
def test_no_organisations(sentence: str) -> None:
    assert bodies(sentence) == {}


def test_a_word_in_brackets_is_a_short_name() -> None:
    members = cast_of(NEWS + "The Ministry of Masonry (Kemasonri) met. Kemasonri paid for it.\n").members
    [ministry] = [m for k, m in members.items() if k.startswith("organisation:")]
    assert set(ministry.names) == {"Ministry of Masonry", "Kemasonri"}


def test_branches_of_associations() -> None:
    found = bodies("The Chamber of Roofs and Walls (CRAW) met. CRAW Da Nang opened.")
    assert set(found) == {"Chamber of Roofs and Walls", "CRAW Da Nang"}


def test_a_name_of_ordinary_words_is_not_the_namesake_of_a_country_that_nobody_speaks_of() -> None:
    members = cast_of(NEWS + "The Trades Union Congress met in Lusaka, Zambia.\n").members
    assert [m.reference for k, m in members.items() if k.startswith("organisation:")] == [None]
