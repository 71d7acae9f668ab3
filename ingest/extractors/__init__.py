"""One kind of thing a file; `extract` runs them in the order in which they build on one another."""

from __future__ import annotations

from ingest.annotators.analysis import Analysis
from ingest.annotators.names import Names
from ingest.extractors import (
    documents,
    encounters,
    events,
    instruments,
    organisations,
    persons,
    projects,
    statistics,
)
from ingest.extractors.cast import Cast


def extract(analysis: Analysis, names: Names) -> Cast:
    """What a text states: its entities and the facts about them."""
    cast = Cast(analysis)
    organisations.extract(cast, names)
    persons.extract(cast, names)
    projects.extract(cast, names)
    events.extract(cast, names)
    instruments.extract(cast, names)
    encounters.extract(cast)
    statistics.extract(cast)
    documents.extract(cast)
    cast.rejected += names.rejected
    return cast
