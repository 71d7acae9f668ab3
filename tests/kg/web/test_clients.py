"""The endpoint as the programs of researchers use it, over a real connection."""

import json
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from rdflib import RDFS, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from tests.kg.served import ACCORD, ADDRESSES, VISIT
from tests.kg.web.test_server import running

SPARQLWrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")

PREFIXES = "PREFIX acc: <https://w3id.org/accord-kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
PARTIES = PREFIXES + "SELECT ?name WHERE { ?a acc:party/rdfs:label ?name } ORDER BY ?name"
NAMES = ["Bờ Hồ Boat School", "Skills Office"]
CONSTRUCT = PREFIXES + f"CONSTRUCT {{ ?x rdfs:label ?name }} WHERE {{ <{ACCORD}> acc:party ?x . ?x rdfs:label ?name }}"
WRONG = PREFIXES + "SELECT ?x WHERE { ?x acc:party }"


@pytest.fixture(scope="module")
def endpoint(data):
    with running(data) as server:
        yield f"http://127.0.0.1:{server.port}/sparql"


def wrapper(endpoint, query, format=None, method="GET", direct=False):
    client = SPARQLWrapper.SPARQLWrapper(endpoint)
    client.setMethod(method)
    client.setRequestMethod(SPARQLWrapper.POSTDIRECTLY if direct else SPARQLWrapper.URLENCODED)
    client.setQuery(query)
    if format:
        client.setReturnFormat(format)
    return client


def names_in_xml(document):
    return [node.firstChild.data for node in document.getElementsByTagName("literal")]


@pytest.mark.parametrize(("method", "direct"), [("GET", False), ("POST", False), ("POST", True)])
def test_sparqlwrapper_rows(endpoint, method, direct):
    def ask(format):
        return wrapper(endpoint, PARTIES, format, method, direct).query().convert()

    assert [row["name"]["value"] for row in ask("json")["results"]["bindings"]] == NAMES
    assert names_in_xml(ask("xml")) == NAMES
    assert ask("csv").decode().split("\r\n") == ["name", *NAMES, ""]
    assert ask("tsv").decode().splitlines()[1:] == [f'"{name}"@en' for name in NAMES]
    assert names_in_xml(wrapper(endpoint, PARTIES, None, method, direct).query().convert()) == NAMES


def test_sparqlwrapper_ask(endpoint):
    query = PREFIXES + "ASK { ?x acc:party ?y }"
    assert wrapper(endpoint, query, "json").query().convert()["boolean"] is True
    assert (
        wrapper(endpoint, query, "xml").query().convert().getElementsByTagName("boolean")[0].firstChild.data == "true"
    )


@pytest.mark.parametrize("query", [CONSTRUCT, f"DESCRIBE <{ACCORD}>"])
@pytest.mark.parametrize("format", ["turtle", "n3", "rdf", "rdf+xml", "xml", "json-ld"])
def test_sparqlwrapper_graphs(endpoint, query, format):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = wrapper(endpoint, query, format).query().convert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert len(graph) >= 2


def test_sparqlwrapper_with_nothing_but_accept_headers(endpoint):
    for query, format, kind in (
        (PARTIES, "json", "application/sparql-results+json"),
        (PARTIES, "csv", "text/csv"),
        (CONSTRUCT, "turtle", "text/turtle"),
        (CONSTRUCT, "xml", "application/rdf+xml"),
        (CONSTRUCT, "json-ld", "application/ld+json"),
    ):
        client = wrapper(endpoint, query, format)
        client.setOnlyConneg(True)
        assert client.query().info()["content-type"].partition(";")[0] == kind


def test_sparqlwrapper_errors(endpoint):
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="line 1, column"):
        wrapper(endpoint, WRONG, "json").query()


def test_sparqlwrapper_graphs_of_the_dataset(endpoint):
    client = wrapper(endpoint, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "json")
    client.addDefaultGraph(str(ADDRESSES.document_graph(VISIT)))
    (row,) = client.query().convert()["results"]["bindings"]
    assert 0 < int(row["n"]["value"]) < 500


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("format", ["xml", "json"])
def test_rdflib_store(endpoint, method, format):
    graph = Graph(SPARQLStore(endpoint, method=method, returnFormat=format))
    assert [str(name) for (name,) in graph.query(PARTIES)] == NAMES
    if format == "xml":  # with JSON, this client accepts no format of graphs
        assert len(graph.query(CONSTRUCT).graph) == 2
    assert graph.query("ASK { ?s ?p ?o }").askAnswer is True
    assert str(graph.value(URIRef(ACCORD), RDFS.label)) == "Lake Accord"


def run(*command):
    program = shutil.which(command[0])
    if program is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run([program, *command[1:]], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["-G", "--data-urlencode", f"query={PARTIES}"],
        ["--data-urlencode", f"query={PARTIES}"],
        ["--data-binary", PARTIES, "-H", "Content-Type: application/sparql-query"],
        ["-X", "QUERY", "--data-binary", PARTIES, "-H", "Content-Type: application/sparql-query"],
        ["-G", "--data-urlencode", f"query={PARTIES}", "--compressed"],
    ],
)
def test_curl(endpoint, arguments):
    assert run("curl", "-sf", "-H", "Accept: text/csv", *arguments, endpoint).split("\n")[1].strip() == NAMES[0]


def test_curl_errors_and_descriptions(endpoint):
    told = run("curl", "-s", "-G", "--data-urlencode", f"query={WRONG}", endpoint)
    assert json.loads(told)["status"] == 400
    assert "sd:Service" in run("curl", "-sf", endpoint)
    assert "X-Accord-Release: 1".lower() in run("curl", "-sfI", "-G", "-d", "query=ASK%20%7B%7D", endpoint).lower()


NODE = """
const [endpoint, query] = process.argv.slice(1);
const ask = async (init, url = endpoint) => await fetch(url, init);
const json = { Accept: "application/sparql-results+json" };
const names = async (response) => (await response.json()).results.bindings.map((row) => row.name.value);
(async () => {
  const get = await ask({ headers: json }, endpoint + "?" + new URLSearchParams({ query }));
  const form = await ask({ method: "POST", headers: json, body: new URLSearchParams({ query }) });
  const type = { "Content-Type": "application/sparql-query" };
  const direct = await ask({ method: "POST", headers: { ...json, ...type }, body: query });
  const wrong = await ask({ headers: json }, endpoint + "?query=SELECT");
  console.log(JSON.stringify({
    get: await names(get), form: await names(form), direct: await names(direct),
    wrong: wrong.status, detail: (await wrong.json()).detail, coding: get.headers.get("content-encoding"),
  }));
})();
"""


def test_node(endpoint):
    told = json.loads(run("node", "-e", NODE, endpoint, PARTIES))
    assert told["get"] == told["form"] == told["direct"] == NAMES
    assert told["wrong"] == 400
    assert told["detail"].startswith("line 1")


README = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
SECTION = README.partition("## Using the endpoint from other programs\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("example", re.findall(r"```sh\n(.*?)```", SECTION, re.DOTALL))
def test_the_examples_of_the_readme(endpoint, example):
    program = example.split()[0]
    if "/" not in program and shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    script = example.replace("http://127.0.0.1:8080/sparql", endpoint).replace(".venv/bin/python", sys.executable)
    done = subprocess.run(["sh", "-ec", script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Skills Office" in done.stdout
