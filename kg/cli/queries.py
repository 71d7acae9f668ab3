"""`kg queries`: the queries that a server works at, and a way to stop one."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--url",
    default="http://127.0.0.1:8080",
    envvar="KG_URL",
    show_default=True,
    help="The address of the server.",
)
@click.option("--token", envvar="KG_TOKEN", help="The token that the server was started with.")
@click.option("--stop", type=int, metavar="NUMBER", help="Stop the query with this number.")
def queries(url: str, token: str | None, stop: int | None) -> None:
    """List the queries that a server works at, the oldest first, or stop one.

    The server must run with a token (kg serve --token), and the same token must be given here.

    \b
    Examples:
      kg queries --token SECRET
      kg queries --token SECRET --stop 12
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kg.cli.remote import ask

    if not token:
        raise click.UsageError("give the token of the server with --token")
    if stop is not None:
        ask(url, f"/admin/queries/{stop}", token, "DELETE")
        click.echo(f"query {stop} was stopped")
        return
    found = ask(url, "/admin/queries", token)
    table = Table("number", "seconds", "client", "query")
    for one in found:
        text = " ".join(str(one["query"]).split())
        table.add_row(str(one["number"]), f"{one['seconds']:.1f}", str(one["client"]), Text(text, overflow="fold"))
    Console().print(table)
    click.echo(f"{len(found)} queries", err=True)
