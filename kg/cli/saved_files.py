"""`kg saved import` and `kg saved export`: the staff's own queries as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.staff import find_query, name_and_version

if TYPE_CHECKING:
    from kg.accounts import User
    from kg.saved import Library


@click.command("import")
@click.argument(
    "files", metavar="FILE|FOLDER...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True)
)
@options.data
@options.database
@options.queries
@click.option("--owner", required=True, metavar="NAME", help="The account that saves them.")
@click.option("--why", default="", help="A remark for the history.")
def import_saved(
    files: tuple[Path, ...], data: Path, database: str | None, queries: Path | None, owner: str, why: str
) -> None:
    """Save queries from files NAME.rq: as new ones, or as new versions. The other way is `kg saved export`.

    Of files that were exported with their history, all versions that are not there yet are saved.

    \b
    Examples:
      kg saved import report.rq --owner ada --why "from the field office"
      kg saved import exported/ --owner ada
    """
    from kg.accounts import find_user
    from kg.cli.staff import library_of

    found = [file for path in files for file in (sorted(path.glob("*.rq")) if path.is_dir() else [path])]
    with ExitStack() as stack:
        library = stack.enter_context(library_of(data, database, queries))
        user = find_user(library.database, owner)
        check = stack.enter_context(_checking(data))
        for file in sorted(found, key=lambda file: _order(file.stem)):
            click.echo(_import(library, file, user, why, check))


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("names", metavar="[NAME]...", nargs=-1)
@options.data
@options.database
@options.queries
@click.option("--all", "everything", is_flag=True, help="Also those that are files of this installation.")
@click.option("--history", is_flag=True, help="Also the older versions, as NAME@VERSION.rq.")
@click.option("--grlc", is_flag=True, help="With the parameters as grlc takes them. Such files cannot be read back.")
def export_saved(
    folder: Path,
    names: tuple[str, ...],
    data: Path,
    database: str | None,
    queries: Path | None,
    everything: bool,
    history: bool,
    grlc: bool,
) -> None:
    """Write the staff's saved queries to a folder, a file NAME.rq each, byte for byte as they were saved.

    Any SPARQL tool can run the files. With --grlc they are written for grlc, which puts the values of parameters in
    another way.

    \b
    Examples:
      kg saved export exported/
      kg saved export exported/ --all --history
      kg saved export for-grlc/ agreements --grlc
    """
    from kg.accounts import MACHINE
    from kg.cli.staff import library_of
    from kg.saved import for_grlc

    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with library_of(data, database, queries) as library:
        chosen = [find_query(library, name) for name in names] or [
            one for one in library.list(MACHINE) if everything or one.owner is not None
        ]
        for query in chosen:
            older = library.history(query.name, MACHINE) if history else []
            texts = {f"{query.name}@{one.number}.rq": one.text for one in older if one.number != query.version}
            for file, text in {**texts, f"{query.name}.rq": for_grlc(query) if grlc else query.text}.items():
                (folder / file).write_bytes(text.encode())
                count += 1
    click.echo(f"{count} files were written to {folder}")


@contextmanager
def _checking(data: Path) -> Iterator[Callable[[Path, str], None]]:
    """What says whether a query can be run at all, with the file that it is in; nothing where there is no release."""
    from kg.engine import Engine
    from kg.errors import MissingReleaseError, QueryError, SavedQueryError
    from kg.release import current_release

    try:
        store = current_release(data).store
    except MissingReleaseError:
        yield lambda file, text: None
        return
    with Engine(store, workers=1) as engine:

        def check(file: Path, text: str) -> None:
            try:
                engine.check(text)
            except QueryError as error:
                raise SavedQueryError(f"{file}: {error}") from error

        yield check


def _import(library: Library, file: Path, user: User, why: str, check: Callable[[Path, str], None]) -> str:
    """Save the query in `file`, unless a version has that text; what was done, in words."""
    from kg.errors import UnknownQueryError
    from kg.saved import parse
    from kg.saved.files import read_text
    from kg.saved.stored import clean_text

    name, _ = name_and_version(file.stem)
    text = clean_text(read_text(file))
    parse(name, text, str(file))  # to name the file where it is wrong
    check(file, text)
    try:
        history = library.history(name, user)
    except UnknownQueryError:
        history = ()
    for version in history:
        if version.text == text:
            return f"{file}: is {name}@{version.number} already"
    made = library.save(name, text, user, why=why, based_on=history[0].number if history else None)
    return f"{file}: saved as {name}@{made.number}"


def _order(name: str) -> tuple[str, int]:
    """Older versions before newer ones, and those before the one that stands."""
    plain, version = name_and_version(name)
    return plain, 10**9 if version is None else version
