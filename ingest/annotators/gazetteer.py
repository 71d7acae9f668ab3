"""Names that are known beforehand: reference organisations, places and demonyms, found in one pass over the text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span
from kg.reference import Reference, ReferenceEntity

GENERIC = re.compile(rf"{any_of('generic_first_words')}\b")
LONGEST_GENERIC = 4
"""Names with a general first word and more words than this are rather those of one country alone."""
ACCENTED = range(0x80, 0x2000)
"""The characters among which letters with diacritics are: Latin, Greek, Cyrillic and their extensions."""


def _table() -> dict[int, str]:
    table = {}
    for code in ACCENTED:
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code):
            table[code] = base
    # Signs that documents use for one another; each stays one character, so that offsets hold.
    return table | {
        ord("đ"): "d",
        ord("Đ"): "D",
        ord("’"): "'",
        ord("‘"): "'",
        ord("–"): "-",
        ord("—"): "-",
        ord("‑"): "-",
        0xA0: " ",
        0x202F: " ",
        ord("ø"): "o",
        ord("Ø"): "O",
        ord("ł"): "l",
    }


FOLD = _table()


def fold(text: str) -> str:
    """Without diacritics and case, as long as the text itself."""
    folded = text.translate(FOLD)
    lower = folded.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


VARIANTS = (
    ("labour", "labor"),
    ("viet nam", "vietnam"),
    ("organization", "organisation"),
    ("programme", "program"),
    ("centre", "center"),
    (" and ", " & "),
    ("defence", "defense"),
)


def variants(name: str) -> set[str]:
    """The spellings of a folded name that mean the same."""
    forms = {name}
    for one, other in VARIANTS:
        forms |= {f.replace(one, other) for f in forms} | {f.replace(other, one) for f in forms}
    return forms


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of the gazetteer: the entity and how it was named: `name`, `abbreviation`, `demonym`."""

    entity: ReferenceEntity
    by: str


class _Names:
    """The entries of one kind and their automaton."""

    def __init__(self, entries: Iterable[tuple[str, Known]]) -> None:
        self.entries: dict[str, list[Known]] = {}
        for name, known in entries:
            for form in variants(fold(name)):
                same = self.entries.setdefault(form, [])
                if known not in same:
                    same.append(known)
        self.patterns = sorted(self.entries)
        self.automaton = AhoCorasick(self.patterns, matchkind=MatchKind.LeftmostLongest)

    def find(self, folded: str) -> Iterable[tuple[int, int, list[Known]]]:
        """The longest names that begin and end with a word: start, end, entries."""
        for index, start, end in self.automaton.find_matches_as_indexes(folded):
            if start and folded[start - 1].isalnum():
                continue
            name = self.patterns[index]
            # The longest match may end inside a word and hide a shorter one that does not ("Ha Noi" in "Ha Noise").
            while end < len(folded) and folded[end].isalnum() and name:
                name = name.rpartition(" ")[0]
                end = start + len(name)
            if name in self.entries:
                yield start, end, self.entries[name]


class Gazetteer:
    """Matches the names of the reference data. Longest match first; boundaries and capitals are checked on the text."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.by_iri = {e.iri: e for e in (*reference.organisations, *reference.places)}
        self._organisations = _Names(_organisation_names(reference.organisations))
        self._places = _Names(_place_names(reference.places))

    def known(self, name: str) -> list[Known]:
        """The organisations of a name, whatever its case, diacritics and spelling."""
        return self._organisations.entries.get(fold(name), [])

    def places(self, name: str) -> list[Known]:
        """The places of a name or demonym, whatever its case, diacritics and spelling."""
        return self._places.entries.get(fold(name), [])

    def annotate(self, content: str) -> tuple[list[Annotation], list[Annotation]]:
        """The organisations and the places (with demonyms): annotations of kind `known`, value a tuple of all Known
        that the words can mean."""
        folded = fold(content)
        return self._annotate(content, folded, self._organisations), self._annotate(content, folded, self._places)

    def _annotate(self, content: str, folded: str, names: _Names) -> list[Annotation]:
        found = []
        for start, end, known in names.find(folded):
            entries = tuple(k for k in known if _as_written(k, content[start:end]))
            if entries:
                found.append(Annotation(Span(start, end), "known", entries, "gazetteer"))
        return found


def _organisation_names(entities: Iterable[ReferenceEntity]) -> Iterable[tuple[str, Known]]:
    for e in entities:
        yield from ((name, Known(e, "name")) for name in (e.label, *e.names))
        yield from ((short, Known(e, "abbreviation")) for short in e.abbreviations)


def _place_names(entities: Iterable[ReferenceEntity]) -> Iterable[tuple[str, Known]]:
    for e in entities:
        for name in (e.label, *e.names):
            if len(name) > 2:
                yield name, Known(e, "name")
        yield from ((short, Known(e, "abbreviation")) for short in e.abbreviations if len(short) > 1)
        yield from ((demonym, Known(e, "demonym")) for demonym in e.demonyms)


def _as_written(known: Known, words: str) -> bool:
    if known.by == "abbreviation":
        form = next((a for a in known.entity.abbreviations if fold(a) == fold(words)), "")
        return words == form or words.isupper() or (len(words) >= 4 and sum(c.isupper() for c in words) >= 2)
    return words[0].isupper() or words[0].isdigit()


def _everywhere(known: Known) -> bool:
    """True for a short name that a body of any country may have ("Department of Employment")."""
    label = known.entity.label
    return known.by == "name" and GENERIC.match(label) is not None and len(label.split()) <= LONGEST_GENERIC


def countries(annotations: Iterable[Annotation]) -> Counter[str]:
    """How often each country is named, by name, demonym, place or organisation of its own."""
    count: Counter[str] = Counter()
    for a in annotations:
        entries: Sequence[Known] = a.value
        if all(_everywhere(k) for k in entries):
            continue
        sure = {
            k.entity.country for k in entries if k.entity.country and (k.entity.type == "Country" or len(entries) == 1)
        }
        if len(sure) == 1:
            count[sure.pop()] += 3 if any(k.entity.type == "Country" for k in entries) else 1
    return count


def choose_place(annotation: Annotation, context: Counter[str]) -> ReferenceEntity | None:
    """The place that an annotation most likely means in a text about the countries of `context`; None for no place."""
    entries: Sequence[Known] = annotation.value
    places = [k.entity for k in entries if k.entity.type in ("Country", "Province", "City") and k.by != "demonym"]
    if not places:
        return None

    def rank(place: ReferenceEntity) -> tuple[bool, int, bool, str]:
        """Countries first, then places of the countries that the text names most, those that still exist first."""
        country = place.type == "Country"
        return not country, 0 if country else -context.get(place.country or "", 0), place.end is not None, place.iri

    return min(places, key=rank)
