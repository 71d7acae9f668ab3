"""Things of a text in its order: which begin in a span, which cover a character, which was the last before it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from ingest.model import Span


class Placed(Protocol):
    """Anything with a place in the text."""

    @property
    def span(self) -> Span:
        """Where it is."""


P = TypeVar("P", bound=Placed)


class InOrder(Generic[P]):
    """Placed things, sorted by where they begin. Looking up takes time by the logarithm of how many there are."""

    def __init__(self, things: Iterable[P] = ()) -> None:
        self.things: list[P] = []
        self._starts: list[int] = []
        self._longest = 0
        for thing in things:
            self.add(thing)

    def add(self, thing: P) -> None:
        """Puts a thing in its place, after those that begin and end where it does."""
        span = thing.span
        at = bisect_right(self._starts, span.start)
        while at > 0 and self.things[at - 1].span > span:
            at -= 1
        self.things.insert(at, thing)
        self._starts.insert(at, span.start)
        self._longest = max(self._longest, span.end - span.start)

    def within(self, span: Span) -> list[P]:
        """Those that begin in a span."""
        return self.things[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def at(self, offset: int) -> P | None:
        """The first that begins right at an offset."""
        n = bisect_left(self._starts, offset)
        return self.things[n] if n < len(self.things) and self._starts[n] == offset else None

    def covering(self, offset: int) -> list[P]:
        """Those that hold a character."""
        first = bisect_left(self._starts, offset - self._longest)
        return [x for x in self.things[first : bisect_right(self._starts, offset)] if offset < x.span.end]

    def touching(self, span: Span) -> list[P]:
        """Those that share a character with a span."""
        first = bisect_left(self._starts, span.start - self._longest)
        return [x for x in self.things[first : bisect_left(self._starts, span.end)] if span.start < x.span.end]

    def last(self, offset: int) -> P | None:
        """The last that begins before an offset."""
        at = bisect_left(self._starts, offset)
        return self.things[at - 1] if at else None

    def before(self, offset: int, most: int) -> list[P]:
        """The last ones that begin before an offset, `most` of them at most, in the order of the text."""
        at = bisect_left(self._starts, offset)
        return self.things[max(0, at - most) : at]

    def nearest(self, offset: int) -> P | None:
        """The one that begins nearest to an offset; of two as near, the first."""
        at = bisect_left(self._starts, offset)
        if at == 0:
            return self.things[0] if self.things else None
        before = self.things[bisect_left(self._starts, self._starts[at - 1])]
        if at == len(self.things):
            return before
        after = self.things[at]
        return after if after.span.start - offset < offset - before.span.start else before
