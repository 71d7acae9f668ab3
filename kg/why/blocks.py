"""A SELECT taken apart: the query itself and the SELECTs in it, each with its columns, its pattern and its groups.

A block can be written as a query of its own that gives the solutions behind a row: the same pattern, all its variables
instead of the columns, and the values of the row. Nothing in the pattern is written anew: it is the text as asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.engine import Term
from kg.engine.syntax import first_keyword, tokens_of
from kg.engine.terms import iri_term, string_term
from kg.errors import QueryError

_AGGREGATES = {"count", "sum", "min", "max", "avg", "sample", "group_concat"}
_ENDS = {"group", "having", "order", "limit", "offset", "values"}
_MOST_BLOCKS = 20

Bindings = Mapping[str, Term]
"""Values of variables."""


@dataclass(frozen=True, slots=True)
class Block:
    """A SELECT. `plain` are the variables among its columns (None for `*`), `made` those that AS makes, with their
    expressions, where they hold no aggregate. `grouped` is True where a row stands for several solutions.

    `pattern` is its text between the outer braces, with the SELECTs in it; `own` the same with empty groups in their
    place. `prologue` and `dataset` are those of the whole query.
    """

    prologue: str
    dataset: str
    plain: frozenset[str] | None
    made: tuple[tuple[str, str], ...]
    grouped: bool
    pattern: str
    own: str
    inner: tuple[Block, ...] = ()

    @property
    def patterns_query(self) -> str:
        """A query whose triple patterns are those of this block alone."""
        return f"{self.prologue}SELECT * WHERE {{\n{self.own}\n}}"

    def solutions_query(self, row: Bindings, empty: Sequence[str], early: frozenset[str], limit: int) -> str:
        """A query for the first `limit` solutions, and one more, that have the values of `row`, and none for `empty`.

        `early` are variables that surely have a value in every solution: theirs are given before all else, which makes
        the search short.
        """
        known = {name: text for name, term in row.items() if (text := written(term)) is not None}
        mine = {name: text for name, text in known.items() if self.holds(name)}
        first = _values({name: text for name, text in mine.items() if name in early})
        made = "".join(f"BIND({expression} AS ?{name})\n" for name, expression in self.made)
        bound = "".join(f"FILTER(!BOUND(?{name}))\n" for name in empty if self.holds(name))
        select = f"SELECT * {self.dataset}WHERE {{\n{{ {first}\n{self.pattern}\n}}\n{made}{_values(mine)}{bound}}}"
        return f"{self.prologue}{select}\nLIMIT {limit + 1}"

    def holds(self, name: str) -> bool:
        """Whether the value of a column is that of a variable, or follows from variables, of one solution."""
        return self.plain is None or name in self.plain or any(name == made for made, _ in self.made)


def block_of(query: str) -> Block:
    """The blocks of a SELECT. QueryError where it is none, or too many."""
    tokens = tokens_of(query)
    start = first_keyword(tokens) if tokens else 0
    if not tokens or tokens[start].group().lower() != "select":
        raise QueryError("only rows of a SELECT rest on facts that can be looked up")
    prologue = query[: tokens[start].start()]
    counted = [0]
    block, _ = _read(query, tokens, start, prologue, "", counted)
    return block


def written(term: Term) -> str | None:
    """A term as SPARQL; None for what cannot be named."""
    try:
        if term.kind == "iri":
            return iri_term(term.value)
        if term.kind == "literal":
            text = string_term(term.value, term.language)
            plain = term.language or term.datatype is None
            return text if plain else f"{text}^^{iri_term(term.datatype or '')}"
    except ValueError:
        pass
    return None


def _values(terms: Mapping[str, str]) -> str:
    if not terms:
        return ""
    names, values = " ".join(f"?{name}" for name in terms), " ".join(terms.values())
    return f"VALUES ({names}) {{ ({values}) }}\n"


def _read(
    query: str, tokens: Sequence[re.Match[str]], at: int, prologue: str, dataset: str, counted: list[int]
) -> tuple[Block, int]:
    """The block whose SELECT is the token `at`, and the number of the token after it."""
    counted[0] += 1
    if counted[0] > _MOST_BLOCKS:
        raise QueryError(f"the query has more than {_MOST_BLOCKS} SELECTs")
    plain, made, aggregated, at = _columns(query, tokens, at + 1)
    opening = next((n for n in range(at, len(tokens)) if tokens[n].group() == "{"), None)
    if opening is None:
        raise QueryError("the query has no pattern")
    if not dataset:
        words = query[tokens[at].start() : tokens[opening].start()] if at < opening else ""
        dataset = re.sub(r"\bwhere\s*$", "", words.rstrip(), flags=re.IGNORECASE).strip()
        dataset = f"{dataset} " if dataset else ""
    closing = _closing(tokens, opening)
    inner: list[Block] = []
    pieces = []
    last = tokens[opening].end()
    number = opening + 1
    while number < closing:
        following = tokens[number + 1].group().lower() if number + 1 < closing else ""
        if tokens[number].group() == "{" and following == "select":
            found, _ = _read(query, tokens, number + 1, prologue, dataset, counted)
            inner.append(found)
            ends = _closing(tokens, number)
            pieces.append(query[last : tokens[number].start()] + "{ }")
            last, number = tokens[ends].end(), ends
        number += 1
    pieces.append(query[last : tokens[closing].start()])
    groups, keys, after = _groups(query, tokens, closing + 1)
    pattern = query[tokens[opening].end() : tokens[closing].start()]
    block = Block(
        prologue, dataset, plain, (*keys, *made), groups or aggregated, pattern, "".join(pieces), tuple(inner)
    )
    return block, after


def _columns(
    query: str, tokens: Sequence[re.Match[str]], at: int
) -> tuple[frozenset[str] | None, list[tuple[str, str]], bool, int]:
    """The plain variables, those made by expressions, whether any aggregate is there, and the token after them."""
    plain: set[str] = set()
    made: list[tuple[str, str]] = []
    aggregated, everything = False, False
    while at < len(tokens):
        word = tokens[at].group()
        if word == "(":
            closing = _closing(tokens, at)
            inside = [token.group().lower() for token in tokens[at + 1 : closing]]
            if _AGGREGATES.intersection(inside):
                aggregated = True
            elif len(inside) > 2 and inside[-2] == "as":
                expression = query[tokens[at].end() : tokens[closing - 2].start()].strip()
                made.append((tokens[closing - 1].group()[1:], expression))
            at = closing
        elif word == "*":
            everything = True
        elif word[:1] in "?$" and len(word) > 1:
            plain.add(word[1:])
        elif word.lower() not in {"distinct", "reduced"}:
            break
        at += 1
    return None if everything else frozenset(plain), made, aggregated, at


def _groups(query: str, tokens: Sequence[re.Match[str]], at: int) -> tuple[bool, list[tuple[str, str]], int]:
    """Whether there is a GROUP BY, the keys that it makes by expressions, and the token after all modifiers."""
    keys: list[tuple[str, str]] = []
    grouped = False
    depth, here = 0, ""
    while at < len(tokens):
        word = tokens[at].group()
        if depth == 0 and word.lower() in _ENDS:
            here = word.lower()
            grouped |= here == "group"
        if word == "(" and depth == 0 and here == "group":
            closing = _closing(tokens, at)
            if closing - at > 3 and tokens[closing - 2].group().lower() == "as":
                keys.append(
                    (tokens[closing - 1].group()[1:], query[tokens[at].end() : tokens[closing - 2].start()].strip())
                )
        depth += (word in {"{", "("}) - (word in {"}", ")"})
        if depth < 0:
            break
        at += 1
    return grouped, keys, at


def _closing(tokens: Sequence[re.Match[str]], at: int) -> int:
    """The number of the token that closes the bracket `at`."""
    depth = 0
    for number in range(at, len(tokens)):
        word = tokens[number].group()
        depth += (word in {"{", "("}) - (word in {"}", ")"})
        if depth == 0:
            return number
    raise QueryError("the brackets of the query do not close")
