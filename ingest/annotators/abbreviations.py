"""Abbreviations and the names they stand for: "Full Name (FN)", and names in capitals alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.annotators import numerals
from ingest.annotators.analysis import Analysis, Sentence
from ingest.annotators.gazetteer import fold
from ingest.annotators.tokens import Token
from ingest.model import Annotation, Span

BRACKET = re.compile(
    r"""
    \(\s*
    (?:hereinafter\s+|hereafter\s+|also\s+known\s+as\s+|known\s+as\s+|abbreviated\s+|or\s+|called\s+)?
    ["“‘']?
    ([^\W\d_][\w&.+\ -]{1,24}?)
    ["”’']?
    \s*(?:[,;][^()]*)?\)
    """,
    re.VERBOSE,
)
SHORT_FIRST = re.compile(r"\b([A-Z][A-Za-z&]{1,9}) \(([A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|of|and|for|the|in|on)){1,9})\)")
SHORT = re.compile(r"^(?=(?:.*[A-Z]){2})[^\W_][\w&.+-]*(?: [A-Z0-9][\w&.-]*){0,2}$")
SKIPPED = frozenset({"of", "and", "the", "for", "in", "on", "to", "de", "a", "at", "with"})
"""Small words give a short form no letter."""
ENDS = frozenset(".;:()“”")
MOST_LETTERS_OF_A_WORD = 6
LONGEST = 16
SHOUTING = 0.6
"""The part of a sentence's ordinary words in capitals from which on capitals show nothing."""


# -- definitions ------------------------------------------------------------------------------------------------------


def definitions(analysis: Analysis) -> list[tuple[Span, Span]]:
    """(span of the full name, span of the short one) for each bracket whose letters fit the words before it."""
    found = list(_reversed(analysis))
    for match in BRACKET.finditer(analysis.text.content):
        short = match[1]
        if SHORT.match(short) or (short[0].isupper() and len(short.split()) <= 2):
            long = _long_form(analysis, match.start(), short)
            if long:
                found.append((long, Span(*match.span(1))))
    return found


def _reversed(analysis: Analysis) -> Iterator[tuple[Span, Span]]:
    """ "BLA (Bora Lakes Agency)": the full name in the brackets, its capitals making the short one."""
    for match in SHORT_FIRST.finditer(analysis.text.content):
        short, long = match[1], match[2]
        capitals = "".join(w[0] for w in re.split(r"[\s-]+", long) if w[0].isupper())
        if fold(capitals) == fold(short):
            yield Span(*match.span(2)), Span(*match.span(1))


def _long_form(analysis: Analysis, bracket: int, short: str) -> Span | None:
    """The words before a bracket whose initials, in order, make the short form (Schwartz and Hearst's idea, on words).

    The shortest stretch whose capitals alone make it, or else the longest whose letters do.
    """
    letters = tuple(c for c in fold(short) if c.isalnum())
    tokens, end = analysis.tokens, analysis.token_at(bracket)
    if len(letters) < 2 or end == 0 or bracket - tokens[end - 1].end > 2:
        return None
    sentence = analysis.sentence_at(tokens[end - 1].start)
    first = max(sentence.first if sentence else 0, end - len(letters) * 2 - 8)
    best: Span | None = None
    for start in range(end - 1, first - 1, -1):
        token = tokens[start]
        if token.text in ENDS:
            break
        if token.capital and fold(token.text)[0] == letters[0] and _covers(letters, _folded_words(tokens[start:end])):
            best = Span(token.start, tokens[end - 1].end)
            if letters == tuple(fold(t.text)[0] for t in tokens[start:end] if t.capital):
                return best
    return best


def _folded_words(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(fold(t.text) for t in tokens if t.word or t.number)


def _covers(letters: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """True where the letters can be read off the words in order, each word giving its first letters or none.

    The first word must give its first letter, and no two content words in a row may be skipped.
    """

    @cache
    def fits(i: int, w: int, skipped: int) -> bool:
        """Whether the letters from `i` can be read off the words from `w`, `skipped` words before these giving none."""
        if i == len(letters):
            return all(word in SKIPPED or len(word) < 2 for word in words[w:]) or len(words) - w <= 1
        if w == len(words):
            return False
        word = words[w]
        if any(fits(i + taken, w + 1, 0) for taken in _taken(letters[i:], word)):
            return True
        small = word in SKIPPED
        return w > 0 and (small or skipped < 1) and fits(i, w + 1, skipped if small else skipped + 1)

    return fits(0, 0, 0)


def _taken(letters: Sequence[str], word: str) -> list[int]:
    """How many of the letters a word can give: its first ones, or its first and one inside it ("MoLISA", "TVET")."""
    most = min(len(word), len(letters), MOST_LETTERS_OF_A_WORD)
    counts = [n for n in range(most, 0, -1) if word[:n] == "".join(letters[:n])]
    if len(letters) > 1 and word[0] == letters[0] and letters[1] in word[1:]:
        counts.append(2)
    return counts


# -- names in capitals ------------------------------------------------------------------------------------------------


def capitals(analysis: Analysis) -> list[Annotation]:
    """Words such as VCCI, KfW or UNESCO-UNEVOC: annotations of kind `abbreviation`. Lines in capitals hold none."""
    found = []
    for sentence in analysis.sentences:
        kind = sentence.line.kind
        # "Donor: UNESCO" is no line in capitals.
        if kind == "boilerplate" or _shouting(analysis, sentence):
            continue
        for i in range(sentence.first, sentence.last):
            token = analysis.tokens[i]
            if _abbreviation(analysis, token.text) and not currency_before_number(analysis, i, sentence):
                span = Span(token.start, token.end)
                found.append(Annotation(span, "abbreviation", token.text, "abbreviation/capitals"))
    return found


def _shouting(analysis: Analysis, s: Sentence) -> bool:
    """True where most ordinary words are in capitals; a list of abbreviations ("Donors: SDC, UNESCO") is none."""
    words = [t.text for t in analysis.tokens[s.first : s.last] if t.word and len(t.text) > 1]
    if not any(w.isupper() for w in words):
        return False
    known = analysis.gazetteer.known
    ordinary = [
        w for w in words if (analysis.english.common(w) or w.lower() in SKIPPED) and not (w.isupper() and known(w))
    ]
    return len(words) > 1 and sum(w.isupper() for w in ordinary) > SHOUTING * len(ordinary)


def _abbreviation(analysis: Analysis, text: str) -> bool:
    """True for a word with two capitals at least that is no general acronym and no word of English in capitals."""
    if text[1:].islower():
        return False
    big = sum(c.isupper() for c in text)
    if big < 2 or not text[0].isalpha() or len(text) > LONGEST or "." in text:
        return False
    if not text.replace("-", "").isupper():
        if big < 3 and len(text) > 6:
            return False
        if "-" in text and not text.split("-")[0].isupper():
            return False
    acronyms = analysis.lexicon.acronyms
    if text in acronyms or text.rstrip("s") in acronyms:
        return False
    return not (text.isupper() and len(text) > 6 and analysis.english.common(text))


def currency_before_number(analysis: Analysis, i: int, s: Sentence) -> bool:
    """ "EUR 5,000", "5,000 EUR", "5 000,- EUR"."""
    if analysis.tokens[i].text not in numerals.grammar().currencies:
        return False
    number_before = i > s.first and (analysis.tokens[i - 1].number or analysis.tokens[i - 1].text == "-")
    return number_before or (i + 1 < s.last and analysis.tokens[i + 1].number)
