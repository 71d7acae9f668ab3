"""What the routes on releases, pins and short links do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.errors import SavedQueryError
from kg.release import Release, find_release, releases
from kg.saved import VIEWS, View
from kg.web.api import shapes
from kg.web.api.queries import may_see
from kg.web.queries.sharing import shortened
from kg.web.site import site, view
from kg.web.who import current_user


def all_releases() -> shapes.Json:
    """The releases that there are."""
    return {"releases": [_release(one) for one in reversed(releases(_data()))]}


def release(number: int) -> shapes.Json:
    """One of them."""
    found = find_release(_data(), number)
    return _release(found) | {"manifest": dict(found.manifest)}


def pins(release: int | None = None, name: str | None = None) -> shapes.Json:
    """The pins, of queries that the asker may see."""
    return {"pins": [shapes.pin(one) for one in site().library.pins(release, name) if may_see(one.name)]}


def pin(body: Mapping[str, Any]) -> shapes.Json:
    """Keep a release for a version of a query."""
    find_release(_data(), body["release"])
    library = site().library
    return shapes.pin(library.pin(body["name"], body["version"], body["release"], current_user(), body.get("why", "")))


def unpin(name: str, version: int, release: int) -> None:
    """Undo that."""
    site().library.unpin(name, version, release, current_user())


def shorten(body: Mapping[str, Any]) -> shapes.Json:
    """A short link for a query."""
    shown = _view(body.get("view") or {"kind": "table"})
    wanted = body.get("release")
    if wanted is not None:
        find_release(_data(), wanted)
    return lengthen(shortened(body["text"], shown, wanted))


def lengthen(slug: str) -> shapes.Json:
    """What a short link stands for."""
    return shapes.link(site().library.lengthen(slug))


def _data() -> Any:
    return view().release.path.parents[1]


def _release(one: Release) -> shapes.Json:
    current = view().release.number == one.number
    return {"number": one.number, "created": str(one.manifest.get("created", "")), "current": current}


def _view(given: Mapping[str, Any]) -> View:
    kind, options = given["kind"], given.get("options", {})
    for name, value in options.items():
        if name not in VIEWS[kind]:
            raise SavedQueryError(
                f"the view {kind} has no option {name!r}; its options: {', '.join(sorted(VIEWS[kind]))}"
            )
        if not isinstance(value, str | int | float | bool | list):
            raise SavedQueryError(f"the option {name} takes a text, a number, true, false, or a list of texts")
    return View(kind, {name: tuple(map(str, v)) if isinstance(v, list) else v for name, v in options.items()})
