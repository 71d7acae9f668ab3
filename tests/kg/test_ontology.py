from pathlib import Path

import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

from kg.errors import OntologyError
from kg.namespaces import ACC, SCHEMA
from kg.ontology import Consistency, check_consistency, infer, load_vocabulary, ontology_triples

FOLDER = Path(__file__).parents[2] / "ontology"
THING = "http://example.org/"

CLASSES = """
Organisation GovernmentBody IntergovernmentalOrganisation TradeUnion Company Association NonGovernmentalOrganisation
EducationInstitution Person Appointment Instrument Agreement CooperationAgreement MemorandumOfUnderstanding Convention
TradeAgreement Law Decision Plan Project Event Meeting Workshop Conference Webinar Training StudyVisit Launch Signing
Ceremony Competition Fair Statistic Place Country Province City Topic Goal Document Assertion Evidence Bound"""
PROPERTIES = """
partOf hasPart holder appointment organisation title start end party issuer identifier signedOn issuedOn place
implementer partner funder duration organiser participant concerns contributesTo value unit bound about period
conflictsWith mentions mentionedIn isoCode confidence evidence rule textHash abbreviation ambiguousName country demonym
succeededBy succeeds"""
ALIGNED = {
    "Organisation": "org:Organization schema:Organization foaf:Organization prov:Agent",
    "Person": "foaf:Person schema:Person",
    "Appointment": "org:Membership",
    "Law": "schema:Legislation",
    "Decision": "schema:Legislation",
    "Project": "schema:Project foaf:Project",
    "Event": "schema:Event",
    "Statistic": "qb:Observation",
    "Place": "schema:Place",
    "Topic": "skos:Concept",
    "Document": "schema:CreativeWork prov:Entity",
    "Assertion": "rdf:Statement prov:Entity",
    "Evidence": "oa:SpecificResource",
}


def a(name):
    return URIRef(THING + name)


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary(FOLDER)


@pytest.fixture(scope="module")
def graph():
    return Graph().parse(FOLDER / "accord.ttl")


def test_terms_are_those_of_the_contract(vocabulary):
    assert {term.name for term in vocabulary.classes} == set(CLASSES.split())
    assert {term.name for term in vocabulary.properties} == set(PROPERTIES.split())


def test_every_term_is_named_in_two_languages_and_explained(vocabulary):
    for term in (*vocabulary.classes, *vocabulary.properties):
        assert term.label_en and term.label_vi and term.comment.endswith("."), term.name
    for terms in (vocabulary.classes, vocabulary.properties):
        assert len({term.label_en for term in terms}) == len(terms)


def test_classes_are_aligned_with_other_vocabularies(vocabulary, graph):
    for name, expected in ALIGNED.items():
        above = set(vocabulary.superclasses[ACC[name]])
        assert {graph.namespace_manager.expand_curie(curie) for curie in expected.split()} <= above, name


def test_properties_know_what_they_join(vocabulary):
    terms = {term.name: term for term in vocabulary.properties}
    assert terms["party"].range == (str(ACC.Organisation), str(ACC.Country))
    assert terms["partOf"].domain == terms["partOf"].range == (str(ACC.Organisation),)
    open_ended = {"mentions", "mentionedIn", "abbreviation", "ambiguousName"}
    assert all(term.domain and term.range for term in terms.values() if term.name not in open_ended)


def test_the_ontology_names_its_version_and_licence(graph):
    ontology = graph.value(predicate=RDF.type, object=OWL.Ontology)
    assert graph.value(ontology, OWL.versionIRI) == URIRef("https://w3id.org/accord-kg/ontology/0.1.0")
    assert graph.value(ontology, URIRef("http://purl.org/dc/terms/license"))


def test_bounds_are_four(graph):
    assert set(graph.subjects(RDF.type, ACC.Bound)) == {ACC.exact, ACC.approximate, ACC.atLeast, ACC.atMost}


def test_triples_are_the_same_at_every_call():
    assert list(ontology_triples(FOLDER)) == list(ontology_triples(FOLDER))


def test_the_ontology_is_consistent_and_every_class_can_have_members():
    # The reasoner knows no xsd:gYear: such literals are kept from it.
    since = (a("x"), ACC.start, Literal("2020", datatype=XSD.gYear))
    assert check_consistency(FOLDER, [since]) == Consistency(consistent=True, unsatisfiable=())


