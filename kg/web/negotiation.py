"""Which format an asker gets: by `format=`, by the ending of the address, or by the Accept header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Request
from werkzeug.datastructures import MIMEAccept

from kg.engine import GRAPH_FORMATS, SOLUTION_FORMATS, Format, Wanted, by_name
from kg.errors import AnswerFormatError

XLSX = Format(
    "xlsx",
    "Excel",
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
)
"""The format of rows that this server writes itself (see `kg.web.tables`); all others are the store's."""
ROW_FORMATS = (*SOLUTION_FORMATS, XLSX)
"""The formats of SELECT and ASK, the one that is taken when all are welcome first."""
_PAGES = ("text/html", "application/xhtml+xml")
_ANYTHING = MIMEAccept([("*/*", 1)])


@dataclass(frozen=True, slots=True)
class Choice:
    """What the asker gets: a page, or an answer in one of the formats of `wanted` with the media type it asked for."""

    page: bool
    wanted: Wanted
    solutions_type: str = ""
    graph_type: str = ""


def choose(request: Request, name: str | None = None) -> Choice:
    """The choice for `request`, by the format called `name` where one is named.

    AnswerFormatError where there is no such format, or none that the Accept header takes.
    """
    name = name or request.args.get("format") or request.form.get("format")
    if name and name.lower() in {"html", *_PAGES}:
        return Choice(page=True, wanted=Wanted(None, None))
    if name:
        wanted = _named(name)
        return Choice(False, wanted, _own_type(wanted.solutions), _own_type(wanted.graph))
    accept = _accepted(request) or _ANYTHING
    solutions, solutions_type = _best(accept, ROW_FORMATS)
    graph, graph_type = _best(accept, GRAPH_FORMATS)
    page = wants_page(request)
    if not (page or solutions or graph):
        raise AnswerFormatError(
            f"there is no format for Accept: {accept.to_header()}; there are {', '.join(offered())}"
        )
    return Choice(page, Wanted(solutions, graph), solutions_type, graph_type)


def offered() -> tuple[str, ...]:
    """The media types that there are, each format by its own."""
    return (*(format.media_types[0] for format in (*ROW_FORMATS, *GRAPH_FORMATS)), _PAGES[0])


def _named(name: str) -> Wanted:
    """The formats called `name`: a name, an alias or a media type."""
    name = name.lower().partition(";")[0].strip().replace(" ", "+")  # a plus sign of an address may come as a blank
    if name == XLSX.name:
        return Wanted(XLSX, None)
    if "/" not in name:
        return by_name(name)
    wanted = Wanted(_of_type(ROW_FORMATS, name), _of_type(GRAPH_FORMATS, name))
    if wanted == Wanted(None, None):
        raise AnswerFormatError(f"there is no format {name!r}; there are {', '.join(offered())}")
    return wanted


def _of_type(formats: Sequence[Format], kind: str) -> Format | None:
    return next((format for format in formats if kind in format.media_types), None)


def wants_page(request: Request) -> bool:
    """Whether the asker is a browser: it names HTML, and names no format of data that it likes as much."""
    accept = _accepted(request)
    page = max((quality for kind, quality in accept if kind in _PAGES), default=0)
    data = {kind for format in (*ROW_FORMATS, *GRAPH_FORMATS) for kind in format.media_types}
    return page > max((quality for kind, quality in accept if kind in data), default=0)


def _accepted(request: Request) -> MIMEAccept:
    """The Accept header without parameters of its types: `text/turtle; charset=utf-8` asks for text/turtle."""
    return MIMEAccept([(kind.partition(";")[0].strip(), quality) for kind, quality in request.accept_mimetypes])


def _own_type(format: Format | None) -> str:
    return format.content_type if format else ""


def _best(accept: MIMEAccept, formats: Sequence[Format]) -> tuple[Format | None, str]:
    """The format that is liked most, the first of several, and the media type to call it."""
    best, best_type, best_quality = None, "", 0.0
    for format in formats:
        for kind in format.media_types:
            if accept.quality(kind) > best_quality:
                own = kind == format.media_types[0]
                best, best_type, best_quality = format, format.content_type if own else kind, accept.quality(kind)
    return best, best_type
