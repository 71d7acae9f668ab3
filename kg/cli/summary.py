"""What a build ends with: the documents that failed, and a table of what the release holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from kg.release import Release

# The kinds of things that researchers ask for, as the ontology names them, each under its superclass.
_KINDS = ("Organisation", "Person", "Appointment", "Instrument", "Project", "Event", "Statistic", "Place", "Topic")


def print_summary(release: Release, output: Console, errors: Console) -> None:
    """Print the table to `output`, the documents that failed to `errors`, a line each."""
    manifest: dict[str, Any] = dict(release.manifest)
    for failure in manifest["failed"]:
        errors.print(f"not read: {failure['path']}: {failure['reason']}", soft_wrap=True, markup=False, highlight=False)
    table = Table("", "", title=f"Release {release.number}", show_header=False, title_justify="left")
    table.columns[1].justify = "right"
    table.add_row("documents read", str(manifest["documents"]))
    table.add_row("documents failed", str(len(manifest["failed"])), end_section=True)
    for kind in _KINDS:
        table.add_row(f"acc:{kind}", str(manifest["classes"].get(kind, 0)), end_section=kind == _KINDS[-1])
    table.add_row("facts", str(manifest["facts"]))
    table.add_row("triples in the merged graph", str(manifest["triples"]), end_section=True)
    found = manifest["findings"]
    for severity in sorted(found, key=["violation", "warning", "info"].index):
        table.add_row(f"findings: {severity}", str(found[severity]))
    if not found:
        table.add_row("findings", "0")
    queries = manifest.get("queries", {"run": 0, "broken": [], "broken_others": 0})
    table.add_row("saved queries run", str(queries["run"]))
    table.add_row("saved queries broken", str(len(queries["broken"]) + queries["broken_others"]))
    output.print(table)
    for query in queries["broken"]:
        reasons = "; ".join(query["reasons"])
        errors.print(f"broken: {query['name']}: {reasons}", soft_wrap=True, markup=False, highlight=False)
    if found:
        output.print("See the findings with: kg check", highlight=False)
