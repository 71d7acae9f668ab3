"""Our nouns as JSON, by the schemas of the same names."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import url_for

from kg.accounts import Entry, Token, User
from kg.engine import Table, Term
from kg.saved import Expectation, Parameter, Pin, Run, SavedQuery, ShortLink, Version, View

Json = dict[str, Any]


def query_summary(query: SavedQuery) -> Json:
    """QuerySummary."""
    reference = query.name if query.latest and not query.deleted else f"{query.name}@{query.version}"
    return {
        "name": query.name,
        "title": query.title,
        "description": query.description,
        "tags": list(query.tags),
        "visibility": query.visibility,
        "origin": query.origin,
        "owner": query.owner,
        "version": query.version,
        "latest": query.latest,
        "deleted": query.deleted,
        "address": url_for("queries.one", name=reference, _external=True),
    }


def whole_query(query: SavedQuery) -> Json:
    """Query."""
    return query_summary(query) | {
        "parameters": [_parameter(one) for one in query.parameters],
        "view": _view(query.view),
        "expect": None if query.expect is None else _expectation(query.expect),
        "text": query.text,
    }


def version(one: Version) -> Json:
    """Version."""
    return asdict(one) | {"at": moment(one.at)}


def answer(query: SavedQuery, release: int, table: Table) -> Json:
    """Answer."""
    return {
        "query": f"{query.name}@{query.version}",
        "release": release,
        "columns": list(table.columns),
        "rows": [[_term(term) for term in row] for row in table.rows],
        "complete": table.complete,
    }


def run(one: Run) -> Json:
    """Run."""
    made = asdict(one) | {"at": moment(one.at), "good": one.good, "reasons": one.reasons}
    del made["broken"], made["error"]
    return made


def link(one: ShortLink) -> Json:
    """Link."""
    return {
        "slug": one.slug,
        "address": url_for("short.lengthen", slug=one.slug, _external=True),
        "text": one.text,
        "view": _view(one.view),
        "release": one.release,
        "at": moment(one.at),
    }


def pin(one: Pin) -> Json:
    """Pin."""
    return asdict(one) | {"at": moment(one.at)}


def user(one: User) -> Json:
    """User."""
    made = asdict(one) | {"created": moment(one.created)}
    del made["id"]
    return made


def token(one: Token) -> Json:
    """Token."""
    return {
        "number": one.id,
        "user": one.user.name,
        "label": one.label,
        "scope": one.scope,
        "created": moment(one.created),
        "expires": moment(one.expires),
        "last_used": moment(one.last_used),
    }


def entry(one: Entry) -> Json:
    """Entry."""
    return asdict(one) | {"at": moment(one.at)}


def moment(at: datetime | None) -> str | None:
    """A time, as JSON has it."""
    return None if at is None else at.isoformat(timespec="seconds")


def _parameter(one: Parameter) -> Json:
    return {
        "name": one.name,
        "type": one.type,
        "language": one.language,
        "description": one.description,
        "default": one.default,
        "required": one.required,
        "takes": one.takes,
        "enum": list(one.enum),
        "values": None if one.source is None else asdict(one.source),
    }


def _view(one: View) -> Json:
    return {"kind": one.kind, "options": dict(one.options)}


def _expectation(one: Expectation) -> Json:
    return {name: value for name, value in asdict(one).items() if value is not None and value != ()}


def _term(term: Term | None) -> Json | None:
    if term is None:
        return None
    made = {"type": term.kind, "value": term.value}
    if term.language:
        made["language"] = term.language
    if term.datatype:
        made["datatype"] = term.datatype
    return made
