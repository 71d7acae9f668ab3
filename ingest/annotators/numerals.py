"""How numbers are written: the patterns and tables of `numbers.toml`, compiled, and the values of digits and words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pycountry

from ingest.lexicon import load_lexicon
from ingest.lexicon.texts import NumberWords

GROUP_SPACE = r"[ \u00a0\u202f]"
DIGITS = rf"\d{{1,3}}(?:{GROUP_SPACE}\d{{3}})+(?!\d)|\d+(?:[.,]\d+)*"


@dataclass(frozen=True, slots=True)
class Grammar:
    """`pattern` finds what may be a quantity; the other fields say what its words mean.

    `words`, `multipliers` and `fractions` (in percent) map words to numbers, `bounds` phrases to `atLeast`, `atMost` or
    `approximate`, `currencies` signs and words to codes of ISO 4217, or to a word of `shared`: that one maps countries
    to codes. `uncounted` and `stops` are words that are not counted, or no part of what is; `naming` matches the words
    right before a number that names a thing, `large` a multiplier in words.
    """

    pattern: re.Pattern[str]
    words: Mapping[str, int]
    multipliers: Mapping[str, int]
    fractions: Mapping[str, float]
    bounds: Mapping[str, str]
    currencies: Mapping[str, str]
    shared: Mapping[str, Mapping[str, str]]
    uncounted: frozenset[str]
    stops: frozenset[str]
    naming: re.Pattern[str]
    large: re.Pattern[str]


@cache
def grammar() -> Grammar:
    """The tables with their patterns."""
    words = load_lexicon().numbers
    bounds = {phrase: bound for bound, phrases in words.bounds.items() for phrase in phrases}
    after = {phrase: bound for bound, phrases in words.after.items() for phrase in phrases}
    codes = {c.alpha_3: c.alpha_3 for c in pycountry.currencies if c.alpha_3 not in words.no_codes}
    currencies = dict(words.currencies) | codes
    return Grammar(
        pattern=_pattern(words, bounds, after, currencies),
        words=words.words,
        multipliers=words.multipliers,
        fractions=words.fractions,
        bounds=bounds | after,
        currencies=currencies,
        shared=words.shared,
        uncounted=words.uncounted,
        stops=words.stops,
        naming=re.compile(rf"(?:\b(?:{_any(words.naming)})\.?:?|\+|\#|/|G)\s*$"),
        large=re.compile(rf"\b(?:{_any(_large(words))})\b", re.I),
    )


def _any(words: Collection[str]) -> str:
    """Alternatives of a verbose pattern, the longest first."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


def _large(words: NumberWords) -> list[str]:
    """Multipliers in words; the short ones ("m", "bn", "k") only stand right after digits."""
    return [m for m in words.multipliers if len(m) > 2]


def _number_pattern(words: NumberWords, small: str) -> str:
    """A number in digits or words with its multipliers: "1.2 million", "twenty-five", "a dozen"."""
    tens = _any([w for w, n in words.words.items() if n >= 20 and w != "dozen"])
    in_words = rf"(?:(?:{tens})-(?:{small})|{small}|a\s+dozen)"
    short = _any([m for m in words.multipliers if len(m) <= 2])
    large = _any(_large(words))
    return rf"(?:(?:{DIGITS})(?:\s?(?:{short})\b)?|(?i:\b{in_words}\b))(?:[\s-](?i:{large})\b)*"


def _pattern(
    words: NumberWords, bounds: Mapping[str, str], after: Mapping[str, str], currencies: Mapping[str, str]
) -> re.Pattern[str]:
    small = _any([w for w in words.words if w not in ("zero", "dozen")])
    number = _number_pattern(words, small)
    before = _any([c for c in currencies if not c[0].islower() and " " not in c])
    parts = r"(?:half|thirds?|quarters?|fifths?|tenths?)"
    return re.compile(
        rf"""
        (?:(?<![\w])(?P<bound>(?i:{_any(bounds)}))\s+(?:(?:a|the)\s+total\s+of\s+)?)?
        (?:
            (?P<fraction>(?i:\b(?:(?:a|one|two|three|four)[\s-])?{parts}\b(?=\s+(?:of|the)\b)))
          | (?P<in>(?i:\b(?P<in_a>{small}|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<in_b>{small}|\d+)\b)(?=\s+[a-zA-Z]))
          | (?P<money>(?<![\w.])(?:{before})\s?)?
            (?:(?i:(?P<between>\b(?:between|from)\b))\s+)?
            (?P<a>(?<![\w.,/-]){number}|(?i:\b(?:a|one)\s+(?:hundred|thousand|million|billion|dozen)\b))
            (?:\s?(?P<half>(?i:and\s+a\s+half)))?
            (?:\s?(?P<to>-|–|—|(?i:to\b)|(?i:and\b))\s?(?P<money2>(?:{before})\s?)?(?P<b>{number}))?
            (?:\s?(?P<percent>%|(?i:per\s?cent\b|percentage\s+points?\b|pct\b))
              |\s?(?P<suffix>(?:{_any(currencies)})(?!\w)))?
        )
        (?:\s+(?P<after>(?i:{_any(after)}))\b)?
        """,
        re.VERBOSE,
    )


def number(text: str, g: Grammar) -> Decimal | None:
    """The value of digits or number words with multipliers; both conventions for thousands and decimals are read."""
    parts = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", re.sub(rf"(?<=\d){GROUP_SPACE}(?=\d{{3}})", "", text))
    value: Decimal | None = None
    for part in parts:
        lower = part.lower()
        if part[0].isdigit():
            value = digits(part)
        elif lower in g.multipliers:
            value = (value if value is not None else Decimal(1)) * g.multipliers[lower]
        elif lower in g.words:
            value = g.words[lower] + (value or Decimal(0)) if lower != "dozen" else Decimal(12)
        elif lower == "a":
            value = Decimal(1)
    return value


def digits(text: str) -> Decimal:
    """`1,234` and `1.234.000,5` and `2.25`: the last sign is the decimal one unless groups of three follow it."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return Decimal(text)
    sign = text[last]
    other = "," if sign == "." else "."
    decimals = text[last + 1 :]
    once = text.count(sign) == 1
    if other in text[:last] or (once and (sign == "." or len(decimals) != 3)):
        return Decimal(text[:last].replace(",", "").replace(".", "") + "." + decimals)
    return Decimal(text.replace(sign, ""))
