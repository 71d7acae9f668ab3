"""The RDF files of others as a release, so that they are served as our own are: same protocol, limits and pages.

Nothing is added to what the files say, and nothing is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import InputError
from kg.release import Release, prepare, publish
from kg.store import RDF_SUFFIXES, Source, is_rdf, load


def release_files(data: Path, paths: Sequence[Path]) -> Release:
    """A release, in the data folder `data`, of the RDF files `paths` and of those in the folders among them.

    Triples go to the default graph, quads to the graphs that they name. Raises InputError where a file is missing or
    wrong, or a folder holds none.
    """
    files = [file for path in paths for file in _files(path)]
    with prepare(data) as building:
        quads = load(building.store, (Source(file, file.resolve().as_uri()) for file in files))
        title = ", ".join(path.name for path in paths[:3]) + (", …" if len(paths) > 3 else "")
        # An empty base: no IRI is one of this installation's own.
        return publish(building, {"title": title, "quads": quads, "files": len(files), "base": ""})


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        if not path.exists():
            raise InputError(f"{path} does not exist")
        yield path
        return
    files = sorted(file for file in path.rglob("*") if file.is_file() and is_rdf(file))
    if not files:
        raise InputError(f"{path} holds no file of RDF; their names end with {', '.join(RDF_SUFFIXES)}")
    yield from files
