"""The .toml files of word lists that travel with the package."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def table(name: str) -> dict[str, Any]:
    """The content of the word list called `name`, as the file has it."""
    return tomllib.loads((resources.files("ingest.lexicon") / f"{name}.toml").read_text("utf-8"))
