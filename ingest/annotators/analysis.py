"""Analysis: a text with all its annotations, as the extractors get it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from ingest.annotators.english import English
from ingest.annotators.gazetteer import Gazetteer
from ingest.annotators.structure import Layout, Line
from ingest.annotators.tokens import Token
from ingest.lexicon import Lexicon
from ingest.model import Annotation, Span, Text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the line it stands on, and the range of its tokens (`first` to `last`, excluded)."""

    span: Span
    line: Line
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the annotators found in one text that need nothing but the text and the reference data.

    Lists are in the order of the text. `known` and `known_places` hold all that the gazetteer met, `places` those that
    name a place here (value its ReferenceEntity), `context` how often each country is named.
    """

    text: Text
    tokens: list[Token]
    layout: Layout
    sentences: list[Sentence]
    dates: list[Annotation]
    quantities: list[Annotation]
    known: list[Annotation]
    known_places: list[Annotation]
    places: list[Annotation]
    context: Counter[str]
    english: English
    lexicon: Lexicon
    gazetteer: Gazetteer
    no_quantities: list[Annotation] = field(default_factory=list)
    """Numbers that measure nothing, with the reason as their rule."""
    starts: list[int] = field(init=False, repr=False)
    """The offsets of the tokens."""
    lowers: list[str] = field(init=False, repr=False)
    """The tokens in lower case."""
    date_starts: frozenset[int] = field(init=False, repr=False)
    """The tokens at which a date begins (no duration, no clock time)."""
    place_ends: Mapping[int, int] = field(init=False, repr=False)
    """The token at which a place begins -> the token after it."""

    def __post_init__(self) -> None:
        # The dataclass is frozen: what is derived from its fields is set once, here.
        derive = partial(object.__setattr__, self)
        derive("starts", [t.start for t in self.tokens])
        derive("lowers", [t.text.lower() for t in self.tokens])
        dated = (d for d in self.dates if d.value.kind == "date")
        derive("date_starts", frozenset(self.token_at(d.span.start) for d in dated))
        derive("place_ends", {self.token_at(p.span.start): self.token_at(p.span.end) for p in self.places})

    def words(self, span: Span) -> str:
        """The characters of a span."""
        return self.text.content[span.start : span.end]

    def token_at(self, offset: int) -> int:
        """The index of the first token that starts at or after an offset."""
        return bisect_left(self.starts, offset)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a character."""
        # An offset equal to an end belongs to the next sentence.
        at = bisect_right(self.sentences, offset, key=lambda s: s.span.end)
        if at < len(self.sentences) and self.sentences[at].span.start <= offset:
            return self.sentences[at]
        return None

    def evidence(self, span: Span) -> Span:
        """The sentence that states what a span names; the span itself outside of all sentences."""
        sentence = self.sentence_at(span.start)
        return Span(min(sentence.span.start, span.start), max(sentence.span.end, span.end)) if sentence else span
