"""Statistics: what each number counts, with what bound, of what, where and when; and tables of figures."""

import pytest

from tests.ingest.extractors.told import cast_of

PLACES = "https://w3id.org/accord-kg/id/place/"
HEAD = "Skills for the two ports\n12 May 2023\n\n"


def told(text):
    """The statistics of a text as "value unit bound" with what else is stated of each."""
    cast = cast_of(HEAD + text)
    found = {}
    for f in cast.facts.values():
        if f.subject.startswith("statistic:"):
            key = f.object if isinstance(f.object, str) else f.object.lexical
            said = next(iter(cast.members[key].names)) if key in cast.members else key.removeprefix(PLACES)
            found.setdefault(f.subject, {}).setdefault(f.predicate, []).append(said)
    return {f"{d['value'][0]} {d['unit'][0]} {d['bound'][0]}": d for d in found.values()}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The fund got two and a half million euros.", ["2500000 EUR exact"]),
        ("The plan costs between $5 and $7 million.", ["6000000 USD approximate"]),
        (
            "The town set aside 1.200.000 đồng a head and 25 tỷ đồng in all.",
            ["1200000 VND exact", "25000000000 VND exact"],
        ),
        ("The loan is worth VND 25 tn and PHP15.2B.", ["25000000000000 VND exact", "15200000000 PHP exact"]),
        ("Nearly 2.5 lakh workers paid Tk 12,000 crore.", ["250000 workers approximate", "120000000000 BDT exact"]),
        ("They spent 12.000 Euro and 1,5 Mio. Euro.", ["12000 EUR exact", "1500000 EUR exact"]),
        ("More than half a million cooks left.", ["500000 cooks atLeast"]),
        ("One hundred and twenty welders passed.", ["120 welders exact"]),
        ("As many as 400 cooks and >250 maids came.", ["400 cooks atMost", "250 maids atLeast"]),
        ("Departures fell to 3,910.", ["3910 Departures exact"]),
        (
            "The number of apprentices rose from 2,300 to 4,300.",
            ["2300 apprentices exact", "4300 apprentices exact"],
        ),
        ("Of its 230 member firms, 40 sit on boards.", ["230 member firms exact", "40 member firms exact"]),
        ("So far 940 cooks have left; a further 60 are ready.", ["940 cooks exact", "60 cooks exact"]),
        (
            "Of the 203 graduates of two schools, 85 % are in work.",
            ["203 graduates exact", "2 schools exact", "85 percent of graduates exact"],
        ),
        (
            "85 guests from 9 towns came, 40% of them women.",
            ["85 guests exact", "9 towns exact", "40 percent of guests (women) exact"],
        ),
        (
            "The rate was 7.61 % for women compared to 2.25 % for men.",
            ["7.61 percent of women exact", "2.25 percent of men exact"],
        ),
        ("Every third worker is a woman.", ["33.3 percent of worker exact"]),
        ("Trainees: 1,204", ["1204 trainees exact"]),
        # Numbers whose noun stands elsewhere: what they are, what they are a part of, what is counted of the same.
        (
            "Of the 145 apprentices 96 are women and 12 are people with disability.",
            ["145 apprentices exact", "96 women exact", "12 people exact"],
        ),
        (
            "The hall held 592 cooks, among them 440 from Ghana and 66 from Togo.",
            ["592 cooks exact", "440 cooks exact", "66 cooks exact"],
        ),
        (
            "So far 58 mills take part, and the guild has promised 100 by May 2024.",
            ["58 mills exact", "100 mills exact"],
        ),
        ("Out of a labour force of 7.9 million, few are idle.", ["7900000 labour force exact"]),
        ("The mill has 88 looms and reaches some 500 women.", ["88 looms exact", "500 women approximate"]),
        (
            "They taught 300 cooks (44 per cent women).",
            ["300 cooks exact", "44 percent of cooks (women) exact"],
        ),
        ("They signed a loan agreement over $90 million.", ["90000000 USD exact"]),
        ("They like the Hotel Industry. Over 240,000 cooks do.", ["240000 cooks atLeast"]),
        ("It went on until March 2022 in 14 districts.", ["14 districts exact"]),
        ("Budget: CHF  19’173’000", ["19173000 CHF exact"]),
        # A group that is known again by its number is counted once.
        (
            "The mill trained 19,062 cooks. Out of the over 19,000 trainees, 5,179 are males.",
            ["19062 cooks exact", "5179 males exact"],
        ),
        ("The centre trained over 2000 cooks.", ["2000 cooks atLeast"]),
    ],
)
def test_figures(text, figures):
    assert sorted(told(text)) == sorted(figures)


