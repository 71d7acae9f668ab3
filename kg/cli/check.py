"""`kg check`: the checks of the current release, again."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command()
@options.data
@options.ontology
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check(data: Path, ontology: Path | None, as_json: bool) -> None:
    """Check the current release again.

    The graph is checked against the shapes, and the quoted words against the texts. Exit status 1 if there is a
    violation; warnings do not count.

    \b
    Examples:
      kg check
      kg check --ontology my-ontology --json
    """
    import json
    from dataclasses import asdict

    from kg import check as checks
    from kg.release import current_release
    from kg.resources import ontology_folder

    release = current_release(data)
    findings = checks.check(release.store, (ontology or ontology_folder()) / "shapes.ttl", release.texts())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            where = " ".join(part for part in (finding.focus, finding.path, finding.value) if part)
            source = f" [{finding.document}]" if finding.document else ""
            click.echo(f"{finding.severity}: {finding.message}: {where}{source}")
        click.echo(f"release {release.number}: {len(findings)} findings", err=True)
    if any(finding.severity == checks.VIOLATION for finding in findings):
        raise click.exceptions.Exit(1)
