"""The three tests of the service description, which the suite gives in words."""

import pytest
from rdflib import RDF, RDFS, Graph, URIRef

from kg.namespaces import SD
from kg.store import Source
from tests.w3c.suite import FOLDER, HAS_SUITE, WHY_NOT

pytestmark = pytest.mark.skipif(not HAS_SUITE, reason=WHY_NOT)

# Domain and range of the properties that are used, from the vocabulary's own description.
_SCHEMA = {
    SD.endpoint: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.supportedLanguage: (SD.Service, None),
    SD.resultFormat: (SD.Service, None),
    SD.feature: (SD.Service, None),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.Dataset, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}


@pytest.fixture(scope="module")
def description(serving):
    file = FOLDER / "sparql11" / "protocol" / "data1.nt"
    with serving([Source(file, file.as_uri(), "http://example.org/graph")]) as client:
        response = client.get("/sparql", headers={"Accept": "text/turtle"})
        assert response.status_code == 200
        assert response.mimetype == "text/turtle"
        yield Graph().parse(data=response.text, format="turtle")


def test_it_returns_rdf(description):
    assert len(description) > 10


def test_it_has_a_matching_endpoint_triple(description):
    services = list(description.subjects(SD.endpoint, URIRef("http://localhost/sparql")))
    assert [(service, RDF.type, SD.Service) in description for service in services] == [True]


def test_it_conforms_to_the_schema(description):
    for subject, predicate, value in description:
        if predicate.startswith(str(SD)):
            domain, range_ = _SCHEMA[predicate]
            assert (subject, RDF.type, domain) in description
            assert range_ is None or (value, RDF.type, range_) in description
        if predicate in {RDF.type, RDFS.range}:
            assert isinstance(value, URIRef)
