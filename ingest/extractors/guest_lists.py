"""Lists of guests: names with what each is called, and guests without a name between them ("Ms A, mayor of X, officials
of the B, employers and, for the C, Mr D")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.extractors.enumerations import BRACKET, chain_before
from ingest.lexicon.relations import any_of
from ingest.model import Span

GUESTS = ("person", *BODIES)
REACH = 1500
"""Characters after a word that opens a list in which its guests are looked for."""
LONGEST_GAP = 200
"""Characters between two guests, with what the first is called and those without a name."""
SHORT = 12
"""Characters with no room for guests without a name."""
OWNER = r"(?:the\s+|its\s+|their\s+|his\s+|her\s+)?(?:[A-Z][\w-]+(?:\s[A-Z][\w-]+)?[’']s?\s+)?"
UNNAMED = (
    rf"(?:[\w’'()-]+\s+){{0,7}}?{any_of('guest_nouns')}\s+"
    r"(?:(?:drawn\s+|coming\s+|sent\s+)?(?:of|from|at|under|by|for)|representing)\s+"
)
""" "two senior officials of": they stand for the body that follows."""
FILL = rf"(?:(?:also|both|from|of|with|including|namely|among them)\s+)*(?:{UNNAMED})?{OWNER}"
PLURALS = r"(?:[^.;:,]{2,60}?(?:s|people|staff|children)\s*(?:,\s*(?:and\s+)?|\s(?:and|as well as)\s)\s*){1,6}"
FROM_PLACES = r"(?:[\w’-]+\s+){0,4}?[a-z]+s\s+(?:from|of|in)\s+[^.;:]{2,70}?,\s*(?:and\s+)?"
LEAD = re.compile(rf"^\s*(?:{PLURALS}|{FROM_PLACES})?{FILL}$")
""" "teachers, mayors of ten towns and officials of the": the first may have no names."""
AND = r"(?:[,;]\s*(?:and|or)|[,;]|\band\b|\bas well as\b|\bplus\b|\balong with\b|\balongside\b|\btogether with\b)"
CALLED = r"(?:\s*[,–—-]\s*[^;.]{0,150}?)?"
NEXT = re.compile(rf"^{BRACKET}{CALLED}\s*{AND}\s+(?:by\s+)?{FILL}$")
""" "Ms A – Director of B, two mayors, and the": between two guests."""
INCLUDING = re.compile(rf"^{BRACKET},?\s+(?:including|such as|namely|among them|for example)\s+(?:also\s+)?{OWNER}$")
PARTS = re.compile(rf"\b{any_of('guest_parts')}\s+(?:under|of|within|belonging to|attached to)\s+{OWNER}$")
""" "other departments under the": what follows is whose they are, and did not come as a whole."""
NO_LIST = re.compile(
    r"\b(?:said|says|sai[dy]ing|to|was|were|is|are|be|been|will|would|should|could|has|had|have|but|because|while|when"
    r"|that|if|on|which|after|before|during|at a|at the (?:end|start|same)|attended|spoke|discussed)\b"
)
"""Words of a sentence that goes on with something else than its list."""
WHO_CLAUSE = re.compile(r",\s*(?:where|who|whose|which)\b[^,;.]{2,90}(?=,|\s+and\b|;)")
HER_BODY = re.compile(
    rf"^{BRACKET}(?:\s*[,(–—-]\s*(?:(?:an?|the|its|their)\s+)?(?!{AND})[^,;.]{{2,90}}?)?\s(?:of|at|for|from|in|under|with)\s+{OWNER}$"
)
""" "Ms A, the new head of the B": the body says who she is, not that it came."""
PLURAL = re.compile(rf"\b{any_of('guest_nouns')}\s+(?:\w+\s+)?(?:of|from|at|under|by|for|representing)\b")
STRANGER_OF = re.compile(
    r"(?:^|[,;.]\s+|\band\s+|\n)((?:(?:Mr|Ms|Mrs|Dr|Prof)\.?\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w.’'-]*){1,3})\s+(?:of|from|at|for)\s+(?:the\s+)?$"
)
"""Before the body of somebody whom nothing else shows to be a person."""
OFFICE = re.compile(
    r"\b(?:head|director|chief|president|minister|secretary|chair\w*|principal|dean|rector|manager|mayor|governor"
    r"|coordinator|leader|spokes\w+|general|executive)\s+(?:of|at|for)\s+(?:the\s+)?$",
    re.I,
)
NAMED_NEXT = re.compile(rf"{BRACKET},\s+(?:(?:Mr|Ms|Mrs|Dr|Prof)\.?\s+)?[A-Z]")
""" "the head of the A, Ms B": A only says who she is."""
TITLES = re.compile(
    rf"{BRACKET}(?:\s*,\s*(?:of\s+)?(?:the\s+)?(?!{AND})(?:(?!\b(?:and|or|from)\b)[^,;.]){{2,70}}){{0,4}}"
    r",\s*(?:the\s+)?"
)
""" ", MP, Minister, Ministry of B, ": the parts of a title."""
AND_ONLY = re.compile(
    rf"^{BRACKET}(?:,?\s+(?:of|at|from|for)\s[^,;.]{{2,80}}|,[^,;.]{{2,80}})?\s*,?\s*(?:and|as well as)?\s*$"
)
BESIDE = re.compile(rf"^{BRACKET}\s*,\s*$")
TAIL = re.compile(
    rf"^{BRACKET}(?:\s*,[^;.]{{0,90}},|\s*,?\s+(?:and|as well as)\s+[^,;.]{{3,60}})?,?\s*(?:(?:who|which|both|also|then"
    r"|today|himself|herself|each|will|have|has|had|all|were|in turn|later|yesterday)\s+)*$"
)
"""Between a guest and the verb, with a last one who has no name: "A, B and several firms"."""


def after(cast: Cast, offset: int, s: Sentence) -> list[Mention]:
    """The guests that follow an offset; empty where something else stands first."""
    result: list[Mention] = []
    at = offset
    near = Span(offset, min(s.span.end, offset + REACH))
    mentions = sorted(cast.inside_any(GUESTS, near), key=lambda m: (m.reach.start, -m.reach.end))
    semicolons = ";" in cast.content[offset : near.end]
    for m in mentions:
        start = m.span.start if m.reach.start < at <= m.span.start and not result else m.reach.start
        if start < at:
            continue
        gap = cast.content[at:start]
        if result and gap.strip() == "(" and cast.content.startswith(")", m.reach.end):
            at = m.reach.end + 1
            continue
        if result and m.kind in BODIES and _is_hers(result[-1], gap, semicolons):
            at = m.reach.end
            continue
        if len(gap) > LONGEST_GAP or not (_joins(gap) if result else _leads(gap)):
            break
        if result and m.kind == "person" and result[-1].kind in BODIES and gap.strip() in ("", "’s", "'s"):
            result.pop()  # "X Director Ms Y": only Ms Y is of the list
        if PARTS.search(gap) is None:
            result.append(m)
        at = m.reach.end
    return result


def _leads(gap: str) -> bool:
    return LEAD.match(gap) is not None and (len(gap) < SHORT or NO_LIST.search(gap) is None)


def _joins(gap: str) -> bool:
    if gap.strip() in ("", "’s", "'s") or INCLUDING.match(gap):
        return True
    told = WHO_CLAUSE.sub("", gap)
    return NO_LIST.search(told) is None and NEXT.match(told) is not None


def _is_hers(person: Mention, gap: str, semicolons: bool) -> bool:
    """Whether a body that follows a person only says where they are from."""
    if person.kind != "person":
        return False
    if BESIDE.match(gap):
        return semicolons  # "Ms A, B; Mr C, D"
    return HER_BODY.match(gap) is not None and PLURAL.search(gap) is None


def _titled(cast: Cast, body: Mention, s: Sentence) -> Mention | None:
    """Whose title ends with a body between commas: "Mr A, MP, Minister, Ministry of B, Government of C, spoke"."""
    person = cast.last("person", body.reach.start)
    if person is None or person.span.start < max(s.span.start, body.reach.start - LONGEST_GAP):
        return None
    if not cast.content.startswith(",", body.reach.end):
        return None
    return person if TITLES.fullmatch(cast.content, person.reach.end, body.reach.start) else None


def before(cast: Cast, offset: int, s: Sentence, tail: re.Pattern[str] = TAIL) -> list[Mention]:
    """The guests that stand before a verb."""
    return owned(cast, chain_before(cast, offset, s, GUESTS, tail=tail), s)


def owned(cast: Cast, found: Sequence[Mention], s: Sentence) -> list[Mention]:
    """The guests of a list before a verb, with the person in place of their body: "Ms A of the B spoke"."""
    if not found or found[0].kind == "person":
        return list(found)
    first = found[0]
    near = max(s.span.start, first.reach.start - LONGEST_GAP)
    titled = _titled(cast, found[0], s)
    if titled is not None:
        return [titled, *found[1:]]
    person = cast.last("person", first.reach.start)
    if person is not None and person.span.start >= near:
        gap = cast.content[person.reach.end : first.reach.start]
        if HER_BODY.match(gap) and PLURAL.search(gap) is None:
            earlier = chain_before(cast, person.reach.start, s, GUESTS, tail=AND_ONLY)
            return [*owned(cast, earlier, s), person, *found[1:]]
    stranger = STRANGER_OF.search(cast.content, max(0, near - 2), first.reach.start)
    if stranger is not None and PLURAL.search(stranger.group().lower()) is None:
        earlier = chain_before(cast, stranger.start(1), s, GUESTS, tail=AND_ONLY)
        return [*owned(cast, earlier, s), *found[1:]]
    if OFFICE.search(cast.content, near, first.reach.start) and NAMED_NEXT.match(cast.content, first.reach.end):
        return list(found[1:])
    return list(found)
