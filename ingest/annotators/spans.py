"""Which things lie where in a text, asked in time that does not grow with the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from ingest.model import Annotation, Span

T = TypeVar("T")
WIDTH = 64
"""Characters of a bucket: names are about half as long, so that most lie in one or two."""


class SpanIndex(Generic[T]):
    """Things with their spans, which may overlap. Answers come in the order in which the things were added."""

    def __init__(self, items: Iterable[tuple[Span, T]] = ()) -> None:
        self._buckets: dict[int, dict[int, tuple[Span, T]]] = {}
        self._added = 0
        for span, item in items:
            self.add(span, item)

    def add(self, span: Span, item: T) -> None:
        """Adds one more thing."""
        self._added += 1
        for bucket in _buckets(span):
            self._buckets.setdefault(bucket, {})[self._added] = (span, item)

    def overlapping(self, span: Span) -> list[T]:
        """The things that share characters with a span."""
        met = {n: pair for bucket in _buckets(span) for n, pair in self._buckets.get(bucket, {}).items()}
        return [item for _, (other, item) in sorted(met.items(), key=lambda pair: pair[0]) if _overlap(span, other)]

    def touches(self, span: Span) -> bool:
        """True where a thing shares characters with a span."""
        nearby = (pair for bucket in _buckets(span) for pair in self._buckets.get(bucket, {}).values())
        return any(_overlap(span, other) for other, _ in nearby)


def _buckets(span: Span) -> range:
    return range(span.start // WIDTH, span.end // WIDTH + 1)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def index(*groups: Iterable[Annotation]) -> SpanIndex[Annotation]:
    """The annotations of some groups by where they lie."""
    return SpanIndex((a.span, a) for group in groups for a in group)
