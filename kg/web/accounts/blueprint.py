"""The blueprint that all pages on accounts belong to. What they show is for one person, and kept by nobody."""

from __future__ import annotations

from flask import Blueprint, Response, request

from kg.database import Database
from kg.web.clients import address_of
from kg.web.site import site

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")


def database() -> Database:
    """That of the accounts."""
    return site().library.database


def address() -> str:
    """Where the request comes from, for counting attempts to sign in."""
    return address_of(request.environ, site().limits.proxies)


def typed(name: str) -> str:
    """What was typed into the field `name` of the form."""
    return request.form.get(name, "").strip()


@blueprint.after_request
def keep_nothing(response: Response) -> Response:
    """Let no browser keep such a page, so that going back after signing out shows nothing."""
    response.headers["Cache-Control"] = "no-store"
    return response
