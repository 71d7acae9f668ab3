"""What the routes on accounts, tokens and the audit log do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from kg import accounts
from kg.accounts import ADMIN, READ, READER
from kg.database import Database
from kg.errors import ForbiddenError, UnknownTokenError
from kg.web.api import shapes
from kg.web.site import site
from kg.web.who import require, who

_DAYS = 90
_ENTRIES = 100
_MOST_ENTRIES = 1000


def me() -> shapes.Json:
    """Who asks."""
    asker = who()
    by = "nothing" if asker.user is None else "session" if asker.token is None else "token"
    expires = asker.token.expires if asker.token else asker.session.expires if asker.session else None
    return {
        "user": shapes.user(asker.user) if asker.user else None,
        "by": by,
        "scope": asker.token.scope if asker.token else None,
        "expires": shapes.moment(expires),
    }


def tokens() -> shapes.Json:
    """One's own tokens."""
    return {"tokens": [shapes.token(one) for one in accounts.tokens(_database(), require().name)]}


def make_token(body: Mapping[str, Any]) -> shapes.Json:
    """A new token. With a token only who may do everything makes another: it would outlive the one it came from."""
    user, asker = require(), who()
    if asker.token is not None and asker.token.scope != ADMIN:
        raise ForbiddenError(f"a token with the scope {asker.token.scope} makes no tokens; sign in to make one")
    days = body.get("days", _DAYS)
    made, secret = accounts.issue_token(
        _database(),
        user.name,
        scope=body.get("scope", READ),
        label=body.get("label", ""),
        lifetime=None if days is None else timedelta(days=min(days, 10_000)),
        by=user.name,
    )
    return {"token": shapes.token(made), "secret": secret}


def revoke_token(number: int) -> None:
    """End a token of one's own, or as an admin any."""
    user = require()
    found = next((one for one in accounts.tokens(_database()) if one.id == number), None)
    if found is None or not (found.user.id == user.id or user.may(ADMIN)):
        raise UnknownTokenError(f"there is no token with the number {number}")
    accounts.revoke_token(_database(), number, by=user.name)


def users() -> shapes.Json:
    """All accounts."""
    return {"users": [shapes.user(one) for one in accounts.users(_database())]}


def user(name: str) -> shapes.Json:
    """An account."""
    return shapes.user(accounts.find_user(_database(), name))


def make_user(body: Mapping[str, Any]) -> shapes.Json:
    """A new account."""
    return shapes.user(
        accounts.add_user(
            _database(),
            body["name"],
            role=body.get("role", READER),
            password=body.get("password"),
            full_name=body.get("full_name", ""),
            email=body.get("email"),
            by=require().name,
        )
    )


def change_user(name: str, body: Mapping[str, Any]) -> shapes.Json:
    """Change what is given of an account."""
    by, database = require().name, _database()
    changes = {field: body[field] for field in ("role", "full_name", "email") if field in body}
    changed = accounts.change_user(database, name, **changes, by=by)
    if "password" in body:
        changed = accounts.set_password(database, name, body["password"], by=by)
    if "disabled" in body:
        switch = accounts.disable_user if body["disabled"] else accounts.enable_user
        changed = switch(database, name, by=by)
    return shapes.user(changed)


def entries(
    limit: int = _ENTRIES, before: int | None = None, object: str | None = None, who: str | None = None
) -> shapes.Json:
    """The audit log."""
    found = accounts.entries(_database(), limit=min(limit, _MOST_ENTRIES), before=before, object=object, who=who)
    return {"entries": [shapes.entry(one) for one in found]}


def _database() -> Database:
    return site().library.database
