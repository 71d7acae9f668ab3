"""Pages with fact boxes: the project that the title or a field names, or the heading of each of several boxes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ingest.annotators.analysis import Analysis
from ingest.annotators.fields import Field
from ingest.model import Annotation, Span

FEWEST_FIELDS, FEWEST_BOXES = 3, 2
NAME_FIELD = re.compile(
    r"\s*(?:[-•*]\s*)?(?:(?:the\s+)?(?:official|full|project|programme|program)(?:'s)?\s*(?:title|name)|"
    r"project|programme|program|title|name|(?:title|name) of (?:the )?(?:project|programme|program))\s*:?\s*",
    re.I,
)
CODE = re.compile(r"(?:[A-Z]{2,4}/?\d+\s*[-–:]|(?:Project\s+)?(?:Title|Name)\s*:)\s*")
ABBREVIATION = re.compile(r"\(([A-Z][\w&+-]{1,15})\)")
ABBREVIATION_AT_END = re.compile(r"\s*\(([A-Z][\w&+-]{1,15})\)\s*$")
AFTER_NAME = re.compile(r"\s\(|\s[-–|:]\s|\s+in\s+[A-Z][\w-]+(?:,?\s(?:and\s)?[A-Z][\w-]+){0,3}\s*(?=$|[-–|:(])")


NUMBER = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[-•*–])\s+")


def page_projects(a: Analysis) -> list[Annotation]:
    """The projects that the fact boxes of a page are about."""
    headed = list(_headings(a, [f for f in a.layout.fields if a.layout.entry_at(f.label.start) is None]))
    if len(headed) >= FEWEST_BOXES:
        return headed
    page = _page_project(a)
    return [page] if page else []


def _headings(a: Analysis, fields: Sequence[Field]) -> Iterator[Annotation]:
    """The headings that stand right above boxes of two fields or more."""
    starts = [line.span.start for line in a.layout.lines]
    for n, field in enumerate(fields[:-1]):
        at = bisect_left(starts, field.label.start)
        at = at if at < len(starts) and starts[at] == field.label.start else at - 1
        above = a.layout.lines[at - 1] if at > 0 else None
        more = a.text.content[field.value.end : fields[n + 1].label.start].strip(" \n|•*-") == ""
        if above is None or above.kind != "heading" or not more:
            continue
        content, span = a.text.content, above.span
        if content.count("\n", span.end, field.label.start) == 1:
            number = NUMBER.match(content, span.start, span.end)
            start = number.end() if number else span.start
            after = AFTER_NAME.search(content, start, span.end)
            end = after.start() if after else span.end
            short = ABBREVIATION.search(content, start, span.end)
            features = {"short": Span(*short.span(1)) if short else None}
            if len(content[start:end].split()) >= 2:
                yield Annotation(Span(start, end), "project", content[start:end], "project/page-title-box", features)


def _page_project(a: Analysis) -> Annotation | None:
    """A page with a fact box (Donor, Duration, Partners ...) is about the project that its title names."""
    fields = [f for f in a.layout.fields if a.layout.entry_at(f.label.start) is None]
    if len(fields) < FEWEST_FIELDS:
        return None
    named = next((found for f in fields if (found := _of_field(a, f))), None)
    return named or _of_title(a)


def _of_field(a: Analysis, field: Field) -> Annotation | None:
    """ "Project title: Better Skills for Youth (BSY)"."""
    content, value = a.text.content, field.value
    if not NAME_FIELD.fullmatch(content, field.label.start, field.label.end) or "\n" in a.words(value):
        return None
    short = ABBREVIATION_AT_END.search(content, value.start, value.end)
    return _project(a, value.start, short.start() if short else value.end, Span(*short.span(1)) if short else None)


def _of_title(a: Analysis) -> Annotation | None:
    """The title without a code before the name, and without what follows it."""
    title = a.layout.title
    if title is None:
        return None
    content = a.text.content
    code = CODE.match(content, title.start, title.end)
    start = code.end() if code else title.start
    short = ABBREVIATION.search(content, title.start, title.end)
    closing = ABBREVIATION_AT_END.search(content, start, title.end)
    # A short name at the end of "Place - Name (N)" is that of all before it.
    after = closing if closing else AFTER_NAME.search(content, start, title.end)
    return _project(a, start, after.start() if after else title.end, Span(*short.span(1)) if short else None)


def _project(a: Analysis, start: int, end: int, short: Span | None) -> Annotation:
    return Annotation(Span(start, end), "project", a.text.content[start:end], "project/page-title", {"short": short})
