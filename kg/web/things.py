"""The things that pages link to: their names, kinds and addresses, looked up for many IRIs at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.engine.terms import iri_term
from kg.web.display import address, short, statistic
from kg.web.live import View
from kg.web.vocabulary import vocabulary

_AT_ONCE = 500  # IRIs a query

MORE_NAMES = "|skos:prefLabel|foaf:name|schema:name|dcterms:title"
"""Further properties that the data of others may name things by, as the end of a path."""
_QUERY = """
SELECT ?thing ?label ?class ?value ?unit ?bound ?holder ?office ?body WHERE {{
  VALUES ?thing {{ {} }}
  OPTIONAL {{ ?thing rdfs:label|dcterms:title{} ?label }}
  OPTIONAL {{ ?thing a ?class FILTER(STRSTARTS(STR(?class), STR(acc:))) }}
  OPTIONAL {{ ?thing acc:value ?value OPTIONAL {{ ?thing acc:unit ?unit }} OPTIONAL {{ ?thing acc:bound ?bound }}
  }}
  OPTIONAL {{ ?thing acc:holder ?person ; acc:title ?office . ?person rdfs:label ?holder
             OPTIONAL {{ ?thing acc:organisation/rdfs:label ?body }} }}
}}"""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as a link shows it. `kind` is the name of its most specific class, empty where it has none."""

    iri: str
    label: str
    kind: str = ""
    path: str | None = None


def things(view: View, iris: Iterable[str]) -> Mapping[str, Thing]:
    """The things with these IRIs. A statistic is called by its figure, an appointment by who holds it,
    and what has no name by its IRI."""
    known = vocabulary(view)
    wanted = sorted(set(iris))
    found: dict[str, dict[str, str]] = {}
    classes: dict[str, set[str]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        terms = " ".join(_terms(wanted[start : start + _AT_ONCE]))
        more = "" if view.base else MORE_NAMES
        for record in view.engine.select(_QUERY.format(terms, more)).records():
            found.setdefault(record["thing"], {}).update(record)
            classes.setdefault(record["thing"], set()).update(filter(None, [record.get("class")]))
    return {iri: _thing(iri, found.get(iri, {}), known.most_specific(classes.get(iri, ())), view) for iri in wanted}


def _thing(iri: str, record: Mapping[str, str], classes: list[str], view: View) -> Thing:
    known = vocabulary(view)
    if "value" in record:
        label = statistic(record["value"], record.get("unit", ""), record.get("bound", ""))
    elif "holder" in record:
        label = ", ".join(record[part] for part in ("holder", "office", "body") if part in record)
    else:
        label = known.labels.get(iri) or record.get("label") or short(iri)
    return Thing(iri, label, ", ".join(map(known.label, classes)), address(iri, view.base))


def _terms(iris: Iterable[str]) -> Iterable[str]:
    for iri in iris:
        try:
            yield iri_term(iri)
        except ValueError:
            continue  # in the data, but nothing that a query could name
