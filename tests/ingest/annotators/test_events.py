"""Events: heads by what stands beside them, how far names go, and the class that words show."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.annotators import events, instruments, projects
from ingest.annotators.event_kinds import kind_of


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Workshop on farm skills", "Workshop"),
        ("training workshop", "Training"),
        ("Training of farmers", "Training"),
        ("conference of the vocational training sector", "Conference"),
        ("launch of the report", "Launch"),
        ("signing ceremony", "Signing"),
        ("study visit", "StudyVisit"),
        ("Farm Skills Competition", "Competition"),
        ("job fairs", "Fair"),
        ("a walk", "Event"),
    ],
)
def test_kinds(words, kind):
    assert kind_of(words) == kind


@pytest.mark.parametrize(
    ("content", "marked", "kind"),
    [
        ("They held a workshop on farm skills.", "workshop on farm skills", "Workshop"),
        ("They held the Third Farm Conference 2001.", "Third Farm Conference 2001", "Conference"),
        ("They came to the hybrid seminar.", "hybrid seminar", "Workshop"),
        ("They spoke at the meeting.", "meeting", "Meeting"),
        ("They held a workshop “Farms of the Future” there.", "workshop “Farms of the Future", "Workshop"),
        ("She opened the second session.", "second session", "Meeting"),
        ("He spoke at the launch of the farm report.", "launch of the farm report", "Launch"),
        ("They went to the job fair.", "job fair", "Fair"),
        ("They held a training on farm safety.", "training on farm safety", "Training"),
        ("They kept the Farm Workers Day.", "Farm Workers Day", "Event"),
        ("They praised it on the occasion.", "occasion", "Event"),
        ("They went to the round table.", "round table", "Meeting"),
        ("They came to the closing workshop.", "closing workshop", "Workshop"),
        ("They held a forum to discuss farms.", "forum", "Conference"),
        ("The 8th farm meeting wrapped up.", "8th farm meeting", "Meeting"),
        ("They left the visit.", "visit", "Event"),
    ],
)
def test_prose(analyse, content, marked, kind):
    [a] = events.annotate(analyse(content), [])
    assert (content[a.span.start : a.span.end].rstrip("”"), a.value) == (marked, kind)


@pytest.mark.parametrize(
    ("content", "bare"), [("They spoke at the meeting.", True), ("They left the farm meeting.", False)]
)
def test_bare(analyse, content, bare):
    assert events.annotate(analyse(content), [])[0].features["bare"] is bare


@pytest.mark.parametrize(
    "content",
    [
        "They sat in the conference room.",
        "meeting the needs of farmers",
        "They ask for fair pay.",
        "They held three workshops.",
        "It takes a day.",
        "They launch it.",
        "",
    ],
)
def test_no_event(analyse, content):
    assert events.annotate(analyse(content), []) == []


PIECES = st.sampled_from(
    [
        "the",
        "workshop",
        "on",
        "Farm",
        "Skills",
        "project",
        "“",
        "”",
        "(",
        ")",
        "Law",
        "Agreement",
        "signed",
        "with",
        "between",
        "programme",
        "2001-2010",
        "Strategy",
        "for",
        ",",
        ".",
        "\n",
        "meeting",
        "'",
        "Convention",
        "No. 12/2001",
        "and",
        "training",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=60))
def test_any_text(analyse, content):
    analysis = analyse(content)
    named = [instruments.annotate(analysis), projects.annotate(analysis)]
    named.append(events.annotate(analysis, [*named[0], *named[1]]))
    for annotations in named:
        assert all(0 <= a.span.start < a.span.end <= len(content) for a in annotations)
    for annotations in named[:2]:
        assert all(a.span.end <= b.span.start for a, b in pairwise(annotations))
    assert named[0] == instruments.annotate(analysis)
