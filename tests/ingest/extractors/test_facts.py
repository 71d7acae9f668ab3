"""Families of rules, each with a phrase."""

import pytest

from tests.ingest.extractors.told import cast_of, facts

TITLE = "News of the week\n\n"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The Skills Institute under the Ministry of Rural Trades opened in May.",
            ("Skills Institute", "partOf", "Ministry of Rural Trades"),
        ),
        (
            "The Department of Apprentices of the Ministry of Rural Trades wrote a letter.",
            ("Department of Apprentices", "partOf", "Ministry of Rural Trades"),
        ),
        (
            "The Alpha Training Institute, which belongs to the Ministry of Rural Trades, has a new roof.",
            ("Alpha Training Institute", "partOf", "Ministry of Rural Trades"),
        ),
    ],
)
def test_parts(sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in facts(TITLE + sentence + "\n", "partOf")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Green Roofs Project is funded by the ILO.", ("funder", "ILO")),
        ("The Green Roofs Project is implemented by the ILO and UNESCO.", ("implementer", "UNESCO")),
        ("The Green Roofs Project is run by UNESCO in partnership with the ILO.", ("partner", "ILO")),
        ("The ILO funds the Green Roofs Project.", ("funder", "ILO")),
        ("The Green Roofs Project runs until 2031.", ("end", "2031")),
        ("The Green Roofs Project started in 2027.", ("start", "2027")),
    ],
)
def test_projects(sentence: str, expected: tuple[str, str]) -> None:
    assert expected in {(p, o) for _, p, o in facts(TITLE + sentence + "\n")}


def test_fact_box() -> None:
    box = "Donor: International Labour Organization\nDuration: 2027 - 2031"
    found = {(p, o) for _, p, o in facts(f"Green Roofs Project\n\n{box}\n\nThe project teaches masons.\n")}
    assert {("funder", "International Labour Organization"), ("start", "2027"), ("end", "2031")} <= found


@pytest.mark.parametrize(
    "sentence",
    [
        "On 5 May 2031, the ILO and UNESCO signed a memorandum of understanding on masons in Nairobi.",
        "A memorandum of understanding on masons between the ILO and UNESCO was signed on 5 May 2031 in Nairobi.",
        "The ILO signed a memorandum of understanding on masons with UNESCO on 5 May 2031 in Nairobi.",
    ],
)
def test_agreements(sentence: str) -> None:
    found = {(p, o) for _, p, o in facts(TITLE + sentence + "\n")}
    assert {("party", "ILO"), ("party", "UNESCO"), ("signedOn", "2031-05-05")} <= found


def test_events() -> None:
    text = (
        "Workshop on masons in Nairobi\n\nOn 5 May 2031, the ILO organised a workshop on roofs for masons in Nairobi, "
        "Kenya. The workshop was attended by Ms Grace Achieng Otieno, Director of UNESCO.\n"
    )
    found = {(p, o) for _, p, o in facts(text)}
    assert {("start", "2031-05-05"), ("organiser", "ILO"), ("participant", "Grace Achieng Otieno")} <= found


def test_offices() -> None:
    text = TITLE + "Ms Grace Achieng Otieno, Deputy Director of UNESCO, spoke to students.\n"
    found = {(p, o) for _, p, o in facts(text)}
    assert {("holder", "Grace Achieng Otieno"), ("title", "Deputy Director"), ("organisation", "UNESCO")} <= found


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("In 2030 about 1,250 masons found work in Kenya.", "1250", "masons"),
        ("UNESCO gave USD 3 million for roofs.", "3000000", "USD"),
        ("In 2030, 12.5 per cent of masons were women.", "12.5", "percent of masons"),
    ],
)
def test_statistics(sentence: str, value: str, unit: str) -> None:
    found = facts(TITLE + sentence + "\n", "value", "unit")
    assert {(p, o) for _, p, o in found} == {("value", value), ("unit", unit)}


def test_goals() -> None:
    text = TITLE + "The Green Roofs Project serves SDG 4 and 8.\n"
    assert {o for _, _, o in facts(text, "contributesTo")} == {"4", "8"}


def test_what_is_turned_down_says_why() -> None:
    cast = cast_of(TITLE + "The two sides met. See page 12 masons. A workshop may be useful.\n")
    assert {(cast.a.words(r.span), r.value) for r in cast.rejected if r.value == "statistic"}
    assert all(r.rule for r in cast.rejected)


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("the Ministry of Rural Trades of Jordan", "JO"),
        ("the Jordanian Ministry of Rural Trades", "JO"),
        ("Jordan’s Ministry of Rural Trades", "JO"),
    ],
)
def test_countries_of_ministries(phrase: str, country: str) -> None:
    text = f"Guests in Kenya\n\nNairobi, Kenya, 3 May 2031 – In Nairobi, {phrase} visited schools of Kenya.\n"
    assert country in {m.country for k, m in cast_of(text).members.items() if k.startswith("organisation:")}


def test_namesakes_of_two_countries_in_one_text_stay_two() -> None:
    text = TITLE + (
        "On the side of Laos, the Ministry of Rural Trades sent two experts. On the side of Jordan, the Ministry of "
        "Rural Trades sent one.\n"
    )
    countries = [m.country for m in cast_of(text).members.values() if "Ministry of Rural Trades" in m.names]
    assert sorted(map(str, countries)) == ["JO", "LA"]


def test_the_two_sides_are_those_that_the_text_begins_with() -> None:
    text = (
        "On 3 May 2021, the Alpha Training Institute met the Beta Employers Association in Accra.\n\n"
        "At the end the two sides signed a memorandum of understanding on skills for hotels."
    )
    signed = {(p, o) for _, p, o in facts(text, "party")}
    assert signed == {("party", "Alpha Training Institute"), ("party", "Beta Employers Association")}


def test_a_head_that_is_said_once_belongs_to_each_name() -> None:
    text = (
        "The Ministries of Labour and of Education of Ghana signed a memorandum of understanding on nurses in Accra "
        "on 3 May 2021. Some 120 nurses, 45 of them women, will be trained.\n"
    )
    assert {o for _, _, o in facts(text, "party")} == {"Ministry of Labour", "Ministry of Education"}
    assert {o for _, _, o in facts(text, "unit")} == {"nurses", "women"}
