import json
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner

from kg import store
from kg.cli import main
from kg.release import prepare, publish
from tests.kg.small_graph import ADDRESSES, NAME, SOCIETY, TEXT, UNION, document_quads, quads

COMMANDS = ["build", "check", "evaluate", "export", "queries", "query", "release list", "serve", "up"]


def make(data, content):
    with prepare(data) as building:
        store.write(building.store, content)
        building.write_text(NAME, TEXT)
        publish(building, {"documents": 1, "facts": 1, "findings": {"warning": 2}, "failed": []})


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "data"
    make(folder, quads())
    return folder


@pytest.fixture
def kg(data):
    """Run `kg` with the arguments, in this process, on the small release; gives exit status, output and errors."""

    def run(*arguments, status=0, **environment):
        result = CliRunner().invoke(main, [str(a) for a in arguments], env={"KG_DATA": str(data), **environment})
        assert result.exit_code == status, result.output
        return result

    return run


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(kg, command):
    text = kg(*command.split(), "--help").stdout
    assert "Example" in text and f"  kg {command}" in text


def test_help_loads_none_of_the_heavy_libraries():
    script = "import sys, kg.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"spacy", "flask", "uvicorn", "pyshacl", "owlready2", "pyoxigraph", "rich", "ingest"} & set(loaded)


@pytest.mark.parametrize(("suffix", "begins"), [("ttl", "@prefix"), ("nq", "<https"), ("jsonld", "["), ("trig", "@")])
def test_export_guesses_the_format_by_the_suffix(kg, tmp_path, suffix, begins):
    kg("export", "-o", tmp_path / f"dump.{suffix}")
    assert (tmp_path / f"dump.{suffix}").read_text().startswith(begins)


def test_export_writes_to_standard_output(data):
    command = [sys.executable, "-m", "kg", "export", "-o", "-", "--format", "nquads", "--data", data]
    output = subprocess.run(command, capture_output=True, check=True).stdout
    assert len(output.splitlines()) == len(quads())


def test_export_names_what_is_wrong(kg, tmp_path):
    assert "no suffix of a known format" in kg("export", "-o", tmp_path / "dump.zip", status=2).stderr
    assert "No such file or directory" in kg("export", "-o", tmp_path / "no" / "dump.nq", status=1).stderr


def test_query_prints_a_table_with_short_names(kg):
    result = kg("query", "SELECT ?type ?name { ?type ^a [ rdfs:label ?name ] } ORDER BY ?name")
    lines = [line for line in result.stdout.splitlines() if "Hạ Long Society" in line]
    assert len(lines) == 1 and "acc:Association" in lines[0]
    assert result.stderr == "2 rows\n"


def test_query_prints_other_formats(kg, tmp_path):
    question = tmp_path / "question.rq"
    question.write_text("#+ title: Parts\nSELECT ?part ?whole { ?part acc:partOf ?whole }")
    assert kg("query", "-f", question, "--format", "csv").stdout.split() == ["part,whole", f"{SOCIETY},{UNION}"]
    rows = json.loads(kg("query", "-f", question, "--format", "json").stdout)["results"]["bindings"]
    assert rows[0]["whole"]["value"] == str(UNION)
    assert "acc:partOf" in kg("query", f"DESCRIBE <{SOCIETY}>").stdout
    assert kg("query", "ASK { ?s acc:partOf ?o }", "--format", "json").stdout.count("true") == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s { ?s ?p }", "line 1"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "Error: "),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "Error: "),
    ],
)
def test_a_bad_query_gives_one_line(kg, text, message):
    errors = kg("query", text, status=1).stderr
    assert message in errors and errors.count("\n") == 1


def test_query_takes_one_query(kg, tmp_path):
    assert "give a query" in kg("query", status=2).stderr
    assert "No such file" in kg("query", "-f", tmp_path / "none.rq", status=1).stderr
    assert "format" in kg("query", "SELECT * { ?s ?p ?o }", "--format", "docx", status=1).stderr


def test_releases_are_listed(kg):
    (line,) = [line for line in kg("release", "list").stdout.splitlines() if "*" in line]
    assert [cell.strip() for cell in line.split("│")][2:3] == ["1"]


