"""Signs that a strange name is that of a body: somebody signs for it, it is an abbreviation with a seat."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Analysis, Sentence
from ingest.model import Annotation, Span

BEFORE, SIGNED_WITHIN = 40, 400
SIGNS_FOR = re.compile(r"[A-Z][\w’'-]+ for (?:the )?$")
DISTRICT = re.compile(r"\s(?:district|province|city|town|township|ward|commune|village|county|region|island|river)s?\b")
SIGNING = re.compile(r"\b(?:signed|initialled|inked|signatures|signatories)\b")
SEATED_NAME = re.compile(r"([A-Z]{2,6})[-–]([A-Z][a-z]+)")


def signed_for(content: str, run: Span, s: Sentence) -> bool:
    """ "signed by X for Y and Z for [Alfa]": the side of one who signs."""
    before = content[max(s.span.start, run.start - BEFORE) : run.start]
    first = max(s.span.start, run.start - SIGNED_WITHIN)
    return SIGNS_FOR.search(before) is not None and SIGNING.search(content, first, run.start) is not None


def seated(analysis: Analysis, run: Span) -> bool:
    """ "LO-Norway": an abbreviation and the place of the body."""
    match = SEATED_NAME.fullmatch(analysis.text.content, run.start, run.end)
    if match is None or match[1] in analysis.lexicon.acronyms:
        return False
    return bool(analysis.gazetteer.places(match[2])) or not analysis.english.common(match[2])


def place_or_people(analysis: Analysis, run: Span) -> bool:
    """ "[Ba Lo] district", "the [Sri Lankans]": a place, or the people of a country."""
    words = analysis.words(run)
    people = words.endswith("s") and bool(analysis.gazetteer.places(words[:-1]))
    return people or DISTRICT.match(analysis.text.content, run.end) is not None


def seat(content: str, place: Annotation) -> bool:
    """True for the place in such a name."""
    start = place.span.start
    return start > 1 and content[start - 1] in "-–" and content[start - 2].isupper()
