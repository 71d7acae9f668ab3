"""Values written as terms of SPARQL: what a person typed becomes part of a query and cannot change its structure."""

from __future__ import annotations

import re

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\\x00-\x20\x7f\ud800-\udfff]+")


def string_term(value: str, language: str | None = None) -> str:
    """A string literal. ValueError where `value` holds half a surrogate pair and so is no text."""
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError(value)
    escaped = "".join(_ESCAPES.get(c) or (c if c.isprintable() else f"\\U{ord(c):08X}") for c in value)
    return f'"{escaped}"@{language}' if language else f'"{escaped}"'


def iri_term(value: str) -> str:
    """An IRI in angle brackets. ValueError where `value` is no absolute IRI."""
    if not _IRI.fullmatch(value):
        raise ValueError(value)
    return f"<{value}>"
