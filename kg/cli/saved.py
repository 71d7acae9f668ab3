"""`kg saved`: the saved queries, those that are files and the staff's own."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.saved_files import export_saved, import_saved
from kg.cli.staff import find_query, name_and_version


@click.group()
def saved() -> None:
    """List, show and run saved queries; write the staff's own to files and read them back."""


@saved.command("list")
@options.data
@options.database
@options.queries
@click.option("--deleted", is_flag=True, help="List those that were deleted.")
def list_saved(data: Path, database: str | None, queries: Path | None, deleted: bool) -> None:
    """List the saved queries.

    \b
    Example:
      kg saved list
    """
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    from kg.accounts import MACHINE
    from kg.cli.staff import library_of

    with library_of(data, database, queries) as library:
        found = library.list(MACHINE, deleted=deleted)
        widest = max((len(one.name) for one in found), default=0)
        table = Table(Column("name", min_width=widest), "version", "owner", "seen by", "title")
        for one in found:
            cells = (one.name, str(one.version), one.owner or "(file)", one.visibility, one.title)
            table.add_row(*map(Text, cells))
        for name in library.clashes:
            click.echo(f"the file {name}.rq is not used: a query of the staff has that name", err=True)
    Console().print(table)


@saved.command()
@click.argument("name", metavar="NAME[@VERSION]")
@options.data
@options.database
@options.queries
@click.option("--history", is_flag=True, help="List its versions instead.")
def show(name: str, data: Path, database: str | None, queries: Path | None, history: bool) -> None:
    """Print a saved query as a file.

    \b
    Examples:
      kg saved show agreements
      kg saved show agreements@2
      kg saved show agreements --history
    """
    from kg.accounts import MACHINE
    from kg.cli.staff import library_of

    with library_of(data, database, queries) as library:
        if history:
            for one in library.history(name_and_version(name)[0], MACHINE):
                click.echo(f"{one.name}@{one.number}\t{one.at:%Y-%m-%d %H:%M}\t{one.author}\t{one.why}".rstrip())
        else:
            click.echo(find_query(library, name).text, nl=False)


@saved.command()
@click.argument("name", metavar="NAME[@VERSION]")
@click.argument("values", metavar="[PARAMETER=VALUE]...", nargs=-1)
@options.data
@options.database
@options.queries
@click.option(
    "--format",
    "format_",
    default="table",
    show_default=True,
    help="table, csv, tsv, json or xml for rows; turtle, ntriples, jsonld or rdfxml for graphs; rq for the query.",
)
@click.option("--release", "number", type=int, metavar="NUMBER", help="Run it on this release, not the current one.")
@click.option("--time-limit", type=click.FloatRange(min=0.1), default=60, show_default=True, help="Seconds.")
def run(
    name: str,
    values: tuple[str, ...],
    data: Path,
    database: str | None,
    queries: Path | None,
    format_: str,
    number: int | None,
    time_limit: float,
) -> None:
    """Run a saved query, with values for its parameters.

    \b
    Examples:
      kg saved run agreements country=Viet
      kg saved run agreements@2 since=2023-06 --format csv > answer.csv
      kg saved run agreements --release 3
    """
    from kg.cli.query import print_answer
    from kg.cli.staff import library_of
    from kg.errors import MissingReleaseError
    from kg.release import current_release, releases
    from kg.saved import bind

    given = {}
    for value in values:
        parameter, equals, typed = value.partition("=")
        if not equals:
            raise click.UsageError(f"{value!r} is no PARAMETER=VALUE")
        given[parameter] = typed
    with library_of(data, database, queries) as library:
        text = bind(find_query(library, name), given)
    if format_ == "rq":
        click.echo(text, nl=False)
        return
    release = current_release(data)
    if number is not None:
        found = [one for one in releases(data) if one.number == number]
        if not found:
            listed = ", ".join(str(one.number) for one in releases(data))
            raise MissingReleaseError(f"{data} has no release {number}; its releases: {listed}")
        release = found[0]
    print_answer(release.store, text, format_, time_limit)


@saved.command()
@click.argument("name")
@options.data
@options.database
@options.queries
@click.option("--why", default="", help="A remark for the log.")
def delete(name: str, data: Path, database: str | None, queries: Path | None, why: str) -> None:
    """Delete a query of the staff. Its versions stay; links to them go on working.

    \b
    Example:
      kg saved delete old-report --why "replaced by report"
    """
    from kg.accounts import MACHINE
    from kg.cli.staff import library_of

    with library_of(data, database, queries) as library:
        library.delete(name, MACHINE, why)
    click.echo(f"{name} was deleted; undo it with: kg saved restore {name}")


@saved.command()
@click.argument("name")
@options.data
@options.database
@options.queries
def restore(name: str, data: Path, database: str | None, queries: Path | None) -> None:
    """Undo what `kg saved delete` did.

    \b
    Example:
      kg saved restore old-report
    """
    from kg.accounts import MACHINE
    from kg.cli.staff import library_of

    with library_of(data, database, queries) as library:
        version = library.restore(name, MACHINE)
    click.echo(f"{name} stands again, as {name}@{version.number}")


for command in (import_saved, export_saved):
    saved.add_command(command)
