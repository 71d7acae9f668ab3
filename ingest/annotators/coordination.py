"""Lists of capitalised noun phrases inside a name: "Ministry of [Labour, Invalids and Social Affairs]"."""

from __future__ import annotations

from ingest.annotators.analysis import Sentence
from ingest.annotators.name_words import LONGEST_NAME, NameWords

MOST_ITEMS = 7
CONTINENTS = frozenset({"asia", "africa", "america", "europe"})
CLOSED_WITHIN = 4
"""A list that goes on with a comma has its "and" within so many items."""


def list_end(names: NameWords, n: int, s: Sentence) -> int:
    """The end of a list of capitalised noun phrases from token `n`."""
    end = at = item_end(names, n, s)
    for _ in range(MOST_ITEMS - 1):
        sign, following = _sign(names, at, s)
        if not sign or following >= s.last or not _goes_on(names, following, s):
            break
        stop = item_end(names, following, s)
        if stop == following or (sign == "," and not _closed(names, stop, s)):
            break
        at = stop
        if sign != ",":
            end = stop
        if sign in ("and", "&"):
            break
    return _region_end(names, end, s)


def _region_end(names: NameWords, end: int, s: Sentence) -> int:
    """The end of "... in Asia [and the Pacific]"."""
    if end + 2 >= s.last or (names.lower(end), names.lower(end + 1)) != ("and", "the"):
        return end
    region = names.lower(end - 1) in CONTINENTS and names.lower(end + 2) in ("pacific", "caribbean", "mediterranean")
    return end + 3 if region and names.capital(end + 2) else end


def item_end(names: NameWords, n: int, s: Sentence) -> int:
    """The end of one noun phrase of capitalised words from token `n`, with "of" or "for" inside it."""
    k = n
    while k < min(s.last, n + LONGEST_NAME) and names.adjacent(k - 1, k):
        if names.capital(k) and not _honorific(names, k):
            if k > n and _person_follows(names, k, s):
                break
        elif not (k + 1 < s.last and names.capital(k + 1) and (_preposition(names, k, n) or _possessive(names, k))):
            break
        k += 1
    return k


def _honorific(names: NameWords, k: int) -> bool:
    """True where a person begins ("..., Dr. X"); a single "U" is rather a part of a name."""
    return names.honorific(k) and names.tokens[k].text != "U"


def _sign(names: NameWords, at: int, s: Sentence) -> tuple[str, int]:
    """The sign that goes on with a list at a token, empty where none does, and the token after it."""
    if at >= s.last:
        return "", at
    sign, following = names.lower(at), at + 1
    if sign == "," and following < s.last and names.lower(following) in ("and", "&"):
        return "and", following + 1
    return (sign if sign in (",", "and", "&", "-", "–") else ""), following


def _preposition(names: NameWords, k: int, first: int) -> bool:
    """ "Standards for Work": a preposition before an ordinary word that is neither a place nor a head."""
    return (
        k > first
        and names.lower(k) in ("of", "for", "in")
        and names.common(k + 1)
        and not names.place(k + 1)
        and not names.head(k + 1)
    )


def _possessive(names: NameWords, k: int) -> bool:
    """ "Women’s Affairs", "Employers’ Activities"."""
    owner, sign = names.tokens[k - 1].text, names.tokens[k].text
    if sign in ("’s", "'s"):
        return owner in names.words.possessives
    return sign in ("’", "'") and (owner in names.words.possessives or names.a.english.plural(owner))


def _person_follows(names: NameWords, k: int, s: Sentence) -> bool:
    """True where ordinary words end and a name of two strange words begins: "Minister of Finance X Y"."""
    if names.family(k) and names.capital(k) and k + 1 < s.last and names.capital(k + 1) and not names.common(k):
        return names.common(k - 1) and not names.place(k)
    return (
        not names.common(k)
        and names.common(k - 1)
        and not names.abbreviation(k)
        and not names.place(k)
        and k + 1 < s.last
        and names.capital(k + 1)
        and not names.common(k + 1)
    )


def _goes_on(names: NameWords, n: int, s: Sentence) -> bool:
    """Whether a list goes on inside a name at token `n`: an ordinary capitalised word that begins no other name."""
    sectors = names.words.sectors
    if not names.capital(n) or names.abbreviation(n) or _honorific(names, n) or names.title(n):
        return False
    if names.head(n) and names.tokens[n].text not in sectors:
        return False
    if names.place(n) or not names.common(n) or (names.family(n) and n + 1 < s.last and names.capital(n + 1)):
        return False
    # "..., Vocational Training Centre and ...": a head at the end of the phrase makes it a name of its own.
    last = names.head(item_end(names, n, s) - 1)
    return not last or last in sectors | names.words.sector_ends


def _closed(names: NameWords, at: int, s: Sentence) -> bool:
    """Whether a list that goes on with a comma is closed by "and" within a few items."""
    for _ in range(CLOSED_WITHIN):
        sign, following = _sign(names, at, s)
        if sign not in (",", "and", "&") or following >= s.last or not _goes_on(names, following, s):
            return False
        if sign != ",":
            return True
        at = item_end(names, following, s)
    return False
