"""What the routes on saved queries do. What the asker may not see looks as if it were not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.accounts import EDITOR
from kg.errors import SavedQueryError
from kg.saved import SavedQuery
from kg.web.api import shapes
from kg.web.api.route import Created
from kg.web.queries.asked import Asked
from kg.web.site import site, view, view_on
from kg.web.who import current_user, require

_ROWS = 1000
_MOST_ROWS = 100_000
_RUNS = 50


def listing(tag: str | None = None, deleted: bool = False) -> shapes.Json:
    """The queries that the asker may see."""
    found = site().library.list(current_user(), tag=tag, deleted=deleted)
    return {"queries": [shapes.query_summary(query) for query in found]}


def show(name: str) -> shapes.Json:
    """A query as it stands."""
    return shapes.whole_query(_find(name))


def show_version(name: str, version: int) -> shapes.Json:
    """A query as it was."""
    return shapes.whole_query(_find(name, version))


def history(name: str) -> shapes.Json:
    """All versions of a query."""
    return {"versions": [shapes.version(one) for one in site().library.history(name, current_user())]}


def save(name: str, body: Mapping[str, Any]) -> shapes.Json | Created:
    """Save a new query, or the next version of one."""
    based_on = body.get("based_on")
    user = require(EDITOR)
    view().engine.check(body["text"])
    saved = site().library.save(name, body["text"], user, why=body.get("why", ""), based_on=based_on)
    made = shapes.version(saved)
    return Created(made) if based_on is None and saved.number == 1 else made


def delete(name: str, why: str = "") -> None:
    """Delete a query. Its versions stay."""
    site().library.delete(name, current_user(), why)


def restore(name: str, body: Mapping[str, Any]) -> shapes.Json:
    """Undo that."""
    return shapes.version(site().library.restore(name, current_user(), body.get("why", "")))


def ask(name: str, body: Mapping[str, Any]) -> shapes.Json:
    """The answer of a query."""
    query = _find(name, body.get("version"))
    release = body.get("release")
    values = {parameter: _typed(value) for parameter, value in body.get("parameters", {}).items()}
    current = view_on(release)
    asked = Asked(query, values, current, body.get("version") is not None, release is not None)
    table = current.engine.select(asked.run, limit=min(body.get("limit", _ROWS), _MOST_ROWS))
    return shapes.answer(query, current.release.number, table)


def runs(name: str, limit: int = _RUNS) -> shapes.Json:
    """What a query gave on each release."""
    library = site().library
    library.history(name, current_user())  # so that it is unknown to whom it is not for
    return {"runs": [shapes.run(one) for one in library.runs(name, min(limit, _ROWS))]}


def runs_on(release: int, broken: bool = False) -> shapes.Json:
    """What the queries gave on a release."""
    found = site().library.broken(release) if broken else site().library.runs_on(release)
    return {"runs": [shapes.run(one) for one in found if may_see(one.name)]}


def may_see(name: str) -> bool:
    """Whether the query is one that the asker may see."""
    try:
        site().library.find(name, 1, current_user())
    except SavedQueryError:
        return False
    return True


def _find(name: str, version: int | None = None) -> SavedQuery:
    return site().library.find(name, version, current_user())


def _typed(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
