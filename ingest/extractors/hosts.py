"""Who does what a verb says: its subjects, and those whom an aside names ("A, in cooperation with B, held ...")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.enumerations import chain_after, chain_before
from ingest.lexicon.relations import any_of

ASIDE = re.compile(
    rf",?\s*(?:\band\s+)?\b(?:(?P<t>{any_of('aside_together')})|{any_of('aside_other')})\s+(?:the\s+|its\s+)?$", re.I
)
TOGETHER = re.compile(
    rf"(?:\s*\([^()]*\))?(?:\s+of\s+[A-Z][\w ]{{2,40}}?)?(?:,?\s*(?:and\s+)?{any_of('aside_together')}|,\s+with)"
    r"\s+(?:the\s+)?",
    re.I,
)
UNDER = re.compile(r"(?:\s*\([^()]*\))?,?\s*(?:under|of)\s+(?:the\s+)?")
"""Between a body and the one that it belongs to."""
ASIDE_REACH = 70
"""Characters before a name in which an aside may open."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """The subjects of a verb, and those in whose company they act."""

    subjects: list[Mention]
    company: list[Mention]


def before_verb(cast: Cast, verb: int, s: Sentence) -> Hosts:
    """The organisations that are the subject of a verb that starts at an offset."""
    found = chain_before(cast, verb, s)
    if not found:
        return Hosts([], [])
    first = found[0].reach.start
    aside = ASIDE.search(cast.content, max(s.span.start, first - ASIDE_REACH), first)
    if aside is None:
        return Hosts(found, [])
    outer = before_verb(cast, aside.start(), s)
    if outer.subjects:
        return Hosts(outer.subjects, [*outer.company, *(found if aside["t"] else [])])
    # "With support from A, B held ...": the aside stands first.
    return Hosts(found if aside["t"] or len(found) == 1 else found[-1:], [])


def after_preposition(cast: Cast, offset: int, s: Sentence) -> Hosts:
    """The organisations that follow "held by", with the company that is named after them."""
    found = chain_after(cast, offset, s)
    company: list[Mention] = []
    at = found[-1].reach.end if found else offset
    under = UNDER.match(cast.content, at, s.span.end) if found else None
    parent = chain_after(cast, under.end(), s)[:1] if under else []
    at = parent[0].reach.end if parent else at
    while found and (together := TOGETHER.match(cast.content, at, s.span.end)):
        more = chain_after(cast, together.end(), s)
        if not more:
            break
        company += more
        at = more[-1].reach.end
    return Hosts(found, company)
