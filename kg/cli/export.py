"""`kg export`: the current release as a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import options


@click.command()
@options.data
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    help="The file; - for the screen.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["turtle", "trig", "nquads", "ntriples", "jsonld"]),
    help="The format; if not given, that of the file's suffix (.ttl .trig .nq .nt .jsonld).",
)
def export(data: Path, output: Path, format_: str | None) -> None:
    """Write the current release to a file.

    Turtle and N-Triples hold the merged graph; TriG, N-Quads and JSON-LD also what each document states, and all
    evidence by document. The same content always gives the same bytes.

    \b
    Examples:
      kg export -o accord.ttl
      kg export -o accord.trig --data accord-data
      kg export -o - --format nquads | gzip > accord.nq.gz
    """
    from kg.release import current_release
    from kg.store import SUFFIXES, dump

    chosen = format_ or SUFFIXES.get(output.suffix.lower())
    if chosen is None:
        raise click.UsageError(f"{output} has no suffix of a known format; give --format")
    release = current_release(data)
    if str(output) == "-":
        dump(release.store, sys.stdout.buffer, chosen)
    else:
        dump(release.store, output, chosen)
        click.echo(f"release {release.number} written to {output} ({chosen})", err=True)
