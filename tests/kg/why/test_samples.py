"""Reasons and pictures on a release that the build made of two of the samples."""

import shutil

import pytest
from click.testing import CliRunner
from lxml import etree

from ingest.pipeline import SAMPLES
from kg.charts import Painter, picture
from kg.cli import main
from kg.engine import Engine
from kg.release import current_release
from kg.resources import queries_folder
from kg.saved import View, bind, load_saved
from kg.why import Origin, why


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    documents, data = tmp_path_factory.mktemp("documents"), tmp_path_factory.mktemp("built") / "data"
    for name in ("viet-nam-laos-training.txt", "training-cooperation-brief.txt"):
        shutil.copy(SAMPLES / name, documents)
    result = CliRunner().invoke(main, ["build", str(documents), "--data", str(data)])
    assert result.exit_code == 0, result.output
    return current_release(data)


@pytest.fixture(scope="module")
def engine(release):
    with Engine(release.store, workers=1, time_limit=30) as engine:
        yield engine


@pytest.mark.parametrize("name", sorted(load_saved(queries_folder())))
def test_rows_of_saved_queries_rest_on_words_that_stand_in_the_documents(engine, release, name):
    text = bind(load_saved(queries_folder())[name], {})
    for row in range(1, len(engine.select(text, limit=2).rows) + 1):
        found = why(engine, text, row)
        assert found.facts
        quoted = [one for fact in found.facts for each in (fact, *fact.because) for one in each.evidence]
        assert quoted or all(fact.origin != Origin.STATED for fact in found.facts)
        for one in quoted:
            assert release.text(one.document)[one.start : one.end] == one.exact


def test_reference_data_and_the_ontology_are_named_as_such(engine):
    part = why(
        engine,
        "SELECT ?a ?b { ?a acc:partOf ?b GRAPH ?g { ?a acc:partOf ?b } FILTER(STRENDS(STR(?g), 'reference')) }",
        1,
    )
    assert {fact.origin for fact in part.facts} == {Origin.REFERENCE}
    above = why(engine, "SELECT ?c { acc:CooperationAgreement rdfs:subClassOf ?c }", 1)
    assert {fact.origin for fact in above.facts} == {Origin.ONTOLOGY}


def test_pictures_of_saved_queries(engine):
    saved = load_saved(queries_folder())
    with Painter(time_limit=30) as painter:
        for name, kind in (
            ("agreements", "table"),
            ("parties-by-year", "bar"),
            ("organisations-in-several-documents", "bar"),
        ):
            answer = engine.select(bind(saved[name], {}))
            svg = painter.svg(picture(answer, View(kind), title=saved[name].title, source="release 1"))
            assert saved[name].title in set(etree.fromstring(svg).itertext())
