"""What all pages of one application share, and the view of the request at hand."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from flask import current_app, g, request

from kg.engine.terms import iri_term
from kg.saved import SavedQuery
from kg.web.cache import Cache
from kg.web.clients import CALLER, Budget, Caller, address_of
from kg.web.limits import Limits
from kg.web.live import Live, View
from kg.web.watching import Figures, Log


@dataclass(frozen=True, slots=True)
class Site:
    """The served data, the saved queries by name, the settings, and what is kept from one request to the next."""

    live: Live
    saved: Mapping[str, SavedQuery]
    limits: Limits
    cache: Cache
    budget: Budget
    figures: Figures
    log: Log
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def answer_limit(self) -> int:
        """The most bytes of one answer."""
        return self.limits.answer_limit

    def caller(self, environ: dict[str, Any]) -> Caller:
        """The client of the request with this environment: one for each request."""
        if CALLER in environ:
            return cast(Caller, environ[CALLER])
        salt = b"" if self.limits.log_clients else self.salt
        caller = Caller(self.budget, address_of(environ, self.limits.proxies), salt, self.figures.query)
        environ[CALLER] = caller
        return caller


def site() -> Site:
    """That of the application that answers the request."""
    return cast(Site, current_app.extensions["accord"])


def view() -> View:
    """The view of this request: the same from its beginning to its end. MissingReleaseError where there is none."""
    if "view" not in g:
        current = site().live.view()
        g.view = replace(current, engine=current.engine.on_behalf_of(site().caller(request.environ), _endpoint()))
    return cast(View, g.view)


def _endpoint() -> str | None:
    """The address of the endpoint, which relative IRIs in queries stand to; None where a client names no good host."""
    endpoint = f"{request.host_url}sparql"
    try:
        iri_term(endpoint)
    except ValueError:
        return None
    return endpoint
