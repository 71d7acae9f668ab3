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
OF_COUNTRY = r"(?:[A-Z][\w-]+(?:\s[A-Z][\w-]+){0,2}[’']s?\s+)?"
""" "Kenya’s Ministry of X"."""
SORT = rf"(?:(?:[A-Z]\w+\s+)?(?:[a-z-]+\s+){{0,2}}?(?:{any_of('body_nouns')}|NGO|charity)\s+)?"
""" "the Swedish development agency X"."""
SEATED = (
    r"(?:\s+(?:in|of|from)\s+(?:the\s+)?(?:[a-z]+\s+){0,4}[A-Z][\w-]+(?:\s(?:of\s)?[A-Z][\w-]+){0,3}"
    r"(?:\s*\([A-Z][\w]*\))?(?=,?\s+(?:and|signed|sign)\b)"
    r"|,\s[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?=,?\s+and\b))?"
)
""" "A in the northern province of X and B"."""
GAP = re.compile(
    rf"^{BRACKET}{SEATED}(?:[’']s)?\s*(?:{any_of('join')}(?:\s+(?:of|by)(?=\s))?)?\s*(?:both\s+)?(?:the\s+|its\s+)?{OF_COUNTRY}{SORT}$"
)
LED_BY = r"(?:(?:led|headed|represented|chaired)\s+by|(?:acting\s+)?(?:through|via))\b[^;]{3,120}?"
APPOSITION = re.compile(
    rf"^{BRACKET}\s*,\s*(?:(?:a|an|the|which|who|part|member)\b[^.;]{{0,80}}|{LED_BY}),\s*(?:and\s+)?(?:(?:by|from)\s+)?(?:the\s+)?$"
)
"""What a member of a list may be called between commas: "A, the oldest school of the province, and B"."""
AFTER_COMMA = re.compile(r"[^,]{3,160}?,\s+(?:ha[sd]|have|will|[a-z]+(?:ed|s)?)\b|[^,]{3,160},\s*\Z")
""" "the Government of C, held": an apposition that a comma closes."""
LONGEST_GAP = 250
"""Characters between two members of a list, with what the first may be called."""
NEAR = 60
"""Characters before a body in which words stand that go with it."""
LEAD = re.compile(rf"^\s*(?:both\s+|of\s+)?(?:the\s+|its\s+)?{OF_COUNTRY}{SORT}$")
TAIL = re.compile(
    rf"^{BRACKET}{SEATED}(?:\s+and\s+(?:its|their|other)\s+(?:[a-z]+\s)?[a-z]+s)?"
    rf"(?:\s*,[^,.;]{{0,110}},|\s*,\s*{LED_BY},|{any_of('with_company')} [^.;]{{3,110}}?,?)?,?"
    rf"(?:\s+{any_of('between_subject_and_verb')})*\s*$"
)
"""What may stand between a subject and its verb: "A, which is new, has jointly ..."."""


ASIDE = re.compile(
    r"(?:,[^,.;]{0,140}\b(?:from|with|by|through|via)"
    r"|\bwith\s+(?:[a-z-]+\s+){0,3}(?:(?:co-?)?(?:funding|financing)|support|assistance|help|money|backing|funds)\s+(?:from|of|by))"
    r"\s+(?:the\s+|its\s+)?\Z"
)
""" "A, with money from B, runs C": B is no subject."""
PART_OF = re.compile(r",\s+(?:an?|the|which is|part)\s[^,.;()]{0,60}\b(?:of|under|to|within)\s+(?:the\s+)?\Z")
""" "A, an agency of B, runs C": B only says what A is."""
OFFICE_OF = re.compile(
    rf"(?:(?:(?:the|an?|its|both|senior|high-ranking|top|two|three|some|Mr|Ms)\.?\s+)*(?:[\w-]+\s+){{0,3}}?(?:{any_of('offices')})"
    r"(?:\s+(?:[Gg]eneral|[Oo]fficers?))?\s+(?:of|from|for|at|to)\s+(?:both\s+|of\s+)?)(?:the\s+)?\Z"
)
""" "the Director of", "representatives from", before a body of which nothing but the office is told."""
OFFICES_AFTER = re.compile(rf"\A{BRACKET}(?:[’']s?)?\s+(?:senior\s+|top\s+)?(?:{any_of('offices')})\b")
""" "A and B representatives signed"."""
OFFICE_BEFORE = re.compile(rf"(?:[\w-]+\s+){{0,5}}?(?:{any_of('offices')})\s+(?:general\s+)?\Z")
""" "labour division secretary" before the name of a person."""
ON_ONE_HAND = re.compile(r"(?:^|(?<=[\w)]))\s+(?:on|of)\s+(?:the\s+)?(?:one|first)\s+(?:hand|side|part)\b,?")
STRANGERS = re.compile(
    r"(?<![\w.])(?:(?!The\b|By\b|On\b|In\b)[A-Z][\w&.’'-]*\s+){0,4}[A-Z][\w&’'-]+(?:\s*\([A-Z][\w-]*\))?"
    r"(?:,\s*(?:and\s+)?|\s+and\s+)(?:the\s+)?\Z"
)
""" "by Xyz Abc, " before a body: a name of the list that nothing is known of."""
THROUGH = re.compile(
    rf"{BRACKET}\s*[,(]\s*(?:(?:represented|acting|working)\s+)?(?:through|via|by)\s+(?:the\s+|its\s+|their\s+)?"
)
""" "A, through its agency B,": A acts."""
BY_AGENCY = re.compile(
    r"[,(]\s*(?:(?:represented|acting|working)\s+by|(?:acting\s+)?(?:through|via))\s+(?:the\s+|its\s+|their\s+)?\Z"
)
COMMA = re.compile(rf"{BRACKET}\s*[,;]\s*(?:the\s+|its\s+)?")


