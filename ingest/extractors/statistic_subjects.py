"""What a statistic is about: the project, event, instrument or organisation that its number measures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.extractors.focus import in_focus, in_paragraph
from ingest.extractors.statistic_clauses import of_clause, of_list, of_owner
from ingest.extractors.statistic_context import (
    EVENT_WORD,
    SAID,
    Past,
    Subject,
    at_event,
    continued,
    of_named_event,
    of_rule,
    with_guests,
)
from ingest.extractors.statistic_projects import in_context_section, of_label, of_phase, project_of
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

ESTIMATED = re.compile(rf"\b{any_of('estimates')}\b", re.I)
"""Before a figure on the world, in an entry of a listing too."""
CAPACITY = re.compile(rf"\b{any_of('capacities')}\s+of\s+(?:the\s+)?$")
"""Before the body whose size is told: "the capacity of the centre is 120 trainees"."""
FUNDED_BY = re.compile(rf"\b{any_of('funded_by')}\s+by\s+(?:the\s+)?(?:\w+\s+){{0,2}}$")
CONTINENT = re.compile(r"\b(?:Africa|Asia|Europe|America|Caribbean|Pacific|world|ASEAN region|globe|Gulf)\b")
WHERE = re.compile(r"[^.;]{0,40}?,?\s+where\s[^.;]*$")
CURRENCY = re.compile(r"[A-Z]{3}")
GUESTS = re.compile(rf"^(?:[\w-]+ )*{any_of('guests')}\b", re.I)
CROWDS = re.compile(rf"(?:[\w-]+ )*(?:{any_of('crowds')}|\w{{3,}}(?:ists|ants|mats|ians))$", re.I)
TOLD = re.compile(rf"\b{any_of('tells')}\b[^;.]*$")
THE = re.compile(r"(?:The\s|This\s|It\s)?")
AT_EVENTS = re.compile(rf"\b{any_of('at_events')}\b", re.I)
ATTENDANCE = re.compile(rf"\b{any_of('attendance')}", re.I)
ATTENDED = re.compile(rf"\b{any_of('attended')}", re.I)
GIVES = re.compile(rf"\b{any_of('gives_money')}\b")
TOLD_THAT = re.compile(rf"\b(?!estimate){any_of('sayings')}\b[^.;]*\bthat\b")
ASIDE = re.compile(r",\s+(?:which|who|whose|where|a|an)\s[^,;]*$")
"""Before a body in a relative clause or an apposition: "the board, which reports to X, lends"."""
SERVED = re.compile(rf"\b{any_of('served')}\b")
MADE_OF = re.compile(r"\b(?:composed of|made up of|with)\s+$")
NATIONWIDE = re.compile(rf"\b{any_of('nationwide')}\b")
OF_COUNTRY = re.compile(r"\b(?:country|nationwide|population|nationally|in (?:Viet ?nam|the country))\b", re.I)
GENERAL = re.compile(rf"\b{any_of('general_figures')}\b", re.I)
PROVISIONS = 4
"""So many sentences on what an agreement provides are looked through for its name."""
PROVIDES = re.compile(r"It (?:provides|foresees|covers|aims|allows|includes)\b")
UNDER_AGREEMENT = re.compile(rf"\b{any_of('under_agreement')}\b")
AT_EVENT = re.compile(r"\b(?:attend|participants|guests|representatives)\b")
IT = re.compile(r"(?:It|it)\b")
HAS = re.compile(rf"\b{any_of('has')}\b[^.]{{0,60}}$")
"""Between a body and the number that measures it: "the college trains 500 X"."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The project that most of the text is about, and whether the number was counted in a whole country."""

    project: str | None
    country: bool


