"""What the rules said of documents before anybody had looked into them: what calibration learns the most from.

Once the errors of a document were read, rules are made for them, and the document flatters these rules for ever. So
when new documents come, `python -m tests.evaluation.calibrate --remember FOLDER` first writes down every finding and
whether it is right; then the documents may be read. `first_sight.json` keeps these judgements by document, in the names
that the rules had: one that has gone is of no harm, and one that is new has to prove itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.evaluation.fitting import Case, Sheet

FILE = Path(__file__).with_name("first_sight.json")

Remembered = dict[str, dict[str, list[tuple[str, list[str], float, bool]]]]
"""Document -> level (`entities`, `facts`) -> cases: kind, votes, what the rules said, whether it is right."""


def remembered() -> Remembered:
    """All that was written down."""
    found: Remembered = json.loads(FILE.read_text("utf-8"))
    return found


def sheets(level: str, weight: float) -> list[Sheet]:
    """The sheets of one level, for `tests.evaluation.fitting`."""
    return [
        Sheet(
            f"first sight/{document}",
            tuple(Case(kind, tuple(votes), said, right) for kind, votes, said, right in levels[level]),
            weight,
        )
        for document, levels in sorted(remembered().items())
    ]


def remember(document: str, levels: dict[str, Iterable[Case]]) -> bool:
    """Write down the cases of a document. False where there are some already: a first sight is not to be bettered."""
    known = remembered()
    if document in known:
        return False
    known[document] = {
        level: [(case.kind, list(case.votes), case.raw, case.right) for case in cases]
        for level, cases in levels.items()
    }
    FILE.write_text(as_text(known), "utf-8")
    return True


def as_text(known: Remembered) -> str:
    """One document a line, so that a change shows as what it is."""
    lines = (f"{json.dumps(name)}: {json.dumps(known[name], separators=(',', ':'))}" for name in sorted(known))
    return "{\n" + ",\n".join(lines) + "\n}\n"
