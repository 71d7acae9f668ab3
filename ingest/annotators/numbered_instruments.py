"""Decisions, laws and plans by their numbers, and conventions by their numbers and titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.lexicon import load_lexicon
from ingest.model import Annotation, Span

ISSUER = r"\s+of\s+the\s+(?:[A-Z][\w’]*\s+|of\s+|the\s+|and\s+){1,9}?"
""" "Decision of the Minister of X No. 12/XX": who issued it, between the head and the number."""
IDENTIFIER = r"""(?:
    \d{1,5}\s?(?:/\s?(?:19|20)\d\d)?(?:\s?/\s?[A-ZĐ][\w.Đ]*(?:[-–][A-ZĐa-zđ\d]+)*)+    # 12/2020/XX-YZ
  | \d{1,5}[-–][A-ZĐ]{1,6}(?:/[A-ZĐ][\w-]*)+                                           # 12-XX/YZ
  | \d{1,5}/(?:19|20)\d\d(?:/[\w-]+)?                                               # 12/2020
  | \d{1,5}\s+of\s+(?:19|20)\d\d                                                    # 12 of 2020
)"""
SIMPLE_IDENTIFIER = r"(?:[A-Z]{1,4}-)?\d{1,5}(?:[-–]\d{1,4})?(?:\s?/\s?[\w-]+)*(?:\s+of\s+(?:19|20)\d\d)?"
CONVENTION = re.compile(
    r"""
    (?:\b(?:ILO|UN)(?:['’]s)?\s+)?
    \b(?P<head>Conventions?|Recommendations?|Protocols?)\s+
    (?:Nos?\.?\s*)?
    (?P<ids>\d{1,3}(?:\s*(?:,|and|&)\s*(?:(?:No\.?|Convention)\s*)?\d{1,3})*)\b(?!\s?/)
    """,
    re.VERBOSE,
)
TITLED_CONVENTION = re.compile(
    r"""
    \b(?P<name>
        (?:[A-Z][\w’'-]+\s+(?:(?:of|and|for|on|to|the)\s+)*){1,24}
        (?:\([A-Z][\w ]{2,40}\)\s+)?
        (?:Convention|Recommendation)
        (?:\s+\((?:Revised|Amended)\))?
        (?:\s*,\s*(?P<year>(?:19|20)\d\d))?
    )
    \s*(?:\((?:No\.?\s*|C)(?P<id>\d{1,3})\)|(?:No\.?\s+)(?P<id2>\d{1,3})\b)?
    """,
    re.VERBOSE,
)
SERIES = re.compile(r",?\s+(?:[Ss]eries|s\.)\s+of\s+((?:19|20)\d\d)\b")
""" "Order No. 5, Series of 2022"."""
NUMBER_OR_PLURAL = re.compile(r"\s+(?:No\.?\s*)?\d|s\b")
TITLE_ISSUER = re.compile(r"(?:ILO|UN)['’]s\s+")
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """`full` needs an identifier with a year or a sign, `short` the word "No" before any number."""

    full: re.Pattern[str]
    short: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = load_lexicon().instruments
    heads = "|".join(re.escape(head) for head in words.numbered)
    head = rf"\b(?P<head>(?:(?:{'|'.join(words.before_numbered)})\ )?(?:{heads}))"
    return _Patterns(
        full=re.compile(
            rf"{head}(?:(?P<issuer>{ISSUER})(?=No))?\s+(?:(?:Nos?|[Nn]umber)\b\.?\s*)?(?P<id>{IDENTIFIER})", re.VERBOSE
        ),
        short=re.compile(
            rf"{head}(?:\s*\([A-Z.]{{1,6}}\))?(?P<issuer>{ISSUER})?\s*(?:No|Number|Nr)\b\.?\s*(?P<id>{SIMPLE_IDENTIFIER})",
            re.VERBOSE,
        ),
    )


def numbered(content: str) -> Iterator[Annotation]:
    """What may be an instrument with a number, the surer ones first; they may overlap."""
    patterns = _patterns()
    for pattern in (patterns.full, patterns.short):
        for m in pattern.finditer(content):
            identifier = re.sub(r"\s*([/–-])\s*", r"\1", m["id"])
            series = SERIES.match(content, m.end())
            features: dict[str, object] = {"identifier": identifier}
            if m["issuer"]:
                features["issuer"] = Span(*m.span("issuer"))
            if series:
                features["year"] = series[1]
            yield Annotation(Span(*m.span()), "instrument", _kind(m["head"]), "instrument/numbered", features)
    for m in TITLED_CONVENTION.finditer(content):
        span = _title(content, m)
        if span is not None:
            features = {"identifier": m["id"] or m["id2"], "year": m["year"]}
            yield Annotation(span, "instrument", "Convention", "instrument/convention-title", features)
    for m in CONVENTION.finditer(content):
        yield from _conventions(m)


def _kind(head: str) -> str:
    classes = load_lexicon().instruments.numbered
    return classes[head if head in classes else head.split()[-1]]


def _title(content: str, m: re.Match[str]) -> Span | None:
    """The title of a convention without the words before it; None where no title is left.

    "Launch of Convention 87" and "Promoting the Application of X Convention" are words before a number or a name.
    """
    before = load_lexicon().instruments.before_conventions
    words = m["name"].split()
    told = m["year"] or m["id"] or m["id2"]
    start = m.start()
    while words and words[0].lower() in before:
        start += len(words[0]) + 1
        words = words[1:]
    if len(words) < 2 or words[0].endswith("ing") or NUMBER_OR_PLURAL.match(content, m.end(), m.end() + 6):
        return None
    if not told and words[-2].lower() in ("of", "the", "ilo", "un", "and"):
        return None
    issuer = TITLE_ISSUER.match(content, start, m.end())
    return Span(issuer.end() if issuer else start, m.end())


def _conventions(m: re.Match[str]) -> Iterator[Annotation]:
    """One convention by its number, or each of several: "Conventions 87 and 98"."""
    rule = "instrument/convention"
    numbers = [(n.group(), m.start("ids") + n.start()) for n in NUMBER.finditer(m["ids"])]
    if len(numbers) == 1:
        yield Annotation(Span(*m.span()), "instrument", "Convention", rule, {"identifier": numbers[0][0]})
        return
    for n, (number, at) in enumerate(numbers):
        features = {"identifier": number, "name": f"Convention {number}"}
        start = at if n else m.start("head")
        yield Annotation(Span(start, at + len(number)), "instrument", "Convention", rule, features)