@pytest.mark.parametrize(
    "text",
    [
        "The talks began at 14:30 and workers left at 16:45.",
        "They have known each other for years and meet every second year.",
        "Call (+233) 302 555 123 for the 12th course.",
        "Version 2.5 runs on system 17.",
        "1,204 views",
        "Shares 1.2k   Comments 45",
        "Third of a series which the mill began.",
    ],
)
def test_no_figures(text):
    assert told(text) == {}


@pytest.mark.parametrize(
    ("text", "figure", "predicate", "said"),
    [
        ("Colleges in Ghana enrolled 7,400 students in 2022.", "7400 students exact", "place", "gh"),
        ("In 2022, 3,972 workers left for Jordan.", "3972 workers exact", "place", "jo"),
        ("Nepal has 1,204 colleges.", "1204 colleges exact", "place", "np"),
        ("There were 40 men and 50 women in Accra.", "40 men exact", "place", "gh-accra"),
        ("It took on 62 cooks (2021: 41 cooks).", "41 cooks exact", "period", "2021"),
        (
            "The jobless rate rose to 23.1 % in 2023, from 21.4 % a year earlier.",
            "21.4 percent of people (jobless rate) exact",
            "period",
            "2022",
        ),
        (
            "Youth unemployment was 9 %, 3 points lower than in 2021.",
            "9 percent of youth (unemployment) exact",
            "period",
            None,
        ),
        ("Since its launch in 2019 it has sent 70 cooks.", "70 cooks exact", "period", "2019/.."),
        ("Results by June 2022:\n• 120 cooks certified\n• 14 kitchens", "120 cooks exact", "period", "2022-06"),
        (
            "Accra Catering College opened a kitchen. It has 500 students. 90% of students find work.",
            "90 percent of students exact",
            "about",
            "Accra Catering College",
        ),
        (
            "Under the Kitchen Workers Act 2011, firms pay 2 per cent of their payroll.",
            "2 percent of payroll exact",
            "about",
            "Kitchen Workers Act 2011",
        ),
        # The period of the sentence before, where a sentence goes on about its figures and has no time of its own.
        ("In 2021 the desk placed 900 cooks. Of these, 410 cooks went abroad.", "410 cooks exact", "period", "2021"),
        (
            "In 2022, 60 percent of welders had a contract. Some 20 percent of painters did.",
            "20 percent of painters approximate",
            "period",
            "2022",
        ),
        ("In 2021 the desk placed 900 cooks. It is to place 700 maids.", "700 maids exact", "period", None),
        ("By 2020 it had 50 shops; 900 cooks left, up from 800 in 2019.", "800 cooks exact", "period", "2019"),
        ("The number of cooks rose from 500 cooks in 2017 to 700 cooks in 2022.", "700 cooks exact", "period", "2022"),
        ("The scheme has been run since 2019 by two unions with 500 coaches.", "500 coaches exact", "period", None),
        ("The union found 500 jobs, and the board wants more of them by 2030.", "500 jobs exact", "period", None),
        # The place that leads the clause, those of the whole, and the one that the paragraph named.
        (
            "In Viet Nam, 40 percent of cooks had a contract, and in Laos 55 percent of cooks.",
            "55 percent of cooks exact",
            "place",
            "la",
        ),
        (
            "Cooks are short; in Kenya and Uganda alone some 900 cooks are missing.",
            "900 cooks approximate",
            "place",
            "ke ug",
        ),
        ("Some 900 cooks went to Japan, 400 of them women.", "900 cooks approximate", "place", "jp"),
        (
            "Japan took 70 percent of cooks, ahead of Korea with 20 percent.",
            "20 percent of cooks exact",
            "place",
            "kr",
        ),
        ("Kenya grows fast. Some 900 cooks in the country hold no paper.", "900 cooks approximate", "place", "ke"),
        ("A scheme for 900 cooks was launched in Kenya.", "900 cooks exact", "place", None),
        ("Kenya’s mills, old as they are, lack at least 900 cooks.", "900 cooks atLeast", "place", "ke"),
        ("The workforce in Kenya came to some 900,000 people.", "900000 people approximate", "place", "ke"),
        (
            "They met in Kenya. The food industry of the country employs 900,000 people.",
            "900000 people exact",
            "place",
            "ke",
        ),
        ("In Kenya and Uganda it placed 900 cooks.", "900 cooks exact", "place", "ke ug"),
        ("They taught 900 cooks (44 per cent women) in Kenya and Uganda.", "900 cooks exact", "place", "ke ug"),
        ("900 stories were shown at a workshop in Accra.", "900 stories exact", "place", None),
        ("They signed a contract over $90 million in Kenya.", "90000000 USD exact", "place", None),
        ("In Kenya 900,000 people weave. Wages rose to KES 900 a month.", "900 KES exact", "place", "ke"),
        ("In Kenya 900,000 people weave. Abroad, 700,000 people do.", "700000 people exact", "place", None),
        # Times of the whole paragraph, of a bracket, of a day; and those of something else.
        (
            "Over the whole of 2023 trade fed 52 million people. Fishing gave work to 20 million people.",
            "20000000 people exact",
            "period",
            "2023",
        ),
        ("Phase I (May 2014 - July 2018, EUR 3 million) went well.", "3000000 EUR exact", "period", "2014-05/2018-07"),
        ("As of 30 June 2022 there were 450 cooks.", "450 cooks exact", "period", "2022-06-30"),
        ("In 2022, 310 cooks left; a year later the number was 860.", "860 cooks exact", "period", "2023"),
        ("The scheme runs from May 2017 to June 2021 in 11 districts.", "11 districts exact", "period", None),
        ("The club, which has 88 mills, founded a bank in 2021.", "88 mills exact", "period", None),
        (
            "It says that 900 cooks left in 2019, and that 800 cooks came back by May 2020.",
            "800 cooks exact",
            "period",
            "2020-05",
        ),
    ],
)
def test_what_is_said_of_a_figure(text, figure, predicate, said):
    found = told(text)[figure].get(predicate)
    assert found == (None if said is None else said.split() if predicate == "place" else [said])


