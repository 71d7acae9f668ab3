"""What can be said of a query before it runs: that it would leave the store or change it, and where it is wrong.

The store's own parser is the judge in all of it, because any second grammar would differ from it somewhere. `Check`
asks it (in a worker): the parser's message, or None for a text that parses.

How a SERVICE is found. This parser needs no space around keywords ("SERVICE:x{}", "1SERVICE<x>{}"), and may split a
name to find one (`ex:SERVICE <x> {}` where `ex:SERVICE` is no valid IRI), so no search for words is safe. But a text in
which each "service" is misspelt parses only if none of them was the keyword: names, strings and comments do not mind.

How an error is located. The parser reports how far any of its attempts got, and an attempt at a keyword reads as many
characters as the keyword has, so the position is off by up to 14. But the beginning of a text, followed by enough
blanks, fails at its very end if it can be continued, and before its end if it cannot. The first token that makes the
beginning fail early is where the error is; a binary search finds it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise, product
from string import ascii_lowercase

from kg.engine.known_prefixes import likely_prefix
from kg.errors import QuerySyntaxError, UpdateRefusedError
from kg.namespaces import PREFIXES

Check = Callable[[str], str | None]

_SERVICE = re.compile("service", re.IGNORECASE)
_TOKEN = re.compile(
    r"""
      (?P<blank> \s+ | \#[^\n\r]* )
    | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3} | \"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*\"{3}   # long strings
    | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*"                                 # strings
    | <[^<>"{}|^`\\\x00-\x20]*>                                                     # IRIs
    | [?$]\w+ | @[A-Za-z]+(?:-[A-Za-z0-9]+)*                                        # variables, language tags
    | (?:\w[\w.-]*)?:(?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.|\.(?=[\w:%\\.-]))*)           # prefixed names, blank nodes
    | [+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?!\w) | \w+                         # numbers, words
    | &&|\|\||!=|<=|>=|\^\^|<<\(|\)>>|<<|>>|\{\||\|\}|.                             # signs
    """,
    re.VERBOSE | re.DOTALL,
)
_POSITION = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_PLAIN_WORDS = re.compile(r"(?:^|one of |, )([A-Z][^,\[\]\"]* [^,\[\]\"]*[a-z])")
_REASONS = {
    "The SELECT contains a variable that is unbound": "SELECT names a variable that has no value there; with GROUP BY "
    "or an aggregate such as COUNT, each variable must be grouped or aggregated",
    "The SELECT overrides an existing variable using an expression": "SELECT gives a variable a value with AS that "
    "already has one; take a new name",
}
_EXPECTED = re.compile(r'"((?:[^"\\]|\\.)+)"')
_UPDATES = {"insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with"}
_DECLARATIONS = {"base": 2, "prefix": 3, "version": 2}  # how many tokens each takes
_PADDING = " " * 40  # longer than any keyword
_AROUND = 60  # characters of a long line that are shown before and after the place of an error
_LONGEST = 100_000  # characters; the error of a longer text is left where the parser saw it


def refuse_service(query: str, check: Check) -> None:
    """Raise UpdateRefusedError for a query with a SERVICE, QuerySyntaxError for one that does not parse.

    A query without the word is not looked at. It is never handed to the parser as it is: that might already run it.
    """
    if not _SERVICE.search(query):
        return
    harmless = _without_service(query)
    message = check(harmless)
    if message is None:
        return
    tokens = tokens_of(query)
    for token, following in pairwise((*tokens, None)):
        word = token.group().lower() if token else ""
        called = word.startswith("service:") and following and following.group() == "{"
        if token and (called or word in {"service", "servicesilent"}):
            line, column = _line_and_column(query, token.start())
            refused = UpdateRefusedError(
                f"line {line}, column {column}: SERVICE is refused: this endpoint answers from its own data only. "
                "Ask the other endpoint itself and join the answers"
            )
            refused.line, refused.column, refused.excerpt = line, column, excerpt(query, line, column)
            raise refused
    raise explain(query, message, lambda text: check(_without_service(text)))


def explain(query: str, message: str, check: Check) -> QuerySyntaxError | UpdateRefusedError:
    """The error to raise for a query that the parser refused with `message`."""
    error = _explained(query, message, check)
    if error.line is not None and error.column is not None:
        error.excerpt = excerpt(query, error.line, error.column)
    return error


def excerpt(query: str, line: int, column: int) -> str:
    """The line of the query, and below it a caret under the column. Of a long line, what is around the place."""
    lines = query.split("\n")
    text = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
    start = max(0, column - 1 - _AROUND)
    shown = "".join(" " if letter.isspace() else letter for letter in text[start : start + 2 * _AROUND])
    before = "…" if start else ""
    return (
        f"{before}{shown}{'…' if start + 2 * _AROUND < len(text) else ''}\n{' ' * (len(before) + column - 1 - start)}^"
    )


def _explained(query: str, message: str, check: Check) -> QuerySyntaxError | UpdateRefusedError:
    tokens = list(tokens_of(query))
    keyword = tokens[first_keyword(tokens)].group() if tokens else ""
    if keyword.lower() in _UPDATES:
        return UpdateRefusedError(
            f"{keyword.upper()} is refused: this endpoint only reads. The data are changed by a new build"
        )
    position = _POSITION.match(message)
    if position is None:
        return QuerySyntaxError(message)
    line, column, expected = int(position[1]), int(position[2]), position[3]
    if not tokens:
        return QuerySyntaxError("the query is empty", 1, 1)
    quote = next((token for token in tokens if token.group() in {"'", '"'}), None)
    if quote:
        start = quote.start() - 2 if query[: quote.start()].endswith(quote.group() * 2) else quote.start()
        line, column = _line_and_column(query, start)
        return QuerySyntaxError(f"line {line}, column {column}: this quotation mark is never closed", line, column)
    wrong = _first_wrong_token(query, tokens, check) if len(query) <= _LONGEST else None
    if wrong is not None:
        line, column = _line_and_column(query, tokens[wrong].start())
        return QuerySyntaxError(
            f"line {line}, column {column}: {_complaint(query, tokens, wrong, check)}", line, column
        )
    reasons = _PLAIN_WORDS.findall(expected)
    reason = _REASONS.get(reasons[0], reasons[0]) if reasons else "the query ends too early"
    return QuerySyntaxError(f"line {line}, column {column}: {reason}", line, column)


def _without_service(text: str) -> str:
    """The text with the first letter or two of each "service" changed, of the same length and the same for all."""
    folded = text.lower()
    for first, second in product("zqxjkvw", "e" + ascii_lowercase):
        if f"{first}{second}rvice" not in folded:
            return _SERVICE.sub(
                lambda found, head=first + second: _like(found.group(), head) + found.group()[2:],  # type: ignore[misc]
                text,
            )
    raise QuerySyntaxError("the query holds too many words like “service”; rename its variables")


def _like(word: str, head: str) -> str:
    return "".join(letter.upper() if old.isupper() else letter for letter, old in zip(head, word, strict=False))


def tokens_of(text: str) -> list[re.Match[str]]:
    """The words, names, strings and signs of a query, without blanks and comments."""
    return [token for token in _TOKEN.finditer(text) if not token["blank"]]


def first_keyword(tokens: Sequence[re.Match[str]]) -> int:
    """Where among the tokens, of which there is one at least, the BASE and PREFIX declarations are over."""
    index = 0
    while index < len(tokens) - 1 and tokens[index].group().lower() in _DECLARATIONS:
        index += _DECLARATIONS[tokens[index].group().lower()]
    return min(index, len(tokens) - 1)


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _fails_early(text: str, check: Check) -> bool:
    """Whether no continuation of `text` could parse."""
    padded = text + _PADDING
    message = check(padded)
    position = _POSITION.match(message) if message else None
    return position is not None and (int(position[1]), int(position[2])) < _line_and_column(padded, len(padded))


def _first_wrong_token(query: str, tokens: list[re.Match[str]], check: Check) -> int | None:
    wrong = bisect_left(range(len(tokens)), True, key=lambda index: _fails_early(query[: tokens[index].end()], check))
    return wrong if wrong < len(tokens) else None


def _complaint(query: str, tokens: list[re.Match[str]], wrong: int, check: Check) -> str:
    token = tokens[wrong].group()
    prefix, colon, _ = token.partition(":")
    prologue = query[: tokens[first_keyword(tokens)].start()]
    if colon and re.fullmatch(r"[\w.-]*", prefix) and "Prefix" in (check(f"{prologue} ASK {{?s {prefix}:p ?o}}") or ""):
        return f"the prefix “{prefix}:” is not declared; {_advice(prefix)}"
    if re.fullmatch(r"<.+>", token):
        return f"{token} is not an absolute IRI"
    before = query[: tokens[wrong - 1].end()] if wrong else ""
    expected = _EXPECTED.findall((check(before + _PADDING) or "") if wrong else "")
    signs = [sign for sign in dict.fromkeys(expected) if re.fullmatch(r"[^\w\"\']{1,3}", sign)]
    few = 0 < len(signs) == len(set(expected)) <= 8
    hint = f"; expected {'one of ' if len(signs) > 1 else ''}{' '.join(signs)}" if few else ""
    shown = token if len(token) <= 40 else token[:39] + "…"
    return f"“{shown}” was not expected here{hint}"


def _advice(prefix: str) -> str:
    likely = likely_prefix(prefix, PREFIXES)
    if likely is None or not prefix:
        return f"add a line PREFIX {prefix}: <...> at the top"
    name, namespace = likely
    if name == prefix:
        return f"add a line PREFIX {prefix}: <{namespace}> at the top"
    return f"did you mean {name}: for <{namespace}>? Otherwise add a line PREFIX {prefix}: <...> at the top"
