"""/accounts/sign-in and /accounts/sign-out; /accounts/provider goes to the provider, /accounts/back comes from it."""

from __future__ import annotations

import re

from flask import Response, redirect, render_template, request, session, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from kg import accounts
from kg.accounts import Session
from kg.errors import SignInError
from kg.web.accounts.blueprint import address, blueprint, database
from kg.web.openid import OpenID
from kg.web.problems import dress, problem_of
from kg.web.site import site
from kg.web.who import give_cookie, session_secret, take_cookie, who

_LOCAL = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
"""An address of this site: browsers take `//` and `/\\` for another one."""


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> AnyResponse:
    """The form to sign in, and what it sends."""
    wanted = _local(request.values.get("next", ""))
    if request.method == "GET":
        if who().session is not None:
            return redirect(wanted or url_for("accounts.own"), 303)
        return _form(wanted)
    name, password = request.form.get("name", ""), request.form.get("password", "")
    try:
        begun, secret = accounts.sign_in(database(), name, password, address())
    except SignInError as error:
        problem = problem_of(error)
        response = _form(wanted, name, f"{str(error)[:1].upper()}{str(error)[1:]}.")
        response.status_code = problem.status
        return dress(response, problem)
    return _signed_in(begun, secret, wanted)


@blueprint.post("/sign-out")
def sign_out() -> AnyResponse:
    """End the session."""
    accounts.sign_out(database(), session_secret())
    response = redirect(url_for("home.index"), 303)
    take_cookie(response)
    return response


@blueprint.get("/provider")
def provider() -> AnyResponse:
    """Go to the provider of OpenID Connect."""
    wanted = _local(request.args.get("next", ""))
    if who().session is not None:
        return redirect(wanted or url_for("accounts.own"), 303)
    return _openid().begin(url_for("accounts.back", _external=True), wanted)


@blueprint.get("/back")
def back() -> AnyResponse:
    """Come back from it."""
    begun, secret, wanted = _openid().finish(address())
    return _signed_in(begun, secret, _local(wanted))


def _openid() -> OpenID:
    found = site().openid
    if found is None:
        raise NotFound()
    return found


def _form(wanted: str, name: str = "", message: str = "") -> Response:
    openid = site().openid
    return Response(
        render_template(
            "accounts/sign_in.html", wanted=wanted, name=name, message=message, provider=openid and openid.provider
        )
    )


def _signed_in(begun: Session, secret: str, wanted: str) -> AnyResponse:
    if old := session_secret():
        accounts.sign_out(database(), old)
    session.clear()
    response = redirect(wanted or url_for("accounts.own"), 303)
    give_cookie(response, begun, secret)
    return response


def _local(wanted: str) -> str:
    """`wanted` if it is an address of this site, else nothing."""
    return wanted if _LOCAL.fullmatch(wanted) else ""
