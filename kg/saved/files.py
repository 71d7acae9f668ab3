"""Saved queries as files `NAME.rq`, which any SPARQL tool can run. The file name is the name of the query."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from kg.errors import SavedQueryError, UnknownQueryError
from kg.saved.head import parse
from kg.saved.model import SavedQuery

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST = 100  # characters of a name


def load_saved(folder: Path) -> Mapping[str, SavedQuery]:
    """The saved queries in `folder`, by name, in the order of their names. SavedQueryError names the file and line."""
    if not folder.is_dir():
        raise SavedQueryError(f"{folder} is not a folder of saved queries")
    return {file.stem: read_saved(file) for file in sorted(folder.glob("*.rq"))}


def find_saved(saved: Mapping[str, SavedQuery], name: str) -> SavedQuery:
    """The saved query called `name`. UnknownQueryError if there is none."""
    if name not in saved:
        raise UnknownQueryError(f"there is no saved query {name!r}")
    return saved[name]


def read_saved(file: Path) -> SavedQuery:
    """The saved query in `file`. SavedQueryError names the file and line of what is wrong."""
    if not good_name(file.stem):
        raise SavedQueryError(f"{file}: the name may hold small letters, digits and single hyphens only")
    return parse(file.stem, read_text(file), str(file))


def read_text(file: Path) -> str:
    """The text of `file`, with line breaks as they are everywhere else here. SavedQueryError if it is no UTF-8."""
    try:
        return file.read_text("utf-8").removeprefix("\ufeff")
    except (OSError, UnicodeDecodeError) as error:
        raise SavedQueryError(f"{file}: cannot be read as UTF-8 text ({error})") from error


def good_name(name: str) -> bool:
    """Whether `name` may be the name of a saved query: small letters, digits and single hyphens."""
    return len(name) <= _LONGEST and _NAME.fullmatch(name) is not None
