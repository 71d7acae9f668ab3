"""What all pages of one application share, and the view of the request at hand."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field, replace
from typing import Any, cast

from flask import current_app, g, request

from kg.charts import Painter
from kg.engine.terms import iri_term
from kg.errors import SavedQueryError
from kg.saved import Library
from kg.web.cache import Cache
from kg.web.changes import Changes
from kg.web.clients import CALLER, Budget, Caller, address_of
from kg.web.limits import Limits
from kg.web.live import Live, View
from kg.web.openid import OpenID
from kg.web.watching import Figures, Log

_WITH_RELEASE = {"queries", "short", "sparql"}
"""The blueprints whose addresses take `release=`."""


@dataclass(frozen=True, slots=True)
class Site:
    """The served data, the saved queries, the settings, and what is kept from one request to the next."""

    live: Live
    library: Library
    changes: Changes
    limits: Limits
    cache: Cache
    budget: Budget
    figures: Figures
    log: Log
    openid: OpenID | None = None
    painter: Painter = field(default_factory=Painter)
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def answer_limit(self) -> int:
        """The most bytes of one answer."""
        return self.limits.answer_limit

    def caller(self, environ: dict[str, Any]) -> Caller:
        """The client of the request with this environment: one for each request."""
        if CALLER in environ:
            return cast(Caller, environ[CALLER])
        caller = environ[CALLER] = self.caller_at(address_of(environ, self.limits.proxies))
        return caller

    def caller_at(self, address: str) -> Caller:
        """The client of a request from this address."""
        return Caller(self.budget, address, b"" if self.limits.log_clients else self.salt, self.figures.query)


def site() -> Site:
    """That of the application that answers the request."""
    return cast(Site, current_app.extensions["accord"])


def view() -> View:
    """The view of this request: the same from its beginning to its end. MissingReleaseError where there is none.

    It is of the current release, or of the one that `release=` names where the address takes that: UnknownReleaseError,
    SavedQueryError.
    """
    if "view" not in g:
        live = site().live
        g.view = _on_behalf(live.view())  # it stays for the page that tells of an error
        wanted = wanted_release()
        if wanted is not None:
            g.view = _on_behalf(live.view_of(wanted))
    return cast(View, g.view)


def wanted_release() -> int | None:
    """The number of the release that the address names, None for the current one. SavedQueryError."""
    if request.blueprint not in _WITH_RELEASE or not (value := request.args.get("release", "").strip()):
        return None
    if not re.fullmatch(r"[1-9]\d{0,8}", value, re.ASCII):
        raise SavedQueryError(f"release takes the number of a release such as 3, not {value[:60]!r}")
    return int(value)


def view_on(release: int | None) -> View:
    """The view of this request on a release by its number, None for the current one. UnknownReleaseError."""
    return view() if release is None else _on_behalf(site().live.view_of(release))


def _on_behalf(current: View) -> View:
    return replace(current, engine=current.engine.on_behalf_of(site().caller(request.environ), _endpoint()))


def _endpoint() -> str | None:
    """The address of the endpoint, which relative IRIs in queries stand to; None where a client names no good host."""
    endpoint = f"{request.host_url}sparql"
    try:
        iri_term(endpoint)
    except ValueError:
        return None
    return endpoint
