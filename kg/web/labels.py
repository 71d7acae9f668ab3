"""Labels of IRIs in a language, for the columns that `labels=en` adds to a table."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from kg.engine import Term
from kg.engine.terms import iri_term
from kg.errors import QueryTimeoutError
from kg.web.live import View

_AT_ONCE = 1000  # IRIs a query
_KEPT = 50_000  # labels that are kept while one answer is written
_OTHER_NAMES = "http://www.w3.org/2004/02/skos/core#altLabel"
# A UNION, because the store joins `?thing ?property ?label` with two lists of values by reading all its triples.
_QUERY = "SELECT ?thing ?property ?label WHERE {{ VALUES ?thing {{ {} }} {} FILTER(ISLITERAL(?label)) }}"
_NAMES = ("rdfs:label", "skos:prefLabel", "dcterms:title", "foaf:name", "schema:name", "skos:altLabel")
_IN_USE = "SELECT ?name WHERE {{ {} }}"
_ONE_IN_USE = '{{ SELECT ("{0}" AS ?name) WHERE {{ ?thing {0} ?label }} LIMIT 1 }}'


class Labels:
    """The labels in one language. What has none in it is called in English, then without a language, then in any.

    All look-ups together may take as long as a query; QueryTimeoutError then.
    """

    def __init__(self, view: View, language: str) -> None:
        self._view = view
        self._language = language.lower()
        self._known: dict[str, Term | None] = {}
        self._seconds = view.engine.time_limit
        self._patterns = view.remember("properties that name things", lambda: _patterns(view))

    def of(self, iris: Iterable[str]) -> Mapping[str, Term | None]:
        """The label of each IRI, None where the graph gives it none. It knows those of earlier calls for a while."""
        wanted = set(iris)
        if len(self._known) > _KEPT:
            self._known.clear()
        missing = sorted(wanted - self._known.keys())
        for start in range(0, len(missing), _AT_ONCE):
            self._known.update(self._find(missing[start : start + _AT_ONCE]))
        return self._known

    def _find(self, iris: list[str]) -> Mapping[str, Term | None]:
        best: dict[str, tuple[tuple[int, int, str], Term]] = {}
        for thing, property, label in self._rows(" ".join(_terms(iris))):
            if thing and property and label:
                rank = self._rank(property.value, label)
                if thing.value not in best or rank < best[thing.value][0]:
                    best[thing.value] = (rank, label)
        return {iri: best[iri][1] if iri in best else None for iri in iris}

    def _rows(self, terms: str) -> Iterable[tuple[Term | None, ...]]:
        if not terms:
            return ()
        if self._seconds <= 0:
            raise QueryTimeoutError("finding the labels took too long; ask for fewer rows, or without labels=")
        began = time.monotonic()
        rows = self._view.engine.select(_QUERY.format(terms, self._patterns), time_limit=self._seconds).rows
        self._seconds -= time.monotonic() - began
        return rows

    def _rank(self, property: str, label: Term) -> tuple[int, int, str]:
        language = (label.language or "").lower()
        order = [self._language, "en", ""]
        likes = language.partition("-")[0]
        position = order.index(language) if language in order else 0.5 if likes == self._language else 3
        other = property == _OTHER_NAMES
        # Another name in the right language comes before the name in the wrong one, but after all names otherwise.
        return int(2 * position) + (10 if other and position > 0.5 else 0), int(other), label.value


def _patterns(view: View) -> str:
    """The patterns of the properties that name anything in the data: each costs a look-up for every thing."""
    found = view.engine.select(_IN_USE.format(" UNION ".join(map(_ONE_IN_USE.format, _NAMES)))).records()
    names = [row["name"] for row in found] or [_NAMES[0]]
    return " UNION ".join(f"{{ ?thing {name} ?label BIND({name} AS ?property) }}" for name in names)


def _terms(iris: Iterable[str]) -> Iterable[str]:
    for iri in iris:
        try:
            yield iri_term(iri)
        except ValueError:
            continue  # in the data, but nothing that a query could name
