"""`kg user`: the accounts of the staff."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import click

from kg.cli import options

_ROLES = click.Choice(["reader", "editor", "admin"])
_SCOPES = click.Choice(["read", "write", "admin"])
_BY = "command line"

_password = click.option(
    "--password-file",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Read the password from the first line of a file, - for input; without it kg asks for one.",
)


@click.group()
def user() -> None:
    """Make and change the accounts of the staff.

    Reading needs no account. A reader also sees what is for the staff only, an editor saves queries, an admin may do
    everything.
    """


@user.command()
@click.argument("name")
@options.data
@options.database
@click.option("--role", type=_ROLES, default="reader", show_default=True)
@click.option("--full-name", default="", help="As it is shown to others.")
@click.option("--email")
@_password
@click.option("--no-password", is_flag=True, help="For who signs in with a provider only.")
def add(
    name: str,
    data: Path,
    database: str | None,
    role: str,
    full_name: str,
    email: str | None,
    password_file: Path | None,
    no_password: bool,
) -> None:
    """Make an account.

    \b
    Examples:
      kg user add ada --role editor --full-name "Ada Brook"
      kg user add ada --role admin --password-file - < password.txt
    """
    from kg.accounts import add_user
    from kg.cli.staff import database_of

    with database_of(data, database) as staff:
        secret = None if no_password else _secret(password_file)
        made = add_user(staff, name, role=role, password=secret, full_name=full_name, email=email, by=_BY)
    click.echo(f"the account {made.name} was made; its role is {made.role}")


@user.command("list")
@options.data
@options.database
def list_users(data: Path, database: str | None) -> None:
    """List the accounts.

    \b
    Example:
      kg user list
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kg.accounts import tokens, users
    from kg.cli.staff import database_of

    table = Table("name", "full name", "role", "state", "tokens", "since")
    with database_of(data, database) as staff:
        held = [token.user.name for token in tokens(staff)]
        for one in users(staff):
            state = "disabled" if one.disabled else "" if one.has_password else "no password"
            cells = (one.name, one.full_name, one.role, state, str(held.count(one.name)), f"{one.created:%Y-%m-%d}")
            table.add_row(*map(Text, cells))
    Console().print(table)


@user.command()
@click.argument("name")
@options.data
@options.database
@click.option("--role", type=_ROLES)
@click.option("--full-name")
@click.option("--email")
def change(
    name: str, data: Path, database: str | None, role: str | None, full_name: str | None, email: str | None
) -> None:
    """Change the role or the names of an account.

    \b
    Example:
      kg user change ada --role admin
    """
    from kg.accounts import change_user
    from kg.cli.staff import database_of

    with database_of(data, database) as staff:
        made = change_user(staff, name, role=role, full_name=full_name, email=email, by=_BY)
    click.echo(f"{made.name}: {made.full_name}, {made.email or 'no e-mail address'}, {made.role}")


@user.command()
@click.argument("name")
@options.data
@options.database
@_password
def password(name: str, data: Path, database: str | None, password_file: Path | None) -> None:
    """Give an account a new password. Its sessions end.

    \b
    Example:
      kg user password ada
    """
    from kg.accounts import find_user, set_password
    from kg.cli.staff import database_of

    with database_of(data, database) as staff:
        find_user(staff, name)
        set_password(staff, name, _secret(password_file), by=_BY)
    click.echo(f"{name} has a new password")


@user.command()
@click.argument("name")
@options.data
@options.database
def disable(name: str, data: Path, database: str | None) -> None:
    """Let an account do nothing any more. Its sessions end, and its tokens work no longer.

    \b
    Example:
      kg user disable ada
    """
    from kg.accounts import disable_user
    from kg.cli.staff import database_of

    with database_of(data, database) as staff:
        disable_user(staff, name, by=_BY)
    click.echo(f"{name} is disabled; undo it with: kg user enable {name}")


@user.command()
@click.argument("name")
@options.data
@options.database
def enable(name: str, data: Path, database: str | None) -> None:
    """Undo what `kg user disable` did.

    \b
    Example:
      kg user enable ada
    """
    from kg.accounts import enable_user
    from kg.cli.staff import database_of

    with database_of(data, database) as staff:
        enable_user(staff, name, by=_BY)
    click.echo(f"{name} is enabled")


@user.command()
@click.argument("name")
@options.data
@options.database
@click.option("--scope", type=_SCOPES, default="read", show_default=True, help="What it may be used for.")
@click.option("--days", type=click.IntRange(1, 3660), default=90, show_default=True, help="How long it lasts.")
@click.option("--label", default="", help="What it is for.")
@click.option("--list", "listing", is_flag=True, help="List the tokens of the account instead.")
@click.option("--revoke", type=int, metavar="NUMBER", help="End the token with this number instead.")
def token(
    name: str,
    data: Path,
    database: str | None,
    scope: str,
    days: int,
    label: str,
    listing: bool,
    revoke: int | None,
) -> None:
    """Make a token with which a program works for an account. It is shown once.

    \b
    Examples:
      kg user token ada --scope write --days 30 --label "weekly report"
      kg user token ada --list
      kg user token ada --revoke 3
    """
    from kg.accounts import find_user, issue_token, revoke_token, tokens
    from kg.cli.staff import database_of
    from kg.errors import UnknownTokenError

    with database_of(data, database) as staff:
        find_user(staff, name)
        if listing:
            for one in tokens(staff, name):
                until = "for ever" if one.expires is None else f"until {one.expires:%Y-%m-%d}"
                used = "never used" if one.last_used is None else f"last used {one.last_used:%Y-%m-%d}"
                click.echo(f"{one.id}\t{one.scope}\t{until}\t{used}\t{one.label}")
        elif revoke is not None:
            if revoke not in {one.id for one in tokens(staff, name)}:
                raise UnknownTokenError(f"{name} has no token with the number {revoke}")
            revoke_token(staff, revoke, by=_BY)
            click.echo(f"the token {revoke} was ended")
        else:
            made, secret = issue_token(staff, name, scope=scope, label=label, lifetime=timedelta(days=days), by=_BY)
            click.echo(f"token {made.id} of {name}, scope {made.scope}, until {made.expires:%Y-%m-%d}:", err=True)
            click.echo(secret)
            click.echo("keep it now: it is not shown again", err=True)


@user.command("log")
@options.data
@options.database
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many entries.")
@click.option("--who", help="Only what this account did.")
def show_log(data: Path, database: str | None, limit: int, who: str | None) -> None:
    """Show who changed what, the newest first.

    \b
    Example:
      kg user log --limit 10
    """
    from kg.accounts import entries
    from kg.cli.staff import database_of

    with database_of(data, database) as staff:
        for entry in entries(staff, limit=limit, who=who):
            detail = " ".join(f"{name}={value}" for name, value in entry.detail.items())
            line = (f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.who or "-", entry.action, entry.object, detail)
            click.echo("\t".join(line).rstrip())


def _secret(file: Path | None) -> str:
    """The password from the file, from the input, or as a person types it twice."""
    if file is None:
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    lines = (sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")).splitlines()
    return lines[0] if lines else ""
