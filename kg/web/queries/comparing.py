"""/queries/NAME/changes: has the answer changed? And /queries/NAME/feed, which tells of each change."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, jsonify, render_template, request

from kg.changes import Changes, compare
from kg.engine import Table
from kg.errors import SavedQueryError
from kg.feeds import MEDIA_TYPE, atom
from kg.namespaces import DEFAULT_BASE, Addresses
from kg.saved import Run, cells
from kg.web.live import View
from kg.web.negotiation import wants_page
from kg.web.queries.asked import Asked, asked_of
from kg.web.queries.blueprint import blueprint
from kg.web.queries.lasting import tagged
from kg.web.results import grid
from kg.web.site import site, view_on

_MOST_ROWS = 20_000
_SHOWN = 200  # rows of each kind on a page
_RUNS = 30


@blueprint.get("/<reference>/changes", defaults={"ending": ""})
@blueprint.get("/<reference>/changes.<ending>")
def changes(reference: str, ending: str) -> Response:
    """The rows that came and went since the release of the address; without one, which releases there are to choose."""
    asked = asked_of(reference)
    if ending not in {"", "json"}:
        raise SavedQueryError(f"changes come as a page or as .json, not as .{ending[:20]}")
    as_page = not ending and wants_page(request)
    now = view_on(site().live.view().release.number)
    runs = site().library.runs(asked.query.name, _RUNS)
    found = None
    if asked.by_release and asked.release != now.release.number:
        found = _compared(asked, now)
    elif not as_page and not asked.by_release:
        raise SavedQueryError("changes needs the release to compare with, such as release=1")
    if not as_page:
        response = jsonify(_as_json(asked, now, found))
        response.headers["Cache-Control"] = "no-cache"
        return response
    shown = {}
    if found is not None:
        shown = {
            "added": _grid(now, found.added),
            "removed": _grid(asked.view, found.removed),
        }
    page = render_template(
        "queries/changes.html",
        asked=asked,
        query=asked.query,
        now=now.release,
        found=found,
        runs=runs,
        **shown,
    )
    return Response(page, headers={"Cache-Control": "no-cache"})


def _compared(asked: Asked, now: View) -> Changes:
    text = asked.text
    return compare(asked.view.engine.select(text, limit=_MOST_ROWS), now.engine.select(text, limit=_MOST_ROWS))


def _grid(view: View, table: Table) -> object:
    shown = replace(table, rows=table.rows[:_SHOWN], complete=len(table.rows) <= _SHOWN)
    return grid(view, shown, headings_in_words=True)


def _as_json(asked: Asked, now: View, found: Changes | None) -> dict[str, object]:
    """What differs. `found` is None where the release is the current one: nothing does."""
    return {
        "query": asked.query.name,
        "version": asked.version,
        "before": asked.release,
        "now": now.release.number,
        "changed": found is not None and found.changed,
        "same": None if found is None else found.same,
        "columns": None if found is None else list(found.added.columns),
        "columnsAdded": [] if found is None else list(found.columns_added),
        "columnsRemoved": [] if found is None else list(found.columns_removed),
        "added": [] if found is None else [cells(row) for row in found.added.rows],
        "removed": [] if found is None else [cells(row) for row in found.removed.rows],
        "complete": found is None or found.complete,
    }


@blueprint.get("/<reference>/feed")
@blueprint.get("/<reference>/feed.atom", endpoint="feed_atom")
def feed(reference: str) -> Response:
    """The changes of the answer at each release, as an Atom feed. The answers are those with the defaults."""
    asked = asked_of(reference)
    query = asked.query
    base = str(asked.view.base or DEFAULT_BASE)
    plain = replace(asked, values={})

    body = atom(
        query,
        site().library.runs(query.name, _RUNS),
        page=plain.address(version=False, release=False, external=True),
        feed=plain.address("/feed.atom", version=False, release=False, external=True),
        identity=str(Addresses(base).graph("")).removesuffix("graph/"),
        changes=lambda run: _address(plain, run),
    )
    return tagged(Response(body, content_type=MEDIA_TYPE), asked)


def _address(asked: Asked, run: Run) -> str:
    """Where an entry of the feed leads: to what changed since the release before, or to the answer."""
    of_version = replace(asked, query=replace(asked.query, version=run.version))
    if run.before is None:
        return of_version.address(version=True, release=False, external=True)
    address = of_version.address("/changes", version=True, release=False, external=True)
    return f"{address}?release={run.before}"
