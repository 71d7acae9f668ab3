"""One agreement under several names: what the title, a caption or plain "an agreement" calls the one that the body
describes."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.extractors.cast import Cast
from ingest.extractors.signing import AGREEMENTS, OF_DATE
from ingest.model import Annotation

MEMORANDUM, COOPERATION = "MemorandumOfUnderstanding", "CooperationAgreement"
OUTSIDE = ("title", "heading", "caption")
"""Kinds of lines that tell again what the body tells."""
SEVERAL = re.compile(r"(?:agreements|contracts|arrangements|memoranda|mo[uca]s|statements|protocols|addenda)\b", re.I)
COMPLEMENT = re.compile(r"\s+(?:on|for|to|about|concerning|regarding|in|between|with)\b")
PLAIN = re.compile(r"(?:agreement|accord|pact)\b", re.I)


def told_once(cast: Cast, clusters: dict[str, list[Annotation]]) -> dict[str, list[Annotation]]:
    """The mentions of each instrument, where those outside of the body and bare ones belong to its only agreement.

    A report is about one signing: its title, its captions and its first paragraph ("an agreement") call it by other
    words. Where the body describes several agreements, what the title calls by the same noun is the first of them.
    """
    agreements = {key: same for key, same in clusters.items() if _signed_agreement(cast, same)}
    if len(agreements) < 2 or any(_in_list(cast, i) for same in agreements.values() for i in same):
        return clusters
    told = [key for key, same in agreements.items() if any(not i.features.get("bare") for i in same)]
    described = [key for key in told if any(_describes(cast, i) for i in agreements[key])] or told
    if not described:
        return clusters
    main = min(described, key=lambda key: min(i.span for i in agreements[key]))
    apart, several = frozenset(described), len(described) > 1
    others = {
        key
        for key, same in agreements.items()
        if key != main and key not in apart and _fits(cast, agreements[main], same)
        if not several or _same_head(cast, agreements[main], same)
    }
    kind = MEMORANDUM if any(_kind(agreements[key]) == MEMORANDUM for key in (main, *others)) else None
    result: dict[str, list[Annotation]] = {}
    for key, same in clusters.items():
        if key == main:
            merged = [i for other in (main, *sorted(others)) for i in agreements[other]]
            result[key] = sorted((_as(i, kind) for i in merged), key=lambda i: i.span)
        elif key not in others:
            result[key] = same
    return result


def _signed_agreement(cast: Cast, same: list[Annotation]) -> bool:
    """Whether rules for agreements found it; one that has its date for a name is told apart by that."""
    found = any(i.rule.startswith("instrument/agreement") for i in same)
    return found and _kind(same) in AGREEMENTS and not any(OF_DATE.search(cast.a.words(i.span)) for i in same)


def _kind(same: list[Annotation]) -> str:
    return str(same[0].value)


def _as(i: Annotation, kind: str | None) -> Annotation:
    return i if kind is None else replace(i, value=kind)


def _describes(cast: Cast, i: Annotation) -> bool:
    """Whether a mention stands in the body and says more than "agreement"."""
    return not i.features.get("bare") and not _outside(cast, i)


def _outside(cast: Cast, i: Annotation) -> bool:
    s = cast.a.sentence_at(i.span.start)
    return s is not None and s.line.kind in OUTSIDE


def _in_list(cast: Cast, i: Annotation) -> bool:
    s = cast.a.sentence_at(i.span.start)
    return s is not None and s.line.entry is not None


def _fits(cast: Cast, main: list[Annotation], other: list[Annotation]) -> bool:
    """Whether two names can be of one agreement: a memorandum may be called an agreement, and one that is only called
    so may turn out to be a memorandum."""
    if any(SEVERAL.search(cast.a.words(i.span)) for i in (*main, *other)):
        return False
    plain = _kind(main) == MEMORANDUM or all(PLAIN.match(cast.a.words(i.span)) for i in main)
    return _kind(main) == _kind(other) or (plain and {_kind(main), _kind(other)} <= {MEMORANDUM, COOPERATION})


def _same_head(cast: Cast, main: list[Annotation], other: list[Annotation]) -> bool:
    """Whether titles and captions alone name the other, by the noun of the main one: "bilateral agreement on"."""
    heads = {COMPLEMENT.split(cast.a.words(i.span))[0].lower() for i in main}
    return all(_outside(cast, i) and COMPLEMENT.split(cast.a.words(i.span))[0].lower() in heads for i in other)
