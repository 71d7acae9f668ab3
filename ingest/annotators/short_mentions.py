"""Organisations met again by a shorter name: an abbreviation, or the distinctive first words of the full name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from ingest.annotators import abbreviations
from ingest.annotators.analysis import Analysis
from ingest.annotators.defined_names import Definition
from ingest.annotators.gazetteer import fold
from ingest.annotators.name_words import NameWords
from ingest.annotators.occurrences import occurrences
from ingest.annotators.reference_names import on_content
from ingest.annotators.spans import SpanIndex, index
from ingest.model import Annotation, Span

ALWAYS_IN_FULL = frozenset({"GovernmentBody", "IntergovernmentalOrganisation", "TradeUnion", "Association"})
"""Classes whose first words do not stand for the whole: "Alfa" is not the Alfa Union."""
SHORTEST = 4
MOST_BLANKS = 3


def abbreviated(
    analysis: Analysis,
    organisations: Sequence[Annotation],
    defined: Sequence[Definition],
    titled: Sequence[Annotation],
) -> list[Annotation]:
    """Abbreviations that the text defines as an organisation or that the reference data know."""
    shorts, others = _shorts(analysis, organisations, defined)
    taken = index(organisations, titled)
    known = {k.span.start: k for k in analysis.known}
    found: list[Annotation] = []
    for abbreviation in abbreviations.capitals(analysis):
        span, word = abbreviation.span, fold(analysis.words(abbreviation.span))
        if taken.touches(span):
            continue
        entry = known.get(span.start)
        longer = entry is not None and entry.span.end > span.end and entry.value[0].by == "abbreviation"
        if word in shorts and not longer:
            found.append(Annotation(span, "organisation", shorts[word], "organisation/abbreviation"))
        elif word not in others and entry is not None and entry.span.end >= span.end:
            kind = entry.value[0].entity.type
            found.append(Annotation(entry.span, "organisation", kind, "organisation/abbreviation-reference"))
    found += _known_words(analysis, taken, others)
    for organisation in found:
        taken.add(organisation.span, organisation)
    # Short names of several words or with few capitals ("AO Japan", "Alfa 2") are met as they were defined.
    for word, spans in occurrences(fold(analysis.text.content), {word: (word,) for word in shorts}).items():
        for span in spans:
            if _free(analysis, span, taken):
                organisation = Annotation(span, "organisation", shorts[word], "organisation/abbreviation")
                taken.add(span, organisation)
                found.append(organisation)
    return found


def _known_words(analysis: Analysis, taken: SpanIndex[Annotation], others: set[str]) -> list[Annotation]:
    """Known short names with one capital ("Norad"), written so and no words of English."""
    found = []
    for known in analysis.known:
        word, entries = analysis.words(known.span), known.value
        named = all(k.by == "abbreviation" for k in entries) and word in entries[0].entity.abbreviations
        plain = word.isalpha() and word[1:].islower() and len(word) >= SHORTEST
        s = analysis.sentence_at(known.span.start)
        opens = s is not None and s.span.start == known.span.start
        plain = plain and not (opens and analysis.english.common(word))
        if named and plain and fold(word) not in others and _free(analysis, known.span, taken):
            kind = entries[0].entity.type
            found.append(Annotation(known.span, "organisation", kind, "organisation/abbreviation-reference"))
    return found


def _shorts(
    analysis: Analysis, organisations: Sequence[Annotation], defined: Sequence[Definition]
) -> tuple[dict[str, str], set[str]]:
    """The folded short names of organisations with their class, and the short names of other things."""
    bodies = index(organisations)
    shorts: dict[str, str] = {}
    others: set[str] = set()
    for long, short in defined:
        named, word = bodies.overlapping(long), fold(analysis.words(short))
        if named:
            shorts[word] = str(named[0].value)
            plain = _without_place(analysis, short)
            if plain:
                shorts.setdefault(plain, str(named[0].value))
        else:
            others.add(word)
    return shorts, others


def _without_place(analysis: Analysis, short: Span) -> str:
    """The first word of a short name that ends with a country: "Alfa" of "Alfa Viet Nam"; else empty."""
    first, _, rest = analysis.words(short).partition(" ")
    return fold(first) if rest and len(first) >= SHORTEST and analysis.gazetteer.places(rest) else ""


def first_words(
    names: NameWords, organisations: Sequence[Annotation], titled: Sequence[Annotation]
) -> list[Annotation]:
    """The distinctive first words of a name, met alone: "Alfa" for "Alfa Viet Nam", "Alfa 2" for its full name.

    The feature `full` is the span of the full name.
    """
    content = names.a.text.content
    firsts: dict[str, Annotation] = {}
    for organisation in organisations:
        word = _distinctive(names, organisation).lower()
        if len(word) >= SHORTEST and not word.isdigit():
            firsts.setdefault(word, organisation)
    taken = index(organisations, titled)
    found: list[Annotation] = []
    for word, spans in occurrences(fold(content), {word: _spellings(fold(word)) for word in firsts}).items():
        full = firsts[word]
        for span in spans:
            if not _hyphenated(content, span) and _free(names.a, span, taken):
                first = Annotation(span, "organisation", full.value, "organisation/first-words", {"full": full.span})
                taken.add(span, first)
                found.append(first)
    return found


def _distinctive(names: NameWords, organisation: Annotation) -> str:
    """The first words of a name that are no words of English, places or heads; empty where these are all or none."""
    if organisation.value in ALWAYS_IN_FULL:
        return ""
    first, last = names.a.token_at(organisation.span.start), names.a.token_at(organisation.span.end)
    k = first
    while k < last and (names.tokens[k].number or _strange(names, k)):
        k += 1
    return "" if k in (first, last) else names.a.text.content[organisation.span.start : names.tokens[k - 1].end]


def _strange(names: NameWords, k: int) -> bool:
    return names.tokens[k].capital and not names.common(k) and not names.place(k) and not names.head(k)


def _spellings(folded: str) -> list[str]:
    """A phrase with and without its blanks: "alfa 2", "alfa2"."""
    words = folded.split(" ")
    if len(words) - 1 > MOST_BLANKS:
        return [folded]
    return [
        "".join(word + blank for word, blank in zip(words, (*blanks, ""), strict=True))
        for blanks in product((" ", ""), repeat=len(words) - 1)
    ]


def _hyphenated(content: str, span: Span) -> bool:
    """True for a part of a word with hyphens ("Alfa-based")."""
    return "-" in fold(content[max(0, span.start - 1) : span.start] + content[span.end : span.end + 1])


def _free(analysis: Analysis, span: Span, taken: SpanIndex[Annotation]) -> bool:
    """True for a capitalised word of the text itself that no other name holds."""
    return analysis.text.content[span.start].isupper() and not taken.touches(span) and on_content(analysis, span)
