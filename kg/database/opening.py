"""Opening the database by its URL, and its transactions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    InterfaceError,
    InternalError,
    NoSuchModuleError,
    OperationalError,
    ProgrammingError,
    TimeoutError,
)

from kg.errors import DatabaseError

_PATIENCE = 15.0  # seconds that a writer waits for the ones before it
_LOCK = 4_274_101  # the number of the advisory lock that a writer holds on PostgreSQL
_MODE = 0o600  # the file holds hashes of passwords


class Database:
    """An open database. Safe for threads; each process opens its own. `now` gives the time that is written down."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    @property
    def shown(self) -> str:
        """Its URL without the password, wherever that stands in it."""
        return self._engine.url.set(query={}).render_as_string(hide_password=True)

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    def now(self) -> datetime:
        """The time, in UTC."""
        return self._clock().astimezone(UTC)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads. DatabaseError where the database does not answer."""
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: the only one at that time. It holds when the block ends well, else nothing does.

        DatabaseError where the database does not answer, or others write for too long. Do nothing slow in it.
        """
        with self._told(), self._engine.connect() as plain:
            connection = plain.execution_options(accord_writing=True)
            with connection.begin():
                if self.kind == "postgresql":
                    connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE:.0f}s'"))
                    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
                yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (DataError, UnicodeEncodeError, OverflowError) as error:
            raise DatabaseError(f"the database {self.shown} cannot hold this: {_reason(error)}") from error
        except (OperationalError, ProgrammingError, InterfaceError, InternalError, TimeoutError) as error:
            raise DatabaseError(f"the database {self.shown} does not answer: {_reason(error)}") from error

    def close(self) -> None:
        """Close its connections."""
        self._engine.dispose()


def sqlite_url(data: Path) -> str:
    """The URL of the database in the data folder `data`."""
    return URL.create("sqlite", database=str(data.resolve() / "staff.sqlite")).render_as_string(hide_password=False)


def open_database(url: str, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Database:
    """The database at `url`: `sqlite:////folder/staff.sqlite` or `postgresql://user:password@host/name`.

    A file of SQLite is made if missing, with its folder. Tables are made by `upgrade`. DatabaseError where the URL is
    wrong or the database does not answer.
    """
    try:
        parts = make_url(url)
        if parts.drivername in {"postgresql", "postgres"}:
            parts = parts.set(drivername="postgresql+psycopg")
        kind = parts.get_backend_name()
        if kind == "sqlite" and parts.database in {None, "", ":memory:"}:
            raise DatabaseError(f"{url!r} names no file; a database in a file is sqlite:////folder/staff.sqlite")
        if kind not in {"sqlite", "postgresql"}:
            raise DatabaseError(f"there is no way to use {kind} here; give sqlite:////FILE or postgresql://HOST/NAME")
        engine = _sqlite(parts) if kind == "sqlite" else _postgresql(parts)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        # The text is not shown: it may hold a password.
        message = "this is not the URL of a database; give sqlite:////FILE or postgresql://USER:PASSWORD@HOST/NAME"
        raise DatabaseError(message) from error
    database = Database(engine, clock)
    try:
        with database.reading():
            pass
    except DatabaseError:
        database.close()
        raise
    return database


def _postgresql(url: URL) -> Engine:
    try:
        # A connection that died while it lay in the pool is found out and replaced.
        return create_engine(url, pool_pre_ping=True, max_overflow=15, connect_args={"connect_timeout": 10})
    except ImportError as error:
        raise DatabaseError("for PostgreSQL install the extra: pip install 'accord-kg[postgresql]'") from error


def _sqlite(url: URL) -> Engine:
    file = Path(str(url.database)).absolute()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, _MODE))
    except OSError as error:
        raise DatabaseError(f"cannot write the database {file}: {error.strerror}") from error
    engine = create_engine(url.set(database=str(file)), connect_args={"timeout": _PATIENCE}, max_overflow=25)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver begins no transactions by itself
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = NORMAL")
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("accord_writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _reason(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return " ".join(str(cause).split())
