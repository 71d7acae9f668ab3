"""A word of a sentence with its neighbours: what most rules look at to see whether it is the head of a name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.annotators.analysis import Analysis, Sentence
from ingest.annotators.phrases import capital_run_left, capital_run_right
from ingest.annotators.tokens import Token

LONGEST_RUN = 40
"""Tokens of a run of capitalised words that are looked at: no name is longer, and a text may be all in capitals."""


@dataclass(frozen=True, slots=True)
class Head:
    """A token of a sentence that may be the head of a name; `at` is its index."""

    a: Analysis
    s: Sentence
    at: int

    @property
    def token(self) -> Token:
        """The token itself."""
        return self.a.tokens[self.at]

    @property
    def word(self) -> str:
        """The token in lower case."""
        return self.a.lowers[self.at]

    @property
    def previous(self) -> str:
        """The token before it in lower case, empty at the start of the sentence."""
        return self.lower(self.at - 1)

    @property
    def following(self) -> str:
        """The token after it in lower case, empty at the end of the sentence."""
        return self.lower(self.at + 1)

    def lower(self, i: int) -> str:
        """A token of the sentence in lower case, empty outside of it."""
        return self.a.lowers[i] if self.s.first <= i < self.s.last else ""

    def text(self, i: int) -> str:
        """A token of the sentence as written, empty outside of it."""
        return self.a.tokens[i].text if self.s.first <= i < self.s.last else ""

    def capital(self, i: int) -> bool:
        """True for a token of the sentence that is a word with a capital letter."""
        return self.s.first <= i < self.s.last and self.a.tokens[i].capital and self.a.tokens[i].word

    def run_left(self, end: int) -> int:
        """The first token of the run of capitalised words that ends before token `end`."""
        return capital_run_left(self.a, end, replace(self.s, first=max(self.s.first, end - LONGEST_RUN)))

    def run_right(self, first: int) -> int:
        """The end of the run of capitalised words from token `first`."""
        return capital_run_right(self.a, first, replace(self.s, last=min(self.s.last, first + LONGEST_RUN)))
