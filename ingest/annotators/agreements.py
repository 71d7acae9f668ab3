"""Agreements by description: "signed a memorandum of understanding on ...", “Cooperation Agreement in ...”."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ingest.annotators.agreement_heads import AgreementHead, patterns
from ingest.annotators.analysis import Analysis, Sentence
from ingest.annotators.phrases import SMALL, phrase_end, trim_place
from ingest.model import Annotation, Span

PARTIES_FOLLOW = re.compile(r"\b(?:between|with|among(?:st)?)\b")
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
FIRST_WITHIN = 2500
"""Characters before "the agreement" in which none is named where these words are the first of it."""
NOT_YET = re.compile(
    r"\b(?:to|will|would|shall|may|might|could|should|can)\s+(?:(?:be|soon|jointly|also|then|formally)\s+){0,2}"
    r"(?:sign|conclude|ink|seal|exchange|enter\s+into|renew|reach|extend|initial)(?:e?d)?\b",
    re.I,
)
""" "planned to sign a memorandum", "a memorandum will be signed": none is there yet."""
WAS_SIGNED = re.compile(
    r"(?:\s*\([^()]{1,40}\))?,?\s+(?:(?:which|that)\s+)?(?:(?:was|were|is|has been|had been|got)\s+)?"
    r"(?:(?:jointly|formally|officially|also|finally|today|first|initially|then)\s+)?"
    r"(?:signed|initialled|initialed|inked|concluded|sealed|reached|renewed|extended|exchanged"
    r"|(?:bears?|bore|carries|carry|carried)\s+the\s+signatures?)\b",
    re.I,
)
SIGN_THE = re.compile(
    r"\b(?:signed|inked|sealed|concluded|renewed|extended|prolonged|(?:laid\s+down|set\s+out|agreed|provided\s+for|foreseen|stipulated)\s+in)\s+(?:the|their|its)\s+(?:\w+\s+)?\Z",
    re.I,
)
OF_DATE = re.compile(r"\s*,?\s+(?:of|dated|from)\s+(?:the\s+)?\Z", re.I)
BETWEEN_NEXT = re.compile(r"\s*,?\s+(?:between|with|by)\b")
ARTICLES = frozenset({"a", "an", "the", "this", "that", "their", "its", "two", "three", "four", "several"})
LONGEST_TITLE, LONGEST_BEFORE, LONGEST_LEAD = 30, 4, 16
REACH = 60


def agreements_in(a: Analysis, s: Sentence) -> Iterator[Annotation]:
    """What may be an agreement in a sentence, in order. Feature `signed`: the sentence tells that something was."""
    words = a.words(s.span)
    signed = patterns().signing.search(words) is not None
    signed = (
        signed
        or SIGNED_NEXT.match(a.text.content, s.span.end, min(len(a.text.content), s.span.end + MEMORY)) is not None
    )
    for m in patterns().head.finditer(words):
        head = AgreementHead(a, s, m, s.span.start + m.start(), s.span.start + m.end())
        if words[max(0, m.start() - 1) : m.end() + 1] == f"({m.group()})":
            continue  # the short form of the head before it
        span, rule = _quoted(head), "agreement-quoted"
        if span is None:
            span, rule = _described(head, words, signed), "agreement-signed"
        if span is not None:
            bare = span == Span(head.start, head.end)
            features: dict[str, object] = {"signed": signed, "bare": bare}
            yield Annotation(span, "instrument", _kind(m.group()), f"instrument/{rule}", features)


def _kind(head: str) -> str:
    return "MemorandumOfUnderstanding" if patterns().memorandum.search(head) else "CooperationAgreement"


def _trade(head: AgreementHead) -> bool:
    """ "Free Trade Agreement", which has rules of its own."""
    return PLAIN.fullmatch(head.match.group()) is not None and head.lower(head.first - 1) == "trade"


def _quoted(head: AgreementHead) -> Span | None:
    """A title in quotation marks that begins with the head."""
    if head.lower(head.first - 1) not in ("“", '"'):
        return None
    tokens, k = head.a.tokens, head.a.token_at(head.end)
    closing = next((c for c in range(k, min(k + LONGEST_TITLE, head.s.last)) if tokens[c].text in ("”", '"')), None)
    return None if closing is None else Span(head.start, tokens[closing - 1].end)


def _described(head: AgreementHead, words: str, signed: bool) -> Span | None:
    """The head with the words that describe it and what it is about."""
    stands = not signed and _stands(head, words)
    if _trade(head) or not (
        signed or stands or PARTIES_FOLLOW.search(words, head.match.end(), head.match.end() + REACH)
    ):
        return None
    if not signed and NOT_ALONE.search(head.match.group()):
        return None  # "agreements with other countries", "a cooperation plan with A" are none that was signed
    vocabulary = head.a.lexicon.instruments.agreements
    complement = (
        head.lower(head.next) in vocabulary.complements
        and head.next + 1 < head.s.last
        and (head.lower(head.next), head.lower(head.next + 1)) != ("on", "behalf")
    )
    begin = _begin(head)
    start = head.a.tokens[begin].start
    determiner = _determiner(head, begin)
    if not complement and "collective" in (head.lower(begin), head.lower(begin - 1)):
        return None  # those of firms and their workers, of which there are many
    if determiner in ("no", "any", "such"):
        return None
    dated = _of_date(head)
    if dated is not None and (not _points_back(head, begin, determiner) or (determiner == "the" and _first(head))):
        return Span(start, head.end if head.a.tokens[head.first].capital and begin < head.next - 1 else dated)
    if not (complement or signed):
        return None
    if not complement:
        unnamed = _points_back(head, begin, determiner) or _planned(words)
        return None if unnamed else Span(start, head.end)
    first = head.a.tokens[head.first]
    if not (first.capital and not first.text.isupper()) and _planned(words):
        return None  # "wants to sign a memorandum with A"; one with a title is named
    end = _complement_end(head)
    if not (signed or stands) and (end is None or head.a.words(Span(head.end, end)).islower()):
        return None  # "in agreement with the contents"
    if _named_before(head, determiner, begin):
        return None
    return Span(start, end or head.end)


def _planned(words: str) -> bool:
    """Whether all that a sentence tells of a signing is yet to come."""
    signing = patterns().signing
    return signing.search(words) is not None and signing.search(NOT_YET.sub(" ", words)) is None


def _begin(head: AgreementHead) -> int:
    """The first token of the words that describe an agreement: of a list, names of places ("the Chiang Mai agreement"),
    words in capitals before a head in capitals, and nouns after an article ("a credit line agreement")."""
    vocabulary = head.a.lexicon.instruments.agreements
    tokens = head.a.tokens
    begin = head.first
    while head.lower(begin - 1) in vocabulary.describing:
        begin -= 1
    capital = tokens[head.first].capital and head.first > head.s.first
    k = begin
    while begin - k < LONGEST_BEFORE and k > head.s.first and _premodifier(head, k - 1, capital):
        k -= 1
    if k < begin and (capital or head.lower(k - 1) in ARTICLES | vocabulary.pointing):
        begin = k
    places = (n for n in range(max(head.s.first, begin - 4), begin) if head.a.place_ends.get(n) == begin)
    return next((n for n in places if head.lower(n - 1) == "the"), begin)


def _premodifier(head: AgreementHead, k: int, capital: bool) -> bool:
    """Whether a token can stand in the name of an agreement before its head."""
    token, word, a = head.a.tokens[k], head.lower(k), head.a
    if not token.word or token.capital != capital or word in a.lexicon.instruments.agreements.pointing:
        return False
    if word in a.english.words.closing or word in SMALL or word in ARTICLES:
        return False
    return a.english.common(word) if capital else a.english.noun(word) and word not in a.english.adjectives


def _points_back(head: AgreementHead, begin: int, determiner: str) -> bool:
    """Whether words without a complement mean an agreement of which the text has told: "this agreement", "the
    memorandum"; not where they are the first of it."""
    if determiner not in ("this", "the", "that", "these", "their", "its", "both"):
        return False
    tokens, start = head.a.tokens, head.s.span.start
    if head.a.place_ends.get(begin) is not None and tokens[begin].capital:
        return False  # "the Chiang Mai agreement"
    if head.s.line.kind == "entry" and SIGNING_OF.search(head.a.text.content, start, tokens[begin].start):
        return False
    content = head.a.text.content
    told = WAS_SIGNED.match(content, head.end, head.s.span.end) or SIGN_THE.search(content, start, tokens[begin].start)
    if determiner not in ("the", "their", "its") or not told:
        return True
    return not _first(head)


