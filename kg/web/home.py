"""/ what the graph holds, /search by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from kg.engine.terms import string_term
from kg.web.classes import class_path
from kg.web.display import short
from kg.web.live import View
from kg.web.site import site, view
from kg.web.things import MORE_NAMES, things
from kg.web.vocabulary import vocabulary

blueprint = Blueprint("home", __name__)

_COUNTS = """SELECT ?class (COUNT(?thing) AS ?count) WHERE {
  ?thing a ?class FILTER(STRSTARTS(STR(?class), STR(acc:)) && ?class NOT IN (acc:Assertion, acc:Evidence, acc:Bound))
} GROUP BY ?class"""
_ALL_COUNTS = """SELECT ?class (COUNT(*) AS ?count) WHERE { ?thing a ?class FILTER(ISIRI(?class)) }
GROUP BY ?class ORDER BY DESC(?count) ?class"""
_SEARCH = """SELECT ?thing (SAMPLE(?other) AS ?found) WHERE {{
  ?thing rdfs:label|skos:altLabel{more} ?name
  FILTER(STRSTARTS(STR(?thing), {base}) && CONTAINS(LCASE(STR(?name)), {words}))
  BIND(STR(?name) AS ?other)
}} GROUP BY ?thing ORDER BY MIN(STRLEN(?other)) ?thing"""
_MOST = 100


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class with how many things it has. `path` is its page, `below` are its subclasses that have some, the largest
    first."""

    path: str
    label: str
    count: int
    below: tuple[ClassCount, ...] = ()


@blueprint.get("/")
def index() -> str:
    """What the graph holds."""
    current = view()
    counts = current.remember("counts", lambda: _counts(current))
    return render_template(
        "home/index.html", counts=counts, saved=site().library.list(), manifest=current.release.manifest
    )


@blueprint.get("/search")
def search() -> str:
    """Things by a part of their name."""
    asked = request.args.get("q", "").strip()
    found, complete = [], True
    if asked:
        table = view().engine.select(
            _SEARCH.format(
                base=string_term(view().base),
                words=string_term(_text(asked).lower()),
                more="" if view().base else MORE_NAMES,
            ),
            limit=_MOST,
        )
        rows = list(table.records())
        known = things(view(), (row["thing"] for row in rows))
        found = [(known[row["thing"]], row["found"]) for row in rows]
        complete = table.complete
    return render_template("home/search.html", asked=asked, found=found, complete=complete)


def _text(asked: str) -> str:
    return asked.encode("utf-8", "replace").decode()


def _counts(current: View) -> tuple[ClassCount, ...]:
    """The classes at the top of the ontology, the largest first."""
    if not current.base:
        return tuple(
            ClassCount(class_path(row["class"]), short(row["class"]), int(row["count"]))
            for row in current.engine.select(_ALL_COUNTS, limit=_MOST).records()
        )
    known = vocabulary(current)
    counts = {row["class"]: int(row["count"]) for row in current.engine.select(_COUNTS).records()}

    def counted(iri: str, below: tuple[ClassCount, ...] = ()) -> ClassCount:
        return ClassCount(class_path(iri), known.label(iri), counts[iri], below)

    def ranked(found: Iterable[ClassCount]) -> tuple[ClassCount, ...]:
        return tuple(sorted(found, key=lambda one: (-one.count, one.label)))

    tops = [iri for iri in counts if not known.parents.get(iri)]
    return ranked(
        counted(top, ranked(counted(iri) for iri in counts if top in known.parents.get(iri, ()))) for top in tops
    )
