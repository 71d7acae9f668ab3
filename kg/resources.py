"""Where the files lie that travel with the code: ontology and saved queries.

In an installed wheel they are under `kg/data/`, in a checkout at its top level. Options of the command line replace
them; nothing else in `kg` knows of these places.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError

_PACKAGE = Path(__file__).parent


def ontology_folder() -> Path:
    """The folder with `accord.ttl`, `shapes.ttl` and `reference/`."""
    return _folder("ontology")


def queries_folder() -> Path:
    """The folder with the saved queries, `NAME.rq`."""
    return _folder("queries")


def _folder(name: str) -> Path:
    for folder in (_PACKAGE / "data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise InputError(f"this installation lacks its folder `{name}`; install it again, or name one with --{name}")
