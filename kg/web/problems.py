"""Errors as answers: one table from exception to status; a page for browsers, problem+json (RFC 9457) for others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from flask import Flask, Response, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from kg import errors
from kg.web.negotiation import offered, wants_page
from kg.web.protocol import BODIES
from kg.web.who import current_user

_TYPES = "https://w3id.org/accord-kg/problem#"


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as it is told. `line` and `column` are those of the query, `excerpt` shows them; `offered` are the media
    types that there are. `also` is told to programs: the texts that are in conflict, what was deleted."""

    status: int
    name: str
    title: str
    detail: str
    line: int | None = None
    column: int | None = None
    retry_after: int | None = None
    excerpt: str = ""
    offered: tuple[str, ...] = ()
    also: Mapping[str, object] = field(default_factory=dict)


# The first class that fits counts: leaves before roots.
_TABLE: tuple[tuple[type[errors.KGError], int, str, str], ...] = (
    (errors.ChartError, 400, "picture", "The answer cannot be drawn like this"),
    (errors.QuerySyntaxError, 400, "syntax", "The query has an error"),
    (errors.UpdateRefusedError, 403, "refused", "This is not allowed here"),
    (errors.QueryTimeoutError, 504, "time", "The query took too long"),
    (errors.QueryMemoryError, 507, "memory", "The query took too much memory"),
    (errors.ResultTooLargeError, 507, "size", "The answer is too large"),
    (errors.AnswerFormatError, 406, "format", "The answer does not exist in this format"),
    (errors.QuotaError, 429, "quota", "Your queries have used their time"),
    (errors.QueryStoppedError, 503, "stopped", "The query was stopped"),
    (errors.BusyError, 503, "busy", "The server is busy"),
    (errors.QueryError, 400, "query", "The query cannot be answered"),
    (errors.UnknownQueryError, 404, "unknown", "There is no such saved query"),
    (errors.DeletedQueryError, 410, "deleted", "This saved query was deleted"),
    (errors.ConflictError, 409, "conflict", "It was changed meanwhile"),
    (errors.SavedQueryError, 400, "parameter", "A parameter has a wrong value"),
    (errors.MissingReleaseError, 503, "release", "There is nothing to serve yet"),
    (errors.UnknownReleaseError, 404, "unknown", "There is no such release"),
    (errors.InputError, 404, "unknown", "There is no such thing here"),
    (errors.SignInNeededError, 401, "account", "This needs an account"),
    (errors.ForbiddenError, 403, "forbidden", "Your account may not do this"),
    (errors.ThrottledError, 429, "throttled", "Too many attempts to sign in"),
    (errors.SignInError, 401, "sign-in", "You are not signed in"),
    (errors.UnknownUserError, 404, "unknown", "There is no such account"),
    (errors.UnknownTokenError, 404, "unknown", "There is no such token"),
    (errors.AccountError, 400, "account", "An account cannot be like this"),
    (errors.DatabaseError, 503, "database", "The staff's database does not answer"),
    (errors.KGError, 500, "server", "The server has a problem"),
)
# What werkzeug says in other words.
_FORM = (
    "It was open for too long, you have signed in or out since, or it did not come from this site. Go back, load the "
    "page again, and send it once more. Programs send a token as Authorization: Bearer accord_..."
)
_DATABASE = "Try again in a moment. The reason was written to the log of the server."  # it names hosts and users
_PLAINLY = {404: ("There is no such page", "Nothing is at this address. It may have been mistyped, or moved.")}


def problem_of(error: errors.KGError) -> Problem:
    """How `error` is told."""
    _, status, name, title = next(row for row in _TABLE if isinstance(error, row[0]))
    return Problem(
        status,
        name,
        title,
        _DATABASE if isinstance(error, errors.DatabaseError) else str(error),
        getattr(error, "line", None),
        getattr(error, "column", None),
        getattr(error, "retry_after", None),
        getattr(error, "excerpt", ""),
        offered() if isinstance(error, errors.AnswerFormatError) else (),
        _also(error),
    )


def _also(error: errors.KGError) -> dict[str, object]:
    if isinstance(error, errors.ConflictError):
        current = error.current.number if error.current else None
        return {"current": current, "based_on": error.based_on, "theirs": error.theirs, "yours": error.yours}
    if isinstance(error, errors.DeletedQueryError):
        at = error.at.isoformat() if error.at else None
        last = {"name": error.query.name, "version": error.query.version, "text": error.query.text}
        return {"last": last, "at": at, "why": error.why, **({"by": error.by} if current_user() else {})}
    return {}


def answer_with(problem: Problem) -> Response:
    """The response for a browser or for a program."""
    if wants_page(request):
        response = Response(render_template("problem.html", problem=problem), problem.status)
    else:
        fields = {"type": _TYPES + problem.name, "title": problem.title, "status": problem.status}
        fields |= {"detail": problem.detail}
        if problem.line is not None:
            fields |= {"line": problem.line, "column": problem.column, "excerpt": problem.excerpt}
        if problem.offered:
            fields["offered"] = list(problem.offered)
        fields |= problem.also
        response = jsonify(fields)
        response.status_code = problem.status
        response.content_type = "application/problem+json"
    return dress(response, problem)


def dress(response: Response, problem: Problem) -> Response:
    """Add the headers that an error needs."""
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    response.headers["Cache-Control"] = "no-store"
    return response


def handle_errors(app: Flask) -> None:
    """Have `app` tell all errors this way."""

    @app.errorhandler(errors.KGError)
    def known(error: errors.KGError) -> Response:
        signing_in = isinstance(error, errors.SignInNeededError) and "Authorization" not in request.headers
        if signing_in and wants_page(request) and request.method in {"GET", "HEAD"} and request.blueprint != "api":
            wanted = request.full_path.removesuffix("?")
            return cast(Response, redirect(url_for("accounts.sign_in", next=wanted), 303))
        if isinstance(error, errors.DatabaseError):
            app.logger.error("%s", error)
        return answer_with(problem_of(error))

    @app.errorhandler(CSRFError)
    def forged(error: CSRFError) -> Response:
        return answer_with(Problem(400, "form", "The form is too old", _FORM))

    @app.errorhandler(HTTPException)
    def standard(error: HTTPException) -> Response:
        code = error.code or 500
        if code < 400:
            return Response(error.get_response().get_data(), code, dict(error.get_headers()))
        title, detail = _PLAINLY.get(code, (error.name, error.description or error.name))
        problem = Problem(code, "http", title, detail)
        response = answer_with(problem)
        for name, value in error.get_headers():
            if name in {"Allow", "WWW-Authenticate"}:
                response.headers[name] = value
        if code == 415:
            response.headers["Accept-Post"] = BODIES
        return response

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> Response:
        app.logger.exception("unexpected error")
        return answer_with(Problem(500, "server", InternalServerError().name, "The error was written to the log."))
