"""Appointments of persons: the office that each title names, and the organisation where it is held."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.annotators.gazetteer import fold
from ingest.annotators.names import Names
from ingest.annotators.titles import Role
from ingest.extractors.cast import BODIES, Cast
from ingest.extractors.spelling import normal, one_line
from ingest.lexicon.relations import any_of
from ingest.model import Span, Value

MINISTER = re.compile(r"(?:deputy |vice |vice-)?minister")
CAPITAL = re.compile(r"\b[a-z](?=[a-zé’'-]{3})")
SCHOOL_TITLES = re.compile(rf"\b{any_of('school_titles')}\b", re.I)
BODY_TITLES = re.compile(rf"\b{any_of('body_titles')}\b", re.I)
OWN_TITLES = re.compile(rf"\b{any_of('titles_without_body')}\b", re.I)
LED_BY = re.compile(r"\b(?:headed|led|represented|chaired)\s+by\s+(?:the\s+|its\s+)?$")
ITS = re.compile(r"\b(?:its|whose)\s+(?:current\s+|new\s+)?$")
FOR = re.compile(
    r"\b(?:[Oo]n the side of|[Aa]t|[Ff]rom|[Ff]or|[Oo]n behalf of|[Rr]epresenting)\s+(?:the\s+)?$",
)


@dataclass(frozen=True, slots=True)
class Held:
    """A title of a person as it stands in one place: the key of its organisation, and the span of the person's name."""

    role: Role
    organisation: str | None
    person: Span

    @property
    def title(self) -> str:
        """The title on one line; one in small letters gets capitals, so that "rector" and "Rector" are one office."""
        title = one_line(self.role.title).strip(" ,")
        return CAPITAL.sub(lambda m: m.group().upper(), title) if title.islower() else title

    @property
    def evidence(self) -> Span:
        """The name and the title."""
        return Span(min(self.person.start, self.role.span.start), max(self.person.end, self.role.span.end))


def extract(cast: Cast, names: Names) -> None:
    """Adds an appointment for every office that the text gives a person."""
    by_span = {m.span: m.key for m in cast.of_kind("person")}
    ministries = _Ministries(cast)
    offices: dict[str, list[Held]] = defaultdict(list)
    for p in names.persons:
        key = by_span.get(p.span)
        roles: tuple[Role, ...] = p.features.get("roles", ())
        if key is not None:
            offices[key] += [Held(role, _organisation(cast, role, ministries), p.span) for role in roles]
    for key, held in offices.items():
        if all(h.organisation is None for h in held):
            offices[key] = [Held(h.role, _nearby(cast, h.role, h.person), h.person) for h in held]
    for key, held in offices.items():
        for title, same in _distinct(held):
            _appoint(cast, key, title, same)


def _appoint(cast: Cast, person: str, title: str, same: Sequence[Held]) -> None:
    organisation = same[0].organisation
    key = f"appointment:{person.removeprefix('person:')}|{fold(title)}|{organisation or ''}"
    evidence = [h.evidence for h in same]
    member = cast.add(key, "Appointment", title, evidence[0], "appointment", "role/title", 0.9)
    member.details["holder"] = person
    confidence = 0.93 if organisation else 0.85
    cast.state(key, "holder", person, evidence, "role/holder", confidence)
    cast.state(key, "title", Value(title, language="en"), evidence, "role/title", confidence)
    if organisation:
        cast.state(key, "organisation", organisation, evidence, "role/organisation", confidence)


def _distinct(held: Sequence[Held]) -> Iterator[tuple[str, list[Held]]]:
    """The offices of a person with the places that tell of each; less exact titles of one office are left out."""
    chosen: dict[tuple[str, str | None], list[Held]] = {}
    for h in held:
        if h.organisation is None and (_told_better(h, held) or _bare(h, held)):
            continue
        chosen.setdefault((fold(h.title), h.organisation), []).append(h)
    titles: dict[str | None, list[str]] = defaultdict(list)
    for (_, organisation), same in chosen.items():
        title = same[0].title
        # "Representative" and "Representative in X" at one organisation are one office.
        if any(_one_in_other(title, other) for other in titles[organisation]):
            continue
        titles[organisation].append(title)
        yield title, same


