"""Who asks: the account of the request at hand, by the cookie of a session or by `Authorization: Bearer accord_...`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from flask import g, request
from werkzeug.wrappers import Response

from kg import accounts
from kg.accounts import ADMIN, EDITOR, READ, READER, ROLES, WRITE, Session, Token, User
from kg.errors import ForbiddenError, SignInNeededError
from kg.web.site import site

_TOKEN = "accord_"  # noqa: S105 -- how ours begin; other tokens are not for accounts
_COOKIE = "accord_session"
_ROLE = {READ: READER, WRITE: EDITOR, ADMIN: ADMIN}
"""The most that a token of a scope lets its account do."""


@dataclass(frozen=True, slots=True)
class Who:
    """The account of a request, None for nobody known, and the session or the token that it came by.

    With a token, the account has no higher role than the token's scope allows.
    """

    user: User | None = None
    session: Session | None = None
    token: Token | None = None


def who() -> Who:
    """Who asks. SignInNeededError where there is a token that is no good; an old cookie is as none."""
    if "who" not in g:
        g.who = Who()  # also for the page that tells of an error
        g.who = _find()
    return cast(Who, g.who)


def current_user() -> User | None:
    """The account that asks, None for nobody known."""
    return who().user


def require(role: str = READER) -> User:
    """The account that asks, if it has `role` or a higher one. SignInNeededError for nobody known, ForbiddenError."""
    asker = who()
    if asker.user is None:
        raise SignInNeededError("this needs an account; sign in, or send a token as Authorization: Bearer accord_...")
    if not asker.user.may(role):
        if asker.token is not None and asker.token.user.may(role):
            raise ForbiddenError(f"this token has the scope {asker.token.scope}, which does not allow this")
        raise ForbiddenError(f"your account has the role {asker.user.role}; this needs the role {role}")
    return asker.user


def give_cookie(response: Response, session: Session, secret: str) -> None:
    """Have the browser keep a session until it is over."""
    response.set_cookie(
        cookie_name(_COOKIE), secret, expires=session.expires, path="/", secure=request.is_secure, httponly=True,
        samesite="Lax",
    )  # fmt: skip


def take_cookie(response: Response) -> None:
    """Have the browser forget the session."""
    response.delete_cookie(cookie_name(_COOKIE), path="/", secure=request.is_secure, httponly=True, samesite="Lax")


def session_secret() -> str:
    """What the cookie of the session holds, empty for none."""
    return request.cookies.get(cookie_name(_COOKIE), "")


def cookie_name(name: str) -> str:
    """The name of a cookie of ours. With HTTPS a prefix says that no other host may set it."""
    return f"__Host-{name}" if request.is_secure else name


def _find() -> Who:
    database = site().library.database
    scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and sent.strip().startswith(_TOKEN):
        token = accounts.token(database, sent.strip())
        if token is None:
            raise SignInNeededError("this token is not known, is over, or its account is disabled; make another one")
        role = min(token.user.role, _ROLE[token.scope], key=ROLES.index)
        return Who(replace(token.user, role=role), token=token)
    secret = session_secret()
    session = accounts.session(database, secret) if secret else None
    return Who() if session is None else Who(session.user, session=session)
