"""Where a noun phrase with its prepositions ends, and runs of capitalised words with small words between them."""

from __future__ import annotations

from ingest.annotators.analysis import Analysis, Sentence
from ingest.annotators.tokens import Token
from ingest.lexicon import load_lexicon

SMALL = load_lexicon().english.small
"""Words that stand inside a noun phrase and never at its end: "of", "and", "for"."""
STOPS = frozenset(".;:()[]|!?…—/")
DASHES = frozenset("-–")
OPENING_QUOTES = frozenset('“"‘')
CLOSING_QUOTES = frozenset("”’")
WEEKDAYS = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})
LIST_REACH = 7
"""A comma belongs to a list that "and" closes within so many tokens."""
TIMES = frozenset({"now", "already", "still", "soon", "then"})
"""Words that close a phrase where a verb follows ("the list of names now holds ...")."""
PLACE_REACH = 7
"""A place at the end of a phrase is so many tokens long at most, with its preposition."""
SMALL_WORDS_IN_A_ROW = 3


def verb_like(analysis: Analysis, i: int) -> bool:
    """True for a word that goes on with the sentence rather than with the phrase: a finite verb in lower case."""
    text, english = analysis.tokens[i].text, analysis.english
    if text[0].isupper():
        return False
    lower = text.lower()
    if lower in english.words.closing:
        return True
    if lower.endswith("ing") or lower in english.adjectives or english.noun(lower):
        return False
    return english.verb(lower)


def phrase_end(analysis: Analysis, i: int, s: Sentence, limit: int = 28, quotes: bool = True) -> int:
    """The end of the noun phrase that goes on at token `i`: before a verb, a date, a clause or a sign that closes it.

    It is at most `limit` tokens long; without `quotes` a quotation mark closes it too.
    """
    tokens = analysis.tokens
    k, quoted = i, False
    while k < min(s.last, i + limit):
        text = tokens[k].text
        if text in OPENING_QUOTES:
            if not quotes:
                break
            quoted = text != '"' or not quoted
        elif text in CLOSING_QUOTES and quoted:
            quoted = False
        elif not quoted and _closes(analysis, k, i, s):
            break
        k += 1
    while k > i and (tokens[k - 1].text.lower() in SMALL or tokens[k - 1].text in DASHES | {","}):
        k -= 1
    return k


def _closes(analysis: Analysis, k: int, first: int, s: Sentence) -> bool:
    """True for a token that is no part of the noun phrase from token `first`."""
    text = analysis.tokens[k].text
    if text in STOPS:
        return True
    if text in DASHES:  # "2019 – the year of", but "Kenya-Japan"
        return k > 0 and analysis.tokens[k].start > analysis.tokens[k - 1].end
    if text == ",":
        return not _comma_inside(analysis, k, s)
    if text.lower() == "with" and k > first and analysis.tokens[k - 1].text == ",":
        return True
    if text in TIMES and k + 1 < s.last and analysis.english.verb(analysis.tokens[k + 1].text.lower()):
        return True
    return _opens_date(analysis, k) or verb_like(analysis, k)


def _opens_date(analysis: Analysis, k: int) -> bool:
    """True where a date begins, with its preposition ("on 3 May")."""
    dates = analysis.date_starts
    if k in dates:
        return True
    on = analysis.tokens[k].text.lower() in ("on", "in")
    return on and (k + 1 in dates or (k + 1 < len(analysis.tokens) and analysis.tokens[k + 1].text in WEEKDAYS))


def _comma_inside(analysis: Analysis, k: int, s: Sentence) -> bool:
    """True for a comma of a list that an "and" closes within a few words, with no verb before it."""
    tokens, words = analysis.tokens, analysis.english.words
    for m in range(k + 1, min(k + LIST_REACH, s.last)):
        lower = tokens[m].text.lower()
        if lower in ("and", "or"):
            after = tokens[m + 1].text.lower() if m + 1 < s.last else ""
            return after not in words.next_items and not (m == k + 1 and after in words.closing)
        if verb_like(analysis, m) or tokens[m].text in ".;:()“”" or lower in words.no_list:
            return False
    return False


def trim_place(analysis: Analysis, first: int, end: int) -> int:
    """The end of a phrase without a place at its end ("... in Nairobi")."""
    for k in range(end - 1, max(first, end - PLACE_REACH - 1), -1):
        if analysis.tokens[k].text.lower() in ("in", "at"):
            n = k + 1 if analysis.tokens[k + 1].text.lower() != "the" else k + 2
            if analysis.place_ends.get(n) == end:
                return k
    return end


def _name_word(token: Token) -> bool:
    return token.word and token.capital


def capital_run_left(analysis: Analysis, end: int, s: Sentence) -> int:
    """The first token of the run of capitalised words, with small words between them, that ends before token `end`."""
    tokens = analysis.tokens
    k = end
    while k > s.first:
        before = tokens[k - 1]
        if before.end < tokens[k].start - 2:
            break
        between = before.text.lower() in SMALL or before.text in ("-", "–", ",", "’s", "'s", "/", "@")
        if not (_name_word(before) or before.number or before.text == "&" or (between and k - 1 > s.first)):
            break
        k -= 1
    while k < end and not _name_word(tokens[k]) and not (tokens[k].number and k + 1 < end):
        k += 1
    return k


def capital_run_right(analysis: Analysis, first: int, s: Sentence) -> int:
    """The end of the run of capitalised words, with small words between them, from token `first`."""
    tokens = analysis.tokens
    k = end = first
    while k < s.last and k - end <= SMALL_WORDS_IN_A_ROW:
        token = tokens[k]
        if k > first and token.start > tokens[k - 1].end + 2:
            break
        if _name_word(token) or (token.number and k > first):
            end = k + 1
        elif token.text == ",":
            if not (_comma_inside(analysis, k, s) and k + 1 < s.last and tokens[k + 1].capital):
                break
        elif token.text == "'" and not tokens[k - 1].text.endswith("s"):
            break  # a quotation mark, not the end of "the Teachers' Union"
        elif token.text.lower() not in SMALL and token.text not in ("-", "–", "&", "’s", "'s", "’", "'", "/", "@"):
            break
        k += 1
    return end
