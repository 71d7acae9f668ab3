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
        ("The Thai government paid.", "Thai government", "GovernmentBody"),
        ("The government of Nepal paid.", "government of Nepal", "GovernmentBody"),
        ("They thanked the Dutch embassy in Accra.", "Dutch embassy in Accra", "GovernmentBody"),
        ("The Zwambe administration opened a hall.", "Zwambe administration", "GovernmentBody"),
        ("They thanked the Thai High Commission in Nairobi.", "Thai High Commission in Nairobi", "GovernmentBody"),
        ("The Council for Masons’ Rights and Tools wrote.", "Council for Masons’ Rights and Tools", "Organisation"),
        ("The Lamu Net-Makers' Association met.", "Lamu Net-Makers' Association", "Association"),
        (
            "The EU/Norway Fund for Roofs in Asia and the Pacific paid.",
            "EU/Norway Fund for Roofs in Asia and the Pacific",
            "Organisation",
        ),
        (
            "The Ministry of Roads and Trade Union Relations paid.",
            "Ministry of Roads and Trade Union Relations",
            "GovernmentBody",
        ),
        ("The Lamu Youth Union met.", "Lamu Youth Union", "Organisation"),
        ("Ms Rita Lund, Head of iZWAM, spoke.", "iZWAM", "Company"),
        ("Union des Maçons de Zwambe paid.", "Union des Maçons de Zwambe", "TradeUnion"),
        ("PT Samudra & Laut Indonesia paid.", "PT Samudra & Laut Indonesia", "Company"),
        ("The paper was signed by Omar Lind for ILO and Rita Lund for ZWAMB.", "ZWAMB", "Company"),
        ("They invited bodies such as RNU-Kenya and ILO.", "RNU-Kenya", "Company"),
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
        "Thai government officials and a government delegation came.",
        "Rita Lund, the High Commissioner, slept at Zwambe Blu Hotel.",
        "A course of Training of Masons (ToM) and the World Roofs Day (WRD) were held.",
        "It became a Centre of Excellence (CoE) for roofs.",
        "The Free Nets Union Agreement (FNUA) was named.",
        "The new department of the school was shut.",
        "NAIROBI, May 3, XNA – It rained.",
        "NAIROBI, May 3, 2027 (XNA) – It rained.",
    ],
)
def test_no_organisations(sentence: str) -> None:
    assert bodies(sentence) == {}


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("The Masons Hub, a local charity, paid.", "Masons Hub", "NonGovernmentalOrganisation"),
        ("They paid the German company Masons Network.", "Masons Network", "Company"),
        (
            "They help two non-governmental organisations, namely the Masons Hub and the Tiles Network.",
            "Tiles Network",
            "NonGovernmentalOrganisation",
        ),
        ("It has two colleges, namely ABX Ndola and ABX Kitwe.", "ABX Kitwe", "EducationInstitution"),
    ],
)
def test_the_kind_that_a_text_tells(sentence: str, name: str, kind: str) -> None:
    assert bodies(sentence).get(name) == kind


def test_who_made_a_picture_is_not_named_for_it() -> None:
    assert bodies("Masons at work (Photo: Masons Agency)") == {}


def test_a_name_may_stand_on_two_lines() -> None:
    text = "The masons of the town were trained over the whole of the year by the Masons\nTraining Agency of the town."
    assert "Masons Training Agency" in bodies(text)


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


def test_a_short_name_may_stand_before_the_full_one() -> None:
    members = cast_of(NEWS + "LNA (Lamu Nets Agency) met. LNA paid.\n").members
    assert [set(m.names) for k, m in members.items() if k.startswith("organisation:")] == [{"Lamu Nets Agency", "LNA"}]


@pytest.mark.parametrize(
    ("sentence", "part", "whole", "kind"),
    [
        ("The Department of Roofs (ILO) wrote.", "Department of Roofs", "ILO", "IntergovernmentalOrganisation"),
        ("The Roofs Department (Masons Union) wrote.", "Roofs Department", "Masons Union", "TradeUnion"),
        (
            "The Ministry of Roads met. The Nets Division of the ministry wrote.",
            "Nets Division",
            "Ministry of Roads",
            "GovernmentBody",
        ),
        ("The Masons Union’s legal department wrote.", "legal department", "Masons Union", "TradeUnion"),
        ("The skills unit of the Ministry of Roads wrote.", "skills unit", "Ministry of Roads", "GovernmentBody"),
        ("The Lamu Office of the ILO wrote.", "Lamu Office of the ILO", "ILO", "IntergovernmentalOrganisation"),
    ],
)
def test_parts_are_of_the_kind_of_the_whole(sentence: str, part: str, whole: str, kind: str) -> None:
    cast = cast_of(NEWS + sentence + "\n")
    keys = {name: k for k, m in cast.members.items() for name in m.names}
    assert cast.objects(keys[part], "partOf") == [keys[whole]]
    assert cast.members[keys[part]].type == kind
