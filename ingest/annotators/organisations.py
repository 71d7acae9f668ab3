"""Names of organisations with a head noun: what stands before it, and its tail "of ..., ... and ..."."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.annotators.analysis import Sentence
from ingest.annotators.coordination import item_end
from ingest.annotators.name_words import NameWords
from ingest.annotators.organisation_kinds import kind_of
from ingest.annotators.postmodifiers import name_end
from ingest.annotators.premodifiers import name_start
from ingest.model import Annotation

OFFICE_WORDS = 3
"""An office that is named by no more words than these has no name of its own: "Cairo Office", "Regional Office"."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence: tokens `first` to `last` (excluded), head noun, and the name it says it is part of.

    `spelled` is the whole name where the sentence says its head only once for several names.
    """

    first: int
    last: int
    head: str
    parent: tuple[int, int] | None = None
    spelled: str = ""


def annotate(names: NameWords) -> list[Annotation]:
    """Annotations of kind `organisation`: value the class; features `head` and, if there are, `parent` and `name`."""
    return [
        _annotation(names, name)
        for sentence in names.a.sentences
        if sentence.line.kind != "boilerplate" and not names.in_capitals(sentence)
        for name in parse(names, sentence)
    ]


def _annotation(names: NameWords, name: Name) -> Annotation:
    span = names.span(name.first, name.last)
    features: dict[str, object] = {"head": name.head}
    if name.parent:
        features["parent"] = names.span(*name.parent)
    if name.spelled:
        features["name"] = name.spelled
    kind = kind_of(name.spelled or names.a.words(span), name.head, names.a)
    return Annotation(span, "organisation", kind, "organisation/head-noun", features)


def parse(names: NameWords, s: Sentence) -> list[Name]:
    """The names in a sentence."""
    found: list[Name] = []
    i = s.first
    while i < s.last:
        if names.capital(i):
            if names.tokens[i].text in names.words.plural_heads:
                found += _shared_head(names, i, s)
            elif name := _around(names, i, s):
                # "Integrated Polytechnic" was only the first words of "Integrated Polytechnic Regional College".
                while found and found[-1].first >= name.first and not found[-1].spelled:
                    found.pop()
                found.append(name)
                i = max(i, name.last - 1)
        i += 1
    return found


def _around(names: NameWords, i: int, s: Sentence) -> Name | None:
    """The name whose head is token `i`; None for a common noun ("the Ministry", "Centre staff") and for other words."""
    head = names.head(i)
    if not head:
        return None
    last = _last_head(names, i, s)
    head = names.head(last) or head
    if head == "Commission" and last > s.first and names.lower(last - 1) == "high":
        head = "Embassy"
    first = name_start(names, i, s)
    if _no_body(names, first, last, head, s):
        return None
    end, parent = name_end(names, last, head, s)
    if head == "Desk" and (first, end) == (s.first, s.last):
        return None  # a byline: "Business Desk"
    if first == i and _acts_alone(names, i, head, s):
        return Name(i, end, head)
    if _common_noun(names, first, i, head, s, bare=end == last + 1) or _event(names, first, last, end, s):
        return None
    if _sent(names, first, i, s):
        return None
    return Name(first, end, head, parent, _of_whole(names, first, end, parent) if head == "Office" else "")


def _of_whole(names: NameWords, first: int, end: int, parent: tuple[int, int] | None) -> str:
    """ "Cairo Office of the [ILO]": an office goes by the name of those who keep it; empty where it has a name."""
    if parent is None or end - first > OFFICE_WORDS:
        return ""
    return names.a.words(names.span(first, parent[1]))


def _no_body(names: NameWords, first: int, last: int, head: str, s: Sentence) -> bool:
    """True for a hotel where something takes place, and for the office of a person: "the High Commissioner"."""
    if head == "Hotel":
        before = first - 2 if first - 1 > s.first and names.lower(first - 1) == "the" else first - 1
        return before >= s.first and names.lower(before) in ("at", "in")
    return head == "Commissioner" and all(names.lower(k) in names.titles.title_words for k in range(first, last))


def _last_head(names: NameWords, i: int, s: Sentence) -> int:
    """The last head of a run is the head: "Training Center", "Bank Group"."""
    last = i
    while (
        last + 1 < s.last
        and names.adjacent(last, last + 1)
        and names.capital(last + 1)
        and (names.head(last + 1) or names.tokens[last + 1].text in names.words.closers)
        and not names.title(last + 1)
    ):
        last += 1
    return last


def _common_noun(names: NameWords, first: int, i: int, head: str, s: Sentence, *, bare: bool) -> bool:
    """True where a head with the words `first` to `i` before it is no name; it is `bare` where nothing follows it."""
    words = names.words
    if first == i and (bare or _of_excellence(names, i)):
        return True
    if head in words.trades and all(names.common(k) for k in range(first, i)):
        # "Small Enterprises", but "Classic Fashion Apparel"
        return head in words.sectors or i - first < 2 or names.tokens[first].start == s.span.start
    if not bare and first == i and head == "Board" and names.lower(i + 2) in words.governing:
        return True  # "the Board of Directors"
    return bare and head in words.weak and all(names.lower(k) in words.vague for k in range(first, i))


def _of_excellence(names: NameWords, i: int) -> bool:
    """ "a [Centre of Excellence] for X": a rank, not a name."""
    return names.lower(i + 1) == "of" and names.lower(i + 2) == "excellence"


def _acts_alone(names: NameWords, i: int, head: str, s: Sentence) -> bool:
    """ "Parliament passed ...", "by Parliament": no article stands before the head, a word in small letters after."""
    if head not in names.words.alone or i + 1 >= s.last or not names.tokens[i + 1].text[0].islower():
        return False
    return i == s.first or names.lower(i - 1) in ("by", "to", "in", "of", "that", "when", "and", ",", "after", "before")


def _event(names: NameWords, first: int, last: int, end: int, s: Sentence) -> bool:
    """True for the name of an event or a law: "Joint Committee Meeting", "Third International Congress"."""
    words = names.words
    counted = names.tokens[first].text in words.ordinals or _counted(names, first, s)
    if counted and names.head(last) in words.meeting:
        return True
    return end == last + 1 < s.last and names.adjacent(last, end) and names.tokens[end].text in words.events


def _counted(names: NameWords, first: int, s: Sentence) -> bool:
    """ "the 18th [World Congress]": the number and its ending are two tokens."""
    return (
        first - 2 >= s.first and names.tokens[first - 2].number and names.lower(first - 1) in ("st", "nd", "rd", "th")
    )


def _sent(names: NameWords, first: int, i: int, s: Sentence) -> bool:
    """True inside a title: "Chief of [Mission in Kenya]", "Head of Delegation"."""
    return (
        first == i
        and names.lower(i) in names.titles.complements
        and i - 2 >= s.first
        and names.lower(i - 1) == "of"
        and names.title(i - 2)
        and names.adjacent(i - 2, i - 1)
    )


def _shared_head(names: NameWords, i: int, s: Sentence) -> list[Name]:
    """ "the Ministries of Labour and of Education": one name for each; the head is said once."""
    found: list[Name] = []
    head = names.words.plural_heads[names.tokens[i].text]
    at = i + 1
    while at + 1 < s.last and names.lower(at) == "of" and names.capital(at + 1) and not names.place(at + 1):
        end = item_end(names, at + 1, s)
        spelled = f"{head} of {names.a.words(names.span(at + 1, end))}"
        found.append(Name(at + 1, end, head, spelled=spelled))
        at = end
        while at < s.last and names.lower(at) in (",", "and"):
            at += 1
    return found if len(found) > 1 else []
