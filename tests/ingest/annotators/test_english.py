import pytest

from ingest.annotators.english import load_english, stems
from ingest.annotators.recogniser import DEFAULT_MODEL, load_recogniser
from kg.errors import InputError

ENGLISH = load_english(DEFAULT_MODEL)


@pytest.mark.parametrize("word", ["workers", "women", "SMEs", "people", "companies", "staff"])
def test_plurals(word):
    assert ENGLISH.plural(word)


@pytest.mark.parametrize("word", ["business", "worker", "thus", "analysis", "campus", "series"])
def test_no_plurals(word):
    assert not ENGLISH.plural(word)


@pytest.mark.parametrize("word", ["training", "trained", "Labour", "ministries", "quickly"])
def test_general_vocabulary(word):
    assert ENGLISH.common(word)


@pytest.mark.parametrize("word", ["Xyzzy", "Alfabeta", "VCCI"])
def test_strange_words(word):
    assert not ENGLISH.common(word)


def test_stems_of_verbs():
    assert "plan" in stems("planned")
    assert "hire" in stems("hiring")
    assert stems("plan") == []
    assert ENGLISH.verb("went")


def test_a_model_that_is_not_there_is_named():
    with pytest.raises(InputError, match="no_such_model"):
        load_english("no_such_model")
    with pytest.raises(InputError, match="no_such_model"):
        load_recogniser("no_such_model")
