"""Values written as terms of SPARQL: what a person typed becomes part of a query and cannot change its structure."""

from __future__ import annotations

import re

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\\x00-\x20\x7f\ud800-\udfff]+")


def string_term(value: str, language: str | None = None) -> str:
    """A string literal. ValueError where `value` holds half a surrogate pair and so is no text."""
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError(value)
    escaped = "".join(map(_escaped, " " + value, value))
    return f'"{escaped}"@{language}' if language else f'"{escaped}"'


def _escaped(before: str, character: str) -> str:
    # Some tools read \uXXXX before anything else, and would take a backslash and a u for the beginning of one.
    if not character.isprintable() or (before == "\\" and character in "uU"):
        return _ESCAPES.get(character) or f"\\U{ord(character):08X}"
    return _ESCAPES.get(character, character)


def iri_term(value: str) -> str:
    """An IRI in angle brackets. ValueError where `value` is no absolute IRI."""
    if not _IRI.fullmatch(value):
        raise ValueError(value)
    return f"<{value}>"
