"""Accounts as providers of OpenID Connect know them."""

from __future__ import annotations

import re

from kg.accounts.audit import write_entry
from kg.accounts.model import READER, ROLES, Identity, User
from kg.accounts.users import insert_user, row_of, user_of
from kg.database import Connection, Database, delete, insert, select
from kg.database.tables import identities, users
from kg.errors import AccountError, UnknownUserError

_ISSUER, _SUBJECT = 500, 255  # characters; the second is what the standard allows


def link_identity(database: Database, issuer: str, subject: str, name: str, *, by: str) -> Identity:
    """Let whom `issuer` calls `subject` sign in as `name`. AccountError where the identity is another account's."""
    with database.writing() as connection:
        row = row_of(connection, name)
        if row is None:
            raise UnknownUserError(f"there is no account {name!r}")
        taken = _user_of_identity(connection, issuer, subject)
        if taken is not None and taken.name != row.name:
            raise AccountError(f"this identity goes with the account {taken.name} already")
        if taken is None:
            _insert(database, connection, issuer, subject, user_of(row), by)
    return next(one for one in identities_of(database, name) if (one.issuer, one.subject) == (issuer, subject))


def unlink_identity(database: Database, issuer: str, subject: str, *, by: str) -> None:
    """Undo `link_identity`; nothing where there is no such identity."""
    with database.writing() as connection:
        taken = _user_of_identity(connection, issuer, subject)
        if taken is not None:
            connection.execute(delete(identities).where(identities.c.issuer == issuer, identities.c.subject == subject))
            write_entry(database, connection, by, "identity.unlink", taken.name, {"issuer": issuer, "subject": subject})


def identities_of(database: Database, name: str) -> list[Identity]:
    """The identities of the account `name`."""
    with database.reading() as connection:
        row = row_of(connection, name)
        if row is None:
            return []
        found = connection.execute(select(identities).where(identities.c.user == row.id).order_by(identities.c.issuer))
        return [Identity(one.issuer, one.subject, row.name, one.created) for one in found]


def provision(
    database: Database,
    issuer: str,
    subject: str,
    *,
    name: str,
    full_name: str = "",
    email: str | None = None,
    role: str = READER,
    by: str,
) -> User:
    """The account of an identity; a new one, with a name like `name`, where there is none yet."""
    if role not in ROLES:
        raise AccountError(f"there is no role {role!r}; take one of {', '.join(ROLES)}")
    with database.writing() as connection:
        found = _user_of_identity(connection, issuer, subject)
        if found is not None:
            return found
        free = _free_name(connection, name)
        user = insert_user(database, connection, free, role, None, full_name, email, by)
        _insert(database, connection, issuer, subject, user, by)
        return user


def _insert(database: Database, connection: Connection, issuer: str, subject: str, user: User, by: str) -> None:
    long = not (0 < len(issuer) <= _ISSUER and 0 < len(subject) <= _SUBJECT)
    if long or not (issuer.isprintable() and subject.isprintable()):
        raise AccountError("an identity has an issuer of up to 500 characters and a subject of up to 255")
    connection.execute(insert(identities).values(issuer=issuer, subject=subject, user=user.id, created=database.now()))
    write_entry(database, connection, by, "identity.link", user.name, {"issuer": issuer, "subject": subject})


def _user_of_identity(connection: Connection, issuer: str, subject: str) -> User | None:
    row = connection.execute(
        select(users)
        .join(identities, identities.c.user == users.c.id)
        .where(identities.c.issuer == issuer, identities.c.subject == subject)
    ).one_or_none()
    return None if row is None else user_of(row)


def _free_name(connection: Connection, wanted: str) -> str:
    base = re.sub(r"[^a-z0-9._@-]+", "-", wanted.strip().lower()).lstrip("._@-")[:58].rstrip("-") or "user"
    name, number = base, 1
    while row_of(connection, name) is not None:
        number += 1
        name = f"{base}-{number}"
    return name
