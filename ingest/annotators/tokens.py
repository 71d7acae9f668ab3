"""Words, numbers and signs of a text, with their offsets."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.lexicon import load_lexicon

DOTTED = "|".join(re.escape(word) for word in load_lexicon().english.dotted)
"""Words whose dot does not end a sentence, as alternatives of a regular expression."""
PATTERN = re.compile(
    rf"""
    (?P<dotted>\b(?:{DOTTED})\.(?!\w)|\b(?:[A-Z]\.){{2,}}(?!\w)|\b[A-Z]\.(?=\s[A-Z])|\bW/r?[ot]\b)  # Dr., U.S., W/ro
  | (?P<number>\d++(?:[.,\u00a0\u202f]\d++)*+(?!\w)         # 1,500
      |\d++(?:[.,]\d++)*+(?=(?:m|bn|k|M|th|st|nd|rd|-)\b|%))  # the numbers of 1.5m, 21st, 60%
  | (?P<word>[^\W_]+(?:['’][^\W\d_]{{2,}})?(?:[-‑][^\W_]+)*)
  | (?P<possessive>['’]s?\b|['’])
  | (?P<sign>\S)
    """,
    re.VERBOSE,
)
POSSESSIVE = re.compile(r"['’][sS]$")


class Token(NamedTuple):
    """A word, number or sign; `start` and `end` count characters of the text."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """True for a word that begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def number(self) -> bool:
        """True for a number in digits."""
        return self.text[0].isdigit()

    @property
    def word(self) -> bool:
        """True for a word, with letters."""
        return self.text[0].isalpha()


def tokenize(content: str) -> list[Token]:
    """The tokens of a text in order. A possessive ending is a token of its own: `DVET’s` is `DVET`, `’s`."""
    tokens: list[Token] = []
    for match in PATTERN.finditer(content):
        start, end, text = match.start(), match.end(), match.group()
        cut = POSSESSIVE.search(text) if match.lastgroup == "word" else None
        if cut:
            tokens.append(Token(text[: cut.start()], start, start + cut.start()))
            tokens.append(Token(text[cut.start() :], start + cut.start(), end))
        else:
            tokens.append(Token(text, start, end))
    return tokens
