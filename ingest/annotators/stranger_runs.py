"""Runs of capitalised words that no rule has taken: what could be names without head noun, title and definition."""

from __future__ import annotations

import re

from ingest.annotators.abbreviations import currency_before_number
from ingest.annotators.analysis import Sentence
from ingest.annotators.coverage import Coverage
from ingest.annotators.name_words import NameWords
from ingest.model import Span

INITIAL = re.compile(r"[A-Z]\.")
OPENING_SIGNS = frozenset({"“", '"', ":", "•", "-", "–", "*", "|"})
LIST_GOES_ON = re.compile(r"(?: [A-Z][\w ]{2,20})?(?:, (?:the )?[A-Z]| and (?:the )?[A-Z])")
LIST_REACH = 30
HEADLINE = 0.6
"""The part of a heading's words from which on it is written with capitals throughout."""


def open_runs(names: NameWords, s: Sentence, taken: Coverage) -> list[Span]:
    """The runs of capitalised words of a sentence that could be names; `taken` are the characters that have one.

    None for sentences in which capitals show nothing. The first word of a sentence counts if it is no word of English.
    """
    if s.line.kind == "boilerplate" or names.in_capitals(s) or _headline(names, s):
        return []
    runs = []
    i = s.first
    while i < s.last:
        end = _run_end(names, i, s, taken)
        first = _after_byline(names, i, end)
        while end > first and names.honorific(end - 1):
            end -= 1
        if first < end and not _no_name(names, first, end, s):
            runs.append(names.span(first, end))
        i = max(end, i + 1)
    return runs


def _headline(names: NameWords, s: Sentence) -> bool:
    """True for a headline that writes most words with a capital."""
    words = [t for t in names.tokens[s.first : s.last] if t.word and len(t.text) > 3]
    capitals = sum(t.capital for t in words)
    return s.line.kind in ("title", "heading") and len(words) > 3 and capitals > HEADLINE * len(words)


def _run_end(names: NameWords, i: int, s: Sentence, taken: Coverage) -> int:
    """The end of the run of free capitalised words, initials and numbers between them from token `i`."""

    def free(k: int) -> bool:
        return not taken.meets(names.tokens[k].start, names.tokens[k].end)

    if not (names.capital(i) and free(i)):
        return i
    k = i + 1
    while k < s.last and names.adjacent(k - 1, k) and free(k):
        number_inside = names.tokens[k].number and k + 1 < s.last and names.capital(k + 1)
        if not (names.capital(k) or number_inside or INITIAL.fullmatch(names.tokens[k].text)):
            break
        k += 1
    return k


def _after_byline(names: NameWords, i: int, end: int) -> int:
    """The first token of a run after "By", honorifics and words of titles."""
    bylines, title_words = names.a.lexicon.strangers.bylines, names.titles.title_words
    while i < end and (names.tokens[i].text in bylines or names.honorific(i) or names.lower(i) in title_words):
        i += 1
    return i + 1 if i + 1 < end and names.lower(i) in ("the", "these", "those") else i


def _no_name(names: NameWords, first: int, end: int, s: Sentence) -> bool:
    """True for words with a capital for another reason than being a name."""
    return (
        _opens_sentence(names, first, end, s)
        or currency_before_number(names.a, end - 1, s)
        or _lone_word(names, first, end)
        or _general(names, first, end)
    )


def _opens_sentence(names: NameWords, first: int, end: int, s: Sentence) -> bool:
    """True for an ordinary word that opens a sentence, alone or before other ordinary words: "Training Alfa"."""
    opening = first == s.first or names.tokens[first - 1].text in OPENING_SIGNS
    if not opening or not names.common(first) or _opens_list(names, first, end):
        return False
    return end - first <= 2 or any(names.common(k) for k in range(first + 1, end))


def _opens_list(names: NameWords, first: int, end: int) -> bool:
    """True for a noun that opens a list of names: "Apple, Alfa and Beta"."""
    at = names.tokens[end - 1].end
    if not LIST_GOES_ON.match(names.a.text.content[at : at + LIST_REACH]):
        return False
    english, word = names.a.english, names.tokens[first].text
    return word.lower() not in english.adjectives and not english.verb(word)


def _lone_word(names: NameWords, first: int, end: int) -> bool:
    """True for one word that is too short, ordinary or a general acronym ("TVET")."""
    text = names.tokens[first].text
    if end - first > 1:
        return False
    ordinary = names.common(first) and not text.isupper()
    return ordinary or len(text) < 3 or text in names.a.lexicon.acronyms


def _general(names: NameWords, first: int, end: int) -> bool:
    """True for up to two ordinary words or general acronyms: "TVET Training"."""
    acronyms = names.a.lexicon.acronyms
    words = range(first, end)
    return end - first < 3 and all(names.tokens[k].text in acronyms or names.common(k) for k in words)
