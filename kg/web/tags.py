"""The tag of an answer (ETag): the same for the same answer, which a release gives as long as it stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from kg.web.live import View
from kg.web.negotiation import Choice
from kg.web.tables import Shape

_CHANGING = re.compile(r"\b(NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)


def tag_of(
    view: View, query: str, choice: Choice, shape: Shape, coding: str | None, *graphs: Sequence[str]
) -> str | None:
    """The same for the same answer: a release does not change. None for a query whose answer differs each time."""
    if _CHANGING.search(query):
        return None
    release = (view.release.number, view.release.manifest.get("created"))
    parts = (
        release,
        query,
        choice.solutions_type,
        choice.graph_type,
        shape,
        coding,
        view.engine.base,
        *map(tuple, graphs),
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
