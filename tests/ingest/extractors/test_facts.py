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
        ("The “Green Roofs” project is led by UNESCO jointly with the ILO.", ("implementer", "ILO")),
        ("The “Green Roofs” project has been carried out since 2027 by UNESCO in Nairobi.", ("implementer", "UNESCO")),
        ("Together with the ILO, UNESCO runs the Green Roofs Project.", ("implementer", "ILO")),
        ("UNESCO launched the new Green Roofs Project with the support of the ILO.", ("implementer", "UNESCO")),
        ("UNESCO launched the new Green Roofs Project with the support of the ILO.", ("partner", "ILO")),
        ("UNESCO’s Green Roofs Project helps masons.", ("implementer", "UNESCO")),
        ("The Green Roofs Project of UNESCO helps masons.", ("implementer", "UNESCO")),
        ("The Green Roofs Project, a joint project of UNESCO and the ILO, helps.", ("implementer", "ILO")),
        ("Masons met under the ILO-funded “Green Roofs” project.", ("funder", "ILO")),
        ("UNESCO, with money from the ILO, runs the Green Roofs Project.", ("implementer", "UNESCO")),
        ("The ILO is paying USD 3 million for the Green Roofs Project.", ("funder", "ILO")),
        ("The Green Roofs Project received a grant of USD 3 million from the ILO.", ("funder", "ILO")),
        ("Partners of the project are UNESCO and the ILO; the Green Roofs Project is new.", ("partner", "ILO")),
        ("The Green Roofs Project works with the ILO.", ("partner", "ILO")),
        ("The two-year “Green Roofs” project helps masons.", ("duration", "P2Y")),
        ("The 18-month project “Green Roofs” helps masons.", ("duration", "P18M")),
        ("The Green Roofs Project helps masons. It began in May 2027 and runs until 2031.", ("start", "2027-05")),
        ("The Green Roofs Project (2027-2031) helps masons.", ("end", "2031")),
        ("The Green Roofs Project works in three provinces: Kisumu, Nakuru and Kwale.", ("place", "ke-17")),
        ("The Green Roofs Project runs from May 2027 to June 2031 in Kenya and Uganda.", ("place", "ug")),
        ("The Green Roofs Project helps. So far 200 masons were taught in Kisumu.", ("place", "ke-17")),
        ("The Green Roofs Project starts in Nakuru in May 2027.", ("start", "2027-05")),
        ("The Green Roofs Project is run by UNESCO, with the ILO as an associated partner.", ("partner", "ILO")),
        ("The Green Roofs Project is steered by UNESCO, with the ILO at its side.", ("partner", "ILO")),
        ("The Green Roofs Project can also count on the ILO.", ("partner", "ILO")),
        ("The Green Roofs Project is in the hands of the ILO.", ("implementer", "ILO")),
        ("The Green Roofs Project helps. The ILO lends its support.", ("partner", "ILO")),
        ("The Green Roofs Project teaches masons. The ILO tests them.", ("partner", "ILO")),
        ("The Green Roofs Project helps. The ILO supports it with USD 3.5 million.", ("funder", "ILO")),
        ("The Green Roofs Project helps. UNESCO paid 3.5 million, and the ILO covered the rest.", ("funder", "ILO")),
        ("Norad, a part of the ILO, gives NOK 3 million for the Green Roofs Project.", ("funder", "Norad")),
        ("The ILO did it before. Since 2027 it has run the Green Roofs Project with masons.", ("implementer", "ILO")),
        (
            "The Skills Board met the Masons Union. The two agree. Since 2027 they have run the Green Roofs Project.",
            ("implementer", "Masons Union"),
        ),
        ("UNESCO, whose project Green Roofs helps masons, wrote.", ("implementer", "UNESCO")),
    ],
)
def test_projects(sentence: str, expected: tuple[str, str]) -> None:
    assert expected in {(p, o) for _, p, o in facts(TITLE + sentence + "\n")}


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("In the Green Roofs Project, masons took a course run by the ILO.", ("implementer", "ILO")),
        ("A delegation led by the ILO saw the Green Roofs Project.", ("implementer", "ILO")),
        ("The Green Roofs Project taught masons from 3 to 14 May 2027.", ("start", "2027-05-03")),
        ("UNESCO, with money from the ILO, runs the Green Roofs Project.", ("implementer", "ILO")),
        ("The ILO added that the Green Roofs Project helps masons.", ("funder", "ILO")),
        ("Norad, a part of the ILO, gives NOK 3 million for the Green Roofs Project.", ("funder", "ILO")),
        ("The Green Roofs Project helps. The ILO supports it with USD 3.5 million.", ("partner", "ILO")),
    ],
)
def test_what_is_not_said_of_a_project(sentence: str, wrong: tuple[str, str]) -> None:
    assert wrong not in {(p, o) for _, p, o in facts(TITLE + sentence + "\n")}


