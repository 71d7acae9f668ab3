"""All saved queries run on a release that is not live yet, so that what it breaks or changes is known before.

Each query is run with the defaults of its parameters. What it gives is compared with what is expected of it, and with
what it gives on the release that is current, row by row.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path

from kg.accounts import MACHINE
from kg.engine import Engine, Table
from kg.errors import QueryError, SavedQueryError
from kg.release import Release
from kg.saved import Library, Run, SavedQuery, bind, broken_expectations, cells, digest
from kg.saved.model import Cells

MOST_ROWS = 100_000
"""Rows of an answer that are looked at."""
_FIRST = 100  # of the rows that came and went, those that are told

Notify = Callable[[int, int], None]
"""Called with how many queries are done and how many there are."""


def rehearse(
    store: Path,
    release: int,
    library: Library,
    *,
    before: Release | None,
    time_limit: float = 60.0,
    progress: Notify = lambda done, total: None,
) -> tuple[Run, ...]:
    """What the saved queries give on the store of `release`, against the release `before` (None: there is none).

    A query with a parameter that must be given and has no default is left out. Nothing is written down.
    """
    queries = library.list(MACHINE)
    runs = []
    with ExitStack() as stack:
        engine = stack.enter_context(Engine(store, workers=1, time_limit=time_limit, first_limit=time_limit))
        old = None
        if before is not None:
            old = stack.enter_context(Engine(before.store, workers=1, time_limit=time_limit, first_limit=time_limit))
        for done, query in enumerate(queries):
            progress(done, len(queries))
            try:
                text = bind(query, {})
            except SavedQueryError:  # a parameter must be given
                continue
            made, table = _run(engine, text, query, release, library)
            if table is not None and old is not None and before is not None:
                made = _compared(made, table, text, old, before.number, library)
            runs.append(made)
        progress(len(queries), len(queries))
    return tuple(runs)


def _run(engine: Engine, text: str, query: SavedQuery, release: int, library: Library) -> tuple[Run, Table | None]:
    at, begun = library.database.now(), time.monotonic()
    try:
        table = engine.select(text, limit=MOST_ROWS)
    except QueryError as error:
        reason = " ".join(str(error).split())
        return Run(query.name, query.version, release, at, time.monotonic() - begun, error=reason), None
    return Run(
        query.name,
        query.version,
        release,
        at,
        time.monotonic() - begun,
        rows=len(table.rows),
        columns=table.columns,
        digest=digest(text, table) if table.complete else "",
        broken=broken_expectations(query.expect, table),
    ), table


def _compared(made: Run, table: Table, text: str, old: Engine, before: int, library: Library) -> Run:
    """`made` with what came and went since the release `before`."""
    known = (run for run in library.runs(made.name) if (run.release, run.version) == (before, made.version))
    if made.digest and made.digest in (run.digest for run in known):
        return _with_changes(made, before, Counter(), Counter())
    try:
        past = old.select(text, limit=MOST_ROWS)
    except QueryError:
        return made
    now, then = Counter(map(cells, table.rows)), Counter(map(cells, past.rows))
    if past.columns != table.columns:  # as where a query is `SELECT *`: all its rows are other ones
        return _with_changes(made, before, now, then)
    return _with_changes(made, before, now - then, then - now)


def _with_changes(made: Run, before: int, added: Counter[Cells], removed: Counter[Cells]) -> Run:
    return replace(
        made,
        before=before,
        added=added.total(),
        removed=removed.total(),
        added_rows=_first(added),
        removed_rows=_first(removed),
    )


def _first(rows: Counter[Cells]) -> tuple[Cells, ...]:
    return tuple(islice(rows.elements(), _FIRST))
