"""Short texts, read: what they state in words."""

from __future__ import annotations

from functools import cache

from ingest.extractors.cast import Cast
from ingest.model import Value
from ingest.pipeline import Reading
from kg.reference import load_reference
from kg.resources import ontology_folder


@cache
def reading() -> Reading:
    """The builder, loaded once."""
    return Reading(load_reference(ontology_folder() / "reference"))


def cast_of(text: str) -> Cast:
    """What a text states, as the extractors leave it."""
    return reading().take_apart("text.txt", text)[2]


def facts(text: str, *predicates: str) -> set[tuple[str, str, str]]:
    """The facts of a text: best names instead of keys, IRIs by their last part."""
    cast = cast_of(text)

    def shown(key: str | Value) -> str:
        if isinstance(key, Value):
            return key.lexical
        return next(iter(cast.members[key].names)) if key in cast.members else key.rsplit("/", 1)[-1]

    return {
        (shown(f.subject), f.predicate, shown(f.object))
        for f in cast.facts.values()
        if not predicates or f.predicate in predicates
    }
