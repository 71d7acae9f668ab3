"""Time grows with the length of a text and no faster, whatever the text is."""

import time

import pytest

from ingest.annotators import events, instruments, projects


@pytest.mark.parametrize(
    "piece",
    [
        "Law on Work ",
        "Skills Project ",
        "THE SKILLS FOR WORK ",
        "5 May 2001 to ",
        "“ project ” ",
        "5 workers and 6 of them, ",
        "a\n",
        "3 May 2001 | Workshop | Nairobi\n",
        "strategy for the period of ",
        "Decision of the Minister of ",
    ],
)
def test_four_times_the_text_takes_no_more_than_some_times_as_long(analyse, piece):
    def seconds(length):
        content = (piece * length)[:length]
        start = time.process_time()
        analysis = analyse(content)
        events.annotate(analysis, [*instruments.annotate(analysis), *projects.annotate(analysis)])
        return time.process_time() - start

    seconds(100)
    assert seconds(20_000) < 10 * max(seconds(5_000), 0.05)
