"""What kind of body a text says that one is: "X, a local charity", "the German company X", "three unions, namely X"."""

from __future__ import annotations

import re

from ingest.extractors.cast import Cast
from ingest.extractors.enumerations import BRACKET, chain_after
from ingest.lexicon.relations import any_of

CLASSES = {
    "NonGovernmentalOrganisation": "called_charities",
    "TradeUnion": "called_unions",
    "Company": "called_companies",
    "EducationInstitution": "called_schools",
    "GovernmentBody": "called_public_bodies",
    "Association": "called_associations",
}
"""The class that the nouns of a list show."""
NOUNS = "|".join(rf"(?P<{class_}>{any_of(phrases)})" for class_, phrases in CLASSES.items())
WORDS = r"(?:[\w-]+\s+){0,4}?"
AFTER = re.compile(rf"{BRACKET},\s+(?:which\s+is\s+)?(?:an?|the)\s+{WORDS}(?:{NOUNS})\b(?![’'])")
BEFORE = re.compile(rf"\b(?:an?|[Tt]he|by|with|from|of)\s+{WORDS}(?:{NOUNS})\s+(?:called\s+)?$")
LIST = re.compile(
    rf"\b(?:{NOUNS})s?(?:,?\s+{any_of('such_as')}|:|(?:[^.;()]|\([^()]*\)){{0,160}}?\s+are(?:\s+namely)?:?)\s+(?:the\s+)?"
)
REACH = 70
"""So many characters before a name are looked at."""
OPEN = frozenset({"Organisation", "Company", "NonGovernmentalOrganisation", "Association"})
"""Classes that a name alone shows badly: what the text says decides."""


def extract(cast: Cast) -> None:
    """Gives bodies of an uncertain class that which the text calls them; bodies of the reference data keep theirs."""
    for m in cast.of_kind("organisation"):
        s = cast.a.sentence_at(m.span.start)
        if s is None:
            continue
        match = AFTER.match(cast.content, m.span.end, s.span.end)
        match = match or BEFORE.search(cast.content, max(s.span.start, m.span.start - REACH), m.span.start)
        if match:
            _call(cast, m.key, match)
    for match in LIST.finditer(cast.content):
        s = cast.a.sentence_at(match.start())
        for m in chain_after(cast, match.end(), s) if s is not None else ():
            _call(cast, m.key, match)


def _call(cast: Cast, key: str, match: re.Match[str]) -> None:
    """The class of the noun that matched."""
    member = cast.members[key]
    if member.reference is None and member.type in OPEN:
        member.type = str(match.lastgroup)
