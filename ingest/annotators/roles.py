"""The titles that stand around a name: before it ("Director X"), and after it (", Director of ...", "(Director)")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.annotators.analysis import Sentence
from ingest.annotators.name_words import POSSESSIVES
from ingest.annotators.person_runs import plausible, run_end
from ingest.annotators.title_words import TitleWords
from ingest.annotators.titles import Role, after_comma, title
from ingest.model import Span

TITLE_REACH = 14
"""A title before a name is so many tokens long at most."""
REMARK_REACH = 3
LONGEST_DEGREE = 5
"""Letters after a name that tell of a degree or a seat in parliament ("X, MP, Minister") are no more."""
BRACKET_REACH = 12
"""A bracket between a title and the name after it is so many tokens long at most."""
DEMONYM_REACH = 3
SENT = re.compile(r"\b(?:ambassador|consul|attach[eé]|high commissioner|envoy|charg[eé])\b", re.I)
GOES_ON = frozenset({"and", "or", "who", "of", "for", "at", "in", "from", "with", "as"})
"""Words after a title that do not make it the subject of a sentence."""
IS = (("is",), ("was",), ("serves", "as"), ("became",), ("was", "appointed"), ("has", "been", "appointed"))
WHERE = tuple(("where", who, *verb) for who in ("he", "she") for verb in IS)
FOR = frozenset({"for", "of", "from"})
AS_REACH = 12
"""So many tokens after a name "as" may stand with the title: "X signed for the Y as Director"."""
IS_REACH = 24
"""A name's apposition, after which the sentence goes on ("X, ..., is Director"), is so many tokens long at most."""


def roles_before(t: TitleWords, i: int, s: Sentence) -> list[Role]:
    """The title that ends right before token `i` ("Director General Mr. X")."""
    for start in range(max(s.first, i - TITLE_REACH), i):
        opens = start == s.first or not t.title_word(start - 1)
        if opens and t.title_word(start) and start not in t.in_organisation:
            end, roles = title(t, start, s)
            if roles and end == i:
                return roles
    return []


def roles_after(t: TitleWords, end: int, s: Sentence) -> list[Role]:
    """The titles after a name: ", Director of VCCI", " – Director, ...", " (Director)", ", ILO Country Director"."""
    if end + 1 >= s.last:
        return []
    if t.tokens[end].text not in (",", "-", "–", "—", "("):
        return _of_member(t, end, s) or _as(t, end, s)
    k = _after_introduction(t, _after_remark(t, end, s), s)
    if t.tokens[end].text == "(" and (own := _employer(t, end, k, s)):
        return own
    if k in t.organisation_at:
        roles = _led_by_organisation(t, k, s)
        if roles or not t.head(k):
            return roles
    if _of_unknown(t, k, s):
        k += 1
    roles = _led_by_place(t, k, s)
    if roles:
        return [] if _opens_list(t, k, t.a.token_at(roles[-1].span.end), s) else roles
    stop, roles = title(t, k, s)
    if roles and t.tokens[end].text == "(" and stop + 2 < s.last and t.tokens[stop].text == ")":
        # "X (Director), Alpha Institute"
        beside = after_comma(t, stop + 1, s)
        return [replace(r, organisation=r.organisation or beside) for r in roles]
    return [] if _of_another(t, k, stop, roles, s) else roles


def _of_member(t: TitleWords, end: int, s: Sentence) -> list[Role]:
    """ "X of [the Union Y], where she is Secretary", "X from [Y], Director": the title comes after the organisation."""
    if t.lower(end) not in ("of", "from", "at"):
        return []
    n = end + 2 if t.lower(end + 1) == "the" else end + 1
    if n not in t.organisation_at:
        return []
    own = t.organisation_at[n].span
    k = t.a.token_at(own.end)
    if k + 3 < s.last and t.tokens[k].text == "(" and t.tokens[k + 2].text == ")":
        k += 3
    if k + 2 >= s.last or t.tokens[k].text != ",":
        return []
    k = _after_words(t, k + 1, WHERE, s)
    return [replace(r, organisation=r.organisation or own) for r in title(t, _after_introduction(t, k, s), s)[1]]


