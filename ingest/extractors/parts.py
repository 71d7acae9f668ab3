"""What is part of what: `partOf` facts between organisations, from the words between their names and inside of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.extractors.cast import Cast, Member, Mention
from ingest.extractors.enumerations import BRACKET, chain_after
from ingest.extractors.spelling import normal
from ingest.lexicon.relations import any_of, words
from ingest.model import Annotation, Span

OFFICE_HEADS = frozenset(words("office_heads"))
PART_HEADS = OFFICE_HEADS | frozenset(words("part_heads"))
SCHOOL_PARTS = frozenset(words("school_parts"))
SCHOOLS = frozenset({"University", "College", "Ministry"})
WHOLE_HEADS = frozenset(words("whole_heads"))
INNER_HEADS = frozenset(words("inner_heads"))
OUTER_HEADS = frozenset(words("outer_heads"))
SIDE_HEADS = frozenset(words("side_heads"))
BEFORE = 60
NEAR, FAR = 90, 170
"""The most characters between two names that a rule may look at; the second where one is called something between."""

SEAT = r"(?:\s+in\s+[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)?"
CALLED = r"(?:,\s+(?:an?|the)\s[^,.;()]{3,90})?"
""" "X, the training house of the trades, is one of ..."."""
UNDER = re.compile(
    rf"^(?:\s*\([^()]*\)|\))?{SEAT}{CALLED}\s*(?:,\s*)?{any_of('part_under')}\s+(?:the\s+|his\s+|her\s+)?$", re.I
)
OF = re.compile(r"^(?:\s*\([^()]*\)|\))?\s+(?:of|at|in)\s+the\s+$")
OF_SCHOOL = re.compile(r"^(?:\s*\([^()]*\)|\))?\s+(?:of|at)\s+$")
POSSESSIVE = re.compile(rf"^{BRACKET}(?:[’']s|[’']){BRACKET}\s*$")
THROUGH = re.compile(
    rf"^{BRACKET},?\s+(?:(?:acting\s+)?through|via|and|with|represented\s+by|namely)\s+"
    r"(?:(?:its|their)(?:\s+[a-z]+){0,2}(?:,?\s+the)?|the\s+(?P<owner>[A-Z][a-z]+)[’']s)\s+$"
)
THROUGH_THE = re.compile(rf"^{BRACKET},?\s+(?:acting\s+|working\s+)?(?:through|via)\s+the\s+$")
ACTING_HEADS = frozenset({"Ministry", "Government", "Authority", "Commission", "Administration", "Council"})
""" "The Ministry of X, through the Department of Y,": bodies that act through their parts."""
COMMA = re.compile(rf"^(?:\)|{BRACKET})\s*,\s+(?P<article>the\s+)?$")
AND = re.compile(rf"{BRACKET}\s+and\s+(?:the\s+)?")
LISTED = re.compile(r"(?:\b(?:and|of|including|from)|,)\s+(?:the\s+)?$")
"""What stands before a name in a list, where a comma joins equals ..."""
MORE = re.compile(rf"{BRACKET}(?:,|;|,?\s+and)\s+(?!the\s+Government|Government)(?:the\s+|[A-Z])")
"""... if the list goes on."""
BODIES_OF = re.compile(rf"\b{any_of('part_plurals')}\s+(?:under|of|within)\s+(?:the\s+)?$", re.I)
INCLUDING = re.compile(
    rf"^{BRACKET}(?:[^.;()]{{0,50}}?,?\s+{any_of('such_as')}|(?:[^.;()]|\([^()]*\)){{0,120}}?\s+are(?:\s+namely)?:?)\s+(?:the\s+)?"
)
SENT_BY = re.compile(
    r"(?:Delegation|Mission|Representation|Office|Secretariat)\s+of\s+(?:the\s+)?(.+?)(?:\s+(?:to|in|for)\s.*)?$"
)
"""Offices that name those who keep them: "Delegation of the European Union to X"."""
OF_SHORT = re.compile(r"\bof (?:the )?([A-Z][A-Za-z]*[A-Z])$")
""" "Training Centre of the ILO", a name that holds the short one of the body above."""
ITS = re.compile(r"\b(?:its|whose)\s+$")
SIDE = re.compile(r"On the side of (?:the )?")
BOTH = re.compile(
    rf"\b[Bb]oth\s+(?:of\s+(?:them|which|whom)\s+)?(?:are\s+)?(?:[a-z]+\s+)?{any_of('part_plurals')}\s+"
    r"(?:(?:attached|belonging|subordinate)\s+to|under|of|within)\s+(?:the\s+)?"
)
""" "X and Y, both units under the Z"."""


def extract(cast: Cast, annotations: Sequence[Annotation]) -> None:
    """States which organisations are part of which; `annotations` are their names with the head noun of each."""
    heads = _heads(cast, annotations)
    ordered = cast.of_kind("organisation")
    around = sorted([*ordered, *cast.of_kind("organisation-anaphor")], key=lambda m: m.span)
    for one, two in itertools.pairwise(around):
        _neighbours(cast, one, two, heads)
    _of_names(cast, annotations)
    _offices(cast, ordered, heads)
    _sides(cast, heads)
    _its(cast, heads)
    _including(cast)
    _both(cast)
    _kinds(cast, heads)


def _kinds(cast: Cast, heads: Mapping[Span, str]) -> None:
    """A department is of the kind of the body that it belongs to, whatever its head alone would show."""
    for m in cast.of_kind("organisation"):
        member = cast.members[m.key]
        if member.reference is None and heads.get(m.span) in OFFICE_HEADS:
            wholes = {str(whole) for whole in cast.objects(m.key, "partOf")}
            if len(wholes) == 1:
                member.type = cast.members[wholes.pop()].type


def _heads(cast: Cast, annotations: Sequence[Annotation]) -> Mapping[Span, str]:
    """The head noun of each mention; of an abbreviation that of its full name, where it stands right after it."""
    heads = {m.span: str(m.features.get("head", "")) for m in annotations}
    for one, two in itertools.pairwise(cast.of_kind("organisation")):
        if one.key == two.key and one.reach.end >= two.span.end and not heads.get(two.span):
            heads[two.span] = heads.get(one.span, "")
    return heads


def _neighbours(cast: Cast, one: Mention, two: Mention, heads: Mapping[Span, str]) -> None:
    """ "X under Y", "X, to which Y belongs", "X of the Y", "Y’s X", "X, Ministry of Y"."""
    gap = cast.content[one.span.end : two.span.start]
    if len(gap) > FAR or one.key == two.key or ("\n" in gap and not _one_line(cast, one, two)):
        return
    first, second = heads.get(one.span), heads.get(two.span)
    both = Span(one.span.start, two.span.end)
    if UNDER.match(gap):
        if "to which" in gap.lower():
            cast.state(two.key, "partOf", one.key, both, "part/to-which", 0.9)
        else:
            cast.state(one.key, "partOf", two.key, both, "part/under", 0.93)
    elif len(gap) > NEAR:
        return
    elif one.kind != "organisation":
        if POSSESSIVE.match(gap) and second in PART_HEADS:
            cast.state(two.key, "partOf", one.key, both, "part/possessive", 0.8)
    elif two.kind != "organisation":
        if OF.match(gap) and first in PART_HEADS:
            cast.state(one.key, "partOf", two.key, both, "part/of", 0.85)
    elif (through := THROUGH.match(gap)) and second in PART_HEADS and through["owner"] in (None, first):
        cast.state(two.key, "partOf", one.key, both, "part/through", 0.85)
    elif THROUGH_THE.match(gap) and second in OFFICE_HEADS and first in ACTING_HEADS:
        cast.state(two.key, "partOf", one.key, both, "part/through", 0.8)
    elif OF_SCHOOL.match(gap) and first in SCHOOL_PARTS and cast.members[two.key].type == "EducationInstitution":
        cast.state(one.key, "partOf", two.key, both, "part/of", 0.85)
    elif OF.match(gap) and first in PART_HEADS:
        cast.state(one.key, "partOf", two.key, both, "part/of", 0.9)
    elif _bracketed(cast, gap, two) and first in PART_HEADS and second not in OFFICE_HEADS:
        cast.state(one.key, "partOf", two.key, both, "part/bracket", 0.85)
    elif POSSESSIVE.match(gap) and second and second not in WHOLE_HEADS:
        cast.state(two.key, "partOf", one.key, both, "part/possessive", 0.85)
    elif _inside_next(gap, first, second) and not _in_list(cast, one, two):
        cast.state(one.key, "partOf", two.key, both, "part/comma", 0.75)
        _beside(cast, one, two, heads)


def _beside(cast: Cast, one: Mention, two: Mention, heads: Mapping[Span, str]) -> None:
    """ "the Directorate of X and the Board of Y, Ministry of Z": what goes before with "and" is a part of it, too."""
    before = cast.ordered("organisation").last(one.span.start)
    if before is None or before.key in (one.key, two.key) or heads.get(before.span) not in PART_HEADS:
        return
    if AND.fullmatch(cast.content, before.span.end, one.span.start):
        cast.state(before.key, "partOf", two.key, Span(before.span.start, two.span.end), "part/comma", 0.75)


def _one_line(cast: Cast, one: Mention, two: Mention) -> bool:
    """True for two names of one paragraph, whose lines a program may have broken."""
    s = cast.a.sentence_at(one.span.start)
    return s is not None and two.span.end <= s.span.end


def _bracketed(cast: Cast, gap: str, two: Mention) -> bool:
    """ "Department of X (Ministry of Y)", "Department of X (MY)"."""
    return gap == " (" and cast.content[two.span.end : two.span.end + 1] == ")"


def _inside_next(gap: str, first: str | None, second: str | None) -> bool:
    """ "Department of X, Ministry of Y"; a school needs the bare comma: "Institute of X, University of Y"."""
    comma = COMMA.match(gap)
    if not comma or first not in INNER_HEADS or second not in OUTER_HEADS:
        return False
    if first in ("Ministry", "Board") and second not in ("Government", "Ministry" if first == "Board" else ""):
        return False
    return first not in SCHOOL_PARTS or (not comma["article"] and second in SCHOOLS)


def _in_list(cast: Cast, m: Mention, two: Mention) -> bool:
    """True for "from the Department of X, University of Y and Z", where commas join equals; not in fact boxes."""
    start = m.span.start
    listed = LISTED.search(cast.content, max(0, start - BEFORE), start) is not None
    return listed and cast.a.layout.kind_at(start) != "field" and MORE.match(cast.content, two.span.end) is not None


def _of_names(cast: Cast, annotations: Sequence[Annotation]) -> None:
    """Names in which the annotator saw the name of the body above: "Department of X of the Ministry of Y"."""
    ordered = cast.ordered("organisation")
    by_span = {m.span: m for m in ordered.things}
    for named in annotations:
        above, part = named.features.get("parent"), by_span.get(named.span)
        if not isinstance(above, Span) or part is None:
            continue
        whole = next((m for m in ordered.covering(above.start) if m.key != part.key), None)
        if whole:
            evidence = Span(named.span.start, whole.span.end)
            cast.state(part.key, "partOf", whole.key, evidence, "part/of-name", 0.92)


def _offices(cast: Cast, mentions: Sequence[Mention], heads: Mapping[Span, str]) -> None:
    """ "ILO Office in Viet Nam", "MOLISA Legal Department": the first word names the parent."""
    keys = {normal(name): key for key, m in cast.members.items() if m.mentions for name in _all_names(cast, m)}
    for m in mentions:
        name = cast.a.words(m.span).split()
        short = OF_SHORT.search(cast.a.words(m.span))
        if short and (above := keys.get(normal(short[1]))) and above != m.key:
            cast.state(m.key, "partOf", above, m.span, "part/of-name", 0.92)
        if heads.get(m.span) not in OFFICE_HEADS or len(name) < 2:
            continue
        first = re.sub(r"[’']s?$", "", name[0])
        parent = keys.get(normal(first)) if sum(c.isupper() for c in first) >= 2 else None
        if parent is None:
            begins = (normal(" ".join(name[:n])) for n in range(len(name) - 1, 1, -1))
            parent = next((keys[words] for words in begins if keys.get(words, m.key) != m.key), None)
        sent = SENT_BY.match(cast.a.words(m.span))
        if parent is None and sent:
            parent = keys.get(normal(sent[1]))
        if parent and parent != m.key:
            cast.state(m.key, "partOf", parent, m.span, "part/office", 0.9)


def _all_names(cast: Cast, member: Member) -> Iterator[str]:
    """The names of an organisation in the text, and its full name where it is known."""
    yield from member.names
    entity = cast.a.gazetteer.by_iri.get(member.reference or "")
    if entity is not None and member.type != "Person":
        yield entity.label


def _its(cast: Cast, heads: Mapping[Span, str]) -> None:
    """ "at the Ministry, with leaders of its Department of X and Directorate of Y": parts of what was named before."""
    for s in cast.a.sentences:
        mentions = cast.inside("organisation", s.span)
        for whole, part in itertools.pairwise(mentions):
            lead = cast.content[whole.span.end : part.span.start]
            if not ITS.search(lead) or heads.get(part.span) not in PART_HEADS or heads.get(whole.span) in OFFICE_HEADS:
                continue
            for m in chain_after(cast, part.span.start, s):
                if heads.get(m.span) in PART_HEADS and m.key != whole.key:
                    cast.state(m.key, "partOf", whole.key, s.span, "part/its", 0.8)


def _sides(cast: Cast, heads: Mapping[Span, str]) -> None:
    """ "On the side of X, the Department of Y and the Department of Z ...": the departments are its own."""
    for s in cast.a.sentences:
        side = SIDE.match(cast.a.words(s.span))
        first = cast.ordered("organisation").at(s.span.start + side.end()) if side else None
        if first is None:
            continue
        for m in cast.inside("organisation", Span(first.span.end, s.span.end)):
            if heads.get(m.span) in SIDE_HEADS and m.key != first.key:
                cast.state(m.key, "partOf", first.key, s.span, "part/side", 0.75)


def _including(cast: Cast) -> None:
    """ "bodies under X, such as Y and Z"."""
    for s in cast.a.sentences:
        for m in cast.inside("organisation", s.span):
            if not BODIES_OF.search(cast.content[s.span.start : m.span.start]):
                continue
            lead = INCLUDING.match(cast.content[m.span.end : s.span.end])
            for part in chain_after(cast, m.span.end + lead.end(), s) if lead else ():
                if part.key != m.key:
                    cast.state(part.key, "partOf", m.key, s.span, "part/including", 0.9)


def _both(cast: Cast) -> None:
    """ "Ms A, Director of X, and Mr B, Director of Y, both units under the Z": of the last two bodies before."""
    for match in BOTH.finditer(cast.content):
        s = cast.a.sentence_at(match.start())
        whole = chain_after(cast, match.end(), s)[:1] if s is not None else []
        if s is None or not whole:
            continue
        before = cast.inside("organisation", Span(s.span.start, match.start()))
        parts = list(dict.fromkeys(m.key for m in reversed(before) if m.key != whole[0].key))[:2]
        for key in parts if len(parts) == 2 else ():
            cast.state(key, "partOf", whole[0].key, s.span, "part/both", 0.85)
