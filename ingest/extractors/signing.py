"""Who signed an agreement, when and where, in the sentence that names it."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.extractors.enumerations import chain_after, chain_before
from ingest.extractors.spelling import normal
from ingest.extractors.values import date_value, day_near, place_near
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

AGREEMENTS = frozenset({"CooperationAgreement", "MemorandumOfUnderstanding", "TradeAgreement", "Agreement"})
SIGNERS = (*BODIES, "person")
SIGNED = re.compile(rf"\b{any_of('signed')}\b", re.I)
SIGNING_OF = re.compile(r"\bsign(?:ing|ature)s?\b(?:\s+ceremony)?(?:\s+(?:of|for))?", re.I)
IN_NAME = re.compile(r"\b(?:between|with|among)\b\s+(?:both\s+)?(?:the\s+)?", re.I)
AFTER_NAME = re.compile(r"(?:[^.;,]{0,60}?)\b(?:between|with)\s+")
OF_AGREEMENT = re.compile(r"^[^.;]{0,40}\b(?:which|that|and|,)")
"""Between an agreement and a verb that says of it that somebody signed."""
BY = re.compile(r"\s+(?:[^.;]{0,70}?\s)?(?:by|between)\s+(?:the\s+)?")
WITH = re.compile(r"\s+with\s+(?:the\s+)?")
THE_TWO = re.compile(rf"\b(?:between|by) the two ({any_of('pairs')})\b", re.I)
SIDES = re.compile(
    r"\b(?:the two|both|the)\s+(?:sides|parties|organi[sz]ations|partners|bodies|agencies|institutions)\b", re.I
)
COUNTRIES = re.compile(r"\bbetween\s+(?:the\s+)?")
AND_COUNTRY = re.compile(r"\s*(?:,|and|,\s*and)\s+(?:the\s+)?")


def parties(cast: Cast, key: str, i: Annotation, s: Sentence) -> bool:
    """States the parties, the day and the place of an agreement that a sentence names; whether it was signed there."""
    found, rule = _named_parties(cast, i, s)
    between = IN_NAME.search(cast.a.words(i.span)) is not None
    by_verb, verb_rule, signed = _signers(cast, i, s)
    found = [*by_verb[0], *found, *by_verb[1]]
    rule = verb_rule or rule
    if not found:
        found = _the_two(cast, s) or _both_sides(cast, s)
        rule = rule or "agreement/the-two"
    for party in {m.key: m for m in found if m.kind in BODIES}.values():
        cast.state(key, "party", party.key, s.span, rule or "agreement/signed", 0.88 if signed else 0.8)
    _countries(cast, key, i, s)
    if signed or between:
        _day_and_place(cast, key, i, s, signed)
    return signed


def _named_parties(cast: Cast, i: Annotation, s: Sentence) -> tuple[list[Mention], str]:
    """The parties that stand in the name of an agreement or right after it, and the rule."""
    between = IN_NAME.search(cast.a.words(i.span))
    if between:
        word = between.group().split()[0]
        return chain_after(cast, i.span.start + between.start() + len(word), s), "agreement/between"
    after = AFTER_NAME.match(cast.content[i.span.end : s.span.end])
    if after and not SIGNED.search(cast.content[i.span.end : i.span.end + after.end()]):
        return chain_after(cast, i.span.end + after.end(), s), "agreement/with"
    return [], ""


def _signers(cast: Cast, i: Annotation, s: Sentence) -> tuple[tuple[list[Mention], list[Mention]], str, bool]:
    """The parties by the verbs "signed", "concluded" ... (subjects; those after the verb), the rule, and whether the
    sentence tells of a signing at all."""
    subjects: list[Mention] = []
    others: list[Mention] = []
    rule = ""
    signed = SIGNING_OF.search(cast.content[s.span.start : i.span.start]) is not None
    for m in SIGNED.finditer(cast.content, s.span.start, s.span.end):
        signed = True
        before = chain_before(cast, m.start(), s, SIGNERS)
        if before and _says_of(cast, m, i):
            subjects = bodies_of(cast, before) + subjects
            rule = "agreement/signed"
        by = BY.match(cast.content[m.end() : s.span.end])
        if by:
            others += bodies_of(cast, chain_after(cast, m.end() + by.end(), s, SIGNERS))
            rule = "agreement/signed-by"
        with_ = WITH.match(cast.content[m.end() : s.span.end])
        if with_:
            others += chain_after(cast, m.end() + with_.end(), s)
    return (subjects, others), rule, signed


def _says_of(cast: Cast, verb: re.Match[str], i: Annotation) -> bool:
    """Whether "signed" has to do with an agreement in its sentence: it stands before or after the name, not inside."""
    outside = verb.start() < i.span.start or verb.start() > i.span.end
    return outside or OF_AGREEMENT.match(cast.content[i.span.end : verb.start() + 1] or " ") is not None


def _day_and_place(cast: Cast, key: str, i: Annotation, s: Sentence, signed: bool) -> None:
    when = day_near(cast, s, i.span, SIGNED)
    if when is not None:
        cast.state(key, "signedOn", date_value(when.start), s.span, "agreement/date", 0.85)
    verbs = [m.start() for m in SIGNED.finditer(cast.content, s.span.start, s.span.end)]
    where = place_near(cast, s, after=min([*verbs, i.span.start]))
    if where is not None and signed:
        cast.state(key, "place", where, s.span, "agreement/place", 0.8)


def _the_two(cast: Cast, s: Sentence) -> list[Mention]:
    """ "between the two ministries": the two that the text named before, where there are no more."""
    match = THE_TWO.search(cast.a.words(s.span))
    if not match:
        return []
    word = re.sub(r"ies$", "y", match[1].lower())
    word = word if word.endswith("y") else word.removesuffix("s")
    found: dict[str, Mention] = {}
    for m in cast.inside("organisation", Span(0, s.span.start)):
        if any(word in normal(n).split() for n in cast.members[m.key].names):
            found.setdefault(m.key, m)
    return list(found.values()) if len(found) == 2 else []


def _both_sides(cast: Cast, s: Sentence) -> list[Mention]:
    """ "the two sides signed ...": the two organisations that the text begins with, parents of the other left out."""
    if not SIDES.search(cast.a.words(s.span)):
        return []
    lead = next((t for t in cast.a.sentences if t.line.kind == "prose"), None)
    if lead is None:
        return []
    found: dict[str, Mention] = {}
    for m in cast.inside("organisation", lead.span):
        found.setdefault(m.key, m)
    sides = [m for key, m in found.items() if not any(part in found for part in cast.subjects("partOf", key))]
    return sides if len(sides) == 2 else []


def bodies_of(cast: Cast, mentions: list[Mention]) -> list[Mention]:
    """Organisations of a list; a person in it stands for the organisations of their offices."""
    result = []
    for m in mentions:
        if m.kind in BODIES:
            result.append(m)
            continue
        for appointment in cast.subjects("holder", m.key):
            for body in cast.objects(appointment, "organisation")[:1]:
                result.append(Mention(m.span, str(body), "organisation", m.reach))
    return result


def _countries(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """ "between X and Y": countries as parties."""
    match = COUNTRIES.search(cast.content[i.span.start : s.span.end])
    if not match:
        return
    offset = i.span.start + match.end()
    places = [p for p in cast.places.within(Span(offset, s.span.end)) if p.value.type == "Country"][:2]
    if len(places) < 2 or places[0].span.start - offset >= 3:
        return
    if AND_COUNTRY.fullmatch(cast.content[places[0].span.end : places[1].span.start]):
        for p in places:
            cast.state(key, "party", p.value.iri, s.span, "agreement/countries", 0.8)
