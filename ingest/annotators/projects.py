"""Names of projects, programmes, campaigns and schemes: quoted, capitalised, bracketed, described, and a page's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.annotators.abbreviations import definitions
from ingest.annotators.analysis import Analysis, Sentence
from ingest.annotators.coverage import Coverage
from ingest.annotators.name_words import head_of
from ingest.annotators.project_heads import beside, is_head, short_names_of_bodies
from ingest.annotators.project_lists import listed
from ingest.annotators.project_names import ProjectHead
from ingest.annotators.project_pages import page_projects
from ingest.annotators.project_sentences import told
from ingest.annotators.spans import index
from ingest.lexicon import load_lexicon
from ingest.model import Annotation, Span

SHORTEST_NAME, MOST_WORDS, LONGEST_OPENING = 3, 8, 14
"""Characters that a name must have, words that one before an apposition may have, there and where a sentence opens."""
REACH = 110
THROUGH = re.compile(
    r"\b(?:Through|Under|As part of|Thanks to)\s+(?:the\s+)?([A-Z]\w*[A-Z]\w*(?:\s[A-Z]\w*)?)(?=,|\s+(?:the|[A-Z]))"
)
"""With "Through SKILLUP, the A ..." a short name is shown to be of a project, unless it is that of a body or a law."""
BY = re.compile(r"\bby\s\Z")
""" "Started by X, the scheme ...": X is no name of the scheme."""


def annotate(analysis: Analysis) -> list[Annotation]:
    """The projects of a text in order: annotations of kind `project` with the name, without its head in lower case.

    Features: `short`, the span of the short name in brackets; `head`, True where a head in lower case follows the name.
    What an earlier rule found is not found again by a later one.
    """
    taken = Coverage(len(analysis.text.content))
    found = []
    for candidate in _candidates(analysis):
        span = candidate.span
        if span.end - span.start >= SHORTEST_NAME and not taken.meets(span.start, span.end):
            taken.take(span)
            found.append(candidate)
    return sorted(found, key=lambda a: a.span)


def _candidates(a: Analysis) -> Iterator[Annotation]:
    yield from page_projects(a)
    yield from _defined(a)
    yield from listed(a)
    bodies = short_names_of_bodies(a)
    for sentence in a.sentences:
        words = a.words(sentence.span)
        if sentence.line.kind != "boilerplate" and not words.isupper():
            yield from _beside_heads(a, sentence, bodies, "“" in words or words.count('"') > 1)
    yield from _appositions(a)
    yield from told(a)


def _beside_heads(a: Analysis, s: Sentence, bodies: frozenset[str], quotes: bool) -> Iterator[Annotation]:
    for i in range(s.first, s.last):
        head = ProjectHead(a, s, i, bodies)
        if is_head(head, quotes):
            yield from beside(head)


def _project(a: Analysis, span: Span, rule: str, short: Span | None) -> Annotation:
    return Annotation(span, "project", a.words(span), f"project/{rule}", {"short": short})


def _defined(a: Analysis) -> Iterator[Annotation]:
    """A name with its abbreviation that somebody runs or pays for: "Bright Futures (BF), which X runs with Y"."""
    through = {m[1] for m in THROUGH.finditer(a.text.content)}
    for long, short in definitions(a):
        words = a.words(long)
        run = _somebody_runs().match(a.text.content, short.end, short.end + REACH) or a.words(short) in through
        if run and not a.gazetteer.known(words) and not _names_other_thing(a, words.split()):
            yield _project(a, long, "defined", short)


def _names_other_thing(a: Analysis, words: list[str]) -> bool:
    """True for the name of an organisation, a report, a law ..."""
    lexicon = a.lexicon.projects
    heads = [head_of(word, a) for word in words]
    return (
        bool(heads[-1] and heads[-1] not in lexicon.heads_of_projects)
        or any(head in lexicon.heads_of_bodies for head in heads)
        or words[-1].endswith(lexicon.other_things)
    )


@cache
def _somebody_runs() -> re.Pattern[str]:
    words = load_lexicon().projects
    by, to, heads = "|".join(words.done_by), "|".join(words.done_to), "|".join(sorted(words.heads))
    return re.compile(
        rf"\s*\)\s*(?:,\s*(?:which|that)\s[^.;]{{2,70}}?\b(?:{by})\b"
        r"|(?:is|was|are|were|has been|will be)\s+(?:being\s+|also\s+)?(?:jointly\s+)?"
        rf"(?:{to})\b|\s*(?:{heads})\b)"
    )


@cache
def _apposition() -> re.Pattern[str]:
    return re.compile(
        rf"""
        \b(?P<name>[A-Z][\w’-]*(?:\ (?:[A-Z0-9][\w’-]*
          |of|and|for|the|in|to|on|con|de|del|y|para|des|la|le|et)){{0,30}}?)
        (?:,\ (?P<place>[A-Z][\w-]+(?:\ [A-Z][\w-]+)?))?
        (?:\s*\((?P<short>[A-Z][\w&-]+(?:\ [A-Z\d][\w&-]*){{0,2}})\))?
        \s*,\s+(?:a|an|the|its|their)\s+
        (?:[\w-]+\s+){{0,5}}?
        (?:{"|".join(sorted(load_lexicon().projects.heads))})\b(?!\ (?:is|was|will|has|had|aims|would|can)\b)
        """,
        re.VERBOSE,
    )


def _appositions(a: Analysis) -> Iterator[Annotation]:
    """ "Bright Futures (BF), a programme which ...": the words say what the name is."""
    dated = index(a.dates)
    starts = {s.span.start for s in a.sentences}
    for m in _apposition().finditer(a.text.content):
        name, words = m["name"], m["name"].split()
        common = len(words) == 1 and a.english.common(name)
        other = head_of(words[-1], a) or a.gazetteer.known(name) or a.gazetteer.places(name)
        done = dated.touches(Span(*m.span("name"))) or BY.search(a.text.content, max(0, m.start() - 4), m.start())
        in_place = m["place"] is not None and bool(a.gazetteer.places(m["place"]))
        most = LONGEST_OPENING if m.start() in starts else MOST_WORDS
        if len(words) <= most and (in_place or not m["place"]) and not (common or other or done):
            short = Span(*m.span("short")) if m["short"] else None
            yield _project(a, Span(m.start("name"), m.end("place" if in_place else "name")), "apposition", short)