def _told_better(h: Held, held: Sequence[Held]) -> bool:
    """True where another place gives nearly the same title with its organisation."""
    title = fold(h.role.title)
    return any(
        _head(o.role.title) == _head(h.role.title)
        or fold(o.role.title) in title
        or set(title.split()) <= set(fold(o.role.title).split())
        for o in held
        if o.organisation is not None
    )


def _bare(h: Held, held: Sequence[Held]) -> bool:
    """True for one or two words ("Deputy Head") of a person who has an office with an organisation."""
    lower = h.title.lower()
    stands_alone = "prime" in lower or "ambassador" in lower
    elsewhere = any(o.organisation is not None for o in held)
    return elsewhere and not h.role.portfolio and len(lower.split()) <= 2 and not stands_alone


def _one_in_other(one: str, other: str) -> bool:
    words, others = set(fold(one).split()), set(fold(other).split())
    return words <= others or others <= words


def _head(title: str) -> str:
    """A title without what it is the head of: "Deputy Director General for X" and "Deputy Director General"."""
    return " ".join(sorted(re.split(r"\b(?:of|for|in|at|to)\b", fold(title))[0].split()))


class _Ministries:
    """The ministries of a text by the field of each; looked up once a text."""

    def __init__(self, cast: Cast) -> None:
        self.names = {k: [normal(n) for n in m.names] for k, m in cast.members.items() if k.startswith("organisation:")}
        self.governmental = [k for k in self.names if cast.members[k].type == "GovernmentBody"]
        self.ministries = {
            k for k, forms in self.names.items() if any(f.startswith("ministry ") or " ministry " in f for f in forms)
        }

    def of_field(self, portfolio: str) -> list[str]:
        """The ministries of "labour", "education and training" ..."""
        field = normal(portfolio)
        inside = re.compile(rf"\b(?:ministry|department) {re.escape(field)}\b")
        return [
            k
            for k in self.governmental
            if any(f.endswith("ministry " + field) or inside.search(f) for f in self.names[k])
        ]


def _organisation(cast: Cast, role: Role, ministries: _Ministries) -> str | None:
    """The key of the organisation of an office; a minister's is the ministry of that field, where the text names it."""
    if role.organisation is not None:
        inside = [m for kind in BODIES for m in cast.ordered(kind).touching(role.organisation)]
        return max(inside, key=lambda m: m.span.end - m.span.start).key if inside else None
    lower = role.title.lower()
    if role.portfolio and re.search("minister|secretary", lower):
        fits = ministries.of_field(role.portfolio)
        if len(fits) > 1:
            nearest = [m for m in cast.of_kind("organisation") if m.key in fits]
            return min(nearest, key=lambda m: abs(m.span.start - role.span.start)).key
        return fits[0] if fits else None
    if not role.portfolio and MINISTER.fullmatch(lower) and len(ministries.ministries) == 1:
        return next(iter(ministries.ministries))
    return None


def _nearby(cast: Cast, role: Role, person: Span) -> str | None:
    """The body of an office that is named without one: of the side that is introduced, or named just before it."""
    s = cast.a.sentence_at(person.start)
    if s is None or OWN_TITLES.search(role.title):
        return None
    before = cast.inside("organisation", Span(s.span.start, role.span.start))
    lead = cast.content[s.span.start : role.span.start]
    if before and (LED_BY.search(lead) or ITS.search(lead)):
        return before[-1].key
    if SCHOOL_TITLES.search(role.title):
        schools = [m for m in cast.of_kind("organisation") if cast.members[m.key].type == "EducationInstitution"]
        return min(schools, key=lambda m: abs(m.span.start - role.span.start)).key if schools else None
    if not BODY_TITLES.search(role.title):
        return None
    if before:
        return before[0].key if FOR.search(cast.content[s.span.start : before[0].span.start]) else None
    last = cast.last("organisation", role.span.start)
    # Of the sentence before in the same paragraph.
    return last.key if last is not None and last.span.start >= s.line.span.start else None
