"""The service description, VoID, and the graph store for reading."""

import pytest
from rdflib import RDF, Dataset, Graph, Literal, URIRef

from kg.namespaces import ACC, SD, VOID
from tests.kg.served import ACCORD, ADDRESSES, PLAN, VISIT

ENDPOINT = URIRef("http://localhost/sparql")
GRAPH = str(ADDRESSES.document_graph(PLAN))


@pytest.mark.parametrize("path", ["/sparql", "/sparql/", "/.well-known/void"])
def test_the_endpoint_describes_itself(client, path):
    response = client.get(path)
    assert (response.status_code, response.content_type) == (200, "text/turtle; charset=utf-8")
    told = Graph().parse(data=response.text, format="turtle")
    (service,) = told.subjects(SD.endpoint, ENDPOINT)
    dataset = told.value(service, SD.defaultDataset)
    assert told.value(dataset, VOID.sparqlEndpoint) == ENDPOINT
    assert {told.value(one, SD.name) for one in told.objects(dataset, SD.namedGraph)} == {
        ADDRESSES.document_graph(VISIT),
        ADDRESSES.document_graph(PLAN),
    }
    counted = client.get("/sparql", query_string={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"})
    assert told.value(dataset, VOID.triples) == Literal(int(counted.text.split()[1]))
    (part,) = told.subjects(VOID["class"], ACC.Project)
    assert told.value(part, VOID.entities) == Literal(1)
    again = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/trig", "trig"),
        ("application/n-quads", "nquads"),
    ],
)
def test_in_all_formats(client, accept, format):
    response = client.get("/sparql", headers={"Accept": accept})
    assert response.mimetype == accept
    told = (Dataset() if format in {"trig", "nquads"} else Graph()).parse(data=response.text, format=format)
    assert len(list(told.triples((None, RDF.type, SD.Service)))) == 1


def test_a_description_is_no_table(client):
    response = client.get("/sparql", headers={"Accept": "text/csv"})
    assert response.status_code == 406
    assert "the description of the endpoint" in response.get_json(force=True)["detail"]
    assert client.get("/.well-known/void", headers={"Accept": "text/html"}).mimetype == "text/turtle"


def test_preflight(client):
    headers = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "QUERY",
        "Access-Control-Request-Headers": "content-type, traceparent",
    }
    response = client.options("/sparql", headers=headers)
    assert response.status_code == 200
    assert "QUERY" in response.headers["Access-Control-Allow-Methods"]
    assert response.headers["Access-Control-Allow-Headers"] == "content-type, traceparent"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "application/sparql-query" in client.get("/sparql").headers["Accept-Query"]


@pytest.mark.parametrize(
    "request_",
    [
        {"path": "/graph", "query_string": {"graph": GRAPH}},
        {"path": f"/graph/document/{PLAN}"},
    ],
)
def test_named_graphs(client, request_):
    response = client.get(**request_, headers={"Accept": "application/n-triples"})
    told = Graph().parse(data=response.text, format="nt")
    query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"
    counted = client.get("/sparql", query_string={"query": query, "format": "csv"})
    assert len(told) == int(counted.text.split()[1]) > 10
    head = client.head(**request_, headers={"Accept": "application/n-triples"})
    assert (head.status_code, head.data, head.content_length) == (200, b"", len(response.data))


def test_the_default_graph(client):
    told = Graph().parse(data=client.get("/graph?default").text, format="turtle")
    assert (URIRef(ACCORD), RDF.type, ACC.CooperationAgreement) in told
    assert client.get("/graph?default", headers={"Accept": "text/html"}).mimetype == "text/turtle"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/graph", 400),
        ("GET", "/graph?default&graph=http://x/y", 400),
        ("GET", "/graph?graph=http://x/y&graph=http://x/z", 400),
        ("GET", "/graph?graph=http://x/y", 404),
        ("HEAD", "/graph?graph=http://x/y", 404),
        ("GET", "/graph?graph=no+iri", 404),
        ("GET", "/graph/nothing", 404),
        ("PUT", "/graph?default", 403),
        ("POST", "/graph", 403),
        ("DELETE", "/graph/document/x", 403),
        ("PATCH", "/graph?graph=http://x/y", 403),
    ],
)
def test_what_the_graph_store_refuses(client, method, path, status):
    assert client.open(path, method=method, data=b"").status_code == status


def test_a_graph_is_no_table(client):
    assert client.get("/graph?default", headers={"Accept": "text/csv"}).status_code == 406
