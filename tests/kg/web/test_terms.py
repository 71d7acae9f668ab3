"""What the editor proposes, and the parts of its page that need no browser."""

from pathlib import Path

import kg.web
from tests.kg.served import OFFICE

HTML = {"Accept": "text/html"}


def test_the_terms_of_the_data_and_of_the_ontology(client):
    response = client.get("/terms")
    terms = {(term["name"], term["kind"]): term for term in response.get_json()["terms"]}
    assert terms["acc:Organisation", "class"]["label"] == "Organisation"
    assert terms["acc:signedOn", "property"]["comment"]
    assert ("acc:Conference", "class") in terms, "which is in the ontology, and nothing is one"
    assert ("rdfs:label", "property") in terms
    assert ("acc:Organisation", "property") not in terms
    assert str(OFFICE) not in {term["iri"] for term in terms.values()}
    every = [(term["iri"], term["kind"]) for term in response.get_json()["terms"]]
    assert len(every) == len(set(every))


def test_terms_are_sent_once(client):
    tag = client.get("/terms").headers["ETag"]
    assert client.get("/terms", headers={"If-None-Match": tag}).status_code == 304


def test_a_person_gets_the_plan_on_a_page_and_a_program_as_text(client):
    asked = {"query": "SELECT * { ?a acc:party ?b }", "explain": "1"}
    shown = client.get("/sparql", query_string=asked, headers=HTML)
    assert shown.mimetype == "text/html" and "How it would be answered" in shown.text
    told = client.get("/sparql", query_string=asked)
    assert told.mimetype == "text/plain" and told.text.splitlines()[0] in shown.text
    wrong = client.get("/sparql", query_string={"query": "SELECT * {", "explain": "1"}, headers=HTML)
    assert wrong.status_code == 400 and 'data-line="1"' in wrong.text


def test_examples_are_the_saved_queries_without_their_heads(page):
    shown = page("/sparql")
    assert "data-example>Who signed which agreements, and when</a>" in shown
    assert "%23%2B" not in shown


def test_the_form_is_whole_without_the_front_end(app, client, monkeypatch, tmp_path):
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    assert "<script" not in client.get("/sparql", headers=HTML).text
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "editor.js").write_text("")
    assert '<script type="module" src="/static/built/editor.js">' in client.get("/sparql", headers=HTML).text


def test_what_is_static_is_compressed(client):
    whole = (Path(kg.web.__file__).parent / "static" / "accord.css").read_bytes()
    response = client.get("/static/accord.css", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip" and len(response.data) < len(whole) / 2
    assert client.get("/static/accord.css").data == whole
    assert client.get("/static/accord.css", headers={"Range": "bytes=0-9"}).data == whole[:10]
