"""What stands between a request and its page where accounts are concerned.

A closed installation answers only those with an account. A write by who is signed in must come from a form of ours: it
has the token of the session, which other sites cannot read (CSRF, by Flask-WTF). A program that sends a token of its
own needs none, since no browser sends that by itself. And what is answered to somebody known is kept by nobody else.
"""

from __future__ import annotations

from flask import Flask, Response, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect

from kg.accounts import installation_secret
from kg.errors import SignInNeededError
from kg.web.site import site
from kg.web.who import cookie_name, who

_OPEN = {
    "accounts.sign_in",
    "accounts.provider",
    "accounts.back",
    "health.health",
    "health.live",
    "health.ready",
}
"""The endpoints that a closed installation has for everybody."""
_READING = {"sparql", "graph_store"}
"""The blueprints where a POST only reads."""
_FIELD = "csrf_token"
_WRITING = {"POST", "PUT", "PATCH", "DELETE"}
_csrf = CSRFProtect()


class _FormCookie(SecureCookieSessionInterface):
    """Flask's session, which is a signed cookie: only for who is signing in. Who is signed in needs none."""

    def get_cookie_name(self, app: Flask) -> str:
        return cookie_name("accord_form")

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if "who" not in g or g.who.session is None:
            super().save_session(app, session, response)


def protect(app: Flask) -> None:
    """Have `app` check each request, and mark each answer."""
    app.secret_key = installation_secret(app.extensions["accord"].library.database, "cookies")
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    # A token is good for as long as its session is: a query may be edited for hours.
    app.config |= {"WTF_CSRF_CHECK_DEFAULT": False, "WTF_CSRF_TIME_LIMIT": None, "WTF_CSRF_SSL_STRICT": False}
    app.session_interface = _FormCookie()
    _csrf.init_app(app)
    app.before_request(_check)


def note_changes(response: Response) -> None:
    """See what a write has changed, before its answer tells anybody that it is done."""
    if request.method in _WRITING and request.blueprint not in _READING and response.status_code < 400:
        site().changes.look()


def keep_private(response: Response) -> None:
    """Let nobody keep or read across sites what was answered to somebody known, or by a closed installation."""
    asker = g.get("who")
    known = asker is not None and asker.user is not None
    if request.endpoint == "static" or not (known or site().limits.closed or request.blueprint == "accounts"):
        return
    for name in {name for name, _ in response.headers if name.startswith("Access-Control-")}:
        del response.headers[name]
    if "no-store" not in response.headers.get("Cache-Control", ""):
        response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")


def _check() -> None:
    if request.endpoint == "static":
        return
    asker = who()
    if asker.session is not None:
        session[_FIELD] = asker.session.csrf
    is_open = request.endpoint in _OPEN or request.blueprint == "admin"  # that has a token of its own
    if site().limits.closed and asker.user is None and not is_open:
        raise SignInNeededError("this installation is only for those with an account; sign in")
    if request.method not in _WRITING or asker.token is not None:
        return
    # Who is signing in is not known yet, and must not be signed in as another by another site.
    if request.blueprint == "accounts" or (asker.session is not None and request.blueprint not in _READING):
        _csrf.protect()
