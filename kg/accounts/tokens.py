"""Tokens for programs: made by an account, for a scope and a time, shown once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kg.accounts.audit import write_entry
from kg.accounts.model import READ, SCOPES, Token
from kg.accounts.secrets import hash_of, new_secret
from kg.accounts.users import cleaned, row_of, user_of
from kg.database import LARGEST, Database, delete, insert, select, update
from kg.database.tables import tokens, users
from kg.errors import AccountError, UnknownTokenError, UnknownUserError

LIFETIME = timedelta(days=90)
"""How long a token lasts where nothing else is said."""
_PREFIX = "accord_"  # so that people and scanners know one when they see it
_FRESH = timedelta(minutes=10)  # the last use is noted that exactly, so that reading does not write all the time
_LABEL = 200  # characters
_WITH_USERS = select(
    users,
    tokens.c.id.label("number"),
    tokens.c.label,
    tokens.c.scope,
    tokens.c.created.label("made"),
    tokens.c.expires,
    tokens.c.used,
).join(tokens, tokens.c.user == users.c.id)


def issue_token(
    database: Database,
    name: str,
    *,
    scope: str = READ,
    label: str = "",
    lifetime: timedelta | None = LIFETIME,
    by: str,
) -> tuple[Token, str]:
    """A token for the account `name`. The second is its secret, which nobody can see again. `lifetime` None: for ever.

    AccountError where the account may not have that scope.
    """
    if scope not in SCOPES:
        raise AccountError(f"there is no scope {scope!r}; take one of {', '.join(SCOPES)}")
    secret, now = _PREFIX + new_secret(), database.now()
    if lifetime is not None and not timedelta(0) < lifetime <= timedelta(days=3660):
        raise AccountError("a token lasts ten years at most, and some time at least")
    with database.writing() as connection:
        row = row_of(connection, name)
        if row is None:
            raise UnknownUserError(f"there is no account {name!r}")
        label = "".join(c if c.isprintable() else " " for c in label)[:_LABEL].strip()
        expires = None if lifetime is None else now + lifetime
        made = Token(0, user_of(row), label, scope, now, expires, None)
        if not made.may(scope):
            reason = "is disabled" if row.disabled else f"has the role {row.role}"
            raise AccountError(f"{row.name} {reason} and cannot have a token for {scope}")
        added = (
            insert(tokens)
            .values(hash=hash_of(secret), user=row.id, label=label, scope=scope, created=now, expires=expires)
            .returning(tokens.c.id)
        )
        number = int(connection.execute(added).scalar_one())
        write_entry(database, connection, by, "token.issue", row.name, {"token": number, "scope": scope})
    return Token(number, made.user, label, scope, now, expires, None), secret


def token(database: Database, secret: str) -> Token | None:
    """The token with this secret. None if there is none, it is over, or its user is disabled."""
    if not secret.startswith(_PREFIX):
        return None
    with database.reading() as connection:
        row = connection.execute(_WITH_USERS.where(tokens.c.hash == hash_of(secret))).one_or_none()
    now = database.now()
    if row is None or row.disabled is not None or (row.expires is not None and row.expires <= now):
        return None
    if row.used is None or now - row.used >= _FRESH:
        with database.writing() as connection:
            connection.execute(update(tokens).where(tokens.c.id == row.number).values(used=now))
    return _token_of(row)


def tokens_of(database: Database, name: str | None = None) -> list[Token]:
    """The tokens of the account `name` (None: of all), the newest first, also those that are over."""
    wanted = _WITH_USERS.order_by(tokens.c.id.desc())
    if name is not None:
        wanted = wanted.where(users.c.name == cleaned(name))
    with database.reading() as connection:
        return [_token_of(row) for row in connection.execute(wanted)]


def revoke_token(database: Database, number: int, *, by: str) -> None:
    """End a token at once. UnknownTokenError if there is none with this number."""
    with database.writing() as connection:
        known = 0 < number <= LARGEST
        row = connection.execute(_WITH_USERS.where(tokens.c.id == number)).one_or_none() if known else None
        if row is None:
            raise UnknownTokenError(f"there is no token with the number {number}")
        connection.execute(delete(tokens).where(tokens.c.id == number))
        write_entry(database, connection, by, "token.revoke", row.name, {"token": number})


def _token_of(row: Any) -> Token:
    return Token(row.number, user_of(row), row.label, row.scope, row.made, row.expires, row.used)
