import pytest

from kg.engine import Engine, Term
from kg.errors import InputError, QueryError
from kg.namespaces import ACC, PREFIXES
from kg.resources import queries_folder
from kg.saved import bind, load_saved
from kg.why import Origin, why
from kg.why.blocks import block_of
from tests.kg.served import ACCORD, EXAMPLE, OFFICE, PLAN, PROJECT, SCHOOL, VISIT, make_release

LABEL = PREFIXES["rdfs"] + "label"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    release = make_release(tmp_path_factory.mktemp("why") / "data", EXAMPLE)
    with Engine(release.store, workers=1, time_limit=20) as engine:
        yield engine


def triples(found, origin=None):
    return {
        (fact.subject.value, fact.predicate.value, fact.value.value)
        for fact in found.facts
        if origin is None or fact.origin == origin
    }


def party(value):
    return (str(ACCORD), str(ACC.party), str(value))


def test_a_row_rests_on_what_a_document_states(engine):
    found = why(engine, "SELECT ?a ?p { ?a acc:party ?p } ORDER BY ?p", 2)
    assert triples(found) == {party(OFFICE)}
    (fact,) = found.facts
    assert fact.origin == Origin.STATED
    (evidence,) = fact.evidence
    assert evidence.document == VISIT
    assert evidence.exact == "The Skills Office (SO) and the Bờ Hồ Boat School signed the Lake Accord"
    assert (evidence.rule, evidence.confidence, evidence.end - evidence.start) == (
        "by-hand",
        "0.9",
        len(evidence.exact),
    )
    assert found.behind is None


def test_each_row_has_its_own_facts(engine):
    query = "SELECT ?p { ?a acc:party ?p } ORDER BY ?p"
    assert [triples(why(engine, query, row)) for row in (1, 2)] == [{party(SCHOOL)}, {party(OFFICE)}]


PARTY, SIGNED = (str(ACCORD), str(ACC.party)), (str(ACCORD), str(ACC.signedOn))
NAME, PART = (str(SCHOOL), LABEL), (str(SCHOOL), str(ACC.partOf))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("?a acc:party/rdfs:label ?x", {PARTY, NAME}),
        ("?x ^acc:party ?a", {PARTY}),
        ("?a acc:issuer|acc:party ?x", {PARTY}),
        ("?a (acc:issuer|acc:party)/^acc:partOf? ?x", {PARTY}),
        ("?a acc:party/acc:partOf+ ?x", {PARTY, PART}),
        ("?a acc:party ?b . ?b acc:partOf* ?x FILTER(?x != ?b)", {PARTY, PART}),
        (f"?a !(rdf:type|rdfs:label|acc:place|acc:signedOn) ?x FILTER(?x = <{SCHOOL}>)", {PARTY}),
        ("[] acc:party [ rdfs:label ?x ]", {PARTY, NAME}),
        ("?a ?p ?x FILTER(?p = acc:party)", {PARTY}),
        ("{ ?a acc:funder ?x } UNION { ?a acc:party ?x }", {PARTY}),
        ("?a acc:party ?x OPTIONAL { ?a acc:issuedOn ?no } OPTIONAL { ?a acc:signedOn ?d }", {PARTY, SIGNED}),
        ("{ SELECT ?a (MIN(?party) AS ?x) { ?a acc:party ?party } GROUP BY ?a }", {PARTY}),
        ("?a acc:party ?x MINUS { ?a acc:funder ?x } FILTER EXISTS { ?a acc:signedOn ?d }", {PARTY}),
    ],
)
def test_all_that_a_pattern_can_be(engine, pattern, expected):
    found = why(engine, f"SELECT ?x {{ VALUES ?a {{ <{ACCORD}> }} {pattern} }} ORDER BY ?x", 1)
    named = {(subject, predicate) for subject, predicate, _ in triples(found)}
    assert expected <= named
    assert all(subject in {str(ACCORD), str(SCHOOL), str(OFFICE)} for subject, _ in named)


def test_a_row_that_counts_shows_the_rows_behind_it(engine):
    found = why(engine, "SELECT ?a (COUNT(?p) AS ?parties) { ?a acc:party ?p } GROUP BY ?a", 1)
    assert triples(found) == {party(OFFICE), party(SCHOOL)}
    assert len(found.behind.rows) == 2
    assert found.behind.complete


