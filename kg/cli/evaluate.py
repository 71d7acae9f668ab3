"""`kg evaluate`: how good is a graph?"""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("dump", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.argument("gold", metavar="GOLD_DIR", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--errors", is_flag=True, help="Also list what was missed and what is too much.")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@click.option("--document", help="Score only the document of this name, without its suffix.")
def evaluate(dump: Path, gold: Path, errors: bool, as_json: bool, document: str | None) -> None:
    """Score a dump against gold files.

    DUMP is TriG or N-Quads; GOLD_DIR holds a gold file NAME.json for each document NAME.

    \b
    Example:
      kg export -o accord.trig
      kg evaluate accord.trig gold/ --errors
    """
    import json

    from kg.evaluation import evaluate as score

    report = score(dump, gold, errors=errors, document=document)
    click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if as_json else report.table())
