"""Numbers that may measure something: counts, shares, money, fractions and ranges, with bounds and what they count."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ingest.annotators.counted import Wording, counted_phrase, share_of
from ingest.annotators.coverage import Coverage
from ingest.annotators.english import English
from ingest.annotators.numerals import Grammar, grammar, number
from ingest.annotators.tokens import Token
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
DEFINITE = re.compile(r"\b(?:the|both|these|those|his|her|their|its)\s+$", re.I)
ANOTHER_TIME = re.compile(r"\b(?:up from|down from|compared (?:to|with)|against|from)\s+$")
TIME_FOLLOWS = re.compile(r"\s+(?:in|a year|the year|at the)\b")
PART_FOLLOWS = re.compile(r"\s+(?:of\s+(?:them|these|those|which|whom)|(?:for|in|from)\s+(?:the\s+)?[a-z]+)\b")
LISTED = re.compile(r"(?:,|and|:|of which|including)\s*$")
OF_THEM = re.compile(r"\s+of\s+(?:them|whom|these)\s+(?:are\s+|were\s+)?(?=[a-z])")
OF = re.compile(r"\s+of\s+(?=[a-z])")
THOUSANDS_WITH_DOT = re.compile(r"\d{1,3}\.\d{3}")
LOOK_BACK, LOOK_AHEAD = 24, 30
NEAR, NEAR_IN_LIST = 60, 400
"""Characters from a number to the one before it whose noun it may share; in a list of parts it may be further."""


def annotate(
    content: str, tokens: Sequence[Token], dates: Sequence[Annotation], english: English, countries: Sequence[str] = ()
) -> list[Annotation]:
    """The quantities of a text in order: annotations of kind `quantity` with a Quantity.

    Features: `counted`, the words for what a number counts or is a share of; of counts also `definite` ("the 20
    workers") and `words` (written in words). `countries` are those the text names, the most frequent first.
    """
    g = grammar()
    wording = Wording(content, tokens, {t.start: i for i, t in enumerate(tokens)}, english, g)
    dated = Coverage(len(content), dates)
    found: list[Annotation] = []
    at = 0
    while (match := g.pattern.search(content, at)) is not None:
        # Where two numbers looked like a range and are none, the scan goes on between them.
        at = match.end("a") if _and_alone(match) else max(match.end(), at + 1)
        first = match.span("a") if match["a"] else match.span()
        if dated.meets(*first):
            continue
        if match["a"] is None:
            annotation = _share(wording, match)
        else:
            annotation = _measured(wording, match, found[-1] if found else None, dated)
        if annotation:
            found.append(_of_country(annotation, g, countries))
    return found


def _and_alone(m: re.Match[str]) -> bool:
    """True for "20 and 30" without "between": two quantities, no range."""
    return bool(m["b"]) and m["to"].lower() == "and" and not m["between"]


def _of_country(a: Annotation, g: Grammar, countries: Sequence[str]) -> Annotation:
    """Money whose word several countries share ("rupees"): that of the country that the text names most."""
    quantity: Quantity = a.value
    if quantity.unit not in g.shared:
        return a
    choice = g.shared[quantity.unit]
    code = next((choice[c] for c in countries if c in choice), next(iter(choice.values())))
    return Annotation(a.span, a.kind, Quantity(quantity.value, code, quantity.bound), a.rule, a.features)


def _quantity(span: Span, quantity: Quantity, rule: str, features: Mapping[str, object] | None = None) -> Annotation:
    return Annotation(span, "quantity", quantity, f"quantity/{rule}", features or {})


def _bound(m: re.Match[str], g: Grammar) -> str:
    return g.bounds.get(re.sub(r"\s+", " ", (m["bound"] or m["after"] or "").lower()), "exact")


def _share(w: Wording, m: re.Match[str]) -> Annotation | None:
    """ "two thirds of ...", "one in five ...": shares in percent."""
    if m["fraction"]:
        *many, part = re.split(r"[\s-]+", m["fraction"].lower())
        count = w.grammar.words.get(many[0], 1) if many else 1
        one = Decimal(str(w.grammar.fractions[part.removesuffix("s")]))
        share = min(round(one * count, 1), Decimal(100))
    else:
        part_, whole = number(m["in_a"], w.grammar), number(m["in_b"], w.grammar)
        if not part_ or not whole or not part_ < whole <= 100:
            return None
        share = round(part_ / whole * 100, 1)
    quantity = Quantity(share, "percent", _bound(m, w.grammar))
    return _quantity(Span(*m.span()), quantity, "fraction", {"counted": share_of(w, m.end())})


def _measured(w: Wording, m: re.Match[str], last: Annotation | None, dated: Coverage) -> Annotation | None:
    """A number or a range of numbers: money, a share in percent, or a count."""
    low = number(m["a"], w.grammar)
    if low is None:
        return None
    if m["half"]:
        low += Decimal("0.5") * Decimal(10) ** max(low.adjusted(), 0)
    high = _upper(w, m, low, dated)
    cut = m["b"] is not None and high is None
    end = m.end("a") if cut else m.end()
    if high is None:
        value, bound = low, _bound(m, w.grammar)
    else:
        value, bound = (_scaled(w, m, low) + high) / 2, "approximate"
    only_between = m["between"] and high is None and not m["bound"] and not m["money"]
    span = Span(m.start("a") if only_between else m.start(), end)
    currency = _currency(w, m, cut)
    if currency:
        return _quantity(span, Quantity(value, currency, bound), "money")
    if m["percent"] and not cut:
        return _quantity(span, Quantity(value, "percent", bound), "percent", {"counted": share_of(w, end)})
    return _count(w, m, Quantity(value, "", bound), span, last)


def _upper(w: Wording, m: re.Match[str], low: Decimal, dated: Coverage) -> Decimal | None:
    """The upper end of a range, None where there is none.

    In "20 and 30 people" and "5 - 3" the second number is another quantity, which is read by itself.
    """
    high = number(m["b"], w.grammar) if m["b"] else None
    if high is None or high <= low or _and_alone(m):
        return None
    in_date = dated.meets(*m.span("b"))
    return None if in_date and m["to"].lower() == "and" else high


def _scaled(w: Wording, m: re.Match[str], low: Decimal) -> Decimal:
    """The lower end of a range whose multiplier stands once: "2 to 3 million"."""
    scale = w.grammar.large.search(m["b"])
    factor = w.grammar.multipliers[scale.group().lower()] if scale else 1
    return low * factor if low < factor else low


def _currency(w: Wording, m: re.Match[str], cut: bool) -> str:
    """The code of the money before or behind the number; what stands behind a second quantity is not of the first."""
    before = m["money"] or ""
    behind = "" if cut else m["suffix"] or ""
    if not before and not cut:
        before = m["money2"] or ""
    return w.grammar.currencies.get(before.strip() or behind, "")


def _count(w: Wording, m: re.Match[str], quantity: Quantity, span: Span, last: Annotation | None) -> Annotation | None:
    """A number of people or things, with the words for them; they may be those of the quantity before."""
    preceding = w.content[max(0, span.start - LOOK_BACK) : span.start]
    if _counts_nothing(w, m, preceding, span.end):
        return None
    of = OF.match(w.content, span.end, span.end + 6)
    scaled = m["a"][-1].isascii() and m["a"][-1].isalpha()  # "300 thousand of unemployed"
    counted, stop = counted_phrase(w, of.end() if of and scaled else span.end)
    rule = "count"
    if not counted and (group := OF_THEM.match(w.content, span.end, span.end + LOOK_AHEAD)):
        counted, stop = counted_phrase(w, group.end())  # "45 of them women"
    if not counted and last is not None and _shares_noun(w, m, preceding, span.end, last):
        counted, stop, rule = str(last.features["counted"]), span.end, "count-elided"
    words = counted.lower().split()
    if not words or words[-1] in w.grammar.uncounted or "old" in words or "aged" in words:
        return None
    if THOUSANDS_WITH_DOT.fullmatch(m["a"]):
        # Nobody counts thousandths of people.
        quantity = Quantity(Decimal(m["a"].replace(".", "")), quantity.unit, quantity.bound)
    features = {
        "counted": counted,
        "definite": DEFINITE.search(preceding) is not None,
        "words": not m["a"][0].isdigit(),
    }
    return _quantity(Span(span.start, max(span.end, stop)), quantity, rule, features)


def _counts_nothing(w: Wording, m: re.Match[str], preceding: str, end: int) -> bool:
    """Numbers that name or order (articles, telephone numbers, ages, durations), and the pronoun "one"."""
    return bool(
        w.grammar.naming.search(preceding)
        or ORDERS_OR_MEASURES_TIME.match(w.content, end, end + LOOK_AHEAD)
        or m["a"].lower() == "one"
    )


def _shares_noun(w: Wording, m: re.Match[str], preceding: str, end: int, last: Annotation) -> bool:
    """True where a number leaves its noun out, and that of the number before is meant.

    "120 workers, up from 80 in 2019"; "120 workers, of which 80 from the provinces".
    """
    if not last.features.get("counted"):
        return False
    gap = m.start() - last.span.end
    if (
        gap < NEAR
        and not m["bound"]
        and ANOTHER_TIME.search(preceding)
        and TIME_FOLLOWS.match(w.content, end, end + LOOK_AHEAD)
    ):
        return True
    part = PART_FOLLOWS.match(w.content, end, end + LOOK_AHEAD)
    if (
        part is None
        or last.value.unit
        or gap > NEAR_IN_LIST
        or not (LISTED.search(preceding) or "them" in part.group())
    ):
        return False
    between = w.content[last.span.end : m.start()]
    return ";" in between or "." not in between.replace(". ", ".", 1)
