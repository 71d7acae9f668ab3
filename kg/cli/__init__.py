"""The command `kg`. Each file holds the commands of one kind; they parse, call and print, nothing else.

Commands import what they need inside their functions, against the rule of the house that imports stand at the top:
spaCy, rdflib and the server take a second to load, and `kg --help` must not wait for them.
"""

from __future__ import annotations

from typing import Any

import click

from kg.cli.build import build
from kg.cli.check import check
from kg.cli.evaluate import evaluate
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.queries import queries
from kg.cli.query import query
from kg.cli.release import release
from kg.cli.saved import saved
from kg.cli.serve import serve, up
from kg.cli.user import user
from kg.errors import KGError


class _Edge(click.Group):
    """Where errors end: one clear line on standard error and exit status 1, never a traceback for a known error."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KGError as error:
            raise click.ClickException(" ".join(str(error).split())) from error
        except BrokenPipeError:
            raise  # click ends quietly: the reader of our output, such as `head`, has gone
        except OSError as error:
            named = f"{error.strerror or error}: {error.filename}" if error.filename else str(error)
            raise click.ClickException(named) from error


@click.group(
    cls=_Edge,
    context_settings={"auto_envvar_prefix": "KG", "help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="accord-kg", prog_name="kg")
def main() -> None:
    """Turn documents into a knowledge graph and serve it.

    \b
    Begin with:
      kg up                        build the samples and serve them at http://127.0.0.1:8080
      kg build documents/          build a release from your own documents
      kg query -f question.rq      ask the current release

    Every option can also be set in the environment: --data by KG_DATA, the --port of kg serve by KG_SERVE_PORT,
    and so on. Errors give one line and exit status 1; wrong usage gives exit status 2.
    """


for command in (build, serve, up, query, queries, export, check, evaluate, explain, release, saved, user):
    main.add_command(command)
