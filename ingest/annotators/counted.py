"""What a number counts: the noun phrase after it, up to its last plural noun."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.annotators.english import English
from ingest.annotators.numerals import Grammar
from ingest.annotators.tokens import Token

LONGEST = 14
"""Tokens in which the noun must come."""
LIST_REACH = 5
OBJECT = re.compile(
    r"(?:an?|the|its|their|some|about|around|nearly|almost|roughly|approximately|over|up|more|at|\d[\d.,]*)$", re.I
)
"""What begins the object of a verb, and no further noun of a list."""
JOINING = frozenset({"-", "’", "’s", "'s", "'", "/"})
PEOPLE = re.compile(r"[A-Z][a-z]{2,}ese")
"""Names of peoples that are their own plural: "7,000 Vietnamese went abroad"."""
BEFORE_SHARED = re.compile(
    r"(?:\s?\([^()\n]{1,12}\)|\))?\s+(?:of\s+|(?:for|among|amongst)\s+(?!the\s+(?:first|last|year|whole))(?=(?:the\s+)?[a-z]))?"
    r"(?:(?:all|the|its|their|those|these)\s+)*(?:\d[\d,]*\s+(?=[a-z]))?"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text with its tokens, `starts` the index of the token that starts at an offset, and what is known of words."""

    content: str
    tokens: Sequence[Token]
    starts: Mapping[int, int]
    english: English
    grammar: Grammar


def share_of(w: Wording, end: int) -> str:
    """What a share is a share of: "12 per cent of workers", "12% of farms", "12 per cent women"."""
    match = BEFORE_SHARED.match(w.content, end, end + 40)
    counted = counted_phrase(w, match.end() if match else end, singular=True)[0]
    return "" if counted in w.grammar.compared else counted


def counted_phrase(w: Wording, end: int, singular: bool = False) -> tuple[str, int]:
    """The noun phrase that a number counts, and where it ends; empty where there is none. `end` is the number's end.

    Two or three nouns in a row are one phrase ("cooks, waiters and street vendors"). With `singular`, a noun in the
    singular will do.
    """
    index = _token_after(w, end)
    if index is None:
        return "", end
    last, joined = -1, False
    for i in range(index, min(index + LONGEST, len(w.tokens))):
        token = w.tokens[i]
        inside = i > index
        if inside and "\n" in w.content[w.tokens[i - 1].end : token.start]:
            break
        if _list_sign(token):
            # A list goes on where a plural stands before the sign and another phrase with a plural follows.
            if last == i - 1 and _list_goes_on(w, i + 1, closed=token.text != ","):
                joined = True
            elif not (inside and last < 0 and _between_adjectives(w, i)):
                break
        elif _closes(w, token, inside):
            if not (inside and last < 0 and token.text in JOINING):
                break
        elif last >= 0 and token.text in w.grammar.verbs:
            break
        elif w.english.plural(token.text) or PEOPLE.fullmatch(token.text):
            last = i
        elif last >= 0:
            if not _goes_on(w, i, joined):
                break
        elif singular and _single_noun(w, i):
            last = i
            break
    if last < 0:
        return "", end
    words = w.content[w.tokens[index].start : w.tokens[last].end]
    return re.sub(r"\s+", " ", words), w.tokens[last].end


def _token_after(w: Wording, end: int) -> int | None:
    """The token after the spaces at an offset, if the line goes on."""
    at = end
    while at < len(w.content) and w.content[at] in " \u00a0":
        at += 1
    return w.starts.get(at)


def _list_sign(token: Token) -> bool:
    return token.text in (",", "&") or token.text.lower() in ("and", "or")


def _between_adjectives(w: Wording, i: int) -> bool:
    """True for a sign before the noun: "young, skilled workers", "small and medium enterprises"."""
    before = w.tokens[i - 1].text
    return before.lower() in w.english.adjectives if w.tokens[i].text == "," else w.english.common(before)


def _closes(w: Wording, token: Token, inside: bool) -> bool:
    """True for what is no part of a noun phrase: signs, numbers, and words that lead to another phrase."""
    lower = token.text.lower()
    return not token.word or lower in w.grammar.stops or (inside and lower in w.grammar.words)


def _goes_on(w: Wording, i: int, joined: bool) -> bool:
    """True where a word after a plural is still of the phrase: in a compound ("member state experts") or in a list."""
    text = w.tokens[i].text
    if joined:
        return w.english.noun(text) or not w.english.verb(text)
    return (
        w.english.noun(text)
        and not w.english.verb(text)
        and i + 1 < len(w.tokens)
        and w.english.plural(w.tokens[i + 1].text)
    )


def _single_noun(w: Wording, i: int) -> bool:
    """True for a noun that no other word of its phrase follows ("half of the workforce")."""
    if not w.english.noun(w.tokens[i].text):
        return False
    if i + 1 == len(w.tokens):
        return True
    following = w.tokens[i + 1]
    return not following.word or following.text.lower() in w.grammar.stops


def _list_goes_on(w: Wording, i: int, closed: bool) -> bool:
    """True where another noun phrase with a plural follows; a comma needs an "and" after that phrase."""
    if i < len(w.tokens) and w.tokens[i].text.lower() in ("and", "or"):
        i, closed = i + 1, True
    for k, token in enumerate(w.tokens[i : i + LIST_REACH], i):
        lower = token.text.lower()
        name = token.capital and not token.text.isupper() and not w.english.common(token.text)
        if name or _closes(w, token, inside=True):
            return False
        if w.english.plural(token.text):
            following = w.tokens[k + 1] if k + 1 < len(w.tokens) else None
            if k == i and following is not None and OBJECT.match(following.text) and w.english.verb(token.text):
                return False  # "88 factories and reaches some 500 women"
            return closed or (following is not None and following.text in (",", "and", "or"))
        if w.english.verb(token.text) and not w.english.noun(token.text) and lower not in w.english.adjectives:
            return False
    return False
