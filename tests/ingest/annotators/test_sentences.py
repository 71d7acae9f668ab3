"""Sentences: ends, abbreviations, lost spaces; nothing but white space is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotators import sentences
from ingest.model import Span


def split(line):
    return [line[s.start : s.end] for s in sentences.split(line, Span(0, len(line)))]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("They met. It rained.", ["They met.", "It rained."]),
        ("Dr. Alpha met Mr. Beta. They spoke.", ["Dr. Alpha met Mr. Beta.", "They spoke."]),
        ("Alpha Co. Ltd. signed it.", ["Alpha Co. Ltd. signed it."]),
        ("It was done by Alpha Ltd. The workers left.", ["It was done by Alpha Ltd.", "The workers left."]),
        ("They left early.Then it rained.", ["They left early.", "Then it rained."]),
        ("He said “it works.” She left.", ["He said “it works.”", "She left."]),
        ("at 9 a.m. they met", ["at 9 a.m. they met"]),
        ("1. First they met.", ["1. First they met."]),
        ("version 1.5 is out", ["version 1.5 is out"]),
        ("News of the day| Alpha", ["News of the day|", "Alpha"]),
        ("no end", ["no end"]),
        ("", []),
    ],
)
def test_split(line, parts):
    assert split(line) == parts


@given(st.text(alphabet='aB1. !?"”)|é\n', max_size=60))
def test_only_white_space_is_lost(line):
    parts = split(line)
    assert "".join("".join(parts).split()) == "".join(line.split())