def subject_of(cast: Cast, q: Annotation, s: Sentence, unit: str, past: Past | None, setting: Setting) -> Subject:
    """What a quantity of a sentence is about.

    `past` is the statistic before.
    """
    if s.line.entry is not None:
        return _of_entry(cast, q, s, unit, s.line.entry)
    words = cast.a.words(s.span)
    project = project_of(cast, q, s)
    if not project and of_label(cast, q, s, unit) and (key := cast.page or cast.topic or setting.project):
        return Subject(key, "statistic/label")
    if unit.startswith("percent") and NATIONWIDE.search(words) and not project:
        return Subject()
    return (
        of_owner(cast, q, s)
        or _of_event(cast, q, s, unit, project, past)
        or with_guests(cast, q, s, unit, past)
        or (Subject(project, "statistic/project") if project else None)
        or of_phase(cast, q, s, setting.project)
        or _of_sum(cast, s, unit)
        or _of_agreement(cast, q, s)
        or of_rule(cast, q, s)
        or of_named_event(cast, q, s, unit)
        or _of_guests(cast, s)
        or _of_body(cast, q, s, setting.project)
        or at_event(cast, q, s, unit)
        or (Subject() if setting.country or CONTINENT.search(words) else None)
        or continued(cast, q, s, unit, past)
        or _of_text(cast, s, setting.project)
        or of_list(cast, q, s, past)
        or of_clause(cast, q, s)
        or Subject()
    )


def _of_entry(cast: Cast, q: Annotation, s: Sentence, unit: str, number: int) -> Subject:
    """In an entry of a listing most numbers are of its event."""
    project = in_focus(cast, s)
    if ESTIMATED.search(cast.content, max(s.span.start, q.span.start - 200), q.span.start):
        return Subject()
    if project and SERVED.search(cast.a.words(s.span)):
        return Subject(project, "statistic/project")
    money = CURRENCY.fullmatch(unit) is not None
    instruments = cast.inside("instrument", s.span)
    if money and instruments:
        return Subject(instruments[0].key, "statistic/instrument")
    bodies = cast.inside("organisation", Span(s.span.start, q.span.start))
    made_of = MADE_OF.search(cast.content[max(s.span.start, q.span.start - 14) : q.span.start])
    if made_of and bodies and "member" in unit:
        return Subject(bodies[-1].key, "statistic/members")
    if unit.startswith("percent") or money:
        return Subject()
    heading = cast.a.layout.entries[number].heading
    event = next((m.key for m in cast.inside("event", heading) if m.span == heading), None)
    return Subject(event, "statistic/entry")


def _of_event(
    cast: Cast, q: Annotation, s: Sentence, unit: str, project: str | None, past: Past | None
) -> Subject | None:
    """ "120 participants attended": of the event of the sentence, or the one before."""
    words = cast.a.words(s.span)
    if TOLD.search(cast.content, s.span.start, q.span.start):
        return None  # what somebody says at an event was not counted there
    if not GUESTS.search(unit):
        return _of_crowd(cast, q, s, unit) if not project else None
    events = cast.inside("event", s.span) if ATTENDANCE.search(words) else []
    if events:
        return Subject(min(events, key=lambda m: abs(m.span.start - q.span.start)).key, "statistic/event")
    if not (ATTENDED.search(words) or (ATTENDANCE.search(words) and EVENT_WORD.search(words))):
        return _of_crowd(cast, q, s, unit) if not project else None
    if unit.startswith("percent") and not (past and past.subject.rule.startswith("statistic/event")):
        return None  # "Within a year of the course 60 % found work"
    last = cast.last("event", q.span.start)
    if last is not None and last.span.start < s.line.span.start and in_paragraph(cast, s):
        return None  # the paragraph is on a project
    hosts = cast.inside_any(BODIES, Span(s.span.start, q.span.start))
    return Subject(last.key, "statistic/event-before") if last and not project and not hosts else None


def _of_crowd(cast: Cast, q: Annotation, s: Sentence, unit: str) -> Subject | None:
    """ "The fair drew 2,000 workers", "Some 850 students graduated": of the event of the sentence or the one before."""
    words = cast.a.words(s.span)
    if unit.startswith("percent") or not CROWDS.match(unit) or SAID.search(words):
        return None
    events = cast.inside("event", s.span)
    if events and THE.fullmatch(cast.content, s.span.start, events[0].reach.start):
        return Subject(events[0].key, "statistic/event")  # the event is the subject of the sentence
    if not AT_EVENTS.search(words):
        return None
    if events:
        return Subject(min(events, key=lambda m: abs(m.span.start - q.span.start)).key, "statistic/event")
    last = cast.last("event", s.span.start)
    if last is None or last.span.start < s.line.span.start:
        told = cast.of_kind("event")
        last = told[0] if len({m.key for m in told}) == 1 else None
    if last is None or cast.inside_any(BODIES, s.span):
        return None
    return Subject(last.key, "statistic/event-crowd")


