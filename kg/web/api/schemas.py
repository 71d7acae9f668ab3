"""The schemas of what the API takes and gives, as OpenAPI 3.1 has them (JSON Schema 2020-12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.accounts import ROLES, SCOPES
from kg.saved import TYPES, VIEWS, VISIBILITIES

Schema = Mapping[str, Any]

_TEXT: Schema = {"type": "string"}
_MAYBE_TEXT: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": "integer"}
_MAYBE_NUMBER: Schema = {"type": ["integer", "null"], "minimum": 1}
_FLAG: Schema = {"type": "boolean"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_MAYBE_MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_ROWS: Schema = {"type": "array", "items": {"type": "array", "items": _MAYBE_TEXT}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _object(members: Mapping[str, Schema], optional: tuple[str, ...] = (), description: str = "") -> Schema:
    required = [name for name in members if name not in optional]
    made: dict[str, Any] = {"type": "object", "properties": dict(members), "additionalProperties": False}
    if required:
        made["required"] = required
    return made | ({"description": description} if description else {})


def _said(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


_VIEW = _object(
    {
        "kind": {"type": "string", "enum": list(VIEWS)},
        "options": {"type": "object", "description": "Those of its kind: columns to show, a title."},
    },
    ("options",),
)
_ABOUT = {
    "name": _TEXT,
    "title": _TEXT,
    "description": _said(_TEXT, "Markdown."),
    "tags": _TEXTS,
    "visibility": {"type": "string", "enum": list(VISIBILITIES)},
    "origin": {"type": "string", "enum": ["file", "staff"], "description": "Files are read-only."},
    "owner": _MAYBE_TEXT,
    "version": _NUMBER,
    "latest": _FLAG,
    "deleted": _FLAG,
    "address": _said(_TEXT, "Its page; with .csv, .json and so on its answer."),
}

SCHEMAS: Mapping[str, Schema] = {
    "QuerySummary": _object(_ABOUT),
    "Queries": _object({"queries": _list("QuerySummary")}),
    "Parameter": _object(
        {
            "name": _TEXT,
            "type": {"type": "string", "enum": list(TYPES)},
            "language": _MAYBE_TEXT,
            "description": _TEXT,
            "default": _MAYBE_TEXT,
            "required": _FLAG,
            "takes": _said(_TEXT, "In words."),
            "enum": _said(_TEXTS, "The values that it takes, if they are listed."),
            "values": _said({"type": ["object", "null"]}, "The query and the column that its values come from."),
        }
    ),
    "Query": _object(
        {
            **_ABOUT,
            "parameters": _list("Parameter"),
            "view": _ref("View"),
            "expect": _said({"type": ["object", "null"]}, "What must hold of its answer on each new release."),
            "text": _said(_TEXT, "The whole file: the head in lines that begin with #+, and the SPARQL."),
        }
    ),
    "View": _VIEW,
    "Version": _object(
        {
            "name": _TEXT,
            "number": _NUMBER,
            "author": _said(_TEXT, "The name of an account, or `file`."),
            "at": _MOMENT,
            "why": _TEXT,
            "hash": _said(_TEXT, "The SHA-256 of the text."),
            "text": _TEXT,
        }
    ),
    "Versions": _object({"versions": _list("Version")}),
    "QueryToSave": _object(
        {
            "text": _said(_TEXT, "The whole file: the head in lines that begin with #+, and the SPARQL."),
            "based_on": _said(
                _MAYBE_NUMBER,
                "The version that this one was made from; null for a new query. Where that is not the last one any "
                "more, the answer is 409 with both texts, and nothing is lost.",
            ),
            "why": _said(_TEXT, "What was changed and why, for the history."),
        },
        ("based_on", "why"),
    ),
    "Reason": _object({"why": _TEXT}, ("why",)),
    "QueryToRun": _object(
        {
            "parameters": {
                "type": "object",
                "additionalProperties": {"type": ["string", "integer", "boolean"]},
                "description": "Values by the names of the parameters; the others keep their defaults.",
            },
            "version": _said(_MAYBE_NUMBER, "Null for the last one."),
            "release": _said(_MAYBE_NUMBER, "Null for the current one."),
            "limit": {"type": "integer", "minimum": 1, "description": "Rows at most; 1000 where it is not given."},
        },
        ("parameters", "version", "release", "limit"),
    ),
    "Term": {
        "type": ["object", "null"],
        "properties": {
            "type": {"type": "string", "enum": ["iri", "literal", "blank", "triple"]},
            "value": _TEXT,
            "language": _TEXT,
            "datatype": _TEXT,
        },
        "required": ["type", "value"],
        "additionalProperties": False,
    },
    "Answer": _object(
        {
            "query": _said(_TEXT, "NAME@VERSION"),
            "release": _NUMBER,
            "columns": _TEXTS,
            "rows": {"type": "array", "items": {"type": "array", "items": _ref("Term")}},
            "complete": _said(_FLAG, "Whether these are all rows."),
        }
    ),
    "Run": _object(
        {
            "name": _TEXT,
            "version": _NUMBER,
            "release": _NUMBER,
            "at": _MOMENT,
            "seconds": {"type": "number"},
            "good": _said(_FLAG, "Whether there is an answer, and all that is expected of it holds."),
            "reasons": _said(_TEXTS, "What is wrong, in words."),
            "rows": _NUMBER,
            "columns": _TEXTS,
            "digest": _said(_TEXT, "The SHA-256 of the answer as CSV."),
            "before": _said(_MAYBE_NUMBER, "The release that it was compared with."),
            "added": _NUMBER,
            "removed": _NUMBER,
            "added_rows": _said(_ROWS, "The first 100."),
            "removed_rows": _said(_ROWS, "The first 100."),
        }
    ),
    "Runs": _object({"runs": _list("Run")}),
    "LinkToMake": _object(
        {
            "text": _said(_TEXT, "A query in SPARQL."),
            "view": _VIEW,
            "release": _said(
                _MAYBE_NUMBER, "The release to hold it to, which takes an editor; null for the current one."
            ),
        },
        ("view", "release"),
    ),
    "Link": _object(
        {"slug": _TEXT, "address": _TEXT, "text": _TEXT, "view": _ref("View"), "release": _MAYBE_NUMBER, "at": _MOMENT}
    ),
    "Pin": _object(
        {"name": _TEXT, "version": _NUMBER, "release": _NUMBER, "author": _TEXT, "why": _TEXT, "at": _MOMENT}
    ),
    "Pins": _object({"pins": _list("Pin")}),
    "PinToMake": _object(
        {
            "name": _TEXT,
            "version": {"type": "integer", "minimum": 1},
            "release": {"type": "integer", "minimum": 1},
            "why": _TEXT,
        },
        ("why",),
    ),
    "ReleaseSummary": _object({"number": _NUMBER, "created": _TEXT, "current": _FLAG}),
    "Releases": _object({"releases": _list("ReleaseSummary")}),
    "Release": _object(
        {
            "number": _NUMBER,
            "created": _TEXT,
            "current": _FLAG,
            "manifest": {"type": "object", "description": "What it was made of, and how much there is."},
        }
    ),
    "User": _object(
        {
            "name": _TEXT,
            "full_name": _TEXT,
            "email": _MAYBE_TEXT,
            "role": {"type": "string", "enum": list(ROLES)},
            "has_password": _said(_FLAG, "False for who signs in by a provider only."),
            "disabled": _FLAG,
            "created": _MOMENT,
        }
    ),
    "Users": _object({"users": _list("User")}),
    "UserToMake": _object(
        {
            "name": _TEXT,
            "full_name": _TEXT,
            "email": _MAYBE_TEXT,
            "role": {"type": "string", "enum": list(ROLES)},
            "password": _said(_MAYBE_TEXT, "Null for who signs in by a provider only."),
        },
        ("full_name", "email", "role", "password"),
    ),
    "UserToChange": _object(
        {
            "full_name": _TEXT,
            "email": _TEXT,
            "role": {"type": "string", "enum": list(ROLES)},
            "password": _TEXT,
            "disabled": _FLAG,
        },
        ("full_name", "email", "role", "password", "disabled"),
    ),
    "Me": _object(
        {
            "user": {"oneOf": [_ref("User"), {"type": "null"}]},
            "by": {"type": "string", "enum": ["nothing", "session", "token"]},
            "scope": _said(_MAYBE_TEXT, "That of the token."),
            "expires": _MAYBE_MOMENT,
        }
    ),
    "Token": _object(
        {
            "number": _NUMBER,
            "user": _TEXT,
            "label": _TEXT,
            "scope": {"type": "string", "enum": list(SCOPES)},
            "created": _MOMENT,
            "expires": _MAYBE_MOMENT,
            "last_used": _MAYBE_MOMENT,
        }
    ),
    "Tokens": _object({"tokens": _list("Token")}),
    "NewToken": _object({"token": _ref("Token"), "secret": _said(_TEXT, "It is shown this one time only.")}),
    "TokenToMake": _object(
        {
            "label": _TEXT,
            "scope": {"type": "string", "enum": list(SCOPES)},
            "days": _said(_MAYBE_NUMBER, "How long it lasts; 90 where it is not given, null for no end."),
        },
        ("label", "scope", "days"),
    ),
    "Entry": _object(
        {"number": _NUMBER, "at": _MOMENT, "who": _TEXT, "action": _TEXT, "object": _TEXT, "detail": {"type": "object"}}
    ),
    "Entries": _object({"entries": _list("Entry")}),
    "Problem": {
        "type": "object",
        "description": "RFC 9457. A conflict also has `theirs`, `yours` and `current`; what was deleted has `last`.",
        "properties": {"type": _TEXT, "title": _TEXT, "status": _NUMBER, "detail": _TEXT},
        "required": ["type", "title", "status", "detail"],
    },
}
"""The schemas by name. Those that end with `ToMake`, `ToSave`, `ToRun`, `ToChange` are taken, the others given."""