def _as(t: TitleWords, end: int, s: Sentence) -> list[Role]:
    """ "X signed for [Y] as its Director": a deed, with those for whom it is done, and the title after "as"."""
    if not t.tokens[end].word or t.tokens[end].capital:
        return []
    own: Span | None = None
    for k in range(end, min(end + AS_REACH, s.last - 1)):
        if t.lower(k) == "as":
            n = k + 1 + (t.lower(k + 1) in ("its", "the", "their"))
            roles = title(t, n, s)[1] if n < s.last and t.tokens[n].capital and n not in t.in_organisation else []
            return [replace(r, organisation=r.organisation or own) for r in roles if r.organisation or own]
        if t.lower(k) in FOR and own is None:
            n = k + 2 if t.lower(k + 1) == "the" else k + 1
            own = t.organisation_at[n].span if n in t.organisation_at else None
        elif not t.tokens[k].word and k not in t.in_organisation:
            break
    return []


def _after_words(t: TitleWords, k: int, phrases: Sequence[tuple[str, ...]], s: Sentence) -> int:
    """The token after the first of some phrases that stands at token `k`; `k` where none does."""
    for words in phrases:
        if k + len(words) < s.last and all(t.lower(k + m) == word for m, word in enumerate(words)):
            return k + len(words)
    return k


def _employer(t: TitleWords, end: int, k: int, s: Sentence) -> list[Role]:
    """ "X [(ILO Dhaka)], Director": the title after the brackets is held at the organisation in them."""
    inside = t.organisation_at.get(end + 1)
    at = t.a.token_at(inside.span.end) if inside else s.last
    if inside is None or at + 2 >= s.last or t.tokens[at].text != ")" or t.tokens[at + 1].text != ",":
        return []
    stop, roles = title(t, _after_introduction(t, at + 2, s), s)
    return (
        []
        if _of_another(t, k, stop, roles, s)
        else [replace(r, organisation=r.organisation or inside.span) for r in roles]
    )


def _of_another(t: TitleWords, first: int, stop: int, roles: Sequence[Role], s: Sentence) -> bool:
    """True for a title that is not that of the name before it.

    "As shared with Ms X, Director General said ...", "in presence of Mr X, the Minister pointed out": the title is the
    subject of what follows. "Mr X, the director of DVET Y and others": it is the title of the name after it.
    """
    if not roles or stop >= s.last:
        return False
    if t.lower(stop) in t.words.saying:
        return True
    if _opens_list(t, first, stop, s):
        return True
    bare = roles[-1].organisation is None and not roles[-1].portfolio
    if bare and t.lower(first - 1) == "the" and t.tokens[stop].word and t.lower(stop) not in GOES_ON:
        return True
    return _name_follows(t, stop, s)


def _opens_list(t: TitleWords, first: int, stop: int, s: Sentence) -> bool:
    """ "opened by X, [the director of the school] and the mayor": unnamed persons of a list."""
    listed = stop + 1 < s.last and t.lower(stop) == "and" and t.lower(stop + 1) == "the"
    return listed and t.lower(first - 1) == "the"


def _name_follows(t: TitleWords, k: int, s: Sentence) -> bool:
    """ "Director of X [Ms A B]", "Director of X [(Ministry of Y) A B]": the name of a person stands at token `k`."""
    if t.tokens[k].text == "(":
        closing = (m + 1 for m in range(k + 1, min(k + BRACKET_REACH, s.last)) if t.tokens[m].text == ")")
        k = next(closing, s.last)
    if k >= s.last or not t.names.adjacent(k - 1, k):
        return False
    n = k
    while n < s.last and t.names.honorific(n):
        n += 1
    return plausible(t, n, run_end(t, n, s, sure=n > k)) if n < s.last else False


def _after_remark(t: TitleWords, end: int, s: Sentence) -> int:
    """The token after the sign at token `end`, and after what is no title: "X [(Mr),] Director", "X, [MP,] Rector"."""
    k = end + 1
    if t.tokens[end].text == "(":
        closing = next((m for m in range(k, min(k + REMARK_REACH, s.last)) if t.tokens[m].text == ")"), s.last)
        if closing + 1 < s.last and t.tokens[closing + 1].text == "," and not title(t, k, s)[1]:
            return closing + 2
    while k + 2 < s.last and t.tokens[k - 1].text == "," and t.tokens[k + 1].text == "," and _degree(t, k):
        k += 2
    return k


def _degree(t: TitleWords, k: int) -> bool:
    """ "X, [MP], Minister", "X, [PhD], Rector": letters that are neither a title nor the name of a body."""
    text = t.tokens[k].text
    letters = sum(c.isupper() for c in text) >= 2 and len(text) <= LONGEST_DEGREE
    return letters and k not in t.in_organisation and not t.head(k)


