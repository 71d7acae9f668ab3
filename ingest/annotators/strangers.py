"""Names without head noun, title or definition ("Alfa"): the recogniser's word, weighed with the words around."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.annotators.analysis import Analysis, Sentence
from ingest.annotators.coverage import Coverage
from ingest.annotators.defined_names import Definition
from ingest.annotators.foreign_names import foreign_head
from ingest.annotators.gazetteer import fold
from ingest.annotators.name_words import NameWords, head_of
from ingest.annotators.person_runs import INNER_CAPITAL
from ingest.annotators.spans import SpanIndex
from ingest.annotators.stranger_runs import open_runs
from ingest.annotators.stranger_series import series
from ingest.annotators.stranger_signs import place_or_people, seat, seated, signed_for
from ingest.lexicon.naming import StrangerWords
from ingest.model import Annotation, Span

Recogniser = Callable[[str, Sequence[Span]], list[tuple[Span, str]]]
"""Takes a text and stretches of it; gives names with their labels (`PERSON`, `ORG`, `GPE` ...)."""

ENOUGH = 0.6
"""The sum of the weights below from which on a run names an organisation."""
LABELS = {"ORG": 0.45, "PERSON": -0.15} | dict.fromkeys(
    ("GPE", "LOC", "DATE", "NORP", "EVENT", "WORK_OF_ART", "LANGUAGE", "LAW", "FAC", "CARDINAL"), -0.35
)
APPOSED, IN_COUNTRY = 1.0, 0.45
SIGNED_FOR, SEATED, SERIES = 0.6, 1.0, 1.3
FIELD, EMPLOYER, ACTS, PARTY, NEIGHBOUR, CAPITALS, PLACE = 1.0, 1.0, 0.35, 0.3, 0.35, 0.15, -0.3

BEFORE, AFTER = 40, 50
"""How many characters before and after a run are looked at."""
AROUND = 60
GAP = 13
"""The longest "..., and the " between two names of a list."""

LIST_BEFORE = re.compile(r"(?:,|\band|&|\bor)\s+(?:the\s+)?$")
LIST_AFTER = re.compile(r"(?:\s*\([^)]{0,200}\))?\s*(?:,|and|&)\s*(?:and\s+)?(?:the\s+)?")
DATELINE = re.compile(r"[A-Z][\w ()/-]{1,40},.{0,30}[,(]\s*")
EMPLOYED = re.compile(r"([\w-]+) (?:at the |at |of |with )$")
EMPLOYED_AT = re.compile(r"([^,.;:()]{4,40}) at (?:the )?$")
INITIAL = re.compile(r"\b[A-Z]\.")
IN_PLACE = re.compile(r"\b(?:in|at|near|through|across|to)\s+(?:the\s+)?$")


@dataclass(frozen=True, slots=True)
class Contexts:
    """The words around a name, as patterns."""

    acting: re.Pattern[str]
    parties: re.Pattern[str]
    things: re.Pattern[str]
    fields: re.Pattern[str]
    apposed: re.Pattern[str]
    charity_near: re.Pattern[str]
    charity_words: re.Pattern[str]
    learning_near: re.Pattern[str]
    company_near: re.Pattern[str]


@cache
def contexts(words: StrangerWords) -> Contexts:
    """Compiles the word lists."""

    def any_of(phrases: Iterable[str]) -> str:
        return f"(?:{'|'.join(sorted(phrases))})"

    return Contexts(
        acting=re.compile(rf"\s*(?:\([^)]*\)\s*)?(?:,\s*)?{any_of(words.acting)}\b"),
        parties=re.compile(rf"\b{any_of(words.parties)}\s+(?:the\s+)?$", re.IGNORECASE),
        things=re.compile(rf"\s*{any_of(words.things)}", re.IGNORECASE),
        fields=re.compile(rf"\s*[-•]?\s*{any_of(words.fields)}", re.IGNORECASE),
        apposed=re.compile(rf",\s+(?:an?|the)\s+(?:[\w’'-]+\s+){{0,5}}?{any_of(words.apposed)}\b"),
        charity_near=re.compile(any_of(words.charity_near)),
        charity_words=re.compile(rf"\b{any_of(words.charity_words)}\b"),
        learning_near=re.compile(any_of(words.learning_near)),
        company_near=re.compile(any_of(words.company_near)),
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """The names that the rules found, and the definitions among them; `titled` are projects and instruments."""

    organisations: Sequence[Annotation]
    persons: Sequence[Annotation]
    titled: Sequence[Annotation]
    definitions: Sequence[Definition]


@dataclass(frozen=True, slots=True)
class Strangers:
    """What the recogniser and the words around made of the open runs."""

    organisations: list[Annotation]
    persons: list[Annotation]
    rejected: list[Annotation]


def annotate(names: NameWords, taken: Taken, recogniser: Recogniser) -> Strangers:
    """Annotations of kind `organisation` (value the class), `person` (the name), `rejected` (what it looked like)."""
    analysis = names.a
    coverage = _coverage(analysis, taken)
    runs = [(run, s) for s in analysis.sentences for run in open_runs(names, s, coverage)]
    found = Strangers([], [], [])
    if not runs:
        return found
    weighing = _Weighing(analysis, taken.organisations, series(analysis, [run for run, _ in runs]))
    known = {fold(w) for p in taken.persons for w in str(p.value).split() if len(w) > 1}
    runs = [(run, s) for run, s in runs if not all(fold(w) in known for w in analysis.words(run).split())]
    no_bodies = _no_bodies(analysis, taken)
    asked = {s.span for run, s in runs if _personlike(names, run) or weighing.is_open(run, s)}
    labels = SpanIndex((span, (span, label)) for span, label in recogniser(analysis.text.content, sorted(asked)))
    for run, s in runs:
        words = analysis.words(run)
        label = next((label for span, label in labels.overlapping(run) if _mostly_inside(span, run)), "")
        if fold(words) in no_bodies:
            found.rejected.append(Annotation(run, "rejected", "organisation", "it is the short name of something else"))
        elif publishes(analysis, run, s):
            found.rejected.append(Annotation(run, "rejected", "organisation", "it is the agency that issued the text"))
        elif label == "PERSON" and _personlike(names, run) and not weighing.no_person(run, s):
            person = _without_opening(names, run, s)
            found.persons.append(
                Annotation(person, "person", analysis.words(person), "person/recogniser", {"roles": ()})
            )
        elif reason := weighing.objection(run, s, label):
            if not _function_word(analysis, words):
                found.rejected.append(Annotation(run, "rejected", "organisation", reason))
        else:
            found.organisations.append(weighing.organisation(run, s, label))
    return found


def publishes(analysis: Analysis, run: Span, s: Sentence) -> bool:
    """True for capitals alone on their line, or at the end of a dateline: "ACCRA, May 3, XNA – ..."."""
    line = s.line.span
    words = analysis.words(run)
    if not words.isupper() or len(words.split()) > 1:
        return False
    if analysis.words(line).strip(" ./()") == words:
        return s.line.kind in ("prose", "heading")
    before, after = analysis.text.content[line.start : run.start], analysis.text.content[run.end : run.end + 4]
    return DATELINE.fullmatch(before) is not None and re.match(r"\)?\s*[–—-]", after) is not None


def _coverage(analysis: Analysis, taken: Taken) -> Coverage:
    """The characters of names, definitions, places and dates."""
    names = (*taken.organisations, *taken.persons, *taken.titled)
    content = analysis.text.content
    places = [p for p in analysis.known_places if not seat(content, p)]
    coverage = Coverage(len(content), (*names, *places, *analysis.dates))
    for definition in taken.definitions:
        for span in definition:
            coverage.take(span)
    return coverage


def _no_bodies(analysis: Analysis, taken: Taken) -> set[str]:
    """The folded short names of what is no organisation: of projects, instruments and definitions of other things."""
    shorts = {fold(analysis.words(short)) for _, short in taken.definitions}
    shorts -= {fold(analysis.words(o.span)) for o in taken.organisations}
    shorts |= {fold(str(t.value)) for t in taken.titled}
    return shorts | {fold(analysis.words(b)) for t in taken.titled if isinstance(b := t.features.get("short"), Span)}


def _function_word(analysis: Analysis, words: str) -> bool:
    """True for "The", "These", "After": no one takes such a word for a name."""
    lower, organisations, english = words.lower(), analysis.lexicon.organisations, analysis.english.words
    return lower in organisations.determiners | organisations.openers | english.closing | english.small


def _mostly_inside(span: Span, run: Span) -> bool:
    shared = min(span.end, run.end) - max(span.start, run.start)
    return shared >= 0.6 * (run.end - run.start)


def _without_opening(names: NameWords, run: Span, s: Sentence) -> Span:
    """A person's name without the word of English that opens the sentence before it: "[There] X Y", "[Mason] X Y"."""
    first, end = names.a.token_at(run.start), names.a.token_at(run.end)
    plain = names.common(first) or _function_word(names.a, names.tokens[first].text)
    if first != s.first or end - first < 3 or not plain or names.family(first):
        return run
    return names.span(first + 1, end)


