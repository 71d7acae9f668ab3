"""/queries/NAME/history the versions of a query, /queries/NAME/difference what is not the same in two of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Response, g, render_template, request

from kg.errors import SavedQueryError, UnknownQueryError
from kg.saved import Run, Version
from kg.web.queries.asked import Asked, find, parts_of
from kg.web.queries.blueprint import blueprint
from kg.web.site import site, view
from kg.web.who import current_user

_AROUND = 3  # lines shown around a change


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a difference: `sign` is `+`, `-` or a blank, or `@` where lines are left out. Numbers count from 1."""

    sign: str
    text: str
    before: int | None = None
    after: int | None = None


@blueprint.get("/<reference>/history")
def history(reference: str) -> Response:
    """Who saved which version when and why, the newest first."""
    name, _ = parts_of(reference)
    versions, asked = _versions(name)
    runs: dict[int, Run] = {}
    for run in site().library.runs(name):
        runs.setdefault(run.version, run)  # the one on the newest release
    page = render_template(
        "queries/history.html",
        asked=asked,
        query=asked.query,
        versions=versions,
        runs=runs,
        user=current_user(),
        pins=site().library.pins(name=name),
    )
    return Response(page, 200, {"Cache-Control": "no-cache"})


@blueprint.get("/<reference>/difference")
def differences(reference: str) -> Response:
    """What is not the same in the versions `before` and `after`; the last two where they are not given."""
    name, _ = parts_of(reference)
    versions, asked = _versions(name)
    after = _version(versions, "after", versions[0].number)
    before = _version(versions, "before", max(after.number - 1, 1))
    page = render_template(
        "queries/difference.html",
        asked=asked,
        query=asked.query,
        versions=versions,
        before=before,
        after=after,
        lines=difference(before.text, after.text),
        user=current_user(),
    )
    return Response(page, 200, {"Cache-Control": "no-cache"})


def difference(before: str, after: str) -> Sequence[Line]:
    """The lines of two texts that are not the same, each with some around it; none where all are."""
    return tuple(_lines(before.splitlines(), after.splitlines()))


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    groups = difflib.SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(_AROUND)
    for number, group in enumerate(groups):
        if number or group[0][1] > 0:
            yield Line("@", "")
        for kind, left, left_end, right, right_end in group:
            if kind == "equal":
                for at in range(left_end - left):
                    yield Line(" ", before[left + at], left + at + 1, right + at + 1)
                continue
            for at in range(left, left_end):
                yield Line("-", before[at], before=at + 1)
            for at in range(right, right_end):
                yield Line("+", after[at], after=at + 1)


def _versions(name: str) -> tuple[Sequence[Version], Asked]:
    """All versions, and the newest one as if it was asked for: also where the query was deleted since."""
    versions = site().library.history(name, current_user())
    asked = Asked(find(name, versions[0].number), {}, view(), by_version=False)
    g.asked = asked
    return versions, asked


def _version(versions: Sequence[Version], argument: str, otherwise: int) -> Version:
    typed = request.args.get(argument, "").strip() or str(otherwise)
    if not (typed.isdecimal() and len(typed) < 10):
        raise SavedQueryError(f"{argument} takes the number of a version such as 2, not {typed[:60]!r}")
    found = next((version for version in versions if version.number == int(typed)), None)
    if found is None:
        raise UnknownQueryError(f"the saved query {versions[0].name!r} has no version {typed}")
    return found
