"""One kind of annotation a file; `analyse` runs those that need nothing but the text and the reference data."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.annotators import dates, gazetteer, quantities, sentences, structure, tokens
from ingest.annotators.analysis import Analysis, Sentence
from ingest.annotators.english import English
from ingest.annotators.gazetteer import Gazetteer
from ingest.annotators.structure import Layout
from ingest.lexicon import Lexicon
from ingest.model import Annotation, Span, Text


def analyse(document: str, content: str, english: English, lexicon: Lexicon, known_names: Gazetteer) -> Analysis:
    """The text with its layout, sentences, dates, quantities, known names and places."""
    words = tokens.tokenize(content)
    starts = [t.start for t in words]
    looks = dates.matches(content)
    dated = dates.annotate(content, looks=looks)
    layout = structure.layout(content, dated)
    issued = layout.issued
    since = structure.dateline_of(content, layout, dated) or (issued.value.start if issued else None)
    since = since or structure.year_of_title(layout, dated)
    if since:
        # When the text was issued tells the year of days without one, which tell more of the layout.
        dated = dates.annotate(content, since, looks)
        layout = structure.layout(content, dated)
        day = structure.dateline_of(content, layout, dated)
        if day and day != since and day[:4] == since[:4]:
            # "Lima, 3 May": the day from which the report counts, once its year is known.
            dated = dates.annotate(content, day, looks)
    known, known_places = known_names.annotate(content)
    context = gazetteer.countries([*known, *known_places])
    countries = [country for country, _ in context.most_common()]
    refused: list[Annotation] = []
    return Analysis(
        text=_text(document, content, layout, issued),
        tokens=words,
        layout=layout,
        sentences=_sentences(content, layout, starts),
        dates=dated,
        quantities=quantities.annotate(content, words, dated, english, countries, refused),
        known=known,
        known_places=known_places,
        places=_places(known_places, context),
        context=context,
        english=english,
        lexicon=lexicon,
        gazetteer=known_names,
        no_quantities=refused,
    )


def _text(document: str, content: str, layout: Layout, issued: Annotation | None) -> Text:
    when = issued.value.start if issued else None
    return Text(document, content, layout.title, issued.span if issued else None, when, layout.publisher)


def _sentences(content: str, layout: Layout, starts: Sequence[int]) -> list[Sentence]:
    """The sentences of all lines; `starts` are the offsets of the tokens."""

    def sentence(span: Span, line: structure.Line) -> Sentence:
        return Sentence(span, line, bisect_left(starts, span.start), bisect_left(starts, span.end))

    labels = [field.label.start for field in layout.fields]

    def parts(line: Span) -> list[Span]:
        """A line; of one with several fields ("Country: X Start: 2020") each for itself."""
        first = bisect_right(labels, line.start)
        cuts = [line.start, *labels[first : bisect_left(labels, line.end)], line.end]
        return [Span(start, start + len(content[start:end].rstrip())) for start, end in pairwise(cuts)]

    return [
        sentence(span, line)
        for line in layout.lines
        for part in parts(line.span)
        for span in sentences.split(content, part)
    ]


def _places(known_places: Sequence[Annotation], context: Counter[str]) -> list[Annotation]:
    """The places that names mean, given the countries that the text names."""
    chosen = [(a.span, gazetteer.choose_place(a, context)) for a in known_places]
    return [Annotation(span, "place", place, "gazetteer") for span, place in chosen if place is not None]
