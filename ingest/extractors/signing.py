"""Who signed an agreement, when and where, in the sentence that names it."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.extractors.enumerations import chain_after, chain_before
from ingest.extractors.pairs import sides_before
from ingest.extractors.signatures import ENOUGH, SIGNERS, bodies_of, by_proxy, named
from ingest.extractors.spelling import normal
from ingest.extractors.values import date_value, day_near, place_near
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

AGREEMENTS = frozenset({"CooperationAgreement", "MemorandumOfUnderstanding", "TradeAgreement", "Agreement"})
SIGNED = re.compile(rf"\b{any_of('signed')}\b", re.I)
SIGNING_OF = re.compile(r"\bsign(?:ing|ature)s?\b(?:\s+ceremony)?(?:\s+(?:of|for))?", re.I)
IN_NAME = re.compile(r"\b(?:between|with|among(?:st)?)\b\s+(?:both\s+)?(?:the\s+)?", re.I)
AFTER_NAME = re.compile(r"(?:[^.;,]|(?<=\d)[.,](?=\s)){0,60}?\b(?:between|with|among(?:st)?)\s+")
OF_AGREEMENT = re.compile(r"^[^.;]{0,40}\b(?:which|that|and|,)")
"""Between an agreement and a verb that says of it that somebody signed."""
BY = re.compile(r"\s+(?:[^.;]{0,70}?\s)?(?:by|between|among(?:st)?)\s+(?:the\s+)?")
WITH = re.compile(r"\s+with\s+(?:the\s+)?")
THE_TWO = re.compile(rf"\b(?:between|by|of|for) (?:the|their) (?:two|both|respective) ({any_of('pairs')})\b", re.I)
SIDES = re.compile(
    r"\b(?:the two|both|the)\s+(?:sides|parties|organi[sz]ations|partners|bodies|agencies|institutions)\b", re.I
)
OWNS = re.compile(r"[’']s?\s+(?:[a-z-]+\s+){0,3}")
BY_WAY_OF = re.compile(
    r"\b(?:[Hh]as|[Hh]ave|had|holds|hold|maintains|keeps|runs|in|In|through|Through|under|Under|with|With|by|By|via|within|upon|of|on)\s+(?:an?|their|its|the|this)\s+(?:[a-z-]+\s+){0,3}\Z"
)
FIRST_PHRASE = re.compile(r"(?:In|Through|Under|With|By|Within)\s+(?:an?|their|its|the|this)\s+(?:[a-z-]+\s+){0,3}")
OPENING = re.compile(
    r"^\s*(?:[A-Z][^,;.]{2,40},\s+)?(?:[Bb]oth\s+)?(?:[Tt]he\s+|[Ii]ts\s+|[Aa]n?\s+)?(?:[A-Z][\w-]+[’']s\s+)?$"
)
"""Before the subject of a sentence."""
NEXT_WORD = re.compile(
    r"(?:\s*\([^()]*\))?(?:,\s+(?:which|who|that|an?|the|both)\b[^,;.]{3,90})?,?\s+(?:(?:today|yesterday|jointly|recently|also|now|both|together|has|have|had|is|are|was|were|will|\w+ly)\s+)*"
    r"([a-z]+)\b"
)
ARTICLES = ("a", "an", "its", "their")
WITH_PARTNER = re.compile(r"\bwith\s+(?:the\s+)?(?=[A-Z])")
DATE_NEXT = re.compile(r"\s*,?\s+(?:of|dated|from|in|on)\s+(?:[A-Z]|\d)")
OF_DATE = re.compile(r"\b(?:of|dated|from)\s+(?:the\s+)?[^.;]{0,14}\b(?:19|20)\d\d$")
THE_TWO_ALONE = re.compile(
    r"\b(?:by|between|of)\s+(?:both|the\s+two)(?=\s*[.,;:]|\s+(?:was|were|is|has|had|on|in|at|today|yesterday)\b)", re.I
)
THEIR = re.compile(r"\b[Tt]heir\s+(?:[a-z-]+\s+){0,2}\Z")
BINDS = re.compile(
    r"(?:\s*\([^()]{1,40}\))?\s+(?:also\s+)?(?:binds?|brings?\s+together|joins|unites|commits|obliges)\s+"
)
""" "The agreement on X brings together A, B and C", from the end of its name on."""
COUNTRIES = re.compile(r"\bbetween\s+(?:the\s+)?")
AND_COUNTRY = re.compile(r"\s*(?:,|and|,\s*and)\s+(?:the\s+)?")


def parties(cast: Cast, key: str, i: Annotation, s: Sentence) -> bool:
    """States the parties, the day and the place of an agreement that a sentence names; whether it was signed there."""
    found, rule = _named_parties(cast, i, s)
    by_verb, verb_rule, signed = _signers(cast, i, s)
    proxies = by_proxy(cast, s)
    signers = [*by_verb[0], *found, *by_verb[1]]
    signatories = named(cast, s)
    if len({m.key for m in proxies}) < ENOUGH:  # else the persons sign for those and no others
        signers, signatories = bodies_of(cast, signers), bodies_of(cast, signatories)
    found = [*signers, *proxies, *signatories]
    rule = verb_rule or rule or ("agreement/signatories" if signatories else "agreement/signed-for" if proxies else "")
    for party in {m.key: m for m in found if m.kind in BODIES}.values():
        cast.state(key, "party", party.key, s.span, rule or "agreement/signed", 0.88 if signed else 0.8)
    if len({m.key for m in found}) < ENOUGH:
        _more(cast, key, found, i, s)
    _countries(cast, key, i, s)
    dated = OF_DATE.search(cast.a.words(i.span)) or DATE_NEXT.match(cast.content, i.span.end, s.span.end)
    if signed or signatories or dated:
        _day_and_place(cast, key, i, s, signed)
    return signed or bool(signatories)


def signers_of_plan(cast: Cast, key: str, i: Annotation, s: Sentence) -> bool:
    """States who signed the programme of a UN body for a country; whether its sentence tells of that."""
    by_verb, rule, signed = _signers(cast, i, s)
    found = bodies_of(cast, [*by_verb[0], *by_verb[1], *by_proxy(cast, s), *named(cast, s)])
    if len({m.key for m in found}) < ENOUGH:
        return signed
    for party in found:
        cast.state(key, "party", party.key, s.span, rule or "agreement/signatories", 0.8)
    return signed


def _more(cast: Cast, key: str, found: list[Mention], i: Annotation, s: Sentence) -> None:
    """The parties that the grammar of signing leaves open: pairs told before, and the subject of another verb."""
    others, rule, confidence = the_two(cast, s) or _both_sides(cast, i, s), "agreement/the-two", 0.8
    if not others or found:
        others, rule, confidence = _subject(cast, i, s), "agreement/subject", 0.72
        if len(others) + len({m.key for m in found} - {m.key for m in others}) < ENOUGH:
            others = []
    for party in others:
        cast.state(key, "party", party.key, s.span, rule, confidence)


def _subject(cast: Cast, i: Annotation, s: Sentence) -> list[Mention]:
    """ "A and B formalised it in a memorandum", "A trains cooks under an agreement with B", "A’s agreement with B"."""
    owner = cast.last("organisation", i.span.start)
    if owner is not None and OWNS.fullmatch(cast.content, owner.reach.end, i.span.start):
        return [owner]
    if not BY_WAY_OF.search(cast.content, s.span.start, i.span.start):
        return []
    comma = cast.content.find(",", i.span.end, s.span.end)
    begin = FIRST_PHRASE.match(cast.content, s.span.start, i.span.start)
    if begin is not None and begin.end() == i.span.start and comma < 0:
        return []
    start = comma + 1 if begin is not None and begin.end() == i.span.start else s.span.start
    found = chain_after(cast, start, s, lead=OPENING)
    following = NEXT_WORD.match(cast.content, found[-1].reach.end, s.span.end) if found else None
    if following is None or not (following[1] in ARTICLES or cast.a.english.verb(following[1])):
        return []
    joined = WITH_PARTNER.search(cast.content, found[-1].reach.end, max(found[-1].reach.end, i.span.start))
    return [*found, *(chain_after(cast, joined.end(), s) if joined else ())]


def _named_parties(cast: Cast, i: Annotation, s: Sentence) -> tuple[list[Mention], str]:
    """The parties that stand in the name of an agreement or right after it, and the rule."""
    between = IN_NAME.search(cast.a.words(i.span))
    if between:
        word = between.group().split()[0]
        return chain_after(cast, i.span.start + between.start() + len(word), s, offices=True), "agreement/between"
    after = AFTER_NAME.match(cast.content[i.span.end : s.span.end])
    other = after is not None and cast.inside("instrument", Span(i.span.end, i.span.end + after.end()))
    binds = BINDS.match(cast.content, i.span.end, s.span.end)
    if binds:
        return chain_after(cast, binds.end(), s), "agreement/binds"
    if after and not other and not SIGNED.search(cast.content[i.span.end : i.span.end + after.end()]):
        return chain_after(cast, i.span.end + after.end(), s, offices=True), "agreement/with"
    return [], ""


def _signers(cast: Cast, i: Annotation, s: Sentence) -> tuple[tuple[list[Mention], list[Mention]], str, bool]:
    """Who signed by the verbs "signed", "concluded" ... (subjects; those after the verb), the rule, and whether the
    sentence tells of a signing at all."""
    subjects: list[Mention] = []
    others: list[Mention] = []
    rule = ""
    signed = SIGNING_OF.search(cast.content[s.span.start : i.span.start]) is not None
    for m in SIGNED.finditer(cast.content, s.span.start, s.span.end):
        signed = True
        before = chain_before(cast, m.start(), s, SIGNERS, offices=True)
        if before and _says_of(cast, m, i):
            subjects = before + subjects
            rule = "agreement/signed"
        by = BY.match(cast.content[m.end() : s.span.end])
        if by:
            others += chain_after(cast, m.end() + by.end(), s, SIGNERS, offices=True)
            rule = "agreement/signed-by"
        with_ = WITH.match(cast.content[m.end() : s.span.end])
        if with_:
            others += chain_after(cast, m.end() + with_.end(), s, offices=True)
    return (subjects, others), rule, signed


def _says_of(cast: Cast, verb: re.Match[str], i: Annotation) -> bool:
    """Whether "signed" has to do with an agreement in its sentence: it stands before or after the name, not inside."""
    outside = verb.start() < i.span.start or verb.start() > i.span.end
    return outside or OF_AGREEMENT.match(cast.content[i.span.end : verb.start() + 1] or " ") is not None


def _day_and_place(cast: Cast, key: str, i: Annotation, s: Sentence, signed: bool) -> None:
    inside = cast.dates.within(i.span) if OF_DATE.search(cast.a.words(i.span)) else []
    when = inside[-1].value if inside else day_near(cast, s, i.span, SIGNED)
    if when is not None:
        cast.state(key, "signedOn", date_value(when.start), s.span, "agreement/date", 0.85)
    verbs = [m.start() for m in SIGNED.finditer(cast.content, s.span.start, s.span.end)]
    where = place_near(cast, s, after=min([*verbs, i.span.start]))
    if where is not None and signed:
        cast.state(key, "place", where, s.span, "agreement/place", 0.8)


def the_two(cast: Cast, s: Sentence) -> list[Mention]:
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


def _both_sides(cast: Cast, i: Annotation, s: Sentence) -> list[Mention]:
    """ "the two sides signed ...", "signed by both", "their agreement on ...": the two of which the text has spoken."""
    words = cast.a.words(s.span)
    theirs = THEIR.search(cast.content, s.span.start, i.span.start)
    if not (theirs or SIDES.search(words) or THE_TWO_ALONE.search(words)):
        return []
    return [Mention(s.span, key, "organisation", s.span) for key in sides_before(cast, s.span.start)]


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
