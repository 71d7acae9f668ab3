"""Projects of a document: each with its names and short names, and the bodies that its name shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from ingest.annotators.names import Names
from ingest.extractors import anaphors, fact_boxes, project_deeds, project_roles, project_times
from ingest.extractors.cast import Cast
from ingest.extractors.focus import page_project, topic
from ingest.extractors.project_mentions import named_again
from ingest.extractors.project_owners import owners
from ingest.extractors.spelling import normal, one_line
from ingest.model import Annotation, Span

CONFIDENCE = {"project/described": 0.6, "project/apposition": 0.75, "project/capitalised": 0.85, "project/listed": 0.8}
NAMED = 0.9
"""The confidence of the rules that are not in CONFIDENCE."""
NOUN = re.compile(r"\s+(?:project|program|campaign|scheme|initiative)$")
BRACKET_NAME = re.compile(r"[”\"’]?\s*\(([A-Z][\w&+-]{1,14})\)")
HEAD_BEHIND = re.compile(r"\s+([a-z]+)\b")
BEFORE_COLON = re.compile(r"((?=\S*[A-Z])\S+(?:\s\S+){1,4}):\s")
""" "Safe Ways: Better laws for ...": also known by what stands before the colon."""
FEW_WORDS = 3
SILENT = ("boilerplate", "field", "caption")
"""Kinds of lines that are not read as sentences on projects."""


def extract(cast: Cast, names: Names) -> None:
    """Adds the projects of the text to the cast, with the roles of organisations, places, dates and durations."""
    placed, shorts = _keys(cast, names)
    for key, same in placed.items():
        _add(cast, key, same, names)
    full = {one_line(str(p.value)): key for key, same in placed.items() for p in same}
    named_again(cast, full, {form: (key, _spelling(cast, key, form)) for form, key in shorts.items()})
    for m in list(cast.of_kind("project")):
        owners(cast, m)
    anaphors.projects(cast)
    cast.page, cast.topic = page_project(cast), topic(cast)
    fact_boxes.extract(cast)
    for s in cast.a.sentences:
        if s.line.kind not in SILENT:
            project_roles.extract(cast, s)
            project_deeds.extract(cast, s)
            project_times.extract(cast, s)
    project_times.settle(cast)


def _keys(cast: Cast, names: Names) -> tuple[Mapping[str, list[Annotation]], Mapping[str, str]]:
    """The mentions of each project by its key, the fullest name first, and the keys by the forms of short names."""
    by_begin: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    by_end: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    shorts: dict[str, str] = {}
    placed: dict[str, list[Annotation]] = defaultdict(list)
    for p in sorted(names.projects, key=lambda p: (-len(str(p.value).split()), p.span)):
        form = _form(str(p.value))
        alike, ends = by_begin[tuple(form.split()[:2])], by_end[tuple(form.split()[-2:])]
        kin = (key for other, key in alike.items() if _kin(cast, form, other))
        longer = (key for other, key in ends.items() if _without_first(cast, form, other))
        key = shorts.get(form) or alike.get(form) or next(kin, "") or next(longer, f"project:{form}")
        alike[form] = ends[form] = key
        placed[key].append(p)
        for short in _shorts(cast, p, names):
            shorts[normal(short)] = key
    return placed, shorts


def _form(name: str) -> str:
    """The form in which names of projects are compared: without "project" at the end."""
    return NOUN.sub("", normal(name))


def _kin(cast: Cast, one: str, two: str) -> bool:
    """One form, of three words or more, is the begin of the other; of two, where only a place follows."""
    short, long = sorted((one, two), key=len)
    if not long.startswith(short):
        return False
    words = len(short.split())
    return words >= 3 or (words == 2 and bool(cast.a.gazetteer.places(long[len(short) :].strip())))


def _without_first(cast: Cast, form: str, long: str) -> bool:
    """A form is the end of a longer one that begins with a place: "Skills for Growth", "Kenya Skills for Growth"."""
    rest = long[: -len(form)].strip() if long.endswith(f" {form}") else ""
    return bool(rest) and len(form.split()) >= 2 and bool(cast.a.gazetteer.places(rest))


def _add(cast: Cast, key: str, same: list[Annotation], names: Names) -> None:
    first = same[0]
    for p in same:
        alike = _form(str(p.value)) == _form(str(first.value))
        name = one_line(str(first.value if alike else p.value))
        member = cast.add(key, "Project", name, p.span, "project", p.rule, CONFIDENCE.get(p.rule, NAMED))
        for short in (*_shorts(cast, p, names), *_with_head(cast, p)):
            member.names.setdefault(short, 1)


def _with_head(cast: Cast, p: Annotation) -> list[str]:
    """ "Jobs & Growth programme": a short name is also known with its head."""
    head = HEAD_BEHIND.match(cast.content, p.span.end) if p.features.get("head") else None
    few = len(str(p.value).split()) <= FEW_WORDS
    return [one_line(f"{p.value} {head[1]}")] if head and few else []


def _shorts(cast: Cast, p: Annotation, names: Names) -> list[str]:
    """The short names that the text gives with a name of a project."""
    found = []
    short = p.features.get("short")
    if isinstance(short, Span):
        text = cast.a.words(short)
        if not cast.a.gazetteer.known(text) or len(text) > 6:
            found.append(text)
    before_colon = BEFORE_COLON.match(str(p.value))
    if before_colon:
        found.append(before_colon[1])
    for long, abbreviation in names.definitions:
        inside = p.span.start <= long.start and long.end <= p.span.end + 1
        if inside and long.end - long.start > 0.6 * (p.span.end - p.span.start):
            found.append(cast.a.words(abbreviation))
    if p.rule.startswith("project/page-title"):
        # "Title: Name (N)", below the heading "Name".
        again = re.search(re.escape(str(p.value)) + BRACKET_NAME.pattern, cast.content)
        found += [again[1]] if again else []
    bracket = BRACKET_NAME.match(cast.content[p.span.end : p.span.end + 20])
    if bracket and (bracket[1][0] == str(p.value)[:1].upper() or not _body(cast, bracket[1])):
        found.append(bracket[1])
    return list(dict.fromkeys(found))


def _body(cast: Cast, word: str) -> bool:
    """True for the short name of an organisation: "X (ILO) project" says whose X is."""
    return cast.named("organisation", word) is not None or bool(cast.a.gazetteer.known(word))


def _spelling(cast: Cast, key: str, form: str) -> str:
    """The short name of a project as the text spells it."""
    return next((n for n in cast.members[key].names if normal(n) == form), form)
