"""How good is a graph? A dump of it against gold files: precision, recall and F1 of entities, facts and statistics.

A gold file `NAME.json` says by hand what the document `NAME.txt` (or `.html`, `.pdf` …) states. It is compared with the
named graph that holds the `dcterms:identifier` of that document. Things are the same when their names are nearly equal
(`sameness`); facts are the same when they link the same things (`scoring`).
"""

from __future__ import annotations

import json
from pathlib import Path

from kg.errors import InputError
from kg.evaluation.report import HEADLINES, Band, Report, Row, report
from kg.evaluation.sameness import Gold
from kg.evaluation.scoring import Judged, Note, Tally, score
from kg.evaluation.statements import read_statements, statements

__all__ = ["HEADLINES", "Band", "Judged", "Note", "Report", "Row", "evaluate"]


def evaluate(dump: Path, gold: Path, *, errors: bool = False, document: str | None = None) -> Report:
    """Score a TriG or N-Quads dump against the gold files of a folder, micro-averaged over documents.

    `errors` lists every missed and extra item in the report; `document` scores the gold file of that stem alone.
    Raises InputError where the dump or a gold file cannot be read, or the folder holds no gold file.
    """
    paths = [path for path in sorted(gold.glob("*.json")) if document in (None, path.stem)]
    if not paths:
        raise InputError(f"{gold} holds no gold file {document or '*'}.json: name a folder of gold files")
    documents = read_statements(dump)
    tally = Tally()
    absent = [path.stem for path in paths if path.stem not in documents]
    for path in paths:
        score(path.stem, _read(path), documents.get(path.stem) or statements((), {}), tally)
    return report(tally, absent, errors=errors)


def _read(path: Path) -> dict[str, list[Gold]]:
    try:
        entries = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} is not a gold file: {error}") from error
    if not isinstance(entries, dict):
        raise InputError(f"{path} is not a gold file: it holds no JSON object")
    return {category: entry for category, entry in entries.items() if isinstance(entry, list)}