PAGE = """Skills for River Towns (SRT)

Background

The mills of the country lack 900 cooks.

Approach

SRT trained 500 welders in Accra. The first phase was financed by the Ministry of Labour with EUR 3 million.
Then SRT got EUR 2 million and the Dual Boats Project (DBP) EUR 7 million.

Budget: EUR 9 million

Some 60 SRT-trained welders have found work.
"""


@pytest.mark.parametrize(
    ("figure", "project"),
    [
        ("900 cooks exact", None),
        ("500 welders exact", "SRT"),
        ("3000000 EUR exact", "SRT"),
        ("2000000 EUR exact", "SRT"),
        ("7000000 EUR exact", "DBP"),
        ("9000000 EUR exact", "SRT"),
        ("60 SRT-trained welders approximate", "SRT"),
    ],
)
def test_projects_that_figures_are_about(figure, project):
    text = "The Skills for River Towns (SRT) project is under way. SRT is young.\n\n" + PAGE
    names = {"Skills for River Towns": "SRT", "Dual Boats Project": "DBP"}
    about = told(text)[figure].get("about")
    assert (names.get(about[0], about[0]) if about else None) == project


@pytest.mark.parametrize(
    "table",
    [
        "District – Graduates – Share of women\nKathmandu – 1,204 – 52%\nChitwan – 860 – 48%",
        "| District | Graduates | Women (%) |\n|---|---|---|\n| Kathmandu | 1,204 | 52 |\n| Chitwan | 860 | 48 |",
        "District\tNumber of graduates\tWomen (%)\nKathmandu\t1,204\t52\nChitwan\t860\t48",
    ],
)
def test_tables(table):
    found = told(table + "\n\nThey met and left.\n")
    assert set(found) == {
        "1204 graduates exact",
        "860 graduates exact",
        "52 percent of graduates (women) exact",
        "48 percent of graduates (women) exact",
    }
    assert found["1204 graduates exact"]["place"] == ["np-kathmandu"]


def test_years_as_headings_of_a_table():
    found = told("Province    2021    2022\nGraduates   1,204   1,377\nSchools     14      15\n")
    assert found["1377 graduates exact"]["period"] == ["2022"]


def test_numbers_that_measure_nothing_are_told_with_the_reason():
    cast = cast_of(HEAD + "Article 12 speaks of 24 months and of room 402.\n\nHome | 300 guests | News\n")
    reasons = {cast.content[a.span.start : a.span.end]: a.rule for a in cast.rejected if a.value == "statistic"}
    assert "12" in reasons
    assert "no content" in reasons["300 guests"]
