"""Looking up by place gives what a search of the whole list gives."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from ingest.extractors.order import InOrder
from ingest.model import Span


@dataclass(frozen=True)
class Thing:
    """Something with a place."""

    span: Span


SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 40), st.integers(1, 12))
THINGS = st.lists(st.builds(Thing, SPANS), max_size=25)


@given(THINGS, SPANS)
def test_lookups(things: list[Thing], span: Span) -> None:
    order = InOrder(things)
    spans = sorted(t.span for t in things)
    at = span.start
    assert [t.span for t in order.things] == spans
    assert [t.span for t in order.within(span)] == [s for s in spans if span.start <= s.start < span.end]
    assert [t.span for t in order.covering(at)] == [s for s in spans if s.start <= at < s.end]
    assert [t.span for t in order.touching(span)] == [s for s in spans if s.start < span.end and span.start < s.end]
    last, here = order.last(at), order.at(at)
    assert (last.span.start if last else None) == max((s.start for s in spans if s.start < at), default=None)
    assert (here is not None) == any(s.start == at for s in spans)
