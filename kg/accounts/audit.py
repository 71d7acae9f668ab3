"""The audit log: who changed what, and when. Entries are only ever added."""

from __future__ import annotations

from kg.accounts.model import Entry
from kg.database import LARGEST, Connection, Database, insert, select
from kg.database.tables import audit


def write_entry(
    database: Database, connection: Connection, who: str, action: str, object: str, detail: dict[str, object]
) -> None:
    """Add an entry in the transaction of `connection`, so that it stands if and only if the change does."""
    connection.execute(insert(audit).values(at=database.now(), who=who, action=action, object=object, detail=detail))


def log(database: Database, who: str, action: str, object: str, **detail: object) -> None:
    """Add an entry for what is done elsewhere than in this database."""
    with database.writing() as connection:
        write_entry(database, connection, who, action, object, detail)


def entries(
    database: Database,
    *,
    limit: int = 100,
    before: int | None = None,
    object: str | None = None,
    who: str | None = None,
    action: str | None = None,
) -> list[Entry]:
    """The newest entries first, `limit` at most: those with a number below `before`, on `object`, by `who`, of one
    `action`."""
    wanted = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(audit.c.id < min(before, LARGEST))
    if object is not None:
        wanted = wanted.where(audit.c.object == object)
    if who is not None:
        wanted = wanted.where(audit.c.who == who)
    if action is not None:
        wanted = wanted.where(audit.c.action == action)
    with database.reading() as connection:
        return [
            Entry(row.id, row.at, row.who, row.action, row.object, row.detail) for row in connection.execute(wanted)
        ]
