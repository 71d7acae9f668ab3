"""Signers by nouns and by proxy: "it bears the signatures of A and B", "its signatories are", "Ms X signed for Y"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.extractors.enumerations import chain_after, chain_before
from ingest.lexicon.relations import any_of
from ingest.model import Span

SIGNERS = (*BODIES, "person")
ENOUGH = 2
"""With so many bodies named as parties, those behind the persons who signed are no further ones."""
OF_WHAT = r"(?:\s+(?:to|of|under|for)\s+(?:it|(?:the|this|that|their)\s+[^.;,]{3,90}?))?"
SIGNATURES_OF = re.compile(
    rf"\b(?:{any_of('signatures_of')}|(?:signator(?:y|ies)|parties(?=\s+(?:to|of)\s)){OF_WHAT}\s+(?:{any_of('are')})):?\s+",
    re.I,
)
ARE_SIGNATORIES = re.compile(
    rf"\b(?:{any_of('are')}|becomes?|became)\s+(?:an?\s+|also\s+)*(?:party\s+(?:to|of)\b|(?:its\s+|the\s+)?(?:two\s+|three\s+|joint\s+|contracting\s+)?"
    rf"(?:parties|signatories|co-signatories){OF_WHAT}(?=\s*[.;,]|\s+(?:and|in|on|which)\b))",
    re.I,
)
BY_PROXY = re.compile(
    r",?\s*(?:\b(?:has\s+|have\s+|had\s+|also\s+)?(?:signed|signing|signs?|initialled|did\s+so|put\s+(?:his|her)\s+name\s+to)\b"
    r"(?:\s+(?:it|the\s+\w+|this\s+\w+))?\s+)?(?:for|on\s+behalf\s+of|in\s+the\s+name\s+of|representing)\s+(?:the\s+)?",
    re.I,
)
""" "Ms X [signed on behalf of] Y", "Mr Z [for] W", from the end of the person on."""
RESPECTIVELY = re.compile(r"\brespectively\b")
TELLS_SIGNING = re.compile(r"\b(?:sign(?:ed|s|ing|atures?|atories)|initialled|initialed|inked)\b", re.I)


def named(cast: Cast, s: Sentence) -> list[Mention]:
    """The bodies and persons of which a sentence says that they are the signatories."""
    found: list[Mention] = []
    for m in SIGNATURES_OF.finditer(cast.content, s.span.start, s.span.end):
        found += chain_after(cast, m.end(), s, SIGNERS)
    for m in ARE_SIGNATORIES.finditer(cast.content, s.span.start, s.span.end):
        found += chain_before(cast, m.start(), s)
    return found


def by_proxy(cast: Cast, s: Sentence) -> list[Mention]:
    """The bodies for which persons signed: "Ms X signed for A, and Mr Y for B"."""
    if not TELLS_SIGNING.search(cast.content, s.span.start, s.span.end):
        return []
    found: list[Mention] = []
    for person in cast.inside("person", s.span):
        proxy = BY_PROXY.match(cast.content, max(person.reach.end, person.span.end), s.span.end)
        found += chain_for(cast, proxy.end(), s) if proxy else ()
    return found


def chain_for(cast: Cast, offset: int, s: Sentence) -> list[Mention]:
    """For whom persons signed, from after "for": one body, or a list where several persons are told of first."""
    found = chain_after(cast, offset, s)
    several = RESPECTIVELY.search(cast.content, offset, s.span.end) or (len(found) > 1 and _alone(cast, found, s))
    return found if several else found[:1]


def _alone(cast: Cast, found: Sequence[Mention], s: Sentence) -> bool:
    """Whether nobody else of the sentence signs for a body: the list is not "X for A and, for B, Y"."""
    return not cast.inside("person", Span(found[0].reach.end, s.span.end))


def bodies_of(cast: Cast, mentions: Sequence[Mention]) -> list[Mention]:
    """Organisations of a list; a person in it stands for the organisations of the offices."""
    result = []
    for m in mentions:
        if m.kind in BODIES:
            result.append(m)
            continue
        offices = [(a, str(b)) for a in cast.subjects("holder", m.key) for b in cast.objects(a, "organisation")[:1]]
        here = [body for a, body in offices if _told_with(cast, a, body, m)]
        result += [Mention(m.span, body, "organisation", m.reach) for body in here or [body for _, body in offices]]
    return result


def _told_with(cast: Cast, appointment: str, body: str, m: Mention) -> bool:
    """Whether the words around a mention of a person tell the office: of several offices, the one he signed in."""
    evidence = cast.facts[appointment, "organisation", body].evidence
    return any(span.start <= m.span.start < span.end for span in evidence)


def parties_of(cast: Cast, mentions: Sequence[Mention], key: str) -> list[Mention]:
    """The parties that a later sentence tells of an agreement. Where the text has named parties enough for it, bodies
    behind persons are no further ones: the persons only signed for those."""
    told = len(cast.objects(key, "party")) >= ENOUGH
    return [m for m in mentions if m.kind in BODIES] if told else bodies_of(cast, mentions)
