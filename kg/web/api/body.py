"""The JSON that a request brings: an object, checked against the schema that the description shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from kg.web.api.schemas import SCHEMAS

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}
_SHOWN = 60


def read_body(schema: str) -> Mapping[str, Any]:
    """The object of the request, which fits the schema. BadRequest names the member that does not.

    Only JSON is taken: a form of another site cannot send that.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("send JSON, with Content-Type: application/json")
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise BadRequest("send an object of JSON")
    _check(sent, SCHEMAS[schema], "the object")
    return sent


def _check(value: Any, schema: Mapping[str, Any], where: str) -> None:
    if not _is_of(value, schema):
        raise BadRequest(f"{where} must be {_words(schema)}, not {str(value)[:_SHOWN]!r}")
    if "enum" in schema and value not in schema["enum"]:
        listed = ", ".join(str(one) for one in schema["enum"] if one is not None)
        raise BadRequest(f"{where} must be one of {listed}, not {str(value)[:_SHOWN]!r}")
    if isinstance(value, int) and not isinstance(value, bool) and value < schema.get("minimum", value):
        raise BadRequest(f"{where} must be {schema['minimum']} at least, not {value}")
    if isinstance(value, dict):
        _check_members(value, schema, where)


def _check_members(value: Mapping[str, Any], schema: Mapping[str, Any], where: str) -> None:
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    for name in schema.get("required", ()):
        if name not in value:
            raise BadRequest(f"{where} must have {name!r}")
    for name, member in value.items():
        if name in known:
            _check(member, known[name], name)
        elif others is False:
            raise BadRequest(f"{where} has no {name!r}; there are {', '.join(known)}")
        elif isinstance(others, dict):
            _check(member, others, name)


def _is_of(value: Any, schema: Mapping[str, Any]) -> bool:
    kinds = _kinds(schema)
    if isinstance(value, bool):
        return not kinds or "boolean" in kinds
    return not kinds or any(isinstance(value, _TYPES[kind]) for kind in kinds)


def _kinds(schema: Mapping[str, Any]) -> list[str]:
    kind = schema.get("type", [])
    return [kind] if isinstance(kind, str) else list(kind)


def _words(schema: Mapping[str, Any]) -> str:
    names = {"integer": "a whole number", "string": "a text", "boolean": "true or false", "object": "an object"}
    return " or ".join(names.get(kind, kind) for kind in _kinds(schema))
