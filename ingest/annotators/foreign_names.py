"""Names in other languages: the head stands first, "Politeknik Negeri X", "Trường Cao đẳng Y", "Handwerkskammer Z"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from ingest.annotators.analysis import Sentence
from ingest.annotators.name_words import NameWords
from ingest.annotators.spans import SpanIndex, index
from ingest.model import Annotation

LONGEST = 14
ELIDED = re.compile("[dl][’'][A-ZÀ-Ý]")
""" "l’Emploi"."""
LINKS = frozenset(
    [
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "du",
        "des",
        "d",
        "da",
        "do",
        "dos",
        "der",
        "die",
        "das",
        "den",
        "des",
        "für",
        "fur",
        "und",
        "et",
        "y",
        "e",
        "dan",
        "di",
        "và",
        "va",
        "von",
        "zu",
        "zur",
        "pour",
        "à",
        "au",
        "aux",
        "en",
        "por",
        "para",
        "untuk",
    ]
)
"""Small words inside a name of another language."""
DASHES = frozenset("-–&")


def with_foreign(
    names: NameWords, organisations: Sequence[Annotation], titled: SpanIndex[Annotation]
) -> list[Annotation]:
    """The organisations with those that have a head noun of another language; of two that overlap the longer stays."""
    heads = _heads(names.words.foreign)
    kept = dict(enumerate(organisations))
    places = SpanIndex((o.span, n) for n, o in kept.items())
    found: list[Annotation] = []
    for s in names.a.sentences:
        if s.line.kind == "boilerplate" or names.in_capitals(s):
            continue
        i = s.first
        while i < s.last:
            end, kind = _name(names, i, s, heads) if names.capital(i) else (i, "")
            if not kind:
                i += 1
                continue
            span = names.span(i, end)
            rivals = [n for n in places.overlapping(span) if n in kept]
            longer = any(_length(kept[n]) >= span.end - span.start for n in rivals)
            if not longer and not titled.touches(span):
                for n in rivals:
                    del kept[n]
                head = names.tokens[i].text
                found.append(Annotation(span, "organisation", kind, "organisation/foreign-head", {"head": head}))
            i = end
    taken = index(found)
    rest = [o for o in kept.values() if not taken.touches(o.span)]
    return sorted([*rest, *found], key=lambda o: o.span)


def foreign_head(names: NameWords, word: str) -> bool:
    """True for the first word of a head noun of another language."""
    return word in _heads(names.words.foreign)


@cache
def _first_words(items: tuple[tuple[str, str], ...]) -> Mapping[str, list[tuple[list[str], str]]]:
    firsts: dict[str, list[tuple[list[str], str]]] = {}
    for phrase, kind in items:
        words = phrase.split()
        firsts.setdefault(words[0], []).append((words, kind))
    for heads in firsts.values():
        heads.sort(key=lambda head: -len(head[0]))
    return firsts


def _heads(foreign: Mapping[str, str]) -> Mapping[str, list[tuple[list[str], str]]]:
    """First word -> the heads that begin with it, the longest first, and their classes."""
    return _first_words(tuple(foreign.items()))


def _name(names: NameWords, i: int, s: Sentence, heads: Mapping[str, list[tuple[list[str], str]]]) -> tuple[int, str]:
    """The end and the class of the name whose head begins at token `i`; (i, "") where none does."""
    if names.place(i):
        return i, ""  # "Hội An"
    for words, kind in heads.get(names.tokens[i].text, ()):
        after = i + len(words)
        if after >= s.last or any(names.tokens[i + m].text != w for m, w in enumerate(words)):
            continue
        end = _end(names, after, s)
        inside_bracket = i > s.first and names.tokens[i - 1].text == "("
        # One word of English alone after the head is rather a sentence that goes on ("Sala Training").
        ordinary = not words[0].isupper() and all(names.common(k) for k in range(after, end))
        if end == after or inside_bracket or ordinary:
            continue
        return end, kind
    return i, ""


def _end(names: NameWords, k: int, s: Sentence) -> int:
    """The end of capitalised words, links, and words in small letters with signs that English lacks, from token `k`."""
    end = k
    while k < min(s.last, end + LONGEST) and names.adjacent(k - 1, k):
        text = names.tokens[k].text
        if names.capital(k) or text.isdigit() or ELIDED.match(text):
            end = k + 1
        elif text in DASHES or text.lower() in LINKS or _syllable(names, k):
            pass  # counts where a word follows
        elif names.tokens[k].word and (not text.isascii()) and not names.common(k):
            end = k + 1
        else:
            break
        k += 1
    return end


def _syllable(names: NameWords, k: int) -> bool:
    """ "Thương [binh] và Xã hội": a word in small letters that is none of English, before one of the other language."""
    text, english = names.tokens[k].text, names.a.english
    if not (text.isascii() and text.isalpha()) or english.common(text) or english.verb(text):
        return False
    following = names.tokens[k + 1].text if k + 1 < len(names.tokens) else ""
    known = english.words.small | english.words.closing
    return text not in known and following.isalpha() and (not following.isascii())


def _length(organisation: Annotation) -> int:
    return organisation.span.end - organisation.span.start
