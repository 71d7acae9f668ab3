"""Runs of tokens that can be the name of a person."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.annotators.title_words import TitleWords

LONGEST = 6
INNER_CAPITAL = re.compile(r"^(?!(?:Mc|Mac|De|Di|Du|La|Le|Van|Fitz)[A-Z]).*[a-z][A-Z]")
"""Words like "RoofWorks" are coined, no names of persons."""
INITIAL = re.compile(r"[A-Z]\.")


def run_end(t: TitleWords, i: int, s: Sentence, *, sure: bool = False) -> int:
    """The end of a run of tokens that can be a person's name from token `i`; `i` where there is none.

    `sure` is for a run after an honorific or a title: then places and words of English may be names.
    """
    k = i
    while k < min(s.last, i + LONGEST) and (_linking(t, k, i, s) or _name(t, k, i, s, sure)):
        k += 1
    while k > i and _particle(t, k - 1):
        k -= 1
    return k


def plausible(t: TitleWords, i: int, end: int) -> bool:
    """Whether a run without honorific or title looks like a person: two words or more, not all of English, no place."""
    if not 2 <= end - i <= LONGEST or t.names.places.get(i, -1) >= end:
        return False
    if t.family_name(i) or t.family_name(end - 1):
        return True
    words = [t.tokens[m].text for m in range(i, end)]
    if any(INNER_CAPITAL.search(w) for w in words):
        return False
    strange = any(not t.names.common(m) and not t.tokens[m].text.isupper() for m in range(i, end))
    return strange and all(not w.isupper() or len(w) < 3 for w in words)


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
    shouted = k == i and text.isupper() and len(text) > 1 and not t.names.in_capitals(s)
    return not (t.lower(k) in t.words.leading_qualifiers or shouted or t.country(k))
