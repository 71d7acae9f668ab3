"""What is taken of a text."""

from ingest.annotators.coverage import Coverage
from ingest.model import Annotation, Span


def test_coverage():
    taken = Coverage(10, [Annotation(Span(2, 4), "date")])
    taken.take(Span(6, 7))
    assert [taken.meets(*span) for span in ((0, 2), (1, 3), (4, 6), (3, 9), (7, 10))] == [
        False,
        True,
        False,
        True,
        False,
    ]
    assert [taken.holds(i) for i in (1, 2, 4, 6)] == [False, True, False, True]
