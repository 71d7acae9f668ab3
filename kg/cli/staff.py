"""The staff's database and the saved queries, for the commands that need them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.database import Database
    from kg.saved import Library, SavedQuery

_AT = re.compile(r"(?P<name>.*)@(?P<version>\d{1,9})", re.DOTALL)


@contextmanager
def database_of(data: Path, url: str | None) -> Iterator[Database]:
    """The staff's database at `url`, or that in the data folder, with its tables. DataFolderError, DatabaseError."""
    from kg.database import open_database, sqlite_url, upgrade
    from kg.release import accept

    accept(data)  # so that no database is made in a folder that is something else
    database = open_database(url or sqlite_url(data))
    try:
        upgrade(database)
        yield database
    finally:
        database.close()


@contextmanager
def library_of(data: Path, url: str | None, queries: Path | None) -> Iterator[Library]:
    """The saved queries: those of the folder `queries` (None: that which comes with kg) and the staff's own."""
    from kg.resources import queries_folder
    from kg.saved import open_library

    with database_of(data, url) as database:
        yield open_library(database, queries or queries_folder())


def name_and_version(name: str) -> tuple[str, int | None]:
    """A name and the version that it asks for."""
    match = _AT.fullmatch(name)
    return (match["name"], int(match["version"])) if match else (name, None)


def find_query(library: Library, name: str) -> SavedQuery:
    """The query NAME or NAME@VERSION, whoever may see it."""
    from kg.accounts import MACHINE

    plain, version = name_and_version(name)
    return library.find(plain, version, MACHINE)
