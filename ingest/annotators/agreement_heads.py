"""Heads of agreements and memoranda in a sentence, and the words of signing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.annotators.analysis import Analysis, Sentence
from ingest.lexicon import load_lexicon


@dataclass(frozen=True, slots=True)
class Patterns:
    """Heads of agreements, heads of memoranda among them, and words of signing."""

    head: re.Pattern[str]
    memorandum: re.Pattern[str]
    signing: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """The patterns, from the lexicon."""
    words = load_lexicon().instruments.agreements
    compound = (
        rf"(?:{'|'.join(words.kinds)})(?: (?:{'|'.join(words.between)}))* (?:agreements?|contracts?|arrangements?)"
    )
    heads = "|".join([*words.named, compound, *words.heads])
    return Patterns(
        head=re.compile(rf"\b(?:{heads})\b", re.I),
        memorandum=re.compile("|".join(words.memoranda), re.I),
        signing=re.compile(rf"\b(?:{'|'.join(words.signing)})\b", re.I),
    )


@dataclass(frozen=True, slots=True)
class AgreementHead:
    """The head of an agreement from `start` to `end` in the text; `match` is within its sentence."""

    a: Analysis
    s: Sentence
    match: re.Match[str]
    start: int
    end: int

    @property
    def first(self) -> int:
        """Its first token."""
        return self.a.token_at(self.start)

    @property
    def next(self) -> int:
        """The token after it and its abbreviation in brackets."""
        k = self.a.token_at(self.end)
        return k + 3 if self.lower(k) == "(" and self.lower(k + 2) == ")" else k

    def lower(self, i: int) -> str:
        """A token of the sentence in lower case, empty outside of it."""
        return self.a.tokens[i].text.lower() if self.s.first <= i < self.s.last else ""
