"""Instruments of a document: laws, plans, conventions and agreements, each with its mentions and its names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz

from ingest.annotators.names import Names
from ingest.extractors import anaphors, issuing, signing
from ingest.extractors.cast import Cast
from ingest.extractors.same_agreement import told_once
from ingest.extractors.signing import AGREEMENTS
from ingest.extractors.signing_later import Signing, told_later
from ingest.extractors.signing_sequels import told_around
from ingest.extractors.spelling import normal, one_line
from ingest.model import Annotation, Span, Value

CONFIDENCE = {"instrument/plan-title": 0.8, "instrument/plan-period": 0.7, "instrument/law-name": 0.85}
NAMED = 0.93
"""The confidence of the rules that are not in CONFIDENCE."""
RECENT = 60
"""With how many descriptions before it a description of an agreement is compared."""
TREATY = re.compile(
    r"((?:[A-Z][\w-]+ )+(?:Agreement|Partnership|Treaty))"
    r"(?: (?:with|between) (?:the )?[A-Z][^.;()]{2,40})? \(([A-Z][A-Z-]+[A-Z])\)"
)


def extract(cast: Cast, names: Names) -> None:
    """Adds the instruments of the text to the cast, with parties, issuers, dates and places."""
    shorts = {long.start: cast.a.words(short) for long, short in names.definitions}
    signings: list[Signing] = []
    long_names: list[tuple[str, Span]] = []
    clusters = told_once(cast, _clusters(cast, names.instruments))
    for key, same in clusters.items():
        best = max(same, key=lambda i: (len(cast.a.words(i.span).split()), -i.span.start))
        for i in [best, *(s for s in same if s is not best)]:
            confidence = _confidence(i)
            name = _closed(one_line(_text(cast, i)).strip(" “”\"'"))
            member = cast.add(key, str(best.value), name, i.span, "instrument", i.rule, confidence)
            long_names.append((key, i.span))
            if i.span.start in shorts:
                member.names.setdefault(shorts[i.span.start], 1)
    for key, same in clusters.items():
        for i in same:
            signings += _facts(cast, key, i)
        for i in same:
            issuing.year_of_number(cast, key, i)
    anaphors.instruments(cast)
    _abbreviated(cast, [(key, shorts[i.start]) for key, i in long_names if i.start in shorts])
    told_around(cast)
    told_later(cast, signings)


def _confidence(i: Annotation) -> float:
    if i.rule == "instrument/agreement-signed":
        return 0.8 if i.features.get("signed") else 0.6
    return CONFIDENCE.get(i.rule, NAMED)


def _abbreviated(cast: Cast, shorts: Sequence[tuple[str, str]]) -> None:
    """ "The SDCP was signed ...": the abbreviation of an instrument points back to it."""
    keys = {short: key for key, short in reversed(shorts) if short.isupper()}
    if not keys:
        return
    for m in re.finditer(rf"\b[Tt]he ({'|'.join(map(re.escape, keys))})\b(?!\s+[A-Z])", cast.content):
        cast.point_back(keys[m[1]], "instrument", Span(*m.span(1)), Span(*m.span()))


def _text(cast: Cast, i: Annotation) -> str:
    return str(i.features.get("name") or cast.a.words(i.span))


def _closed(name: str) -> str:
    """A name with the quotation marks closed that it opens."""
    return name + "”" * (name.count("“") - name.count("”"))


def _clusters(cast: Cast, instruments: list[Annotation]) -> dict[str, list[Annotation]]:
    """The mentions of each instrument: of the same number, the same words, or nearly so."""
    treaties: dict[str, str] = {}
    for long, short in TREATY.findall(cast.content):
        treaties.setdefault(short, long)
        treaties.setdefault(normal(long), long)
    clusters: dict[str, list[Annotation]] = defaultdict(list)
    forms: dict[tuple[str, str], str] = {}
    described: dict[str, list[tuple[str, str]]] = defaultdict(list)
    untold: list[Annotation] = []
    for i in instruments:
        if i.features.get("bare") and _in_title(cast, i):
            untold.append(i)  # "MoU signed in Accra": what the text then calls by its full name
            continue
        key = _numbered(i)
        kind, text = str(i.value), _text(cast, i)
        form = normal(text)
        if key is None:
            key = forms.get((kind, form)) or _described(kind, form, described[kind][-RECENT:])
        if key is None:
            long = treaties.get(text) or treaties.get(form)
            key = f"instrument:{normal(long) if long else form}"
        forms.setdefault((kind, form), key)
        described[kind].append((form, key))
        clusters[key].append(i)
    for i in untold:
        same = next((k for k, c in clusters.items() if c[0].value == i.value), None)
        clusters[same or f"instrument:{normal(_text(cast, i))}"].append(i)
    return clusters


def _in_title(cast: Cast, i: Annotation) -> bool:
    s = cast.a.sentence_at(i.span.start)
    return s is not None and s.line.kind in ("title", "heading")


def _numbered(i: Annotation) -> str | None:
    identifier = i.features.get("identifier")
    if not identifier:
        return None
    return (
        f"instrument:convention {identifier}"
        if i.value == "Convention"
        else f"instrument:{i.value} {identifier}".lower()
    )


def _described(kind: str, form: str, before: list[tuple[str, str]]) -> str | None:
    """The key of the plan that begins like this one, or of the agreement that is described in nearly the same words."""
    for other, key in before:
        if kind == "Plan" and (other.startswith(form) or form.startswith(other)):
            return key
        if kind in AGREEMENTS and _same_agreement(form, other):
            return key
    return None


def _same_agreement(one: str, two: str) -> bool:
    """Two descriptions of one agreement: the words of the shorter are nearly all in the longer."""
    return min(len(one.split()), len(two.split())) >= 4 and (
        one in two or two in one or fuzz.token_set_ratio(one, two) >= 88
    )


def _facts(cast: Cast, key: str, i: Annotation) -> list[Signing]:
    """States what the sentence of a mention tells of an instrument; the signing, if it tells of one."""
    kind = cast.members[key].type
    identifier = i.features.get("identifier")
    if identifier:
        cast.state(key, "identifier", Value(str(identifier)), i.span, "instrument/identifier", 0.95)
    s = cast.a.sentence_at(i.span.start)
    if s is None or s.line.kind in ("boilerplate", "title"):
        return []
    if kind in AGREEMENTS:
        return [Signing(key, s)] if signing.parties(cast, key, i, s) else []
    issuing.issuer(cast, key, i, s)
    if i.rule == "instrument/country-programme" and signing.signers_of_plan(cast, key, i, s):
        return [Signing(key, s)]
    return []
