"""Names of events in prose: "the hybrid workshop on ...", "a Ministerial Conference on ...", "signing ceremony"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.annotators.analysis import Analysis
from ingest.annotators.coverage import Coverage
from ingest.annotators.event_heads import named_again, names_event, opens_as_verb, points_back, possible_heads
from ingest.annotators.event_kinds import kind_of
from ingest.annotators.heads import Head
from ingest.annotators.phrases import SMALL, phrase_end, trim_place
from ingest.model import Annotation, Span

NO_PROSE = frozenset({"boilerplate", "field", "entry"})
CLOSING_QUOTES = {"“": "”", '"': '"', "‘": "’"}
UNPAIRED = {"”": "“", '"': '"', "’": "‘"}
"""Closing quotation marks, and the opening ones without which they are no part of a name."""
TO_MARK = frozenset({"mark", "celebrate", "commemorate", "honour", "honor", "launch", "validate"})
"""What an event may be held to do, as a part of its name."""
ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})
GENITIVE = frozenset({"’", "'"})
"""Behind a plural: "Workers' Forum"."""
ASIDE = re.compile(r",(?= (?:on|about|for|regarding|entitled|titled|themed|dubbed|tagged|called)\b)")
"""A comma between a head and what the event is about: "another workshop, on bricks, ..."."""
BEFORE_QUOTE = frozenset({",", ":", "on", "themed", "titled", "entitled", "dubbed", "tagged", "called", "named", "the"})
"""Between a head and the quoted title of the event."""
OTHERS = frozenset({"separate", "similar", "further", "parallel", "follow-up"})
"""Words before an event that is another than one told of before."""
YEAR = re.compile(r"(?:19|20)\d\d")
LONGEST_LEAD, LONGEST_QUOTE = 8, 40
"""Tokens before a head, and in quotation marks, that may be of the name."""


@dataclass(frozen=True, slots=True)
class _Tail:
    """Where the name ends (a token, excluded), and whether a complement of the head is part of it."""

    end: int
    complement: bool = False


def annotate(analysis: Analysis, taken: Sequence[Annotation], bodies: Sequence[Annotation] = ()) -> list[Annotation]:
    """The events of a text in order, outside of the spans `taken`: annotations of kind `event` with the class.

    A word inside the name of one of the `bodies` ("Trade Union Congress of X") is no head either.
    Features: `name`; `head`; `bare` (no more than "the meeting"); `modified` (words before the head); `definite`;
    `complement` (words after the head); `capital` (two capitalised words).
    """
    blocked = Coverage(len(analysis.text.content), taken)
    inside = Coverage(len(analysis.text.content), [_up_to_head(analysis, b) for b in bodies])
    heads = possible_heads(analysis.lexicon.events)
    lowers = analysis.lowers
    found = []
    for s in analysis.sentences:
        if s.line.kind in NO_PROSE:
            continue
        i = s.first
        while i < s.last:
            if lowers[i] not in heads or inside.holds(analysis.tokens[i].start):
                i += 1
                continue
            event = _event(Head(analysis, s, i), blocked)
            i += 1
            if event:
                found.append(event)
                i = max(i, analysis.token_at(event.span.end))
    return found


def _up_to_head(a: Analysis, body: Annotation) -> Annotation:
    """The name of a body up to its head, which may make it an event's ("X Forum on Y"), or all where it is a union."""
    if body.value == "TradeUnion":
        return body
    head = str(body.features.get("head", "")).lower()
    first, end = a.token_at(body.span.start), a.token_at(body.span.end)
    at = next((k for k in range(first, end) if a.tokens[k].text.lower() == head), max(first, end - 1))
    return replace(body, span=Span(body.span.start, a.tokens[at].start))


def _event(h: Head, blocked: Coverage) -> Annotation | None:
    if blocked.holds(h.token.start) or opens_as_verb(h):
        return None
    if points_back(h):
        return _annotation(h, h.at, _Tail(h.at + 1), "Event", "occasion", definite=True)
    if not names_event(h):
        again = named_again(h)
        return _annotation(h, h.at, _Tail(h.at + 1), kind_of(h.word), "again", definite=True) if again else None
    first = _first_word(h, blocked)
    determiner = h.lower(first - 1)
    if h.lower(first) in h.a.lexicon.events.several:
        return None
    # A week of training is no training.
    words = [h.token] if h.word in ("week", "day") else h.a.tokens[first : h.at + 1]
    kind = kind_of(" ".join(t.text for t in words))
    tail = _tail(h, kind)
    if tail.end - first == 1 and determiner == "":
        return None
    definite = determiner in ("the", "this", "that", "its", "their", "same", "said")
    return _annotation(h, first, tail, kind, "prose", definite)