@pytest.mark.parametrize(
    "data",
    [
        [(a("x"), RDF.type, ACC.Company), (a("x"), RDF.type, ACC.Person)],
        [(a("x"), ACC.partOf, a("y")), (a("y"), RDF.type, ACC.City)],
        [(a("x"), ACC.bound, ACC.exact), (a("x"), ACC.bound, ACC.atMost)],
    ],
    ids=["two disjoint classes", "a range", "two bounds"],
)
def test_the_reasoner_finds_contradictions(data):
    assert not check_consistency(FOLDER, data).consistent


def test_the_reasoner_finds_classes_that_nothing_can_belong_to():
    data = [
        (a("X"), RDF.type, OWL.Class),
        (a("X"), RDFS.subClassOf, ACC.Person),
        (a("X"), RDFS.subClassOf, ACC.Place),
    ]
    found = check_consistency(FOLDER, data)
    assert found.consistent
    assert found.unsatisfiable == (THING + "X",)


def test_a_missing_or_malformed_ontology_is_named(tmp_path):
    with pytest.raises(OntologyError, match=r"cannot read the ontology .*accord\.ttl"):
        load_vocabulary(tmp_path)
    (tmp_path / "accord.ttl").write_text("acc:Organisation a")
    with pytest.raises(OntologyError, match="is not valid Turtle"):
        check_consistency(tmp_path)


@pytest.mark.parametrize(
    ("stated", "inferred"),
    [
        ((a("x"), RDF.type, ACC.GovernmentBody), (a("x"), RDF.type, ACC.Organisation)),
        ((a("x"), RDF.type, ACC.Convention), (a("x"), RDF.type, ACC.Instrument)),
        ((a("x"), RDF.type, ACC.Decision), (a("x"), RDF.type, SCHEMA.Legislation)),
        ((a("x"), ACC.partOf, a("y")), (a("y"), ACC.hasPart, a("x"))),
        ((a("x"), ACC.partOf, a("y")), (a("x"), URIRef("http://www.w3.org/ns/org#subOrganizationOf"), a("y"))),
        ((a("x"), ACC.holder, a("y")), (a("y"), URIRef("http://www.w3.org/ns/org#hasMembership"), a("x"))),
        ((a("x"), ACC.hasPart, a("y")), (a("y"), ACC.partOf, a("x"))),
        ((a("x"), ACC.conflictsWith, a("y")), (a("y"), ACC.conflictsWith, a("x"))),
        ((a("x"), ACC.abbreviation, Literal("ABC")), (a("x"), SKOS.altLabel, Literal("ABC"))),
    ],
)
def test_infers(vocabulary, stated, inferred):
    found = list(infer(vocabulary, [stated]))
    assert inferred in found
    assert stated not in found
    assert len(found) == len(set(found))


def test_part_of_is_followed_to_the_top_and_not_around_a_circle(vocabulary):
    chain = [(a(str(n)), ACC.partOf, a(str(n + 1))) for n in range(4)]
    found = set(infer(vocabulary, chain))
    assert {(s, o) for s, p, o in found if p == ACC.partOf} == {
        (a("0"), a("2")), (a("0"), a("3")), (a("0"), a("4")), (a("1"), a("3")), (a("1"), a("4")), (a("2"), a("4"))
    }  # fmt: skip
    assert (a("4"), ACC.hasPart, a("0")) in found
    circle = [(a("x"), ACC.partOf, a("y")), (a("y"), ACC.partOf, a("x"))]
    assert not [triple for triple in infer(vocabulary, circle) if triple[1] == ACC.partOf]


def test_nothing_stated_is_inferred(vocabulary):
    stated = [(a("x"), RDF.type, ACC.Law), (a("x"), RDF.type, ACC.Instrument), (a("x"), RDFS.label, Literal("A law"))]
    assert list(infer(vocabulary, stated)) == [(a("x"), RDF.type, SCHEMA.Legislation)]


