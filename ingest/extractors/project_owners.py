"""Whose a project is by the words of and beside its name: "A’s X project", "X (A) project", "A-funded X"."""

from __future__ import annotations

import re

from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.extractors.enumerations import chain_after
from ingest.extractors.spelling import normal
from ingest.lexicon.relations import any_of
from ingest.model import Span

UNDERTAKING = any_of("undertaking")
JOINT = any_of("joint_undertakings")
OWNERS_BEFORE = re.compile(rf"\s*\(([A-Z][\w/ &-]{{1,24}})\)\s+{any_of('undertaking_of_owner')}")
""" "X (ILO) project"."""
OWNERS_AFTER = re.compile(rf"(?:\s+{any_of('undertaking_of_owner')})?\s*\(([A-Z][\w]*(?:[-/& ]+[A-Z][\w]*)*)\)")
""" "the X project (ILO/IOM)"."""
CALLED = rf"(?:{UNDERTAKING},?\s+(?:on\s+|called\s+|named\s+|entitled\s+)?)"
POSSESSIVE = re.compile(rf"(?:\s*\([^()]*\))?(?:[’']s?|,\s+whose)\s+(?:[a-z][\w-]*\s+){{0,4}}?{CALLED}?[“\"‘'«]?")
""" "A’s new project “", up to the name."""
DIRECT = re.compile(rf"(?:\s*\([^()]*\))?\s+{CALLED}[“\"‘'«]?")
""" "the A project “", up to the name."""
AFTER_NAME = rf"[”\"’'»]?(?:\s*\([^()]*\))?(?:\s+{UNDERTAKING})?(?:\s*\([^()]*\))?"
OF_OWNER = re.compile(rf"{AFTER_NAME}\s+of\s+(?:the\s+)?")
NO_ADJECTIVE = rf"(?:{UNDERTAKING}|{JOINT}|by|of|on|in|for|with|from|which|that|the|another)\b"
ADJECTIVES = rf"(?:(?!{NO_ADJECTIVE})[a-z\d][\w.,-]*\s+)"
IS_OF = re.compile(
    rf"{AFTER_NAME}(?:,|\s+(?:is|was))\s+(?:an?|the|one of the)\s+{ADJECTIVES}{{0,4}}?"
    rf"(?:(?P<of>(?:{UNDERTAKING}|{JOINT})\s+(?:of|by|between)\s+(?:the\s+)?)|(?=[A-Z]))"
)
UNDERTAKING_AFTER = re.compile(rf"(?:\s*\([^()]*\))?(?:[’']s?)?\s+(?:[a-z][\w-]*\s+){{0,3}}?{UNDERTAKING}\b")
COMPOUND = re.compile(
    r"([A-Z][\w&]*(?:\s[A-Z][\w&]*){0,4})[-\s]"
    r"(funded|financed|sponsored|backed|supported|assisted|led|run|implemented|executed|managed)\s+"
    r"(?:(?!(?:the|an?|through|by|in|to|of|for|and|its|their)\b)[\w-]+\s+){0,3}?"
    rf"(?:{UNDERTAKING},?\s+)?[“\"‘'«]?$"
)
""" "the EU-funded project “", up to the name."""
ROLES = {"funded": "funder", "financed": "funder", "sponsored": "funder"} | dict.fromkeys(
    ("backed", "supported", "assisted"), "partner"
)
REACH = 100
THROUGH = re.compile(r"(?<!\w)(?:Through|Under|With|As part of|By means of)\s+(?:the\s+|its\s+)?[“\"‘'«]?$")
THEN = re.compile(rf"{AFTER_NAME}(?:[’']s\s+[a-z][a-z ]{{2,40}})?,?\s+(?:both\s+)?(?:the\s+)?")
DID = re.compile(rf"(?:\s*\([^()]*\))?(?:,[^.;]{{3,140}}?,)?\s+{any_of('done_through', 'done_in_projects')}\b")


