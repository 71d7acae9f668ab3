"""Who held an event and who came: organisers and participants by the verbs of its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.annotators.analysis import Sentence
from ingest.extractors import guest_lists, pronouns
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.extractors.enumerations import BRACKET, chain_after
from ingest.extractors.hosts import after_preposition, before_verb
from ingest.lexicon.relations import any_of, words
from ingest.model import Span

GUESTS = ("person", *BODIES)
HELD_BY = re.compile(
    rf"\b(?:{any_of('held')}(?:\s+{any_of('held_where')})?,?\s+(?:jointly\s+)?"
    rf"(?:by|between|with|{any_of('aside_together')})|{any_of('host_is')})"
    r"\s+(?:both\s+)?(?:the\s+)?",
    re.I,
)
HELD_FAR = re.compile(rf"\b{any_of('held')}\b(?P<gap>[^.;:]{{2,120}}?)\sby\s+(?:both\s+)?(?:the\s+)?", re.I)
""" "Organised on 3 May, in Lima, by A"."""
OTHER_VERB = re.compile(
    r"\b(?:which|that|who|whose|where|when|was|were|is|are|has|have|had|will|to|not|[a-z]{3,}ed|given|made|led|run|held)\b"
)
"""Words between "organised" and "by" with another verb, which "by" is likely to belong to."""
WITH_GUESTS = re.compile(
    r"(?:\s*\([^()]*\))?(?:\s+(?:in|on|at|during)\s[^.;,()]{2,60}?)?\s+with\s+(?:both\s+)?(?:the\s+)?"
)
HOLDS = re.compile(rf"\b{any_of('holds')}\b", re.I)
NO_HOST = ("train", "bring", "brought", "gather", "launch", "invite")
"""Begins of verbs whose subject is a host only in a listing."""
SUBJECT_REACH = 300
"""Characters before a verb in which its subject and those beside it are looked for."""
NEAR_VERB = 100
"""Characters between "holds" and what is held."""
PASSIVE = re.compile(r"\b(?:was|were|is|are|be|been)\s+$")
MANY_OBJECTS = ("run", "ran", "conduct", "arrange", "stage", "put", "spear", "mount", "initiat", "facilit")
"""Begins of verbs that have other objects than events more often than not."""
OPENS = ("open", "inaug", "conclu", "wrap", "kick", "celeb", "observ")
"""Begins of verbs that anybody may do: of a host only where it is a body, and nobody of it is named."""
OCCASION_WORD = re.compile(rf"\b{any_of('occasions')}\b")
OCCASION = re.compile(rf"\b(?:(?i:{any_of('occasions')})|[A-Z]{{3,}})\b")
"""What is held: the object of "holds"."""
RELATIVE = re.compile(r"\b(?:which|that)\s+(?:the\s+)?[^,;.]{2,80}$")
JOINTLY_WITH = re.compile(rf"\b{any_of('aside_together')}\s+(?:the\s+)?")
IN_COOPERATION = re.compile(rf"\b{any_of('aside_together')}\s+(?:the\s+)?", re.I)
WITH_FIRST = re.compile(r"(?:[Tt]ogether\s+|[Jj]ointly\s+|[Aa]long\s+)?\bWith\s+(?:the\s+|its\s+)?")
""" "With A, B held a workshop"."""
GUESTS_FOLLOW = re.compile(any_of("guests_follow"), re.I)
BETWEEN_WHOM = re.compile(r"\bbetween\s+(?:both\s+)?(?:the\s+)?$", re.I)
SIDELINES = re.compile(r"\bon the (?:sidelines|margins|fringes) of\b", re.I)
CAME = re.compile(rf"\b{any_of('came')}\b", re.I)
BETWEEN = re.compile(r"\b(?:between|with)\s+(?:the\s+)?", re.I)
ATTENDED_BY = re.compile(any_of("attended_by"), re.I)
ATTENDS = re.compile(rf"\b{any_of('attends')}\b", re.I)
NOT_THERE = re.compile(r"\s+(?:(?:also\s+)?by\b|hands\b|forces\b|efforts\b)")
""" "... and joined by A": a passive; "joined hands"."""
SIGNED_BY = re.compile(r"\b(?:signed|initialled|inked|exchanged)\s+(?:\w+\s+)?by\s+(?:the\s+)?$")
SIGNED_AT = ("Signing", "Ceremony", "Launch", "Meeting", "Event")
"""Classes of events at which papers are signed."""
SETTING = re.compile(r"\b(?:at|after|during|before|following|since|until|ahead of|for)\s+(?:the\s+|its\s+)?")
""" "A held its congress after": the next event is another's."""
SPEECH = frozenset(words("speech"))
# Guests without a name may stand first: "attended by 40 teachers, officials from ten districts and the X".
GUEST_LEAD = re.compile(
    rf"^(?:(?:[a-z\d][\w’'-]*\s+){{1,7}}?[a-z][\w’'-]*\s*(?:,|,?\s+and|,?\s+as well as)\s+)*?"
    rf"(?:\s*{any_of('guest_words')}\s*)*(?:the\s+)?$"
)
ACTING = re.compile(
    r"^(?:Also\s+|While\s+)?(?:(?:[Ss]peaking|[Cc]losing|[Oo]pening|[Aa]ddressing|[Aa]ttending|[Cc]hairing|[Ww]elcoming|[Rr]eporting|[Pp]resenting)\b"
    r"|In (?:his|her|their|an?|the) (?:[\w-]+ )?(?:speech|remarks|address|message))[^,;]{0,90},\s+(?:the\s+)?"
)
"""Before somebody who did something there: "Closing the forum, Ms X ..."."""
GUEST_TAIL = re.compile(rf"^{BRACKET}(?:\s*,)?(?:\s+{any_of('guest_adverbs')})*\s*$")


