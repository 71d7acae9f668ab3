import re
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg.errors import OntologyError
from kg.namespaces import ACC, DEFAULT_BASE, SDG
from kg.ontology import check_consistency, load_vocabulary
from kg.places import fold, plain, slug
from kg.reference import describe, load_reference

FOLDER = Path(__file__).parents[2] / "ontology"


@pytest.fixture(scope="module")
def reference():
    return load_reference(FOLDER)


@pytest.fixture(scope="module")
def places(reference):
    return {place.iri.removeprefix(f"{DEFAULT_BASE}place/"): place for place in reference.places}


@pytest.fixture(scope="module")
def organisations(reference):
    return {body.iri.removeprefix(f"{DEFAULT_BASE}organisation/"): body for body in reference.organisations}


def test_there_is_enough_of_everything(reference):
    assert len(reference.organisations) >= 150
    assert len([place for place in reference.places if place.type == "Country"]) == 250  # ISO 3166-1 and Kosovo
    assert 40 <= len(reference.topics) <= 60
    assert [goal.iri for goal in reference.goals] == [str(SDG[str(number)]) for number in range(1, 18)]


def test_everything_has_an_iri_of_its_own_and_a_class_of_the_ontology(reference):
    entities = [*reference.organisations, *reference.places, *reference.topics, *reference.goals]
    assert len({entity.iri for entity in entities}) == len(entities)
    assert {entity.type for entity in entities} <= {term.name for term in load_vocabulary(FOLDER).classes}


def test_parents_and_countries_exist(reference):
    entities = [*reference.organisations, *reference.places, *reference.topics, *reference.goals]
    known = {entity.iri for entity in entities}
    codes = {place.code for place in reference.places if place.type == "Country"}
    assert {entity.parent for entity in entities if entity.parent} <= known
    assert {entity.country for entity in entities if entity.country} <= codes


def test_what_the_files_point_at_exists(reference):
    known = {entity.iri for kind in (reference.organisations, reference.places, reference.topics) for entity in kind}
    for name in ("organisations.ttl", "places.ttl", "topics.ttl"):
        graph = Graph().parse(FOLDER / "reference" / name)
        for predicate in (ACC.partOf, ACC.country, ACC.succeededBy, SKOS.broader):
            assert {str(value) for value in graph.objects(predicate=predicate)} <= known
        corrected = {str(subject) for subject in graph.subjects() if "/id/scheme/" not in str(subject)}
        assert corrected <= known


def test_a_name_leads_to_one_organisation_of_a_country(reference):
    meant = defaultdict(set)
    for body in reference.organisations:
        for name in (body.label, *body.names, *body.abbreviations):
            meant[body.country, fold(name).replace("labor", "labour")].add(body.iri)
    assert {name: bodies for name, bodies in meant.items() if len(bodies) > 1} == {}


def test_a_name_that_several_countries_use_always_comes_with_one(reference):
    countries = defaultdict(set)
    for body in reference.organisations:
        for name in (body.label, *body.names):
            countries[fold(name)].add(body.country)
    assert [name for name, found in countries.items() if len(found) > 1 and None in found] == []


def test_generic_ministries_carry_their_country(reference):
    ministries = [body for body in reference.organisations if re.match("(Ministry|Department) of", body.label)]
    assert len(ministries) > 80
    assert all(body.country for body in ministries)


def test_organisations_end_after_they_start_and_have_successors(reference):
    for body in reference.organisations:
        assert not (body.start and body.end) or body.start < body.end, body.iri


@pytest.mark.parametrize(
    ("name", "label", "kind", "abbreviation", "country", "parent"),
    [
        ("ministry-of-labour-invalids-and-social-affairs", "Ministry of Labour, Invalids and Social Affairs",
         "GovernmentBody", "MOLISA", "VN", "government-of-viet-nam"),
        ("directorate-of-vocational-education-and-training", "Directorate of Vocational Education and Training",
         "GovernmentBody", "DVET", "VN", "ministry-of-labour-invalids-and-social-affairs"),
        ("ministry-of-education-and-sports-la", "Ministry of Education and Sports", "GovernmentBody", "MoES", "LA",
         None),
        ("international-labour-organization", "International Labour Organization", "IntergovernmentalOrganisation",
         "ILO", None, "united-nations"),
        ("viet-nam-general-confederation-of-labour", "Viet Nam General Confederation of Labour", "TradeUnion", "VGCL",
         "VN", None),
        ("deutsche-gesellschaft-fur-internationale-zusammenarbeit",
         "Deutsche Gesellschaft für Internationale Zusammenarbeit", "GovernmentBody", "GIZ", "DE", None),
    ],
)  # fmt: skip
def test_organisations(organisations, name, label, kind, abbreviation, country, parent):
    body = organisations[name]
    assert (body.label, body.type, body.country) == (label, kind, country)
    assert abbreviation in body.abbreviations
    assert body.parent == (f"{DEFAULT_BASE}organisation/{parent}" if parent else None)


def test_viet_nam_has_63_provinces_and_34_that_go_on(reference):
    provinces = [place for place in reference.places if place.country == "VN" and place.type == "Province"]
    assert len(provinces) == 63
    assert len([place for place in provinces if place.end is None]) == 34
    assert {place.end for place in provinces} == {None, "2025-06-30"}
    graph = Graph().parse(FOLDER / "reference" / "places.ttl")
    going_on = {place.iri for place in provinces if place.end is None}
    for province in provinces:
        successors = {str(value) for value in graph.objects(URIRef(province.iri), ACC.succeededBy)}
        assert len(successors) == (1 if province.end else 0)
        assert successors <= going_on