def _personlike(names: NameWords, run: Span) -> bool:
    """True for two to five words, not all of English, none an abbreviation or the head of an organisation's name."""
    words = names.a.words(run).split()
    return (
        2 <= len(words) <= 5
        and not any(w.isupper() and len(w) > 2 for w in words)
        and any(not names.a.english.common(w) for w in words)
        and not any(head_of(w, names.a) or INNER_CAPITAL.search(w) for w in words)
        and not foreign_head(names, words[0])
    )


class _Weighing:
    """Weighs the signs that a run names an organisation: it acts, is named as a party, or stands in a list of them."""

    def __init__(self, analysis: Analysis, organisations: Sequence[Annotation], alike: Mapping[Span, Span]) -> None:
        self.a = analysis
        self.alike = alike
        self.content = analysis.text.content
        self.contexts = contexts(analysis.lexicon.strangers)
        self.starts = {o.span.start for o in organisations}
        self.ends = {o.span.end for o in organisations}
        self.countries = {p.span.start: p.span.end for p in analysis.places if p.value.type == "Country"}

    def is_open(self, run: Span, s: Sentence) -> bool:
        """Whether a run names an organisation, or could if the recogniser said so."""
        after = self.content[run.end : min(s.span.end, run.end + AFTER)]
        return self._weight(run, s, "ORG", after) >= ENOUGH and not self.contexts.things.match(after)

    def objection(self, run: Span, s: Sentence, label: str) -> str:
        """Why a run is no organisation's name, in plain words; empty where it is one."""
        after = self.content[run.end : min(s.span.end, run.end + AFTER)]
        if self.contexts.things.match(after):
            return "the word after it says that it is the name of a thing or a place"
        if self._weight(run, s, label, after) >= ENOUGH:
            return ""
        taken_for = f", and the recogniser takes it for {label}" if label and label != "ORG" else ""
        return f"capitalised words, but too little around them shows an organisation{taken_for}"

    def no_person(self, run: Span, s: Sentence) -> bool:
        """True for words that name no person, whatever they look like: "Manager at X", "X, an NGO", "X district"."""
        if self.contexts.apposed.match(self.content, run.end, s.span.end) or place_or_people(self.a, run):
            return True
        return run in self.alike or self._in_country(run) or self.employs(run, s)

    def _in_country(self, run: Span) -> bool:
        """ "Alfa Beta Viet Nam": the name of a country follows right after, which begins no name itself."""
        if self.content[run.end : run.end + 1] != " " or run.end + 1 in self.starts:
            return False
        end = self.countries.get(run.end + 1, run.end)
        if self.content[end : end + 1] in ("-", "–") or self.contexts.things.match(self.content, end):
            return False
        return run.end + 1 in self.countries and not _function_word(self.a, self.a.words(run))

    def employs(self, run: Span, s: Sentence) -> bool:
        """True right after "Manager at", "CEO of": a person has an office there."""
        before = self.content[max(s.span.start, run.start - BEFORE) : run.start]
        heads = self.a.lexicon.persons.title_heads
        match = EMPLOYED.search(before)
        if match is not None and match[1].lower() in heads:
            return not INITIAL.search(self.a.words(run))
        longer = EMPLOYED_AT.search(before)
        return longer is not None and any(w in heads for w in re.findall(r"[\w-]+", longer[1].lower()))

    def _weight(self, run: Span, s: Sentence, label: str, after: str) -> float:
        before = self.content[max(s.span.start, run.start - BEFORE) : run.start]
        words = self.content[run.start : run.end]
        neighbour, employs = self._beside_another(run), self.employs(run, s)
        field = self.a.layout.field_at(run.start)
        name = self.a.words(field.label) if field is not None else ""
        signs = (
            (LABELS.get(label, 0.0), True),
            (FIELD, self.contexts.fields.match(name) and not _function_word(self.a, words)),
            (EMPLOYER, employs),
            (SERIES, run in self.alike),
            (SIGNED_FOR, signed_for(self.content, run, s)),
            (SEATED, seated(self.a, run)),
            (IN_COUNTRY, self._in_country(run)),
            (APPOSED, self.contexts.apposed.match(self.content, run.end, s.span.end)),
            (ACTS, self.contexts.acting.match(after)),
            (PARTY, self.contexts.parties.search(before)),
            (NEIGHBOUR, neighbour),
            (CAPITALS, words.isupper() and len(words) > 2),
            (PLACE, not neighbour and not employs and IN_PLACE.search(before)),
        )
        return sum(weight for weight, met in signs if met)

    def _beside_another(self, run: Span) -> bool:
        """True in a list with an organisation: "VCCI, Alfa", "Alfa (A) and VCCI"."""
        for end in range(max(0, run.start - GAP), run.start + 1):
            if end in self.ends and LIST_BEFORE.search(self.content[end : run.start]):
                return True
        following = LIST_AFTER.match(self.content, run.end)
        return following is not None and following.end() in self.starts

    def organisation(self, run: Span, s: Sentence, label: str) -> Annotation:
        """The annotation of a run, with the country right after it: "Alfa Viet Nam"."""
        if self.content[run.end : run.end + 1] == " ":
            run = self.alike.get(run) or Span(run.start, self.countries.get(run.end + 1, run.end))
        rule = "organisation/recogniser" if label == "ORG" else "organisation/context"
        return Annotation(run, "organisation", self._kind(run, s), rule, {"head": ""})

    def _kind(self, run: Span, s: Sentence) -> str:
        """The class of a name without a head: a company unless the words around say otherwise."""
        near = self.content[max(s.span.start, run.start - AROUND) : min(s.span.end, run.end + AROUND)].lower()
        if self.contexts.charity_near.search(near) or self.contexts.charity_words.search(self.a.words(run)):
            return "NonGovernmentalOrganisation"
        learning = self.contexts.learning_near.search(near) and not self.contexts.company_near.search(near)
        return "Organisation" if learning else "Company"