def _first(head: AgreementHead) -> bool:
    """Whether no agreement is named before a head, but for titles of one word."""
    content, start, entry = head.a.text.content, head.s.span.start, head.s.line.entry
    first = max(0, start - FIRST_WITHIN, head.a.layout.entries[entry].body.start if entry is not None else 0)
    before = patterns().head.finditer(content, first, head.start)
    return all(content[m.start() - 1 : m.start()] == "\n" and content[m.end() : m.end() + 1] == "\n" for m in before)


def _of_date(head: AgreementHead) -> int | None:
    """The end of the date in "an agreement of 3 May 2016 between A and B"."""
    dates, at = head.a.dates, head.a.tokens[head.next - 1].end
    n = bisect_left(dates, at, key=lambda d: d.span.start)
    if n == len(dates) or dates[n].span.start > at + LONGEST_LEAD:
        return None
    if not OF_DATE.fullmatch(head.a.text.content, at, dates[n].span.start):
        return None
    return int(dates[n].span.end) if BETWEEN_NEXT.match(head.a.text.content, dates[n].span.end) else None


def _stands(head: AgreementHead, words: str) -> bool:
    """True where an agreement is told of as one that is in force, without its signing: "in an agreement on X, A and B
    laid down ...", "this changes with the memorandum of understanding on Y"."""
    if head.lower(head.next) not in ("on", "concerning", "regarding", "about") or TO_COME.search(words):
        return False
    before = words[: head.a.tokens[_begin(head)].start - head.s.span.start]
    return IN_IT.search(before) is not None or (
        before.endswith(("the ", "The ", "this ", "This ")) and PLAIN.fullmatch(head.match.group()) is None
    )


