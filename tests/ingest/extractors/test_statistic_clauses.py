"""Statistics of plain sentences: whose they are by the grammar of the clause, and at which event they were counted."""

import pytest

from tests.ingest.extractors.test_statistics import told

FAIR = "A job fair was held in Accra on 3 May 2023. "


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The dam cost 4 000 000,- CZK and CHF 300.-- a head.", ["4000000 CZK exact", "300 CHF exact"]),
        ("It got 13 million Swiss Franc.", ["13000000 CHF exact"]),
        ("In Uganda a mill for shs. 8 billion was opened.", ["8000000000 UGX exact"]),
        ("The first class was of 1882 cooks and the second of 2088 cooks.", ["1882 cooks exact", "2088 cooks exact"]),
        ("Some 7,000 Vietnamese went abroad.", ["7000 Vietnamese approximate"]),
        ("Its worth exceeds VND 2 billion.", ["2000000000 VND atLeast"]),
        (
            "In 2021 it had 617 cooks, and in 2022 the number was almost twice as high, reaching 1,136.",
            ["617 cooks exact", "1136 cooks exact"],
        ),
    ],
)
def test_figures(text, figures):
    assert list(told(text)) == figures


@pytest.mark.parametrize(
    ("text", "figure", "about"),
    [
        (FAIR + "Some 2,500 job seekers registered.", "2500 job seekers approximate", "job fair"),
        (FAIR + "The mills offered 1,200 vacancies there.", "1200 vacancies exact", "job fair"),
        ("A job fair was held in Accra on 3 May 2023, drawing 45 enterprises.", "45 enterprises exact", "job fair"),
        (
            "At a job fair in Accra on 3 May 2023, Ms Ama Mensah said 12 mills had hired 340 nurses.",
            "340 nurses exact",
            None,
        ),
        (
            "The Lima College, with its 500 students, opened a workshop on roofs in Lima.",
            "500 students exact",
            "Lima College",
        ),
        (
            "The Lima College won a prize. Some 200 of its graduates work in Peru.",
            "200 graduates approximate",
            "Lima College",
        ),
        ("A total of 784 cooks were certified by the Lima College.", "784 cooks exact", "Lima College"),
        (
            "Over 500 firms, all of them small, belong to the Lima Chamber of Commerce.",
            "500 firms atLeast",
            "Lima Chamber of Commerce",
        ),
        ("The six workshops of the Lima College are full.", "6 workshops exact", "Lima College"),
        ("The Law on Dual Training gives 12,000 cooks a wage.", "12000 cooks exact", "Law on Dual Training"),
        (
            "Two classes were taught by the Lima College, the first of 120 cooks and the second of 180 maids.",
            "180 maids exact",
            "Lima College",
        ),
    ],
)
def test_what_a_figure_is_about(text, figure, about):
    found = told(text)[figure].get("about")
    assert found == (None if about is None else [about])


@pytest.mark.parametrize(
    ("text", "figure", "predicate", "said"),
    [
        ("Budget for the year 2021: EUR 4 million", "4000000 EUR exact", "period", "2021"),
        ("Nepal’s jobless rate was 5.5 per cent.", "5.5 percent of people (jobless rate) exact", "place", "np"),
        (
            "Oslo gave 5 million euros to the Dual Boats Project, which is to reach 14,000 cooks by the end of 2025.",
            "5000000 EUR exact",
            "period",
            None,
        ),
        ("Each year about 650 people migrate from Nepal to work abroad.", "650 people approximate", "place", "np"),
    ],
)
def test_when_and_where(text, figure, predicate, said):
    assert told(text)[figure].get(predicate) == (None if said is None else [said])


def test_a_round_figure_of_the_title_is_the_precise_one_of_the_text():
    text = "Over 1,700 cooks get a certificate\n\nLast week, 1,784 cooks got a certificate."
    assert list(told(text)) == ["1784 cooks exact"]
