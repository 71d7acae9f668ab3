"""The RDF files of others, served as our own are."""

import gzip

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import InputError
from kg.rdf_files import release_files
from kg.web import close_app, create_app

FILES = {
    "a.ttl": "@prefix ex: <http://example.org/> . ex:ada a ex:Person ; ex:name 'Ada' ; ex:knows ex:bob .",
    "b.nt": '<http://example.org/bob> <http://www.w3.org/2000/01/rdf-schema#label> "Bob" .',
    "c.nq": "<http://example.org/s> <http://example.org/p> _:x <http://example.org/g> .",
    "d.trig": "<http://example.org/g> { <http://example.org/t> <http://example.org/p> _:x }",
    "e.rdf": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
    '<r:Description r:about="http://example.org/ada"><e:age>36</e:age></r:Description></r:RDF>',
    "sub/f.jsonld": '{"@id": "http://example.org/cy", "@type": "http://example.org/Person"}',
    "notes.md": "not RDF",
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "rdf" / "sub").mkdir(parents=True)
    for name, text in FILES.items():
        (tmp_path / "rdf" / name).write_text(text)
    (tmp_path / "rdf" / "g.nt.gz").write_bytes(
        gzip.compress(b'<http://example.org/dee> <http://example.org/n> "x" .\n')
    )
    return tmp_path / "rdf"


@pytest.fixture
def client(folder, tmp_path):
    (tmp_path / "queries").mkdir()
    release_files(tmp_path / "data", [folder])
    app = create_app(tmp_path / "data", queries=tmp_path / "queries", workers=1)
    yield app.test_client()
    close_app(app)


def ask(client, query, format="csv"):
    return client.get("/sparql", query_string={"query": query, "format": format}).text.split()


def test_files_of_all_formats(client):
    assert ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == ["n", "7"]
    assert ask(client, "SELECT (COUNT(DISTINCT ?o) AS ?n) { GRAPH <http://example.org/g> { ?s ?p ?o } }") == ["n", "2"]
    assert client.get("/graph?graph=http://example.org/g").status_code == 200
    assert "void:triples 7" in client.get("/sparql").text


def test_pages(client):
    def page(path, status=200):
        response = client.get(path, headers={"Accept": "text/html"})
        assert response.status_code == status
        return response.text

    assert '<span class="figure">2</span>' in page("/")
    assert '<a href="/resource?iri=http%3A%2F%2Fexample.org%2Fada">' in page("/class?iri=http://example.org/Person")
    thing = page("/resource?iri=http://example.org/ada")
    assert '<a href="/resource?iri=http%3A%2F%2Fexample.org%2Fbob">Bob</a>' in thing
    assert "36" in thing
    assert "Bob" in page("/search?q=bo")
    page("/resource?iri=http://example.org/nobody", 404)
    page("/resource?iri=javascript:alert(1)", 404)
    page("/class?iri=<x>", 404)
    shown = page("/sparql?query=SELECT+*+{?s+<http://example.org/knows>+?o}")
    assert ">Bob</a>" in shown
    turtle = client.get("/resource?iri=http://example.org/ada", headers={"Accept": "text/turtle"})
    assert "example.org/bob" in turtle.text


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.ttl", "<http://x/a>\n<http://x/b> foo .", r"x\.ttl:2: .*foo"),
        ("x.txt", "", r"x\.txt is not a file of RDF by its name; take one of \.ttl"),
        ("x.nt.gz", "no gzip", r"x\.nt\.gz cannot be read"),
    ],
)
def test_files_that_are_wrong(tmp_path, name, text, message):
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=message):
        release_files(tmp_path / "data", [tmp_path / name])


def test_what_is_not_there(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        release_files(tmp_path / "data", [tmp_path / "none.ttl"])
    with pytest.raises(InputError, match="holds no file of RDF"):
        release_files(tmp_path / "data", [tmp_path])


def test_the_command_tells_what_is_wrong(tmp_path):
    told = CliRunner().invoke(main, ["serve", "--rdf", str(tmp_path / "none.ttl"), "--port", "0"])
    assert (told.exit_code, "does not exist" in told.output) == (1, True)
    told = CliRunner().invoke(main, ["serve", str(tmp_path)])
    assert (told.exit_code, "files come after --rdf" in told.output) == (2, True)
