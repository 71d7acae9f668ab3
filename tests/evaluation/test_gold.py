"""The gold files themselves: well formed, and about the document that stands beside them."""

import re
from pathlib import Path

import pytest

from ingest import readers
from ingest.model import Document
from kg.evaluation.sameness import normalise
from kg.evaluation.statements import CLASSES
from tests.evaluation.gold_graph import LINKS, read_gold

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "ingest" / "samples"


def document_of(gold: Path) -> Path:
    """The document beside a gold file."""
    return next(path for path in gold.parent.glob(f"{gold.stem}.*") if path != gold)


DOCUMENTS = [
    *((path, SAMPLES / f"{path.stem}.txt") for path in sorted((HERE / "gold").glob("*.json"))),
    *((path, document_of(path)) for path in sorted((HERE / "blind").glob("*.json"))),
]
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
DURATION = re.compile(r"P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?")
KINDS = ("organisations", "instruments", "events")


@pytest.fixture(params=DOCUMENTS, ids=lambda pair: pair[0].stem)
def pair(request):
    gold, path = request.param
    text = readers.read(Document(path.name, path, path.read_bytes()))
    return read_gold(gold), normalise(text)


def test_every_sample_has_a_gold_file_and_every_gold_file_a_text():
    assert all(text.is_file() for _, text in DOCUMENTS)
    assert {path.name for path in SAMPLES.glob("*.txt")} == {
        text.name for _, text in DOCUMENTS if text.parent == SAMPLES
    }


def test_kinds_dates_and_references(pair):
    gold, _ = pair
    ids = {entry["id"] for category in CLASSES for entry in gold[category] if "id" in entry}
    assert len(ids) == sum(len(gold[category]) for category in CLASSES if category != "statistics")
    for category in CLASSES:
        for entry in gold[category]:
            assert category not in KINDS or entry["kind"] in CLASSES[category], entry
            assert all(DATE.fullmatch(entry[key]) for key in ("start", "end", "date") if entry.get(key)), entry
            assert not entry.get("duration") or DURATION.fullmatch(entry["duration"]), entry
            targets = [entry.get(key) or [] for key in LINKS.get(category, {})]
            named = [t for target in targets for t in ([target] if isinstance(target, str) else target)]
            named += [role["organisation"] for role in entry.get("roles", []) if role["organisation"]]
            assert set(named) <= ids, entry


def test_organisations_and_persons_are_named_in_the_text(pair):
    gold, text = pair
    for entry in [*gold["organisations"], *gold["persons"]]:
        for name in [entry["name"], *entry["aliases"]]:
            assert normalise(name) in text, name


def test_titles_and_identifiers_stand_in_the_text(pair):
    gold, text = pair
    title = gold["document"]["title"]
    assert title is None or normalise(title) in text
    for entry in gold["instruments"]:
        assert not entry["identifier"] or normalise(entry["identifier"]) in text, entry


def test_statistics_are_numbers_with_a_unit(pair):
    gold, _ = pair
    for entry in gold["statistics"]:
        assert isinstance(entry["value"], int | float) and entry["unit"], entry
        assert entry["bound"] in ("exact", "approximate", "at_least", "at_most"), entry
