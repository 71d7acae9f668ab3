"""Where a project is named again: by its short name, or by its name without the word "project"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.extractors.cast import Cast
from ingest.model import Span

FIRST_WORD = re.compile(r"[^\s-]+")
LONGER = re.compile(r"\s(?:of\s|for\s|and\s)?[A-Z]")
"""Behind words that are the begin of a longer name."""


@dataclass(frozen=True, slots=True)
class _Name:
    words: str
    key: str
    full: bool


def named_again(cast: Cast, full: Mapping[str, str], shorts: Mapping[str, tuple[str, str]]) -> None:
    """Adds mentions. `full` gives the key of each name; `shorts` key and spelling by the form of each short name."""
    names = [_Name(spelling, key, False) for key, spelling in shorts.values()]
    names += [_Name(name, key, True) for name, key in full.items() if _telling(name)]
    by_first = _by_first_word(names)
    projects, organisations = cast.ordered("project"), cast.ordered("organisation")
    for n, token in enumerate(cast.a.tokens if names else ()):
        first = FIRST_WORD.match(token.text) if token.capital else None
        for name in by_first.get(first.group(), ()) if first else ():
            span = Span(token.start, token.start + len(name.words))
            if not _stands_alone(cast, name.words, span) or projects.covering(span.start):
                continue
            if name.full and (_part_of_longer(cast, n, span) or organisations.covering(span.start)):
                continue
            s = cast.a.sentence_at(span.start)
            if s is None or s.line.kind == "boilerplate":
                cast.reject(span, "project", "a short name in lines that belong to the page, not to the text")
                continue
            cast.add(name.key, "Project", name.words, span, "project", "project/short", 0.85)
            break


def _telling(name: str) -> bool:
    """True for a name of several words with capital letters: one word or words in lower case may mean anything."""
    words = name.split()
    return len(words) > 1 and name[0].isupper() and sum(w[0].isupper() for w in words) > 1


def _by_first_word(names: Iterable[_Name]) -> Mapping[str, list[_Name]]:
    by_first: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        first = FIRST_WORD.match(name.words)
        if first:
            by_first[first.group()].append(name)
    return by_first


def _stands_alone(cast: Cast, words: str, span: Span) -> bool:
    """Whether words stand at a place, with no letters beside them."""
    beside = cast.content[max(0, span.start - 1) : span.start] + cast.content[span.end : span.end + 1]
    return cast.content.startswith(words, span.start) and not any(c.isalnum() or c in "_-" for c in beside)


def _part_of_longer(cast: Cast, n: int, span: Span) -> bool:
    """Whether words that look like the name of a project are a part of a longer name."""
    before = cast.a.tokens[n - 1] if n else None
    behind_name = (
        before is not None
        and before.capital
        and before.text.lower() not in cast.a.lexicon.projects.leading
        and cast.content[before.end : span.start] == " "
    )
    return behind_name or LONGER.match(cast.content, span.end) is not None
