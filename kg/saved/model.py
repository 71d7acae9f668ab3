"""The nouns of saved queries: what a query, a parameter, a view, an expectation, a version, a run and a pin are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kg.saved.values import TYPES

PUBLIC, STAFF, PRIVATE = "public", "staff", "private"
VISIBILITIES = (PUBLIC, STAFF, PRIVATE)
"""Who may see a query: everybody, everybody with an account, its owner and the admins."""

FILE, OWN = "file", "staff"
"""Where a query lives: a file that comes with the installation (read-only), or the staff's database."""

VIEWS: Mapping[str, frozenset[str]] = {
    "table": frozenset({"columns"}),
    "bar": frozenset({"x", "y", "series", "stacked", "horizontal", "title"}),
    "line": frozenset({"x", "y", "series", "title"}),
    "timeline": frozenset({"label", "start", "end", "group", "title"}),
    "map": frozenset({"place", "latitude", "longitude", "label", "value", "title"}),
    "network": frozenset({"source", "target", "label", "weight", "title"}),
    "number": frozenset({"value", "label", "title"}),
}
"""The kinds of views and the options that each takes. Options that name a column hold its variable without `?`."""

Option = str | int | float | bool | tuple[str, ...]
"""The value of an option of a view; a list in the file is a tuple of strings here."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a parameter's values come from: the column `column` of the saved query `query`, run with its defaults.

    Where that answer has a column `<column>Label`, it holds the words to show for each value.
    """

    query: str
    column: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that an enumerated parameter takes, and the words to show for it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter. `type` is one of `kg.saved.TYPES`; `default` is None where it may be left out: any value.

    `enum` lists the values that it takes, or `source` says which query gives them; with neither any value of the type.
    """

    name: str
    type: str
    default: str | None
    description: str
    required: bool = False
    language: str | None = None
    enum: tuple[str, ...] = ()
    source: Source | None = None

    @property
    def variable(self) -> str:
        """Its variable in the query, without the question mark."""
        ending = self.language or (None if self.type == "string" else self.type)
        return f"_{self.name}_{ending}" if ending else f"_{self.name}"

    @property
    def takes(self) -> str:
        """What it takes, for people."""
        return f"one of {', '.join(self.enum)}" if self.enum else TYPES[self.type].takes


@dataclass(frozen=True, slots=True)
class View:
    """How an answer is shown: `kind` is one of VIEWS, `options` those that the kind knows."""

    kind: str = "table"
    options: Mapping[str, Option] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must be true of the answer (with the defaults): rows between two numbers, these columns, no empty cells."""

    at_least: int | None = None
    at_most: int | None = None
    columns: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A saved query. `name` is its address; `text` the whole file, head included, with the defaults in place.

    `version` is 0 for a query that was read from a file or a text and is not in a library. `latest` is False for an
    older version, `deleted` True for a version of a query that was deleted since. `owner` is the name of a user, None
    for files.
    """

    name: str
    title: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str
    visibility: str = PUBLIC
    view: View = View()
    expect: Expectation | None = None
    origin: str = FILE
    owner: str | None = None
    version: int = 0
    latest: bool = True
    deleted: bool = False

    @property
    def body(self) -> str:
        """The SPARQL without the lines of the head."""
        return "\n".join(line for line in self.text.split("\n") if not line.startswith("#+")).strip("\n") + "\n"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a saved query: `number` counts from 1, `author` is the name of a user or `file`.

    `hash` is the SHA-256 of the text in hexadecimal.
    """

    name: str
    number: int
    author: str
    at: datetime
    why: str
    text: str
    hash: str


@dataclass(frozen=True, slots=True)
class ShortLink:
    """What a short link stands for: an ad-hoc query with its view, and the release it was made on, if it is pinned."""

    slug: str
    text: str
    view: View
    release: int | None
    author: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Pin:
    """A version of a query held to a release: the release is kept for as long as there is a pin. Version 0: any."""

    name: str
    version: int
    release: int
    author: str
    why: str
    at: datetime


Cells = tuple[str | None, ...]
"""A row as text: a cell is the value, or None where there is none."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a version of a saved query gave on a release, with its defaults.

    `digest` is the SHA-256 of `kg.saved.canonical_csv`. `broken` says in words which expectations do not hold; `error`
    why there is no answer at all. `added` and `removed` count the rows against `before`, the release that was current
    (None: there was none, or the query had no answer on it), and the two lists hold the first 100 of each.
    """

    name: str
    version: int
    release: int
    at: datetime
    seconds: float = 0.0
    rows: int = 0
    columns: tuple[str, ...] = ()
    digest: str = ""
    broken: tuple[str, ...] = ()
    error: str = ""
    before: int | None = None
    added: int = 0
    removed: int = 0
    added_rows: tuple[Cells, ...] = ()
    removed_rows: tuple[Cells, ...] = ()

    @property
    def good(self) -> bool:
        """Whether it gave an answer and all that was expected of it holds."""
        return not self.reasons

    @property
    def reasons(self) -> list[str]:
        """What is wrong with it, in words."""
        return [self.error] if self.error else list(self.broken)
