from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotators.phrases import capital_run_left, capital_run_right, phrase_end, trim_place, verb_like
from ingest.annotators.tokens import tokenize
from tests.ingest.annotators.reading import analyse


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Dr. Abc paid 1,500.50 for it.", ["Dr.", "Abc", "paid", "1,500.50", "for", "it", "."]),
        ("The bank’s share", ["The", "bank", "’s", "share"]),
        ("U.S. and F. Abc", ["U.S.", "and", "F.", "Abc"]),
        ("1.5m of 60% on the 21st", ["1.5", "m", "of", "60", "%", "on", "the", "21", "st"]),
        ("Public-private co-operation", ["Public-private", "co-operation"]),
    ],
)
def test_tokens(content, expected):
    assert [t.text for t in tokenize(content)] == expected


@given(st.text())
def test_tokens_stand_where_they_say_and_cover_all_but_blanks(content):
    tokens = tokenize(content)
    assert all(content[t.start : t.end] == t.text for t in tokens)
    assert all(one.end <= other.start for one, other in pairwise(tokens))
    assert "".join(t.text for t in tokens) == "".join(content.split())


def phrase(content, start, **options):
    a = analyse(content)
    first = a.token_at(content.index(start))
    end = phrase_end(a, first, a.sentences[0], **options)
    return content[a.tokens[first].start : a.tokens[end - 1].end]


@pytest.mark.parametrize(
    ("content", "start", "expected"),
    [
        ("The course on safe work for miners was held at noon.", "course", "course on safe work for miners"),
        (
            "The course on baking, sewing and weaving, which lasted long.",
            "course",
            "course on baking, sewing and weaving",
        ),
        ("The course on baking on 3 May 2021 in the hall.", "course", "course on baking"),
        ("The course on baking – the first one – went well.", "course", "course on baking"),
        ("The course on work of the and", "course", "course on work"),
    ],
)
def test_phrases_end_before_verbs_dates_and_signs(content, start, expected):
    assert phrase(content, start) == expected


def test_quotation_marks_close_a_phrase_where_they_shall():
    content = "The course “Baking is fun” for beginners was held."
    assert phrase(content, "course") == "course “Baking is fun” for beginners"
    assert phrase(content, "course", quotes=False) == "course"


def test_a_place_at_the_end_is_cut():
    content = "The course on baking in Kenya was held."
    a = analyse(content)
    end = phrase_end(a, 1, a.sentences[0])
    assert a.tokens[end - 1].text == "Kenya"
    assert a.tokens[trim_place(a, 1, end) - 1].text == "baking"


def test_runs_of_capitalised_words_hold_small_words_between_them():
    content = "They read the Guide to Safe Work and Health every day."
    a = analyse(content)
    s, first, end = a.sentences[0], 3, 9
    assert [t.text for t in a.tokens[first:end]] == ["Guide", "to", "Safe", "Work", "and", "Health"]
    assert capital_run_right(a, first, s) == end
    assert capital_run_left(a, end, s) == first


def test_verbs_go_on_with_the_sentence():
    a = analyse("Teachers attended training when Work began.")
    assert [t.text for i, t in enumerate(a.tokens) if verb_like(a, i)] == ["attended", "when", "began"]
