"""Agreements by description: "signed a memorandum of understanding on ...", “Cooperation Agreement in ...”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.annotators.analysis import Analysis, Sentence
from ingest.annotators.phrases import phrase_end, trim_place
from ingest.lexicon import load_lexicon
from ingest.model import Annotation, Span

PARTIES_FOLLOW = re.compile(r"\b(?:between|with)\b")
PLAIN = re.compile(r"agreements?", re.I)
SIGNING_OF = re.compile(r"\bsign(?:ing|ature)s?(?: ceremony)?(?: of| for)(?: the| an?)?(?: new)?\s*$", re.I)
NOT_ALONE = re.compile(r"(?:s|anda)$|\b(?:plan|programme|roadmap)\b", re.I)
IN_IT = re.compile(r"(?:^In|, in|\bin)\s+(?:an|a|the|this|their)\s+$")
TO_COME = re.compile(
    r"\b(?:draft\w*|negotiat\w+|propos\w+|plans? to|planned|hopes?|will|should|future|possible|expected)\b", re.I
)
"""Words of a sentence on an agreement that is yet to be made."""
SIGNED_NEXT = re.compile(
    r" {0,2}(?:[A-Z][^.;]{1,90}?\b(?:signed|concluded|inked|sealed)\s+it\b|(?:It|This)\s+(?:was|has\s+been)\s+"
    r"(?:[^.;,]{1,80}?\band\s+)?(?:signed|concluded|inked|sealed|initialled)\b)"
)
"""A sentence that says that the agreement of the one before was signed."""
MEMORY = 400
"""Characters before a sentence in which an agreement may have been named."""
LONGEST_TITLE = 30
REACH = 60


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Heads of agreements, heads of memoranda among them, and words of signing."""

    head: re.Pattern[str]
    memorandum: re.Pattern[str]
    signing: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = load_lexicon().instruments.agreements
    compound = (
        rf"(?:{'|'.join(words.kinds)})(?: (?:{'|'.join(words.between)}))* (?:agreements?|contracts?|arrangements?)"
    )
    heads = "|".join([*words.named, compound, *words.heads])
    return _Patterns(
        head=re.compile(rf"\b(?:{heads})\b", re.I),
        memorandum=re.compile("|".join(words.memoranda), re.I),
        signing=re.compile(rf"\b(?:{'|'.join(words.signing)})\b", re.I),
    )


