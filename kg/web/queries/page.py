"""The page of a saved query: its form, its answer, and the ways to take, cite, share and change it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, current_app, render_template, request

from kg.accounts import EDITOR
from kg.engine import GRAPH_FORMATS, Format, Table
from kg.errors import KGError
from kg.web.negotiation import ROW_FORMATS
from kg.web.problems import dress, problem_of
from kg.web.protocol import shape_of
from kg.web.queries.asked import Asked
from kg.web.queries.form import fields
from kg.web.queries.paging import Part, count, cut, links, pages, part_of
from kg.web.queries.standing import standing
from kg.web.queries.text import plain, rendered
from kg.web.results import Grid, grid
from kg.web.site import site
from kg.web.who import current_user

_COUNTING = 2.0  # seconds that a page waits to know how many rows there are
_EMBEDDED = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors *; form-action 'self'"
"""The Content-Security-Policy of what other sites may show inside of theirs."""
# The pages and pictures about a query, where there are such: endpoint -> ending of the address, words.
_ABOUT = {
    "queries.cite": ("/cite", "Cite it"),
    "queries.changes": ("/changes", "Has the answer changed?"),
    "queries.feed": ("/feed", "Follow its changes (Atom)"),
    "queries.history": ("/history", "Versions"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows that a page shows. `total` is None where nobody knows it, `more` says whether rows follow."""

    grid: Grid
    part: Part
    total: int | None
    more: bool
    formats: Sequence[Format]

    @property
    def first(self) -> int:
        """The number of the first row, from 1."""
        return self.part.start + 1

    @property
    def last(self) -> int:
        """The number of the last row."""
        return self.part.start + len(self.grid.rows)

    @property
    def pages(self) -> int | None:
        """How many pages there are, None where nobody knows."""
        return None if self.total is None else pages(self.total, self.part.size)


def show(asked: Asked) -> Response:
    """The page. Wrong values and queries that fail are told on it."""
    shown = problem = None
    began = time.perf_counter()
    try:
        shown = _shown(asked, part_of(request.args) or Part())
    except KGError as error:
        problem = problem_of(error)
    embedded = request.args.get("embed", "") not in {"", "0"} and asked.shared
    user = current_user()
    library = site().library
    page = render_template(
        "queries/embedded.html" if embedded else "queries/one.html",
        asked=asked,
        query=asked.query,
        about=rendered(asked.query.description),
        in_short=plain(asked.query.description),
        fields=fields(asked, problem.detail if problem else ""),
        shown=shown,
        problem=problem,
        seconds=time.perf_counter() - began,
        chart=_is_there("queries.chart_svg") and asked.query.view.kind != "table",
        picture=_is_there("queries.chart_png"),
        why=_is_there("queries.why"),
        further=[
            (asked.address(end), words) for name, (end, words) in _ABOUT.items() if name in current_app.view_functions
        ],
        feed=_is_there("queries.feed"),
        current=site().live.view().release,
        newest=_newest(asked),
        broken=standing(asked.view, asked.query),
        user=user,
        may_save=library.may_save(asked.query.name, user) and not asked.query.deleted,
        may_pin=user is not None and user.may(EDITOR),
        pin=_pin(asked) if user else None,
        shape=shape_of(request),
    )
    response = Response(page, problem.status if problem else 200)
    response.vary.add("Accept")
    if embedded:
        response.headers["Content-Security-Policy"] = _EMBEDDED
    if shown and shown.formats is not GRAPH_FORMATS and (shown.more or shown.part.number > 1):
        response.headers["Link"] = links(asked, shown.part, shown.total, shown.more)
    return dress(response, problem) if problem else response


def _is_there(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def _shown(asked: Asked, part: Part) -> Shown:
    text, engine = asked.run, asked.view.engine
    # The first part needs no other text, so errors are told at their place in the text as it was written.
    table = engine.select(text if part.number == 1 else cut(text, part.start, part.size + 1), limit=part.size)
    is_graph = table.form == "graph"
    total = None if is_graph and not table.complete else _total(asked, text, part, table)
    return Shown(
        grid(asked.view, table, headings_in_words=True, language=shape_of(request).labels),
        part,
        total,
        not table.complete,
        GRAPH_FORMATS if is_graph else ROW_FORMATS,
    )


def _total(asked: Asked, text: str, part: Part, table: Table) -> int | None:
    if table.complete and (table.rows or part.number == 1):
        return part.start + len(table.rows)
    return count(asked.view, text, _COUNTING)


def _newest(asked: Asked) -> int:
    """The number of the last version."""
    if asked.query.latest:
        return asked.version
    return site().library.history(asked.query.name, current_user())[0].number


def _pin(asked: Asked) -> object:
    """What holds this version to this release, None where nothing does."""
    pins = site().library.pins(asked.release, asked.query.name)
    return next((pin for pin in pins if pin.version == asked.version), None)
