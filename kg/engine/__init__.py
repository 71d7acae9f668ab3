"""Queries under limits: each runs in a process of its own on a read-only store, and can be stopped at any moment.

    with Engine(release.store) as engine:
        table = engine.select("SELECT ?name WHERE { ?o a acc:Organisation ; rdfs:label ?name } LIMIT 5")
        with engine.answer("DESCRIBE acc:Project", "turtle") as answer:
            for piece in answer: ...

Why processes: the store's query engine has no way to stop a query, to limit its memory or to forbid it the network, and
when it panics or runs out of memory it takes its process with it. Starting a worker takes 35 ms, asking it 0.1 ms.
Small look-ups, which are bounded by what one thing has, need none: see `kg.engine.lookups`.

What is refused before it runs: updates, LOAD, and SERVICE, which would make this server talk to others.
The prefixes of `kg.namespaces` are declared where a query leaves them out; its own declarations win.
"""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from kg.engine.answer import Answer, Begun, Rows, Table, Term, answer_of, read_piece
from kg.engine.cost import explanation, plan
from kg.engine.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format, Wanted, by_name
from kg.engine.isolation import fair_memory
from kg.engine.lookups import Lookups, split
from kg.engine.pool import Pool
from kg.engine.process import WAITING, WorkerProcess, WorkerStoppedError
from kg.engine.requests import dataset, error_of, parser_message, serialization
from kg.engine.rewrites import rewrite
from kg.engine.running import Asker, Register, Running, Used
from kg.engine.syntax import explain, refuse_service
from kg.errors import BusyError, QueryError, QueryStoppedError
from kg.namespaces import PREFIXES

__all__ = [
    "GRAPH_FORMATS",
    "SOLUTION_FORMATS",
    "Answer",
    "Asker",
    "Engine",
    "Format",
    "Rows",
    "Running",
    "Table",
    "Term",
    "Used",
    "Wanted",
    "by_name",
    "read_piece",
]

TIME_LIMIT = 60.0
"""Seconds that a query may take in all."""
FIRST_LIMIT = 30.0
"""Seconds within which the first piece of an answer must come."""
LOOKED_UP = "json"
"""The format of the answers that `Engine.look_up` gives."""
_COUNTING = 2.0  # seconds that counting how often a pattern fits may take


