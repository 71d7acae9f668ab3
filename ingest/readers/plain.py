"""Plain text. The encoding is found, line ends become LF, characters are composed (NFC); nothing else is touched."""

from __future__ import annotations

import unicodedata

from charset_normalizer import from_bytes

from ingest.model import Document
from kg.errors import InputError

SUFFIXES = (".txt", ".text", ".md")


def accepts(document: Document) -> bool:
    """True for files whose name says that they are plain text."""
    return document.path.suffix.lower() in SUFFIXES


def read(document: Document) -> str:
    """The text; raises InputError for binary or empty files."""
    if b"\0" in document.data[:4096] and not document.data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{document.path}: this is no plain text (it holds NUL bytes)")
    content = unicodedata.normalize("NFC", decode(document)).replace("\r\n", "\n").replace("\r", "\n")
    if not content.strip():
        raise InputError(f"{document.path}: the file is empty")
    return content


def decode(document: Document) -> str:
    """UTF-8 first, as nearly all documents are; then what the bytes look like."""
    for encoding in ("utf-8-sig", "utf-16") if document.data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",):
        try:
            return document.data.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(document.data).best()
    if best is None:
        raise InputError(f"{document.path}: the encoding of this file was not found; save it as UTF-8")
    return str(best)
