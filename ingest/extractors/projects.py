"""Projects of a document: each with its names and short names, and the bodies that its name shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from ingest.annotators.names import Names
from ingest.extractors import anaphors, fact_boxes, project_roles, project_times
from ingest.extractors.cast import Cast
from ingest.extractors.focus import page_project, topic
from ingest.extractors.project_owners import owners
from ingest.extractors.spelling import normal, one_line
from ingest.model import Annotation, Span

CONFIDENCE = {"project/described": 0.6, "project/apposition": 0.75, "project/capitalised": 0.85}
NAMED = 0.9
"""The confidence of the rules that are not in CONFIDENCE."""
NOUN = re.compile(r"\s+(?:project|program|campaign|scheme|initiative)$")
BRACKET_NAME = re.compile(r"[”\"’]?\s*\(([A-Z][\w&+-]{1,14})\)")
SILENT = ("boilerplate", "field", "caption")
"""Kinds of lines that are not read as sentences on projects."""


def extract(cast: Cast, names: Names) -> None:
    """Adds the projects of the text to the cast, with the roles of organisations, places, dates and durations."""
    placed, shorts = _keys(cast, names)
    for key, same in placed.items():
        _add(cast, key, same, names)
    _short_names(cast, shorts)
    for m in list(cast.of_kind("project")):
        owners(cast, m)
    anaphors.projects(cast)
    cast.page, cast.topic = page_project(cast), topic(cast)
    fact_boxes.extract(cast)
    for s in cast.a.sentences:
        if s.line.kind not in SILENT:
            project_roles.extract(cast, s)
            project_times.extract(cast, s)


def _keys(cast: Cast, names: Names) -> tuple[Mapping[str, list[Annotation]], Mapping[str, str]]:
    """The mentions of each project by its key, the fullest name first, and the keys by the forms of short names."""
    by_begin: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    shorts: dict[str, str] = {}
    placed: dict[str, list[Annotation]] = defaultdict(list)
    for p in sorted(names.projects, key=lambda p: (-len(str(p.value).split()), p.span)):
        form = _form(str(p.value))
        alike = by_begin[tuple(form.split()[:2])]
        kin = (key for other, key in alike.items() if _kin(form, other))
        key = shorts.get(form) or alike.get(form) or next(kin, f"project:{form}")
        alike[form] = key
        placed[key].append(p)
        for short in _shorts(cast, p, names):
            shorts[normal(short)] = key
    return placed, shorts


def _form(name: str) -> str:
    """The form in which names of projects are compared: without "project" at the end."""
    return NOUN.sub("", normal(name))


def _kin(one: str, two: str) -> bool:
    """One form, of three words or more, is the begin of the other."""
    short, long = sorted((one, two), key=len)
    return len(short.split()) >= 3 and long.startswith(short)


def _add(cast: Cast, key: str, same: list[Annotation], names: Names) -> None:
    first = same[0]
    for p in same:
        alike = _form(str(p.value)) == _form(str(first.value))
        name = one_line(str(first.value if alike else p.value))
        member = cast.add(key, "Project", name, p.span, "project", p.rule, CONFIDENCE.get(p.rule, NAMED))
        for short in _shorts(cast, p, names):
            member.names.setdefault(short, 1)


def _shorts(cast: Cast, p: Annotation, names: Names) -> list[str]:
    """The short names that the text gives with a name of a project."""
    found = []
    short = p.features.get("short")
    if isinstance(short, Span):
        text = cast.a.words(short)
        if not cast.a.gazetteer.known(text) or len(text) > 6:
            found.append(text)
    for long, abbreviation in names.definitions:
        inside = p.span.start <= long.start and long.end <= p.span.end + 1
        if inside and long.end - long.start > 0.6 * (p.span.end - p.span.start):
            found.append(cast.a.words(abbreviation))
    bracket = BRACKET_NAME.match(cast.content[p.span.end : p.span.end + 20])
    if bracket and (bracket[1][0] == str(p.value)[:1].upper() or not _body(cast, bracket[1])):
        found.append(bracket[1])
    return list(dict.fromkeys(found))


def _body(cast: Cast, word: str) -> bool:
    """True for the short name of an organisation: "X (ILO) project" says whose X is."""
    return cast.named("organisation", word) is not None or bool(cast.a.gazetteer.known(word))


def _short_names(cast: Cast, shorts: Mapping[str, str]) -> None:
    """The other places where the short name of a project stands alone."""
    projects = cast.ordered("project")
    for short, key in shorts.items():
        words = next((n for n in cast.members[key].names if normal(n) == short), short)
        for match in re.finditer(rf"(?<![\w-]){re.escape(words)}(?![\w-])", cast.content):
            span = Span(*match.span())
            if projects.covering(span.start) or not cast.content[span.start].isupper():
                continue
            s = cast.a.sentence_at(span.start)
            if s is None or s.line.kind == "boilerplate":
                cast.reject(span, "project", "a short name in lines that belong to the page, not to the text")
                continue
            cast.add(key, "Project", words, span, "project", "project/short", 0.85)
