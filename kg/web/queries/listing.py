"""/queries/ all saved queries that the asker may see: by tag, words, visibility, owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kg.saved import VISIBILITIES, SavedQuery
from kg.web.queries.blueprint import blueprint
from kg.web.queries.standing import broken
from kg.web.queries.text import plain
from kg.web.site import site, view
from kg.web.who import current_user


@blueprint.get("/")
def listing() -> str:
    """The saved queries."""
    user = current_user()
    wanted = {name: request.args.get(name, "").strip() for name in ("tag", "words", "visibility", "owner")}
    gone = user is not None and request.args.get("deleted", "") not in {"", "0"}
    every = site().library.list(user, deleted=gone)
    return render_template(
        "queries/listing.html",
        saved=[query for query in every if _fits(query, wanted)],
        every=len(every),
        wanted=wanted,
        filtered=any(wanted.values()),
        tags=_by_number([tag for query in every for tag in query.tags]),
        owners=sorted({query.owner for query in every if query.owner}),
        visibilities=VISIBILITIES,
        broken=broken(view()),
        user=user,
        gone=gone,
        plain=plain,
    )


@blueprint.get("")
def without_slash() -> AnyResponse:
    """The address without its slash."""
    return redirect(url_for("queries.listing"), 308)


def _fits(query: SavedQuery, wanted: dict[str, str]) -> bool:
    words = wanted["words"].lower().split()
    said = f"{query.name} {query.title} {plain(query.description)} {' '.join(query.tags)}".lower()
    return (
        (not wanted["tag"] or wanted["tag"] in query.tags)
        and (not wanted["visibility"] or wanted["visibility"] == query.visibility)
        and (not wanted["owner"] or wanted["owner"] == query.owner)
        and all(word in said for word in words)
    )


def _by_number(tags: Sequence[str]) -> list[tuple[str, int]]:
    """The tags with how many queries have each, the most frequent first."""
    return sorted(Counter(tags).items(), key=lambda one: (-one[1], one[0]))