DATA = """
@prefix acc: <https://w3id.org/accord-kg/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <http://example.org/> .

:union a acc:TradeUnion ; rdfs:label "Union of Weavers"@en ; skos:altLabel "UW" ; acc:partOf :league ; acc:country :fr .
:league a acc:Organisation ; rdfs:label "League of Unions"@en .
:fr a acc:Country ; rdfs:label "France"@en ; acc:isoCode "FR" .
:ara a acc:Province ; rdfs:label "Auvergne-Rhône-Alpes"@en ; acc:isoCode "FR-ARA" ; acc:country :fr .
:ann a acc:Person ; rdfs:label "Ann Weaver"@en .
:chair a acc:Appointment ; acc:holder :ann ; acc:title "Chair" ; acc:organisation :union .
:pact a acc:CooperationAgreement ; rdfs:label "Weavers' pact"@en ; acc:party :union , :fr ; acc:place :ara ;
    acc:signedOn "2021-03"^^xsd:gYearMonth .
:looms a acc:Project ; rdfs:label "New looms"@en ; acc:funder :league ; acc:duration "P2Y"^^xsd:duration ;
    acc:start "2021"^^xsd:gYear ; acc:contributesTo <http://metadata.un.org/sdg/8> .
<http://metadata.un.org/sdg/8> a acc:Goal ; rdfs:label "Decent work"@en .
:day a acc:Workshop ; rdfs:label "Day of the loom"@en ; acc:participant :ann , :union ;
    acc:start "2021-05-01"^^xsd:date .
:count a acc:Statistic ; acc:value 12.0 ; acc:unit "looms" ; acc:bound acc:exact ; acc:about :looms ;
    acc:period "2021/2023" .
:news a acc:Document ; dcterms:identifier "news.txt" ; dcterms:issued "2021-05-02"^^xsd:date ; acc:mentions :ann .
:says a acc:Assertion ; rdf:subject :looms ; rdf:predicate acc:funder ; rdf:object :league ; acc:confidence 0.9 ;
    acc:rule "funded by" ; acc:evidence :words ; prov:wasDerivedFrom :news ; prov:wasGeneratedBy :build .
:words a acc:Evidence ; oa:hasSource :news ; oa:start 0 ; oa:end 5 ; oa:exact "Looms" .
"""


@pytest.fixture(scope="module")
def validate(graph):
    shapes = Graph().parse(FOLDER / "shapes.ttl")

    def run(turtle):
        data = Graph().parse(data=turtle, format="turtle")
        hierarchy = graph.triples((None, RDFS.subClassOf, None))
        for triple in hierarchy:
            data.add(triple)
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
        sh = "http://www.w3.org/ns/shacl#"
        return {str(message) for message in report.objects(predicate=URIRef(sh + "resultMessage"))}

    return run


def test_shapes_accept_good_data(validate):
    assert validate(DATA) == set()


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        (' ; rdfs:label "League of Unions"@en', "", "it has no label"),
        ('rdfs:label "New looms"@en', 'rdfs:label "New looms"@en , "Looms"@en', "it has more than one label"),
        ('"Decent work"@en', '"Decent work"', "the label does not say its language"),
        ("acc:partOf :league", "acc:partOf :fr", "an organisation is part of an organisation"),
        ("acc:holder :ann ; ", "", "an appointment has one holder, a person"),
        (
            "acc:party :union , :fr",
            "acc:party :union , :ann",
            "a party of an agreement is an organisation",
        ),
        ("acc:place :ara", "acc:place :union", "a place is expected"),
        ('"2021-03"^^xsd:gYearMonth', '"March 2021"', "the date of signing is no xsd:date"),
        ('"2021"^^xsd:gYear', "2021", "the start is no xsd:date"),
        ('"P2Y"^^xsd:duration', '"two years"', "the duration of a project is no xsd:duration"),
        (
            "acc:participant :ann , :union",
            "acc:participant :fr",
            "a participant of an event is an organisation",
        ),
        (
            "<http://metadata.un.org/sdg/8> .\n<",
            ":fr .\n<",
            "it contributes to what is no Sustainable",
        ),
        ("acc:value 12.0", "acc:value 12.0 , 13.0", "a statistic has one value"),
        ("acc:value 12.0", "acc:value 12", "a statistic has one value"),
        (' ; acc:unit "looms"', "", "a statistic has one unit"),
        ("acc:exact", "acc:nearly", "a statistic has one bound"),
        ("acc:about :looms", "acc:about :fr", "a statistic is about a project"),
        ('"2021/2023"', '"the twenties"', "the period does not read like 2023"),
        ('acc:isoCode "FR" ', 'acc:isoCode "fra" ', "a country has one ISO 3166-1 alpha-2 code"),
        ('dcterms:identifier "news.txt" ; ', "", "a document has one identifier"),
        ("acc:confidence 0.9", "acc:confidence 1.1", "an assertion has one confidence"),
        ("acc:evidence :words ; ", "", "an assertion has evidence"),
        ("rdf:object :league ; ", "", "an assertion has one object"),
        ("oa:end 5", "oa:end 0", "evidence starts at one character, before it ends"),
        ('oa:exact "Looms"', 'oa:exact ""', "evidence quotes the words"),
    ],
)
def test_shapes_refuse(validate, good, bad, message):
    assert good in DATA
    found = validate(DATA.replace(good, bad, 1))
    assert len(found) == 1
    assert found.pop().startswith(message)
