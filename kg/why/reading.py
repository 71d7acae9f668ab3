"""The patterns of queries, read by another process, which is stopped when it takes too long."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.engine import Term
from kg.errors import QueryError, QueryTimeoutError

_PROGRAM = Path(__file__).with_name("patterns.py")
_SECONDS = 10.0

Node = Term | str
"""A term, or the name of a variable; that of a blank node begins with a dot."""
Path_ = list[Any]
"""A path as `kg.why.patterns` writes it."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern or path. `sure` is False where a solution may do without it."""

    subject: Node
    path: Path_
    value: Node
    graph: Node | None
    sure: bool

    @property
    def variables(self) -> set[str]:
        """The names of its variables."""
        named = {self.path[1]} if self.path[0] == "variable" else set()
        return named | {
            node
            for node in (self.subject, self.value, self.graph)
            if isinstance(node, str) and not isinstance(node, Term)
        }


def read_patterns(queries: Sequence[str], prefixes: Mapping[str, str]) -> list[list[Pattern]]:
    """The patterns of each query. QueryError where the language of one is not known."""
    request = json.dumps({"queries": list(queries), "prefixes": dict(prefixes)})
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, our own arguments
            [sys.executable, "-P", str(_PROGRAM)],
            input=request,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise QueryTimeoutError(f"taking the query apart took more than {_SECONDS:g} seconds") from None
    if done.returncode:
        raise QueryError("the query is too large to be taken apart")
    found = []
    for listed in json.loads(done.stdout):
        if isinstance(listed, dict):
            raise QueryError(f"the query cannot be taken apart: {listed['error']}")
        found.append(
            [Pattern(_node(s), path, _node(o), None if g is None else _node(g), sure) for s, path, o, g, sure in listed]
        )
    return found


def _node(written: list[Any]) -> Node:
    return str(written[1]) if written[0] == "variable" else term_of(written)


def term_of(written: list[Any]) -> Term:
    """The term that is written as JSON."""
    return Term(*written)
