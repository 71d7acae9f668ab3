from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotators.gazetteer import choose_place, fold, variants
from ingest.annotators.occurrences import occurrences
from ingest.annotators.spans import SpanIndex
from ingest.model import Span
from tests.ingest.annotators.reading import analyse, words


@given(st.text())
def test_folding_keeps_the_length(text):
    assert len(fold(text)) == len(text)


def test_folding_takes_diacritics_and_case_away():
    assert fold("Đà Nẵng – Señor’s") == "da nang - senor's"


def test_spellings_that_mean_the_same():
    assert {"labour and training centre", "labor & training center"} <= variants("labour and training centre")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("They work in Viet Nam and Vietnam.", ["Viet Nam", "Vietnam"]),
        ("They work in Kenyatta.", []),
        ("A turkey is no country, but Kenya is.", ["Kenya"]),
        ("The Kenyan and the Lao delegates", ["Kenyan", "Lao"]),
    ],
)
def test_places_are_whole_capitalised_words(content, expected):
    assert words(content, analyse(content).known_places) == expected


def test_a_demonym_is_no_place():
    a = analyse("The Kenyan delegates came.")
    assert choose_place(a.known_places[0], a.context) is None


@given(st.text(alphabet="ab -_A1", max_size=60))
def test_occurrences_are_whole_words_that_do_not_overlap(text):
    folded = fold(text)
    for phrase, spans in occurrences(folded, {"ab": ("ab",), "a b": ("a b", "ab")}).items():
        assert all(folded[s.start : s.end] in {"ab", phrase} for s in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
    whole = occurrences(folded, {"ab": ("ab",)})["ab"]
    assert all(not folded[s.start - 1 : s.start].isalnum() or s.start == 0 for s in whole)


SPANS = st.tuples(st.integers(0, 500), st.integers(1, 200)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS), SPANS)
def test_the_index_finds_what_overlaps_in_the_order_of_adding(spans, asked):
    index = SpanIndex((span, n) for n, span in enumerate(spans))
    expected = [n for n, s in enumerate(spans) if s.start < asked.end and asked.start < s.end]
    assert index.overlapping(asked) == expected
    assert index.touches(asked) == bool(expected)
