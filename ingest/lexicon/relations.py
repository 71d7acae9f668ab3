"""The words that tie names to one another: verbs, prepositions and nouns of roles, in `relations.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Relations:
    """Phrases by what they show. A phrase is a regular expression, so that one entry holds its spellings."""

    phrases: Mapping[str, tuple[str, ...]]

    def any_of(self, *names: str) -> str:
        """A group that matches any phrase of the lists named, the earlier ones first.

        Raises KeyError for a list that the file does not have.
        """
        return f"(?:{'|'.join(phrase for name in names for phrase in self.phrases[name])})"


@cache
def load_relations() -> Relations:
    """Reads the phrases that travel with the package."""
    data = tomllib.loads((resources.files(__package__) / "relations.toml").read_text("utf-8"))
    return Relations({name: tuple(phrases) for table in data.values() for name, phrases in table.items()})


def any_of(*names: str) -> str:
    """A group that matches any phrase of the lists named in `relations.toml`."""
    return load_relations().any_of(*names)


def words(name: str) -> tuple[str, ...]:
    """The phrases of a list in `relations.toml`, in its order; for lists of plain words."""
    return load_relations().phrases[name]
