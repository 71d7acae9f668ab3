"""Titles of persons with what they are about: "Deputy Director of the Alpha Institute", "Minister of Labour"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.annotators.analysis import Sentence
from ingest.annotators.name_words import POSSESSIVES
from ingest.annotators.portfolios import portfolio_end
from ingest.annotators.title_words import TitleWords
from ingest.model import Span

PREPOSITIONS = ("of", "for", "at", "in", "to", "from", "on")
BOARDS = frozenset({"board", "directors", "trustees", "management", "governors"})
"""Words of "the Board of Directors" and the like, which have no name of their own."""
PLACE_NOUNS = frozenset({"province", "region", "city", "district", "county", "state", "governorate", "prefecture"})
PREPOSITION = re.compile(r"\s(?:of|for|at|in|to)\s")
LONGEST = 30
"""The most tokens of a title without what it is about."""
MOST_COMPLEMENTS = 4
MOST_OFFICES = 8
LONGEST_STRANGER = 5
HEAD_WITHIN = 4
SAME_REACH = 60
"""What "the same Institute" points back to is so many tokens before at most."""
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
    return end, [single for role in _shared(roles) for single in _single(t, role)]


def _single(t: TitleWords, role: Role) -> list[Role]:
    """ "President and CEO": two offices; "Education and Training Officer": one."""
    first, joined, second = role.title.partition(" and ")
    heads = t.words.title_heads
    if not joined or first.lower().split()[-1] not in heads:
        return [role]
    words = re.split(r"\s(?:of|for|at|in)\s", second.lower())[0].split()
    if PREPOSITION.search(first) or not any(w in heads for w in words):
        return [role]
    return [replace(role, title=first, portfolio=""), replace(role, title=second)]


def _shared(roles: list[Role]) -> list[Role]:
    """ "Chairman and General Director of Alfa": what the last office is held at, the others are too."""
    last = roles[-1]
    if last.organisation is None:
        return roles
    return [r if r.organisation or r.portfolio else replace(r, organisation=last.organisation) for r in roles]


def _another_office(t: TitleWords, end: int, s: Sentence) -> bool:
    joined = end + 1 < s.last and t.lower(end) in ("and", "/", "&") and t.names.adjacent(end, end + 1)
    return joined and t.title_word(end + 1)


def _office(t: TitleWords, i: int, s: Sentence) -> tuple[int, Role | None]:
    """One title from token `i`: its end and its role, or (i, None)."""
    k, head = _words_end(t, i, s)
    if head < 0 or (head == i and _plain_noun(t, i, s)):
        return i, None
    while k - 1 > head and t.lower(k - 1) in ("and", "of", "national", "the"):
        k -= 1
    about = _complement(t, _after_remark(t, k, s), s)
    end, organisation = about.end, about.organisation or _owner(t, i, s)
    if organisation is None and (beside := after_comma(t, end, s)) is not None:
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
    if t.lower(k) == "of":  # "Secretary of State", "Chairman of the Board of Directors"
        n = k + 2 if k + 1 < s.last and t.lower(k + 1) == "the" else k + 1
        return n < s.last and (t.lower(n) in t.words.complements or (t.lower(n) in BOARDS and headed))
    if t.lower(k) == "the":
        return headed and t.lower(k - 1) == "of" and k + 1 < s.last and t.lower(k + 1) in BOARDS
    if t.lower(k) in BOARDS and headed and k not in t.in_organisation:
        return True
    if t.title_word(k) or (t.tokens[k].capital and _leads_to_head(t, k, s)):
        return True
    return headed and k > i and t.lower(k) == "and" and k + 1 < s.last and t.title_word(k + 1)


def _leads_to_head(t: TitleWords, k: int, s: Sentence) -> bool:
    """True for a capitalised word of English that the head of a title follows: "[Water] Safety Officer"."""
    general = t.tokens[k].text in t.a.lexicon.acronyms
    if not (t.names.common(k) or general) or k in t.in_organisation or t.names.head(k):
        return False
    for m in range(k + 1, min(k + HEAD_WITHIN, s.last)):
        joined = t.lower(m) in ("and", "&")
        if not t.names.adjacent(m - 1, m) or not (t.tokens[m].capital or joined) or m in t.in_organisation:
            return False
        if t.head(m):
            return True
        if not t.names.common(m) and not joined and t.tokens[m].text not in t.a.lexicon.acronyms:
            return False
    return False


def _plain_noun(t: TitleWords, i: int, s: Sentence) -> bool:
    """True where a modest head is an ordinary noun: "all members of", but "X, member of" and "the head of"."""
    if t.lower(i) not in t.words.modest_heads or t.tokens[i].capital or _owner(t, i, s) is not None:
        return False
    return not (i > s.first and t.tokens[i - 1].text in (",", "-", "–", "the", "a", "an"))


def _after_remark(t: TitleWords, k: int, s: Sentence) -> int:
    """The token after a word in brackets: "Deputy Director [(Operations)] of ...", "Director [(Training)], DVET"."""
    remark = (
        k + 3 < s.last
        and t.tokens[k].text == "("
        and t.tokens[k + 2].text == ")"
        and (t.lower(k + 3) in ("of", "at", "for") or after_comma(t, k + 3, s) is not None)
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
        same = _same(t, n, s)
        if same is not None:
            return Complement(same[0], text_end, same[1], portfolio)
        organisation = _organisation(t, k, n, s)
        if organisation:
            end = _after_seat(t, t.a.token_at(organisation.end), s)
            return Complement(end, text_end, organisation, portfolio)
        preposition = t.lower(k)
        end = t.names.places.get(n, n) if preposition in ("for", "in", "to", "of") else n
        if n in t.names.demonyms and end < s.last and t.tokens[end].capital and t.names.common(end):
            end = n  # "Delegate of the German Industry"
        if n < end < s.last and t.lower(end) in PLACE_NOUNS and t.tokens[end].capital:
            end += 1
        if end == n and preposition in ("of", "for", "in") and t.tokens[n].word:
            end = portfolio_end(t, n, s)
            if end > n and not portfolio and preposition != "in":
                portfolio = t.a.text.content[t.tokens[n].start : t.tokens[end - 1].end]
        if end == n:
            break
        k, text_end = end, t.tokens[end - 1].end
    return Complement(k, text_end, None, portfolio)


def _same(t: TitleWords, n: int, s: Sentence) -> tuple[int, Span] | None:
    """ "of the [same Institute]": the token after it, and the last organisation before with such a head."""
    if t.lower(n) != "same" or n + 1 >= s.last:
        return None
    head = t.tokens[n + 1].text.capitalize()
    if head not in t.names.words.heads:
        return None
    before = (k for k in range(n - 1, max(-1, n - SAME_REACH), -1) if k in t.organisation_at)
    named = [t.organisation_at[k].span for k in before]
    fitting = (o for o in named if head in t.a.words(o))
    own = next(fitting, named[0] if named else None)
    return None if own is None else (n + 2, own)


def _organisation(t: TitleWords, k: int, n: int, s: Sentence) -> Span | None:
    """The organisation at token `n`, after the preposition `k`: by its name, as "the academy", or as "at Alfa"."""
    if n in t.organisation_at and not t.head(n):
        return _possessed(t, t.organisation_at[n].span, s)
    token = t.tokens[n]
    article = t.lower(n - 1) == "the" and t.lower(k) in ("of", "at", "in")
    if article and token.text.capitalize() in t.names.words.heads:
        return Span(token.start, token.end)
    strange = t.lower(k) == "at" or (t.lower(k) == "of" and n == k + 1 and not t.names.common(n))
    return _stranger(t, n, s) if strange else None


def _possessed(t: TitleWords, owner: Span, s: Sentence) -> Span:
    """The last of "VCCI’s Skills Committee", else the organisation itself."""
    at = t.a.token_at(owner.end)
    owned = (
        at + 1 < s.last and t.tokens[at].text in POSSESSIVES and not t.head(at + 1) and t.organisation_at.get(at + 1)
    )
    return owned.span if owned else owner


def _stranger(t: TitleWords, n: int, s: Sentence) -> Span | None:
    """Capitalised words that nobody knows, where people are employed: "Manager at [Alfa Beta Ltd]"."""
    end = n
    while end < min(s.last, n + LONGEST_STRANGER) and t.names.capital(end) and t.names.adjacent(end - 1, end):
        if end in t.in_organisation or t.names.honorific(end):
            return None
        end += 1
    general = t.a.lexicon.acronyms
    if end == n or t.names.places.get(n, n) >= end:
        return None
    if all(t.names.common(m) or t.tokens[m].text in general for m in range(n, end)):
        return None
    return t.names.span(n, end)


def _after_seat(t: TitleWords, end: int, s: Sentence) -> int:
    """The token after what says where a body is, or whose: "of BMET [for Dhaka]", "of the Agency [under the Ministry]".

    Only where a name or a comma follows; else it belongs to something else.
    """
    k = end
    if k + 1 >= s.last or not t.names.adjacent(k - 1, k):
        return end
    n = k + 2 if t.lower(k + 1) == "the" and k + 2 < s.last else k + 1
    stop = n
    if t.lower(k) in ("for", "in", "of"):
        stop = t.names.places.get(n, n)
    elif t.lower(k) in ("under", "within", "of") and n in t.organisation_at:
        stop = t.a.token_at(t.organisation_at[n].span.end)
    elif t.lower(k) in ("under", "within") and n == k + 2 and t.names.head(n):
        stop = n + 1
    follows = n < stop < s.last and (t.tokens[stop].text == "," or t.names.capital(stop))
    return stop if follows else end


def _owner(t: TitleWords, i: int, s: Sentence) -> Span | None:
    """The organisation right before a title: "VCCI Director", "VCCI’s Director"."""
    if i in t.organisation_before and i > s.first:
        return t.organisation_before[i].span
    if i - 1 <= s.first or t.tokens[i - 1].text not in POSSESSIVES:
        return None
    if i - 1 in t.organisation_before:
        return t.organisation_before[i - 1].span
    # "the board’s chair"
    body = t.tokens[i - 2]
    pointing = i - 3 >= s.first and t.lower(i - 3) in ("the", "this")
    return Span(body.start, body.end) if pointing and body.text.capitalize() in t.names.words.heads else None


def after_comma(t: TitleWords, k: int, s: Sentence) -> Span | None:
    """The organisation after a title with a comma: "Director, the Alpha Institute"."""
    if k + 1 >= s.last or t.tokens[k].text != ",":
        return None
    if k + 1 in t.organisation_at:
        return t.organisation_at[k + 1].span
    if t.lower(k + 1) == "the" and k + 2 < s.last and k + 2 in t.organisation_at:
        return t.organisation_at[k + 2].span
    return None
