"""What is asked of a query worker, and what it means when the worker answers with an error."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kg.engine.formats import Wanted
from kg.engine.process import TOO_MUCH_MEMORY, WorkerProcess
from kg.errors import AnswerFormatError, QueryError, QueryMemoryError


def serialization(wanted: Wanted, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> dict[str, Any]:
    """A request for an answer in the formats of `wanted`, on these graphs."""
    return {
        "do": "serialize",
        "solutions": wanted.solutions and wanted.solutions.name,
        "graph": wanted.graph and wanted.graph.name,
        **dataset(default_graphs, named_graphs),
    }


def dataset(default_graphs: Sequence[str], named_graphs: Sequence[str]) -> dict[str, list[str] | None]:
    """As the protocol of SPARQL has it: where one of the two is given, the other is empty and not everything."""
    if not (default_graphs or named_graphs):
        return {"default_graphs": None, "named_graphs": None}
    return {"default_graphs": list(default_graphs), "named_graphs": list(named_graphs)}


def parser_message(worker: WorkerProcess, request: Mapping[str, Any], seconds: float) -> str | None:
    """What the store's parser says against the query of `request`, None if it parses."""
    for kind, payload in worker.ask({**request, "do": "check"}, seconds):
        error = json.loads(payload)
        if kind == b"E" and error["kind"] == "syntax":
            return str(error["message"])
        if kind == b"E" and error["kind"] in {"memory", "store"}:
            raise error_of(error["kind"], error["message"])
    return None


def error_of(kind: str, message: str) -> QueryError:
    """The error to raise for an error frame that is no matter of syntax."""
    if kind == "memory":
        return QueryMemoryError(TOO_MUCH_MEMORY)
    if kind == "format":
        holds = "a graph" if message == "graph" else "rows"
        other = "rows" if message == "graph" else "graphs"
        return AnswerFormatError(
            f"the answer of this query is {holds}, and the format that was asked for holds {other}"
        )
    return QueryError(f"the store cannot be opened: {message}" if kind == "store" else message)
