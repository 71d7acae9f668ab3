"""Laws, plans, treaties and trade agreements by their titles; plans also by a description with their years."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from ingest.annotators.analysis import Analysis, Sentence
from ingest.annotators.heads import Head
from ingest.model import Annotation, Span

LONGEST_DESCRIPTION, LONGEST_PERIOD = 5, 10
"""Tokens before the head of a plan, and between it and its years."""


YEAR = re.compile(r",?\s+(?:of\s+)?((?:19|20)\d\d)\b(?!\s*[-–/]\s*\d)")
YEAR_AT_END = re.compile(r"\sof\s+((?:19|20)\d\d)$")
OF_DATE = re.compile(r"\s+(?:of|from|dated)\s+\Z")
YEAR_BEFORE = re.compile(r"\b((?:19|20)\d\d)\s+(?=[A-Z])")
YEARS = re.compile(r",?\s+(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d))?\b")
NUMBER = re.compile(r"\s*\((?:Act|Law|Cap\.?|Chapter|No\.?|Act No\.?|Law No\.?)\s*(\d{1,5}[A-Z]?)\)")


def titled_in(a: Analysis, s: Sentence) -> Iterator[Annotation]:
    """What may be a title in a sentence, in order."""
    for i in range(s.first, s.last):
        found = _titled(Head(a, s, i))
        if found:
            yield found


def _titled(h: Head) -> Annotation | None:
    words = h.a.lexicon.instruments
    text = h.token.text
    if text in ("Law", "Act") and h.following == "on" and h.text(h.at + 2)[:1].isupper():
        return _law_on(h)
    if text in words.laws and _name_before(h):
        return _law_name(h)
    if _trade_abbreviation(h):
        return _marked(h, h.at, h.at + 1, "TradeAgreement", "trade-abbreviation")
    if text == "Agreement" and (h.text(h.at - 2), h.text(h.at - 1)) in words.trade_pairs:
        return _marked(h, _title_start(h), h.at + 1, "TradeAgreement", "trade-name")
    if text in words.treaties and h.at > h.s.first:
        return _treaty(h)
    if h.word in words.plans.country and h.previous == "country" and h.capital(h.at - 1):
        return _country_programme(h)
    if h.word in words.plans.heads:
        return _titled_plan(h) if h.token.capital else _described_plan(h)
    return None


def _marked(h: Head, first: int, end: int, kind: str, rule: str) -> Annotation:
    """An annotation of the tokens `first` to `end` (excluded)."""
    span = Span(h.a.tokens[first].start, h.a.tokens[end - 1].end)
    return Annotation(span, "instrument", kind, f"instrument/{rule}")


def _dated(h: Head, found: Annotation) -> Annotation:
    """A title with the year and the number that follow it: "Skills Act, 2020 (Act 12)"."""
    content, features = h.a.text.content, dict(found.features)
    end = found.span.end
    inside = YEAR_AT_END.search(content, found.span.start, end)
    before = YEAR_BEFORE.search(content, max(0, found.span.start - 5), found.span.start + 5)
    if before and not inside:
        features["year"] = before[1]
    year = inside or YEAR.match(content, end, h.s.span.end)
    if year:
        features["year"], end = year[1], year.end()
    number = NUMBER.match(content, end, h.s.span.end)
    if number:
        features["identifier"], end = number[1], number.end()
    return replace(found, span=Span(found.span.start, end), features=features)


def _run_right(h: Head, first: int) -> int:
    """The end of the run of capitals from token `first`, before a date and before another thing: "A and the B"."""
    end = h.run_right(first)
    for k in range(first + 1, end):
        another = h.lower(k) == "and" and h.lower(k + 1) in ("the", "its", "an", "a", "their")
        dated = h.lower(k) in ("on", "in") and k + 1 in h.a.date_starts
        if another or dated:
            return k
    return end


def _law_on(h: Head) -> Annotation:
    """ "Revised Law on Employment", "Law on Employment (amended)"."""
    end = _run_right(h, h.at)
    start = h.at - 1 if h.text(h.at - 1) in ("Draft", "Revised", "Amended") else h.at
    if h.text(end) == "(" and h.lower(end + 1) in h.a.lexicon.instruments.drafts and h.text(end + 2) == ")":
        end += 3
    return _marked(h, start, end, "Law", "law-title")


def _name_before(h: Head) -> bool:
    """ "Labour Code"; not "Employment Act No 12", which has a number."""
    amended = h.text(h.at - 1) == ")" and h.text(h.at - 2).lower() in (
        "amendment",
        "amended",
        "revised",
        "consolidation",
    )
    return (h.capital(h.at - 1) or amended) and h.following not in ("no", "no.")


def _law_name(h: Head) -> Annotation | None:
    start = _title_start(h)
    article = start == h.s.first and h.at - start == 1 and h.lower(start) in ("the", "this")
    return None if start >= h.at or article else _dated(h, _marked(h, start, h.at + 1, "Law", "law-name"))


def _trade_abbreviation(h: Head) -> bool:
    """ "XYFTA", "RCEP"; "FTA" alone is none."""
    text = h.token.text
    named = len(text) > len("FTA") and text.endswith("FTA") and text.isupper()
    return named or text in h.a.lexicon.instruments.trade_abbreviations


def _country_programme(h: Head) -> Annotation | None:
    """ "Decent Work Country Programme 2001-2005", the plan that a UN body and its partners in a country sign."""
    start = _title_start(h)
    if h.at - start < 2 or not h.token.capital or h.capital(h.at + 1):
        return None
    found = _marked(h, start, h.at + 1, "Plan", "country-programme")
    years = YEARS.match(h.a.text.content, found.span.end, h.s.span.end)
    return replace(found, span=Span(found.span.start, years.end())) if years else found


def _treaty(h: Head) -> Annotation | None:
    """ "Global Compact for Migration", "Alpha Declaration"; not "Declaration" alone."""
    if h.following == "of" and h.lower(h.at + 2).startswith("intent"):
        return None
    start = _title_start(h)
    end = _run_right(h, h.at) if h.following in ("on", "for", "of") else h.at + 1
    return _dated(h, _marked(h, start, end, "Convention", "convention-name")) if end - start > 1 else None


def _titled_plan(h: Head) -> Annotation | None:
    """ "National Plan of Action", "Strategy for Rural Skills 2001-2010", "Action Plan for 2001-2005"."""
    plans = h.a.lexicon.instruments.plans
    if h.following in plans.heads and h.capital(h.at + 1):
        return None  # "Policy Framework": the last head leads
    if h.following in plans.posts or _modifies(h):
        return None  # "Chief Strategy Officer", "Policy Dialogue"
    start, end = _title_start(h), _plan_end(h)
    words = end - start
    if words < 2 or (h.token.text == "FRAMEWORK" and words < 3):
        return None
    if h.word in plans.wide and end == h.at + 1 and (words < 3 or h.following in plans.offices):
        return None
    found = _marked(h, start, end, "Plan", "plan-title")
    dated = _date_at_end(h, found.span)
    if dated is not None:
        return dated
    of_year = YEAR_AT_END.search(h.a.text.content, found.span.start, found.span.end)
    if of_year:
        return replace(found, span=Span(found.span.start, of_year.start()), features={"year": of_year[1]})
    years = YEARS.match(h.a.text.content, found.span.end, h.s.span.end)
    if not years:
        return found
    # A strategy may be named by its last year, a policy is by its first.
    year = YEAR.fullmatch(h.a.text.content, years.start(), years.end()) if h.word == "policy" else None
    features = {"year": year[1]} if year else {}
    return replace(found, span=Span(found.span.start, years.end()), features=features)


def _modifies(h: Head) -> bool:
    """True for the head of a plan that only tells of what kind the noun after it is: "Skills Policy Dialogue"."""
    after = h.following
    if not h.capital(h.at + 1) or after in h.a.lexicon.instruments.plans.own:
        return False
    return h.a.english.noun(after) and not after.endswith(("ed", "s"))


def _date_at_end(h: Head, span: Span) -> Annotation | None:
    """ "Skills Policy of July 2001": the title without its date, which is a feature."""
    dates = h.a.dates
    n = bisect_left(dates, span.end, key=lambda d: d.span.end)
    if n == len(dates) or dates[n].span.end != span.end or dates[n].value.kind != "date":
        return None
    title = OF_DATE.search(h.a.text.content, span.start, dates[n].span.start)
    if title is None:
        return None
    features = {"year": dates[n].value.start}
    return Annotation(Span(span.start, title.start()), "instrument", "Plan", "instrument/plan-title", features)


def _plan_end(h: Head) -> int:
    """The end of the title of a plan: after what it is for, and its years."""
    end = h.at + 1
    more = h.at + 2 < h.s.last
    if more and h.following in ("of", "for", "on", "in", "to"):
        after = h.a.tokens[h.at + 2]
        if after.text == "the" or after.number or (after.capital and after.word):
            end = max(end, _run_right(h, h.at))
        if after.text == "the":
            end = max(end, _period_end(h, h.at + 1))
    if more or h.following in ("based", "for", "in"):
        end = max(end, _period_end(h, end))
    return end


def _described_plan(h: Head) -> Annotation | None:
    """ "the skills strategy for the period of 2001-2010": definite and with a period."""
    if h.word not in h.a.lexicon.instruments.plans.with_period:
        return None
    start = h.at
    while start > h.s.first and h.at - start < LONGEST_DESCRIPTION and _describes(h, start - 1):
        start -= 1
    end = _period_end(h, h.at + 1)
    definite = h.lower(start - 1) in ("the", "its", "their", "national", "of", "to")
    return _marked(h, start, end, "Plan", "plan-period") if end > h.at + 1 and definite and start < h.at else None


def _describes(h: Head, k: int) -> bool:
    """True for a word before the head of a plan that describes it: no verb and no small word."""
    word, english = h.lower(k), h.a.english
    if not h.a.tokens[k].word or word in h.a.lexicon.instruments.plans.outside:
        return False
    return not english.verb(word) or english.noun(word) or word in english.adjectives


def _period_end(h: Head, i: int) -> int:
    """The end of a phrase from token `i` that closes with years ("for the period of 2001-2010"), or `i`."""
    a = h.a
    if i >= len(a.tokens):
        return i
    n = bisect_left(a.dates, a.tokens[i].start, key=lambda d: d.span.start)
    if n == len(a.dates) or a.dates[n].span.start >= h.s.span.end or a.dates[n].value.kind not in ("years", "year"):
        return i
    at = a.token_at(a.dates[n].span.start)
    if not 0 < at - i <= LONGEST_PERIOD or h.lower(i) not in ("for", "in", "to", "until", "on", "of", "from"):
        return i
    return a.token_at(a.dates[n].span.end) if all(_leads_to_years(h, k) for k in range(i, at)) else i


def _leads_to_years(h: Head, k: int) -> bool:
    word = h.lower(k)
    return word in h.a.lexicon.instruments.plans.period or h.a.english.noun(word) or word in h.a.english.adjectives


def _title_start(h: Head) -> int:
    """The first token of the title that ends with a head in capitals.

    Of the run of capitalised words, only what follows the last article, list sign or name that is none of the title.
    """
    amended = h.text(h.at - 1) == ")" and h.text(h.at - 3) == "("  # "Skills Fund (Amendment) Act"
    last = h.at - 3 if amended else h.at
    run = h.run_left(last)
    if run >= last:
        run = last = h.at
    breaks = h.a.lexicon.instruments.breaks
    for k in range(last - 1, run - 1, -1):
        if h.lower(k) in breaks or _preposition_breaks(h, k):
            return k + 1
    return run


def _preposition_breaks(h: Head, k: int) -> bool:
    """True for a preposition before a title; "and" may join its words, unless a name in capitals stands before it."""
    lower = h.lower(k)
    if lower in ("in", "to", "on", "of"):
        return True
    if lower not in ("and", "for"):
        return False
    return k == h.at - 1 or h.lower(k + 1) == "the" or h.text(k - 1).isupper()
