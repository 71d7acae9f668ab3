"""What can be read off the text of a query without running it: its prefixes, the variables it gives out, its names.

Nothing here decides anything; it is for hints to people. The judge of a query is the store's parser, as
`kg.engine.syntax` asks it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from kg.engine.syntax import tokens_of

_VARIABLE = re.compile(r"[?$](\w+)")
_NAME = re.compile(r"([A-Za-z][\w.-]*)?:([\w-](?:[\w.-]*[\w-])?)", re.ASCII)
_LIKE_A_NAME = re.compile(r":\w")
_RELATIVE = re.compile(r"<[^<>\"{}|^`\\\s:]+>")
_SELECT = re.compile(r"\bSELECT\b", re.IGNORECASE)


def valueless_variables(query: str) -> list[tuple[str, str | None]]:
    """The variables that a SELECT names and its pattern never does, each with the one that may have been meant.

    >>> valueless_variables("SELECT ?nmae WHERE { ?thing rdfs:label ?name }")
    [('nmae', 'name')]
    """
    counts = Counter(_VARIABLE.findall(query))
    if all(count > 1 for count in counts.values()) or not _SELECT.search(query):
        return []  # as nearly always, and found without a closer look
    tokens = [token.group() for token in tokens_of(query)]
    projected, rest = _split(tokens)
    used = {token[1:] for token in rest if token[:1] in "?$" and len(token) > 1}
    return [
        (name, next(iter(get_close_matches(name, sorted(used), 1, 0.6)), None))
        for name in dict.fromkeys(projected)
        if name not in used
    ]


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """The variables that the first SELECT names as they are, and the words of the rest of the query."""
    upper = [word.upper() for word in words]
    if "SELECT" not in upper:
        return [], words
    projected: list[str] = []
    depth = 0
    start = upper.index("SELECT") + 1
    for at in range(start, len(words)):
        word = words[at]
        if depth == 0 and (word == "{" or upper[at] in {"WHERE", "FROM"}):
            return projected, [*_in_brackets(words[start:at]), *words[at:]]
        depth += (word == "(") - (word == ")")
        if depth == 0 and word[:1] in {"?", "$"}:
            projected.append(word[1:])
    return projected, []


def _in_brackets(words: list[str]) -> list[str]:
    """Those of `words` that stand in brackets: expressions, with their names."""
    inside: list[str] = []
    depth = 0
    for word in words:
        depth -= word == ")"
        if depth:
            inside.append(word)
        depth += word == "("
    return inside


def names_in(query: str, prefixes: Mapping[str, str], skip: Iterable[str] = ()) -> dict[str, str]:
    """The IRIs that the query's pattern names by a prefix -> how it writes them. Functions and datatypes are left out,
    and so are the namespaces `skip`."""
    found: dict[str, str] = {}
    if not _LIKE_A_NAME.search(query):
        return found
    tokens = [token.group() for token in tokens_of(query)]
    declared = dict(prefixes)
    for at, token in enumerate(tokens[:-2]):
        if token.upper() == "PREFIX" and tokens[at + 1].endswith(":") and tokens[at + 2].startswith("<"):
            declared[tokens[at + 1][:-1]] = tokens[at + 2][1:-1]
    for at, token in enumerate(tokens):
        name = _NAME.fullmatch(token)
        before, after = tokens[at - 1] if at else "", tokens[at + 1] if at + 1 < len(tokens) else ""
        if not name or before == "^^" or after == "(" or before.upper() == "PREFIX" or token.startswith("_:"):
            continue
        namespace = declared.get(name[1] or "")
        if namespace and namespace not in skip:
            found.setdefault(namespace + name[2], token)
    return found


def relative_iris(query: str) -> list[str]:
    """The relative IRIs of a query without a BASE, as it writes them.

    >>> relative_iris("DESCRIBE <place/vn>")
    ['<place/vn>']
    """
    if not _RELATIVE.search(query):
        return []
    tokens = [token.group() for token in tokens_of(query)]
    if any(token.upper() == "BASE" for token in tokens):
        return []
    return list(dict.fromkeys(token for token in tokens if _RELATIVE.fullmatch(token)))
