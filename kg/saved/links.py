"""Short links: a query with its view, under seven letters and digits that are always the same for the same content."""

from __future__ import annotations

import hashlib
import json
import re

from kg.database import Connection, Database, insert, select
from kg.database.tables import links
from kg.errors import SavedQueryError, UnknownQueryError
from kg.saved.model import Option, ShortLink, View

LONGEST = 100_000
"""Characters of a query that may be stored."""
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LENGTH = 7
_SLUG = re.compile(rf"[0-9A-Za-z]{{{_LENGTH}}}")


def shorten(database: Database, text: str, view: View, release: int | None, author: str | None) -> str:
    """The slug for the query `text` with `view`, on `release` (None: whichever is current)."""
    if not text.strip() or len(text) > LONGEST:
        raise SavedQueryError(f"a query of 1 to {LONGEST} characters can be shared, not one of {len(text)}")
    options = {name: list(value) if isinstance(value, tuple) else value for name, value in view.options.items()}
    stored = {"kind": view.kind, "options": options}
    content = json.dumps([text, stored, release], ensure_ascii=True, sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    known = select(links.c.slug).where(links.c.hash == digest)
    with database.reading() as connection:
        found = connection.scalar(known)
    if found is not None:
        return str(found)
    with database.writing() as connection:
        found = connection.scalar(known)
        if found is None:
            found = _free_slug(connection, digest)
            connection.execute(
                insert(links).values(
                    slug=found,
                    hash=digest,
                    text=text,
                    view=stored,
                    release=release,
                    author=author,
                    at=database.now(),
                )
            )
    return str(found)


def lengthen(database: Database, slug: str) -> ShortLink:
    """What `slug` stands for. UnknownQueryError if nothing."""
    row = None
    if _SLUG.fullmatch(slug):
        with database.reading() as connection:
            row = connection.execute(select(links).where(links.c.slug == slug)).one_or_none()
    if row is None:
        raise UnknownQueryError(f"there is no short link {slug!r}")
    options: dict[str, Option] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.view["options"].items()
    }
    return ShortLink(row.slug, row.text, View(row.view["kind"], options), row.release, row.author, row.at)


def slug_of(digest: str) -> str:
    """Seven letters and digits from a hash in hexadecimal."""
    number, slug = int(digest, 16), ""
    for _ in range(_LENGTH):
        number, digit = divmod(number, len(_DIGITS))
        slug += _DIGITS[digit]
    return slug


def _free_slug(connection: Connection, digest: str) -> str:
    """The slug of `digest`; the next one where another content has it (one in 3.5 million million)."""
    while True:
        slug = slug_of(digest)
        if connection.scalar(select(links.c.slug).where(links.c.slug == slug)) is None:
            return slug
        digest = hashlib.sha256(digest.encode()).hexdigest()
