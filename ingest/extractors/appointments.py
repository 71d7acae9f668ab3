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
from ingest.extractors.offices import body_nearby
from ingest.extractors.spelling import normal, one_line
from ingest.model import Span, Value

MINISTER = re.compile(
    r"(?:first |acting )?(?:deputy |vice |vice-|state |cabinet )?minister(?: of state)?"
    r"|(?P<clerk>(?:permanent|principal|state) secretary)"
)
"""Offices of a ministry, in small letters."""
FIELD_BEFORE = re.compile(r"(?:(?:deputy|vice|state|union|federal|cabinet|former)\s+)*(.{4,}?)\s+minister\b")
""" "Human Resources Minister"."""
CAPITAL = re.compile(r"\b[a-z](?=[a-zé’'-]{3})")


@dataclass(frozen=True, slots=True)
class Held:
    """A title of a person as it stands in one place: the key of its organisation, and the span of the person's name.

    `nearby` is true where the organisation is not beside the title: the words around told it.
    """

    role: Role
    organisation: str | None
    person: Span
    nearby: bool = False

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
        if all(h.organisation is None and not _of_stranger(cast, h.role) for h in held):
            offices[key] = [
                Held(h.role, body_nearby(cast, h.role.title, h.role.span, h.person), h.person, True) for h in held
            ]
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
        nearby = all(h.nearby for h in same)
        rule, sure = ("role/organisation-nearby", 0.8) if nearby else ("role/organisation", confidence)
        cast.state(key, "organisation", organisation, evidence, rule, sure)


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
        self.names = {k: _forms(cast, k) for k in cast.members if k.startswith("organisation:")}
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


def _forms(cast: Cast, key: str) -> list[str]:
    """The forms of an organisation's names; a bare abbreviation that is known goes by its full name too."""
    member = cast.members[key]
    entity = cast.a.gazetteer.by_iri.get(member.reference or "")
    spelled = [entity.label] if entity is not None and all(n.isupper() or " " not in n for n in member.names) else []
    return [normal(n) for n in (*member.names, *spelled)]


def _of_stranger(cast: Cast, role: Role) -> bool:
    """True where an office is held at a body that has a name of its own, but none that was taken for one."""
    body = role.organisation
    return body is not None and cast.content[max(0, body.start - 4) : body.start] == " at "


def _organisation(cast: Cast, role: Role, ministries: _Ministries) -> str | None:
    """The key of the organisation of an office; a minister's is the ministry of that field, where the text names it."""
    if role.organisation is not None:
        inside = [m for kind in BODIES for m in cast.ordered(kind).touching(role.organisation)]
        return max(inside, key=lambda m: m.span.end - m.span.start).key if inside else None
    lower = role.title.lower()
    before = FIELD_BEFORE.match(lower)
    if before and not role.portfolio and len(fits := ministries.of_field(before[1])) == 1:
        return fits[0]
    if role.portfolio and re.search("minister|secretary", lower):
        fits = ministries.of_field(role.portfolio)
        if len(fits) > 1:
            nearest = [m for m in cast.of_kind("organisation") if m.key in fits]
            return min(nearest, key=lambda m: abs(m.span.start - role.span.start)).key
        return fits[0] if fits else None
    office = MINISTER.fullmatch(lower)
    if role.portfolio or not office:
        return None
    definite = re.search(r"\b(?:[Tt]he|[Ii]ts)\s+$", cast.content[max(0, role.span.start - 8) : role.span.start])
    if office["clerk"] and not definite:
        return None
    if len(ministries.ministries) == 1 and not office["clerk"]:
        return next(iter(ministries.ministries))
    return _ministry_of_paragraph(cast, role.span, ministries)


def _ministry_of_paragraph(cast: Cast, role: Span, ministries: _Ministries) -> str | None:
    """The only ministry that the paragraph names before an office."""
    s = cast.a.sentence_at(role.start)
    before = cast.inside_any(BODIES, Span(s.line.span.start, role.start)) if s is not None else []
    named = {m.key for m in before if m.key in ministries.ministries}
    return named.pop() if len(named) == 1 else None
