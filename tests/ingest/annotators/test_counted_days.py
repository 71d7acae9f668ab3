"""Days that a text counts from others that it names."""

import pytest

from ingest.annotators.dates import annotate

PUBLISHED = "2027-06-01"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 3 May 2027. Two days later they left.", ["2027-05-03", "2027-05-05"]),
        ("They met on 3 May 2027. A week later they left.", ["2027-05-03", "2027-05-10"]),
        ("They met on 3 May 2027. The next day they left.", ["2027-05-03", "2027-05-04"]),
        ("They met on 3 May 2027. The day before, they slept.", ["2027-05-03", "2027-05-02"]),
        ("The fair was on 3-5 May 2027. On the last day it rained.", ["2027-05-03", "2027-05-05"]),
        ("The fair was on 3-5 May 2027. On the second day it rained.", ["2027-05-03", "2027-05-04"]),
        ("It was signed on the second day of a fair, held on 3-5 May 2027.", ["2027-05-04", "2027-05-03"]),
        ("The fair was on 3-5 May 2027. On the second day it rained. That evening it snowed.", ["2027-05-04"] * 2),
    ],
)
def test_counted(text: str, expected: list[str]) -> None:
    assert [a.value.start for a in annotate(text, PUBLISHED)][-len(expected) :] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Two days later they left.",
        "On the last day it rained.",
        "They met on 3 May 2027. On the last day it rained.",
        "The fair was on 3-4 May 2027. On the third day it rained.",
        "It was paid on the last day of the month.",
    ],
)
def test_nothing_to_count_from(text: str) -> None:
    assert not [a for a in annotate(text, PUBLISHED) if a.rule == "date/counted"]


def test_months_of_a_calendar_have_the_year_above_them() -> None:
    dates = annotate("January to June 2028\n\n6 Feb\nMasons meet\n\n5 Jun\nMasons sing\n", PUBLISHED)
    assert [a.value.start for a in dates[1:]] == ["2028-02-06", "2028-06-05"]
