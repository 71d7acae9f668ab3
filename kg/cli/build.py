"""`kg build`: from documents to a published release. The one place that knows the order of the steps, and the only
part of `kg` that uses `ingest`."""

from __future__ import annotations

import importlib.metadata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from ingest.pipeline import Corpus
    from kg.release import Building, Release
    from kg.saved import Library, Run
    from kg.store import Quad, Triple

PARTLY = 3
"""Exit status of a build whose release is in place although some documents could not be read."""

Notify = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build depends on besides the documents: the ontology's folder, the base IRI, the spaCy model."""

    ontology: Path
    base: str
    model: str


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@options.data
@options.ontology
@options.base
@options.model
@options.queries
@options.database
@click.option("--strict", is_flag=True, help="Where a saved query is broken, keep the old release.")
@click.pass_context
def build(
    context: click.Context,
    paths: tuple[Path, ...],
    data: Path,
    ontology: Path | None,
    base: str,
    model: str,
    queries: Path | None,
    database: str | None,
    strict: bool,
) -> None:
    """Build a release from documents.

    Reads the files and folders named, and makes the new release the current one. Without a PATH the samples that come
    with kg are taken. The release before stays in place until the new one is complete and checked, whatever happens in
    between. A document that cannot be read is named and left out; the exit status is then 3.

    All saved queries are run on the new release before it goes live. Those that fail, or do not give what is expected
    of them, are named.

    \b
    Examples:
      kg build
      kg build news/ report.txt --data accord-data
    """
    release = build_with_bar(paths, data, ontology, base, model, queries=queries, database=database, strict=strict)
    if release.manifest["failed"]:
        context.exit(PARTLY)


def build_with_bar(
    paths: Sequence[Path],
    data: Path,
    ontology: Path | None,
    base: str,
    model: str,
    *,
    queries: Path | None = None,
    database: str | None = None,
    strict: bool = False,
) -> Release:
    """Build with a progress bar on a terminal, name the documents that failed, print the summary."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from kg.cli.staff import library_of
    from kg.cli.summary import print_summary
    from kg.resources import ontology_folder

    errors = Console(stderr=True)
    settings = Settings(ontology or ontology_folder(), base, model)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, disable=not errors.is_terminal, transient=True) as bar:
        tasks = {}

        def progress(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        with library_of(data, database, queries) as library:
            release = build_release(paths, data, settings, progress, library, strict=strict)
    print_summary(release, Console(), errors)
    return release


def build_release(
    paths: Sequence[Path],
    data: Path,
    settings: Settings,
    progress: Notify,
    library: Library | None = None,
    *,
    strict: bool = False,
) -> Release:
    """Documents -> quads -> store -> checks -> a rehearsal of the saved queries -> a published release.

    No paths: the samples. No `library`: no rehearsal. Raises InputError where a path is missing or no document can be
    read, the errors of `kg.release.prepare`, and BrokenQueriesError where a query fails and `strict` is set.
    """
    from ingest.pipeline import SAMPLES, find_documents
    from ingest.pipeline import build as read_documents
    from kg.check import check
    from kg.errors import InputError
    from kg.reference import load_reference
    from kg.release import prepare, publish

    documents = find_documents(paths or [SAMPLES])
    reference = load_reference(settings.ontology, settings.base)
    with prepare(data) as building:
        corpus = read_documents(
            documents, reference=reference, base=settings.base, model=settings.model, progress=progress
        )
        if not corpus.texts:
            first = f"{corpus.failures[0].path}: {corpus.failures[0].reason}" if corpus.failures else "they are empty"
            raise InputError(f"none of the {len(documents)} documents could be read; {first}")
        for identifier, content in corpus.texts.items():
            building.write_text(identifier, content)
        manifest = _fill(building, corpus, settings, progress)
        progress("checking", 0, 1)
        findings = check(building.store, settings.ontology / "shapes.ttl", corpus.texts)
        progress("checking", 1, 1)
        severities = Counter(finding.severity for finding in findings)
        manifest |= {"findings": dict(sorted(severities.items()))}
        if library is None:
            return publish(building, manifest, findings)
        runs = _rehearse(building, library, progress, strict=strict)
        release = publish(building, manifest | {"queries": _told(runs, library)}, findings)
        library.record(runs)
        return release


def _rehearse(building: Building, library: Library, progress: Notify, *, strict: bool) -> Sequence[Run]:
    """What the saved queries give on the store of `building`, against the release that is current."""
    from kg.errors import BrokenQueriesError, MissingReleaseError
    from kg.rehearsal import rehearse
    from kg.release import current_release

    try:
        before = current_release(building.data)
    except MissingReleaseError:
        before = None
    runs = rehearse(
        building.store,
        building.number,
        library,
        before=before,
        progress=lambda done, total: progress("trying the saved queries", done, total),
    )
    if strict and (broken := [run for run in runs if not run.good]):
        listed = "; ".join(f"{run.name}: {', '.join(run.reasons)}" for run in broken)
        raise BrokenQueriesError(f"the release was not made current, because of its saved queries. {listed}")
    return runs


def _told(runs: Sequence[Run], library: Library) -> dict[str, object]:
    """What the manifest says of the saved queries. Those that not everybody may see are only counted."""
    public = {query.name for query in library.list()}
    broken = [run for run in runs if not run.good]
    named = [run for run in broken if run.name in public]
    return {
        "run": len(runs),
        "broken": [{"name": run.name, "version": run.version, "reasons": run.reasons} for run in named],
        "broken_others": len(broken) - len(named),
    }


def _fill(building: Building, corpus: Corpus, settings: Settings, progress: Notify) -> dict[str, object]:
    """Write the store of a release; return its manifest, but for the findings."""
    from kg.catalogue import count, describe
    from kg.namespaces import Addresses
    from kg.ontology import infer, load_vocabulary, ontology_triples
    from kg.reference import describe as describe_reference
    from kg.store import Reader, write

    addresses = Addresses(settings.base)
    version = importlib.metadata.version("accord-kg")

    def in_graph(name: str, triples: Iterable[Triple]) -> Iterator[Quad]:
        """The triples twice: under the name of their graph, and in the merged graph that researchers query."""
        for triple in triples:
            yield *triple, addresses.graph(name)
            yield *triple, None

    # No reader is open while the store is written: what it would see then is undefined.
    progress("storing", 0, 4)
    write(building.store, corpus.quads)
    progress("storing", 1, 4)
    known = describe_reference(settings.ontology, corpus.reference, settings.base)
    write(building.store, in_graph("ontology", ontology_triples(settings.ontology)))
    write(building.store, in_graph("reference", known))
    progress("storing", 2, 4)
    inferred = list(infer(load_vocabulary(settings.ontology), Reader(building.store).triples()))
    write(building.store, in_graph("inferred", inferred))
    progress("storing", 3, 4)
    counts = count(Reader(building.store), addresses)
    about = describe(counts, addresses, number=building.number, created=building.created, version=version)
    write(building.store, about)
    progress("storing", 4, 4)
    libraries = {name: importlib.metadata.version(name) for name in ("spacy", "pyoxigraph", "rdflib")}
    return {
        "documents": len(corpus.texts),
        "failed": [asdict(failure) for failure in corpus.failures],
        "classes": dict(counts.classes),
        "facts": counts.facts,
        "triples": counts.triples,
        "base": settings.base,
        "versions": {"accord-kg": version, "model": settings.model, **libraries},
    }
