"""Fields of office: "Minister of [Labour, Invalids and Social Affairs]", "minister of [economy and finance]"."""

from __future__ import annotations

from ingest.annotators.analysis import Sentence
from ingest.annotators.title_words import TitleWords

LIST_REACH = 5
"""A list of fields that goes on with a comma has its "and" within so many tokens."""
WORDS_IN_LOWER_CASE = 2
HEAD_WITHIN = 4
"""The head of a title stands within so many tokens of its first word."""
SIGNS = ("and", "&", "–", "-")


def portfolio_end(t: TitleWords, n: int, s: Sentence) -> int:
    """The end of the field of office that begins at token `n`; `n` where none does.

    All its words are written as the first one, with or without capitals.
    """
    if not _known(t, n) or n in t.in_organisation:
        return n
    end = _field_end(t, n, n, s)
    while end + 1 < s.last and t.lower(end) in (",", *SIGNS):
        following = end + 1
        if t.tokens[end].text == "," and t.lower(following) in ("and", "&"):
            following += 1
        if not _another_field(t, following, n, s):
            break
        stop = _field_end(t, following, n, s)
        closing = t.lower(end) in SIGNS or following > end + 1
        if stop == following or not (closing or _closed(t, stop, s)):
            break
        end = stop
        if closing:
            break
    return end


def _field_end(t: TitleWords, k: int, first: int, s: Sentence) -> int:
    """The end of one field from token `k`, in the list that begins at token `first`."""
    capital = t.tokens[first].capital
    while k < s.last and _field_word(t, k, capital) and t.names.adjacent(k - 1, k):
        if t.lower(k) in t.words.field_ends or t.names.honorific(k):
            break
        if capital and k > first and (_person_begins(t, k, s) or _complete(t, k - 1)):
            break
        k += 1
        if not capital and k - first >= WORDS_IN_LOWER_CASE:
            break
    return k


def _complete(t: TitleWords, k: int) -> bool:
    """ "Chief of [Mission] X Y": such a word is the whole field."""
    return t.lower(k) in t.words.complements - t.words.fields


def _field_word(t: TitleWords, k: int, capital: bool) -> bool:
    token = t.tokens[k]
    return token.word and token.capital == capital and _known(t, k) and k not in t.in_organisation


def _known(t: TitleWords, k: int) -> bool:
    """True for a word of English or a general acronym ("Director General of TVET")."""
    return t.names.common(k) or t.tokens[k].text in t.a.lexicon.acronyms


def _person_begins(t: TitleWords, k: int, s: Sentence) -> bool:
    """ "Minister of Finance Park X": a family name that is also an English word, before a strange word."""
    return t.family_name(k) and k + 1 < s.last and t.names.capital(k + 1) and not t.names.common(k + 1)


def _another_field(t: TitleWords, k: int, first: int, s: Sentence) -> bool:
    """True where a list of fields goes on; a word of a title begins another title, unless it names fields too."""
    if k >= s.last or not _field_word(t, k, t.tokens[first].capital):
        return False
    if not t.title_word(k) or t.lower(k) in t.words.fields:
        return True
    return not t.head(k) and t.tokens[k].capital and not _title_begins(t, k, s)


def _title_begins(t: TitleWords, k: int, s: Sentence) -> bool:
    """Whether the words from token `k` are a title: "Minister of X and [Regional Director]"; not "[Regional Trade]"."""
    for m in range(k + 1, min(k + HEAD_WITHIN, s.last)):
        if t.head(m):
            return True
        if not t.title_word(m):
            return False
    return True


def _closed(t: TitleWords, at: int, s: Sentence) -> bool:
    return any(t.lower(k) in ("and", "&") for k in range(at, min(at + LIST_REACH, s.last)))
