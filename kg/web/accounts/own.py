"""/accounts/me: one's own account, its password, and its tokens for programs."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kg import accounts
from kg.accounts import ADMIN, READ, ROLES, SCOPES, User
from kg.errors import AccountError, ForbiddenError, UnknownTokenError
from kg.web.accounts.blueprint import address, blueprint, database, typed
from kg.web.problems import problem_of
from kg.web.who import give_cookie, require, take_cookie, who

DAYS = {"30": "30 days", "90": "90 days", "365": "a year", "": "no end"}
"""How long a token may last, by days."""
_DONE = {
    "password": "Your password was changed, and you were signed out everywhere else.",
    "token": "The token was revoked.",
}


@blueprint.get("/me")
def own() -> str:
    """One's own account."""
    return _page(signed_in())


@blueprint.post("/me/password")
def password() -> AnyResponse | tuple[str, int]:
    """Change the password; the old one is asked for, so that nobody changes it who finds a browser open."""
    user = signed_in()
    old, new = request.form.get("old", ""), request.form.get("new", "")
    try:
        if new != request.form.get("again", ""):
            raise AccountError("the new password was not typed the same twice")
        if not user.has_password:
            raise AccountError("this account has no password: it signs in by a provider")
        accounts.check_password(database(), user.name, old, address())
        accounts.set_password(database(), user.name, new, by=user.name)
    except AccountError as error:
        return _page(user, problem=str(error)), problem_of(error).status
    begun, secret = accounts.sign_in(database(), user.name, new, address())
    response = redirect(url_for("accounts.own", done="password"), 303)
    give_cookie(response, begun, secret)
    return response


@blueprint.post("/me/tokens")
def make_token() -> str | tuple[str, int]:
    """Make a token. The page that comes is the only one that shows it."""
    user = signed_in()
    try:
        made, secret = accounts.issue_token(
            database(),
            user.name,
            scope=typed("scope") or READ,
            label=typed("label"),
            lifetime=_lifetime(),
            by=user.name,
        )
    except AccountError as error:
        return _page(user, problem=str(error)), 400
    return _page(user, made=made.id, secret=secret)


@blueprint.post("/me/tokens/<int:number>/revoke")
def revoke_token(number: int) -> AnyResponse:
    """End a token of one's own; an admin may end any."""
    user = signed_in()
    found = next((one for one in accounts.tokens(database()) if one.id == number), None)
    if found is None or not (found.user.id == user.id or user.may(ADMIN)):
        raise UnknownTokenError(f"there is no token with the number {number}")
    accounts.revoke_token(database(), number, by=user.name)
    if found.user.id != user.id:
        return redirect(url_for("accounts.one", name=found.user.name, done="token"), 303)
    return redirect(url_for("accounts.own", done="token"), 303)


@blueprint.post("/me/sign-out-everywhere")
def end_sessions() -> AnyResponse:
    """End all sessions of this account, this one too."""
    user = signed_in()
    accounts.sign_out_everywhere(database(), user.name, by=user.name)
    response = redirect(url_for("home.index"), 303)
    take_cookie(response)
    return response


def signed_in() -> User:
    """Who is signed in. A token is not enough to change an account: who finds one could lock its owner out."""
    user = require()
    if who().session is None:
        raise ForbiddenError("this takes a person who is signed in; a token does not do")
    return user


def _lifetime() -> timedelta | None:
    days = typed("days")
    if days not in DAYS:
        raise AccountError(f"a token lasts one of {', '.join(DAYS.values())}")
    return timedelta(days=int(days)) if days else None


def _page(user: User, *, problem: str = "", made: int = 0, secret: str = "") -> str:
    return render_template(
        "accounts/own.html",
        account=user,
        tokens=accounts.tokens(database(), user.name),
        identities=accounts.identities(database(), user.name),
        scopes=SCOPES[: ROLES.index(user.role) + 1],
        days=DAYS,
        problem=problem,
        made=made,
        secret=secret,
        done=_DONE.get(request.args.get("done", "")),
        now=database().now(),
    )
