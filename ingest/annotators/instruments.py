"""Names of instruments: numbered decisions and laws, conventions, trade agreements, signed agreements, titled plans."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.annotators.agreements import agreements_in
from ingest.annotators.analysis import Analysis
from ingest.annotators.coverage import Coverage
from ingest.annotators.instrument_forms import forms_in
from ingest.annotators.numbered_instruments import numbered
from ingest.annotators.titled_instruments import titled_in
from ingest.model import Annotation


def annotate(analysis: Analysis) -> list[Annotation]:
    """The instruments of a text in order: annotations of kind `instrument` with the class.

    Features: of numbered ones `identifier`, of conventions also `year` and `name`, of agreements `signed`. What an
    earlier rule found is not found again by a later one.
    """
    taken = Coverage(len(analysis.text.content))
    found = []
    for candidate in _candidates(analysis):
        if candidate.features.get("inside") or not taken.meets(candidate.span.start, candidate.span.end):
            taken.take(candidate.span)
            found.append(candidate)
    return sorted(found, key=lambda a: a.span)


def _candidates(analysis: Analysis) -> Iterator[Annotation]:
    yield from numbered(analysis.text.content)
    for sentence in analysis.sentences:
        if sentence.line.kind != "boilerplate":
            yield from forms_in(analysis, sentence)
            yield from titled_in(analysis, sentence)
            yield from agreements_in(analysis, sentence)
