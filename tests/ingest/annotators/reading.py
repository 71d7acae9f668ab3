"""A reader for the tests of annotators: the reference data, the word lists and the model are loaded once."""

from functools import cache
from pathlib import Path

from ingest.annotators import names
from ingest.annotators.analysis import Analysis
from ingest.annotators.name_words import NameWords
from ingest.annotators.names import Names
from ingest.model import Annotation, Span
from ingest.pipeline import Reading
from kg.reference import load_reference


@cache
def reading() -> Reading:
    return Reading(load_reference(Path("ontology/reference")))


def analyse(content: str) -> Analysis:
    return reading().analysis("test.txt", content)


def name_words(content: str) -> NameWords:
    return NameWords(analyse(content))


def names_of(content: str, *labels: tuple[str, str]) -> Names:
    """The names of a text, with the labels that the recogniser is made to give to some words of it."""

    def recogniser(text: str, spans: list[Span]) -> list[tuple[Span, str]]:
        return [(Span(text.index(words), text.index(words) + len(words)), label) for words, label in labels]

    return names.annotate(analyse(content), recogniser)


def words(content: str, annotations: list[Annotation]) -> list[str]:
    return [content[a.span.start : a.span.end] for a in annotations]
