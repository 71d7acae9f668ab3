"""One order of rows for a saved query whose own text leaves it open: a link must give the same bytes each time.

The store gives the rows of nearly all queries in the same order each time. It does not where a UNION holds what needs a
variable without a name (a path `a/b`, a blank node, COUNT ...): it makes up a name for it, and takes the branches in an
order that depends on that. Such a query gets an ORDER BY over all of its columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.engine.syntax import first_keyword, tokens_of

_VARIABLE = re.compile(r"[?$](\w+)")
_NAMELESS = {"/", "[", "count", "sum", "min", "max", "avg", "sample", "group_concat"}
_AFTER = {"limit", "offset", "values"}


def in_one_order(query: str) -> str:
    """A text with the same rows, always in the same order; `query` itself where that is so already.

    >>> in_one_order("SELECT ?a { { ?a :b/:c ?d } UNION { ?a :e ?d } } LIMIT 5")
    'SELECT ?a { { ?a :b/:c ?d } UNION { ?a :e ?d } } ORDER BY STR(?a) LANG(?a) STR(DATATYPE(?a)) ?a LIMIT 5'
    """
    tokens = tokens_of(query)
    words = [token.group().lower() for token in tokens]
    if "union" not in words or words[first_keyword(tokens)] != "select":
        return query
    if not any(word in _NAMELESS or word.startswith("_:") for word in words):
        return query
    outside = list(_outside(words))
    if any(words[at : at + 2] == ["order", "by"] for at in outside):
        return query
    opening = next((at for at in range(len(words)) if words[at] == "{"), None)
    names = [] if opening is None else _names(tokens, words, first_keyword(tokens) + 1, opening)
    if not names:
        return query
    end = next((tokens[at].start() for at in outside if words[at] in _AFTER), None)
    keys = " ".join(f"STR(?{name}) LANG(?{name}) STR(DATATYPE(?{name})) ?{name}" for name in names)
    if end is None:
        return f"{query.rstrip()}{chr(10) if '#' in query else ' '}ORDER BY {keys}"
    return f"{query[:end]}ORDER BY {keys} {query[end:]}"


def _outside(words: Sequence[str]) -> Iterable[int]:
    """The places of the words that stand in no brackets."""
    depth = 0
    for at, word in enumerate(words):
        depth += (word in {"{", "("}) - (word in {"}", ")"})
        if depth == 0:
            yield at


def _names(tokens: Sequence[re.Match[str]], words: Sequence[str], start: int, opening: int) -> list[str]:
    """The columns: what SELECT names, or all variables for a star; one that has no value does no harm."""
    if "*" in words[start:opening]:
        start, opening = opening, len(words)
    found: dict[str, None] = {}
    depth = 0
    for at in range(start, opening):
        depth += (words[at] == "(") - (words[at] == ")")
        variable = _VARIABLE.fullmatch(tokens[at].group())
        if variable and (depth == 0 or words[at - 1] == "as" or opening == len(words)):
            found[variable[1]] = None
    return list(found)