def extract(cast: Cast, key: str, sentences: Iterable[Sentence], *, listing: bool = False) -> None:
    """States the organisers and then the participants of an event that sentences name; `listing` where they belong to
    an entry of its own."""
    told = list(sentences)
    for s in told:
        if s.line.kind != "title" or listing:
            _organisers(cast, key, s, listing)
    for s in told:
        if s.line.kind != "title" or listing:
            _guests(cast, key, s, listing)
        else:
            for m in BETWEEN.finditer(cast.content, s.span.start, s.span.end):
                for x in chain_after(cast, m.end(), s, (*BODIES, "person")):
                    _participant(cast, key, x, s, "event/between", 0.75)


def _organisers(cast: Cast, key: str, s: Sentence, listing: bool) -> None:
    for m in HELD_FAR.finditer(cast.content, s.span.start, s.span.end):
        if OTHER_VERB.search(m["gap"]) is None and not cast.inside("organisation", Span(*m.span("gap"))):
            hosts = after_preposition(cast, m.end(), s)
            for x in [*hosts.subjects, *hosts.company]:
                cast.state(key, "organiser", x.key, s.span, "event/held-far-by", 0.75)
            _met_with(cast, key, s, hosts.subjects)
    for m in HELD_BY.finditer(cast.content, s.span.start, s.span.end):
        hosts = after_preposition(cast, m.end(), s)
        by = BETWEEN_WHOM.search(m.group()) is None
        for x in hosts.subjects:
            cast.state(key, "organiser" if by else "participant", x.key, s.span, "event/held-by", 0.88)
        for x in hosts.company if by else []:
            cast.state(key, "organiser", x.key, s.span, "event/together", 0.7)
        _met_with(cast, key, s, hosts.subjects if by else [])
    for m in HOLDS.finditer(cast.content, s.span.start, s.span.end):
        if _is_host(cast, s, m, listing) and not _other_object(cast, key, s, m.end()):
            _hosts(cast, key, s, m)


def _met_with(cast: Cast, key: str, s: Sentence, hosts: Sequence[Mention]) -> None:
    """ "A meeting was held by A with B and C": B and C were there."""
    if hosts and cast.members[key].type == "Meeting":
        after = WITH_GUESTS.match(cast.content, hosts[-1].reach.end, s.span.end)
        for x in guest_lists.after(cast, after.end(), s) if after else []:
            _participant(cast, key, x, s, "event/met-with", 0.75)


def _guests(cast: Cast, key: str, s: Sentence, listing: bool) -> None:
    signed_there = cast.members[key].type in SIGNED_AT
    for m in ATTENDED_BY.finditer(cast.content, s.span.start, s.span.end):
        if not signed_there and SIGNED_BY.search(cast.content, s.span.start, m.start()):
            continue
        for x in _listed(cast, m.end(), s):
            _participant(cast, key, x, s, "event/attended-by", 0.82)
    _acting(cast, key, s)
    aside = SIDELINES.search(cast.a.words(s.span)) is not None
    for m in ATTENDS.finditer(cast.content, s.span.start, s.span.end):
        for x in guest_lists.before(cast, m.start(), s, GUEST_TAIL):
            if (aside and m.group().lower().startswith("sign")) or NOT_THERE.match(cast.content, m.end()):
                continue
            if listing or x.kind not in BODIES or m.group().lower() not in SPEECH:
                _participant(cast, key, x, s, "event/attends", 0.8)