def _after_introduction(t: TitleWords, k: int, s: Sentence) -> int:
    """The token after "who is", "then", "the newly appointed" and the like."""
    for words in t.words.introductions:
        if k + len(words) < s.last and all(t.lower(k + m) == word for m, word in enumerate(words)):
            k += len(words)
    return k


def _of_unknown(t: TitleWords, k: int, s: Sentence) -> bool:
    """ "X, [ABC] Vice President": letters that nobody knows, right before a title that begins with a capital."""
    unknown = t.names.abbreviation(k) and k not in t.in_organisation and not t.title_word(k)
    follows = k + 1 < s.last and t.tokens[k + 1].capital and t.names.adjacent(k, k + 1)
    return unknown and t.tokens[k].text not in t.a.lexicon.acronyms and follows and bool(title(t, k + 1, s)[1])


def _led_by_organisation(t: TitleWords, k: int, s: Sentence) -> list[Role]:
    """ "X, [VCCI’s Director]": the titles after the organisation that begins at token `k`."""
    organisation = t.organisation_at[k].span
    at = t.a.token_at(organisation.end)
    if at < s.last and t.tokens[at].text in POSSESSIVES:
        at += 1
    stop, roles = title(t, at, s) if at < s.last and t.names.adjacent(at - 1, at) else (at, [])
    if roles and stop < s.last and _name_follows(t, stop, s):
        return []
    return [replace(r, organisation=r.organisation or organisation) for r in roles]


def _led_by_place(t: TitleWords, k: int, s: Sentence) -> list[Role]:
    """The place belongs to the title: "X, [Viet Nam Country Director]"; not so in "X, Kenya’s [Minister of Labour]"."""
    after = t.names.places.get(k, k)
    if k < after < s.last - 1 and t.tokens[after].text in POSSESSIVES:
        return title(t, after + 1, s)[1] if t.title_word(after + 1) else []
    if after == k or after >= s.last or not t.title_word(after):
        return []
    return _with_words_before(t, k, title(t, after, s)[1])


def _with_words_before(t: TitleWords, first: int, roles: Sequence[Role]) -> list[Role]:
    """The roles, the first one with the words from token `first` on in its title."""
    if not roles:
        return []
    words = t.a.text.content[t.tokens[first].start : roles[0].span.start]
    return [replace(roles[0], title=words + roles[0].title), *roles[1:]]


def roles_predicated(t: TitleWords, end: int, s: Sentence) -> list[Role]:
    """ "X is [Director of VCCI]", "X, Head of Skills of VCCI, is [National Project Director]"."""
    k = end
    if k < s.last and t.tokens[k].text == ",":
        limit = min(s.last - 1, end + IS_REACH)
        k = next(
            (m + 1 for m in range(end + 1, limit) if t.tokens[m].text == "," and t.lower(m + 1) in ("is", "was")), end
        )
    verb = next((v for v in reversed(IS) if all(k + m < s.last and t.lower(k + m) == w for m, w in enumerate(v))), None)
    if verb is None or k + len(verb) >= s.last:
        return []
    k += len(verb)
    k += t.lower(k) in ("the", "a", "an", "also")
    roles = title(t, k, s)[1] if k < s.last and t.tokens[k].capital else []
    return [] if k in t.in_organisation else roles


def of_organisation_after(t: TitleWords, end: int, roles: list[Role], s: Sentence) -> list[Role]:
    """ "Secretary X [of the Ministry of Y]": the organisation after the name goes with the title before it."""
    if not roles or roles[-1].organisation or end + 1 >= s.last or t.lower(end) not in ("of", "from", "at"):
        return roles
    n = end + 2 if t.lower(end + 1) == "the" else end + 1
    if n not in t.organisation_at:
        return roles
    return [*roles[:-1], replace(roles[-1], organisation=t.organisation_at[n].span)]


def with_demonym(t: TitleWords, roles: list[Role], s: Sentence) -> list[Role]:
    """ "[Kenyan] Ambassador X", "[Dubai] Labour Attaché X": the place belongs to the title of those who are sent."""
    if not roles or not SENT.search(roles[0].title):
        return roles
    at = t.a.token_at(roles[0].span.start)
    first = next((f for f in range(max(s.first, at - DEMONYM_REACH), at) if t.names.places.get(f) == at), None)
    return roles if first is None else _with_words_before(t, first, roles)
