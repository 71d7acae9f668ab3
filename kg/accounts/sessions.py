"""Signing in and out. Sessions are kept here and not in the cookie, so they can be ended.

Failed attempts are counted by name and by address, in the database, so that a restart forgets none. An attempt counts
as failed from its beginning until it turns out well: many at once do not get past the limit. Addresses are kept for
the time that they are needed, and no longer.
"""

from __future__ import annotations

import ipaddress
import math
from datetime import datetime, timedelta
from typing import Any

from kg.accounts.audit import write_entry
from kg.accounts.model import Session, User
from kg.accounts.passwords import fits, hash_password, is_dated
from kg.accounts.secrets import hash_of, new_secret
from kg.accounts.users import cleaned, row_of, user_of
from kg.database import Connection, Database, delete, func, insert, select, update
from kg.database.tables import attempts, identities, sessions, users
from kg.errors import SignInError, ThrottledError

LIFETIME = timedelta(hours=12)
"""How long a session lasts."""
WINDOW = timedelta(minutes=15)
"""The time in which failed attempts count."""
MOST_BY_NAME = 5
MOST_BY_ADDRESS = 30
"""Failed attempts within the window. Many people may sit behind one address."""
_REFUSED = "the name or the password is wrong"


def sign_in(
    database: Database, name: str, password: str, address: str, *, lifetime: timedelta = LIFETIME
) -> tuple[Session, str]:
    """Sign in by password from `address`. The second is the secret for the cookie; it is not stored.

    SignInError, the same for any reason; ThrottledError after too many of them.
    """
    user = check_password(database, name, password, address)
    return _begin(database, user, lifetime, "password")


def sign_in_identity(
    database: Database, issuer: str, subject: str, address: str = "", *, lifetime: timedelta = LIFETIME
) -> tuple[Session, str]:
    """Sign in whom a provider vouches for. SignInError where no enabled account has that identity."""
    with database.reading() as connection:
        row = connection.execute(
            select(users)
            .join(identities, identities.c.user == users.c.id)
            .where(identities.c.issuer == issuer, identities.c.subject == subject, users.c.disabled.is_(None))
        ).one_or_none()
    if row is None:
        raise SignInError("no account here goes with this identity; ask an admin for one")
    return _begin(database, user_of(row), lifetime, issuer)


def check_password(database: Database, name: str, password: str, address: str = "") -> User:
    """The account whose name and password these are. It counts as an attempt to sign in; raises as `sign_in` does."""
    name, address = _key(cleaned(name)), _network(address)
    attempt = _attempt(database, name, address)
    with database.reading() as connection:
        row = row_of(connection, name)
    good = fits(None if row is None or row.disabled else row.password, password)
    with database.writing() as connection:
        if not good or row is None:
            write_entry(database, connection, "", "session.refused", name, {})
        else:
            # An attempt that is well ends those before it, of this name and of this one at that address.
            connection.execute(delete(attempts).where((attempts.c.name == name) | (attempts.c.id == attempt)))
            if is_dated(row.password):
                connection.execute(
                    update(users).where(users.c.id == row.id).values(password=hash_password(name, password))
                )
    if not good or row is None:
        raise SignInError(_REFUSED)
    return user_of(row)


def session(database: Database, secret: str) -> Session | None:
    """The session of the cookie `secret`. None if there is none, it is over, or its user was disabled."""
    wanted = (
        select(
            users,
            sessions.c.hash,
            sessions.c.csrf,
            sessions.c.expires,
            sessions.c.created.label("begun"),
        )
        .join(sessions, sessions.c.user == users.c.id)
        .where(sessions.c.hash == hash_of(secret))
    )
    with database.reading() as connection:
        row = connection.execute(wanted).one_or_none()
    if row is None or row.expires <= database.now() or row.disabled is not None:
        return None
    return Session(row.hash, user_of(row), row.begun, row.expires, row.csrf)


def sign_out(database: Database, secret: str) -> None:
    """End the session of the cookie `secret`, if there is one."""
    with database.writing() as connection:
        ended = connection.execute(
            delete(sessions).where(sessions.c.hash == hash_of(secret)).returning(sessions.c.user)
        ).scalar_one_or_none()
        if ended is not None:
            name = connection.scalar(select(users.c.name).where(users.c.id == ended))
            write_entry(database, connection, str(name), "session.sign-out", str(name), {})


def sign_out_everywhere(database: Database, name: str, *, by: str) -> int:
    """End all sessions of the account `name`; how many there were."""
    with database.writing() as connection:
        row = row_of(connection, name)
        if row is None:
            return 0
        ended = connection.execute(delete(sessions).where(sessions.c.user == row.id)).rowcount
        write_entry(database, connection, by, "session.sign-out", row.name, {"sessions": ended})
        return ended


def _begin(database: Database, user: User, lifetime: timedelta, means: str) -> tuple[Session, str]:
    secret, csrf, now = new_secret(), new_secret(), database.now()
    with database.writing() as connection:
        row = connection.execute(select(users).where(users.c.id == user.id)).one_or_none()
        if row is None or row.disabled is not None:  # since it was looked up
            raise SignInError(_REFUSED)
        connection.execute(delete(sessions).where(sessions.c.expires <= now))
        begun = Session(hash_of(secret), user_of(row), now, now + lifetime, csrf)
        connection.execute(
            insert(sessions).values(hash=begun.id, user=user.id, csrf=csrf, created=now, expires=begun.expires)
        )
        write_entry(database, connection, user.name, "session.sign-in", user.name, {"by": means})
    return begun, secret


def _attempt(database: Database, name: str, address: str) -> int:
    """Write an attempt down; its number. ThrottledError where there were too many."""
    now = database.now()
    with database.writing() as connection:
        connection.execute(delete(attempts).where(attempts.c.at <= now - WINDOW))
        _refuse_too_many(connection, now, attempts.c.name == name, MOST_BY_NAME)
        if address:
            _refuse_too_many(connection, now, attempts.c.address == address, MOST_BY_ADDRESS)
        added = insert(attempts).values(name=name, address=address, at=now).returning(attempts.c.id)
        return int(connection.execute(added).scalar_one())


def _refuse_too_many(connection: Connection, now: datetime, condition: Any, most: int) -> None:
    count, first = connection.execute(select(func.count(), func.min(attempts.c.at)).where(condition)).one()
    if count >= most:
        seconds = max(1, math.ceil((first + WINDOW - now).total_seconds()))
        raise ThrottledError(
            f"too many failed attempts to sign in; try again in {(seconds + 59) // 60} minutes", seconds
        )


def _key(name: str) -> str:
    """What attempts are counted by: also where the name cannot be that of an account."""
    return "".join(c for c in name if c.isascii() and c.isprintable())[:64]


def _network(address: str) -> str:
    """What attempts are counted by: an address, or the network of one household or office in IPv6."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return _key(address)
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
