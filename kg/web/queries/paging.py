"""Parts of an answer: `page=2&page_size=100`, with the links to the other parts.

A part is asked for by the LIMIT and OFFSET of the query itself, within those that it has. The rows come in the same
order each time (see `kg.saved.ordering`), so the parts of one release fit together also without an ORDER BY.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.engine.syntax import first_keyword, tokens_of
from kg.errors import QueryError, SavedQueryError
from kg.web.cache import Kept
from kg.web.live import View
from kg.web.queries.asked import Asked
from kg.web.site import site

ON_A_PAGE = 200
"""Rows of a page where the address does not say."""
_MOST = 10_000
_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """The rows `size * (number - 1)` to `size * number` of an answer. `size` None: `ON_A_PAGE`, as it was not said."""

    number: int = 1
    given_size: int | None = None

    @property
    def size(self) -> int:
        """Rows of the part."""
        return ON_A_PAGE if self.given_size is None else self.given_size

    @property
    def start(self) -> int:
        """The rows before it."""
        return self.size * (self.number - 1)

    def address(self, asked: Asked, number: int, suffix: str = "", **more: Any) -> str:
        """The address of the part `number`."""
        page = None if number == 1 and not suffix else number
        return asked.address(suffix, page=page, page_size=self.given_size, **more)


def part_of(arguments: Mapping[str, str]) -> Part | None:
    """The part that an address names, None for all. SavedQueryError where its numbers are none."""
    number, size = _number(arguments, "page", 10**6), _number(arguments, "page_size", _MOST)
    return None if number is None and size is None else Part(number or 1, size)


def _number(arguments: Mapping[str, str], name: str, most: int) -> int | None:
    value = arguments.get(name, "").strip()
    if not value:
        return None
    if not _NUMBER.fullmatch(value) or int(value) > most:
        raise SavedQueryError(f"{name} takes a whole number from 1 to {most:,}, not {value[:60]!r}")
    return int(value)


def cut(query: str, start: int, size: int) -> str:
    """`query` for `size` of its rows after the first `start`. SavedQueryError where its answer is not rows.

    >>> cut("SELECT * { ?s ?p ?o } LIMIT 25", 20, 10)
    'SELECT * { ?s ?p ?o }  LIMIT 5 OFFSET 20\\n'
    """
    tokens = tokens_of(query)
    if not tokens or tokens[first_keyword(tokens)].group().lower() != "select":
        raise SavedQueryError("only the rows of a SELECT have pages; leave out page and page_size")
    depth, limit, offset, end = 0, None, 0, len(query)
    kept, last = "", 0
    for at, token in enumerate(tokens):
        word = token.group().lower()
        depth += (word in {"{", "("}) - (word in {"}", ")"})
        if depth:
            continue
        if word in {"limit", "offset"} and at + 1 < len(tokens) and tokens[at + 1].group().isdecimal():
            number = tokens[at + 1]
            limit, offset = (int(number.group()), offset) if word == "limit" else (limit, int(number.group()))
            kept, last = kept + query[last : token.start()], number.end()
        elif word == "values":
            end = token.start()
            break
    rows = size if limit is None else max(0, min(size, limit - start))
    between = "\n" if "#" in query[last:end] else " "  # a comment would swallow what follows it
    return f"{kept}{query[last:end].rstrip()}{between} LIMIT {rows} OFFSET {offset + start}\n{query[end:]}"


def count(view: View, query: str, seconds: float) -> int | None:
    """How many rows the answer of a SELECT has; None where it takes longer than so many seconds to find out."""
    key = "count", view.release.path, query
    kept = site().cache.get(key)
    if kept is not None:
        return int(kept.body) if kept.body else None
    tokens = tokens_of(query)
    start = tokens[first_keyword(tokens)].start()
    counting = f"{query[:start]}SELECT (COUNT(*) AS ?rows) WHERE {{ {{\n{query[start:]}\n}} }}"
    found: int | None = None
    try:
        (row,) = view.engine.select(counting, time_limit=seconds).records()
        found = int(row["rows"])
    except QueryError:  # too long, or nothing that may stand inside of another query
        pass
    site().cache.put(key, Kept("", (), b"" if found is None else str(found).encode()))
    return found


def has_more(view: View, query: str, part: Part, total: int | None) -> bool:
    """Whether there are rows after `part`."""
    if total is not None:
        return part.start + part.size < total
    return bool(view.engine.select(cut(query, part.start + part.size, 1)).rows)


def links(asked: Asked, part: Part, total: int | None, more: bool, suffix: str = "", **others: Any) -> str:
    """The header `Link` of a part. `last` is there where the number of rows is known."""

    def written() -> Iterator[str]:
        numbers = {"first": 1}
        if part.number > 1:
            numbers["prev"] = part.number - 1 if total is None else min(part.number - 1, pages(total, part.size))
        if more:
            numbers["next"] = part.number + 1
        if total is not None:
            numbers["last"] = pages(total, part.size)
        for relation, number in numbers.items():
            yield f'<{part.address(asked, number, suffix, external=True, **others)}>; rel="{relation}"'

    return ", ".join(written())


def pages(total: int, size: int) -> int:
    """How many parts there are, one at least."""
    return max(1, -(-total // size))
