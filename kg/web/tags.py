"""The tag of an answer (ETag): the same for the same answer, which a release gives as long as it stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from kg.web.live import View
from kg.web.negotiation import Choice
from kg.web.tables import Shape

Hash = hashlib.blake2b
_CHANGING = re.compile(r"\b(NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)


def tag_of(
    view: View, query: str, choice: Choice, shape: Shape, coding: str | None, *graphs: Sequence[str]
) -> str | None:
    """The same for the same answer: a release does not change. None for a query whose answer differs each time."""
    return tag_from(tag_base(view, choice, shape, coding, *graphs), query)


def tag_base(view: View, choice: Choice, shape: Shape, coding: str | None, *graphs: Sequence[str]) -> Hash:
    """What of a tag does not depend on the query."""
    parts = (
        (view.release.number, view.release.manifest.get("created")),
        choice.solutions_type,
        choice.graph_type,
        shape,
        coding,
        view.engine.base,
        *map(tuple, graphs),
    )
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16)


def tag_from(base: Hash, query: str) -> str | None:
    """The tag of a query's answer. None for a query whose answer differs each time."""
    if is_changing(query):
        return None
    whole = base.copy()
    whole.update(query.encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def is_changing(query: str) -> bool:
    """Whether the answer may be another one each time, even on the same release."""
    return "(" in query and _CHANGING.search(query) is not None