@pytest.mark.parametrize(
    ("name", "code", "label", "other"),
    [
        ("vn-13", "VN-13", "Quang Ninh", "Quảng Ninh"),
        ("vn-69", "VN-69", "Thai Nguyen", "Thái Nguyên"),
        ("vn-27", "VN-27", "Quang Nam", "Quảng Nam"),
        ("vn-39", "VN-39", "Dong Nai", "Đồng Nai"),
        ("vn-57", "VN-57", "Binh Duong", "Bình Dương"),
        ("vn-33", "VN-33", "Dak Lak", "Đắk Lắk"),
        ("vn-hn", "VN-HN", "Ha Noi", "Hanoi"),
        ("vn-sg", "VN-SG", "Ho Chi Minh City", "Saigon"),
        ("vn", "VN", "Viet Nam", "Vietnam"),
        ("la", "LA", "Laos", "Lao PDR"),
        ("kr", "KR", "South Korea", "Republic of Korea"),
        ("de-by", "DE-BY", "Bavaria", "Bayern"),
        ("ae-az", "AE-AZ", "Abu Dhabi", "Abu Zaby"),
        ("th-10", "TH-10", "Bangkok", "Krung Thep Maha Nakhon"),
        ("vn-da-lat", None, "Da Lat", "Dalat"),
    ],
)
def test_places(places, name, code, label, other):
    assert (places[name].code, places[name].label) == (code, label)
    assert other in places[name].names


def test_most_countries_have_a_demonym(places):
    assert places["la"].demonyms == ("Lao", "Laotian")
    assert places["gh"].demonyms == ("Ghanaian",)
    assert len([place for place in places.values() if place.demonyms]) >= 195


def test_everyday_words_are_no_places(places):
    central = [place for place in places.values() if fold(place.label) == "central region"]
    assert {place.country for place in central} >= {"GH", "UG"}
    avoided = {"central", "western", "reading", "nice", "mobile", "of", "georgian", "korean"}
    named = {fold(name) for place in places.values() for name in (place.label, *place.names)}
    assert named.isdisjoint(avoided)


def test_a_country_is_not_its_own_subdivision(places):
    assert "cn-hk" not in places
    assert [place.iri for place in places.values() if place.label == "Singapore"] == [f"{DEFAULT_BASE}place/sg"]


def test_topics_have_a_name_in_vietnamese(reference):
    child_labour = next(topic for topic in reference.topics if topic.label == "Child labour")
    assert child_labour.iri == f"{DEFAULT_BASE}topic/child-labour"
    assert "Lao động trẻ em" in child_labour.names


def test_the_base_address_is_a_setting():
    base = "https://data.example.org/id/"
    reference = load_reference(FOLDER / "reference", base)
    entities = [*reference.organisations, *reference.places, *reference.topics]
    assert all(entity.iri.startswith(base) and (entity.parent or base).startswith(base) for entity in entities)
    assert {body.country for body in reference.organisations if body.country} >= {"VN", "DE"}


def test_describe_follows_parents_countries_and_successors():
    thing = f"{DEFAULT_BASE}organisation/general-department-of-vocational-training"
    triples = list(describe(FOLDER, [thing, "http://example.org/unknown"]))
    labels = {str(s).rpartition("/")[2]: o for s, p, o in triples if p == RDFS.label}
    assert labels["directorate-of-vocational-education-and-training"] == Literal(
        "Directorate of Vocational Education and Training", lang="en"
    )
    assert {"vn", "ministry-of-education-and-training-vn", "government-of-viet-nam"} <= set(labels)
    assert len(labels) == len([triple for triple in triples if triple[1] == RDFS.label])
    assert (URIRef(thing), SKOS.altLabel, Literal("GDVT")) in triples
    assert triples == list(describe(FOLDER, [thing]))


def test_describe_tells_a_city_that_is_a_province():
    capital = URIRef(f"{DEFAULT_BASE}place/vn-hn")
    triples = set(describe(FOLDER, [str(capital)]))
    assert {(capital, RDF.type, ACC.Province), (capital, RDF.type, ACC.City)} <= triples
    assert (capital, ACC.isoCode, Literal("VN-HN")) in triples


def test_the_reference_data_fits_the_ontology(reference):
    national = [entity for entity in (*reference.organisations, *reference.places) if entity.country == "VN"]
    iris = [entity.iri for entity in (*national, *reference.organisations[:20], *reference.topics, *reference.goals)]
    assert check_consistency(FOLDER, describe(FOLDER, iris)).consistent


def test_missing_and_malformed_files_are_named(tmp_path):
    with pytest.raises(OntologyError, match=r"cannot read the reference data .*organisations\.ttl"):
        load_reference(tmp_path)
    (tmp_path / "organisations.ttl").write_text("this is no Turtle")
    with pytest.raises(OntologyError, match="is not valid Turtle"):
        load_reference(tmp_path)


@pytest.mark.parametrize(
    ("name", "bare", "folded", "part"),
    [
        ("Đắk Lắk", "Dak Lak", "dak lak", "dak-lak"),
        ("Côte d'Ivoire", "Cote d'Ivoire", "cote d'ivoire", "cote-divoire"),
        ("Labour & Skills", "Labour & Skills", "labour & skills", "labour-and-skills"),
    ],
)
def test_spellings(name, bare, folded, part):
    assert (plain(name), fold(name), slug(name)) == (bare, folded, part)
