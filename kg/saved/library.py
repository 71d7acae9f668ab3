"""All saved queries behind one set of calls: the files, which are read-only, and the staff's own in the database.

Every text that a name ever stood for is a version with a number, also those of files: each content of a file that is
seen is written down. So NAME@3 means the same for ever, and a name that is gone can still tell what it was.

Who may do what: a query is seen by whom its `visibility` says, and its older versions with it. Editors save new
queries, which are theirs then, and change all that they see. Only the owner or an admin deletes, restores, or changes
who may see it. What somebody may not see looks to them as if it were not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.accounts import ADMIN, EDITOR, User, entries, write_entry
from kg.database import LARGEST, Connection, Database, func, insert, select, update
from kg.database.tables import queries, versions
from kg.database.tables import runs as tried_runs
from kg.errors import ConflictError, DeletedQueryError, ForbiddenError, SavedQueryError, UnknownQueryError
from kg.saved import links, runs
from kg.saved.files import good_name, load_saved
from kg.saved.head import parse
from kg.saved.model import FILE, OWN, Pin, Run, SavedQuery, ShortLink, Version, View
from kg.saved.stored import (
    WITH_OWNER,
    WITH_TEXT,
    clean_text,
    insert_version,
    one_line,
    query_of,
    record_files,
    sees,
    version_of,
)

CITED = "a citation"
"""The author of the pins that citations make."""
RESERVED = frozenset({"new", "feed", "tags", "help"})
"""Names that addresses below /queries/ need for other things."""
_DELETE = "query.delete"  # in the audit log


def open_library(database: Database, folder: Path | None) -> Library:
    """The library of `database` and the files in `folder` (None: no files). Their versions are written down."""
    return Library(database, {} if folder is None else load_saved(folder))


class Library:
    """The saved queries. Safe for threads. `clashes` names the files that the staff's own queries of that name hide."""

    def __init__(self, database: Database, files: Mapping[str, SavedQuery]) -> None:
        self.database = database
        numbers = record_files(database, files)
        self._files = {name: replace(file, version=numbers[name]) for name, file in files.items() if name in numbers}
        self.clashes = tuple(name for name in files if name not in numbers)

    def list(self, user: User | None = None, *, tag: str | None = None, deleted: bool = False) -> Sequence[SavedQuery]:
        """The queries that `user` (None: nobody known) may see, by name: those that stand, or the deleted ones."""
        found = [] if deleted else [file for file in self._files.values() if sees(user, file.visibility, None)]
        wanted = WITH_TEXT.where(versions.c.number == queries.c.latest)
        with self.database.reading() as connection:
            for row in connection.execute(wanted):
                gone = row.deleted is not None or row.origin == FILE
                here = row.name in self._files
                if not here and gone == deleted and sees(user, row.visibility, row.owner):
                    found.append(query_of(row, deleted=gone))
        return sorted((one for one in found if tag is None or tag in one.tags), key=lambda one: one.name)

    def find(self, name: str, version: int | None = None, user: User | None = None) -> SavedQuery:
        """The query `name` as it stands, or as it was in `version`.

        UnknownQueryError where there is none that `user` may see. DeletedQueryError, with the last version, where it
        was deleted and no version is asked for; versions run for ever.
        """
        file = self._files.get(name)
        if file is not None and version in {None, file.version}:
            if not sees(user, file.visibility, None):
                raise _unknown(name)
            return file
        known = good_name(name) and (version is None or 1 <= version <= LARGEST)
        wanted = queries.c.latest if version is None else version
        with self.database.reading() as connection:
            exact = WITH_TEXT.where(queries.c.name == name, versions.c.number == wanted)
            row = connection.execute(exact).one_or_none() if known else None
            latest = self._row(connection, name, user).latest if row is None else row.latest
        if row is None:
            raise UnknownQueryError(f"the saved query {name!r} has no version {version}; its last one is {latest}")
        if not sees(user, file.visibility if file else row.visibility, row.owner):
            raise _unknown(name)
        gone = file is None and (row.deleted is not None or row.origin == FILE)
        query = replace(query_of(row, deleted=gone), latest=file is None and row.number == latest)
        if gone and version is None:
            raise DeletedQueryError(
                f"the saved query {name!r} was deleted; its last version is {name}@{latest}",
                query,
                row.deleted,
                row.deleted_by or "",
                self._why_deleted(name) if row.deleted else "",
            )
        return query

    def _why_deleted(self, name: str) -> str:
        told = entries(self.database, object=name, action=_DELETE, limit=1)
        return str(told[0].detail.get("why", "")) if told else ""

    def state(self) -> tuple[object, ...]:
        """Something small that is another one whenever a name has come to stand for something else, or was tried."""
        saved = select(func.count(), func.max(versions.c.at)).select_from(versions)
        gone = select(func.count(queries.c.deleted), func.max(queries.c.deleted))
        tried = select(func.max(tried_runs.c.id))
        with self.database.reading() as connection:
            return (*connection.execute(saved).one(), *connection.execute(gone).one(), connection.scalar(tried))

    def history(self, name: str, user: User | None = None) -> Sequence[Version]:
        """All versions of the query `name`, the newest first, also of a deleted one. UnknownQueryError."""
        with self.database.reading() as connection:
            row = self._row(connection, name, user)
            wanted = select(versions).where(versions.c.query == row.id).order_by(versions.c.number.desc())
            return [version_of(name, one) for one in connection.execute(wanted)]

    def may_save(self, name: str, user: User | None) -> bool:
        """Whether `user` may save a query under `name`, a new one or a new version."""
        if user is None or not user.may(EDITOR) or name in self._files or name in RESERVED or not good_name(name):
            return False
        with self.database.reading() as connection:
            row = connection.execute(WITH_OWNER.where(queries.c.name == name)).one_or_none()
        return row is None or (row.origin == OWN and sees(user, row.visibility, row.owner))

    def save(self, name: str, text: str, user: User | None, *, why: str = "", based_on: int | None) -> Version:
        """Save `text` as the next version of `name`. `based_on` is the version it was made from, None for a new query.

        PREFIX lines that the text leaves out are added. A text that stands already is not saved twice. Nothing is
        lost where two save at once: ConflictError tells the second, with both texts. SavedQueryError, ForbiddenError.
        """
        author = _may(user, EDITOR, "save queries")
        text = clean_text(text)
        query = parse(name, text)
        self._check_name(name)
        with self.database.writing() as connection:
            row = connection.execute(WITH_OWNER.where(queries.c.name == name)).one_or_none()
            if row is None:
                if based_on is not None:
                    raise _unknown(name)
                latest = 0
                added = insert(queries).values(
                    name=name, origin=OWN, owner=author.id, visibility=query.visibility, latest=1
                )
                identifier = connection.execute(added.returning(queries.c.id)).scalar_one()
            else:
                current = self._refuse_conflict(connection, row, author, text, based_on)
                if current is not None:
                    return current
                if query.visibility != row.visibility:
                    _owns(author, row, "change who may see")
                identifier, latest = row.id, row.latest
                changed = update(queries).where(queries.c.id == row.id)
                connection.execute(changed.values(latest=latest + 1, visibility=query.visibility))
            made = insert_version(self.database, connection, identifier, name, latest + 1, text, author.name, why)
            write_entry(self.database, connection, author.name, "query.save", name, {"version": made.number})
            return made

    def _refuse_conflict(
        self, connection: Connection, row: Any, author: User, text: str, based_on: int | None
    ) -> Version | None:
        """The version that stands where it has the same text; ConflictError where `text` is not based on it."""
        if row.origin == FILE:
            raise ForbiddenError(f"{row.name} was a file of this installation; take another name")
        if not sees(author, row.visibility, row.owner):
            raise ConflictError(f"the name {row.name} is taken; take another one", None, text, based_on)
        current = version_of(
            row.name,
            connection.execute(
                select(versions).where(versions.c.query == row.id, versions.c.number == row.latest)
            ).one(),
        )
        if row.deleted is not None:
            message = f"{row.name} was deleted by {row.deleted_by}; restore it first, or take another name"
            raise ConflictError(message, current, text, based_on)
        if current.text == text:
            return current
        if based_on != row.latest:
            based = "there is a query of that name" if based_on is None else f"your text is based on version {based_on}"
            message = f"{row.name} has version {row.latest} by {current.author} since; {based}"
            raise ConflictError(message, current, text, based_on)
        return None

    def delete(self, name: str, user: User | None, why: str = "") -> None:
        """Delete a query of the staff. Its versions stay, and so do the links to them."""
        author = _may(user, EDITOR, "delete queries")
        self._check_name(name)
        with self.database.writing() as connection:
            row = self._own_row(connection, name, author, "delete")
            if row.deleted is None:
                changed = update(queries).where(queries.c.id == row.id)
                connection.execute(changed.values(deleted=self.database.now(), deleted_by=author.name))
                write_entry(self.database, connection, author.name, _DELETE, name, {"why": one_line(why)})

    def restore(self, name: str, user: User | None, why: str = "") -> Version:
        """Undo `delete`; the version that stands again."""
        author = _may(user, EDITOR, "restore queries")
        with self.database.writing() as connection:
            row = self._own_row(connection, name, author, "restore")
            if row.deleted is not None:
                changed = update(queries).where(queries.c.id == row.id)
                connection.execute(changed.values(deleted=None, deleted_by=None))
                write_entry(self.database, connection, author.name, "query.restore", name, {"why": why})
        return self.history(name, author)[0]

    def shorten(self, text: str, view: View | None = None, release: int | None = None, user: User | None = None) -> str:
        """Seven letters and digits that stand for a query with its view, on a release or on the current one."""
        return links.shorten(self.database, text, view or View(), release, user.name if user else None)

    def lengthen(self, slug: str) -> ShortLink:
        """What `shorten` made `slug` of. UnknownQueryError."""
        return links.lengthen(self.database, slug)

    def pin(self, name: str, version: int, release: int, user: User | None, why: str = "") -> Pin:
        """Keep a release for a version of a query. The caller sees to it that the release exists."""
        author = _may(user, EDITOR, "pin releases")
        query = self.find(name, version, author)
        held = Pin(name, query.version, release, author.name, one_line(why), self.database.now())
        with self.database.writing() as connection:
            if runs.pin(connection, held):
                detail: dict[str, object] = {"version": query.version, "release": release}
                write_entry(self.database, connection, author.name, "pin.add", name, detail)
        return next(one for one in self.pins(release, name) if one.version == query.version)

    def hold(self, query: SavedQuery, release: int) -> None:
        """Keep a release because an answer of `query` on it was cited. Whoever may see the query may cite it."""
        if any(one.version == query.version for one in self.pins(release, query.name)):
            return
        held = Pin(query.name, query.version, release, CITED, "an answer was cited", self.database.now())
        with self.database.writing() as connection:
            if runs.pin(connection, held):
                detail: dict[str, object] = {"version": query.version, "release": release}
                write_entry(self.database, connection, CITED, "pin.add", query.name, detail)

    def unpin(self, name: str, version: int, release: int, user: User | None) -> None:
        """Undo `pin`. Only its author or an admin may."""
        author = _may(user, EDITOR, "pin releases")
        held = next((one for one in self.pins(release, name) if one.version == version), None)
        if held is None:
            return
        if held.author != author.name and not author.may(ADMIN):
            raise ForbiddenError(f"only {held.author} or an admin may remove this pin")
        with self.database.writing() as connection:
            if runs.unpin(connection, name, version, release):
                detail: dict[str, object] = {"version": version, "release": release}
                write_entry(self.database, connection, author.name, "pin.remove", name, detail)

    def pins(self, release: int | None = None, name: str | None = None) -> Sequence[Pin]:
        """The pins of a release, of a query, or all; the oldest first."""
        return runs.pins_of(self.database, release, name)

    def pinned_releases(self) -> set[int]:
        """The numbers of the releases that something holds."""
        return runs.pinned_releases(self.database)

    def record(self, done: Iterable[Run]) -> None:
        """Keep what queries gave on a release."""
        runs.record(self.database, done)

    def runs(self, name: str, limit: int = 50) -> Sequence[Run]:
        """What the query `name` gave, on the newest release first."""
        return runs.runs_of(self.database, name, limit)

    def runs_on(self, release: int) -> Sequence[Run]:
        """What the queries gave on a release, by name."""
        return runs.runs_on(self.database, release)

    def broken(self, release: int) -> Sequence[Run]:
        """The runs on a release that gave not what is expected."""
        return [run for run in self.runs_on(release) if not run.good]

    def _row(self, connection: Connection, name: str, user: User | None) -> Any:
        row = None
        if good_name(name):
            row = connection.execute(WITH_OWNER.where(queries.c.name == name)).one_or_none()
        if row is None:
            raise _unknown(name)
        file = self._files.get(name)
        if not sees(user, file.visibility if file else row.visibility, row.owner):
            raise _unknown(name)
        return row

    def _own_row(self, connection: Connection, name: str, author: User, what: str) -> Any:
        row = self._row(connection, name, author)
        if row.origin == FILE:
            raise ForbiddenError(f"{name} is a file of this installation; it cannot be changed here")
        _owns(author, row, what)
        return row

    def _check_name(self, name: str) -> None:
        if not good_name(name) or name in RESERVED:
            raise SavedQueryError(
                f"{name!r} cannot be the name of a query; take small letters, digits and single hyphens, a letter first"
            )
        if name in self._files:
            raise ForbiddenError(f"{name} is a file of this installation; save your own under another name")


def _may(user: User | None, role: str, what: str) -> User:
    if user is None:
        raise ForbiddenError(f"sign in to {what}")
    if not user.may(role):
        raise ForbiddenError(f"only accounts with the role {role} may {what}")
    return user


def _owns(author: User, row: Any, what: str) -> None:
    if row.owner != author.id and not author.may(ADMIN):
        raise ForbiddenError(f"only {row.owner_name} and admins may {what} {row.name}")


def _unknown(name: str) -> UnknownQueryError:
    return UnknownQueryError(f"there is no saved query {name!r}")