@pytest.mark.parametrize(
    "box",
    [
        "Donor\nUNESCO\nImplementing agency\nInternational Labour Organization\nPeriod\nMay 2027 - June 2031\n",
        "| Donor | UNESCO |\n| Implementing agency | International Labour Organization |\n| Start | May 2027 |\n",
        "Financed by: UNESCO\nRun by: International Labour Organization\nStart: May 2027\n",
    ],
)
def test_layouts_of_fact_boxes(box: str) -> None:
    found = {(p, o) for _, p, o in facts(f"Green Roofs Project\n\n{box}\nThe project teaches masons.\n")}
    assert {("funder", "UNESCO"), ("implementer", "International Labour Organization"), ("start", "2027-05")} <= found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Masons Act, 2027 (Act 12) protects masons.", ("identifier", "12")),
        ("The Masons Act, 2027 (Act 12) protects masons.", ("issuedOn", "2027")),
        ("Law No. 12 of 2027 protects masons.", ("issuedOn", "2027")),
        ("Decision No. 12/AB was issued by UNESCO on 5 May 2031.", ("issuer", "UNESCO")),
        ("Decision No. 12/AB was issued by UNESCO on 5 May 2031.", ("issuedOn", "2031-05-05")),
        ("Decree No. 12/AB on masons, which UNESCO signed on 5 May 2031, is short.", ("issuedOn", "2031-05-05")),
        ("UNESCO adopted Directive No. 12/AB on masons on 5 May 2031.", ("issuedOn", "2031-05-05")),
        ("UNESCO Circular No. 12 is short.", ("issuer", "UNESCO")),
        (
            "Decree of the President of the Republic of Kenya No. 12 is short.",
            ("issuer", "President of the Republic of Kenya"),
        ),
        ("Order No. 12, series of 2027, is short.", ("issuedOn", "2027")),
    ],
)
def test_decisions_and_laws(sentence: str, expected: tuple[str, str]) -> None:
    assert expected in {(p, o) for _, p, o in facts(TITLE + sentence + "\n")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nairobi, 5 May 2031. The ILO and UNESCO signed an agreement on masons.", ("signedOn", "2031-05-05")),
        (
            "On 5 May 2031 masons met in Nairobi. An agreement on roofs was signed there by the ILO and UNESCO.",
            ("signedOn", "2031-05-05"),
        ),
        (
            "The ILO and UNESCO signed an agreement on masons. The document was signed in Nairobi on 5 May 2031.",
            ("signedOn", "2031-05-05"),
        ),
        (
            "An agreement on masons was signed. Ms Grace Otieno signed for the ILO, and Mr Paul Kim for UNESCO.",
            ("party", "UNESCO"),
        ),
        ("An agreement on masons between the ILO and the aid agency UNESCO was signed.", ("party", "UNESCO")),
    ],
)
def test_what_is_told_around_a_signing(text: str, expected: tuple[str, str]) -> None:
    assert expected in {(p, o) for _, p, o in facts(TITLE + text + "\n")}


def test_a_date_to_come_is_not_that_of_the_signing() -> None:
    text = "The ILO and UNESCO signed an agreement on a school, which is to be ready in May 2031."
    assert not facts(TITLE + text + "\n", "signedOn")


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
