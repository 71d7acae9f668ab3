"""Show how well things are recognised across documents. Run by hand:

python -m tests.evaluation.identity [FOLDER:GOLD ...] [--pairs FILE]

FOLDER holds documents, GOLD their gold files. FILE says of entries of the gold files (`document:entry`) which are the
same: lists of groups by category, and `not_same`, a list of pairs. Without arguments: the shared evaluation.

The documents are read as one corpus, and each entry is matched with an entity of its document as `kg evaluate` does it.
A group is whole when all of its entries that were found have one IRI; a pair is kept apart when its two have two.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ingest import readers
from ingest.model import Document
from ingest.pipeline import Reading
from ingest.quads import DocumentGraph
from ingest.resolution.identity import resolve
from kg.evaluation.sameness import pairs
from kg.evaluation.statements import statements
from kg.namespaces import Addresses
from kg.reference import load_reference
from kg.resources import ontology_folder
from tests.evaluation.judgements import corpus

SHARED = Path(__file__).resolve().parents[3] / "shared"
USUAL = (f"{SHARED / 'eval' / 'dev'}", f"{SHARED / 'documents'}:{SHARED / 'eval' / 'seeds'}")
CATEGORIES = ("organisations", "persons", "instruments", "projects", "events")


def iris_of(folders: Sequence[str]) -> Mapping[str, str]:
    """`document:entry` of the gold files to the IRI of the entity that it was matched with."""
    reference = load_reference(ontology_folder() / "reference")
    reading, addresses = Reading(reference), Addresses()
    labels = {p.iri: {p.label, *p.names} for p in reference.places}
    places = {p.iri: p for p in reference.places}
    found = []
    for folder in folders:
        documents, _, golds = folder.partition(":")
        for path, gold in corpus(documents, Path(documents), Path(golds or documents)).pairs:
            found.append((reading.read(path.name, readers.read(Document(path.name, path, path.read_bytes()))), gold))
    iris = resolve([read.findings for read, _ in found], addresses)
    table = {}
    for read, gold in found:
        activity = addresses.thing("activity", "judged")
        graph = DocumentGraph(read.findings, iris, addresses, places, read.places, read.topics, activity)
        stated = statements(graph.triples(), labels)
        for category, entries in json.loads(gold.read_text("utf-8")).items():
            if category in CATEGORIES:
                table |= {f"{gold.stem}:{entry}": iri for entry, iri in pairs(category, entries, stated).items()}
    return table


def report(iris: Mapping[str, str], judged: Mapping[str, list[list[str]]]) -> Iterator[str]:
    """The lines of the report: a row a category, and what is wrong below it."""
    total = whole = 0
    for category in CATEGORIES:
        groups = [{entry: iris[entry] for entry in group if entry in iris} for group in judged.get(category, [])]
        groups = [group for group in groups if len(group) > 1]
        split = [group for group in groups if len(set(group.values())) > 1]
        total, whole = total + len(groups), whole + len(groups) - len(split)
        yield f"{category:14} {len(groups) - len(split):3} of {len(groups):3} groups whole"
        for group in split:
            yield from (f"    {entry:40} {_short(iri)}" for entry, iri in sorted(group.items(), key=lambda x: x[1]))
            yield ""
    yield f"{'all':14} {whole:3} of {total:3} groups whole"
    apart = [pair for pair in judged.get("not_same", []) if all(entry in iris for entry in pair)]
    taken = [pair for pair in apart if iris[pair[0]] == iris[pair[1]]]
    yield f"{'not the same':14} {len(apart) - len(taken):3} of {len(apart):3} pairs kept apart"
    for one, two in taken:
        yield f"    {one}  {two}  {_short(iris[one])}"


def _short(iri: str) -> str:
    return "/".join(iri.rsplit("/", 2)[-2:])


def main() -> None:
    """Reads the arguments and prints the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", metavar="FOLDER:GOLD", default=USUAL)
    parser.add_argument("--pairs", type=Path, default=SHARED / "eval" / "identity.json", metavar="FILE")
    arguments = parser.parse_args()
    judged = json.loads(arguments.pairs.read_text("utf-8"))
    for line in report(iris_of(arguments.folders), judged):
        print(line)


if __name__ == "__main__":
    main()
