"""Learn the table of confidences from documents with gold files, and show how honest it is. Run by hand:

python -m tests.evaluation.calibrate [FOLDER[:GOLD][@WEIGHT] ...] [--write]
python -m tests.evaluation.calibrate --remember FOLDER

FOLDER holds documents, GOLD their gold files (default: the same folder). A document of a folder with a WEIGHT counts as
so many. Without folders: the samples, `practice`, and the shared evaluation where it is at hand. The judgements of
`first_sight.json` come to that, in place of those on the same documents of today: they tell the most, as these
documents were then like those of a user. `--remember` adds to them. The blind documents are never learned from, only
reported on.

Prints for each family of documents the figures before (what the rules said) and after, each document left out in turn,
and the calibration curve. `--write` writes `ingest/calibration.json` and `calibration.svg` beside this file.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.calibration import TABLE, Calibration, Level, entity_kind, fact_kind
from ingest.pipeline import SAMPLES, Reading
from kg.reference import load_reference
from kg.resources import ontology_folder
from tests.evaluation import drawing, first_sight
from tests.evaluation.fitting import FITTED, METHODS, Case, Quality, Sheet, fit, left_out, quality
from tests.evaluation.judgements import Judgement, corpus, judge

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
BLIND = HERE / "blind"
USUAL = (f"{SAMPLES}:{HERE / 'gold'}", f"{HERE / 'practice'}@0.15")
FIRST_SIGHT = 0.35
"""So many documents counts each of those that were judged at first sight: there are more of them than of all others,
and the documents that rules were made for are to have honest confidences too."""
USUAL_SHARED = (f"{SHARED / 'eval' / 'dev'}", f"{SHARED / 'documents'}:{SHARED / 'eval' / 'seeds'}")


@dataclass(frozen=True, slots=True)
class Learned:
    """A table for one level, the method of its curve, and the confidences of all cases, their documents left out."""

    level: Level
    method: str
    left_out: Mapping[str, list[float]]
    """By document, in the order of its cases."""


def sheet(judgement: Judgement, level: str, weight: float) -> Sheet:
    """The cases of a document: its entities or its facts."""
    types = {e.key: e.type for e in judgement.findings.entities}
    if level == "entities":
        cases = [
            Case(entity_kind(e), (e.rule,), e.confidence, judgement.entities[e.key])
            for e in judgement.findings.entities
            if e.key in judgement.entities
        ]
    else:
        facts = [(judgement.findings.facts[place], right) for place, right in judgement.facts.items()]
        cases = [Case(fact_kind(f, types), f.votes or (f.rule,), f.confidence, right) for f, right in facts]
    return Sheet(f"{judgement.family}/{judgement.document}", tuple(cases), weight)


def learn(sheets: Sequence[Sheet]) -> Learned:
    """The table with the fitted curve whose confidences have the least log loss on documents left out."""
    tried = {method: left_out(sheets, method) for method in METHODS}
    weighed = {
        method: quality(
            [
                (sure, case.right)
                for s in sheets
                for _ in range(round(s.weight))
                for sure, case in zip(found[s.document], s.cases, strict=True)
            ]
        )
        for method, found in tried.items()
    }
    for method, q in weighed.items():
        print(f"  {method:10} log loss {q.log_loss:.4f}  squared error {q.squared_error:.4f}")
    best = min(FITTED, key=lambda method: weighed[method].log_loss)
    return Learned(fit(sheets, best), best, tried[best])


def scored(judgement: Judgement, sure: Sequence[float]) -> list[tuple[float, bool]]:
    """The facts that the evaluation counts, each with its confidence; what two facts state has the better one."""
    best: dict[object, tuple[float, bool]] = {}
    for (place, right), confidence in zip(judgement.facts.items(), sure, strict=True):
        if place in judgement.scored:
            statement = judgement.scored[place]
            best[statement] = max(best.get(statement, (0.0, right)), (confidence, right))
    return list(best.values())


def line(name: str, q: Quality) -> str:
    """A row of the table."""
    precision = "    -" if q.precision is None else f"{q.precision:.3f}"
    return (
        f"{name:24} {q.cases:6} {q.sure:8.2f} {precision:>12} {q.calibration_error:8.3f} {q.squared_error:8.3f} "
        f"{q.log_loss:8.3f}"
    )


def as_json(levels: Mapping[str, Learned], fitted: Mapping[str, object]) -> str:
    """The file of a table."""
    data: dict[str, object] = {"fitted": fitted}
    for name, learned in levels.items():
        level = learned.level
        data[name] = {
            "rate": round(level.rate, 4),
            "method": learned.method,
            "curve": level.curve,
            "kinds": {
                kind: {
                    "rate": round(rate, 4),
                    "rules": {rule: round(r, 4) for rule, r in sorted(level.rules.get(kind, {}).items())},
                }
                for kind, rate in sorted(level.kinds.items())
            },
        }
    return re.sub(r"\[\s+([\d.]+),\s+([\d.]+)\s+\]", r"[\1, \2]", json.dumps(data, indent=1)) + "\n"


def main() -> int:
    """Runs the script; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the table and the drawing")
    parser.add_argument(
        "--remember", type=Path, metavar="FOLDER", help="write down what the rules say of new documents"
    )
    parser.add_argument("folders", nargs="*", metavar="FOLDER[:GOLD][@WEIGHT]")
    arguments = parser.parse_args()
    given = arguments.folders or [*USUAL, *(USUAL_SHARED if SHARED.is_dir() else ())]
    reference = load_reference(ontology_folder() / "reference")
    reading = Reading(reference, calibration=Calibration())
    if arguments.remember:
        return _remember(judge(corpus("new", arguments.remember, arguments.remember), reading, reference))
    seen = first_sight.remembered()
    judgements: list[tuple[Judgement, float]] = []
    for folder in given:
        path, _, weight = folder.partition("@")
        documents, _, gold = path.partition(":")
        if Path(gold or documents).resolve() == BLIND:
            parser.error("the blind documents are not to be learned from")
        family = corpus(Path(gold or documents).name, Path(documents), Path(gold or documents))
        judged = judge(family, reading, reference)
        judgements += [(judgement, float(weight or 1)) for judgement in judged if judgement.document not in seen]
    levels: dict[str, Learned] = {}
    for level in ("entities", "facts"):
        print(f"{level}: methods, documents left out")
        today = [sheet(judgement, level, weight) for judgement, weight in judgements]
        levels[level] = learn([*first_sight.sheets(level, FIRST_SIGHT), *today])
        print(f"  taken: {levels[level].method}")
    _report(judgements, levels, judge(corpus("blind", BLIND, BLIND), reading, reference), write=arguments.write)
    if arguments.write:
        facts = sum(len(j.facts) for j, _ in judgements) + sum(len(cases["facts"]) for cases in seen.values())
        fitted = {"documents": len(judgements) + len(seen), "facts": facts}
        TABLE.write_text(as_json(levels, fitted), "utf-8")
        print(f"written: {TABLE}")
    return 0


