"""Titles of persons with what they are about: "Deputy Director of the Alpha Institute", "Minister of Labour"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.annotators.analysis import Sentence
from ingest.annotators.name_words import POSSESSIVES
from ingest.annotators.portfolios import portfolio_end
from ingest.annotators.title_words import TitleWords
from ingest.model import Span

PREPOSITIONS = ("of", "for", "at", "in", "to", "from", "on")
LONGEST = 30
"""The most tokens of a title without what it is about."""
MOST_COMPLEMENTS = 4
MOST_OFFICES = 8
HEAD_WITHIN = 4
"""A capitalised word belongs to a title whose head stands within so many tokens."""


@dataclass(frozen=True, slots=True)
class Role:
    """A title as written, without the organisation, and its span with it.

    `organisation` is the span of the organisation's name, `portfolio` the field of a minister.
    """

    title: str
    organisation: Span | None
    span: Span
    portfolio: str = ""


@dataclass(frozen=True, slots=True)
class Complement:
    """What follows a title: the token after it, where the words of the title end, and what it names."""

    end: int
    text_end: int
    organisation: Span | None = None
    portfolio: str = ""


def title(t: TitleWords, i: int, s: Sentence) -> tuple[int, list[Role]]:
    """The title from token `i` with what follows it ("of DVET", "for Viet Nam"): its end and its roles, or (i, []).

    It may name several offices: "Vice President of VCCI and Director of the Alpha Institute".
    """
    end, role = _office(t, i, s)
    if role is None:
        return i, []
    roles = [role]
    while len(roles) < MOST_OFFICES and _another_office(t, end, s):
        further, role = _office(t, end + 1, s)
        if role is None or not (role.organisation or role.portfolio):
            break
        roles.append(role)
        end = further
    return end, roles


def _another_office(t: TitleWords, end: int, s: Sentence) -> bool:
    return end + 1 < s.last and t.lower(end) == "and" and t.names.adjacent(end, end + 1) and t.title_word(end + 1)


def _office(t: TitleWords, i: int, s: Sentence) -> tuple[int, Role | None]:
    """One title from token `i`: its end and its role, or (i, None)."""
    k, head = _words_end(t, i, s)
    if head < 0 or (head == i and _plain_noun(t, i, s)):
        return i, None
    while k - 1 > head and t.lower(k - 1) in ("and", "of", "national", "the"):
        k -= 1
    about = _complement(t, _after_remark(t, k, s), s)
    end, organisation = about.end, about.organisation or _owner(t, i, s)
    if organisation is None and (beside := _after_comma(t, end, s)) is not None:
        organisation = beside
        end = t.a.token_at(organisation.end)
    start = t.tokens[i].start
    words = re.sub(r"\s+", " ", t.a.text.content[start : about.text_end])
    span = Span(start, max(about.text_end, organisation.end if organisation else 0))
    return end, Role(words, organisation, span, about.portfolio)


def _words_end(t: TitleWords, i: int, s: Sentence) -> tuple[int, int]:
    """The end of the words of a title from token `i`, and the last head among them (-1 where none is)."""
    k, head = i, -1
    while k < min(s.last, i + LONGEST) and (k == i or t.names.adjacent(k - 1, k)):
        if t.head(k):
            head = k
        elif k in t.in_organisation or not _inside(t, k, i, s, head >= 0):
            break
        k += 1
    return k, head


def _inside(t: TitleWords, k: int, i: int, s: Sentence, headed: bool) -> bool:
    """True for a token that goes on with the words of a title, `headed` where these hold a head before it."""
    if t.lower(k) == "of":  # "Secretary of State"
        return k + 1 < s.last and t.lower(k + 1) in t.words.complements
    if t.title_word(k) or (t.tokens[k].capital and _leads_to_head(t, k, s)):
        return True
    return headed and k > i and t.lower(k) == "and" and k + 1 < s.last and t.title_word(k + 1)


def _leads_to_head(t: TitleWords, k: int, s: Sentence) -> bool:
    """True for a capitalised word of English that the head of a title follows: "[Water] Safety Officer"."""
    if not t.names.common(k) or k in t.in_organisation or t.names.head(k):
        return False
    for m in range(k + 1, min(k + HEAD_WITHIN, s.last)):
        joined = t.lower(m) in ("and", "&")
        if not t.names.adjacent(m - 1, m) or not (t.tokens[m].capital or joined) or m in t.in_organisation:
            return False
        if t.head(m):
            return True
        if not t.names.common(m) and not joined:
            return False
    return False


def _plain_noun(t: TitleWords, i: int, s: Sentence) -> bool:
    """True where a modest head is an ordinary noun: "all members of", but "X, member of" and "the head of"."""
    if t.lower(i) not in t.words.modest_heads or t.tokens[i].capital or i in t.organisation_before:
        return False
    return not (i > s.first and t.tokens[i - 1].text in (",", "-", "–", "the", "a", "an"))


def _after_remark(t: TitleWords, k: int, s: Sentence) -> int:
    """The token after a word in brackets: "Deputy Director [(Operations)] of ..."."""
    remark = (
        k + 3 < s.last
        and t.tokens[k].text == "("
        and t.tokens[k + 2].text == ")"
        and t.lower(k + 3) in ("of", "at", "for")
    )
    return k + 3 if remark else k


def _complement(t: TitleWords, k: int, s: Sentence) -> Complement:
    """What a title is about from token `k`: "of Labour", "for Viet Nam", "at the Alpha Institute", in any order."""
    text_end, portfolio = t.tokens[k - 1].end, ""
    for _ in range(MOST_COMPLEMENTS):
        if k + 1 >= s.last or not t.names.adjacent(k - 1, k) or t.lower(k) not in PREPOSITIONS:
            break
        n = k + 2 if t.lower(k + 1) == "the" else k + 1
        if n >= s.last:
            break
        organisation = _organisation(t, k, n)
        if organisation:
            return Complement(t.a.token_at(organisation.end), text_end, organisation, portfolio)
        preposition = t.lower(k)
        end = t.names.places.get(n, n) if preposition in ("for", "in", "to", "of") else n
        if end == n and preposition in ("of", "for", "in") and t.tokens[n].word:
            end = portfolio_end(t, n, s)
            if end > n and not portfolio and preposition != "in":
                portfolio = t.a.text.content[t.tokens[n].start : t.tokens[end - 1].end]
        if end == n:
            break
        k, text_end = end, t.tokens[end - 1].end
    return Complement(k, text_end, None, portfolio)


def _organisation(t: TitleWords, k: int, n: int) -> Span | None:
    """The organisation at token `n`, after the preposition `k`: by its name, or as "the academy"."""
    if n in t.organisation_at and not t.head(n):
        return t.organisation_at[n].span
    token = t.tokens[n]
    article = t.lower(n - 1) == "the" and t.lower(k) in ("of", "at")
    if article and token.text.capitalize() in t.names.words.heads:
        return Span(token.start, token.end)
    return None


def _owner(t: TitleWords, i: int, s: Sentence) -> Span | None:
    """The organisation right before a title: "VCCI Director", "VCCI’s Director"."""
    if i in t.organisation_before and i > s.first:
        return t.organisation_before[i].span
    if i - 1 in t.organisation_before and t.tokens[i - 1].text in POSSESSIVES:
        return t.organisation_before[i - 1].span
    return None


def _after_comma(t: TitleWords, k: int, s: Sentence) -> Span | None:
    """The organisation after a title with a comma: "Director, the Alpha Institute"."""
    if k + 1 >= s.last or t.tokens[k].text != ",":
        return None
    if k + 1 in t.organisation_at:
        return t.organisation_at[k + 1].span
    if t.lower(k + 1) == "the" and k + 2 < s.last and k + 2 in t.organisation_at:
        return t.organisation_at[k + 2].span
    return None
