"""`kg serve` and `kg up`: the current release on the web."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli import options
from kg.cli.limits import limits
from kg.cli.provider import provider


@click.command()
@options.host
@options.port
@options.data
@options.queries
@options.database
@limits
@provider
@click.option(
    "--rdf",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE|FOLDER...",
    help="Serve these files of RDF in place of a release; more may follow.",
)
@click.argument("more", type=click.Path(path_type=Path), nargs=-1, metavar="")
def serve(
    host: str,
    port: int,
    data: Path,
    queries: Path | None,
    database: str | None,
    rdf: tuple[Path, ...],
    more: tuple[Path, ...],
    **granted: Any,
) -> None:
    """Serve the current release, or any files of RDF.

    Pages at /, saved queries at /queries, SPARQL at /sparql.

    \b
    Examples:
      kg serve
      kg serve --host 0.0.0.0 --port 80 --data /srv/accord-data
      kg serve --rdf vocabulary.ttl facts.nq.gz folder/
      kg serve --workers 8 --time-limit 120 --log requests.jsonl
      kg serve --closed --oidc-issuer https://login.example.org --oidc-client-id accord
    """
    from kg.resources import queries_folder
    from kg.web import serve as serve_web

    if more and not rdf:
        raise click.UsageError("files come after --rdf")
    if rdf:
        _serve_files((*rdf, *more), queries, host=host, port=port, database=database, **granted)
        return
    serve_web(data, host=host, port=port, queries=queries or queries_folder(), database=database, **granted)


def _serve_files(paths: tuple[Path, ...], queries: Path | None, **settings: Any) -> None:
    """Serve RDF files out of a folder that goes with the server, and so does the database if no other is given."""
    from tempfile import TemporaryDirectory

    from kg.rdf_files import release_files
    from kg.web import serve as serve_web

    with TemporaryDirectory(prefix="accord-rdf-") as folder:
        none = Path(folder, "queries")
        none.mkdir()
        release_files(Path(folder, "data"), paths)
        serve_web(Path(folder, "data"), queries=queries or none, **settings)


@click.command()
@click.pass_context
@options.host
@options.port
@options.data
@options.ontology
@options.queries
@options.database
@options.base
@options.model
def up(
    context: click.Context,
    host: str,
    port: int,
    data: Path,
    ontology: Path | None,
    queries: Path | None,
    database: str | None,
    base: str,
    model: str,
) -> None:
    """Build the samples if need be, and serve.

    Serves the current release; if there is none yet, builds one from the samples that come with kg first.

    \b
    Examples:
      kg up
      kg up --port 8081
    """
    from kg.cli.build import build_with_bar
    from kg.errors import MissingReleaseError
    from kg.release import current_release

    try:
        current_release(data)
    except MissingReleaseError:
        build_with_bar([], data, ontology, base, model, queries=queries, database=database)
    given = {"--host": host, "--port": port, "--data": data, "--queries": queries, "--database": database}
    arguments = [str(part) for pair in given.items() if pair[1] is not None for part in pair]
    # As it would be called itself, so that it heeds its own variables of the environment, such as KG_CLOSED.
    with serve.make_context("serve", arguments, parent=context) as inner:
        serve.invoke(inner)
