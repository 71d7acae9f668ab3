"""Organisations that a short name in brackets shows: "Alfa Beta Standards (ABS)", "Alfa Organization (AO Asia)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ingest.annotators import abbreviations
from ingest.annotators.analysis import Analysis
from ingest.annotators.name_words import head_of
from ingest.annotators.reference_names import on_content
from ingest.annotators.spans import SpanIndex, index
from ingest.lexicon.naming import StrangerWords
from ingest.model import Annotation, Span

Definition = tuple[Span, Span]
"""The span of a full name and that of the short one."""

BRACKET = re.compile(r"\s?\(([^\W\d_][\w&.+-]*(?: [A-Z0-9][\w&.-]*){0,2})\)")
LISTED_WORDS = re.compile(r"(?:[A-Z][\w’'-]*,?\s(?:(?:&|and|of)\s)?)+")
BRACKET_REACH = 40
DOING = frozenset({"of", "by", "for", "on", "in", "to"})
""" "Training of Trainers", "Learning by Doing": what is done."""
UNITS = frozenset({"Department", "Division", "Directorate", "Bureau", "Office", "Section", "Unit"})
PLURAL = re.compile(r"[A-Z]{2,}s")
AFTER = 24
"""How many characters after a definition are looked at for what it defines."""


def definitions(analysis: Analysis) -> list[Definition]:
    """The abbreviations that the text defines, but for those of general words and of places."""
    acronyms, gazetteer = analysis.lexicon.acronyms, analysis.gazetteer
    return [
        (long, short)
        for long, short in abbreviations.definitions(analysis)
        if analysis.words(short) not in acronyms and not gazetteer.places(analysis.words(long))
    ]


def bracketed(
    analysis: Analysis, organisations: Sequence[Annotation], defined: Sequence[Definition]
) -> list[Definition]:
    """Further definitions: the short names in brackets right after names, whatever their letters."""
    shorts = {short for _, short in defined}
    pairs = [(o.span, _bracket(analysis, o.span)) for o in organisations]
    return [(long, short) for long, short in pairs if short is not None and short not in shorts]


def _bracket(analysis: Analysis, span: Span) -> Span | None:
    """The short name in brackets right after a name: "... Organization, Asia (AO Asia)"."""
    match = BRACKET.match(analysis.text.content[span.end : span.end + BRACKET_REACH])
    if not match or match[1] in analysis.lexicon.acronyms:
        return None
    if sum(c.isupper() for c in match[1]) < 2 and not _strange(analysis, match[1]):
        return None
    if _of_another(analysis, span, match[1]):
        return None
    return Span(span.end + match.start(1), span.end + match.end(1))


def _of_another(analysis: Analysis, span: Span, short: str) -> bool:
    """ "Department of Skills (MOLISA)": a known body of another name, whose letters the words before do not hold."""
    if " " in short and head_of(short.split()[-1], analysis):
        return True  # "Department of Skills (Masons Union)"
    known = analysis.gazetteer.known(short)
    if not known or any(k.by != "abbreviation" for k in known):
        return False
    words = analysis.words(span).split()
    initials = {w[0].lower() for w in words if w[0].isupper()}
    return (
        not UNITS.isdisjoint((words[0], words[-1]))
        and sum(c.lower() in initials for c in short if c.isupper()) < len(short) - 1
    )


def _strange(analysis: Analysis, short: str) -> bool:
    """ "Ministry of Manpower (Kemnaker)": a word with one capital that is neither a word of English nor a place."""
    capital = len(short) > 3 and short.isalpha() and short[0].isupper()
    return capital and not analysis.english.common(short) and not analysis.gazetteer.places(short)


def with_defined(
    analysis: Analysis,
    organisations: Sequence[Annotation],
    defined: Sequence[Definition],
    titled: SpanIndex[Annotation],
) -> tuple[list[Annotation], list[Annotation]]:
    """The organisations with those that only a definition shows, and what was turned down (kind `rejected`)."""
    result, rejected = list(organisations), []
    taken = index(organisations)
    for long, short in defined:
        if titled.touches(long):
            continue
        touched = taken.overlapping(long)
        if touched:
            if len(touched) == 1 and _lacks_begin(analysis, long, touched[0].span):
                whole = replace(touched[0], span=long)
                result[result.index(touched[0])] = whole
            continue
        reason = _no_body(analysis, long, short)
        if reason:
            rejected.append(Annotation(long, "rejected", "organisation", reason))
            continue
        organisation = Annotation(long, "organisation", "Organisation", "organisation/defined", {"head": ""})
        result.append(organisation)
        taken.add(long, organisation)
    return sorted(result, key=lambda o: o.span), rejected


def _lacks_begin(analysis: Analysis, long: Span, span: Span) -> bool:
    """True where a name lacks first words that its abbreviation stands for: "[Boats, ]Nets Union (BNU)"."""
    before = analysis.text.content[long.start : span.start]
    return span.end == long.end and span.start > long.start and LISTED_WORDS.fullmatch(before) is not None


def _no_body(analysis: Analysis, long: Span, short: Span) -> str:
    """Why a defined name is no organisation's, in plain words; empty where nothing speaks against it."""
    words = analysis.words(long).split()
    thing, ending = _patterns(analysis.lexicon.strangers)
    after = analysis.text.content[short.end + 1 : short.end + 1 + AFTER].lower()
    if thing.match(after):
        return "the word after its abbreviation says that it is a project, a survey or the like"
    if sum(w[0].isupper() for w in words) < 2:
        return "it has an abbreviation, but fewer than two capitalised words"
    if PLURAL.fullmatch(analysis.words(short)):
        return "its abbreviation is a plural: it is a class of things"
    if words[-1].lower() in analysis.lexicon.persons.title_heads:
        return "it has an abbreviation, but its last word is that of an office"
    if ending.search(words[-1]) or (words[0].endswith("ing") and words[1].lower() in DOING):
        return "it has an abbreviation, but its last word is not that of an organisation"
    return "" if on_content(analysis, long) else "it stands outside of the text itself"


@cache
def _patterns(words: StrangerWords) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What follows the brackets of a thing, and the last word of its name."""
    things, endings = "|".join(sorted(words.defined_things)), "|".join(sorted(words.thing_endings))
    return re.compile(rf"\s*(?:{things})"), re.compile(rf"\b(?:{endings})\b")
