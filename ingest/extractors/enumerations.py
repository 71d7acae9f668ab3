"""Lists of names: those that follow a place of the text ("by A, B (B.) and the C") or stand right before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.lexicon.relations import any_of
from ingest.model import Span

BRACKET = r"(?:\s*\([^()]*\))?"
# "of" goes with a sign of the list alone: "the Ministries of X and of Y".
GAP = re.compile(rf"^{BRACKET}(?:[’']s)?\s*(?:{any_of('join')}(?:\s+of(?=\s))?)?\s*(?:both\s+)?(?:the\s+|its\s+)?$")
APPOSITION = re.compile(
    rf"^{BRACKET}\s*,\s*(?:a|an|the|which|who|part|member)\b[^.;]{{0,80}},\s*(?:and\s+)?(?:the\s+)?$"
)
"""What a member of a list may be called between commas: "A, the oldest school of the province, and B"."""
LEAD = re.compile(r"^\s*(?:both\s+|of\s+)?(?:the\s+|its\s+)?$")
TAIL = re.compile(
    rf"^{BRACKET}(?:\s*,[^,.;]{{0,60}},|{any_of('with_company')} [^.;]{{3,110}}?,?)?,?"
    rf"(?:\s+{any_of('between_subject_and_verb')})*\s*$"
)
"""What may stand between a subject and its verb: "A, which is new, has jointly ..."."""


def chain_after(
    cast: Cast, offset: int, s: Sentence, kinds: Sequence[str] = BODIES, lead: re.Pattern[str] = LEAD
) -> list[Mention]:
    """The mentions that follow an offset as a list; empty where something else than `lead` stands first."""
    mentions = sorted(
        (m for kind in kinds for m in cast.inside(kind, Span(offset, s.span.end))),
        key=lambda m: (m.reach.start, -m.reach.end),
    )
    result: list[Mention] = []
    at = offset
    for m in mentions:
        if m.reach.start < at:
            continue  # inside of the one before: an organisation in a person's title
        gap = cast.content[at : m.reach.start]
        if not (lead.match(gap) if not result else _joins(gap)):
            break
        result.append(m)
        at = m.reach.end
    return result


def chain_before(
    cast: Cast, offset: int, s: Sentence, kinds: Sequence[str] = BODIES, tail: re.Pattern[str] = TAIL
) -> list[Mention]:
    """The mentions that stand as a list right before an offset, as the subject of the verb there."""
    mentions = sorted(
        (m for kind in kinds for m in cast.inside(kind, Span(s.span.start, offset))),
        key=lambda m: (m.reach.end, -m.reach.start),
        reverse=True,
    )
    result: list[Mention] = []
    at = offset
    for m in mentions:
        if m.reach.end > at:
            continue
        gap = cast.content[m.reach.end : at]
        if not (tail.match(gap) if not result else _joins(gap)):
            break
        result.append(m)
        at = m.reach.start
    return result[::-1]


def _joins(gap: str) -> bool:
    return bool(GAP.match(gap) or APPOSITION.match(gap))
