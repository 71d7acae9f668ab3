"""All names of a text: the rules first, then the recogniser for the capitalised words that they leave open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.annotators import instruments, organisations, persons, projects, strangers
from ingest.annotators.analysis import Analysis
from ingest.annotators.defined_names import Definition, bracketed, definitions, with_defined
from ingest.annotators.foreign_names import with_foreign
from ingest.annotators.governments import with_governments
from ingest.annotators.name_words import NameWords
from ingest.annotators.reference_names import IN_TITLE, with_known, with_places
from ingest.annotators.short_mentions import abbreviated, first_words
from ingest.annotators.spans import SpanIndex, index
from ingest.annotators.state_offices import with_state_offices
from ingest.annotators.strangers import Recogniser, Taken
from ingest.annotators.title_words import TitleWords
from ingest.annotators.units import with_units
from ingest.model import Annotation

TITLES = (
    "instrument/plan-title",
    "instrument/country-programme",
    "instrument/law-title",
    "instrument/law-name",
    "instrument/convention",
    "instrument/numbered",
    "instrument/trade",
    "project/quoted",
    "project/capitalised",
    "project/page-title",
    "project/after-head",
    "project/apposition",
    "project/defined",
    "project/pointed-at",
    "project/told",
)
"""Rules whose names are titles: an organisation inside them is not mentioned on its own."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names by kind, in the order of the text, and (full, short) spans of the abbreviations that the text defines.

    `rejected` is what looked like a name and was turned down: kind `rejected`, value what it looked like, rule why.
    """

    organisations: list[Annotation]
    persons: list[Annotation]
    instruments: list[Annotation]
    projects: list[Annotation]
    definitions: list[Definition]
    rejected: list[Annotation]


def annotate(analysis: Analysis, recogniser: Recogniser) -> Names:
    """Finds all names of a text; `recogniser` is asked for the sentences with open questions."""
    names = NameWords(analysis)
    headed = organisations.annotate(names)
    found_projects, found_instruments = _titles(analysis, headed)
    titled = [a for a in (*found_projects, *found_instruments) if a.rule.startswith(TITLES)]
    bodies, defined, rejected = _organisations(names, headed, titled)
    in_titles = index(titled)
    people, lost = _outside(persons.annotate(TitleWords(names, bodies)), in_titles, "person", IN_TITLE)
    others = strangers.annotate(names, Taken(bodies, people, titled, defined), recogniser)
    people = sorted([*people, *others.persons], key=_place)
    bodies, mistaken = _outside(bodies, index(people), "organisation", "it is a part of the name of a person")
    bodies = _no_titles(analysis, bodies, people)
    return Names(
        organisations=sorted([*bodies, *others.organisations], key=_place),
        persons=people,
        instruments=found_instruments,
        projects=found_projects,
        definitions=defined,
        rejected=_once([*rejected, *lost, *mistaken, *others.rejected]),
    )


def _titles(analysis: Analysis, bodies: Sequence[Annotation]) -> tuple[list[Annotation], list[Annotation]]:
    """The projects and the instruments; of one inside the title of the other only the outer one stays.

    A plan in the name of one of the `bodies` is none: "Institute for [Labour Policy] and Training".
    """
    found_instruments = instruments.annotate(analysis)
    agreed = index([i for i in found_instruments if i.rule == "instrument/country-programme"])
    found_projects = [p for p in projects.annotate(analysis) if not (agreed.touches(p.span) or _in_office(analysis, p))]
    found_instruments = _not_inside(found_instruments, [*found_projects, *bodies])
    outer = [i for i in found_instruments if i.rule.startswith(TITLES)]
    return _not_inside(found_projects, outer), found_instruments


def _in_office(analysis: Analysis, project: Annotation) -> bool:
    """ "the Finance Division and National Project [Director]": the words of an office that stand in a list."""
    after = analysis.token_at(project.span.end)
    if after >= len(analysis.tokens) or analysis.tokens[after].start != project.span.end + 1:
        return False
    head = analysis.tokens[after].capital and analysis.lowers[after] in analysis.lexicon.persons.title_heads
    return head and " and " in analysis.words(project.span)


def _not_inside(annotations: Iterable[Annotation], others: Sequence[Annotation]) -> list[Annotation]:
    """Those annotations that are not a part of one of the others."""
    places = index(others)

    def inside(a: Annotation) -> bool:
        around = (o.span for o in places.overlapping(a.span))
        return any(o.start <= a.span.start and a.span.end <= o.end and o != a.span for o in around)

    return [a for a in annotations if not inside(a)]


def _organisations(
    names: NameWords, headed: Sequence[Annotation], titled: Sequence[Annotation]
) -> tuple[list[Annotation], list[Definition], list[Annotation]]:
    """The organisations that the rules find, the definitions of the text, and what was turned down."""
    analysis, in_titles = names.a, index(titled)
    found, in_title = _outside(headed, in_titles, "organisation", IN_TITLE)
    found, known_in_title = with_known(analysis, found, in_titles)
    found = with_foreign(names, found, in_titles)
    found = with_state_offices(analysis, found, in_titles)
    found = with_governments(analysis, found, in_titles)
    defined = definitions(analysis)
    defined += bracketed(analysis, found, defined)
    found, undefined = with_defined(analysis, found, defined, in_titles)
    found += abbreviated(analysis, found, defined, titled)
    found += first_words(names, found, titled)
    found = with_units(analysis, with_places(analysis, sorted(found, key=_place)), in_titles)
    return found, defined, [*in_title, *known_in_title, *undefined]


def _outside(
    annotations: Iterable[Annotation], barred: SpanIndex[Annotation], what: str, why: str
) -> tuple[list[Annotation], list[Annotation]]:
    """The annotations that share no characters with what is barred, and for each of the others its rejection."""
    kept, rejected = [], []
    for a in annotations:
        if barred.touches(a.span):
            rejected.append(Annotation(a.span, "rejected", what, why))
        else:
            kept.append(a)
    return kept, rejected


def _no_titles(analysis: Analysis, bodies: Sequence[Annotation], people: Sequence[Annotation]) -> list[Annotation]:
    """The bodies without short words that are the title of a person there: "[OIC] X", an officer in charge."""
    titles = {role.span.start for p in people for role in p.features.get("roles", ())}
    heads = analysis.lexicon.persons.title_heads
    return [b for b in bodies if b.span.start not in titles or analysis.words(b.span).lower() not in heads]


def _once(rejected: Iterable[Annotation]) -> list[Annotation]:
    """In the order of the text, each stretch with the first reason for which it was turned down."""
    first: dict[tuple[int, int, str], Annotation] = {}
    for a in rejected:
        first.setdefault((*_place(a), str(a.value)), a)
    return sorted(first.values(), key=_place)


def _place(annotation: Annotation) -> tuple[int, int]:
    return annotation.span.start, annotation.span.end
