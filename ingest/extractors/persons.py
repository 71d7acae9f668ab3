"""Persons of a document: one person under several spellings, orders and parts of the name."""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.annotators.gazetteer import fold
from ingest.annotators.names import Names
from ingest.annotators.titles import Role
from ingest.extractors import appointments
from ingest.extractors.cast import Cast
from ingest.extractors.spelling import one_line
from ingest.model import Annotation, Span

CONFIDENCE = {
    "person/recogniser": 0.7,
    "person/saying": 0.85,
    "person/title-surname": 0.7,
    "person/of-body": 0.75,
    "person/who": 0.85,
    "person/words": 0.75,
}
NICKNAME = re.compile(r"\s[“\"‘][^“”\"‘’]+[”\"’]\s")
"""A name in quotation marks inside of a name."""
SPELLED = 5
"""A word that two spellings of a name differ in has so many letters."""
ONE_NAME = 0.75
"""The confidence of a person of whom one name is told."""
NAMED = 0.95
"""The confidence of the rules that are not in CONFIDENCE."""


def signature(name: str) -> str:
    """A name without diacritics, initials, hyphens and order.

    >>> signature("Min-Seo Kim") == signature("Kim Minseo")
    True
    """
    words = re.sub(r"[^\w ]", "", fold(re.sub(r"[-‑]", "", NICKNAME.sub(" ", name)))).split()
    long = [w for w in words if len(w) > 1] or words
    return "".join(sorted("".join(long))) if len(long) > 1 else " ".join(long)


def extract(cast: Cast, names: Names) -> None:
    """Adds the persons of the text to the cast, with their appointments."""
    full: dict[str, list[Annotation]] = defaultdict(list)
    single: list[Annotation] = []
    for person in names.persons:
        words = [w for w in re.sub(r"[^\w -]", "", str(person.value)).split() if len(w) > 1]
        if len(words) > 1:
            full[signature(str(person.value))].append(person)
        else:
            single.append(person)
    for same in _whole(full):
        _add(cast, same)
    _surnames(cast, single)
    appointments.extract(cast, names)


def _respelled(full: dict[str, list[Annotation]]) -> dict[str, list[Annotation]]:
    """ "Ali Mohamed" and "Ali Mohammed": one person where a single word is spelled otherwise."""
    merged: dict[str, list[Annotation]] = {}
    by_sound: dict[str, tuple[str, set[str]]] = {}
    for sign, same in full.items():
        words = set(fold(str(same[0].value)).split())
        first, known = by_sound.setdefault(" ".join(sorted(map(_sound, words))), (sign, words))
        other = words ^ known
        one = len(words) == len(known) > 1 and len(other) == 2 and all(len(w) >= SPELLED for w in other)
        merged.setdefault(first if one else sign, []).extend(same)
    return merged


def _sound(word: str) -> str:
    """The first letter and the consonants of a word, double ones once."""
    return re.sub(r"(.)\1", r"\1", word[0] + re.sub("[aeiouy]", "", word[1:]))


def _whole(full: dict[str, list[Annotation]]) -> list[list[Annotation]]:
    """The mentions of each person; "Ms X Y" goes with "W V X Y" where only one longer name ends so."""
    ends: dict[tuple[str, ...], set[str]] = defaultdict(set)
    parts = {sign: fold(str(same[0].value)).split() for sign, same in full.items()}
    for sign, words in parts.items():
        for length in range(2, len(words)):
            ends[tuple(words[-length:])].add(sign)
    full = _respelled(full)
    merged = {sign: list(same) for sign, same in full.items()}
    for sign, words in parts.items():
        longer = ends.get(tuple(words), set())
        if len(longer) == 1 and all(p.rule == "person/honorific" for p in full[sign]):
            merged[next(iter(longer))] += merged.pop(sign)
    return list(merged.values())


def roles_of(person: Annotation) -> tuple[Role, ...]:
    """The titles that stand with a person's name."""
    roles: tuple[Role, ...] = person.features.get("roles", ())
    return roles


def _add(cast: Cast, same: list[Annotation]) -> None:
    """Adds the mentions of one person, the best name first."""
    order = sorted(same, key=lambda p: (p.rule == "person/recogniser", -len(str(p.value).split()), p.span))
    best = one_line(str(order[0].value))
    key = f"person:{' '.join(sorted(fold(best).split()))}"
    for p in same:
        end = max([p.span.end, *(r.span.end for r in roles_of(p))])
        reach = Span(_begin(p), end)
        confidence = CONFIDENCE.get(p.rule, NAMED) if " " in str(p.value) else ONE_NAME
        cast.add(key, "Person", one_line(str(p.value)), p.span, "person", p.rule, confidence, reach)
    names = cast.members[key].names
    if NICKNAME.search(best):
        names.setdefault(NICKNAME.sub(" ", best), 0)
    cast.members[key].names = {best: names.pop(best)} | names


def _begin(p: Annotation) -> int:
    """Where a person's name begins with its titles and forms of address."""
    return min([int(str(p.features.get("start", p.span.start))), *(r.span.start for r in roles_of(p))])


def _surnames(cast: Cast, single: list[Annotation]) -> None:
    """ "Mr X", "Ms. Y": one part of a name is a mention of the last person who has it, and no other name of theirs."""
    parts: dict[str, str] = {}
    for key, member in cast.members.items():
        if member.type == "Person":
            for name in member.names:
                for word in fold(name).split():
                    parts[word] = key
    alone: dict[str, list[Annotation]] = defaultdict(list)
    for p in single:
        whole = parts.get(fold(str(p.value)))
        if not whole and (p.rule == "person/honorific" or " " in str(p.value) or alone.get(fold(str(p.value)))):
            alone[fold(str(p.value))].append(p)
        if whole:
            member = cast.members[whole]
            before = dict(member.names)
            reach = Span(_begin(p), p.span.end)
            cast.add(whole, "Person", str(p.value), p.span, "person", p.rule, 0.6, reach)
            member.names = before
    for same in alone.values():
        # Many people have one name only: "Mr. Suharto, principal of X". A surname alone comes without an office.
        if any(roles_of(p) for p in same):
            _add(cast, same)
