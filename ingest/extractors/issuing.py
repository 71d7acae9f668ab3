"""Who issued a law, decision, plan or convention, and when."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.annotators.gazetteer import Known
from ingest.extractors.cast import Cast
from ingest.extractors.enumerations import BRACKET, chain_after, chain_before
from ingest.extractors.spelling import normal
from ingest.extractors.values import date_value
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

ISSUED = re.compile(rf"\b{any_of('issued')}\b", re.I)
WAS_ISSUED = re.compile(rf"\s+(?:had |has )?\b{any_of('issued')}\b")
FIRST_WORD = re.compile(r"(?:the\s+)?([A-Z]{2,6})(?:['’]s)?\b")
WORD_BEFORE = re.compile(r"\b([A-Z]{2,6})(?:['’]s)?\s+(?:[a-z]+\s+){0,2}$")
OF = re.compile(
    rf"{BRACKET}(?:\s+dated\s+[^,]{{4,24}},?(?:\s+\d{{4}})?)?,?"
    r"\s+(?:(?:a|the)\s+(?:policy|strategy|decision|plan|law)\s+)?(?:of|by|issued by|adopted by|from)\s+(?:the\s+)?"
)
WHICH = re.compile(rf"{BRACKET},?\s+(?:which|that)\s+(?:the\s+)?")
DATED = re.compile(rf"\s*(?:,?\s*{any_of('dated')}\s+)")
AT_ONCE = re.compile(r"^$")


def issuer(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """States the issuer and the day of issue of an instrument that a sentence names."""
    kind = cast.members[key].type
    _owner(cast, key, i, s)
    of = OF.match(cast.content[i.span.end : s.span.end])
    if of:
        for body in chain_after(cast, i.span.end + of.end(), s)[:1]:
            cast.state(key, "issuer", body.key, s.span, "instrument/of", 0.85)
    if kind in ("Decision", "Law", "Plan"):
        _issued(cast, key, i, s)
    _which(cast, key, i, s)
    _day(cast, key, i, s)


def _owner(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """ "ILO Convention 98", "the ILO's core conventions": the abbreviation beside or inside the name."""
    owned = cast.members[key].type in ("Convention", "Plan")
    before = cast.content[max(s.span.start, i.span.start - 12) : i.span.start]
    for match in (FIRST_WORD.match(cast.a.words(i.span)), WORD_BEFORE.search(before)):
        named = _abbreviated(cast, match[1], i.span) if match else None
        if named and owned:
            cast.state(key, "issuer", named, s.span, "instrument/owner", 0.85)


def _abbreviated(cast: Cast, short: str, span: Span) -> str | None:
    """The organisation of an abbreviation inside a title ("ILO Convention 98"), added where only titles name it."""
    key = cast.named("organisation", short)
    if key is not None:
        return key
    known: list[Known] = cast.a.gazetteer.known(short)
    if not known or known[0].by != "abbreviation" or known[0].entity.type != "IntergovernmentalOrganisation":
        return None
    entity = known[0].entity
    key = f"organisation:{normal(short)}"
    at = cast.content.find(short, max(0, span.start - 12))
    where, rule = Span(at, at + len(short)), "organisation/abbreviation-reference"
    cast.add(key, entity.type, short, where, "organisation", rule, 0.8).reference = entity.iri
    return key


def _issued(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """ "The Ministry of X issued Decision Y"."""
    for m in ISSUED.finditer(cast.content, s.span.start, i.span.start):
        if i.span.start - m.end() < 60:
            for body in chain_before(cast, m.start(), s)[-1:]:
                cast.state(key, "issuer", body.key, s.span, "instrument/issued", 0.88)


def _which(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """ "Law X, which the National Assembly has adopted"."""
    which = WHICH.match(cast.content[i.span.end : s.span.end])
    if not which:
        return
    for body in chain_after(cast, i.span.end + which.end(), s, lead=AT_ONCE)[:1]:
        if WAS_ISSUED.match(cast.content[body.reach.end : body.reach.end + 30]):
            cast.state(key, "issuer", body.key, s.span, "instrument/which", 0.85)


def _day(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """ "Decision X dated 3 May 2021", "on 3 May 2021 the Ministry issued Decision X"."""
    dated = DATED.match(cast.content[i.span.end : s.span.end])
    near = Span(max(s.span.start, i.span.start - 90), min(s.span.end, i.span.end + 60))
    for d in cast.dates.within(near):
        if d.value.kind != "date" or len(d.value.start) < 10:
            continue
        after = dated is not None and d.span.start == i.span.end + dated.end()
        before = d.span.end < i.span.start and ISSUED.search(cast.content[d.span.end : i.span.start])
        if after or before:
            cast.state(key, "issuedOn", date_value(d.value.start), s.span, "instrument/date", 0.9)
            return
