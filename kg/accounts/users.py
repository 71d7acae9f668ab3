"""Accounts: made, changed, disabled. An account is never removed, since the history names it."""

from __future__ import annotations

import re
from typing import Any

from kg.accounts.audit import write_entry
from kg.accounts.model import ADMIN, ROLES, User
from kg.accounts.passwords import hash_password
from kg.database import Connection, Database, delete, insert, select, update
from kg.database.tables import sessions, users
from kg.errors import AccountError, UnknownUserError

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


def user_of(row: Any) -> User:
    """The user of a row of the table."""
    return User(
        id=row.id,
        name=row.name,
        full_name=row.full_name,
        email=row.email,
        role=row.role,
        has_password=row.password is not None,
        disabled=row.disabled is not None,
        created=row.created,
    )


def add_user(
    database: Database,
    name: str,
    *,
    role: str = "reader",
    password: str | None = None,
    full_name: str = "",
    email: str | None = None,
    by: str,
) -> User:
    """A new account. AccountError where the name is taken or no good, or the password too easy."""
    name = cleaned(name)
    if not _NAME.fullmatch(name):
        raise AccountError(f"{name!r} cannot be a name; take up to 64 of a-z, 0-9 and . _ @ -, a letter or digit first")
    _check_role(role)
    stored = None if password is None else hash_password(name, password)
    with database.writing() as connection:
        if row_of(connection, name) is not None:
            raise AccountError(f"there is an account {name!r} already")
        return insert_user(database, connection, name, role, stored, full_name, email, by)


def insert_user(
    database: Database,
    connection: Connection,
    name: str,
    role: str,
    password: str | None,
    full_name: str,
    email: str | None,
    by: str,
) -> User:
    """Write a new account, whose name is free and good, in the transaction of `connection`."""
    connection.execute(
        insert(users).values(
            name=name,
            full_name=_line(full_name) or name,
            email=_line(email or "") or None,
            role=role,
            password=password,
            created=database.now(),
        )
    )
    write_entry(database, connection, by, "user.add", name, {"role": role})
    return _existing(connection, name)


def users_of(database: Database) -> list[User]:
    """All accounts, by name."""
    with database.reading() as connection:
        return [user_of(row) for row in connection.execute(select(users).order_by(users.c.name))]


def find_user(database: Database, name: str) -> User:
    """The account `name`. UnknownUserError if there is none."""
    with database.reading() as connection:
        return _existing(connection, name)


def change_user(
    database: Database,
    name: str,
    *,
    role: str | None = None,
    full_name: str | None = None,
    email: str | None = None,
    by: str,
) -> User:
    """Change what is given. AccountError where no enabled admin would be left."""
    changes: dict[str, Any] = {}
    if role is not None:
        changes["role"] = _check_role(role)
    if full_name is not None:
        changes["full_name"] = _line(full_name) or cleaned(name)
    if email is not None:
        changes["email"] = _line(email) or None
    with database.writing() as connection:
        user = _existing(connection, name)
        if role is not None and role != ADMIN:
            _keep_an_admin(connection, user)
        if changes:
            connection.execute(update(users).where(users.c.id == user.id).values(changes))
            write_entry(database, connection, by, "user.change", user.name, changes)
        return _existing(connection, name)


def set_password(database: Database, name: str, password: str, *, by: str) -> User:
    """A new password. All sessions of the account end. AccountError where it is too easy."""
    stored = hash_password(name, password)
    with database.writing() as connection:
        user = _existing(connection, name)
        connection.execute(update(users).where(users.c.id == user.id).values(password=stored))
        connection.execute(delete(sessions).where(sessions.c.user == user.id))
        write_entry(database, connection, by, "user.password", user.name, {})
        return _existing(connection, name)


def disable_user(database: Database, name: str, *, by: str) -> User:
    """Let an account do nothing any more: its sessions end, its tokens rest. AccountError for the only admin."""
    with database.writing() as connection:
        user = _existing(connection, name)
        if not user.disabled:
            _keep_an_admin(connection, user)
            connection.execute(update(users).where(users.c.id == user.id).values(disabled=database.now()))
            connection.execute(delete(sessions).where(sessions.c.user == user.id))
            write_entry(database, connection, by, "user.disable", user.name, {})
        return _existing(connection, name)


def enable_user(database: Database, name: str, *, by: str) -> User:
    """Undo `disable_user`."""
    with database.writing() as connection:
        user = _existing(connection, name)
        if user.disabled:
            connection.execute(update(users).where(users.c.id == user.id).values(disabled=None))
            write_entry(database, connection, by, "user.enable", user.name, {})
        return _existing(connection, name)


def cleaned(name: str) -> str:
    """A name as it is stored, from what a person typed."""
    return name.strip().lower()


def row_of(connection: Connection, name: str) -> Any:
    """The row of the account `name`, None if there is none."""
    name = cleaned(name)
    if not _NAME.fullmatch(name):
        return None
    return connection.execute(select(users).where(users.c.name == name)).one_or_none()


def _existing(connection: Connection, name: str) -> User:
    row = row_of(connection, name)
    if row is None:
        raise UnknownUserError(f"there is no account {name!r}")
    return user_of(row)


def _check_role(role: str) -> str:
    if role not in ROLES:
        raise AccountError(f"there is no role {role!r}; take one of {', '.join(ROLES)}")
    return role


def _keep_an_admin(connection: Connection, user: User) -> None:
    others = select(users.c.id).where(users.c.role == ADMIN, users.c.disabled.is_(None), users.c.id != user.id).limit(1)
    if user.role == ADMIN and not user.disabled and connection.scalar(others) is None:
        raise AccountError(f"{user.name} is the only admin; make another account an admin first")


def _line(text: str) -> str:
    """A text of one line, without signs that nobody sees."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