def _of_sum(cast: Cast, s: Sentence, unit: str) -> Subject | None:
    """Money in a sentence on an instrument: of the project in the instrument's name, else of the instrument."""
    if not CURRENCY.fullmatch(unit):
        return None
    for kind in ("instrument", "instrument-anaphor"):
        for m in cast.inside(kind, s.span)[:1]:
            return Subject(_project_in_name(cast, m.key) or m.key, "statistic/instrument")
    return None


def _project_in_name(cast: Cast, instrument: str) -> str | None:
    """The project that an agreement's name holds ("loan agreement for the X Program")."""
    for span in sorted(cast.members[instrument].mentions):
        inside = cast.inside("project", span)
        if inside:
            return inside[0].key
    return None


def _of_agreement(cast: Cast, q: Annotation, s: Sentence) -> Subject | None:
    """ "Under the agreement 500 X will ...", "It provides 500 X"."""
    words = cast.a.words(s.span)
    lead = Span(s.span.start, q.span.start)
    agreements = [m for kind in ("instrument-anaphor", "instrument") for m in cast.inside(kind, lead)]
    if not agreements and PROVIDES.match(words):
        agreements = _it(cast, s)
    if not agreements or not UNDER_AGREEMENT.search(words):
        return None
    key = agreements[0].key
    agreed = cast.members[key].type in ("CooperationAgreement", "MemorandumOfUnderstanding")
    return Subject(key, "statistic/agreement") if agreed else None


def _it(cast: Cast, s: Sentence) -> list[Mention]:
    """The instrument that "It" may stand for: of the sentence before, or of that before others that begin with "It"."""
    before = cast.sentences.before(s.span.start, PROVISIONS)
    for t in reversed(before):
        named = cast.inside_any(("instrument", "instrument-anaphor"), t.span)
        if named:
            return named[-1:]
        if not cast.a.words(t.span).startswith(("It ", "Under it")):
            break
    return []


def _of_guests(cast: Cast, s: Sentence) -> Subject | None:
    events = cast.inside("event", s.span)
    if events and AT_EVENT.search(cast.a.words(s.span)):
        return Subject(events[0].key, "statistic/event")
    return None


def _of_body(cast: Cast, q: Annotation, s: Sentence, main: str | None) -> Subject | None:
    """ "The college has 500 X", "It has 500 X": of the last body before the number."""
    bodies = cast.inside_any(BODIES, Span(s.span.start, q.span.start))
    if not bodies and IT.match(cast.a.words(s.span)):
        last = cast.last("organisation", s.span.start)
        bodies = [last] if last else []
    while len(bodies) > 1 and _aside(cast, s, bodies[-1]):
        bodies.pop()
    gap = cast.content[bodies[-1].reach.end : q.span.start] if bodies else ""
    if bodies and CAPACITY.search(cast.content, max(s.span.start, bodies[-1].reach.start - 60), bodies[-1].reach.start):
        return Subject(bodies[-1].key, "statistic/subject")
    paid = (
        bool(bodies)
        and FUNDED_BY.search(cast.content, max(s.span.start, bodies[-1].reach.start - 60), bodies[-1].reach.start)
        is not None
    )
    if paid and CURRENCY.fullmatch(q.value.unit):
        project = in_paragraph(cast, s) or cast.page or cast.topic or main
        return Subject(project, "statistic/money") if project else None
    if not (HAS.search(gap) or WHERE.match(gap)) or TOLD_THAT.search(gap):
        return None
    if q.value.unit not in ("", "percent") and GIVES.search(gap):
        project = in_paragraph(cast, s) or cast.page or cast.topic or main
        return Subject(project, "statistic/money") if project else None
    return Subject(bodies[-1].key, "statistic/subject")


def _aside(cast: Cast, s: Sentence, body: Mention) -> bool:
    """Whether a body is named only in passing, between commas."""
    return cast.content[body.reach.end : body.reach.end + 1] == "," and (
        ASIDE.search(cast.content[s.span.start : body.span.start]) is not None
    )


def _of_text(cast: Cast, s: Sentence, main: str | None) -> Subject | None:
    """The project of the paragraph, the page or the text, but for figures on a country or the world."""
    words = cast.a.words(s.span)
    if OF_COUNTRY.search(words) or GENERAL.search(words) or in_context_section(cast, s):
        return None
    key = in_paragraph(cast, s) or cast.page or cast.topic or main
    return Subject(key, "statistic/topic") if key else None