def owners(cast: Cast, m: Mention) -> None:
    """States the implementers and funders that stand beside the name of a project or are its first words."""
    _in_name(cast, m)
    _compound(cast, m)
    s = cast.a.sentence_at(m.span.start)
    if s is None:
        return
    before = max(
        (x for kind in BODIES for x in cast.inside(kind, Span(max(s.span.start, m.span.start - REACH), m.span.start))),
        key=lambda x: x.span.end,
        default=None,
    )
    if before is not None and before.span.end <= m.span.start:
        between = cast.content[before.span.end : m.span.start]
        if POSSESSIVE.fullmatch(between) or (before.kind == "organisation" and DIRECT.fullmatch(between)):
            cast.state(m.key, "implementer", before.key, s.span, "project/possessive", 0.75)
    of = OF_OWNER.match(cast.content, m.span.end, s.span.end)
    if of:
        for body in chain_after(cast, of.end(), s):
            cast.state(m.key, "implementer", body.key, s.span, "project/of", 0.75)
    then = THEN.match(cast.content, m.span.end, s.span.end)
    if then and THROUGH.search(cast.content, s.span.start, m.span.start):
        doers = chain_after(cast, then.end(), s)
        if doers and DID.match(cast.content, doers[-1].reach.end, s.span.end):
            for body in doers:
                cast.state(m.key, "implementer", body.key, s.span, "project/through", 0.7)
    is_of = IS_OF.match(cast.content, m.span.end, s.span.end)
    bodies = chain_after(cast, is_of.end(), s) if is_of else []
    if is_of and bodies and (is_of["of"] or UNDERTAKING_AFTER.match(cast.content, bodies[-1].span.end, s.span.end)):
        for body in bodies:
            cast.state(m.key, "implementer", body.key, s.span, "project/project-of", 0.8)


def _in_name(cast: Cast, m: Mention) -> None:
    """ "X (ILO) project", "X project (ILO-IOM)", "ILO Project on ..."."""
    words = cast.a.words(m.span).split()
    after = cast.content[m.span.end : m.span.end + 44]
    bracket = OWNERS_BEFORE.match(after) or OWNERS_AFTER.match(after)
    beside = []
    initials = "".join(w[0] for w in words if w[0].isupper())
    # "the Better Skills Project (BSP)": its own short name.
    if bracket and len(bracket[1]) > 1 and initials.startswith(bracket[1]):
        bracket = None
    if bracket:
        begin = m.span.end + bracket.start(1)
        beside += [(w, begin + bracket[1].find(w)) for w in re.split(r"[-/& ]+", bracket[1]) if w]
    first = []
    for w in words[:2]:
        if not w.isupper():
            break
        first.append((w, m.span.start + cast.a.words(m.span).find(w)))
    if len(words) <= len(first) + 1 and not bracket:
        return  # the abbreviation is all of the name
    for word, at in [*beside, *first]:
        key = cast.named("organisation", word) or _known(cast, word, at)
        if key is not None:
            cast.state(m.key, "implementer", key, m.span, "project/owner", 0.75)


def _compound(cast: Cast, m: Mention) -> None:
    """ "the EU-funded X project": who pays or runs it stands in a compound before the name."""
    begin = max(0, m.span.start - REACH)
    match = COMPOUND.search(cast.content[begin : m.span.start])
    if match is None:
        return
    names = match[1].split()
    for n in range(len(names)):
        name = " ".join(names[n:])
        at = begin + match.start(1) + match[1].rfind(name)
        key = cast.named("organisation", name) or _known(cast, name, at)
        if key is not None:
            cast.state(m.key, ROLES.get(match[2], "implementer"), key, m.span, "project/compound", 0.8)
            return


def _known(cast: Cast, name: str, at: int) -> str | None:
    """A body of the reference data that is named only in or beside the name of a project."""
    known = [k for k in cast.a.gazetteer.known(name) if k.by == "abbreviation" or k.entity.label == name]
    if not known:
        return None
    entity = known[0].entity
    key, span = f"organisation:{normal(name)}", Span(at, at + len(name))
    member = cast.add(key, entity.type, name, span, "organisation", "organisation/owner", 0.8)
    member.reference, member.country = entity.iri, entity.country
    return key
