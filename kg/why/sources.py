"""Where triples come from: documents that state them in so many words, other facts that they follow from, reference
data, the ontology, or the product's own records of documents and evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.engine import Table, Term
from kg.namespaces import ACC, OA, PREFIXES
from kg.why.blocks import written
from kg.why.filling import Select, Triple

_AT_ONCE = 40  # triples a query
_ROWS = 2000
_INFERRED = 60  # triples whose grounds are looked for
_GROUNDS = 5  # told of each
_RDF = PREFIXES["rdf"]
_TYPE = _RDF + "type"
_RECORDS = {_RDF + "subject", _RDF + "predicate", _RDF + "object", f"{ACC}evidence", f"{ACC}confidence", f"{ACC}rule"}
_RECORDED = {f"{ACC}{name}" for name in ("Document", "Assertion", "Evidence")}
_QUOTED = (
    "?e oa:exact ?exact ; oa:hasSource ?source . ?source dcterms:identifier ?document . "
    "OPTIONAL {{ ?e oa:start ?start ; oa:end ?end }} OPTIONAL {{ ?source dcterms:title ?title }} "
)
_STATED = (
    "{{ ?a rdf:subject {0} ; rdf:predicate {1} ; rdf:object {2} ; acc:evidence ?e . "
    + _QUOTED
    + "OPTIONAL {{ ?a acc:rule ?rule }} "
    "OPTIONAL {{ ?a acc:confidence ?confidence }} BIND({3} AS ?n) }}"
)
_OF_ASSERTION = (
    "{{ {0} acc:evidence ?e . " + _QUOTED + "OPTIONAL {{ {0} acc:rule ?rule }} "
    "OPTIONAL {{ {0} acc:confidence ?confidence }} BIND({3} AS ?n) }}"
)
_OF_EVIDENCE = "{{ BIND({0} AS ?e) " + _QUOTED + "BIND({3} AS ?n) }}"
_GRAPHS = "{{ GRAPH ?graph {{ {0} {1} {2} }} BIND({3} AS ?n) }}"
_BROADER = (
    "{{ {0} ?p {2} . ?p rdfs:subPropertyOf+ {1} FILTER(?p != {1}) BIND({0} AS ?s) BIND({2} AS ?o) }} UNION "
    "{{ {2} ?p {0} . ?p (owl:inverseOf|^owl:inverseOf)/rdfs:subPropertyOf* {1} BIND({2} AS ?s) BIND({0} AS ?o) }}"
)
_CLASSES = "{{ {0} a ?o . ?o rdfs:subClassOf+ {2} FILTER(?o != {2}) BIND({0} AS ?s) BIND(rdf:type AS ?p) }}"


class Origin(StrEnum):
    """Where a fact comes from."""

    STATED = "stated"
    INFERRED = "inferred"
    REFERENCE = "reference"
    ONTOLOGY = "ontology"
    RECORD = "record"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a document that state a fact: `exact`, from `start` to `end` (characters of its text) in `document`.

    `confidence` is a number from 0 to 1 as text, `rule` the name of what found it; empty where nothing is said.
    """

    document: str
    title: str
    exact: str
    start: int
    end: int
    rule: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple and where it comes from. `because` are the facts that an inferred one follows from."""

    subject: Term
    predicate: Term
    value: Term
    origin: Origin
    evidence: tuple[Evidence, ...] = ()
    because: tuple[Fact, ...] = ()


def facts_of(triples: Sequence[Triple], select: Select) -> list[Fact]:
    """The triples as facts, in their order. Those that state what was asked for come first by nature of the query."""
    facts = _looked_up(triples, select)
    open_ones = [at for at, fact in enumerate(facts) if fact.origin in {Origin.INFERRED, Origin.GIVEN}][:_INFERRED]
    grounds = {at: _grounds(facts[at], select) for at in open_ones}
    every = list(dict.fromkeys(triple for found in grounds.values() for triple in found))
    known = dict(zip(every, _looked_up(every, select), strict=True))
    for at, found in grounds.items():
        told = [known[triple] for triple in found]
        stated = [fact for fact in told if fact.origin == Origin.STATED]
        firm = stated or [fact for fact in told if fact.origin == Origin.REFERENCE] or told
        if firm:
            facts[at] = replace(facts[at], origin=Origin.INFERRED, because=tuple(firm[:_GROUNDS]))
    return facts


def _looked_up(triples: Sequence[Triple], select: Select) -> list[Fact]:
    evidence: dict[int, dict[Evidence, None]] = {}
    graphs: dict[int, set[str]] = {}
    asked = [(at, [written(term) for term in triple]) for at, triple in enumerate(triples)]
    known = [(at, terms) for at, terms in asked if None not in terms]
    for start in range(0, len(known), _AT_ONCE):
        part = known[start : start + _AT_ONCE]
        stated = [_pattern_for(triples[at]).format(*terms, at) for at, terms in part]
        for row in _ask(stated, select).records():
            evidence.setdefault(int(row["n"]), {})[_evidence(row)] = None
        for row in _ask([_GRAPHS.format(*terms, at) for at, terms in part], select).records():
            graphs.setdefault(int(row["n"]), set()).add(row["graph"].rpartition("/graph/")[2])
    return [
        Fact(*triple, _origin(triple, at in evidence, graphs.get(at, set())), tuple(_best(evidence.get(at, {}))))
        for at, triple in enumerate(triples)
    ]


def _pattern_for(triple: Triple) -> str:
    predicate = triple[1].value
    if predicate.startswith(str(OA)):
        return _OF_EVIDENCE
    return _OF_ASSERTION if predicate in _RECORDS else _STATED


def _ask(branches: Sequence[str], select: Select) -> Table:
    return select(f"SELECT * WHERE {{ {' UNION '.join(branches)} }}", _ROWS)


def _best(found: dict[Evidence, None]) -> list[Evidence]:
    return sorted(found, key=lambda one: (-float(one.confidence or 0), one.document, one.start))


def _evidence(row: Mapping[str, str]) -> Evidence:
    document = row["document"]
    return Evidence(
        document=document,
        title=row.get("title", document),
        exact=row["exact"],
        start=int(row.get("start", 0)),
        end=int(row.get("end", 0)),
        rule=row.get("rule", ""),
        confidence=row.get("confidence", ""),
    )


def _origin(triple: Triple, stated: bool, graphs: set[str]) -> Origin:
    predicate = triple[1].value
    if predicate in _RECORDS or predicate.startswith((str(OA), PREFIXES["prov"])):
        return Origin.RECORD
    if stated:
        return Origin.STATED
    if predicate == f"{ACC}mentions" or predicate.startswith(PREFIXES["dcterms"]):
        return Origin.RECORD
    if predicate == _TYPE and triple[2].value in _RECORDED:
        return Origin.RECORD
    for name, origin in (("reference", Origin.REFERENCE), ("ontology", Origin.ONTOLOGY), ("inferred", Origin.INFERRED)):
        if name in graphs:
            return origin
    return Origin.GIVEN


def _grounds(fact: Fact, select: Select) -> list[Triple]:
    """The triples that a fact follows from by the ontology."""
    terms = [written(term) for term in (fact.subject, fact.predicate, fact.value)]
    if None in terms:
        return []
    if fact.predicate.value == _TYPE:
        query = _CLASSES.format(*terms)
    elif fact.value.kind == "literal":
        query = _BROADER.partition(" UNION ")[0].format(*terms)
    else:
        query = _BROADER.format(*terms)
    rows = select(f"SELECT ?s ?p ?o WHERE {{ {query} }}", _ROWS).rows
    found = [(s, p, o) for s, p, o in rows if s and p and o]
    if fact.value.kind == "iri" and fact.predicate.value != _TYPE:
        transitive = select(f"ASK {{ {terms[1]} a owl:TransitiveProperty }}", 1).rows[0][0]
        if transitive is not None and transitive.value == "true":
            found += _detour(fact, select)
    return list(dict.fromkeys(found))


def _detour(fact: Fact, select: Select) -> list[Triple]:
    """The way from the one end of a transitive property to the other that is not the fact itself."""
    subject, predicate, value = (written(term) for term in (fact.subject, fact.predicate, fact.value))
    between = f"{subject} {predicate} ?m . ?m {predicate} {value} FILTER(?m != {subject} && ?m != {value})"
    # The nearest one: what is between the subject and it would be between the subject and the value too.
    nearer = f"{subject} {predicate} ?n . ?n {predicate} ?m"
    nearest = f"SELECT ?m WHERE {{ {between} FILTER NOT EXISTS {{ {nearer} }} }} ORDER BY ?m"
    rows = select(nearest, 1).rows
    if not rows or rows[0][0] is None:
        return []
    middle = rows[0][0]
    return [(fact.subject, fact.predicate, middle), (middle, fact.predicate, fact.value)]
