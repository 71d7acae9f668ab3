"""Where some phrases occur in a text, all of them in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ahocorasick_rs import AhoCorasick

from ingest.model import Span


def occurrences(folded: str, phrases: Mapping[str, Iterable[str]]) -> dict[str, list[Span]]:
    """The places of each phrase in a folded text, in one of its spellings (phrase -> spellings, folded).

    They begin and end with a word, and those of one phrase do not overlap one another.
    """
    spelt = [(spelling, phrase) for phrase, spellings in phrases.items() for spelling in spellings]
    found: dict[str, list[Span]] = {phrase: [] for phrase in phrases}
    matches = AhoCorasick([spelling for spelling, _ in spelt]).find_matches_as_indexes(folded, overlapping=True)
    for number, start, end in sorted(matches, key=lambda match: (match[1], -match[2])):
        places = found[spelt[number][1]]
        if _whole(folded, start, end) and not (places and start < places[-1].end):
            places.append(Span(start, end))
    return found


def _whole(folded: str, start: int, end: int) -> bool:
    """True where no letter, digit or underscore goes on before or after."""
    around = folded[max(0, start - 1) : start] + folded[end : end + 1]
    return not any(c.isalnum() or c == "_" for c in around)
