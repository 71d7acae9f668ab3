"""The lists of `relations.toml` are told apart by their names alone, whatever table they stand in."""

import tomllib
from collections import Counter
from importlib import resources

from ingest.lexicon.relations import load_relations


def test_no_list_hides_another():
    tables = tomllib.loads((resources.files("ingest.lexicon") / "relations.toml").read_text("utf-8")).values()
    counts = Counter(name for table in tables for name in table)
    assert [name for name, count in counts.items() if count > 1] == []
    assert load_relations().phrases.keys() == counts.keys()
