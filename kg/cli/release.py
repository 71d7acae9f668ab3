"""`kg release`: the releases of a data folder."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.group()
def release() -> None:
    """Show the releases of a data folder."""


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
