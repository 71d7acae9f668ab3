"""Secrets: random, given out once, stored as hashes, except those that this installation keeps for itself."""

from __future__ import annotations

import hashlib
import secrets

from kg.database import Database, insert, select
from kg.database import tables as stored


def new_secret() -> str:
    """256 random bits, as letters that fit in cookies, headers and addresses."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is stored of a secret. It is random, so a fast hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def installation_secret(database: Database, name: str) -> str:
    """The secret that all processes of this installation share for the purpose `name`, made at the first call."""
    wanted = select(stored.secrets.c.value).where(stored.secrets.c.name == name)
    with database.reading() as connection:
        found = connection.scalar(wanted)
    if found is None:
        with database.writing() as connection:
            found = connection.scalar(wanted)
            if found is None:
                found = new_secret()
                connection.execute(insert(stored.secrets).values(name=name, value=found))
    return str(found)
