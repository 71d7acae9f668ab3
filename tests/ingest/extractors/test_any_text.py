"""Whatever a text is: no rule breaks on it, and offsets hold."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest.extractors.told import cast_of

# fmt: off
PHRASES = st.sampled_from([
    "the ILO", "UNESCO", "(ILO)", "signed", "a memorandum of understanding", "between", "and", "the two ministries",
    "Ministry of Labour", "of Laos", "On the side of Jordan,", "Ms Grace Otieno,", "Director", "on 5 May 2031",
    "in", "Nairobi", "workshop", "was held by", "project", "funded by", "USD 3 million", "12 per cent", "of them",
    "SDG 4", "Donor:", "The", "It", "\n", "\n\n", ".", ",", ";", "“", "”", "’s", "1,200 masons", "2020/21",
    "Vietnamese",
])
# fmt: on
TEXTS = st.one_of(st.text(max_size=80), st.lists(PHRASES, max_size=40).map(" ".join))
SAMPLE = (
    "On 5 May 2031, the ILO and UNESCO held a workshop on roofs in Nairobi, Kenya. Ms Grace Otieno, Director of "
    "UNESCO, said that the Green Roofs Project trained 1,200 masons in 2030. The Ministry of Labour of Kenya signed a "
    "memorandum of understanding on masons with the ILO.\n\n"
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_any_text(text: str) -> None:
    findings = cast_of(text).findings()
    end = len(text)
    keys = {e.key for e in findings.entities} | {"document"}
    for e in findings.entities:
        assert e.mentions
        assert all(0 <= m.start < m.end <= end for m in e.mentions)
    for fact in findings.facts:
        assert fact.subject in keys
        assert fact.evidence
        assert all(0 <= s.start <= s.end <= end for s in fact.evidence)
    assert findings == cast_of(text).findings()


def test_time_is_about_linear() -> None:
    def seconds(times: int) -> float:
        text = SAMPLE * times
        start = time.process_time()
        cast_of(text)
        return time.process_time() - start

    seconds(4)
    assert seconds(80) < 40 * max(seconds(8), 0.02)


@pytest.mark.parametrize(
    "piece", ["5 workers and 6 of them, ", "120 masons and ", "90 masons in 2030, ", "40 % of masons in Kenya, "]
)
def test_one_sentence_of_hundreds_of_figures_takes_time_by_its_length(piece: str) -> None:
    def seconds(times: int) -> float:
        text = "The Green Roofs Project trained " + piece * times
        start = time.process_time()
        cast_of(text)
        return time.process_time() - start

    seconds(20)
    # Quadratic work would take 16 times as long.
    assert seconds(800) < 9 * max(seconds(200), 0.05)
