"""Words that point back to what was named before: "the college", "this project", "the agreement"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.annotators.gazetteer import fold
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.countries import side_of
from ingest.extractors.order import InOrder
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

BODY = re.compile(
    rf"\b(?P<whole>(?:[Tt]he|[Tt]his|his|her)\s+(?:[A-Z][a-z]+ese )?(?P<noun>{any_of('body_nouns')}))\b"
    r"(?!\s+(?:of|for|on)\b|\s+[A-Z])"
)
OF_BODY = re.compile(
    rf"\b(?:under|within|of|from|at)\s+(?P<whole>the\s+(?P<noun>{any_of('body_nouns')}))\b(?=\s+[A-Z])"
)
"""The same before a capital: "the director of the agency under the Ministry X Y"."""
PROJECT = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Ii]ts|[Uu]nder the)\s+(?:\d+[\s-](?:year|month)s?(?:[\s-]long)?\s+)?"
    r"(?:[a-z]+-?[a-z]*\s+){0,2}?"
    rf"({any_of('undertaking')}|pilot|collaboration)"
    r"\b(?!\s+(?:of|on|for|to)\s+[A-Z]|,?\s+(?:(?:called|named|entitled|titled|on)\s+)?[“\"‘«])"
)
INSTRUMENT = re.compile(
    rf"\b(?:[Tt]his|[Tt]he|[Uu]nder the|[Tt]heir)\s+(?:new\s+|current\s+|said\s+)?({any_of('instrument_nouns')}"
    r"(?:\s+of\s+(?:understanding|cooperation|agreement|intent))?)\b(?!\s+(?:of|on|for|between|with))"
    r"|(?<![a-z] )\b(It)\s+(?=(?:was|has been)\s+(?:[^.;,]{1,80}?\band\s+)?(?:\w+\s+)?"
    r"(?:signed|initialled|inked|concluded|sealed|issued)\b)"
)
THIS = re.compile(r"\b(?:[Tt]his|[Tt]he)\s+$")
BLANK = 5
"""Characters between a sentence and the next of its paragraph."""
LOOKED_AT = 6
"""How many mentions of a noun are looked at for one of the country of a side."""
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
    for match in (*BODY.finditer(cast.content), *OF_BODY.finditer(cast.content)):
        at = Span(*match.span("noun"))
        if mentions.covering(at.start):
            continue
        word = match["noun"].lower().split()[-1]
        last = _last(cast, by_head[SAME_HEAD.get(word, word)], match.start())
        if last:
            cast.point_back(last.key, "organisation", at, Span(match.start("whole"), at.end))


def _last(cast: Cast, fitting: InOrder[Mention], offset: int) -> Mention | None:
    """The last mention before an offset; in a sentence on the side of a country rather the last one of that country."""
    last = fitting.last(offset)
    s = cast.a.sentence_at(offset)
    country = side_of(cast, s.span, offset) if last is not None and s is not None else ""
    own = [m for m in fitting.before(offset, LOOKED_AT) if country and cast.members[m.key].country == country]
    return own[-1] if own else last


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
    """ "the project", "the programme": that of the heading above, the last one named, or the only one of the text."""
    above = _by_heading(cast)
    mentions = cast.ordered("project")
    only = mentions.things[0] if len({m.key for m in mentions.things}) == 1 else None
    for match in PROJECT.finditer(cast.content):
        at = match.start(1)
        if mentions.covering(at) or any(m.span.end == at for m in mentions.covering(at - 1)):
            continue
        s = cast.a.sentence_at(match.start())
        last = (above.get(s.line.span.start) if s is not None else None) or mentions.last(match.start()) or only
        if last:
            cast.point_back(last.key, "project", Span(*match.span(1)), Span(*match.span()))


def _by_heading(cast: Cast) -> Mapping[int, Mention]:
    """The project that is all of the heading above a line, by the start of the line."""
    found: dict[int, Mention] = {}
    named: Mention | None = None
    for line in cast.a.layout.lines:
        if line.kind == "heading":
            inside = cast.inside("project", line.span)
            long = inside and 2 * (inside[0].span.end - inside[0].span.start) > line.span.end - line.span.start
            named = inside[0] if long else None
        elif named is not None:
            found[line.span.start] = named
    return found


def instruments(cast: Cast) -> None:
    """ "This agreement ...", "the memorandum": the last instrument named."""
    for match in INSTRUMENT.finditer(cast.content):
        last = cast.last("instrument", match.start()) or _named_next(cast, match.start())
        if last and cast.a.sentence_at(match.start()):
            group = 1 if match[1] else 2
            cast.point_back(last.key, "instrument", Span(*match.span(group)), Span(*match.span()))


def _named_next(cast: Cast, offset: int) -> Mention | None:
    """ "The paper was signed in X. In this agreement on Y, ...": the instrument that the next sentence calls "this"."""
    s = cast.a.sentence_at(offset)
    if s is None:
        return None
    after = cast.sentences.within(Span(s.span.end, min(s.line.span.end, s.span.end + BLANK)))[:1]
    named = cast.inside("instrument", after[0].span) if after else []
    if named and THIS.search(cast.content, after[0].span.start, named[0].span.start):
        return named[0]
    return None
