"""RDF terms of names, values and dates."""

from __future__ import annotations

import re

from rdflib import XSD, Literal, URIRef
from rdflib.term import Node

from ingest.model import Value
from kg.namespaces import ACC

Triple = tuple[Node, Node, Node]
Quad = tuple[Node, Node, Node, URIRef | None]

VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
DATES = {4: "gYear", 7: "gYearMonth", 10: "date"}
"""XSD types of ISO dates by their length."""


def language(text: str) -> str:
    """The language tag of a name: Vietnamese by its letters, else English."""
    return "vi" if VIETNAMESE.search(text) else "en"


def named(text: str) -> Literal:
    """A name as a literal with its language."""
    return Literal(text, lang=language(text))


def dated(iso: str) -> Literal:
    """An ISO date as exact as it is: a day, a month or a year."""
    return Literal(iso, datatype=XSD[DATES[len(iso)]], normalize=False)


def literal(value: Value) -> Node:
    """The RDF term of a value; bounds are individuals of the ontology."""
    if value.datatype == "bound":
        return ACC[value.lexical]
    if value.datatype == "string":
        return Literal(value.lexical, lang=value.language) if value.language else Literal(value.lexical)
    return Literal(value.lexical, datatype=XSD[value.datatype], normalize=False)
