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

GROUP_SIGN = r"[ \u00a0\u202f'’]"
"""Between groups of three digits, besides points and commas."""
DIGITS = rf"\d{{1,3}}(?:{GROUP_SIGN}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
HUNDRED = 100
ABBREVIATED = "Nos?|Art|Vol|[Tt]el|Mob"
"""Words that name a thing, and end with a point of their own; behind others a sentence ends."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """`pattern` finds what may be a quantity; the other fields say what its words mean.

    `words`, `multipliers` and `fractions` (in percent) map words to numbers, `bounds` phrases to `atLeast`, `atMost` or
    `approximate`, `currencies` signs and words to codes of ISO 4217, or to a word of `shared`: that one maps countries
    to codes; `letters` are read as money only in texts on one of their countries. `ordinals` are shares in percent
    ("every third"). `uncounted` and `stops` are words that are not counted, or no part of what is; `verbs` end it
    though they look like plurals, and nothing is a share of `compared` ("12 % more"). `naming` matches the words right
    before a number that names a thing, `change` a verb of change as the last word, `changing` one anywhere, `large` a
    multiplier.
    """

    pattern: re.Pattern[str]
    words: Mapping[str, int]
    multipliers: Mapping[str, int]
    fractions: Mapping[str, float]
    bounds: Mapping[str, str]
    currencies: Mapping[str, str]
    shared: Mapping[str, Mapping[str, str]]
    letters: Mapping[str, Mapping[str, str]]
    ordinals: Mapping[str, float]
    uncounted: frozenset[str]
    stops: frozenset[str]
    verbs: frozenset[str]
    compared: frozenset[str]
    naming: re.Pattern[str]
    change: re.Pattern[str]
    changing: re.Pattern[str]
    large: re.Pattern[str]


VOWELS = frozenset("aeiouy")


@cache
def grammar() -> Grammar:
    """The tables with their patterns."""
    words = load_lexicon().numbers
    bounds = {phrase: bound for bound, phrases in words.bounds.items() for phrase in phrases}
    after = {phrase: bound for bound, phrases in words.after.items() for phrase in phrases}
    codes = {c.alpha_3: c.alpha_3 for c in pycountry.currencies if c.alpha_3 not in words.no_codes}
    currencies = _spellings(words.currencies) | codes
    return Grammar(
        pattern=_pattern(words, bounds, after, currencies),
        words=words.words,
        multipliers=words.multipliers,
        fractions=words.fractions,
        bounds=bounds | after,
        currencies=currencies,
        shared=words.shared,
        letters=words.letters,
        ordinals=words.ordinals,
        uncounted=words.uncounted,
        stops=words.stops,
        verbs=words.verbs,
        compared=words.compared,
        naming=re.compile(rf"(?:\b(?:{_any(words.naming)}|(?:{ABBREVIATED})\.):?|\+|\#|/|G)\s*$"),
        change=re.compile(rf"\b(?:{_any(words.changes)})\s+(?:(?:sharply|again|slightly|further)\s+)?$", re.I),
        changing=re.compile(rf"\b(?:{_any(words.changes)})\b", re.I),
        large=re.compile(rf"(?<![^\W\d_])(?:{_any(words.multipliers)})s?\b", re.I),
    )


def _spellings(currencies: Mapping[str, str]) -> dict[str, str]:
    """Words for money also with a capital, in the plural and the singular ("12.000 Euro", "soums", "Swiss Franc")."""
    spelt = dict(currencies)
    forms: tuple[str, ...]
    for word, code in currencies.items():
        if word[0].islower():
            forms = (word, word + "s", word[0].upper() + word[1:], word[0].upper() + word[1:] + "s")
        elif word.endswith("s") and " " in word:
            forms = (word[:-1], word.title(), word[:-1].title())
        else:
            continue
        spelt |= {form: code for form in forms if form not in spelt}
    return spelt


def _any(words: Collection[str]) -> str:
    """Alternatives of a verbose pattern, the longest first."""
    return "|".join(
        re.escape(w).replace(r"\ ", r"\s+").replace(r"\#", "[#]") for w in sorted(words, key=len, reverse=True)
    )


def _large(words: NumberWords) -> list[str]:
    """Multipliers in words; the short ones ("m", "bn", "k") only stand right after digits."""
    return [m for m in words.multipliers if len(m) > 2]


def _number_pattern(words: NumberWords) -> str:
    """A number in digits or words with its multipliers: "1.2 million", "twenty-five", "two and a half thousand".

    "and" joins a smaller number to a larger one ("one hundred and twenty"), and never two of one size.
    """
    small = _any([w for w in words.words if w != "zero"])
    tens = _any([w for w, n in words.words.items() if n >= 20])
    word = rf"(?:(?:{tens})[\s-](?:{small})|{small})"
    short = _any([m for m in words.multipliers if len(m) <= 2])
    large = rf"(?:(?:{_any(_large(words))})s?\b)"
    joined = rf"""(?:hundred\sand\s{word}\b(?![\s-]hundred)|thousand\sand\s{word}\b(?![\s-](?:thousand|million))
        |(?:m|b)illion\sand\s{word}\b(?![\s-](?:m|b)illion))"""
    in_words = rf"{word}\b(?:[\s-](?:{joined}|{word}\b|{large}))*"
    in_digits = rf"""(?:{DIGITS})(?:\s?(?:{short})\b|(?:BN|Bn|MN|Mn|[BMK])\b|[\s-](?i:(?:m[li][nord]|mrd)\b\.?)
        |[\s-](?i:{large})(?:\s\d{{1,3}}\b(?![.,/%:]\d|\s?%|\sper\s?cent\b))?)*"""
    parted = rf"(?i:(?:{DIGITS}|{word})\sand\sa\s(?:half|quarter)\s{large})"
    of_large = rf"(?i:\b(?:half\s+an?|(?:an?\s+|one[\s-]|three[\s-])?quarters?\s+of\s+an?)\s+{large})"
    # In "hundreds of thousands", nothing is counted: a multiplier alone is no number.
    return rf"(?:{of_large}|{parted}|{in_digits}|(?i:\b(?:{in_words}|an?\s(?:{large})(?:[\s-](?:{large}))*)))"


def _pattern(
    words: NumberWords, bounds: Mapping[str, str], after: Mapping[str, str], currencies: Mapping[str, str]
) -> re.Pattern[str]:
    small = _any([w for w in words.words if w != "zero"])
    number = _number_pattern(words)
    # Words in lower case stand behind a number; abbreviations, which have no vowel, before it ("shs. 8 billion").
    before = _any([c for c in currencies if " " not in c and (not c[0].islower() or not VOWELS & {*c})])
    letters = _any(words.letters)
    money = rf"(?:(?:{before})\.?\s{{0,3}}|(?:{letters})(?=\d))"
    signs = _any([b for b in bounds if not b[0].isalpha()])
    phrases = _any([b for b in bounds if b[0].isalpha()])
    parts = _any([f + s for f in words.fractions for s in ("", "s")])
    large = _any(_large(words))
    are = r"(?:are|were|is|was|have|had|has|come|came|live|work)\b"
    percent = r"(?:%|(?i:per\s?cent\b|percentage\s+points?\b|pct\b))"
    return re.compile(
        rf"""
        (?:(?:(?<![\w])(?P<bound>(?i:{phrases}))\s+|(?<![\w=<>-])(?P<sign>{signs})\s?)(?:(?:a|the)\s+total\s+of\s+)?)?
        (?:
            (?P<fraction>(?i:\b(?:(?:a|one|two|three|four)[\s-])?(?:{parts})\b
                (?=\s+(?:\([^()\n]{{1,12}}\)\s+)?(?:of|the|all|their|its)\b|(?<=\w\s\w{{4}})\s{are}|(?<=\w\s\w{{5}})\s{are}
                  |(?<=\w\s\w{{6}})\s{are}|(?<=\w\s\w{{7}})\s{are})(?!\s+of\s+an?\s+(?:{large})\b)))
          | (?P<in>(?i:\b(?P<in_a>{small}|\d{{1,2}})\s+(?:in|out\s+of)\s+(?:every\s+|each\s+)?(?P<in_b>{small}|\d+)\b)
                (?=\s+[a-zA-Z]|\W*$))
          | (?i:\bevery)\s+(?P<every>(?i:{_any(words.ordinals)}))(?=\s+[a-zA-Z])
          | (?:(?i:(?P<between>\b(?:between|from)\b))\s+)?
            (?P<money>(?<![\w.]){money})?
            (?P<a>(?(money)|(?<![\w.,/:-])){number})
            (?:\s?(?P<half>(?i:and\s+a\s+half)))?
            (?:\s?(?P<percent_a>{percent})(?=\s?(?:-|–|—|to\b|and\b)\s?\d))?
            (?:\s?(?P<to>-|–|—|(?i:to\b)|(?i:and\b))\s?(?P<money2>{money})?(?P<b>{number}))?
            (?:\s?(?P<percent>{percent})
              |(?:[.,][-–—]{{1,2}})?(?P<suffix>\s?(?:(?:[A-Z][a-z]+\s)?(?:{_any(currencies)}))(?!\w){_no_money(words)}))?
        )
        (?:(?P<plus>\+)|-(?P<odd>odd)\b|\s+(?P<after>(?i:{_any(after)}))\b)?
        """,
        re.VERBOSE,
    )


def _no_money(words: NumberWords) -> str:
    """What does not follow the words for money that are words of prose too ("12 won medals")."""
    return rf"(?!(?<=won)\s+(?:{_any(words.won_things)})\b)(?!(?<=sum)\s+of\b)"


def number(text: str, g: Grammar) -> Decimal | None:
    """The value of digits or number words with multipliers; both conventions for thousands and decimals are read."""
    parts = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", re.sub(rf"(?<=\d){GROUP_SIGN}(?=\d{{3}})", "", text))
    total: Decimal | None = None
    value: Decimal | None = None
    for n, part in enumerate(parts):
        lower = part.lower()
        factor = _multiplier(lower, g)
        if part[0].isdigit() or lower in g.words:
            value = (value or Decimal(0)) + (digits(part) if part[0].isdigit() else g.words[lower])
        elif lower in ("half", "quarter", "quarters") and len(parts) > 1:
            share = Decimal("0.5") if lower == "half" else Decimal("0.25")
            # "three quarters of a million" against "two and a quarter million"
            value = share * (value or 1) if "and" not in parts[:n] else share + (value or 0)
        elif factor == HUNDRED:
            value = (value if value is not None else Decimal(1)) * factor
        elif factor is not None and value is None and total is not None:
            total *= factor  # "two hundred thousand million"
        elif factor is not None:
            total, value = (total or Decimal(0)) + (value if value is not None else Decimal(1)) * factor, None
    return value if total is None else total + (value or Decimal(0))


def _multiplier(word: str, g: Grammar) -> int | None:
    return g.multipliers.get(word) or g.multipliers.get(word.removesuffix("s"))


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
