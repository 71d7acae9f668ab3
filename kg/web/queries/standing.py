"""How queries stand on a release: which do not give what is expected of them."""

from __future__ import annotations

from collections.abc import Mapping

from kg.saved import Run, SavedQuery
from kg.web.live import View
from kg.web.site import site


def broken(view: View) -> Mapping[str, Run]:
    """The runs on the release of `view` that went wrong, by the name of the query."""
    return {run.name: run for run in site().library.broken(view.release.number)}


def standing(view: View, query: SavedQuery) -> Run | None:
    """What went wrong with this version of a query on the release of `view`, None where nothing did."""
    run = broken(view).get(query.name)
    return run if run is not None and run.version == query.version else None