def _annotation(h: Head, first: int, tail: _Tail, kind: str, rule: str, definite: bool) -> Annotation:
    a = h.a
    before = a.tokens[first : h.at]
    span = Span(a.tokens[first].start, a.tokens[tail.end - 1].end)
    name = ASIDE.sub("", re.sub(r"\s+", " ", a.words(span)))
    if name[-1:] in UNPAIRED and UNPAIRED[name[-1]] not in name[:-1]:
        name = name[:-1]
    describing = tail.end == h.at + 1 and all(t.text.lower() in h.a.lexicon.events.describing for t in before)
    features = {
        "name": h.word if rule == "occasion" else name,
        "head": h.word,
        "bare": (not before and not tail.complement) or describing,
        "modified": bool(before),
        "definite": definite,
        "complement": tail.complement,
        "other": h.lower(first - 1) == "another" or (first > h.s.first and h.lower(first) in OTHERS),
        "capital": sum(t.capital for t in (*before, h.token)) >= 2,
    }
    return Annotation(span, "event", kind, f"event/{rule}", features)


def _first_word(h: Head, blocked: Coverage) -> int:
    """The first token of the name that ends with a head."""
    tokens = h.a.tokens
    first = h.at
    while first > h.s.first:
        k = first - 1
        if tokens[k].text == ")" and k - 3 >= h.s.first and tokens[k - 2].text == "(" and tokens[k - 3].capital:
            first = k - 2  # "Technical Education and Training (TET) Week"
        elif _breaks(h, k):
            if not _joins_names(h, k, blocked):
                break
            first = k - 1
        elif blocked.holds(tokens[k].start) or _verb_of_sentence(h, k) or h.at - first > LONGEST_LEAD:
            break
        else:
            first = k
    while first < h.at and h.lower(first) in h.a.lexicon.events.pointing:
        first += 1
    return first


def _breaks(h: Head, k: int) -> bool:
    """True for a token that is no part of a name before its head: small words, signs, figures, after wide gaps."""
    token = h.a.tokens[k]
    following = h.a.tokens[k + 1]
    wide_gap = token.end + 2 < following.start
    if token.number and token.end == following.start and following.text in ORDINAL_ENDS:
        return False
    if token.text in GENITIVE and h.text(k - 1).endswith("s") and k - 1 >= h.s.first:
        return False
    return wide_gap or _stops(h, k) or not (token.word or (token.number and not token.text.isdigit()))


def _joins_names(h: Head, k: int, blocked: Coverage) -> bool:
    """True for a small word between capitalised words of one name: "the Skills and Work Conference"."""
    tokens = h.a.tokens
    if h.lower(k) not in ("and", "of", "for", "&") or k - 1 <= h.s.first:
        return False
    before = tokens[k - 1]
    return before.capital and tokens[k + 1].capital and not _stops(h, k - 1) and not blocked.holds(before.start)


def _stops(h: Head, k: int) -> bool:
    """True for the words between names: prepositions, articles, verbs of holding and attending."""
    lower = h.lower(k)
    before = h.lower(k - 1)
    if lower in h.a.lexicon.events.gerunds and (
        (h.a.tokens[k].capital and h.a.tokens[k + 1].capital and k > h.s.first)
        or before in h.a.lexicon.events.determiners
        or (before in h.a.english.adjectives and h.a.tokens[k + 1].word)
    ):
        return False  # "the closing workshop", "an informal opening session"
    return lower in SMALL or lower in h.a.lexicon.events.determiners or lower in h.a.lexicon.events.stops


def _verb_of_sentence(h: Head, k: int) -> bool:
    """True for a verb that is no part of a name ("addressed", "planning" and nouns may be)."""
    english, lower = h.a.english, h.lower(k)
    if not english.verb(lower):
        return False
    if lower.endswith("ing"):
        return lower not in h.a.lexicon.events.gerunds
    return not (english.noun(lower) or lower in english.adjectives or lower.endswith("ed"))


