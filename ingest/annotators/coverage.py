"""Which characters of a text are already part of something, so that nothing is marked twice."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.model import Annotation, Span


class Coverage:
    """The characters of a text that are taken. Asking costs as much as the span is long, whatever was taken before."""

    def __init__(self, length: int, annotations: Iterable[Annotation] = ()) -> None:
        self._taken = bytearray(length)
        for annotation in annotations:
            self.take(annotation.span)

    def take(self, span: Span) -> None:
        """Marks the characters of a span as taken."""
        self._taken[span.start : span.end] = b"\1" * (span.end - span.start)

    def meets(self, start: int, end: int) -> bool:
        """True where a character from `start` to `end` (excluded) is taken."""
        return self._taken.find(1, start, end) >= 0

    def holds(self, offset: int) -> bool:
        """True where a character is taken."""
        return self._taken[offset] == 1
