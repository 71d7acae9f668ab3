"""A corpus of one document with one organisation and one fact, as the builder writes it: small enough to read whole."""

from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Literal, URIRef

from kg.namespaces import ACC, OA, Addresses
from kg.store import Quad

ADDRESSES = Addresses()
NAME = "news.txt"
TEXT = "Hạ Long Society\nThe Hạ Long Society is part of the Green Union."
QUOTED = "The Hạ Long Society is part of the Green Union."
GRAPH = ADDRESSES.document_graph(NAME)
DOCUMENT = ADDRESSES.thing("document", NAME)
SOCIETY = ADDRESSES.thing("organisation", "ha-long-society")
UNION = ADDRESSES.thing("organisation", "green-union")
ASSERTION = ADDRESSES.thing("assertion", "1")
EVIDENCE = ADDRESSES.thing("evidence", "1")
ACTIVITY = ADDRESSES.thing("activity", "build")


def document_quads(start: int = TEXT.index(QUOTED), quoted: str = QUOTED) -> list[Quad]:
    """The graph of the document. Other offsets or words make evidence that does not fit the text."""
    triples = [
        (DOCUMENT, RDF.type, ACC.Document),
        (DOCUMENT, DCTERMS.identifier, Literal(NAME)),
        (DOCUMENT, ACC.mentions, SOCIETY),
        (SOCIETY, RDF.type, ACC.Association),
        (SOCIETY, RDFS.label, Literal("Hạ Long Society", lang="en")),
        (UNION, RDF.type, ACC.Organisation),
        (UNION, RDFS.label, Literal("Green Union", lang="en")),
        (SOCIETY, ACC.partOf, UNION),
        (ASSERTION, RDF.type, ACC.Assertion),
        (ASSERTION, RDF.subject, SOCIETY),
        (ASSERTION, RDF.predicate, ACC.partOf),
        (ASSERTION, RDF.object, UNION),
        (ASSERTION, ACC.confidence, Literal("0.9", datatype=XSD.decimal)),
        (ASSERTION, ACC.rule, Literal("part-of")),
        (ASSERTION, ACC.evidence, EVIDENCE),
        (ASSERTION, PROV.wasDerivedFrom, DOCUMENT),
        (ASSERTION, PROV.wasGeneratedBy, ACTIVITY),
        (EVIDENCE, RDF.type, ACC.Evidence),
        (EVIDENCE, OA.hasSource, DOCUMENT),
        (EVIDENCE, OA.start, Literal(start)),
        (EVIDENCE, OA.end, Literal(start + len(QUOTED))),
        (EVIDENCE, OA.exact, Literal(quoted)),
    ]
    return [(*triple, GRAPH) for triple in triples]


def quads() -> list[Quad]:
    """The document's graph and the default graph, which says the same."""
    stated = document_quads()
    return [*stated, *((s, p, o, None) for s, p, o, _ in stated)]


def other_quads() -> list[Quad]:
    """One more statement in the default graph."""
    return [(URIRef(f"{ADDRESSES.base}organisation/other"), RDF.type, ACC.Organisation, None)]
