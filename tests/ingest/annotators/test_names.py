import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.annotators.reading import names_of, words

TEXT = (
    "Alfa Skills Institute (ASI) and Zyxel Viet Nam signed an agreement.\n"
    "Ms. Abeba Xyzar, Director of ASI, thanked the International Labour Organization and Zyxel.\n"
    "The project “Better Work for the Beta Institute” was launched.\n"
)


def bodies(content, *labels):
    return words(content, names_of(content, *labels).organisations)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("The Alfa Beta Skills (ABS) met. ABS paid.", ["Alfa Beta Skills", "ABS", "ABS"]),
        ("The International Labour Organization met. The ILO paid.", ["International Labour Organization", "ILO"]),
        ("The IOM Viet Nam paid.", ["IOM Viet Nam"]),
        ("They met Zyxel Company. Zyxel paid.", ["Zyxel Company", "Zyxel"]),
    ],
)
def test_organisations_met_again(content, expected):
    assert bodies(content) == expected


def test_an_abbreviation_of_a_project_names_no_organisation():
    assert bodies("The Alfa Beta Skills (ABS) project went on.") == []


@pytest.mark.parametrize(
    ("content", "label", "expected"),
    [
        ("The course was funded by Zyxel for years.", "ORG", ["Zyxel"]),
        ("Last year Zyxel funded the course.", "ORG", ["Zyxel"]),
        ("They met the Alfa Institute and Zyxel there.", "ORG", ["Alfa Institute", "Zyxel"]),
        ("They live near Zyxel today.", "GPE", []),
        ("They used the Zyxel method by then.", "ORG", []),
    ],
)
def test_strangers_are_weighed(content, label, expected):
    assert bodies(content, ("Zyxel", label)) == expected


def test_a_stranger_can_be_a_person():
    content = "The course was led by Abeba Xyzar."
    assert words(content, names_of(content, ("Abeba Xyzar", "PERSON")).persons) == ["Abeba Xyzar"]


@pytest.mark.parametrize(
    ("content", "what", "rejected", "why"),
    [
        ("They live near Zyxel today.", "organisation", "Zyxel", "too little around them"),
        ("They used the Zyxel method by then.", "organisation", "Zyxel", "name of a thing or a place"),
        (TEXT, "organisation", "Beta Institute", "inside the title"),
        ("The Alfa Beta Skills (ABS) survey went on.", "organisation", "Alfa Beta Skills", "it is a project, a survey"),
    ],
)
def test_what_is_turned_down_is_told_with_the_reason(content, what, rejected, why):
    told = [(a.value, content[a.span.start : a.span.end], a.rule) for a in names_of(content).rejected]
    assert any(value == what and text == rejected and why in rule for value, text, rule in told)


def test_all_names_of_a_text():
    names = names_of(TEXT, ("Zyxel", "ORG"))
    bodies = ["Alfa Skills Institute", "ASI", "Zyxel Viet Nam", "ASI", "International Labour Organization"]
    assert words(TEXT, names.organisations) == bodies
    assert words(TEXT, names.persons) == ["Abeba Xyzar"]
    assert [TEXT[a.start : a.end] for _, a in names.definitions] == ["ASI"]


PIECES = st.sampled_from(
    [
        *(
            "Alfa",
            "Institute",
            "Ministry of",
            "the",
            "and",
            ",",
            "of",
            "(ABC)",
            "Director",
            "Mr.",
            "Viet Nam",
            "3",
            "“",
            "”",
        ),
        *(
            "Labour",
            "’s",
            "Xyzar",
            "said",
            "-",
            "Universities of",
            "ILO",
            "\n",
            ". ",
            "project",
            "for",
            "Department",
            "EUR 5",
        ),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)))
def test_any_text_has_names_with_valid_offsets(content):
    names = names_of(content)
    groups = (names.organisations, names.persons, names.instruments, names.projects, names.rejected)
    for group in groups:
        assert all(0 <= a.span.start < a.span.end <= len(content) for a in group)
        assert [a.span for a in group] == sorted(a.span for a in group) or group is names.projects
    assert names == names_of(content)


@pytest.mark.parametrize(
    "piece", [TEXT, "Director of the Alfa Institute and ", "Training ", "(ABC ", "Ministry of Labour, "]
)
def test_the_time_is_linear_in_the_length(piece):
    def seconds(times):
        content = piece * times
        start = time.process_time()
        names_of(content)
        return time.process_time() - start

    length = 10_000 // len(piece)
    seconds(length)
    # Quadratic work would take 64 times as long.
    assert seconds(8 * length) < 24 * seconds(length) + 0.2
