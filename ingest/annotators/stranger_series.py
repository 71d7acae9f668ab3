"""Bodies of one sort that letters and a place tell apart: "ABC Nairobi, ABC Mombasa and ABC Kisumu"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.annotators.analysis import Analysis
from ingest.model import Span

LETTERS = 2
"""What stands for the sort has so many letters at least."""


def series(analysis: Analysis, runs: Sequence[Span]) -> Mapping[Span, Span]:
    """The runs that begin with letters that other runs begin with, too, each with what tells it apart.

    "ABC" alone is none: it goes with the place right after it, or with words of its own that nobody knows.
    """
    places = {p.span.start: p.span.end for p in analysis.known_places}
    sorts: dict[str, dict[str, list[tuple[Span, Span]]]] = defaultdict(lambda: defaultdict(list))
    for run in runs:
        letters, _, own = analysis.words(run).partition(" ")
        end = run.end if own else places.get(run.end + 1, run.end)
        whole = Span(run.start, end)
        tail = analysis.words(whole).removeprefix(letters).strip()
        if letters.isupper() and len(letters) >= LETTERS and tail and not tail.isupper():
            sorts[letters][tail].append((run, whole))
    found = (pair for tails in sorts.values() if len(tails) > 1 for pairs in tails.values() for pair in pairs)
    return dict(found)
