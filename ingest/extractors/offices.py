"""Whose office it is that a text names without its body: "The Director General, Ms X", "its Principal", "both of Y"."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.annotators.gazetteer import fold
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.lexicon.relations import any_of
from ingest.model import Span

SCHOOL_TITLES = re.compile(rf"\b{any_of('school_titles')}\b", re.I)
BODY_TITLES = re.compile(rf"\b{any_of('body_titles')}\b", re.I)
OWN_TITLES = re.compile(rf"\b{any_of('titles_without_body')}\b", re.I)
ABROAD_TITLES = re.compile(rf"\b{any_of('titles_abroad')}\b", re.I)
FIRM_TITLES = re.compile(rf"\b{any_of('titles_of_firms')}\b", re.I)
ELECTED_TITLES = re.compile(rf"\b{any_of('elected_titles')}\b", re.I)
NO_OFFICES = re.compile(rf"\b{any_of('bodies_without_directors')}\b")
GOVERNMENT = re.compile(r"\b[Gg]overnment\b")
"""A minister signs for it, but has the office elsewhere."""
ENVOY = re.compile(r"(?:the\s+)?(?:deputy\s+)?(?:ambassador|high commissioner|consul general)", re.I)
EMBASSY = re.compile(r"\b(?:embassy|high commission|consulate)\b", re.I)
EMBASSY_REACH = 400
MINISTRY = re.compile(r"\bministr|\bdepartment\b")
LED_BY = re.compile(r"\b(?:headed|led|represented|chaired)\s+by\s+(?:the\s+|its\s+)?(?:[A-Z][\w.]{0,6}\s+){0,3}$")
ITS = re.compile(r"\b(?:its|whose)\s+(?:current\s+|new\s+)?$")
FOR = re.compile(
    r"\b(?:[Oo]n the side of|[Aa]t|[Ff]rom|[Ff]or|[Oo]n behalf of|[Rr]epresenting)\s+(?:the\s+)?$",
)
ON_BEHALF = re.compile(r",?\s+(?:[a-z]+\s+){0,4}?(?:on behalf of|representing)\s+(?:the\s+)?")
BESIDE_BEFORE = re.compile(r"(?:\s*\([^()]*\))?(?:[’']s?)?\s+")
BESIDE_AFTER = re.compile(r"\s+(?:of|at)\s+(?:the\s+)?|,\s+(?:the\s+)?")
SHARED = re.compile(r",?\s+\(?(?:both|all|all\s+three)\s+(?:of|from|at|with)\s+(?:the\s+)?")
SUBJECT_WITHIN = 5
"""The subject of a sentence begins within so many characters."""
CLASSES_ABROAD = frozenset({"IntergovernmentalOrganisation", "NonGovernmentalOrganisation", "GovernmentBody"})
CLASSES_OF_FIRMS = frozenset({"Company", "NonGovernmentalOrganisation", "Association", "Organisation"})
CLASSES_ELECTING = frozenset({"TradeUnion", "Association", "IntergovernmentalOrganisation", "Organisation"})


def body_nearby(cast: Cast, title: str, role: Span, person: Span) -> str | None:
    """The body of an office that is named without one: of the side that is introduced, or the last one that has such
    an office; `role` and `person` are where the title and the name stand."""
    s = cast.a.sentence_at(person.start)
    if s is None:
        return None
    shared = _shared(cast, s, max(person.end, role.end))
    if shared is not None:
        return shared
    behalf = ON_BEHALF.match(cast.content, max(person.end, role.end), s.span.end)
    if behalf and (body := cast.ordered("organisation").at(behalf.end())) is not None:
        return None if GOVERNMENT.search(" ".join(cast.members[body.key].names)) else body.key
    beside = _beside(cast, role, s)
    if beside is not None:
        return beside.key
    first = min(role.start, person.start)
    before = cast.inside_any(BODIES, Span(s.span.start, first))
    lead = cast.content[s.span.start : first]
    own = OWN_TITLES.search(title) is not None
    if ENVOY.fullmatch(title):
        return _embassy(cast, person)
    if ITS.search(cast.content[s.span.start : role.start]) and (owner := _owner(cast, title, before, s)):
        return owner
    if own:
        return None
    if before and LED_BY.search(lead):
        return before[-1].key
    if SCHOOL_TITLES.search(title):
        schools = [m for m in cast.of_kind("organisation") if cast.members[m.key].type == "EducationInstitution"]
        return min(schools, key=lambda m: abs(m.span.start - role.start)).key if schools else None
    if not BODY_TITLES.search(title) and not ELECTED_TITLES.search(title):
        return None
    if before:
        return before[0].key if FOR.search(cast.content[s.span.start : before[0].span.start]) else None
    return _of_sentence_before(cast, title, s)


def _embassy(cast: Cast, person: Span) -> str | None:
    """The only embassy named shortly before an ambassador: "went to the Embassy of X, where Ambassador Y ..."."""
    before = cast.inside("organisation", Span(max(0, person.start - EMBASSY_REACH), person.start))
    embassies = {m.key for m in before if EMBASSY.search(cast.a.words(m.span))}
    return embassies.pop() if len(embassies) == 1 else None


def _beside(cast: Cast, role: Span, s: Sentence) -> Mention | None:
    """ "Alfa’s director", "director of Alfa", "director, Alfa": a name that was found after the titles were read."""
    bodies = cast.ordered("organisation")
    following = BESIDE_AFTER.match(cast.content, role.end, s.span.end)
    if following and (after := bodies.at(following.end())) is not None:
        return after
    last = bodies.last(role.start)
    if last is None or last.span.end > role.start:
        return None
    return last if BESIDE_BEFORE.fullmatch(cast.content, last.span.end, role.start) else None


def _owner(cast: Cast, title: str, before: list[Mention], s: Sentence) -> str | None:
    """Whose "its" is: of the last fitting body of the sentence, or of the one before, where a colon parts them."""
    fitting = [m for m in before if has_office(cast, m.key, title)]
    if fitting:
        return fitting[-1].key
    return _of_sentence_before(cast, title, s)


def _of_sentence_before(cast: Cast, title: str, s: Sentence) -> str | None:
    """Of the sentences before in the paragraph, the last one with a body of a kind that has such an office: its
    subject, or else the last such body."""
    mentions = cast.inside_any(BODIES, Span(s.line.span.start, s.span.start))
    fitting = [m for m in mentions if has_office(cast, m.key, title)]
    if not fitting:
        return None
    last = cast.a.sentence_at(fitting[-1].span.start)
    same = [m for m in fitting if last is not None and m.span.start >= last.span.start]
    if last is not None and same and same[0].reach.start - last.span.start <= SUBJECT_WITHIN:
        return same[0].key
    return fitting[-1].key


def _shared(cast: Cast, s: Sentence, after: int) -> str | None:
    """ "X, Director, and Y, Officer, both of [Z]": the body of all persons before it."""
    clause = cast.content[after : s.span.end].partition(";")[0]
    match = SHARED.search(clause)
    body = match and next(iter(cast.inside("organisation", Span(after + match.end(), after + match.end() + 1))), None)
    if not match or body is None:
        return None
    others = [p for p in cast.inside("person", s.span) if after <= p.span.start < after + match.start()]
    return body.key if len(others) <= 2 else None


def has_office(cast: Cast, key: str, title: str) -> bool:
    """Whether an organisation is of a kind that has an office: an embassy has no director, a ministry no manager."""
    member = cast.members[key]
    names = " ".join(fold(name) for name in member.names)
    if NO_OFFICES.search(names):
        return False
    if SCHOOL_TITLES.search(title):
        return member.type == "EducationInstitution"
    if ABROAD_TITLES.search(title):
        return member.type in CLASSES_ABROAD and not MINISTRY.search(names)
    if FIRM_TITLES.search(title):
        return member.type in CLASSES_OF_FIRMS or (member.type == "GovernmentBody" and not MINISTRY.search(names))
    if ELECTED_TITLES.search(title):
        return member.type in CLASSES_ELECTING
    return True
