"""One format a file: each reader says which documents it accepts and reads them. READERS are asked in this order."""

from __future__ import annotations

from types import ModuleType

from ingest.model import Document
from ingest.readers import contacts, html, plain
from kg.errors import InputError

READERS: tuple[ModuleType, ...] = (html, plain)


def read(document: Document) -> str:
    """The stored text, without contact data; raises InputError where no reader takes the document or it is empty."""
    for reader in READERS:
        if reader.accepts(document):
            content: str = reader.read(document)
            return contacts.cover(content)
    raise InputError(
        f"{document.path}: no reader for this kind of file; web pages (.html) and plain text (.txt) are read"
    )


def suffixes() -> frozenset[str]:
    """The file name endings that the readers take, lower-case, with the dot."""
    return frozenset(suffix for reader in READERS for suffix in reader.SUFFIXES)
