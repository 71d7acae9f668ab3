"""Who issued a law, decision, plan or convention, and when."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.annotators.dates import When
from ingest.annotators.gazetteer import Known
from ingest.extractors.cast import Cast
from ingest.extractors.enumerations import BRACKET, chain_after, chain_before
from ingest.extractors.spelling import normal
from ingest.extractors.values import date_value
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Span

ISSUED = re.compile(rf"\b(?:{any_of('issued')}|adopts|issues|approves|passes|signs)\b", re.I)
WAS_ISSUED = re.compile(rf"\s+(?:had |has )?\b{any_of('issued')}\b")
FIRST_WORD = re.compile(r"(?:the\s+)?([A-Z]{2,6})(?:['’]s)?\b")
WORD_BEFORE = re.compile(r"\b([A-Z]{2,6})(?:['’]s)?\s+(?:[a-z]+\s+){0,2}$")
OF = re.compile(
    rf"{BRACKET}(?:\s+dated\s+[^,]{{4,24}},?(?:\s+\d{{4}})?)?,?"
    r"\s+(?:(?:a|the)\s+(?:policy|strategy|decision|plan|law)\s+)?(?:of|by|issued by|adopted by|from)\s+(?:the\s+)?"
)
TITLE = r"(?:\s+(?:on|concerning|regarding|about|approving|providing|regulating|for)\s+[^.;]{3,180}?)?"
WHICH = re.compile(
    rf"{BRACKET}(?:,?\s+(?:of|dated)\s+[^.;,]{{4,24}})?{TITLE},?\s+(?:(?:by|with|in|through)\s+)?(?:which|that)\s+(?:the\s+)?"
)
PASSIVE = re.compile(
    rf"{BRACKET}{TITLE},?\s+(?:(?:which|that)\s+)?(?:(?:was|were|is|has been|had been|being)\s+)?"
    rf"(?:also\s+|finally\s+)?{any_of('issued')}\b(?:\s+into law)?",
)
""" "Law X on Y was passed", "Decision X, issued", from the end of the name on."""
BY = re.compile(r"\s+(?:(?:on|in)\s+[^.;]{4,24}?\s+)?(?:by|in)\s+(?:the\s+)?")
TO_DATE = re.compile(r"(?:\s+by\s+[^.;]{3,80}?)?,?\s+(?:on|in|dated)\s+(?:[A-Z][a-z]+day,?\s+)?")
""" "issued by X on", up to a date."""
DATED = re.compile(rf"\s*(?:,?\s*{any_of('dated')}\s+)")
OF_DATED = re.compile(
    rf"{BRACKET},?\s+(?:of|by|from|issued by)\s+(?:the\s+)?[A-Z][^.;,]{{2,80}}?,?\s+(?:of|dated|on)\s+"
)
""" "Directive X of the Prime Minister of", up to a date."""
TITLE_ON = re.compile(rf"{BRACKET}{TITLE}\s+(?:on|in)\s+(?:[A-Z][a-z]+day,?\s+)?")
FINITE = re.compile(r"\b(?:was|were|is|are|will|which|that|who|has|had|until|since|by)\b")
OFFICE_OWNS = re.compile(
    r"\b((?:Prime Minister|President|Cabinet|Council of Ministers|Government|Parliament|National Assembly))[’']s?\s+\Z"
)
OWNS = re.compile(rf"{BRACKET}(?:[’']s?)?\s+")
POSSESSIVE = re.compile(r"([A-Z][^’']{1,60}?)(?:[’']s|(?<=s)[’'])\s")
BY_WHICH = re.compile(r"\b(?:by|with|in|through) which\b")
AT_ONCE = re.compile(r"^$")
YEAR = re.compile(r"(?:^|/|\bof )((?:19|20)\d\d)(?:$|/)")
IN_TIME = re.compile(r"In\s+(?:early\s+|late\s+)?(?:19|20)\d\d\b")
BEFORE, NEAR = 60, 130
"""Characters between "issued" and what was, and between the day and that."""


def issuer(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """States the issuer and the day of issue of an instrument that a sentence names."""
    kind = cast.members[key].type
    _in_title(cast, key, i, s)
    _owner(cast, key, i, s)
    if kind != "Convention":
        _possessor(cast, key, i, s)
    of = OF.match(cast.content, i.span.end, s.span.end)
    if of:
        for body in chain_after(cast, of.end(), s)[:1]:
            cast.state(key, "issuer", body.key, s.span, "instrument/of", 0.85)
    if kind in ("Decision", "Law", "Plan"):
        _issued(cast, key, i, s)
        _was_issued(cast, key, i, s)
    _which(cast, key, i, s)
    _day(cast, key, i, s)


def year_of_number(cast: Cast, key: str, i: Annotation) -> None:
    """ "Law No. 12 of 2017", "Act, 2020": the year in the name, where nothing tells the day."""
    year = YEAR.search(str(i.features.get("identifier") or ""))
    found = i.features.get("year") or (year[1] if year else None)
    predicate = "signedOn" if cast.members[key].type == "Convention" else "issuedOn"
    if found and not cast.tells(key, predicate):
        rule = "instrument/year" if i.features.get("year") else "instrument/year-of-number"
        cast.state(key, predicate, date_value(str(found)), i.span, rule, 0.85 if i.features.get("year") else 0.7)


def _in_title(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """ "Decree of the President of X No. 5": the office that issued it stands in the name."""
    span = i.features.get("issuer")
    if isinstance(span, Span):
        _office(cast, key, span, s)


def _office(cast: Cast, key: str, span: Span, s: Sentence) -> None:
    """States the issuer that stands in a span, with "of the" before it or not; the text may name it nowhere else."""
    named = re.sub(r"^\s*of\s+(?:the\s+)?", "", cast.a.words(span)).strip()
    body = cast.named("organisation", named)
    if body is None:
        body = f"organisation:{normal(named)}"
        at = span.start + cast.a.words(span).find(named)
        where = Span(at, at + len(named))
        cast.add(body, "GovernmentBody", named, where, "organisation", "organisation/issuer", 0.8)
    cast.state(key, "issuer", body, s.span, "instrument/in-title", 0.85)


def _owner(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """ "ILO Convention 98", "the ILO's core conventions": the abbreviation beside or inside the name."""
    owned = cast.members[key].type in ("Convention", "Plan")
    before = cast.content[max(s.span.start, i.span.start - 12) : i.span.start]
    for match in (FIRST_WORD.match(cast.a.words(i.span)), WORD_BEFORE.search(before)):
        named = _abbreviated(cast, match[1], i.span) if match else None
        if named and owned:
            cast.state(key, "issuer", named, s.span, "instrument/owner", 0.85)


def _possessor(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """ "the Ministry of X’s Circular No. 5", "ABC Circular No. 5"."""
    office = OFFICE_OWNS.search(cast.content, s.span.start, i.span.start)
    if office:
        _office(cast, key, Span(*office.span(1)), s)
        return
    own = POSSESSIVE.match(cast.content, i.span.start, i.span.end)
    owner = cast.named("organisation", own[1]) if own else None
    if owner is not None:
        cast.state(key, "issuer", owner, s.span, "instrument/possessor", 0.8)
    last = cast.last("organisation", i.span.start)
    if last is not None and OWNS.fullmatch(cast.content, last.span.end, i.span.start):
        cast.state(key, "issuer", last.key, s.span, "instrument/possessor", 0.8)


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
        # "Decision X, by which somebody approved Plan Y": somebody issued the decision.
        if _governs(cast, m, i) and not BY_WHICH.search(cast.content, s.span.start, m.start()):
            for body in chain_before(cast, m.start(), s)[-1:]:
                cast.state(key, "issuer", body.key, s.span, "instrument/issued", 0.88)


def _governs(cast: Cast, verb: re.Match[str], i: Annotation) -> bool:
    """Whether an instrument is the object of "issued": near, and none other between."""
    between = Span(verb.end(), i.span.start)
    return i.span.start - verb.end() < BEFORE and not cast.inside("instrument", between)


def _was_issued(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """ "Decision Y was issued by the Ministry of X"."""
    passive = PASSIVE.match(cast.content, i.span.end, s.span.end)
    by = BY.match(cast.content, passive.end(), s.span.end) if passive else None
    for body in chain_after(cast, by.end(), s)[:1] if by else ():
        cast.state(key, "issuer", body.key, s.span, "instrument/issued-by", 0.85)


def _which(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """ "Law X, which the National Assembly has adopted"."""
    which = WHICH.match(cast.content, i.span.end, s.span.end)
    if not which:
        return
    for body in chain_after(cast, which.end(), s, lead=AT_ONCE)[:1]:
        if WAS_ISSUED.match(cast.content, body.reach.end, body.reach.end + 30):
            cast.state(key, "issuer", body.key, s.span, "instrument/which", 0.85)


def _day(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """ "Decision X dated 3 May 2021", "on 3 May 2021 the Ministry issued Decision X", "Law X was passed in 2020"."""
    if cast.members[key].type == "Convention" and "ratif" in cast.a.words(s.span):
        return  # when a state joined it
    for d in cast.dates.within(s.span):
        whole = len(d.value.start) >= len("2000-01-01")
        exact = whole or len(d.value.start) == len("2000-01") or IN_TIME.match(cast.content, s.span.start) is not None
        if d.value.kind not in ("date", "year") or d.value.end is not None or not d.value.year:
            continue
        if (exact and _dated(cast, i, d)) or _at_verb(cast, i, d, s):
            predicate = "signedOn" if cast.members[key].type == "Convention" else "issuedOn"
            cast.state(key, predicate, date_value(d.value.start), s.span, "instrument/date", 0.9 if whole else 0.75)
            return
    _of_entry(cast, key, i, s)


def _of_entry(cast: Cast, key: str, i: Annotation, s: Sentence) -> None:
    """ "The council adopts Plan X" in the entry of a listing: on the day and in the place of the entry."""
    verbs = list(ISSUED.finditer(cast.content, s.span.start, i.span.start))
    if s.line.entry is None or not verbs or not _governs(cast, verbs[-1], i):
        return
    entry = cast.a.layout.entries[s.line.entry]
    when: When = entry.date.value
    # Within an event of several days of one month, the month is all that is told.
    month = when.start[:7] if when.end and when.end[:7] == when.start[:7] else None
    if when.year and (month or when.end is None):
        cast.state(key, "issuedOn", date_value(month or when.start), s.span, "instrument/entry-date", 0.8)
    for place in cast.places.within(entry.place)[:1] if entry.place else ():
        cast.state(key, "place", place.value.iri, s.span, "instrument/entry-place", 0.75)


def _dated(cast: Cast, i: Annotation, d: Annotation) -> bool:
    """Whether a day stands beside a name: "Decision X dated", "on <day> the Ministry issued Decision X"."""
    if d.span.end < i.span.start:
        verb = next(ISSUED.finditer(cast.content, d.span.end, i.span.start), None)
        near = i.span.start - d.span.end < NEAR
        return (
            near
            and verb is not None
            and _governs(cast, verb, i)
            and not BY_WHICH.search(cast.content, d.span.end, verb.start())
        )
    return any(p.fullmatch(cast.content, i.span.end, d.span.start) for p in (DATED, OF_DATED))


def _at_verb(cast: Cast, i: Annotation, d: Annotation, s: Sentence) -> bool:
    """Whether a date follows the verb that says that the instrument was issued."""
    if d.span.start < i.span.end:
        return False
    passive = PASSIVE.match(cast.content, i.span.end, d.span.start)
    if passive:
        return TO_DATE.fullmatch(cast.content, passive.end(), d.span.start) is not None
    which = WHICH.match(cast.content, i.span.end, d.span.start)
    if which:
        verb = next(ISSUED.finditer(cast.content, which.end(), d.span.start), None)
        return verb is not None and TO_DATE.fullmatch(cast.content, verb.end(), d.span.start) is not None
    if cast.inside("instrument", Span(i.span.end, d.span.start)):
        return False
    verbs = list(ISSUED.finditer(cast.content, s.span.start, i.span.start))
    after = TITLE_ON.fullmatch(cast.content, i.span.end, d.span.start)
    return bool(verbs) and after is not None and _governs(cast, verbs[-1], i) and not FINITE.search(after.group())
