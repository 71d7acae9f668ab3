"""The ontology as pages need it: names of classes and properties, subclasses, inverses. Read once a release."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.namespaces import ACC
from kg.web.display import words
from kg.web.live import View

_QUERY = """
SELECT ?term ?kind ?label ?comment ?parent ?inverse WHERE {
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty acc:Bound }
  ?term a ?kind FILTER(STRSTARTS(STR(?term), STR(acc:)))
  OPTIONAL { ?term rdfs:label ?label FILTER(LANG(?label) IN ("en", "")) }
  OPTIONAL { ?term rdfs:comment ?comment FILTER(LANG(?comment) IN ("en", "")) }
  OPTIONAL { ?term rdfs:subClassOf ?parent FILTER(ISIRI(?parent) && ?parent != ?term) }
  OPTIONAL { ?term owl:inverseOf|^owl:inverseOf ?inverse }
} ORDER BY ?term"""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Keys are IRIs. `parents` are all superclasses of a class within the ontology, `inverses` those of properties."""

    labels: Mapping[str, str]
    comments: Mapping[str, str]
    classes: frozenset[str]
    parents: Mapping[str, frozenset[str]]
    inverses: Mapping[str, str]

    def label(self, iri: str) -> str:
        """The name of a class or property, made from its IRI where it has none."""
        return self.labels.get(iri) or words(iri)

    def most_specific(self, classes: Collection[str]) -> list[str]:
        """Those of `classes` that belong to this ontology and have no subclass among them."""
        own = sorted(iri for iri in set(classes) if iri.startswith(ACC))
        return [iri for iri in own if not any(iri in self.parents.get(other, ()) for other in own if other != iri)]


def vocabulary(view: View) -> Vocabulary:
    """The vocabulary of the release."""
    return view.remember("vocabulary", lambda: _read(view.engine.select(_QUERY).records()))


def _read(records: Iterable[Mapping[str, str]]) -> Vocabulary:
    labels, comments, inverses = {}, {}, {}
    classes: set[str] = set()
    direct: dict[str, set[str]] = {}
    for record in records:
        term = record["term"]
        if record["kind"].endswith("#Class"):
            classes.add(term)
        if "label" in record:
            labels[term] = record["label"]
        if "comment" in record:
            comments[term] = record["comment"]
        if record.get("parent", "").startswith(ACC):
            direct.setdefault(term, set()).add(record["parent"])
        if "inverse" in record:
            inverses[term] = record["inverse"]
    parents = {term: _all_above(term, direct) for term in classes}
    return Vocabulary(labels, comments, frozenset(classes), parents, inverses)


def _all_above(term: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    above: set[str] = set()
    waiting = list(direct.get(term, ()))
    while waiting:
        parent = waiting.pop()
        if parent not in above:
            above.add(parent)
            waiting.extend(direct.get(parent, ()))
    return frozenset(above - {term})