def agreements_in(a: Analysis, s: Sentence) -> Iterator[Annotation]:
    """What may be an agreement in a sentence, in order. Feature `signed`: the sentence tells that something was."""
    words = a.words(s.span)
    signed = _patterns().signing.search(words) is not None
    signed = (
        signed
        or SIGNED_NEXT.match(a.text.content, s.span.end, min(len(a.text.content), s.span.end + MEMORY)) is not None
    )
    for m in _patterns().head.finditer(words):
        head = _Head(a, s, m, s.span.start + m.start(), s.span.start + m.end())
        if words[max(0, m.start() - 1) : m.end() + 1] == f"({m.group()})":
            continue  # the short form of the head before it
        span, rule = _quoted(head), "agreement-quoted"
        if span is None:
            span, rule = _described(head, words, signed), "agreement-signed"
        if span is not None:
            yield Annotation(span, "instrument", _kind(m.group()), f"instrument/{rule}", {"signed": signed})


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of an agreement from `start` to `end` in the text; `match` is within its sentence."""

    a: Analysis
    s: Sentence
    match: re.Match[str]
    start: int
    end: int

    @property
    def first(self) -> int:
        """Its first token."""
        return self.a.token_at(self.start)

    @property
    def next(self) -> int:
        """The token after it and its abbreviation in brackets."""
        k = self.a.token_at(self.end)
        return k + 3 if self.lower(k) == "(" and self.lower(k + 2) == ")" else k

    def lower(self, i: int) -> str:
        """A token of the sentence in lower case, empty outside of it."""
        return self.a.tokens[i].text.lower() if self.s.first <= i < self.s.last else ""


def _kind(head: str) -> str:
    return "MemorandumOfUnderstanding" if _patterns().memorandum.search(head) else "CooperationAgreement"


def _trade(head: _Head) -> bool:
    """ "Free Trade Agreement", which has rules of its own."""
    return PLAIN.fullmatch(head.match.group()) is not None and head.lower(head.first - 1) == "trade"


def _quoted(head: _Head) -> Span | None:
    """A title in quotation marks that begins with the head."""
    if head.lower(head.first - 1) not in ("“", '"'):
        return None
    tokens, k = head.a.tokens, head.a.token_at(head.end)
    closing = next((c for c in range(k, min(k + LONGEST_TITLE, head.s.last)) if tokens[c].text in ("”", '"')), None)
    return None if closing is None else Span(head.start, tokens[closing - 1].end)


def _described(head: _Head, words: str, signed: bool) -> Span | None:
    """The head with the words that describe it and what it is about."""
    stands = not signed and _stands(head, words)
    if _trade(head) or not (
        signed or stands or PARTIES_FOLLOW.search(words, head.match.end(), head.match.end() + REACH)
    ):
        return None
    if not signed and NOT_ALONE.search(head.match.group()):
        return None  # "agreements with other countries", "a cooperation plan with A" are none that was signed
    vocabulary = head.a.lexicon.instruments.agreements
    complement = head.lower(head.next) in vocabulary.complements and head.next + 1 < head.s.last
    begin = head.first
    while head.lower(begin - 1) in vocabulary.describing:
        begin -= 1
    determiner = _determiner(head, begin)
    if not complement and head.lower(begin - 1) == "collective":
        return None  # those of firms and their workers, of which there are many
    if determiner in ("no", "any", "such") or not (complement or signed):
        return None
    if not complement:
        named_here = head.s.line.kind == "entry" and SIGNING_OF.search(
            words[: head.a.tokens[begin].start - head.s.span.start]
        )
        points_back = not named_here and determiner in ("this", "the", "that", "these", "their", "its", "both")
        return None if points_back else Span(head.a.tokens[begin].start, head.end)
    end = _complement_end(head)
    if not (signed or stands) and (end is None or head.a.words(Span(head.end, end)).islower()):
        return None  # "in agreement with the contents"
    if _named_before(head, determiner, begin):
        return None
    return Span(head.a.tokens[begin].start, end or head.end)


def _stands(head: _Head, words: str) -> bool:
    """True where an agreement is told of as one that is in force, without its signing: "in an agreement on X, A and B
    laid down ...", "this changes with the memorandum of understanding on Y"."""
    if head.lower(head.next) not in ("on", "concerning", "regarding", "about") or TO_COME.search(words):
        return False
    before = words[: head.match.start()]
    return IN_IT.search(before) is not None or (
        before.endswith(("the ", "The ", "this ", "This ")) and PLAIN.fullmatch(head.match.group()) is None
    )


def _determiner(head: _Head, begin: int) -> str:
    """The word before all that describes an agreement."""
    vocabulary = head.a.lexicon.instruments.agreements
    k = begin
    while head.lower(k - 1) in vocabulary.describing or head.lower(k - 1) in vocabulary.pointing:
        k -= 1
    return head.lower(k - 1)


def _complement_end(head: _Head) -> int | None:
    """The end of what an agreement is about.

    None for "in <place>" and "on <date>" right after the head, which say where and when, and are no title.
    """
    stop = trim_place(head.a, head.next, phrase_end(head.a, head.next, head.s, quotes=False))
    return head.a.tokens[stop - 1].end if stop > head.next + 1 else None


def _named_before(head: _Head, determiner: str, begin: int) -> bool:
    """True for "under the agreement between X and Y" where an agreement was signed in the text before it."""
    if determiner != "the" or begin != head.first or head.match.group().lower().startswith("memorandum of"):
        return False
    if head.lower(head.next) not in ("between", "with"):
        return False
    before = head.a.text.content[max(0, head.s.span.start - MEMORY) : head.s.span.start]
    return bool(_patterns().head.search(before) and _patterns().signing.search(before))
