"""Which names of a text are the same organisation: equal forms, abbreviations, first words, names with a country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.extractors.cast import Cast
from ingest.extractors.countries import country_of, edges
from ingest.extractors.order import InOrder
from ingest.extractors.spelling import normal
from ingest.model import Annotation, Span
from kg.reference import ReferenceEntity

Definitions = Sequence[tuple[Span, Span]]
"""(full name, abbreviation) as the text defines them."""
SHORT_FORM = 14
"""Forms below this length are also compared without spaces: "Alfa-Tec" and "Alfatec"."""
LONGER_BY = 3
"""The most words that a name may lack at its end where it is named again."""


@dataclass(frozen=True, slots=True)
class Named:
    """The mentions of a text with their words, their reference entities, and the countries that the text gives them."""

    mentions: Sequence[Annotation]
    texts: Sequence[str]
    linked: Sequence[ReferenceEntity | None]
    countries: Sequence[str]


class _Names:
    """Mentions by number, with the forms of their names, and the groups made so far."""

    def __init__(self, named: Named) -> None:
        self.mentions = named.mentions
        self.texts = named.texts
        self.linked = named.linked
        self.countries = named.countries
        self.forms = [normal(t) for t in named.texts]
        self.by_form: dict[str, int] = {}
        self.parent = list(range(len(named.mentions)))

    def find(self, i: int) -> int:
        """The number that stands for the group of a mention."""
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def union(self, i: int, j: int) -> None:
        """Makes one group of two."""
        a, b = self.find(i), self.find(j)
        if a != b:
            self.parent[max(a, b)] = min(a, b)

    def agree(self, i: int, j: int) -> bool:
        """False where two mentions are two reference entities, or of two countries."""
        if self.countries[i] and self.countries[j] and self.countries[i] != self.countries[j]:
            return False
        one, two = self.linked[i], self.linked[j]
        return one is None or two is None or one.iri == two.iri

    def head(self, i: int) -> str | None:
        """The head noun of a name."""
        head = self.mentions[i].features.get("head")
        return str(head) if head else None


@dataclass(frozen=True, slots=True)
class _Numbered:
    span: Span
    number: int


def as_defined(
    cast: Cast,
    definitions: Definitions,
    mentions: Sequence[Annotation],
    texts: Sequence[str],
    linked: Sequence[ReferenceEntity | None],
) -> list[ReferenceEntity | None]:
    """The reference entities of mentions, where what the text says that an abbreviation means goes before what it means
    elsewhere."""
    result = list(linked)
    numbered = InOrder(_Numbered(m.span, i) for i, m in enumerate(mentions))
    by_text: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        by_text[text].append(i)
    for long, short in definitions:
        spelled = next((x.number for x in numbered.touching(long)), None)
        if spelled is not None:
            for i in by_text.get(cast.a.words(short), ()):
                result[i] = result[spelled]
    return result


def clusters(cast: Cast, definitions: Definitions, named: Named) -> list[list[int]]:
    """The numbers of the mentions, those of one organisation together, in the order of the text."""
    names = _Names(named)
    numbered = InOrder(_Numbered(m.span, i) for i, m in enumerate(named.mentions))
    _equal_forms(names)
    _defined(definitions, numbered, names)
    _full_names(names)
    _offices(names)
    _countries(cast, names)
    _first_words(names)
    found: dict[int, list[int]] = defaultdict(list)
    for i in range(len(named.mentions)):
        found[names.find(i)].append(i)
    return list(found.values())


def _equal_forms(names: _Names) -> None:
    """Equal names are one, but not those of two countries; a name without its country is of the one named last."""
    by_iri: dict[str, int] = {}
    by_country: dict[tuple[str, str], int] = {}
    latest: dict[str, int] = {}
    for i, form in enumerate(names.forms):
        country = names.countries[i]
        for spelled in {form, form.replace(" ", "") if len(form) < SHORT_FORM else form}:
            names.by_form.setdefault(spelled, i)
            before = latest.get(spelled, i)
            if country and names.countries[before] not in ("", country):
                before = by_country.get((spelled, country), i)
            names.union(before, i)
            if country:
                by_country.setdefault((spelled, country), i)
            if country or spelled not in latest:
                latest[spelled] = i
        entity = names.linked[i]
        if entity is not None:
            names.union(by_iri.setdefault(entity.iri, i), i)


def _defined(definitions: Definitions, numbered: InOrder[_Numbered], names: _Names) -> None:
    """ "Alpha Institute (AI)": the name and its abbreviation."""
    for long, short in definitions:
        one = next((x.number for x in numbered.touching(long)), None)
        other = next((x.number for x in numbered.covering(short.start) if short.end <= x.span.end), None)
        if one is not None and other is not None:
            names.union(one, other)


def _full_names(names: _Names) -> None:
    """First words of which the annotator already knows the full name."""
    by_span: dict[Span, int] = {}
    for i, m in enumerate(names.mentions):
        by_span.setdefault(m.span, i)
    for i, m in enumerate(names.mentions):
        full = m.features.get("full")
        if isinstance(full, Span):
            names.union(by_span[full], i)


def _offices(names: _Names) -> None:
    """ "IOM Viet Nam" is IOM where the text names IOM; "IOM Ha Noi" is its only office in the text."""
    by_first: dict[str, list[int]] = defaultdict(list)
    for j, m in enumerate(names.mentions):
        if names.head(j) == "Office" and not m.features.get("office"):
            by_first[names.forms[j].partition(" ")[0]].append(j)
    for i, m in enumerate(names.mentions):
        if not m.features.get("office"):
            continue
        short = normal(names.texts[i].split()[0])
        if m.features.get("office") == "city":
            offices = {names.find(j) for j in by_first[short]}
            if len(offices) == 1:
                names.union(offices.pop(), i)
        elif short in names.by_form:
            names.union(names.by_form[short], i)


def _countries(cast: Cast, names: _Names) -> None:
    """ "Government of X" and "X Government"; "X Ministry of Y" and "Ministry of Y" where one Y is named."""
    with_country: dict[tuple[str, str], int] = {}
    stems: dict[str, dict[str, int]] = defaultdict(dict)
    for i, m in enumerate(names.mentions):
        country, stem = _stem(cast, m, names.texts[i])
        stems[stem].setdefault(country, i)
        if country:
            names.union(with_country.setdefault((stem, country), i), i)
    for countries in stems.values():
        if "" in countries and len(countries) == 2:
            other = next(i for country, i in countries.items() if country)
            if names.agree(countries[""], other):
                names.union(countries[""], other)


def _stem(cast: Cast, m: Annotation, text: str) -> tuple[str, str]:
    """The country at the edge of a name, and the form of the name without it."""
    whole = [p for p in cast.country_names.within(m.span) if p.span == m.span]
    for place in [*whole, *edges(cast.country_names, m.span)]:
        country = country_of(place)
        if country:
            return country, normal(text[: place.span.start - m.span.start] + text[place.span.end - m.span.start :])
    return "", normal(text)


def _first_words(names: _Names) -> None:
    """ "X Delegation" is the "X Delegation to Y", and schools and firms go by some words of their name; where the text
    has only one such."""
    beginnings: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    by_word: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for j, form in enumerate(names.forms):
        words = form.split()
        for less in range(1, LONGER_BY + 1):
            if len(words) > less:
                beginnings[names.head(j), " ".join(words[:-less])].append(j)
        for word in set(words):
            by_word[names.head(j), word].append(j)
    sets = [frozenset(form.split()) for form in names.forms]
    for i, short in enumerate(names.forms):
        head, count = names.head(i), len(short.split())
        if count < 2 or not head:
            continue
        if count >= 3 and names.mentions[i].value in ("EducationInstitution", "Company"):
            rarest = min((by_word[head, word] for word in sets[i]), key=len)
            whole = {names.find(j): j for j in rarest if sets[i] < sets[j]}
            if len(whole) == 1:
                names.union(i, next(iter(whole.values())))
                continue
        longer = {names.find(j): j for j in beginnings[head, short]}
        if len(longer) == 1:
            j = next(iter(longer.values()))
            if names.agree(i, j):
                names.union(i, j)