def _determiner(head: AgreementHead, begin: int) -> str:
    """The word before all that describes an agreement."""
    vocabulary = head.a.lexicon.instruments.agreements
    k = begin
    while head.lower(k - 1) in vocabulary.describing or head.lower(k - 1) in vocabulary.pointing:
        k -= 1
    return head.lower(k - 1)


def _complement_end(head: AgreementHead) -> int | None:
    """The end of what an agreement is about.

    None for "in <place>" and "on <date>" right after the head, which say where and when, and are no title.
    """
    # From the word before: all of it may be a place, "an agreement [in Nairobi]".
    stop = trim_place(head.a, head.next - 1, phrase_end(head.a, head.next, head.s, quotes=False))
    stop = _before_article(head, stop)
    if head.lower(head.next) not in ("between", "with", "among"):
        stop = _before_parties(head, stop)
    return head.a.tokens[stop - 1].end if stop > head.next + 1 else None


def _before_article(head: AgreementHead, stop: int) -> int:
    """The end of what an agreement is about before a new phrase: "of the protocol [the signatures]"."""
    tokens, english = head.a.tokens, head.a.english
    for k in range(head.next + 2, stop):
        before = head.lower(k - 1)
        if tokens[k].text in ("the", "a", "an") and before not in SMALL and english.noun(before):
            return k if not before.endswith("ing") else stop
    return stop


def _before_parties(head: AgreementHead, stop: int) -> int:
    """The end of what an agreement is about before its parties: "on skills [between the A and the B]"."""
    for k in range(head.next + 2, stop - 1):
        named = k + 2 if head.lower(k + 1) == "the" else k + 1
        if head.lower(k) in ("with", "between", "among") and named < stop and head.a.tokens[named].capital:
            return k
        if head.lower(k) == "on" and head.lower(k + 1) == "behalf":
            return k
    return stop


def _named_before(head: AgreementHead, determiner: str, begin: int) -> bool:
    """True for "under the agreement between X and Y" where an agreement was signed in the text before it."""
    if determiner != "the" or begin != head.first or head.match.group().lower().startswith("memorandum of"):
        return False
    if head.lower(head.next) not in ("between", "with"):
        return False
    before = head.a.text.content[max(0, head.s.span.start - MEMORY) : head.s.span.start]
    return bool(patterns().head.search(before) and patterns().signing.search(before))
