"""Prefixes and namespaces, used by code, queries and pages alike, and the addresses of an installation's things."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SKOS, XSD, Namespace, URIRef

ACC = Namespace("https://w3id.org/accord-kg/ontology#")
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
SDG = Namespace("http://metadata.un.org/sdg/")
VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SH = Namespace("http://www.w3.org/ns/shacl#")

PREFIXES: dict[str, str] = {
    "acc": str(ACC),
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "oa": str(OA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "qb": str(QB),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "sd": str(SD),
    "sdg": str(SDG),
    "sh": str(SH),
    "skos": str(SKOS),
    "void": str(VOID),
    "xsd": str(XSD),
}
"""Prefix to namespace: declared in dumps, on pages, and for queries that leave them out."""

DEFAULT_BASE = "https://w3id.org/accord-kg/id/"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The IRIs of an installation. `base` ends with a slash; things live under it, graphs beside it.

    >>> Addresses().thing("organisation", "ministry-of-justice-vn")
    rdflib.term.URIRef('https://w3id.org/accord-kg/id/organisation/ministry-of-justice-vn')
    >>> Addresses().document_graph("news.txt")
    rdflib.term.URIRef('https://w3id.org/accord-kg/graph/document/news.txt')
    """

    base: str = DEFAULT_BASE

    def thing(self, kind: str, slug: str) -> URIRef:
        """The IRI of an entity, e.g. kind `organisation`, slug `ministry-of-justice-vn`."""
        return URIRef(f"{self.base}{kind}/{quote(slug, safe='-._~:/')}")

    def graph(self, name: str) -> URIRef:
        """The IRI of a named graph: `ontology`, `reference`, `inferred`, `curation`, `void`."""
        root = self.base[:-3] if self.base.endswith("/id/") else self.base
        return URIRef(f"{root}graph/{quote(name, safe='-._~:/')}")

    def document_graph(self, identifier: str) -> URIRef:
        """The IRI of the graph of what one document states; `identifier` is its file name."""
        return self.graph(f"document/{identifier}")
