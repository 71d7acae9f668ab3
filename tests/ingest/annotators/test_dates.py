"""Dates: the forms, what fills in missing years, ranges, and what is none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotators import dates

PUBLISHED = "2001-05-09"  # a Wednesday


def found(content, published=None):
    return [
        (content[a.span.start : a.span.end], a.value.start, a.value.end, a.rule.removeprefix("date/"))
        for a in dates.annotate(content, published)
    ]


@pytest.mark.parametrize(
    ("content", "marked", "start", "end", "rule"),
    [
        ("on 2001-05-09.", "2001-05-09", "2001-05-09", None, "iso"),
        ("(09/05/2001)", "09/05/2001", "2001-05-09", None, "numeric"),
        ("05/19/2001", "05/19/2001", "2001-05-19", None, "numeric"),
        ("11–12/5/2001", "11–12/5/2001", "2001-05-11", "2001-05-12", "numeric-days"),
        ("28/2 - 2/3/2001", "28/2 - 2/3/2001", "2001-02-28", "2001-03-02", "numeric-days"),
        ("on 3 MAY 2001", "3 MAY 2001", "2001-05-03", None, "day-month"),
        ("from 28 May to 3 June 2001", "28 May to 3 June 2001", "2001-05-28", "2001-06-03", "day-month-to-day-month"),
        ("on 3-5 May 2001", "3-5 May 2001", "2001-05-03", "2001-05-05", "days-month"),
        ("May 3 – 5, 2001", "May 3 – 5, 2001", "2001-05-03", "2001-05-05", "month-days"),
        ("May 28 to June 3, 2001", "May 28 to June 3, 2001", "2001-05-28", "2001-06-03", "month-day-to-month-day"),
        ("Wednesday, 9th of May, 2001", "Wednesday, 9th of May, 2001", "2001-05-09", None, "day-month"),
        ("Sept. 9, 2001", "Sept. 9, 2001", "2001-09-09", None, "month-day"),
        ("March to June 2001", "March to June 2001", "2001-03", "2001-06", "month-to-month"),
        ("in Febuary 2001", "Febuary 2001", "2001-02", None, "month-year"),
        ("the second quarter of 2001", "second quarter of 2001", "2001-Q2", None, "words-quarter"),
        ("Q3 2001", "Q3 2001", "2001-Q3", None, "words-quarter"),
        ("the last half of 2001", "last half of 2001", "2001-07", "2001-12", "words-half"),
        ("since late 2001", "since late 2001", "2001", "", "words-since"),
        ("the first nine months of 2001", "first nine months of 2001", "2001-01", "2001-09", "words-months"),
        ("2001–2005", "2001–2005", "2001", "2005", "years"),
        ("2001-05", "2001-05", "2001", "2005", "years-short"),
        ("the 2001 plan", "2001", "2001", None, "year"),
        ("between 2001 and May 2004", "between 2001 and May 2004", "2001", "2004-05", "between"),
    ],
)
def test_forms(content, marked, start, end, rule):
    shown = marked.removeprefix("between ") if rule == "between" else marked
    assert found(content) == [(shown, start, end, rule)]


@pytest.mark.parametrize(
    ("content", "start"),
    [
        ("on Monday", "2001-05-07"),
        ("yesterday", "2001-05-08"),
        ("last month", "2001-04"),
        ("next year", "2002"),
        ("on 3 March", "2001-03-03"),
        ("in late March", "2001-03"),
    ],
)
def test_counted_from_the_day_of_publication(content, start):
    assert [when for _, when, *_ in found(content, PUBLISHED)] == [start]


def test_last_month_of_january_is_in_the_year_before():
    assert found("last month", "2001-01-09")[0][1] == "2000-12"


@pytest.mark.parametrize("content", ["today", "last year", "on Monday", "it may take long", "2001.5", ""])
def test_no_date(content):
    assert found(content) == []


def test_heading_of_a_month_gives_the_year():
    content = "May 2004\n3 May: a meeting\nJune 2005\n7 June: a fair\n"
    assert [start for _, start, *_ in found(content, PUBLISHED)] == ["2004-05", "2004-05-03", "2005-06", "2005-06-07"]


def test_a_day_that_no_month_has_leaves_its_month():
    assert [start for _, start, *_ in found("31 April 2001")] == ["2001-04"]


PIECES = st.sampled_from(
    [
        "5",
        "31",
        "May",
        "Sept.",
        "2001",
        "20٢٣",
        "to",
        "and",
        "from",
        "-",
        "/",
        ",",
        "\n",
        "today",
        "Monday",
        "Q3",
        "last month",
    ]
)


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60))
def test_any_text(content):
    marked = dates.annotate(content, PUBLISHED)
    assert marked == dates.annotate(content, PUBLISHED)
    for a in marked:
        assert 0 <= a.span.start < a.span.end <= len(content)
    assert all(a.span.end <= b.span.start for a, b in pairwise(marked))


def test_same_day():
    [_, (*_, start, end, rule)] = found("They met on 3 May 2001 and signed on the same day.")
    assert (start, end, rule) == ("2001-05-03", None, "same-day")


def test_same_day_of_nothing():
    assert found("They signed on the same day.") == []
