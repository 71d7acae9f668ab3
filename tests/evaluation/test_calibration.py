"""The table of confidences: what it gives, what it cannot give, and that learning it is the same every time."""

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.calibration import TABLE, UNPROVEN, Calibration, Level, along, calibrated, load_calibration
from ingest.model import Entity, Fact, Findings, Span, Text
from ingest.pipeline import SAMPLES, Reading
from kg.errors import InputError
from kg.reference import load_reference
from kg.resources import ontology_folder
from tests.evaluation import drawing
from tests.evaluation.calibrate import Learned, as_json, scored, sheet
from tests.evaluation.fitting import METHODS, Case, Sheet, fit, left_out, quality
from tests.evaluation.judgements import corpus, judge

HERE = Path(__file__).parent
LEVEL = Level(
    rate=0.95,
    kinds={"event.start": 0.97},
    rules={"event.start": {"good": 0.96, "poor": 0.5}},
    curve=((0.4, 0.3), (1.0, 1.0)),
)


def sheets() -> list[Sheet]:
    """Ten documents: rule `good` errs once in ten times, `poor` every second time, `rare` was right the one time."""
    made = []
    for n in range(10):
        cases = [Case("event.start", ("good",), 0.8, n != 3), Case("event.start", ("poor",), 0.8, n % 2 == 0)]
        made.append(Sheet(f"d{n}", (*cases, Case("event.place", ("good", "poor"), 0.9, n != 5))))
    return [*made, Sheet("d10", (Case("event.end", ("rare",), 0.9, True),))]


@pytest.mark.parametrize(
    ("kind", "rules", "said", "sure"),
    [
        ("event.start", ["good"], 0.96, 0.95),
        ("event.start", ["poor", "good"], 0.96, 0.95),
        ("event.start", ["poor"], 0.5, 0.41),
        ("event.start", ["poor"], 0.8, 0.61),
        ("event.start", ["new"], 0.99, UNPROVEN),
        ("event.start", ["new", "poor"], 0.5, 0.41),
        ("person.shoe", ["good"], 0.99, UNPROVEN),
    ],
)
def test_the_best_known_rule_counts_and_the_unknown_prove_nothing(
    kind: str, rules: list[str], said: float, sure: float
):
    assert LEVEL.confidence(kind, rules, said) == sure


def test_findings_get_their_confidence_from_the_table():
    span = Span(0, 4)
    event = Entity("event:1", "Workshop", ("W",), (span,), "event/prose", 0.7)
    fact = Fact("event:1", "start", "x", (span,), "poor", 0.5, ("poor", "good"))
    findings = Findings(Text("d", "text"), (event,), (fact, replace(fact, votes=())))
    found = calibrated(findings, Calibration(entities=None, facts=LEVEL))
    assert found.entities == (event,)
    assert [f.confidence for f in found.facts] == [0.8, 0.41]
    assert calibrated(findings, Calibration()) == findings


@pytest.mark.parametrize("method", METHODS)
def test_learned_curves_rise_and_stay_between_0_and_1(method: str):
    curve = fit(sheets(), method).curve
    heights = [along(curve, n / 100) for n in range(101)]
    assert all(a <= b for a, b in itertools.pairwise(heights))
    assert 0 <= heights[0] <= heights[-1] <= 1


@pytest.mark.parametrize("method", METHODS)
def test_learning_is_the_same_every_time_and_tells_good_rules_from_poor_ones(method: str):
    level = fit(sheets(), method)
    assert level == fit(sheets(), method)
    assert level.confidence("event.start", ["good"], 0.8) > level.confidence("event.start", ["poor"], 0.8)
    assert 0.3 < level.confidence("event.start", ["poor"], 0.5) < 0.8
    assert all(0 <= sure <= 1 for found in left_out(sheets(), method).values() for sure in found)


def test_one_case_proves_less_than_many():
    level = fit(sheets(), "straight")
    assert level.kinds["event.end"] < level.rate + 0.1
    crowd = Sheet("crowd", tuple(Case("event.end", ("many",), 0.9, True) for _ in range(30)))
    alone = [Sheet(f"alone{n}", (Case("event.end", ("apart",), 0.9, True),)) for n in range(30)]
    rates = fit([*sheets(), crowd, *alone], "straight").rules["event.end"]
    assert rates["many"] < rates["apart"], "thirty cases of one document prove less than those of thirty documents"


def test_a_written_table_is_read_back_as_it_was(tmp_path: Path):
    level = fit(sheets(), "isotonic")
    path = tmp_path / "table.json"
    learned = Learned(level, "isotonic", {})
    path.write_text(as_json({"entities": learned, "facts": learned}, {"documents": 11}))
    again = load_calibration(path)
    assert again.fitted == {"documents": 11}
    assert again.facts == again.entities
    assert again.facts is not None
    assert again.facts.confidence("event.start", ["poor"], 0.8) == level.confidence("event.start", ["poor"], 0.8)


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"entities": {}, "facts": {}, "fitted": {}})])
def test_a_broken_table_is_named(content: str, tmp_path: Path):
    path = tmp_path / "table.json"
    path.write_text(content)
    with pytest.raises(InputError, match=r"table\.json"):
        load_calibration(path)


def test_the_shipped_table_is_sound():
    table = load_calibration(TABLE)
    for level in (table.entities, table.facts):
        assert level is not None
        rates = [level.rate, *level.kinds.values(), *(r for rules in level.rules.values() for r in rules.values())]
        assert all(0 < rate < 1 for rate in rates)
        assert all(a < c and b <= d for (a, b), (c, d) in itertools.pairwise(level.curve))
        assert level.confidence("event.start", ["never-seen"], 1.0) < 0.9
        assert level.confidence("never.seen", ["never-seen"], 1.0) < 0.9


def test_quality_of_known_cases():
    found = quality([(0.95, True), (0.95, True), (0.95, False), (0.5, True), (0.5, False)])
    assert (found.cases, found.sure, found.precision) == (5, 0.6, 2 / 3)
    assert found.calibration_error == pytest.approx(0.6 * abs(0.95 - 2 / 3))


def test_the_curve_is_drawn():
    cases = [(0.95, True), (0.95, True), (0.55, False), (0.55, True)]
    assert drawing.text("A curve", cases).splitlines()[2].startswith(" 0.550  0.500      2  ####")
    picture = drawing.svg("A <curve>", {"one": cases})
    assert picture.startswith("<svg ") and "A &lt;curve&gt;" in picture and picture.count("<circle") == 2


def test_confidence_on_the_samples_can_be_trusted():
    reference = load_reference(ontology_folder() / "reference")
    judged = judge(corpus("samples", SAMPLES, HERE / "gold"), Reading(reference, calibration=Calibration()), reference)
    level = load_calibration().facts
    assert level is not None
    cases = []
    for judgement in judged:
        facts = sheet(judgement, "facts", 1).cases
        cases += scored(judgement, [level.confidence(case.kind, case.votes, case.raw) for case in facts])
    found = quality(cases)
    assert found.cases > 100
    assert found.calibration_error < 0.12
    assert found.precision is not None and found.precision > 0.9
