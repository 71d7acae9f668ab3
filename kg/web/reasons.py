"""/sparql/why: the facts that a row of an answer rests on. Saved queries tell it of theirs by the same means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Response, jsonify, render_template, request, url_for

from kg.engine import Table, Term
from kg.errors import InputError, QueryError
from kg.namespaces import PREFIXES
from kg.saved import in_one_order
from kg.web.display import text
from kg.web.live import View
from kg.web.negotiation import wants_page
from kg.web.protocol import METHODS, read_request
from kg.web.results import Grid, grid
from kg.web.site import view
from kg.web.sparql import blueprint
from kg.web.things import Thing, things
from kg.web.vocabulary import vocabulary
from kg.why import Evidence, Fact, Origin, Why, why

_ORIGINS = {
    Origin.STATED: "stated in documents",
    Origin.INFERRED: "follows from other facts",
    Origin.REFERENCE: "from the reference data",
    Origin.ONTOLOGY: "from the ontology",
    Origin.RECORD: "a record of this system on its documents",
    Origin.GIVEN: "in the data, without words of a document",
}
_IN_WORDS = {
    PREFIXES["rdf"] + "type": "is a",
    PREFIXES["rdfs"] + "label": "is called",
    PREFIXES["rdfs"] + "subClassOf": "is a kind of",
    PREFIXES["skos"] + "altLabel": "is also called",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as a page shows it."""

    subject: Thing | str
    property: str
    value: Thing | str
    origin: str
    why: str
    evidence: tuple[Evidence, ...]
    because: tuple[Told, ...]


@blueprint.route("/sparql/why", methods=METHODS)
def sparql_why() -> Response:
    """The facts behind row `row` of the answer of a query, as a page or as JSON."""
    query = read_request(request).query
    if not (query or "").strip():
        raise QueryError("there is no query; send one as ?query=... with row=1")
    if in_one_order(query or "") != query:
        raise QueryError(
            "the store gives the rows of this query in another order each time, so their numbers say nothing; "
            "add an ORDER BY, and take the number of the row from there"
        )
    back = url_for("sparql.sparql", query=query, format="html")
    return answer(view(), query or "", "The answer of the query", back, wants_page(request))


def answer(current: View, query: str, title: str, back: str, as_page: bool) -> Response:
    """What the row of the address rests on."""
    value = request.values.get("row", "")
    if not re.fullmatch(r"[1-9]\d{0,5}", value, re.ASCII):
        raise InputError(f"row takes the number of a row of the answer, such as 1, not {value[:60]!r}")
    found = why(current.engine, query, int(value))
    if not as_page:
        response = jsonify(_as_json(current, query, found))
        response.headers["Cache-Control"] = "no-cache"
        return response
    page = render_template(
        "why.html",
        found=found,
        title=title,
        back=back,
        row=grid(current, Table(found.columns, (found.row,)), headings_in_words=True),
        behind=_behind(current, found),
        facts=_told(current, found.facts),
    )
    return Response(page, headers={"Cache-Control": "no-cache", "X-Robots-Tag": "noindex"})


def _behind(current: View, found: Why) -> Grid | None:
    """The solutions behind a row, without the variables that say nothing."""
    table = found.behind
    if table is None:
        return None
    used = [at for at in range(len(table.columns)) if any(row[at] is not None for row in table.rows)]
    columns = tuple(table.columns[at] for at in used)
    rows = tuple(tuple(row[at] for at in used) for row in table.rows)
    return grid(current, Table(columns, rows, complete=table.complete), headings_in_words=True)


def _told(current: View, facts: Iterable[Fact]) -> list[Told]:
    listed = list(facts)
    known = vocabulary(current)
    iris = {term.value for fact in _all(listed) for term in (fact.subject, fact.value) if term.kind == "iri"}
    linked = things(current, iris)

    def tell(fact: Fact) -> Told:
        return Told(
            subject=_shown(fact.subject, linked),
            property=_IN_WORDS.get(fact.predicate.value) or known.label(fact.predicate.value),
            value=_shown(fact.value, linked),
            origin=fact.origin.value,
            why=_ORIGINS[fact.origin],
            evidence=fact.evidence,
            because=tuple(map(tell, fact.because)),
        )

    # What documents state of the matter comes first, then what things are called, then what nobody stated.
    ranks = list(Origin)
    ranked = sorted(listed, key=lambda fact: (ranks.index(fact.origin), fact.predicate.value in _IN_WORDS))
    return [tell(fact) for fact in ranked]


def _all(facts: Iterable[Fact]) -> Iterable[Fact]:
    for fact in facts:
        yield fact
        yield from fact.because


def _shown(term: Term, linked: Mapping[str, Thing]) -> Thing | str:
    return linked[term.value] if term.kind == "iri" else text(term, {})


def _as_json(current: View, query: str, found: Why) -> dict[str, object]:
    return {
        "query": query,
        "release": current.release.number,
        "number": found.number,
        "row": {name: _term(term) for name, term in zip(found.columns, found.row, strict=True) if term is not None},
        "facts": [_fact(fact, current) for fact in found.facts],
        "behind": None
        if found.behind is None
        else {
            "columns": list(found.behind.columns),
            "rows": [[_term(term) for term in row] for row in found.behind.rows],
            "complete": found.behind.complete,
        },
        "notes": list(found.notes),
    }


def _fact(fact: Fact, current: View) -> dict[str, object]:
    return {
        "subject": _term(fact.subject),
        "predicate": _term(fact.predicate),
        "object": _term(fact.value),
        "origin": fact.origin.value,
        "evidence": [_evidence(one) for one in fact.evidence],
        "because": [_fact(one, current) for one in fact.because],
    }


def _evidence(one: Evidence) -> dict[str, object]:
    told = {"document": one.document, "title": one.title, "exact": one.exact, "start": one.start, "end": one.end}
    link = url_for("documents.one", name=one.document, highlight=f"{one.start},{one.end}", _external=True)
    more = {"rule": one.rule or None, "confidence": float(one.confidence) if one.confidence else None, "link": link}
    return {**told, **more}


def _term(term: Term | None) -> dict[str, str] | None:
    """A term as SPARQL results in JSON have it."""
    if term is None:
        return None
    kind = {"iri": "uri", "blank": "bnode"}.get(term.kind, term.kind)
    told = {"type": kind, "value": term.value}
    if term.language:
        told["xml:lang"] = term.language
    elif term.datatype:
        told["datatype"] = term.datatype
    return told
