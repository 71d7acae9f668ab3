"""Where and when a project runs, as sentences say it."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.annotators.dates import When
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.focus import PROJECTS, before_date, in_focus, in_paragraph
from ingest.extractors.places import places_in
from ingest.extractors.values import date_value, duration_value
from ingest.lexicon.relations import any_of
from ingest.model import Fact, Span

ENDED = re.compile(
    rf"\b(?:project|programme|program|campaign|scheme|pilot|phase)\b[^.]{{0,120}}\b{any_of('project_ended')}\b"
    r"|\bclosing (?:ceremony|workshop|conference)\b",
    re.I,
)
WORK = re.compile(
    rf"\b{any_of('works_in')}\s+(?:the\s+)?(?:(?:[\w-]+\s+){{0,3}}?{any_of('regions_told')}\s*"
    r"(?:of|:|,|namely|\(|[–-]|including|such as)?\s+|(?:target|northern|central|pilot|following|\w+)\s+)?(?:the\s+)?"
    r"(?:(?-i:[A-Z])[\w’'-]+(?:\s(?-i:[A-Z])[\w’'-]+)?(?:,\s*|,?\s+and\s+)(?:the\s+)?){0,5}$",
    re.I,
)
"""Before a place where a project works, with other names of places, which may be unknown, between."""
WHOLE_COUNTRY = re.compile(rf"\b{any_of('works_in_country')}\b")
NATIONWIDE = re.compile(
    r"\b(?:throughout|(?:all )?across|all over|in all parts of|around) the (?:whole |entire )?(?:country|nation)\b"
    r"|\b(?:nation|country)-?wide\b",
    re.I,
)
HAPPENING = re.compile(
    r"\b(?:competition|workshop|conference|ceremony|meeting|seminar|signed|signing|visit|forum|launch(?:ed|ing)?|attended|held)\b",
    re.I,
)
"""Words of a sentence on an event, which tells where and when the event was, not the project."""
DURATION = re.compile(
    rf"\b(\w+(?:-\w+)?)[\s-](year|month)(?:-long)?\s+{any_of('lasting_nouns')}\b"
    rf"|\b{any_of('lasting_nouns')}\s+of\s+(\w+(?:-\w+)?)\s+(year|month)s\b"
    r"|\bover\s+(?:the\s+(?:next|course of)\s+)?(\w+)\s+(year|month)s\b"
    r"|\b(?:lasts?|lasting|last|lasted|duration of|period of)\s+(\w+(?:-\w+)?)\s+(year|month)s\b"
    r"|\b(?:in|during|over|within)\s+its\s+(\w+)\s+(year|month)s\b"
    rf"|\b{any_of('lasting_verbs')}\b[^.;]{{0,50}}?\bfor\s+(\w+(?:-\w+)?)\s+(year|month)s\b",
    re.I,
)
MORE = re.compile(r"\b(?:expand|extend|enlarg|scal(?:e|ing) up|additional|further|\d more)", re.I)
""" "More are to be trained over the next five years": of an extension, not of the project."""
OVER = re.compile(r"over\b", re.I)
BEFORE_NAME = re.compile(r"\b[\w-]+[\s-](?:year|month)(?:[\s-]long)?,?\s+(?:[a-z][\w-]*\s+){0,2}[“\"‘«']?$", re.I)
""" "the two-year “", up to the name of a project."""
GOES_ON = re.compile(
    r"\s*(?:It|Its|By its|In its|So far|To date|Until now|Up to now)\b"
    r"|[^.;]{3,40}?,\s+it\s+(?:is|was|will|has|runs?|ran)\b"
    r"|In\s+(?:the\s+)?[A-Z][^.;]{2,100}?,?\s+it\s+[a-z]"
    r"|[^.;]{2,60}?\b(?:carr(?:y|ies)|runs?|leads?|funds?|implements?|manages?)\s+it\b"
)
ITS = re.compile(r"[^.;,]{3,40}?\b[Ii]ts\s+(?:desks|cent(?:re|er)s|courses|trainers|teams|schools)\b")
""" "Last year its centres in X and Y ...", after a sentence on a project: these are its places."""
IN_BRACKETS = re.compile(r"[”\"’»]?(?:\s+[a-z]+)?(?:\s*\([A-Z][^()]*\))?\s*[(,]\s*$")
"""Between the name of a project and its years: "X project (2020-2023)"."""
AFTER_NOUN = re.compile(rf"\b{any_of('undertaking')}\s*\($", re.I)
""" "X, a three-year project (2020-2023)"."""
IN_PROJECT = re.compile(r"\s+(?:in|under|through|within|with)\s+(?:the\s+)?(?:[a-z]+\s+){0,3}[“\"‘'«]?")
""" "what was done from 2014 to 2017 in the X project"."""
PHASE = re.compile(r"\bphase\s+(?:\d|[IVX]+|one|two|three)\b[^.;]{0,24}$", re.I)
ITS_TERM = re.compile(r"\b(?:in|during|over)\s+its\s+(?:\w+\s+)?(?:years?|months?|term|period|first phase)\b", re.I)
SHORTEST = 4
"""Months of a period that may be that of a project; shorter ones are of courses and visits."""
OF_LENGTH = re.compile(rf"\b{any_of('lasting_nouns')}\s+of\s+(\w+(?:-\w+)?)\s+(year|month)s\b", re.I)
LISTED = re.compile(r"\b(?:provinces|districts|regions|cities|towns|governorates|counties|states)\s*:\s*$", re.I)
SINCE = re.compile(rf"\b{any_of('since')}\s+$", re.I)
BEFORE = 70
"""Characters before a date or a name that are looked at."""
LAUNCHED_IN = re.compile(r"launched (?:in|on)\s+$", re.I)
PERIOD = re.compile(
    r"\b(?:from|between|for|over|during|period|in|covering|spanning)\s+"
    r"(?:the\s+(?:period\s+(?:(?:of|from|covering)\s+)?|years\s+)?)?$",
    re.I,
)
OF_PLAN = re.compile(
    r"\b(?:strategy|strategies|plan|plans|policy|agenda|framework|road ?map|vision|budget|calendar|curriculum)"
    r"\s+(?:for|of|from|covering|in|over)\s+(?:the\s+)?(?:period\s+|years\s+)?$",
    re.I,
)
""" "the union strategy for 2021-2026": no period of the project."""
RESULT = re.compile(r"\d[\d,.]*\s+(?:[a-z-]+\s+){0,2}?[a-z-]+s\b|[$€£¥₱P]\s?\d|\b(?:million|billion)\b")
LASTS = re.compile(rf"\b{any_of('lasting_verbs')}\b", re.I)
""" "From 2010 to 2015 P 2 billion was set aside": the period of a figure, unless the sentence says what runs."""
RUNNING = re.compile(
    r"\b(?:(?:is|are|be|being)\s+(?:(?:now|currently|jointly)\s+)?(?:carried out|implemented|rolled out|piloted|run)"
    r"|(?:will|to)\s+(?:run|last|cover|operate|continue)|runs|covers|covering|targets|targeting)\b"
)
"""Of a project that runs, also in a sentence on its launch."""
EXPECTED = re.compile(
    r"\b(?:launch|start|beginning|kick-?off|inception|commencement)(?:\s+of\s+[^.;]{3,50}?)?\s+(?:is|was)\s+"
    r"(?:expected|planned|scheduled|foreseen|due|set|slated|envisaged)(?:\s+for)?\s+(?:(?:in|on|early|late)\s+)*$"
    r"|\b(?:expected|planned|scheduled|due|set|slated)\s+to\s+(?:start|begin|commence|take off)\s+(?:in|on)\s+$",
    re.I,
)
UNTIL = re.compile(rf"\b{any_of('until')}\s+$", re.I)


def extract(cast: Cast, s: Sentence) -> None:
    """States the places, the duration, the start and the end that a sentence gives for a project."""
    key = in_focus(cast, s) or cast.page
    if key is None and GOES_ON.match(cast.a.words(s.span)):
        key = in_paragraph(cast, s)
    if key is None and ITS.match(cast.a.words(s.span)) and (before := in_paragraph(cast, s)) is not None:
        _places(cast, s, before, [])
    if key is None and cast.topic and s.line.kind != "entry":
        _of_topic(cast, s, cast.topic)
    if key is None or s.line.kind in ("title", "heading", "entry"):
        return
    words = cast.a.words(s.span)
    on_event = HAPPENING.search(words) is not None
    mentions = [m for kind in PROJECTS for m in cast.inside(kind, s.span)]
    if not on_event:
        _places(cast, s, key, mentions)
    elif (running := _running(cast, s, mentions)) is not None:
        # "X launched the project, which will be carried out in Y"
        _places(cast, s, key, mentions, running)
    duration = DURATION.search(words)
    more = duration is not None and OVER.match(duration.group()) and MORE.search(words)
    value = duration_value(duration.group()) if duration and not more else None
    if duration and value:
        # "Unlike X, the four-year project ..."
        whole = Span(s.span.start + duration.start(), s.span.start + duration.end())
        lasting = next((m.key for m in mentions if whole.start <= m.span.start < whole.end), key)
        cast.state(lasting, "duration", value, s.span, "project/duration", 0.8)
    for m in cast.inside("project", s.span):
        named = BEFORE_NAME.search(cast.content[max(s.span.start, m.span.start - BEFORE) : m.span.start])
        length = duration_value(named.group()) if named else None
        if length:
            cast.state(m.key, "duration", length, s.span, "project/duration-before", 0.85)
    for d in cast.dates.within(s.span):
        if not any(m.span.start <= d.span.start < m.span.end for m in mentions):
            before = cast.content[max(s.span.start, d.span.start - BEFORE) : d.span.start]
            following = next((m for m in mentions if m.span.start >= d.span.end), None)
            if d.value.end and following and IN_PROJECT.fullmatch(cast.content, d.span.end, following.span.start):
                _period(cast, s, following.key, d.value)
                continue
            _date(cast, s, before_date(mentions, d.span.start) or key, d.value, before, on_event)
            last = max((m for m in mentions if m.span.end <= d.span.start), key=lambda m: m.span.end, default=None)
            beside = last and IN_BRACKETS.fullmatch(cast.content, last.span.end, d.span.start)
            if last and d.value.kind == "years" and (beside or AFTER_NOUN.search(before)):
                _period(cast, s, last.key, d.value)


def _of_topic(cast: Cast, s: Sentence, key: str) -> None:
    """What a sentence without the project says of the only one of a text: "24 schools in three provinces: A, B, C"."""
    length = OF_LENGTH.search(cast.a.words(s.span))
    value = duration_value(length.group()) if length else None
    if value:
        cast.state(key, "duration", value, s.span, "project/duration", 0.7)
    for iri in places_in(cast, s.span, lead=LISTED):
        cast.state(key, "place", iri, s.span, "project/place-listed", 0.65)


def _running(cast: Cast, s: Sentence, mentions: list[Mention]) -> int | None:
    """Where a sentence on an event begins to tell that a project runs."""
    verb = RUNNING.search(cast.content, min((m.span.end for m in mentions), default=s.span.end), s.span.end)
    return verb.start() if verb and not HAPPENING.search(cast.content, verb.start(), s.span.end) else None


def _places(cast: Cast, s: Sentence, key: str, mentions: list[Mention], begin: int = 0) -> None:
    anchor = max(begin, min((m.span.end for m in mentions if m.key == key), default=s.span.start))
    words = cast.a.words(s.span)
    whole = WHOLE_COUNTRY.search(words) is not None
    home = _home(cast, key)
    for iri in places_in(cast, Span(min(anchor, s.span.end), s.span.end), lead=WORK):
        place = cast.a.gazetteer.by_iri[iri]
        if (whole or place.type != "Country") and (not home or place.country in home):
            cast.state(key, "place", iri, s.span, "project/place", 0.7)
    if NATIONWIDE.search(words) and mentions and not cast.tells(key, "place"):
        leading = max(cast.a.context, key=lambda c: (cast.a.context[c], c), default=None)
        countries = (p.value for p in cast.a.places if p.value.type == "Country")
        country = next((c.iri for c in countries if c.country == leading), None)
        if country is not None:
            cast.state(key, "place", country, s.span, "project/nationwide", 0.6)


def _home(cast: Cast, key: str) -> set[str | None]:
    """The countries that a fact box gives for a project: outside of these it has no places."""
    places = [cast.a.gazetteer.by_iri[str(iri)] for iri in cast.objects(key, "place")]
    return {p.country for p in places if cast.facts[key, "place", p.iri].rule == "field/place"}


def _date(cast: Cast, s: Sentence, key: str, when: When, before: str, on_event: bool) -> None:
    """States what a date says of a project by the words before it."""
    if when.kind != "since" and UNTIL.search(before) and not when.end:
        cast.state(key, "end", date_value(when.start), s.span, "project/until", 0.7)
    elif when.kind == "since" or SINCE.search(before):
        # "Launched in 2020" may tell of an event, but not in a text on how the project ended.
        if not LAUNCHED_IN.search(before) or ENDED.search(cast.content):
            cast.state(key, "start", date_value(when.start), s.span, "project/since", 0.75)
    elif EXPECTED.search(before):
        cast.state(key, "start", date_value(when.start), s.span, "project/expected", 0.75)
    elif when.end and when.kind in ("years", "date") and PERIOD.search(before):
        if on_event and not RUNNING.search(before):
            return
        words = cast.a.words(s.span)
        if OF_PLAN.search(before) or (RESULT.search(words) and not LASTS.search(words) and not ITS_TERM.search(words)):
            return
        if not PHASE.search(before) and _months(when) >= SHORTEST:
            _period(cast, s, key, when)


def _period(cast: Cast, s: Sentence, key: str, when: When) -> None:
    cast.state(key, "start", date_value(when.start), s.span, "project/period", 0.6)
    cast.state(key, "end", date_value(when.end or when.start), s.span, "project/period", 0.6)


def _months(when: When) -> int:
    """The months of a period: of one that is told by years alone, twelve each."""
    first, last = when.start, when.end or when.start
    if len(first) == len("2000") or len(last) == len("2000"):
        return 12 * (int(last[:4]) - int(first[:4]) + 1)
    return 12 * (int(last[:4]) - int(first[:4])) + int(last[5:7]) - int(first[5:7])


def settle(cast: Cast) -> None:
    """A project has one start, one end and one duration: the surest, of equal ones that which comes first.

    One of whose places nothing is said works in the province or city of its name.
    """
    for m in list(cast.of_kind("project")):
        if not cast.tells(m.key, "place"):
            for p in cast.places.within(m.span):
                # That of a country may say whose the project is.
                if p.span.end <= m.span.end and p.value.type != "Country":
                    cast.state(m.key, "place", p.value.iri, m.span, "project/place-in-name", 0.6)
    told: dict[tuple[str, str], list[Fact]] = {}
    for (subject, predicate, _), fact in cast.facts.items():
        if predicate in ("start", "end", "duration") and cast.members[subject].type == "Project":
            told.setdefault((subject, predicate), []).append(fact)
    for facts in told.values():
        best = max(facts, key=lambda f: f.confidence)
        for fact in facts:
            if fact is not best:
                cast.withdraw(fact.subject, fact.predicate, fact.object)