def _listed(cast: Cast, offset: int, s: Sentence) -> list[Mention]:
    """The guests that follow an offset: those of the stricter list where it finds some more."""
    strict = chain_after(cast, offset, s, GUESTS, lead=GUEST_LEAD)
    loose = guest_lists.after(cast, offset, s)
    return loose if len(loose) > len(strict) else strict


def _acting(cast: Cast, key: str, s: Sentence) -> None:
    acting = ACTING.match(cast.a.words(s.span))
    if acting is not None:
        for x in chain_after(cast, s.span.start + acting.end(), s, GUESTS)[:2]:
            if x.kind == "person":
                _participant(cast, key, x, s, "event/acting", 0.8)


def follow(cast: Cast, key: str, s: Sentence) -> None:
    """States those who came by a sentence that does not name the event again ("A and B also took part")."""
    for m in GUESTS_FOLLOW.finditer(cast.content, s.span.start, s.span.end):
        for x in _listed(cast, m.end(), s):
            _participant(cast, key, x, s, "event/came", 0.7)
    for m in CAME.finditer(cast.content, s.span.start, s.span.end):
        if not PASSIVE.search(cast.content[max(s.span.start, m.start() - 6) : m.start()]):
            for x in guest_lists.before(cast, m.start(), s, GUEST_TAIL):
                _participant(cast, key, x, s, "event/came", 0.7)


def held(cast: Cast, s: Sentence, offset: int) -> bool:
    """Whether a sentence says that somebody held the event that it names at an offset ("X ran a workshop")."""
    return any(
        offset - m.end() < NEAR_VERB
        and _is_host(cast, s, m, listing=False)
        and before_verb(cast, m.start(), s).subjects
        for m in HOLDS.finditer(cast.content, max(s.span.start, offset - NEAR_VERB), offset)
    )


def _is_host(cast: Cast, s: Sentence, verb: re.Match[str], listing: bool) -> bool:
    """Whether the subject of "holds" ... holds the event: the verb is active and has an event as its object."""
    if PASSIVE.search(cast.content[max(s.span.start, verb.start() - 6) : verb.start()]):
        return False
    opens = verb.group().lower().startswith(OPENS)
    if opens and (
        listing or cast.inside("person", Span(max(s.span.start, verb.start() - SUBJECT_REACH), verb.start()))
    ):
        return False
    if listing:
        return True
    if verb.group().lower().startswith(NO_HOST):
        return False
    what = OCCASION_WORD if verb.group().lower().startswith((*MANY_OBJECTS, *OPENS)) else OCCASION
    if what.search(cast.content, verb.end(), min(verb.end() + 90, s.span.end)):
        return True
    if what is OCCASION_WORD:
        return False
    # "a workshop which X organised"
    near = max(s.span.start, verb.start() - SUBJECT_REACH)
    relative = RELATIVE.search(cast.content[near : verb.start()])
    return relative is not None and bool(cast.inside("event", Span(near, verb.start())))


def _other_object(cast: Cast, key: str, s: Sentence, offset: int) -> bool:
    """Whether "holds" has another event as its object: "A held its congress after that of B"."""
    named = cast.inside("event", Span(offset, s.span.end))
    own = next((m for m in named if m.key == key), None)
    if own is None or named[0] is own:
        return False
    return SETTING.search(cast.content, named[0].span.end, own.span.start) is not None


def _hosts(cast: Cast, key: str, s: Sentence, verb: re.Match[str]) -> None:
    """ "In cooperation with A, B holds a workshop together with C"."""
    hosts = before_verb(cast, verb.start(), s)
    for x in hosts.subjects or pronouns.subjects(cast, s, verb.start()):
        cast.state(key, "organiser", x.key, s.span, "event/holds", 0.8)
    company = list(hosts.company)
    after = JOINTLY_WITH.search(cast.content, verb.end(), s.span.end)
    if after:
        company += chain_after(cast, after.end(), s)
    first = WITH_FIRST.match(cast.content, s.span.start, verb.start())
    if first:
        company += chain_after(cast, first.end(), s)
    before = IN_COOPERATION.search(cast.content, max(s.span.start, verb.start() - SUBJECT_REACH), verb.start())
    if before:
        company += chain_after(cast, before.end(), s)
    for x in company:
        cast.state(key, "organiser", x.key, s.span, "event/together", 0.7)


def _participant(cast: Cast, key: str, m: Mention, s: Sentence, rule: str, confidence: float) -> None:
    if (key, "organiser", m.key) not in cast.facts and m.key != key:
        cast.state(key, "participant", m.key, s.span, rule, confidence)