class Engine:
    """Answers queries on the store in folder `store`, `workers` of them at a time.

    Beside them go on at most `long_workers` queries that have taken longer than a moment. Further ones wait `patience`
    seconds for a worker, `queue` of them at most. A query may take `time_limit` seconds, `first_limit` of them to its
    first piece, and `memory_limit` bytes (0: no limit; None: a fair part of this machine's memory, at most 2 GiB).
    Engines may share the `register` of their queries under way.

    Safe for threads. A context manager; `close` ends all workers at once, `retire` lets the queries under way finish.
    """

    def __init__(
        self,
        store: Path,
        *,
        workers: int = 4,
        long_workers: int = 0,
        queue: int = 1000,
        time_limit: float = TIME_LIMIT,
        first_limit: float = FIRST_LIMIT,
        memory_limit: int | None = None,
        patience: float = 5.0,
        prefixes: Mapping[str, str] = PREFIXES,
        register: Register | None = None,
    ) -> None:
        self.time_limit = time_limit
        self.first_limit = first_limit
        self.running = Register() if register is None else register
        memory = fair_memory(workers + long_workers) if memory_limit is None else memory_limit
        self._pool = Pool(store, workers, memory, long=long_workers, queue=queue)
        self._asker: Asker | None = None
        self._patience = patience
        self._prefixes = dict(prefixes)
        self.lookups = Lookups(store, prefixes)
        self.base: str | None = None

    def on_behalf_of(self, asker: Asker | None, base: str | None = None) -> Engine:
        """The same engine for one asker, who is asked before each query and told after it; None for nobody.

        `base` is the IRI that relative ones in its queries stand to; without one they are an error.
        """
        engine = copy.copy(self)
        engine._asker, engine.base = asker, base
        return engine

    @property
    def _context(self) -> dict[str, Any]:
        """What every query is read with."""
        return {"prefixes": self._prefixes, "base": self.base}

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return self._pool.waiting

    def select(
        self,
        query: str,
        *,
        limit: int | None = None,
        time_limit: float | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Table:
        """The answer as a table of at most `limit` rows. For all forms: see `Table`. With `default_graphs` or
        `named_graphs` (IRIs) the query sees these graphs only.

        Raises QuerySyntaxError, UpdateRefusedError, QueryTimeoutError, QueryMemoryError, BusyError, QueryError.
        """
        request = {"do": "rows", "limit": limit, **dataset(default_graphs, named_graphs)}
        rows: list[tuple[Term | None, ...]] = []
        head: dict[str, Any] = {}
        with closing(self._frames(query, request, time_limit)) as frames:
            for kind, payload in frames:
                if kind == b"D":
                    rows += read_piece(payload)
                else:
                    head |= json.loads(payload)
        return Table(tuple(head["columns"]), tuple(rows), head["form"], head["complete"])

    def rows(
        self,
        query: str,
        *,
        time_limit: float | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Rows:
        """The answer as rows that need not fit in memory. Raises as `answer` does."""
        request = {"do": "rows", "limit": None, **dataset(default_graphs, named_graphs)}
        frames = self._frames(query, request, time_limit)
        head = json.loads(next(frames)[1])
        return Rows(head["form"], tuple(head["columns"]), frames)

    def answer(
        self,
        query: str,
        format: str | Wanted = "json",
        *,
        time_limit: float | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """The answer in a format: a name such as `csv` or `turtle`, or one format for rows and one for graphs.

        It returns once the answer begins, so most errors are raised here; the others while it is read. Raises as
        `select`, and AnswerFormatError where the format does not fit the form of the query.
        """
        wanted = by_name(format) if isinstance(format, str) else format
        request = serialization(wanted, default_graphs, named_graphs)
        return answer_of(self._frames(query, request, time_limit), wanted)

    def look_up(self, query: str, wanted: Wanted) -> bytes | None:
        """The whole answer of a small question about one thing, found at once and without a worker; None for all other
        queries and formats, see `kg.engine.lookups`. Raises what the asker's `admit` raises."""
        began = time.monotonic()
        parts = split(query) if wanted.solutions is not None and wanted.solutions.name == LOOKED_UP else None
        lookup = None if parts is None else self.lookups.read(parts[0], parts[2])
        body = None if parts is None or lookup is None else self.lookups.answer(lookup, parts[1])
        if body is not None and self._asker is not None:
            running = Running(0, query, self._asker.name, began, began_work=began, size=len(body))
            self._asker.admit(running)
            self._asker.finished(running.used("ok"))
        return body

    def begin(self, query: str, wanted: Wanted) -> Begun:
        """Ask what `answer` asks, and do not wait. BusyError where that would mean to wait for a worker, or to ask it
        twice; otherwise raises as `answer`."""
        if rewrite(query) != query:
            raise BusyError("a query that is rewritten may have to be asked twice")
        frames = self._frames(query, serialization(wanted, (), ()), None, at_once=True)
        return Begun(frames, int(next(frames)[1]), wanted)

    def _frames(
        self, query: str, request: Mapping[str, Any], time_limit: float | None, *, at_once: bool = False
    ) -> Generator[tuple[bytes, bytes], None, None]:
        """The frames of the answer. The asker and the register of running queries are told of it.

        With `at_once` it does not wait for a worker, and begins with a frame WAITING: the descriptor to wait for.
        """
        running = self.running.begin(query, "" if self._asker is None else self._asker.name)
        seconds = self.time_limit if time_limit is None else min(time_limit, self.time_limit)
        outcome = ""
        try:
            if self._asker is not None:
                self._asker.admit(running)
            outcome = "left"
            with self._pool.worker(None if at_once else self._patience) as worker:
                try:
                    running.attach(worker)
                    yield from self._work(worker, running, request, seconds, announce=at_once)
                except WorkerStoppedError:
                    if running.stopped:
                        raise QueryStoppedError(running.stopped) from None
                    raise
                finally:
                    running.detach()
            outcome = "ok"
        except QueryError as error:
            # Who may not ask, or asked for what is free at once and got nothing, has not asked.
            outcome = "" if not outcome or (at_once and running.began_work is None) else type(error).__name__
            raise
        finally:
            self.running.end(running)
            if self._asker is not None and outcome:
                self._asker.finished(running.used(outcome))

    def _work(
        self, worker: WorkerProcess, running: Running, request: Mapping[str, Any], seconds: float, *, announce: bool
    ) -> Generator[tuple[bytes, bytes], None, None]:
        def check(text: str) -> str | None:
            return parser_message(worker, {**self._context, "query": text}, seconds)

        query = running.query
        refuse_service(query, check)
        for text in dict.fromkeys((rewrite(query), query)):
            asked = {**request, **self._context, "query": text}
            for kind, payload in worker.ask(asked, seconds, self.first_limit, announce=announce):
                if kind == WAITING:
                    announce = False
                    payload = str(worker.answers).encode()
                elif kind == b"E":
                    error = json.loads(payload)
                    if error["kind"] != "syntax":
                        raise error_of(error["kind"], error["message"])
                    if text != query:
                        break  # a place in the rewritten text would tell nobody anything
                    raise explain(query, error["message"], check)
                elif kind == b"Z":
                    running.rows = json.loads(payload)["rows"]
                running.size += len(payload)
                yield kind, payload
            else:
                return

    def check(self, query: str) -> None:
        """Whether `query` could be run, without running it. Raises as `select`."""
        for _ in self._frames(query, {"do": "check", **dataset((), ())}, None):
            pass

    def explain(self, query: str) -> str:
        """What `query` would cost, and its operations, as text; it is not run. Raises as `select`, and QueryError where
        it cannot be taken apart."""
        self.check(query)
        tree = plan(query, self._prefixes)
        return explanation(tree, lambda counting: self.select(counting, time_limit=_COUNTING))

    def retire(self) -> None:
        """Let the queries under way finish, and end each worker with its query. Later queries are still answered."""
        self._pool.retire()
        self.lookups.close()

    def close(self) -> None:
        """End all workers. Queries under way fail with BusyError."""
        self._pool.close()
        self.lookups.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
