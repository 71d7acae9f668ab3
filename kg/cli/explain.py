"""`kg explain`: one document with everything that was found in it, and by which rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ingest.explain import ExplainedLine, Explanation, Mark

_STYLES = {
    "organisation": "blue",
    "person": "green",
    "instrument": "magenta",
    "project": "yellow",
    "event": "red",
    "place": "cyan",
    "date": "underline",
    "quantity": "bold",
    "abbreviation": "italic",
}
_LINES = {"boilerplate": "dim", "title": "bold", "caption": "italic"}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@options.ontology
@options.base
@options.model
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page to this file instead.")
@click.option("--json", "as_json", is_flag=True, help="Print all as JSON instead.")
def explain(file: Path, ontology: Path | None, base: str, model: str, html: Path | None, as_json: bool) -> None:
    """Show what is found in a document, and why.

    Shows the lines with their kinds, the marks in them, the entities, the facts with the sentences that they rest on,
    and what was not taken. Nothing is stored. Confidence goes from 0 to 1.

    \b
    Examples:
      kg explain report.txt
      kg explain page.html --html explained.html
      kg explain report.txt --json | jq .facts
    """
    import json

    from ingest.explain import explain as explained
    from ingest.model import Document
    from ingest.pipeline import Reading
    from kg.reference import load_reference
    from kg.resources import ontology_folder

    if html and as_json:
        raise click.UsageError("give --html or --json, not both")
    document = Document(file.name, file, file.read_bytes())
    reference = load_reference(ontology or ontology_folder(), base)
    explanation = explained(Reading(reference, model), reference, document)
    if as_json:
        click.echo(json.dumps(explanation.as_json(), ensure_ascii=False, indent=2))
    elif html:
        from ingest.explain_page import page

        html.write_text(page(explanation), "utf-8")
        click.echo(f"{file.name} is explained in {html}", err=True)
    else:
        _print(explanation)


def _print(explanation: Explanation) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        console = Console(width=140)
    said = [explanation.document, explanation.issued, explanation.publisher, explanation.country]
    console.print(Text(" · ".join(part for part in said if part), style="dim"))
    legend = Text("marks: ")
    for kind in dict.fromkeys(mark.kind for mark in explanation.marks):
        legend.append(kind, _STYLES[kind]).append("  ")
    console.print(legend)
    for line in explanation.lines:
        _print_line(console, line, [m for m in explanation.marks if line.start <= m.start < line.end])
    for table in _tables(explanation):
        console.print()
        console.print(table)


def _print_line(console: Console, line: ExplainedLine, marks: list[Mark]) -> None:
    """The line, a bar between its sentences, and under it what was found, kind by kind."""
    from rich.padding import Padding
    from rich.text import Text

    words = _text(line.text)
    words.stylize(_LINES.get(line.kind, ""))
    for mark in marks:
        words.stylize(_STYLES[mark.kind], mark.start - line.start, mark.end - line.start)
    entry = f" {line.entry + 1}" if line.entry is not None else ""
    console.print(Text(f"\n[{line.kind}{entry}]", style="dim"))
    console.print(Padding(_sentences(words, line), (0, 0, 0, 2), expand=False))
    for kind in dict.fromkeys(mark.kind for mark in marks):
        found = dict.fromkeys((m.text, m.value, m.rule) for m in marks if m.kind == kind)
        for text, value, rule in found:
            note = _text(f"{kind}: {text}" + (f" = {value}" if value != text else "") + f"  ({rule})")
            note.stylize("dim")
            note.stylize(_STYLES[kind], 0, len(kind))
            console.print(Padding(note, (0, 0, 0, 6), expand=False))


def _sentences(words: Text, line: ExplainedLine) -> Text:
    from rich.text import Text

    cuts = [start - line.start for start, _ in line.sentences[1:]]
    return Text("│ ", style="dim").join(words.divide(cuts)) if cuts else words


def _tables(explanation: Explanation) -> list[Table]:
    entities = _table("Entities", "name", "class", "other names", "mentions", "rule", "confidence")
    for e in explanation.entities:
        others = ", ".join(e.names[1:])
        entities.add_row(*map(_text, (e.name, e.type, others, str(len(e.mentions)), e.rule, f"{e.confidence:.2f}")))
    facts = _table("Facts", "fact", "what the document says", "rule", "confidence")
    for f in explanation.facts:
        fact, quoted = f"{f.subject} – {f.predicate} – {f.object}", "\n".join(f"“{e.text}”" for e in f.evidence)
        facts.add_row(*map(_text, (fact, quoted, ", ".join(f.rules), f"{f.confidence:.2f}")))
    rejected = _table("Not taken", "words", "looked like", "why not", "sentence")
    for r in explanation.rejected:
        rejected.add_row(*map(_text, (r.text, r.what, r.why, r.sentence.text)))
    return [entities, facts, rejected]


def _table(title: str, *columns: str) -> Table:
    from rich.table import Column, Table

    made = (Column(name, overflow="fold", justify="right" if name == "confidence" else "left") for name in columns)
    return Table(*made, title=title, title_justify="left", show_lines=True)


def _text(words: str) -> Text:
    """Words of a document as such: neither what rich nor what the terminal takes for an order."""
    from rich.text import Text

    from ingest.explain_page import visible

    return Text(visible(words))
