"""What a link asks: which saved query in which version, on which release, with which values.

    /queries/NAME            the query as it stands, on the current release
    /queries/NAME@3          its version 3
    ?release=5               the release 5
    ?country=vn&year=2023    values of its parameters
    /queries/NAME@3?release=5 is pinned: what it gives never changes

All addresses below a query take the same: `/queries/NAME@3.csv?release=5`, `/queries/NAME/history`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from flask import g, request, url_for

from kg.errors import KGError, SavedQueryError, UnknownQueryError
from kg.saved import PUBLIC, RESERVED_PARAMETERS, Choice, Parameter, SavedQuery, bind, choices, in_one_order
from kg.web.live import View
from kg.web.site import site, view, wanted_release
from kg.web.who import current_user

_OTHERS = ("utm_", "fbclid", "gclid")  # what others hang on shared links
_REFERENCE = re.compile(r"(?P<name>[^@]+)(?:@(?P<version>[1-9]\d{0,8}))?", re.ASCII)
_MOST_CHOICES = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """A saved query, the values as they were typed, and the view to ask: a release and the engine on it.

    `by_version` and `by_release` say whether the address names them, or means the newest.
    """

    query: SavedQuery
    values: Mapping[str, str]
    view: View
    by_version: bool = False
    by_release: bool = False

    @property
    def version(self) -> int:
        """The number of the version."""
        return self.query.version

    @property
    def release(self) -> int:
        """The number of the release."""
        return self.view.release.number

    @property
    def pinned(self) -> bool:
        """Whether the address names both, so that its answer never changes."""
        return self.by_version and self.by_release

    @property
    def shared(self) -> bool:
        """Whether everybody may see it, so that caches of others may keep it."""
        return self.query.visibility == PUBLIC

    @property
    def full_name(self) -> str:
        """`NAME@3`."""
        return f"{self.query.name}@{self.version}"

    @property
    def text(self) -> str:
        """The SPARQL with the values in place. SavedQueryError names the parameter that has a wrong one."""
        # A list from another query may change. An answer that is pinned must not turn into an error then.
        allowed = {} if self.pinned else self._allowed()
        return bind(self.query, self.values, allowed)

    @property
    def run(self) -> str:
        """What the store is asked: `text`, with an order of rows where it leaves that open. Raises as `text`."""
        return in_one_order(self.text)

    def _allowed(self) -> Mapping[str, Collection[str]]:
        given = [one for one in self.query.parameters if one.source and self.values.get(one.name, "").strip()]
        listed = {one.name: self.choices(one) for one in given}
        return {name: {choice.value for choice in found} for name, found in listed.items() if found}

    def choices(self, parameter: Parameter) -> tuple[Choice, ...]:
        """The values that a parameter takes, with words for them; none where it takes any value of its type."""
        source = parameter.source
        if source is None:
            return tuple(Choice(value, value) for value in parameter.enum)
        try:
            found = find(source.query)
        except SavedQueryError:  # gone, or not for the asker to see
            return ()
        key = f"choices {found.name}@{found.version} {source.column}"
        select = partial(self.view.engine.select, limit=_MOST_CHOICES)
        try:
            return self.view.remember(key, lambda: choices(parameter, lambda _: found, select))
        except KGError:  # it has no such column, takes too long, or must be given values
            return ()

    def address(
        self,
        suffix: str = "",
        *,
        version: bool | None = None,
        release: bool | None = None,
        external: bool = False,
        **more: object,
    ) -> str:
        """The address of the same with the ending `suffix` (`.csv`, `/history`).

        `version` and `release` say whether to name them; where they are None, the address does as the one that was
        asked. `more` are further arguments; those that are None are left out.
        """
        by_version = self.by_version if version is None else version
        by_release = self.by_release if release is None else release
        reference = self.full_name if by_version else self.query.name
        arguments: dict[str, object] = {**self.values, "release": self.release if by_release else None, **more}
        query = urlencode([(name, str(value)) for name, value in arguments.items() if value is not None])
        path = url_for("queries.one", name=reference, _external=external) + suffix
        return f"{path}?{query}" if query else path


def asked_of(reference: str) -> Asked:
    """What this request asks of the query that its address names: `NAME` or `NAME@3`.

    UnknownQueryError, DeletedQueryError, UnknownReleaseError, SavedQueryError. The values are not looked at yet: see
    `Asked.text`. The answer to the request will say by its headers what it was made of.
    """
    name, version = parts_of(reference)
    asked = Asked(
        find(name, version), values_of(request.args), view(), version is not None, wanted_release() is not None
    )
    g.asked = asked
    return asked


def find(name: str, version: int | None = None) -> SavedQuery:
    """The saved query of that name that the asker may see. UnknownQueryError, DeletedQueryError."""
    return site().library.find(name, version, current_user())


def parts_of(reference: str) -> tuple[str, int | None]:
    """The name and the version of `NAME` or `NAME@3`. UnknownQueryError where it is neither."""
    parts = _REFERENCE.fullmatch(reference)
    if parts is None:
        raise UnknownQueryError(f"there is no saved query {reference!r}; a version is written as NAME@3")
    return parts["name"], int(parts["version"]) if parts["version"] else None


def values_of(arguments: Mapping[str, str]) -> dict[str, str]:
    """The values of parameters among the arguments of an address."""
    return {
        name: value
        for name, value in arguments.items()
        if name not in RESERVED_PARAMETERS and not name.startswith(_OTHERS)
    }
