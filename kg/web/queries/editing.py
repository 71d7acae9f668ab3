"""/queries/new, /queries/NAME/edit, /delete, /restore: the pages on which editors keep queries."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kg.accounts import EDITOR
from kg.errors import (
    BusyError,
    ConflictError,
    ForbiddenError,
    KGError,
    QueryError,
    QueryMemoryError,
    QueryTimeoutError,
    ResultTooLargeError,
    SavedQueryError,
)
from kg.saved import VISIBILITIES, SavedQuery, bind, parse
from kg.web.problems import Problem, problem_of
from kg.web.queries.asked import find, parts_of
from kg.web.queries.blueprint import blueprint
from kg.web.queries.draft import Draft, draft_from, draft_of, text_of
from kg.web.queries.history import difference
from kg.web.results import Grid, grid
from kg.web.site import site, view
from kg.web.who import require

_TRIED = 50  # rows that a trial shows
_SECONDS = 10.0  # that a trial may take
# A query that takes long, or too much, may still be saved: it can be well on another day, or with other values.
_LATER = (QueryTimeoutError, QueryMemoryError, ResultTooLargeError, BusyError)


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> AnyResponse:
    """A form for a new query, empty or with what `of=NAME` or `query=` give."""
    require(EDITOR)
    if request.method == "POST":
        return _posted(request.form.get("name", "").strip(), None)
    draft, name = Draft(body=request.args.get("query", "")), ""
    if request.args.get("of"):
        of = find(*parts_of(request.args["of"]))
        draft, name = draft_of(of), _free_name(of.name)
    return _form(name, draft, None)


@blueprint.route("/<name>/edit", methods=["GET", "POST"])
def edit(name: str) -> AnyResponse:
    """A form for the next version of a query."""
    user = require(EDITOR)
    if request.method == "POST":  # whatever became of the query meanwhile, what was typed must not be lost
        return _posted(name, _number(request.form.get("based_on", "")))
    query = find(name)
    if not site().library.may_save(name, user):
        return redirect(url_for("queries.new", of=query.name))  # a file, which only a new one can change
    return _form(name, draft_of(query), query.version)


@blueprint.route("/<name>/delete", methods=["GET", "POST"])
def delete(name: str) -> AnyResponse:
    """Ask for the reason, and delete a query."""
    user = require(EDITOR)
    query = find(name)
    if request.method == "POST":
        site().library.delete(name, user, request.form.get("why", ""))
        return redirect(url_for("queries.listing", deleted=1), 303)
    return Response(render_template("queries/delete.html", query=query))


@blueprint.post("/<name>/restore")
def restore(name: str) -> AnyResponse:
    """Undo `delete`."""
    site().library.restore(name, require(EDITOR), request.form.get("why", ""))
    return redirect(url_for("queries.one", name=name), 303)


def _posted(name: str, based_on: int | None) -> AnyResponse:
    """Try what was typed, or save it."""
    draft = draft_from(request.form)
    why = request.form.get("why", "")
    tried: Grid | None = None
    try:
        text = text_of(draft, name or "draft", _base(name, based_on))
        query = parse(name, text)
        tried = _try(query)
        if request.form.get("do") == "save":
            site().library.save(name, text, require(EDITOR), why=why, based_on=based_on)
            return redirect(url_for("queries.one", name=name), 303)
    except ConflictError as error:
        return _conflict(name, draft, why, error)
    except (SavedQueryError, QueryError, ForbiddenError) as error:
        return _form(name, draft, based_on, why=why, problem=problem_of(error))
    return _form(name, draft, based_on, why=why, tried=tried)


def _base(name: str, based_on: int | None) -> SavedQuery | None:
    try:
        return None if based_on is None else find(name, based_on)
    except SavedQueryError:
        return None


def _try(query: SavedQuery) -> Grid | None:
    """The first rows with the defaults; None where that takes too long. QueryError where the query cannot run."""
    try:
        text = bind(query, {})
    except SavedQueryError:  # a parameter must be given
        text = query.text
    try:
        table = view().engine.select(text, limit=_TRIED, time_limit=_SECONDS)
        return grid(view(), table, headings_in_words=True)
    except _LATER:
        return None


def _form(
    name: str,
    draft: Draft,
    based_on: int | None,
    *,
    why: str = "",
    problem: Problem | None = None,
    tried: Grid | None = None,
) -> Response:
    page = render_template(
        "queries/edit.html",
        name=name,
        draft=draft,
        based_on=based_on,
        why=why,
        problem=problem,
        tried=tried,
        visibilities=VISIBILITIES,
    )
    status = 200 if problem is None else 403 if problem.status == 403 else 400
    return Response(page, status, {"Cache-Control": "no-store"})


def _conflict(name: str, draft: Draft, why: str, error: ConflictError) -> Response:
    """Both texts, and a form to save yours after all, based on the one that stands."""
    current = error.current
    page = render_template(
        "queries/conflict.html",
        name=name,
        draft=draft,
        error=error,
        current=current,
        lines=difference(error.theirs, error.yours) if current else (),
        based_on=current.number if current else None,
        why=why,
        visibilities=VISIBILITIES,
    )
    return Response(page, 409, {"Cache-Control": "no-store"})


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


def _free_name(name: str) -> str:
    """A name like `name` that no query of the asker's sight has."""
    for number in range(2, 100):
        try:
            find(f"{name}-{number}")
        except KGError:
            return f"{name}-{number}"
    return ""
