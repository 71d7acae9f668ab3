"""`kg release`: the releases of a data folder."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.group()
def release() -> None:
    """Show the releases of a data folder, and remove old ones."""


@release.command("prune")
@options.data
@options.database
@click.option("--keep", type=click.IntRange(1), required=True, help="How many of the newest releases stay.")
def prune_releases(data: Path, database: str | None, keep: int) -> None:
    """Remove old releases.

    The current release stays, and so does each release that something holds: a saved query that was pinned to it, or a
    short link.

    \b
    Example:
      kg release prune --keep 5
    """
    from kg.cli.staff import database_of
    from kg.release import current_release, prune, releases
    from kg.saved import pinned_releases

    current_release(data)
    with database_of(data, database) as staff:
        pinned = pinned_releases(staff)
        gone = prune(data, keep, pinned)
    stay = [one.number for one in releases(data)]
    click.echo(f"removed: {_listed(gone)}")
    click.echo(f"kept: {_listed(stay)}; pinned: {_listed(sorted(pinned.intersection(stay)))}")


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers)) or "none"


@release.command("list")
@options.data
def list_releases(data: Path) -> None:
    """List the releases, the oldest first; a star marks the current one.

    \b
    Example:
      kg release list --data accord-data
    """
    from rich.console import Console
    from rich.table import Table

    from kg.release import current_release, releases

    current = current_release(data).number
    table = Table("", "release", "created", "documents", "facts", "findings")
    for item in releases(data):
        manifest = item.manifest
        findings = manifest.get("findings")
        table.add_row(
            "*" if item.number == current else "",
            str(item.number),
            str(manifest.get("created", "")),
            str(manifest.get("documents", "")),
            str(manifest.get("facts", "")),
            str(sum(findings.values())) if isinstance(findings, dict) else "",
        )
    Console().print(table)
