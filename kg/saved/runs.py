"""What saved queries gave on each release, kept so that changes can be shown and watched; and what holds a release."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.database import Connection, Database, delete, insert, select
from kg.database.tables import links, pins, runs
from kg.saved.model import Pin, Run

FIRST = 100
"""How many of the rows that came and went are kept."""


def record(database: Database, done: Iterable[Run]) -> None:
    """Keep the runs. One of the same version on the same release takes the place of the one before."""
    with database.writing() as connection:
        for run in done:
            connection.execute(
                delete(runs).where(
                    runs.c.name == run.name, runs.c.version == run.version, runs.c.release == run.release
                )
            )
            connection.execute(insert(runs).values(_columns(run)))


def runs_of(database: Database, name: str, limit: int) -> list[Run]:
    """The runs of the query `name`, those on the newest release first."""
    wanted = select(runs).where(runs.c.name == name).order_by(runs.c.release.desc(), runs.c.version.desc())
    with database.reading() as connection:
        return [_run(row) for row in connection.execute(wanted.limit(limit))]


def runs_on(database: Database, release: int) -> list[Run]:
    """The runs on a release, by name."""
    wanted = select(runs).where(runs.c.release == release).order_by(runs.c.name, runs.c.version)
    with database.reading() as connection:
        return [_run(row) for row in connection.execute(wanted)]


def pin(connection: Connection, held: Pin) -> bool:
    """Write a pin down. False where it was there before."""
    if connection.execute(select(pins.c.id).where(*_same(held.name, held.version, held.release))).first():
        return False
    connection.execute(
        insert(pins).values(
            name=held.name,
            version=held.version,
            release=held.release,
            author=held.author,
            why=held.why,
            at=held.at,
        )
    )
    return True


def unpin(connection: Connection, name: str, version: int, release: int) -> bool:
    """Remove a pin. False where there is none."""
    return connection.execute(delete(pins).where(*_same(name, version, release))).rowcount > 0


def pins_of(database: Database, release: int | None, name: str | None) -> list[Pin]:
    """The pins of a release, of a query, or all; the oldest first."""
    wanted = select(pins).order_by(pins.c.id)
    if release is not None:
        wanted = wanted.where(pins.c.release == release)
    if name is not None:
        wanted = wanted.where(pins.c.name == name)
    with database.reading() as connection:
        return [
            Pin(row.name, row.version, row.release, row.author, row.why, row.at) for row in connection.execute(wanted)
        ]


def pinned_releases(database: Database) -> set[int]:
    """The numbers of the releases that a pin or a short link holds."""
    with database.reading() as connection:
        by_pins = connection.scalars(select(pins.c.release)).all()
        by_links = connection.scalars(select(links.c.release).where(links.c.release.is_not(None))).all()
    return {int(number) for number in (*by_pins, *by_links) if number is not None}


def _same(name: str, version: int, release: int) -> tuple[Any, ...]:
    return pins.c.name == name, pins.c.version == version, pins.c.release == release


def _columns(run: Run) -> dict[str, Any]:
    return {
        "name": run.name,
        "version": run.version,
        "release": run.release,
        "at": run.at,
        "seconds": run.seconds,
        "rows": run.rows,
        "columns": list(run.columns),
        "digest": run.digest,
        "good": run.good,
        "broken": list(run.broken),
        "error": run.error,
        "before": run.before,
        "added": run.added,
        "removed": run.removed,
        "added_rows": [list(row) for row in run.added_rows[:FIRST]],
        "removed_rows": [list(row) for row in run.removed_rows[:FIRST]],
    }


def _run(row: Any) -> Run:
    return Run(
        name=row.name,
        version=row.version,
        release=row.release,
        at=row.at,
        seconds=row.seconds,
        rows=row.rows,
        columns=tuple(row.columns),
        digest=row.digest,
        broken=tuple(row.broken),
        error=row.error,
        before=row.before,
        added=row.added,
        removed=row.removed,
        added_rows=tuple(tuple(cells) for cells in row.added_rows),
        removed_rows=tuple(tuple(cells) for cells in row.removed_rows),
    )
