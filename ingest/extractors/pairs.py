"""Words that point back to two bodies at once: "the two sides", "both ministries", "both parties"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from ingest.annotators.gazetteer import fold
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.order import InOrder
from ingest.lexicon.relations import any_of
from ingest.model import Span

PAIR = re.compile(
    rf"\b([Tt]he\s+two|[Bb]oth(?:\s+the)?)\s+({any_of('pairs', 'sides_of_two')})\b(?!\s+(?:of|in)\s+[A-Z])"
)
ANY_BODIES = re.compile(rf"{any_of('sides_of_two')}")
SENTENCES_BACK = 3
MOST_NAMED = 12
"""How many names before the words are looked at."""


def extract(cast: Cast) -> None:
    """Notes the two bodies that such words stand for, where the text leaves only two: one on each of the words."""
    mentions = cast.ordered("organisation")
    if not mentions.things:
        return
    heads = _heads(cast)
    for match in PAIR.finditer(cast.content):
        s = cast.a.sentence_at(match.start())
        if s is None or s.line.kind == "boilerplate" or mentions.covering(match.start(2)):
            continue
        noun = match[2].lower()
        if ANY_BODIES.fullmatch(noun):
            two = sides_before(cast, match.start())
        else:
            two = _last_two(mentions, match.start(), heads[_singular(noun)])
        if len(two) == 2:
            for key, group in zip(two, (1, 2), strict=True):
                span = Span(*match.span(group))
                cast.point_back(key, "organisation", span, span)


def _singular(noun: str) -> str:
    return noun.removesuffix("ies") + "y" if noun.endswith("ies") else noun.removesuffix("s")


def _heads(cast: Cast) -> Mapping[str, set[str]]:
    """Noun -> the organisations that have it in a name of theirs, or in that of their reference entry."""
    heads: dict[str, set[str]] = defaultdict(set)
    for key in {m.key for m in cast.of_kind("organisation")}:
        member = cast.members[key]
        entity = cast.a.gazetteer.by_iri.get(member.reference or "")
        for name in [*member.names, *([entity.label] if entity is not None else [])]:
            for word in fold(name).split():
                heads[word.replace("organization", "organisation")].add(key)
    return heads


def _last_two(mentions: InOrder[Mention], offset: int, keys: set[str]) -> list[str]:
    """The last two of some organisations before an offset, in the order of the text."""
    found: list[str] = []
    for m in reversed(mentions.before(offset, MOST_NAMED)):
        if m.key in keys and m.key not in found:
            found.append(m.key)
        if len(found) == 2:
            break
    return found[::-1]


def sides_before(cast: Cast, offset: int) -> list[str]:
    """The two organisations of the nearest sentence before that names just two, or else of the first of the text."""
    mentions = cast.ordered("organisation")
    back = cast.sentences.before(offset, SENTENCES_BACK + 1)
    lead = next((s for s in cast.a.sentences if s.line.kind == "prose"), None)
    for s in [*reversed(back), *([lead] if lead is not None and lead.span.start < offset else [])]:
        named = list(dict.fromkeys(m.key for m in mentions.within(Span(s.span.start, min(s.span.end, offset)))))
        sides = [k for k in named if not any(part in named for part in cast.subjects("partOf", k))]
        if len(sides) == 2:
            return sides
        if len(sides) > 2:
            break
    return []
