"""Which words are heads of the names of events: "workshop" nearly always, "meeting" and "day" by what stands beside."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping

from ingest.annotators.heads import Head
from ingest.lexicon.things import EventWords


def possible_heads(words: EventWords) -> frozenset[str]:
    """All words that can be the head of an event's name, or point back to an event: most words are none of them."""
    single = words.strong | words.occasions | words.again | words.in_names | words.with_ordinal | words.with_complement
    single |= words.settings | words.of_something
    return single | {second for _, second in words.compounds}


def points_back(h: Head) -> bool:
    """True for "the occasion", which means an event that was told of before."""
    return (
        h.word in h.a.lexicon.events.occasions
        and h.previous in ("the", "this")
        and h.following not in ("of", "to", "that")
    )


def named_again(h: Head) -> bool:
    """True for "the visit" and no more, which may mean a visit that was told of before."""
    if h.word not in h.a.lexicon.events.again or h.previous not in ("the", "this") or h.token.capital:
        return False
    following = h.following
    return not following[:1].isalpha() or following in AFTER_NAME or following in h.a.english.words.closing


AFTER_NAME = frozenset({"and", "in", "on", "at", "by", "with", "where", "between", "from"})
"""Words right after an event that is named by its head alone."""


def opens_as_verb(h: Head) -> bool:
    """True for a word that begins its sentence in lower case and may be a verb ("meeting the needs of ...")."""
    return h.previous == "" and h.word in h.a.lexicon.events.verbs and not h.token.capital


def names_event(h: Head) -> bool:
    """True where a word is the head of an event's name."""
    if not (h.word in h.a.lexicon.events.strong or _compound(h) or _weak_head(h)) or _leads_on(h):
        return False
    check = CHECKS.get(h.word)
    return check is None or check(h)


def _compound(h: Head) -> bool:
    """True for two words that always name an event; the first may be a genitive ("stakeholders' engagement")."""
    previous = h.lower(h.at - 2) if h.previous in ("’", "'") else h.previous
    return (previous, h.word) in h.a.lexicon.events.compounds


def _leads_on(h: Head) -> bool:
    """True where the next word is the head ("training workshop") or names something else ("conference hall")."""
    v = h.a.lexicon.events
    if h.following == "participants":
        return h.word not in v.strong
    return (
        (h.word, h.following) in v.compounds
        or (h.following in v.strong and h.word != "launch" and h.following != "meeting")
        or h.following in v.not_before
    )


def _weak_head(h: Head) -> bool:
    """Heads that name an event at the end of a capitalised name, with an ordinal, or with an article and a complement.

    "National Skills Day"; "the second session"; "a training on safety at work".
    """
    v = h.a.lexicon.events
    if h.word in v.settings and _setting(h):
        return True
    if h.word in v.in_names:
        before = h.a.tokens[max(h.at - 2, h.s.first) : h.at]
        named = h.token.capital and len(before) == 2 and all(t.capital and t.word for t in before)
        named = named or (h.token.capital and _abbreviated(h))
        if named or _of_people(h) or (h.token.capital and "-" in h.previous and h.text(h.at - 1)[:1].isupper()):
            return True
    if h.word == "talks" and h.following in ("between", "with"):
        return h.previous in BEFORE_TALKS or h.previous in h.a.english.adjectives
    if h.word in v.again and LASTING.fullmatch(h.previous):
        return True
    if h.word in v.with_ordinal:
        return h.previous in v.ordinals or NUMBERED.fullmatch(h.previous) is not None
    if h.word in v.of_something:
        return _of_something(h)
    if h.word in ("week", "day") and h.following != "of":
        return any(h.lower(k) in WIDE for k in range(h.at - 4, h.at)) and h.a.english.noun(h.previous) and _has_day(h)
    if h.word in v.with_complement:
        article = any(
            h.lower(k) in ("a", "an", "first", "second", "third", "fourth", "basic", "advanced")
            for k in range(h.at - 4, h.at)
        )
        told = h.following in ("on", "of", "for") or (h.following in GOES_ON and _has_day(h))
        return article and told and h.previous not in ("vocational", "skills")
    return False


def _abbreviated(h: Head) -> bool:
    """True for "TVET Week", and behind a short form in brackets."""
    before = h.text(h.at - 2) if h.previous == ")" else h.text(h.at - 1)
    return len(before) >= SHORTEST_FORM and before.isalpha() and before.isupper()


SHORTEST_FORM = 3
"""Letters."""


def _of_people(h: Head) -> bool:
    """True for "the Masons' Day", "Teachers' Week": capitals and a plural genitive."""
    owner = h.text(h.at - 2)
    return h.token.capital and h.previous in ("’", "'") and owner[:1].isupper() and owner.endswith("s")


