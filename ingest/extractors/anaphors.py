"""Words that point back to what was named before: "the college", "this project", "the agreement"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.annotators.gazetteer import fold
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.order import InOrder
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

BODY = re.compile(
    rf"\b(?:[Tt]he|[Tt]his)\s+(?:[Vv]ietnamese |[Jj]apanese )?({any_of('body_nouns')})\b(?!\s+(?:of|for|on)\b|\s+[A-Z])"
)
PROJECT = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Ii]ts|[Uu]nder the)\s+(?:[a-z]+-?[a-z]*\s+){0,2}?"
    rf"({any_of('undertaking')}|pilot|collaboration)\b(?!\s+(?:of|on|for|to)\s+[A-Z])"
)
INSTRUMENT = re.compile(
    rf"\b(?:[Tt]his|[Tt]he|[Uu]nder the|[Tt]heir)\s+(?:new\s+|current\s+|said\s+)?({any_of('instrument_nouns')})"
    r"\b(?!\s+(?:of|on|for|between|with))"
)
SAME_HEAD = {"firm": "company", "corporation": "company", "organization": "organisation", "centre": "center"}
"""Nouns that are taken for one another."""


def organisations(cast: Cast, annotations: Sequence[Annotation]) -> None:
    """ "the college", "the Ministry": the last organisation named whose name or kind has that head."""
    heads = _heads(cast, annotations)
    mentions = cast.ordered("organisation")
    by_head: dict[str, InOrder[Mention]] = defaultdict(InOrder)
    for m in mentions.things:
        for head in heads[m.key]:
            by_head[head].add(m)
    for match in BODY.finditer(cast.content):
        if mentions.covering(match.start(1)):
            continue
        word = match[1].lower().split()[-1]
        last = by_head[SAME_HEAD.get(word, word)].last(match.start())
        if last:
            cast.point_back(last.key, "organisation", Span(*match.span(1)), Span(*match.span()))


def _heads(cast: Cast, annotations: Sequence[Annotation]) -> Mapping[str, set[str]]:
    """The nouns that each organisation may go by."""
    by_span = {m.span: str(m.features.get("head", "")).lower() for m in annotations}
    heads: dict[str, set[str]] = defaultdict(set)
    for m in cast.of_kind("organisation"):
        heads[m.key].add(by_span.get(m.span, ""))
    for key, words in heads.items():
        member = cast.members[key]
        entity = cast.a.gazetteer.by_iri.get(member.reference or "")
        for name in [*member.names, *([entity.label] if entity is not None else [])]:
            words.update(fold(name).split())
        if member.type == "Company":
            words.add("company")
    return {key: {SAME_HEAD.get(word, word) for word in words} for key, words in heads.items()}


def projects(cast: Cast) -> None:
    """ "the project", "the programme": the last one named, or the only one of the text."""
    mentions = cast.ordered("project")
    only = mentions.things[0] if len({m.key for m in mentions.things}) == 1 else None
    for match in PROJECT.finditer(cast.content):
        at = match.start(1)
        if mentions.covering(at) or any(m.span.end == at for m in mentions.covering(at - 1)):
            continue
        last = mentions.last(match.start()) or only
        if last:
            cast.point_back(last.key, "project", Span(*match.span(1)), Span(*match.span()))


def instruments(cast: Cast) -> None:
    """ "This agreement ...", "the memorandum": the last instrument named."""
    for match in INSTRUMENT.finditer(cast.content):
        last = cast.last("instrument", match.start())
        if last and cast.a.sentence_at(match.start()):
            cast.point_back(last.key, "instrument", Span(*match.span(1)), Span(*match.span()))
