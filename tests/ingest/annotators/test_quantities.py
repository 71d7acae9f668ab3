"""Numbers: their values, bounds, money, shares, what they count, and numbers that count nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotators import dates, numerals, quantities, tokens


@pytest.fixture(scope="module")
def found(english):
    def annotate(content, countries=()):
        return quantities.annotate(content, tokens.tokenize(content), dates.annotate(content), english, countries)

    return annotate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", "1234"),
        ("1.234.000,5", "1234000.5"),
        ("2.25", "2.25"),
        ("2,5", "2.5"),
        ("1 234 567", "1234567"),
        ("1.2 million", "1200000"),
        ("twenty-five", "25"),
        ("three hundred thousand", "300000"),
        ("a dozen", "12"),
        ("5k", "5000"),
    ],
)
def test_values(text, value):
    assert numerals.number(text.replace("5k", "5 k"), numerals.grammar()) == Decimal(value)


@pytest.mark.parametrize(
    ("content", "value", "bound", "counted"),
    [
        ("They trained 120 young workers last week.", 120, "exact", "young workers"),
        ("more than 1,200 farmers came", 1200, "atLeast", "farmers"),
        ("up to forty places were given", 40, "atMost", "places"),
        ("about 300 cooks, waiters and street vendors", 300, "approximate", "cooks, waiters and street vendors"),
        ("20 to 30 teachers", 25, "approximate", "teachers"),
        ("2 to 3 million workers", 2500000, "approximate", "workers"),
        ("1.250 workers", 1250, "exact", "workers"),
        ("500 workers or more", 500, "exact", "workers"),
    ],
)
def test_counts(found, content, value, bound, counted):
    [a] = found(content)
    assert (a.value.value, a.value.bound, a.features["counted"]) == (value, bound, counted)
    assert a.rule == "quantity/count"


@pytest.mark.parametrize(
    ("content", "value", "unit", "counted"),
    [
        ("12 per cent of workers", "12", "percent", "workers"),
        ("12.5% women", "12.5", "percent", "women"),
        ("two thirds of the teachers", "66.7", "percent", "teachers"),
        ("one in five workers", "20", "percent", "workers"),
        ("US$ 2.5 million", "2500000", "USD", None),
        ("EUR 300,000", "300000", "EUR", None),
        ("US$ 5 to 7 million", "6000000", "USD", None),
    ],
)
def test_shares_and_money(found, content, value, unit, counted):
    a = found(content)[0]
    assert (a.value.value, a.value.unit, a.features.get("counted")) == (Decimal(value), unit, counted)


@pytest.mark.parametrize(("countries", "code"), [((), "INR"), (("NP",), "NPR"), (("FR", "PK"), "PKR")])
def test_money_of_several_countries_is_that_of_the_text(found, countries, code):
    assert found("5,000 rupees", countries)[0].value.unit == code


def test_two_quantities_joined_by_and_are_no_range(found):
    assert [a.value.value for a in found("20 men and 30 women")] == [20, 30]
    assert [a.value.value for a in found("30 workers - 20 women")] == [30, 20]


@pytest.mark.parametrize(
    "content",
    [
        "120 workers, up from 80 in the year before",
        "120 workers, of which 80 of them",
    ],
)
def test_a_noun_left_out_is_that_of_the_number_before(found, content):
    second = found(content)[1]
    assert (second.rule, second.features["counted"]) == ("quantity/count-elided", "workers")


@pytest.mark.parametrize(
    "content",
    [
        "Article 12 workers",
        "call 024 555 666",
        "at 14:30 hours",
        "a 3-day course",
        "for 12 months",
        "the 2nd phase",
        "one worker",
        "5 objectives",
        "25 years old people",
        "on 5 May 2001",
        "",
    ],
)
def test_numbers_that_measure_nothing(found, content):
    assert found(content) == []


PIECES = st.sampled_from(
    [
        "5",
        "1,234",
        "2.5",
        "half of the",
        "one in five",
        "million",
        "US$",
        "%",
        "and",
        "to",
        "from",
        "between",
        "workers",
        "of them",
        ",",
        "\n",
        "-",
        "May",
        "2001",
        "young",
        "²",
        "and a half",
        ";",
    ]
)


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60))
def test_any_text(found, content):
    marked = found(content)
    assert marked == found(content)
    assert all(0 <= a.span.start < a.span.end <= len(content) for a in marked)


def test_a_very_long_number_is_read(found):
    found("9" * 5000 + " and a half workers")