def _setting(h: Head) -> bool:
    """True for "a reception", "an informal opening activity" that people were at, or that has a day and was held."""
    back = range(h.at - 1, max(h.at - LONGEST_SETTING, h.s.first) - 1, -1)
    k = next((k for k in back if h.lower(k) in A), None)
    if k is None and h.word not in h.a.lexicon.events.occasions:
        the = next((k for k in back if h.lower(k) in THE), h.at)
        return the < h.at - 1 and h.lower(the - 1) in h.a.lexicon.events.at_one and _has_day(h)
    if k is None or (k == h.at - 1 and h.word in ("event", "activity")):
        return False
    if any(h.lower(j) in SETTING_ENDS for j in range(k + 1, h.at)):
        return False
    if h.lower(k - 1) in h.a.lexicon.events.at_one:
        return True
    return any(h.lower(j) in HELD_THERE for j in range(h.at + 1, h.at + 7)) and _has_day(h)


def _of_something(h: Head) -> bool:
    """True for "the kick-off of the project" on a day, not for "the opening of the workshop", which names the event."""
    v = h.a.lexicon.events
    if h.following not in ("of", "for") or h.previous not in OPENS_NOUN or not _has_day(h):
        return False
    return not any(h.lower(k) in v.strong or h.lower(k) in v.settings for k in range(h.at + 2, h.at + 8))


OPENS_NOUN = frozenset({"the", "official", "formal", "grand", "ceremonial", "a"})
NUMBERED = re.compile(r"\d*(?:st|nd|rd|th)")
WIDE = frozenset({"national", "annual", "international", "regional", "world", "global", "provincial", "district"})
THE = frozenset({"the", "its", "their", "this"})
A = frozenset({"a", "an", "another"})
LONGEST_SETTING = 6
"""Words from an article to the head."""
SETTING_ENDS = frozenset({"and", "or", "of", "in", "for", "to", "with", "on"})
HELD_THERE = frozenset({"held", "hosted", "organised", "organized", "staged", "place", "convened"})

BEFORE_TALKS = frozenset(
    {"", "also", "have", "held", "hold", "holds", "had", "the", "for", "in", "at", "during", "after"}
    | {"opened", "began"}
)
"""Words before "talks" that show the noun."""
LASTING = re.compile(r"(?:\w+-)?(?:half-)?(?:hour|day|week|month)(?:s|-long)?|(?:day|week|month)long")
"""Before a head: "a three-day training"."""
GOES_ON = frozenset(
    {"in", "at", "given", "held", "run", "organised", "organized", "which", "that", "from", "by", "with"}
)
"""Words after "a course" that tell of one course, where a day is told too."""


def _has_day(h: Head) -> bool:
    """Whether a sentence names a day."""
    dates = h.a.dates
    at = bisect_left(dates, h.s.span.start, key=lambda d: d.span.start)
    while at < len(dates) and dates[at].span.start < h.s.span.end:
        if dates[at].value.kind == "date" and len(dates[at].value.start) == len("2000-01-01"):
            return True
        at += 1
    return False


def _meeting(h: Head) -> bool:
    """A noun, where "meeting" may also be a verb."""
    english = h.a.english
    return (
        h.token.capital
        or h.previous in h.a.lexicon.events.determiners
        or h.previous in english.adjectives
        or english.noun(h.previous)
        or _compound(h)
    )


def _launch(h: Head) -> bool:
    """ "The launch of the report", "at the launch"; not "they launch"."""
    at_the = h.previous == "the" and h.lower(h.at - 2) in ("at", "during", "after")
    at_the = at_the or (
        h.previous == "a" and h.lower(h.at - 2) in ("at", "during", "with") and not h.a.english.noun(h.following)
    )
    of_something = h.following in ("of", "ceremony", "event", "workshop")
    return h.token.capital or at_the or (h.previous in ("the", "official", "book", "a") and of_something)


def _signing(h: Head) -> bool:
    """ "The signing of the pact", "the project signing"; not "by signing"."""
    return (h.previous in ("the", "official") and h.following == "of") or _compound(h)


def _consultation(h: Head) -> bool:
    previous, english = h.previous, h.a.english
    described = previous in english.adjectives and not previous.endswith("ed")
    return h.token.capital or previous in ("a", "the") or described or previous in ("stakeholder", "stakeholders")


def _fair(h: Head) -> bool:
    """ "Job fair", "the traders' fair"; not "fair recruitment"."""
    of_people = h.previous in ("’", "'") and h.lower(h.at - 2)[-1:] == "s"
    return h.token.capital or of_people or h.a.english.noun(h.previous)


def _handover(h: Head) -> bool:
    return h.following in ("of", "ceremony")


NO_FORUM = frozenset(
    {"as", "is", "be", "was", "provide", "provides", "provided", "offers", "become", "becomes", "became"}
)


def _forum(h: Head) -> bool:
    english = h.a.english
    if h.previous == "a" and h.lower(h.at - 2) in NO_FORUM:
        return False  # "the fair serves as a forum"
    described = h.previous in english.adjectives or english.noun(h.previous)
    return h.token.capital or described or h.previous in ("the", "a", "national", "regional", "this")


CHECKS: Mapping[str, Callable[[Head], bool]] = {
    "meeting": _meeting,
    "launch": _launch,
    "signing": _signing,
    "consultation": _consultation,
    "fair": _fair,
    "forum": _forum,
    "handover": _handover,
}
