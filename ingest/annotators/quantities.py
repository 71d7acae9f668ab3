"""Numbers that may measure something: counts, shares, money, fractions and ranges, with bounds and what they count."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from ingest.annotators import table_figures, tables
from ingest.annotators.counted import Wording, counted_phrase, share_of
from ingest.annotators.coverage import Coverage
from ingest.annotators.elided import elided_noun
from ingest.annotators.english import English
from ingest.annotators.numerals import Grammar, grammar, number
from ingest.annotators.tokens import Token
from ingest.lexicon.relations import any_of
from ingest.model import Annotation, Quantity, Span

ORDERS_OR_MEASURES_TIME = re.compile(
    r"""
      \s?[/:]\s?\d | [/\w]                                                    # 12/3, 14:30, 2nd, 5G
    | -(?:year|month|day|week|hour|minute|point|star|storey|person|member)    # a 3-day course
    | \s*-\s*(?:year|month|day)
    | \s+(?:years?|months?|days?|weeks?|hours?)\b
    | \s+\d{3}\s+\d{3}                                                        # a telephone number
    """,
    re.VERBOSE,
)
TIME_LEADS = re.compile(
    r"(?:\b(?:in|since|by|from|until|till|of|for|to|and|during|before|after|early|late|mid|year|end|through|between|the|this|its"
    r"|their|a|spring|summer|autumn|winter|[Jj]anuary|[Ff]ebruary|[Mm]arch|[Aa]pril|[Mm]ay|[Jj]une|[Jj]uly|[Aa]ugust|[Ss]eptember"
    r"|[Oo]ctober|[Nn]ovember|[Dd]ecember|[Qq][1-4])|[A-Z]\w*|[^\w\s])[\s-]*$|^\s*$|\n\s*$",
    re.I,
)
"""What stands before a year, and not before a count."""
BODIES = re.compile(rf"\b(?:{any_of('homes_of_guests')}|{any_of('place_nouns')})$", re.I)
WHERE_FROM = re.compile(r"\b(from|to|in|at|across|with|for)\s+(?:all\s+|over\s+|the\s+)?$")
FROM = re.compile(r"(?:\bfrom\s+)?$", re.I)
DEFINITE = re.compile(r"\b(?:the|both|these|those|his|her|their|its)\s+$", re.I)
OF_THEM = re.compile(r"\s+of\s+(?:them|whom|these)\s+(?:are\s+|were\s+)?(?=[a-z])")
OF = re.compile(r"\s+of\s+(?=[a-z])")
OF_GROUP = re.compile(r"\s+of\s+(?:the|its|their|these|those|our|his|her|all)\s+(?:\d[\d,.]*\s+)?(?=[A-Za-z])")
THOUSANDS_WITH_DOT = re.compile(r"\d{1,3}\.\d{3}")
SUM_OVER = re.compile(r"\b(?:agreement|contract|loan|credit|grant|cheque|invoice|bill|facility)\s+over\s+\S{0,4}$")
"""In "a loan over 5 million euros" the word says what the sum is of, and sets no bound."""
FAR_YEAR = 2060
"""Before a noun a later year is a count: "the second of 2088 students"."""
LOOK_BACK, LOOK_AHEAD = 24, 30
NEAR = 4
"""Among so many quantities before another one is looked for whose noun it may share."""


def annotate(
    content: str,
    tokens: Sequence[Token],
    dates: Sequence[Annotation],
    english: English,
    countries: Sequence[str] = (),
    refused: list[Annotation] | None = None,
) -> list[Annotation]:
    """The quantities of a text in order: annotations of kind `quantity` with a Quantity.

    Features: `counted`, the words for what a number counts or is a share of; of counts also `definite` ("the 20
    workers") and `words` (written in words). `countries` are those the text names, the most frequent first. Numbers
    that measure nothing are added to `refused`, with the reason as their rule.
    """
    g = grammar()
    wording = Wording(content, tokens, {t.start: i for i, t in enumerate(tokens)}, english, g)
    in_tables = [a for cell in tables.cells(content) if (a := table_figures.read(content, cell, g)) is not None]
    dated = Coverage(len(content), [*dates, *in_tables])
    in_dates = {d.span for d in dates}
    found: list[Annotation] = []
    at = 0
    while (match := g.pattern.search(content, at)) is not None:
        # Where two numbers looked like a range and are none, the scan goes on between them.
        apart = _apart(wording, match)
        at = match.end("percent_a" if match["percent_a"] else "a") if apart else max(match.end(), at + 1)
        first = match.span("a") if match["a"] else match.span()
        if dated.meets(*first) and not _no_year(wording, match, in_dates):
            at = match.end("a") if match["b"] else at  # "in 2017 to 11.9 per cent"
            continue
        annotation: Annotation | str | None
        if match["a"] is None:
            annotation = _share(wording, match)
            at = match.end("in_a") if match["in"] and annotation is None else at  # "by March 22 in 14 towns"
        else:
            annotation = _measured(wording, match, apart, _whole(wording, found), dated)
        if isinstance(annotation, Annotation):
            annotation = _of_country(annotation, g, countries)
        if isinstance(annotation, Annotation):
            found.append(annotation)
        elif annotation and refused is not None:
            refused.append(Annotation(Span(*first), "rejected", "statistic", annotation))
    return sorted([*found, *in_tables], key=lambda a: a.span)


def _whole(w: Wording, found: Sequence[Annotation]) -> Annotation | None:
    """The quantity before whose noun may be shared: no share, no sum, not where things are ("from 9 towns")."""
    near = [q for q in found[-NEAR:] if not q.value.unit and q.features.get("counted")]
    where = [
        _where(w.content[max(0, q.span.start - LOOK_BACK) : q.span.start], str(q.features["counted"])) for q in near
    ]
    return next((q for q, place in reversed([*zip(near, where, strict=True)]) if not place), near[-1] if near else None)


def _where(before: str, counted: str) -> bool:
    """Whether a number counts where things are or go to ("from 9 towns", "to 3 schools", not "permits to 90 cooks")."""
    match = WHERE_FROM.search(before)
    return match is not None and (match[1] != "to" or BODIES.search(counted) is not None)


def _no_year(w: Wording, m: re.Match[str], dates: Collection[Span]) -> bool:
    """True for a number that looks like a year and is none: "over 2000 workers", "trained 2000 workers"."""
    if (
        not m["a"]
        or m["b"]
        or Span(*m.span("a")) not in dates
        or not re.match(r"\s[a-z]", w.content[m.end("a") : m.end("a") + 2])
    ):
        return False
    before = w.content[max(0, m.start() - LOOK_BACK) : m.start()]
    told = bool(m["bound"]) or TIME_LEADS.search(before) is None or (m["a"].isdigit() and int(m["a"]) > FAR_YEAR)
    return told and bool(counted_phrase(w, m.end("a"))[0])


def _apart(w: Wording, m: re.Match[str]) -> bool:
    """True for "20 and 30" without "between", and for "rose from 20 to 30": two quantities, no range."""
    if not m["b"]:
        return False
    if m["percent_a"] and not m["percent"]:
        return True  # "by 6% to 5 million dong"
    if not m["between"] or m["between"].lower() == "from":
        before = w.content[max(0, m.start() - LOOK_BACK) : m.start("money") if m["money"] else m.start("a")]
        change = w.grammar.change.search(FROM.sub("", before))
        return m["to"].lower() == "and" if not change else m["between"] is not None
    return False


def _of_country(a: Annotation, g: Grammar, countries: Sequence[str]) -> Annotation | None:
    """Money whose word several countries share ("rupees"): that of the country that the text names most.

    A letter before a number ("N500") is money only where the text names a country that writes so: else None.
    """
    quantity: Quantity = a.value
    letter = g.letters.get(quantity.unit)
    choice = letter or g.shared.get(quantity.unit)
    if choice is None:
        return a
    code = next((choice[c] for c in countries if c in choice), "" if letter else next(iter(choice.values())))
    if not code:
        return None
    return Annotation(a.span, a.kind, Quantity(quantity.value, code, quantity.bound), a.rule, a.features)


def _quantity(span: Span, quantity: Quantity, rule: str, features: Mapping[str, object] | None = None) -> Annotation:
    return Annotation(span, "quantity", quantity, f"quantity/{rule}", features or {})


def _bound(m: re.Match[str], g: Grammar) -> str:
    if m["plus"] or m["odd"]:
        return "atLeast" if m["plus"] else "approximate"
    return g.bounds.get(re.sub(r"\s+", " ", (m["bound"] or m["sign"] or m["after"] or "").lower()), "exact")


def _share(w: Wording, m: re.Match[str]) -> Annotation | None:
    """ "two thirds of ...", "one in five ...", "every third ...": shares in percent."""
    if m["every"]:
        share = Decimal(str(w.grammar.ordinals[m["every"].lower()]))
    elif m["fraction"]:
        *many, part = re.split(r"[\s-]+", m["fraction"].lower())
        count = w.grammar.words.get(many[0], 1) if many else 1
        if not many and not m["bound"] and part != "half":
            return None  # "Third of a series"
        one = Decimal(str(w.grammar.fractions[part.removesuffix("s")]))
        share = min(round(one * count, 1), Decimal(100))
    else:
        part_, whole = number(m["in_a"], w.grammar), number(m["in_b"], w.grammar)
        if not part_ or not whole or not part_ < whole <= 100:
            return None
        share = round(part_ / whole * 100, 1)
    counted = share_of(w, m.end())
    if m["every"] and (not counted or counted.split()[-1].lower() in w.grammar.uncounted):
        return None  # "every second year"
    quantity = Quantity(share, "percent", _bound(m, w.grammar))
    return _quantity(Span(*m.span()), quantity, "fraction", {"counted": counted})


def _measured(
    w: Wording, m: re.Match[str], apart: bool, last: Annotation | None, dated: Coverage
) -> Annotation | str | None:
    """A number or a range of numbers: money, a share in percent, or a count; words where it is none of these."""
    low = number(m["a"], w.grammar)
    if low is None:
        return None
    if m["half"]:
        low += Decimal("0.5") * Decimal(10) ** max(low.adjusted(), 0)
    high = None if apart else _upper(w, m, low, dated)
    cut = m["b"] is not None and high is None
    end = m.end("percent_a" if m["percent_a"] else "a") if cut else m.end()
    if high is None:
        value, bound = low, _bound(m, w.grammar)
    else:
        value, bound = (_scaled(w, m, low) + high) / 2, "approximate"
    only_between = m["between"] and high is None and not m["bound"] and not m["money"]
    span = Span(m.start("a") if only_between else m.start(), end)
    currency = _currency(w, m, cut)
    if currency:
        if bound == "atLeast" and SUM_OVER.search(w.content, max(0, m.start() - LOOK_BACK), m.start("a")):
            bound = "exact"
        if THOUSANDS_WITH_DOT.fullmatch(m["a"]) and high is None:
            value = Decimal(m["a"].replace(".", ""))
        return _quantity(span, Quantity(value, currency, bound), "money")
    if m["percent_a"] if cut else m["percent"]:
        return _quantity(span, Quantity(value, "percent", bound), "percent", {"counted": share_of(w, end)})
    return _count(w, m, Quantity(value, "", bound), span, last)


def _upper(w: Wording, m: re.Match[str], low: Decimal, dated: Coverage) -> Decimal | None:
    """The upper end of a range, None where there is none.

    In "20 and 30 people" and "5 - 3" the second number is another quantity, which is read by itself.
    """
    high = number(m["b"], w.grammar) if m["b"] else None
    if high is None or high <= low:
        return None
    in_date = dated.meets(*m.span("b"))
    return None if in_date and m["to"].lower() == "and" else high


def _scaled(w: Wording, m: re.Match[str], low: Decimal) -> Decimal:
    """The lower end of a range whose multiplier stands once: "2 to 3 million"."""
    scale = w.grammar.large.search(m["b"])
    factor = w.grammar.multipliers[scale.group().lower().removesuffix("s")] if scale else 1
    return low * factor if low < factor and not w.grammar.large.search(m["a"]) else low


def _currency(w: Wording, m: re.Match[str], cut: bool) -> str:
    """The code of the money before or behind the number; what stands behind a second quantity is not of the first."""
    before = m["money"] or ""
    behind = "" if cut else (m["suffix"] or "").strip()
    if not before and not cut:
        before = m["money2"] or ""
    word = before.strip().removesuffix(".") or re.sub(r"\s+", " ", behind)
    if word in w.grammar.letters:
        return word
    known = w.grammar.currencies
    # Of "Vanuatu vatu" or "Tongan dollars" the list may know the last word alone.
    return known.get(word) or known.get(word.rpartition(" ")[2], "")


def _count(
    w: Wording, m: re.Match[str], quantity: Quantity, span: Span, last: Annotation | None
) -> Annotation | str | None:
    """A number of people or things, with the words for them; they may be those of the quantity before.

    Where nothing is counted: why, or None for the pronoun "one".
    """
    if m["a"].lower() == "one":
        return None
    preceding = w.content[max(0, span.start - LOOK_BACK) : span.start]
    if w.grammar.naming.search(preceding):
        return "the word before it says that it names or numbers something"
    if ORDERS_OR_MEASURES_TIME.match(w.content, span.end, span.end + LOOK_AHEAD):
        return "it is a time, a duration, a place in an order, or a part of a longer number"
    of = OF.match(w.content, span.end, span.end + 6)
    scaled = w.grammar.large.search(m["a"]) is not None  # "300 thousand of unemployed"
    counted, stop = counted_phrase(w, of.end() if of and scaled else span.end)
    if not counted and m["b"] and span.end == m.end("a"):
        counted = counted_phrase(w, m.end("b"))[0]  # "rose from 20 to 30 workers"
    if not counted and (group := OF_GROUP.match(w.content, span.end, span.end + LOOK_AHEAD)):
        counted, stop = counted_phrase(w, group.end())  # "45 of the women"
    rule = "count"
    if not counted and (group := OF_THEM.match(w.content, span.end, span.end + LOOK_AHEAD)):
        counted, stop = counted_phrase(w, group.end())  # "45 of them women"
    if not counted and (counted := elided_noun(w, m, span.start, span.end, last)):
        stop, rule = span.end, "count-elided"
    words = counted.lower().split()
    if not words:
        if w.content[span.end : span.end + 1] in (".", ")") and not preceding.rpartition("\n")[2].strip(" (-•*"):
            return "it numbers an entry of a list"
        return "no words near it say what it counts"
    if words[-1] == "ones" and last is not None:
        counted = " ".join([*counted.split()[:-1], str(last.features["counted"]).split()[-1]])  # "27 new ones"
    elif words[-1] in w.grammar.uncounted:
        return f"{words[-1]} are not counted in statistics"
    if words[0] == "aged" or "years" in words:
        return "it is an age"
    if THOUSANDS_WITH_DOT.fullmatch(m["a"]):
        # Nobody counts thousandths of people.
        quantity = Quantity(Decimal(m["a"].replace(".", "")), quantity.unit, quantity.bound)
    features = {
        "counted": counted,
        "definite": DEFINITE.search(preceding) is not None,
        "words": not m["a"][0].isdigit(),
    }
    return _quantity(Span(span.start, max(span.end, stop)), quantity, rule, features)