def chain_after(
    cast: Cast,
    offset: int,
    s: Sentence,
    kinds: Sequence[str] = BODIES,
    lead: re.Pattern[str] = LEAD,
    offices: bool = False,
) -> list[Mention]:
    """The mentions that follow an offset as a list; empty where something else than `lead` stands first.

    With `offices`, bodies count whose members the list names by their office: "the Director of A and a leader of B".
    """
    mentions = sorted(
        (m for kind in kinds for m in cast.inside(kind, Span(offset, s.span.end))),
        key=lambda m: (m.reach.start, -m.reach.end),
    )
    result: list[Mention] = []
    at = offset
    for m in mentions:
        # The article of "by the college" may have been read with the words before.
        start = m.span.start if m.reach.start < at <= m.span.start and not result else m.reach.start
        if start < at:
            continue  # inside of the one before: an organisation in a person's title
        gap = cast.content[at:start]
        if offices and len(gap) <= LONGEST_GAP:
            gap = OFFICE_OF.sub("", gap)
            if result and THROUGH.fullmatch(gap):
                continue  # "A, through its agency B, and C"
            gap = ON_ONE_HAND.sub("", OFFICE_BEFORE.sub("", gap) if m.kind == "person" else gap)
            gap = OFFICE_OF.sub("", _without_strangers(gap, bool(result)))
        if result and gap.strip() == "(" and cast.content.startswith(")", m.reach.end):
            at = m.reach.end + 1  # "Dr X (Institute Y) and ..."
            continue
        if len(gap) > LONGEST_GAP or not (lead.match(gap) if not result else _joins(gap)):
            break
        if result and m.kind == "person" and result[-1].kind in BODIES and gap.strip() in ("", "’s", "'s"):
            result.pop()  # "X Director Ms Y": only Ms Y is of the list
        result.append(m)
        at = m.reach.end
    return result


def chain_before(
    cast: Cast,
    offset: int,
    s: Sentence,
    kinds: Sequence[str] = BODIES,
    tail: re.Pattern[str] = TAIL,
    offices: bool = False,
) -> list[Mention]:
    """The mentions that are a list right before an offset, as the subject of the verb there; `offices` as above."""
    mentions = sorted(
        (m for kind in kinds for m in cast.inside(kind, Span(s.span.start, offset))),
        key=lambda m: (m.reach.end, -m.reach.start),
        reverse=True,
    )
    result: list[Mention] = []
    at = aside = offset
    for m in mentions:
        if m.reach.start > aside:
            continue  # the abbreviation of a body that is no subject
        if m.kind in BODIES and _in_title(cast, mentions, m):
            continue  # "Ms X, Head of Y (Y.), spoke": Ms X is the subject
        if m.reach.end > at:
            continue
        if not result and ASIDE.search(cast.content, s.span.start, m.reach.start):
            aside = m.reach.start
            continue
        gap = cast.content[m.reach.end : at]
        if (
            offices
            and result
            and BY_AGENCY.search(cast.content, max(s.span.start, m.reach.start - NEAR), m.reach.start)
        ):
            continue  # "A, represented by its agency B, and C"
        if offices and result and cast.content[m.reach.start - 1 : m.reach.start] == "(" and gap.startswith(")"):
            continue  # the short form of the name before it
        if offices and len(gap) <= LONGEST_GAP:
            gap = OFFICE_OF.sub("", gap) if result else OFFICES_AFTER.sub("", gap)
        if not result and gap.startswith(",") and PART_OF.search(cast.content, s.span.start, m.reach.start):
            continue
        if not (tail.match(gap) if not result else _joins(gap)):
            break
        if len(result) == 1 and COMMA.fullmatch(gap):
            if AFTER_COMMA.match(cast.content, at, offset) is None:
                break  # "Under the contract with A, B pays": no list, which would close with "and"
            result.clear()  # "A and B, Ministry of C, held": C is whose they are
        at = m.reach.start
        if result and m.kind in BODIES and result[-1].kind == "person" and gap.strip() in ("", "’s", "'s"):
            continue  # "X Director Ms Y": only Ms Y is of the list
        result.append(m)
    return result[::-1]


def _in_title(cast: Cast, mentions: Sequence[Mention], body: Mention) -> bool:
    """Whether a body is named inside the title of a person who is one of the mentions, or in brackets after it."""
    return any(
        m.kind == "person"
        and m.span.end < body.span.start
        and (body.span.end <= m.reach.end or cast.content[m.reach.end : body.span.start].strip() == "(")
        for m in mentions
    )


def _without_strangers(gap: str, inside: bool) -> str:
    """The words before a member of a list without the names before it that nothing is known of."""
    if inside and _joins(gap):
        return gap
    rest, n = STRANGERS.subn("", gap)
    return gap if not n or not (inside or not rest.strip() or OFFICE_OF.search(rest)) else rest


def _joins(gap: str) -> bool:
    return bool(GAP.match(gap) or APPOSITION.match(gap))
