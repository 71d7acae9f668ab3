"""Runs of tokens that can be the name of a person."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.annotators.title_words import TitleWords

LONGEST = 6
INNER_CAPITAL = re.compile(r"^(?!(?:Mc|Mac|De|Di|Du|La|Le|Van|Fitz)[A-Z]).*[a-z][A-Z]")
"""Words like "RoofWorks" are coined, no names of persons."""
SYLLABLE = 5
SUFFIXES = frozenset({"II", "III", "IV", "Jr", "Jr.", "Sr", "Sr."})
"""What tells father and son apart, at the end of a name."""
SHORTEST_IN_CAPITALS = 4
"""A family name written large has so many letters, an abbreviation mostly fewer."""
OPENING_QUOTES, CLOSING_QUOTES = frozenset('“"‘'), frozenset('”"’')
INITIAL = re.compile(r"[A-Z]\.")


def run_end(t: TitleWords, i: int, s: Sentence, *, sure: bool = False) -> int:
    """The end of a run of tokens that can be a person's name from token `i`; `i` where there is none.

    `sure` is for a run after an honorific or a title: then places and words of English may be names.
    """
    k = i
    longest = LONGEST
    while k < min(s.last, i + longest):
        if _linking(t, k, i, s) or _name(t, k, i, s, sure):
            k += 1
        elif k > i + 1 and _syllables(t, k, i, s):
            k += 2
        elif k > i and _nickname(t, k, s):
            k, longest = k + 3, longest + 3
        else:
            break
    while k > i and _particle(t, k - 1):
        k -= 1
    return k + 1 if k - i > 1 and k < s.last and t.names.adjacent(k - 1, k) and t.tokens[k].text in SUFFIXES else k


def _syllables(t: TitleWords, k: int, i: int, s: Sentence) -> bool:
    """ "Kim Min [- Jae]": the syllables of one name with blanks around their hyphen."""
    if k + 1 >= s.last or t.tokens[k].text not in ("-", "–") or not t.family_name(i):
        return False
    short = all(len(t.tokens[m].text) <= SYLLABLE for m in (k - 1, k + 1))
    return short and not t.names.common(k + 1) and _name(t, k + 1, i, s, sure=False)


def _nickname(t: TitleWords, k: int, s: Sentence) -> bool:
    """ "Ana [“Anie”] Cruz": a word in quotation marks with the name going on after it."""
    if k + 3 >= s.last or t.tokens[k].text not in OPENING_QUOTES or t.tokens[k + 2].text not in CLOSING_QUOTES:
        return False
    close = all(t.names.adjacent(m, m + 1) for m in range(k - 1, k + 3))
    return close and t.names.capital(k + 1) and _name(t, k + 3, k, s, sure=False)


def plausible(t: TitleWords, i: int, end: int) -> bool:
    """Whether a run without honorific or title looks like a person: two words or more, not all of English, no place."""
    quoted = 3 * any(t.tokens[m].text in OPENING_QUOTES for m in range(i, end))
    if not 2 <= end - i - quoted <= LONGEST or t.names.places.get(i, -1) >= end:
        return False
    if t.family_name(i) or t.family_name(end - 1):
        return True
    words = [t.tokens[m].text for m in range(i, end) if t.tokens[m].word]
    if any(INNER_CAPITAL.search(w) for w in words):
        return False
    strange = any(not _ordinary(t, m) and not t.tokens[m].text.isupper() for m in range(i, end))
    return strange and sum(not (w.isupper() and len(w) > 2) for w in words) >= len(words) - _large(t, i, end)


def _ordinary(t: TitleWords, k: int) -> bool:
    """True for a word of English, joined to another one too: "Socio-Cultural", "Agro-Business"."""
    first, joined, last = t.tokens[k].text.partition("-")
    if t.names.common(k) or not joined:
        return t.names.common(k)
    return t.a.english.common(last) and (first.endswith("o") or t.a.english.common(first))


def _large(t: TitleWords, i: int, end: int) -> int:
    """1 where the first or the last word of a run is a family name written large ("MORIOKA Kenta", "Junya OTANI")."""
    if end - i < 2 or t.tokens[i].text.isupper() == t.tokens[end - 1].text.isupper():
        return 0
    return int(large(t, i) or large(t, end - 1))


def large(t: TitleWords, k: int) -> bool:
    """True for a word in capitals that is more likely a family name than an abbreviation."""
    text = t.tokens[k].text
    if not (text.isupper() and text.isalpha() and len(text) >= SHORTEST_IN_CAPITALS):
        return False
    known = k in t.names.known or text in t.a.lexicon.acronyms or t.names.common(k)
    return not known and any(c in "AEIOUY" for c in text[1:])


def _large_first(t: TitleWords, k: int, s: Sentence) -> bool:
    """ "MORIOKA Kenta, ...": a family name written large, a strange word in small letters after it."""
    if not large(t, k) or k + 1 >= s.last or not t.names.adjacent(k, k + 1):
        return False
    return t.names.capital(k + 1) and t.tokens[k + 1].text[1:].islower() and not t.names.common(k + 1)


def _barred(t: TitleWords, k: int, i: int) -> bool:
    """True for a token that belongs to something else than the name that begins at token `i`."""
    return (
        (k > i and not t.names.adjacent(k - 1, k))
        or k in t.in_organisation
        or k in t.names.in_date
        or (t.names.honorific(k) and t.tokens[k].text not in t.words.honorifics_in_names)
    )


def _particle(t: TitleWords, k: int) -> bool:
    return t.lower(k) in t.words.particles and not t.tokens[k].capital


def _linking(t: TitleWords, k: int, i: int, s: Sentence) -> bool:
    """True for an initial ("F.") or a particle ("de") after the first word of the name."""
    if k == i or _barred(t, k, i):
        return False
    particle = _particle(t, k) and k + 1 < s.last and t.names.capital(k + 1)
    return particle or INITIAL.fullmatch(t.tokens[k].text) is not None


def _name(t: TitleWords, k: int, i: int, s: Sentence, sure: bool) -> bool:
    """True for a capitalised word that is no head of a title or of an organisation, nor, if not `sure`, a country."""
    text = t.tokens[k].text
    if _barred(t, k, i) or not t.names.capital(k) or t.head(k) or t.names.head(k) or text in t.a.lexicon.acronyms:
        return False
    if sure:
        return True
    if k == i == s.first and t.lower(k) in t.words.saying:
        return False  # "Says X, ..."
    shouted = k == i and text.isupper() and len(text) > 1 and not t.names.in_capitals(s) and not _large_first(t, k, s)
    return not (t.lower(k) in t.words.leading_qualifiers or shouted or t.country(k))
