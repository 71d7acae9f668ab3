import pytest
from rdflib import RDF, RDFS, Literal, URIRef

from kg import store
from kg.check import check
from kg.errors import OntologyError
from kg.namespaces import ACC
from tests.kg.small_graph import (
    ASSERTION,
    DOCUMENT,
    EVIDENCE,
    GRAPH,
    NAME,
    SOCIETY,
    TEXT,
    UNION,
    document_quads,
    quads,
)

SHAPES = """
@prefix acc: <https://w3id.org/accord-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
acc:OrganisationShape a sh:NodeShape ; sh:targetClass acc:Organisation ;
    sh:property [ sh:path rdfs:label ; sh:maxCount 1 ; sh:severity sh:Warning ; sh:message "more than one label" ] ,
                [ sh:path acc:partOf ; sh:class acc:Organisation ; sh:message "part of what is no organisation" ] .
"""


@pytest.fixture
def shapes(tmp_path):
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES)
    return path


@pytest.fixture
def findings(tmp_path, shapes):
    def run(content, texts=None):
        store.write(tmp_path / "store", content)
        found = check(tmp_path / "store", shapes, {NAME: TEXT} if texts is None else texts)
        return [(f.severity, f.message, f.focus, f.value, f.document) for f in found]

    return run


def test_a_good_graph_has_no_findings(findings):
    assert findings(quads()) == []


def test_shapes_are_checked_on_the_merged_graph(findings):
    subclass = (ACC.Association, RDFS.subClassOf, ACC.Organisation, None)
    label = (SOCIETY, RDFS.label, Literal("Other", lang="en"), None)
    part = (SOCIETY, ACC.partOf, URIRef("http://example.org/place"), None)
    assert findings([*quads(), subclass, label, part]) == [
        ("violation", "part of what is no organisation", str(SOCIETY), "http://example.org/place", NAME),
        ("warning", "more than one label", str(SOCIETY), "", NAME),
    ]


def test_a_fact_needs_an_assertion(findings):
    assert findings([*quads(), (UNION, ACC.partOf, SOCIETY, GRAPH)]) == [
        ("violation", "a fact has no assertion", str(UNION), str(SOCIETY), NAME)
    ]


def test_an_assertion_needs_evidence(findings):
    without = [quad for quad in quads() if quad[1] != ACC.evidence]
    assert [found[1:3] for found in findings(without)] == [
        ("a fact has no assertion", str(SOCIETY)),
        ("an assertion has no evidence", str(ASSERTION)),
    ]


def test_descriptions_are_not_facts(findings):
    about = [(DOCUMENT, RDFS.label, Literal("News", lang="en"), GRAPH), (DOCUMENT, RDF.type, ACC.Document, GRAPH)]
    assert findings([*quads(), *about]) == []


@pytest.mark.parametrize(
    ("start", "quoted"),
    [(0, document_quads()[-1][2]), (16, "The Ha Long Society is part of the Green Union."), (10_000, ""), (-1, ".")],
)
def test_quoted_words_must_stand_where_the_evidence_says(findings, start, quoted):
    (found,) = findings(document_quads(start, str(quoted)))
    assert found[1].startswith(f"the quoted words are not characters {start} to")
    assert found[2] == str(EVIDENCE) and found[4] == NAME


def test_a_text_that_is_missing_is_found(findings):
    (found,) = findings(quads(), texts={})
    assert found[2] == str(EVIDENCE)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("this is not Turtle", "are not Turtle"),
        (
            "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<x:s> a sh:PropertyShape ; sh:minCount 1 .",
            "no set of SHACL shapes",
        ),
    ],
)
def test_bad_shapes_are_named(tmp_path, shapes, content, message):
    store.write(tmp_path / "store", quads())
    shapes.write_text(content)
    with pytest.raises(OntologyError, match=message):
        check(tmp_path / "store", shapes, {NAME: TEXT})
    with pytest.raises(OntologyError, match="No such file"):
        check(tmp_path / "store", tmp_path / "none.ttl", {NAME: TEXT})
