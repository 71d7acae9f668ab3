"""/accounts/ all accounts, /accounts/users/NAME one of them, /accounts/log who changed what. For admins."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from kg import accounts
from kg.accounts import ADMIN, READER, ROLES, User
from kg.errors import AccountError, UnknownUserError
from kg.web.accounts.blueprint import blueprint, database, typed
from kg.web.accounts.own import signed_in
from kg.web.who import require

_PAGE = 100  # entries of the log on a page
_DONE = {
    "add": "The account was made.",
    "change": "The account was changed.",
    "password": "The password was set, and the account was signed out everywhere.",
    "disable": "The account was disabled: it is signed out, and its tokens do not work.",
    "enable": "The account is enabled.",
    "sign-out": "The account was signed out everywhere.",
    "token": "The token was revoked.",
    "unlink": "The identity was taken from the account.",
}


@blueprint.get("/")
def listing() -> str:
    """All accounts."""
    require(ADMIN)
    return _listing()


@blueprint.post("/")
def add() -> AnyResponse | tuple[str, int]:
    """Make an account."""
    admin = _admin()
    try:
        made = accounts.add_user(
            database(),
            typed("name"),
            role=typed("role") or READER,
            password=request.form.get("password") or None,
            full_name=typed("full_name"),
            email=typed("email") or None,
            by=admin.name,
        )
    except AccountError as error:
        return _listing(str(error)), 400
    return redirect(url_for("accounts.one", name=made.name, done="add"), 303)


@blueprint.get("/users/<name>")
def one(name: str) -> str:
    """An account."""
    require(ADMIN)
    return _one(accounts.find_user(database(), name))


@blueprint.post("/users/<name>")
def change(name: str) -> AnyResponse | tuple[str, int]:
    """Do what the button `do` says."""
    admin, what = _admin(), typed("do")
    account = accounts.find_user(database(), name)
    try:
        _do(what, account.name, admin.name)
    except UnknownUserError:
        raise
    except AccountError as error:
        return _one(account, str(error)), 400
    return redirect(url_for("accounts.one", name=account.name, done=what), 303)


@blueprint.get("/log")
def log() -> str:
    """The audit log, the newest entries first."""
    require(ADMIN)
    filters = {name: _line(request.args.get(name, "")) for name in ("who", "object")}
    before = request.args.get("before", type=int)
    found = accounts.entries(
        database(), limit=_PAGE + 1, before=before, object=filters["object"] or None, who=filters["who"] or None
    )
    shown = found[:_PAGE]
    older = shown[-1].number if len(found) > _PAGE else None
    return render_template("accounts/log.html", entries=shown, older=older, before=before, **filters)


def _line(value: str) -> str:
    return "".join(c for c in value if c.isprintable()).strip()


def _admin() -> User:
    require(ADMIN)
    return signed_in()


def _do(what: str, name: str, admin: str) -> None:
    at = database()
    if what == "change":
        accounts.change_user(at, name, role=typed("role"), full_name=typed("full_name"), email=typed("email"), by=admin)
    elif what == "password":
        accounts.set_password(at, name, request.form.get("password", ""), by=admin)
    elif what == "disable":
        accounts.disable_user(at, name, by=admin)
    elif what == "enable":
        accounts.enable_user(at, name, by=admin)
    elif what == "sign-out":
        accounts.sign_out_everywhere(at, name, by=admin)
    elif what == "link":
        accounts.link_identity(at, typed("issuer"), typed("subject"), name, by=admin)
    elif what == "unlink":
        accounts.unlink_identity(at, typed("issuer"), typed("subject"), by=admin)
    else:
        raise BadRequest(f"there is nothing called {what!r} to do")


def _listing(problem: str = "") -> str:
    return render_template("accounts/listing.html", accounts=accounts.users(database()), roles=ROLES, problem=problem)


def _one(account: User, problem: str = "") -> str:
    return render_template(
        "accounts/one.html",
        account=account,
        tokens=accounts.tokens(database(), account.name),
        identities=accounts.identities(database(), account.name),
        entries=accounts.entries(database(), limit=10, object=account.name),
        roles=ROLES,
        problem=problem,
        done=_DONE.get(request.args.get("done", "")),
        now=database().now(),
    )
