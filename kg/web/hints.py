"""Warnings about a query that was answered, but perhaps not as it was meant: in a header, and on the page.

A variable that SELECT names and the pattern does not; a relative IRI; a name that does not occur in the data, with the
nearest one that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from kg.engine.reading import names_in, relative_iris, valueless_variables
from kg.engine.terms import iri_term
from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.web.live import View

WARNING = "X-Accord-Warning"
"""The header, one for each warning. Its text is ASCII; what is not is written with backslashes."""

_MOST = 20  # names of a query that are looked up
_FINE = 1_000  # queries that are remembered as fine
_KEPT = 10_000  # names whose presence is remembered
_LONGEST = 20_000  # characters of a query that is looked at
_SECONDS = 2.0
# What looks like a name with a prefix, quickly found; `names_in` finds out what is one.
_SHORT = re.compile(r"(?:\b([A-Za-z][\w-]*)|(?<![\w:])):(\w[\w-]*)", re.ASCII)
_IRI = re.compile(r"<[^<>\s]*>")
_DECLARED = re.compile(r"\bPREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.ASCII)
# Namespaces of functions and datatypes, which no data need to hold.
_NOT_DATA = (
    PREFIXES["xsd"],
    "http://www.w3.org/2005/xpath-functions#",
    "http://www.opengis.net/def/function/geosparql/",
)
_PRESENT = "{{ SELECT ({0} AS ?name) WHERE {{ {{ {0} ?p ?o }} UNION {{ ?s {0} ?o }} UNION {{ ?s ?p {0} }} }} LIMIT 1 }}"
_IN_GRAPHS = (
    "{{ SELECT ({0} AS ?name) WHERE {{ {{ GRAPH {0} {{ ?s ?p ?o }} }} UNION "
    "{{ GRAPH ?g {{ {{ {0} ?p ?o }} UNION {{ ?s {0} ?o }} UNION {{ ?s ?p {0} }} }} }} }} LIMIT 1 }}"
)
_TERMS = """SELECT DISTINCT ?term WHERE {
  { ?s ?term ?o } UNION { ?s a ?term } UNION
  { ?term a ?kind FILTER(?kind IN (owl:Class, owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty,
                                   rdfs:Class, rdf:Property)) }
}"""


def warnings(view: View, query: str) -> Sequence[str]:
    """What is to be said about `query`, the most useful first."""
    if len(query) > _LONGEST:
        return []
    told = []
    for name, meant in valueless_variables(query):
        hint = f"; did you mean ?{meant}?" if meant else ""
        told.append(f"the variable ?{name} has no value: nothing in the pattern names it{hint}")
    for iri in relative_iris(query):
        told.append(f"{iri} is a relative IRI and stands for an address of this server; write it in full")
    try:
        return [*told, *_absent(view, query)]
    except QueryError:  # a warning is not worth an error
        return told


def is_plainly_fine(view: View, query: str) -> bool:
    """Whether there is nothing to say about `query`, found out without a question to the data; False where in doubt.

    Programs ask the same with one IRI or another in it, so what was found fine is remembered without its IRIs.
    """
    if relative_iris(query):
        return False
    fine: set[object] = view.remember("fine queries", set)
    shape = (_IRI.sub("<>", query), *_DECLARED.findall(query))
    if shape in fine:
        return True
    if valueless_variables(query) or not _all_known(view, query):
        return False
    if len(fine) < _FINE:
        fine.add(shape)
    return True


def header_text(warning: str) -> str:
    """`warning` as a header can hold it."""
    return warning.encode("ascii", "backslashreplace").decode()[:500]


def _absent(view: View, query: str) -> Iterable[str]:
    if _all_known(view, query):
        return  # as nearly always
    known: dict[str, bool] = view.remember("names in the data", dict)
    names = names_in(query, PREFIXES, _NOT_DATA)
    unsure = [iri for iri in names if iri not in known][:_MOST]
    if unsure:
        if len(known) > _KEPT:
            known.clear()
        known.update(_presence(view, unsure))
    for iri, written in names.items():
        if not known.get(iri, True):
            near = _nearest(view, iri)
            hint = f"; did you mean {_write(near, iri, written)}?" if near else ""
            yield f"{written} does not occur in the data{hint}"


def _all_known(view: View, query: str) -> bool:
    known: dict[str, bool] = view.remember("names in the data", dict)
    declared = {**PREFIXES, **dict(_DECLARED.findall(query))} if "prefix" in query.lower() else PREFIXES
    return all(_is_known(known, declared, *found) for found in _SHORT.findall(query))


def _is_known(known: Mapping[str, bool], declared: Mapping[str, str], prefix: str, name: str) -> bool:
    namespace = declared.get(prefix, "")
    return namespace in _NOT_DATA or known.get(namespace + name, False)


def _presence(view: View, iris: Sequence[str]) -> dict[str, bool]:
    terms = [iri_term(iri) for iri in iris if _is_iri(iri)]
    parts = [pattern.format(term) for term in terms for pattern in (_PRESENT, _IN_GRAPHS)]
    query = f"SELECT DISTINCT ?name WHERE {{ {' UNION '.join(parts)} }}"
    there = {str(row[0]) for row in view.engine.select(query, time_limit=_SECONDS).rows}
    return {iri: iri in there for iri in iris}


def _is_iri(text: str) -> bool:
    try:
        return bool(iri_term(text))
    except ValueError:
        return False


def _nearest(view: View, iri: str) -> str | None:
    """The property or class of the same namespace with the most similar name."""
    terms = view.remember("terms in the data", lambda: _terms(view))
    namespace, name = _split(iri)
    names = {term.removeprefix(namespace).lower(): term for term in terms if _split(term)[0] == namespace}
    near = get_close_matches(name.lower(), names, 1, 0.6)
    return names[near[0]] if near else None


def _terms(view: View) -> frozenset[str]:
    rows = view.engine.select(_TERMS).rows
    return frozenset(term.value for (term,) in rows if term and term.kind == "iri")


def _split(iri: str) -> tuple[str, str]:
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]


def _write(iri: str, instead_of: str, written: str) -> str:
    """`iri` with the prefix of what was written in its place."""
    namespace = instead_of.removesuffix(written.partition(":")[2])
    return f"{written.partition(':')[0]}:{iri.removeprefix(namespace)}" if iri.startswith(namespace) else f"<{iri}>"