def test_check_repeats_the_checks(kg, tmp_path):
    folder = tmp_path / "ontology"
    folder.mkdir()
    (folder / "shapes.ttl").write_text("")
    assert "0 findings" in kg("check", "--ontology", folder).stderr
    make(tmp_path / "data", document_quads(start=3))
    bad = kg("check", "--ontology", folder, "--data", tmp_path / "data", "--json", status=1)
    (finding,) = json.loads(bad.stdout)
    assert finding["severity"] == "violation" and finding["document"] == NAME
    text = kg("check", "--ontology", folder, "--data", tmp_path / "data", status=1).stdout
    assert text.startswith("violation: the quoted words are not characters 3 to")


def test_evaluate_prints_the_scores(kg, tmp_path):
    kg("export", "-o", tmp_path / "dump.trig")
    gold = {"organisations": [{"id": "o1", "name": "Hạ Long Society", "kind": "Association"}]}
    (tmp_path / "news.json").write_text(json.dumps(gold))
    assert "ENTITIES" in kg("evaluate", tmp_path / "dump.trig", tmp_path).stdout
    scores = json.loads(kg("evaluate", tmp_path / "dump.trig", tmp_path, "--json").stdout)["scores"]
    assert scores["organisations"]["recall"] == 1


@pytest.mark.parametrize(
    "command", [["export", "-o", "x.ttl"], ["query", "ASK {}"], ["check"], ["release", "list"], ["serve"]]
)
def test_a_missing_release_and_another_version_give_one_line(kg, tmp_path, command):
    errors = kg(*command, "--data", tmp_path / "none", status=1).stderr
    assert errors == f"Error: {tmp_path}/none holds no release yet; make one with: kg build --data {tmp_path}/none\n"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "format").write_text("accord-data 99\n")
    errors = kg(*command, status=1, KG_DATA=str(tmp_path / "other")).stderr
    assert "has the format 'accord-data 99'" in errors and errors.count("\n") == 1


def test_a_base_must_be_an_absolute_iri(kg):
    for base in ("example.org/", "https://example.org/id", "/id/"):
        assert "is not an absolute IRI that ends with '/'" in kg("build", "--base", base, status=2).stderr
    assert ADDRESSES.base.endswith("/")


def test_a_port_in_use_gives_one_line(kg, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        errors = kg("serve", "--port", port, "--queries", tmp_path, status=1).stderr
    assert f"port {port} is in use" in errors and errors.count("\n") == 1


def test_the_options_of_a_server_have_the_defaults_of_its_settings():
    from dataclasses import asdict

    from kg.cli.serve import serve
    from kg.web.limits import Limits

    context = serve.make_context("serve", [])
    assert {name: context.params[name] for name in asdict(Limits())} == asdict(Limits())
    context = serve.make_context("serve", ["--memory-limit", "512M", "--answer-limit", "2 GiB", "--cache-limit", "0"])
    assert [context.params[f"{name}_limit"] for name in ("memory", "answer", "cache")] == [2**29, 2**31, 0]


def test_a_size_that_is_none(kg):
    assert "write 512M or 2G" in kg("serve", "--memory-limit", "much", status=2).stderr


@pytest.fixture
def staffed(data):
    """The address of a server with the token `secret`."""
    import threading

    from werkzeug.serving import make_server

    from kg.resources import queries_folder
    from kg.web import close_app, create_app

    app = create_app(data, queries=queries_folder(), workers=1, token="secret")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
    close_app(app)


def test_queries_lists_and_stops(kg, staffed):
    assert kg("queries", "--url", staffed, "--token", "secret").stderr == "0 queries\n"
    stopped = kg("queries", "--url", staffed, "--stop", 7, status=1, KG_TOKEN="secret")
    assert "there is no such query" in stopped.stderr
    assert "the token is not that of the server" in kg("queries", "--url", staffed, "--token", "x", status=1).stderr
    assert "give the token" in kg("queries", "--url", staffed, status=2).stderr
    assert "does not answer" in kg("queries", "--url", "http://127.0.0.1:9", "--token", "x", status=1).stderr
    assert "must begin with http" in kg("queries", "--url", "file:///etc/passwd", "--token", "x", status=1).stderr