def _remember(judgements: Sequence[Judgement]) -> int:
    for judgement in judgements:
        cases = {level: sheet(judgement, level, 1).cases for level in ("entities", "facts")}
        new = first_sight.remember(judgement.document, cases)
        print(f"{judgement.document}: {'written down' if new else 'was written down before'}")
    return 0


def _report(
    judgements: Sequence[tuple[Judgement, float]],
    levels: Mapping[str, Learned],
    blind: Sequence[Judgement],
    *,
    write: bool,
) -> None:
    before: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    after: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    own: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    facts = levels["facts"]
    for judgement, weight in judgements:
        cases = sheet(judgement, "facts", weight)
        for family in ("all", judgement.family):
            before[family] += scored(judgement, [case.raw for case in cases.cases])
            after[family] += scored(judgement, facts.left_out[cases.document])
            own[family] += scored(judgement, [facts.level.confidence(c.kind, c.votes, c.raw) for c in cases.cases])
    for judgement in blind:
        cases = sheet(judgement, "facts", 1)
        before["blind"] += scored(judgement, [case.raw for case in cases.cases])
        after["blind"] += scored(judgement, [facts.level.confidence(c.kind, c.votes, c.raw) for c in cases.cases])
    print(
        f"\n{'facts of':24} {'cases':>6} {'at >= .9':>8} {'right there':>12} {'ECE':>8} {'squared':>8} {'log loss':>8}"
    )
    for family in after:
        print(line(f"{family}, rules' guess", quality(before[family])))
        print(line(f"{family}, left out" if family != "blind" else "blind, the table", quality(after[family])))
        if family in own:
            print(line(f"{family}, the table", quality(own[family])))
    print("\n" + drawing.text("rules' guesses", before["all"]))
    print("\n" + drawing.text("documents left out", after["all"]))
    print("\n" + drawing.text("blind documents", after["blind"]))
    if write:
        curves = {"guesses of the rules": before["all"], "calibrated, documents left out": after["all"]}
        target = HERE / "calibration.svg"
        target.write_text(drawing.svg("Confidence of facts and how many are right", curves), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
