"""Saved queries as rows of the database: read, written, and who may see them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from kg.accounts import ADMIN, User
from kg.database import Connection, Database, and_, func, insert, select, update
from kg.database.tables import queries, users, versions
from kg.errors import SavedQueryError
from kg.saved.head import parse
from kg.saved.links import LONGEST
from kg.saved.model import FILE, OWN, PUBLIC, STAFF, SavedQuery, Version
from kg.saved.prefixes import declare

BY_FILE = "file"
"""The author of a version that was read from a file."""
WITH_OWNER = select(queries, users.c.name.label("owner_name")).outerjoin(users, users.c.id == queries.c.owner)
WITH_TEXT = (
    select(queries, users.c.name.label("owner_name"), versions.c.number, versions.c.text)
    .outerjoin(users, users.c.id == queries.c.owner)
    .join(versions, versions.c.query == queries.c.id)
)
_MOST_PARSED = 1000


def sees(user: User | None, visibility: str, owner: int | None) -> bool:
    """Whether `user` (None: nobody known) may see a query of the account with the number `owner`."""
    if visibility == PUBLIC:
        return True
    if user is None or user.disabled:
        return False
    return visibility == STAFF or user.id == owner or user.may(ADMIN)


def query_of(row: Any, *, deleted: bool) -> SavedQuery:
    """The saved query of a row of WITH_TEXT."""
    return replace(
        _parsed(row.name, row.text),
        origin=row.origin,
        owner=row.owner_name,
        version=row.number,
        latest=row.number == row.latest,
        deleted=deleted,
    )


def version_of(name: str, row: Any) -> Version:
    """The version of a row of the table of versions."""
    return Version(name, row.number, row.author, row.at, row.why, row.text, row.hash)


def insert_version(
    database: Database, connection: Connection, query: int, name: str, number: int, text: str, author: str, why: str
) -> Version:
    """Write a version of the query with the number `query`."""
    made = Version(name, number, author, database.now(), one_line(why), text, hash_of(text))
    connection.execute(
        insert(versions).values(
            query=query, number=number, text=text, hash=made.hash, author=author, why=made.why, at=made.at
        )
    )
    return made


def record_files(database: Database, files: Mapping[str, SavedQuery]) -> dict[str, int]:
    """The number of the version that each file holds; a content that was not seen before is written down.

    A file whose name is that of a query of the staff is left out.
    """
    with database.reading() as connection:
        known, taken = _known_files(connection, files)
    if all(name in known or name in taken for name in files):
        return known
    with database.writing() as connection:
        known, taken = _known_files(connection, files)
        for name, file in files.items():
            if name not in known and name not in taken:
                known[name] = _record_file(database, connection, file)
    return known


def clean_text(text: str) -> str:
    """A text as it is stored: with line breaks and an end as in a file, and its PREFIX lines. SavedQueryError."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff\n").rstrip("\n") + "\n"
    if len(text) > LONGEST:
        raise SavedQueryError(f"a saved query has {LONGEST} characters at most, not {len(text)}")
    for number, line in enumerate(text.split("\n"), 1):
        if any((c < " " and c != "\t") or "\ud800" <= c <= "\udfff" for c in line):
            raise SavedQueryError(f"line {number} holds a sign that is no text; remove it")
    return declare(text)


def one_line(text: str) -> str:
    """A remark as it is stored."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def hash_of(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=_MOST_PARSED)
def _parsed(name: str, text: str) -> SavedQuery:
    return parse(name, text)


def _known_files(connection: Connection, files: Mapping[str, SavedQuery]) -> tuple[dict[str, int], set[str]]:
    """The numbers of the contents that were seen before, and the names that the staff's own queries have."""
    taken = set(connection.scalars(select(queries.c.name).where(queries.c.origin == OWN)))
    seen = connection.execute(
        select(queries.c.name, versions.c.hash, versions.c.number)
        .join(versions, versions.c.query == queries.c.id)
        .where(queries.c.origin == FILE)
        .order_by(versions.c.number)
    )
    numbers = {(row.name, row.hash): row.number for row in seen}
    found = {name: numbers.get((name, hash_of(file.text))) for name, file in files.items() if name not in taken}
    return {name: number for name, number in found.items() if number is not None}, taken


def _record_file(database: Database, connection: Connection, file: SavedQuery) -> int:
    row = connection.execute(select(queries).where(queries.c.name == file.name)).one_or_none()
    if row is None:
        added = insert(queries).values(name=file.name, origin=FILE, visibility=file.visibility, latest=1)
        identifier, number = connection.execute(added.returning(queries.c.id)).scalar_one(), 1
    else:
        last = select(func.max(versions.c.number)).where(and_(versions.c.query == row.id))
        identifier, number = row.id, int(connection.scalar(last) or 0) + 1
        changed = update(queries).where(queries.c.id == identifier)
        connection.execute(changed.values(latest=number, visibility=file.visibility))
    insert_version(database, connection, identifier, file.name, number, file.text, BY_FILE, "")
    return number