def test_what_is_cut_is_said(engine):
    found = why(engine, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", 1)
    assert not found.behind.complete
    assert "Only the first 30 of the solutions behind it are looked at." in found.notes


def test_only_the_solutions_of_the_row_count(engine):
    query = "SELECT ?year (COUNT(?a) AS ?n) { ?a acc:signedOn ?d BIND(SUBSTR(STR(?d), 1, 4) AS ?year) } GROUP BY ?year"
    found = why(engine, query, 1)
    assert triples(found) == {(str(ACCORD), str(ACC.signedOn), "2031-05-12")}


def test_inferred_facts_say_what_they_follow_from(engine):
    found = why(engine, f"SELECT ?part {{ <{OFFICE}> acc:hasPart ?part }}", 1)
    (fact,) = found.facts
    assert fact.origin == Origin.INFERRED
    assert [(one.predicate.value, one.origin) for one in fact.because] == [(str(ACC.partOf), Origin.STATED)]
    assert fact.because[0].evidence[0].exact == "Boat School"
    typed = why(engine, f"SELECT ?t {{ <{ACCORD}> a ?t FILTER(?t = acc:Agreement) }}", 1).facts[0]
    assert typed.origin == Origin.INFERRED
    assert typed.because[0].value.value == str(ACC.CooperationAgreement)


def test_records_show_the_words_that_they_keep(engine):
    found = why(engine, "SELECT ?words { ?e oa:exact ?words FILTER(?words = 'decent work for all') }", 1)
    (fact,) = found.facts
    assert fact.origin == Origin.RECORD
    assert fact.evidence[0].document == PLAN


def test_a_row_without_a_value_is_found_too(engine):
    query = f"SELECT ?x ?d {{ VALUES ?x {{ <{PROJECT}> }} ?x acc:funder ?f OPTIONAL {{ ?x acc:signedOn ?d }} }}"
    found = why(engine, query, 1)
    assert {predicate for _, predicate, _ in triples(found)} == {str(ACC.funder)}


def test_every_saved_query_can_be_explained(engine):
    for query in load_saved(queries_folder()).values():
        text = bind(query, {})
        rows = len(engine.select(text, limit=3).rows)
        for row in range(1, rows + 1):
            found = why(engine, text, row)
            assert found.facts, query.name
            assert any(fact.evidence or fact.because for fact in found.facts), query.name


def test_a_value_cannot_change_the_question(engine):
    name = 'The "Office" <script>alert(1)</script>'
    found = why(engine, "SELECT ?n { ?o skos:altLabel ?n FILTER(CONTAINS(?n, 'script')) }", 1)
    assert found.row[0].value == name
    assert {value for _, _, value in triples(found)} == {name}


def test_rows_that_rest_on_nothing_or_have_no_names(engine):
    assert "rests on no facts" in why(engine, "SELECT (1 + 1 AS ?two) { }", 1).notes[0]
    assert "not found again" in why(engine, "SELECT (STRUUID() AS ?new) { ?a acc:party ?p }", 1).notes[0]
    assert "has no name of its own" in why(engine, "SELECT (BNODE() AS ?b) { ?a acc:party ?p }", 1).notes[0]


@pytest.mark.parametrize(
    ("query", "row", "error"),
    [
        ("ASK { ?s ?p ?o }", 1, QueryError),
        ("CONSTRUCT WHERE { ?s ?p ?o }", 1, QueryError),
        ("", 1, QueryError),
        ("SELECT ?s { ?s ?p ?o", 1, QueryError),
        ("SELECT * { ?a acc:party ?p }", 3, InputError),
        ("SELECT * { ?a acc:party ?p }", 0, InputError),
        ("SELECT * { ?a acc:party ?p }", 10**7, InputError),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }", 1, QueryError),
    ],
)
def test_what_cannot_be_explained(engine, query, row, error):
    with pytest.raises(error):
        why(engine, query, row)


def test_a_query_is_taken_apart_by_its_text():
    query = """PREFIX x: <http://x/> SELECT DISTINCT ?a (STR(?b) AS ?c) (COUNT(?d) AS ?n) WHERE {
      ?a x:p ?b . { SELECT ?b WHERE { ?b x:q "}" } LIMIT 3 } OPTIONAL { ?a x:r ?d }
    } GROUP BY ?a (YEAR(?b) AS ?y) ORDER BY ?n"""
    block = block_of(query)
    assert block.plain == {"a"}
    assert block.made == (("y", "YEAR(?b)"), ("c", "STR(?b)"))
    assert block.grouped
    assert [inner.plain for inner in block.inner] == [{"b"}]
    assert "SELECT" not in block.own
    assert not block.inner[0].grouped
    assert '"}"' in block.inner[0].pattern
    text = block.solutions_query({"a": Term("iri", "http://x/1")}, ["c"], frozenset({"a"}), 5)
    assert text.count("VALUES (?a) { (<http://x/1>) }") == 2