def _tail(h: Head, kind: str) -> _Tail:
    """What of the name follows the head: a quoted title, "on ...", "of ...", a year."""
    a, s, i = h.a, h.s, h.at
    quote = _quoted(h)
    tail = _Tail(i + 1)
    if quote is not None:
        tail = _Tail(quote, complement=True)
    elif h.following == "," and h.lower(i + 2) in ("on", "about") and (aside := _aside_end(h)) is not None:
        tail = _Tail(aside, complement=True)
    elif h.following == "to" and _to_do(h):
        if h.lower(i + 2) in TO_MARK:
            stop = trim_place(a, i + 3, phrase_end(a, i + 3, s))
            tail = _Tail(stop, complement=True) if stop > i + 3 else tail
    elif h.following == "on" and h.lower(i + 2) in ("behalf", "time", "schedule"):
        pass
    elif h.following in ("on", "of", "for", "between", "with", "about", "to", "regarding") and i + 2 < s.last:
        stop = trim_place(a, i + 1, _complement_end(h))
        whom = h.following == "with" and not _one_with_a_name(h)
        if not whom and stop > i + 2 and not _tells_who_meets(h, kind, stop):
            tail = _Tail(stop, complement=True)
    end = tail.end
    while h.token.capital and end < s.last and YEAR.fullmatch(a.tokens[end].text):
        end += 1
    return _Tail(end, tail.complement)


def _aside_end(h: Head) -> int | None:
    """Where the aside ends that tells what an event is about: "another workshop, on X, drew ..."; it has two commas."""
    a = h.a
    if h.previous not in a.lexicon.events.determiners and h.lower(h.at - 2) not in a.lexicon.events.determiners:
        return None
    stop = trim_place(a, h.at + 2, phrase_end(a, h.at + 2, h.s))
    return stop if stop > h.at + 3 and stop < h.s.last and a.tokens[stop].text == "," else None


def _one_with_a_name(h: Head) -> bool:
    """True for "a meeting with the Bureau of X", which only those who met tell from other meetings."""
    article = h.word == "talks" or any(h.lower(h.at - k) in ("a", "an", "another") for k in (1, 2))
    first = h.at + 2 + (h.lower(h.at + 2) in ("the", "its", "their"))
    if not article or first + 1 >= h.s.last or _holds_office(h, first, first + 4):
        return False
    second = h.a.tokens[first + 1]
    return h.a.tokens[first].capital and (second.capital or second.text == "of" or h.text(first).isupper())


def _holds_office(h: Head, first: int, end: int) -> bool:
    """Whether words tell of persons by their titles."""
    words = h.a.lexicon.persons
    tokens = h.a.tokens[first : min(end, h.s.last)]
    return any(t.text in words.honorifics or t.text.lower() in words.title_heads for t in tokens)


def _complement_end(h: Head) -> int:
    """Where the words after a head end that tell what the event is about, or between whom ("between X (X.) and Y")."""
    a, s = h.a, h.s
    end = phrase_end(a, h.at + 1, s)
    if h.following == "between" and not any(t.text == "and" for t in a.tokens[h.at + 2 : end]):
        bracket = [t.text for t in a.tokens[end : min(end + 4, s.last)]]
        if len(bracket) == 4 and bracket[0] == "(" and bracket[2:] == [")", "and"]:
            end = phrase_end(a, end + 3, s)
    goes_on = h.a.lexicon.events.goes_on
    for k in range(h.at + 2, end):
        another = a.tokens[k].text == "and" and h.lower(k + 1) in ("a", "an")
        venue = a.tokens[k].text == "at" and h.text(k + 1 + (h.lower(k + 1) == "the"))[:1].isupper()
        if another or (venue and h.s.line.kind == "prose") or a.tokens[k].text in goes_on:
            return k - 1 if a.tokens[k - 1].text == "," else k
    return end


def _to_do(h: Head) -> bool:
    """True for "a forum to discuss ...": a verb follows, not a place."""
    word, english = h.text(h.at + 2), h.a.english
    return word.islower() and english.verb(word) and not word.endswith("ing")


def _tells_who_meets(h: Head, kind: str, stop: int) -> bool:
    """True for "a meeting between Dr X and the Director of Y": the participants are told elsewhere, and are no name."""
    if h.following not in ("of", "between") or kind != "Meeting" or h.s.line.kind == "title":
        return False
    return _holds_office(h, h.at + 2, stop)


def _quoted(h: Head) -> int | None:
    """The end of a quoted title right after a head: Workshop “...”."""
    tokens, last = h.a.tokens, h.s.last
    k = h.at + 1
    while k < last and tokens[k].text in BEFORE_QUOTE:
        k += 1
    if k >= last or tokens[k].text not in CLOSING_QUOTES:
        return None
    closing = CLOSING_QUOTES[tokens[k].text]
    return next((m + 1 for m in range(k + 1, min(k + LONGEST_QUOTE, last)) if tokens[m].text == closing), None)
