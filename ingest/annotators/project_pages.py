"""Pages about one project: the project that a page with a fact box names in its title or in a field."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Analysis
from ingest.annotators.structure import Line
from ingest.model import Annotation, Span

FEWEST_FIELDS = 3
NAME_FIELD = re.compile(r"\s*(?:project|programme|program)(?:'s)?\s*(?:title|name)?\s*:\s+", re.I)
CODE = re.compile(r"[A-Z]{2,4}/?\d+\s*[-–:]\s*")
ABBREVIATION = re.compile(r"\(([A-Z][\w&+-]{1,15})\)")
ABBREVIATION_AT_END = re.compile(r"\s*\(([A-Z][\w&+-]{1,15})\)\s*$")
AFTER_NAME = re.compile(r"\s\(|\s[-–|:]\s|\s+in\s+[A-Z]")


def page_project(a: Analysis) -> Annotation | None:
    """A page with a fact box (Donor, Duration, Partners ...) is about the project that its title names."""
    fields = [line for line in a.layout.lines if line.kind == "field" and line.entry is None]
    if len(fields) < FEWEST_FIELDS:
        return None
    named = next((found for line in fields if (found := _of_field(a, line))), None)
    return named or _of_title(a)


def _of_field(a: Analysis, line: Line) -> Annotation | None:
    """ "Project title: Better Skills for Youth (BSY)"."""
    content, span = a.text.content, line.span
    name = NAME_FIELD.match(content, span.start, span.end)
    if name is None:
        return None
    short = ABBREVIATION_AT_END.search(content, name.end(), span.end)
    end = short.start() if short else span.end
    return _project(a, name.end(), end, Span(*short.span(1)) if short else None)


def _of_title(a: Analysis) -> Annotation | None:
    """The title without a code before the name, and without what follows it."""
    title = a.layout.title
    if title is None:
        return None
    content = a.text.content
    code = CODE.match(content, title.start, title.end)
    start = code.end() if code else title.start
    after = AFTER_NAME.search(content, start, title.end)
    short = ABBREVIATION.search(content, title.start, title.end)
    return _project(a, start, after.start() if after else title.end, Span(*short.span(1)) if short else None)


def _project(a: Analysis, start: int, end: int, short: Span | None) -> Annotation:
    return Annotation(Span(start, end), "project", a.text.content[start:end], "project/page-title", {"short": short})
