"""`kg query`: one SPARQL query on the current release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.engine import Table


@click.command()
@click.argument("text", metavar="[QUERY]", required=False)
@options.data
@click.option(
    "-f", "--file", type=click.Path(path_type=Path, allow_dash=True), help="Read the query from a file; - for input."
)
@click.option(
    "--format",
    "format_",
    default="table",
    show_default=True,
    help="table, csv, tsv, json or xml for rows; turtle, ntriples, jsonld or rdfxml for graphs.",
)
@click.option("--time-limit", type=click.FloatRange(min=0.1), default=60, show_default=True, help="Seconds.")
def query(text: str | None, data: Path, file: Path | None, format_: str, time_limit: float) -> None:
    """Ask the current release in SPARQL.

    The usual prefixes (acc, rdfs, skos, dcterms, ...) need not be declared. CONSTRUCT and DESCRIBE print Turtle where
    no other format is named.

    \b
    Examples:
      kg query 'SELECT ?name { ?project a acc:Project ; rdfs:label ?name } ORDER BY ?name'
      kg query -f question.rq --format csv > answer.csv
      kg query 'DESCRIBE <https://w3id.org/accord-kg/id/place/vn>'
    """
    import sys

    from kg.release import current_release

    if text is not None and file is None:
        sparql = text
    elif file is not None and text is None:
        sparql = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    else:
        raise click.UsageError("give a query, or a file with -f")
    print_answer(current_release(data).store, sparql, format_, time_limit)


def print_answer(store: Path, sparql: str, format_: str, time_limit: float) -> None:
    """Run a query on a store and print the answer in a format, or as a table for people."""
    import sys

    from kg.engine import Engine

    with Engine(store, workers=1, time_limit=time_limit) as engine:
        if format_ == "table":
            table = engine.select(sparql)
            if table.form != "graph":
                _print(table)
                return
            format_ = "turtle"
        with engine.answer(sparql, format_) as answer:
            for piece in answer:
                sys.stdout.buffer.write(piece)


def _print(table: Table) -> None:
    from rich.console import Console
    from rich.table import Column
    from rich.table import Table as Printed
    from rich.text import Text

    # Text and not strings: what is in square brackets in the data is not meant for rich.
    printed = Printed(*(Column(Text(column), overflow="fold") for column in table.columns))
    for row in table.rows:
        printed.add_row(*(Text("" if term is None else _short(term.kind, term.value)) for term in row))
    Console().print(printed)
    click.echo(f"{len(table.rows)} rows", err=True)


def _short(kind: str, value: str) -> str:
    """An IRI with its prefix, where it has one; any other value as it is."""
    from kg.namespaces import PREFIXES

    if kind == "iri":
        for prefix, namespace in PREFIXES.items():
            if value.startswith(namespace) and value != namespace:
                return f"{prefix}:{value.removeprefix(namespace)}"
    return value
