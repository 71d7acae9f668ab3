"""Where the name of an organisation begins: the words before its head noun."""

from __future__ import annotations

from ingest.annotators.analysis import Sentence
from ingest.annotators.name_words import LONGEST_NAME, POSSESSIVES, NameWords

LONGEST_NUMBER = 3
"""Digits of a number that a name begins with ("the 108 Military Hospital")."""
SAINTS = frozenset({"St", "St.", "Saint", "Sainte"})
OFFICE = "Office"
"""The one head that belongs to a title or an abbreviation ("Prime Minister’s Office", "FAO’s Office")."""


def name_start(names: NameWords, head: int, s: Sentence) -> int:
    """The first token of the name whose head is token `head`; the head itself where nothing stands before it."""
    first = head
    while first > max(s.first, head - LONGEST_NAME):
        more = _extend(names, first, head, s)
        if more == first:
            break
        first = more
    if first > s.first and _opens_with_number(names, first, s):
        first -= 1
    # A name does not begin with a sign or a number that counts.
    while first < head and not (names.capital(first) or names.tokens[first].number):
        first += 1
    return first


def _extend(names: NameWords, first: int, head: int, s: Sentence) -> int:
    """The first token of what belongs to the name right before token `first`; `first` where nothing does."""
    k = first - 1
    if not names.adjacent(k, first):
        return first
    if names.tokens[k].text in POSSESSIVES:
        return k - 1 if k > s.first and _possessive_in_name(names, k - 1, first, head) else first
    if _closed(names, k, head):
        return first
    if names.capital(k):
        return first if k == s.first and not _opens(names, k) else k
    if k == s.first:
        return first
    if _number_inside(names, k):
        return k
    joined = _dash_after_place(names, k, s) or _joins(names, k, first, head, s)
    return k - 1 if joined or (first == head and _plural_inside(names, k)) else first


def _possessive_in_name(names: NameWords, owner: int, first: int, head: int) -> bool:
    """ "Women’s Union", "Prime Minister’s Office", "FAO’s Office"; the possessive of others ends the name."""
    token = names.tokens[owner]
    if token.text in names.words.possessives or _plural_owner(names, owner) or _saint(names, owner):
        return True
    office = first == head and names.tokens[head].text == OFFICE
    return office and (names.abbreviation(owner) or names.lower(owner) in names.words.office_owners)


def _saint(names: NameWords, owner: int) -> bool:
    """ "St. Mary’s Technical School", "Saint John Paul’s"."""
    return any(names.tokens[k].text in SAINTS for k in range(max(0, owner - 2), owner)) and names.capital(owner - 1)


def _plural_owner(names: NameWords, owner: int) -> bool:
    """ "Wage Earners’ Welfare Board": people in the plural, with a bare apostrophe."""
    return (
        names.capital(owner)
        and names.tokens[owner + 1].text in ("’", "'")
        and names.a.english.common(_last_part(names, owner))
        and names.a.english.plural(_last_part(names, owner))
        and not names.head(owner)
        and names.lower(owner) not in names.words.openers
    )


def _last_part(names: NameWords, k: int) -> str:
    """ "Tea-Growers": what follows the last hyphen of a word."""
    return names.tokens[k].text.rpartition("-")[2]


def _closed(names: NameWords, k: int, head: int) -> bool:
    """True for a word that no name holds: an article, an honorific or a title ("Director Skills Agency")."""
    lower = names.lower(k)
    if (lower in names.words.determiners and not names.place(k)) or names.honorific(k):
        return True
    owner = names.tokens[head].text == OFFICE and lower in names.words.office_owners
    return names.title(k) and not owner and lower not in names.words.titles_in_names


def _opens(names: NameWords, k: int) -> bool:
    """Whether the capitalised first word of a sentence belongs to the name that follows it."""
    lower = names.lower(k)
    if lower in names.words.openers:
        return False
    verb = lower.endswith("ing") and names.a.english.verb(lower)
    return not verb or lower in names.words.fields_in_ing


def _number_inside(names: NameWords, k: int) -> bool:
    """ "Lyceum 5 Training Centre": a number after a capitalised word."""
    token = names.tokens[k]
    return (
        token.number
        and "." not in token.text
        and k not in names.in_date
        and names.capital(k - 1)
        and not names.title(k - 1)
    )


def _opens_with_number(names: NameWords, first: int, s: Sentence) -> bool:
    """ "the 108 Military Hospital": a short number after an article that counts nothing."""
    k = first - 1
    text = names.tokens[k].text
    return (
        text.isdigit()
        and len(text) <= LONGEST_NUMBER
        and k not in names.in_date
        and k > s.first
        and names.lower(k - 1) in ("the", "of", "at")
        and names.adjacent(k, first)
        and names.capital(first)
        and not names.a.english.plural(names.tokens[first].text)
    )


def _dash_after_place(names: NameWords, k: int, s: Sentence) -> bool:
    """ "Kenya–Japan Training Centre", "EU/Norway Fund"."""
    if names.tokens[k].text == "/" and names.tokens[k - 1].end == names.tokens[k].start == names.tokens[k].end - 1:
        return k > s.first and (names.abbreviation(k - 1) or _place_ends(names, k - 1, s))
    return names.tokens[k].text in ("-", "–") and names.capital(k - 1) and _place_ends(names, k - 1, s)


def _place_ends(names: NameWords, k: int, s: Sentence) -> bool:
    """True where a place or demonym of up to three tokens ends with token `k`."""
    return any(names.place(first) == k - first + 1 for first in range(max(s.first, k - 2), k + 1))


def _joins(names: NameWords, k: int, first: int, head: int, s: Sentence) -> bool:
    """Whether "X and Y Association", "X, Y and Z Association" is one name: all ordinary words, none a name itself."""
    if names.lower(k) not in ("and", "&", ","):
        return False
    before = k - 1
    if not names.capital(before) or names.abbreviation(before) or _place_ends(names, before, s) or names.title(before):
        return False
    if names.head(before) or not names.common(before) or not names.common(first) or names.abbreviation(first):
        return False
    if names.place(first):
        return False  # "Directorate of Education and [Kenya Examination Board]"
    if names.tokens[k].text == ",":
        return any(names.lower(m) in ("and", "&") for m in range(first, head))
    # "Labour and the ..." is a list of things; a name's own "and" stands between bare words.
    following = head + 1 < len(names.tokens) and names.tokens[head + 1].text in names.words.joined
    return first < head or names.tokens[head].text in names.words.joined or following


def _plural_inside(names: NameWords, k: int) -> bool:
    """ "Garment workers Federation": a plural in lower case right before the head."""
    text = names.tokens[k].text
    return (
        text.isalpha()
        and text == text.lower()
        and names.capital(k - 1)
        and names.a.english.plural(text)
        and not names.title(k - 1)
    )
