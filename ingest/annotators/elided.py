"""Numbers that leave their noun out ("120 workers, up from 80"): where the noun stands that is meant."""

from __future__ import annotations

import re

from ingest.annotators.counted import Wording, counted_phrase
from ingest.model import Annotation

ANOTHER_TIME = re.compile(
    r"\b(?:up from|down from|compared (?:to|with)|against|than|from|to)\s+"
    r"(?:the\s+|only\s+|just\s+)*$"
)
TIME_FOLLOWS = re.compile(r"\s+(?:in|a year|the year|at|by|last|this|for|among|on)\b|\s*(?:[,.;)]|$)")
PART_FOLLOWS = re.compile(
    r"\s+(?:of\s+(?:them|these|those|which|whom)|(?:for|in|from|to|at|with|under|on)\s+(?:the\s+)?[A-Za-z]+)\b"
)
LISTED = re.compile(
    r"(?:[,;:]|and|(?:of|among) (?:which|whom|them|these|those)|including|comprising|namely|made up of|composed of)\s*$"
)
MORE = re.compile(r"\b(?:a further|another|an additional|an extra|the other|the remaining|the rest,)\s+$", re.I)
MORE_FOLLOWS = re.compile(r"\s+(?:more|others?)\b")
CLAUSE_FOLLOWS = re.compile(
    r"\s+(?:[a-z]+ed|are|is|were|was|have|has|had|will|would|can|could|sit|work|went|left|took|came|got|found"
    r"|of them|in|from|at|on)\b"
)
OF_GROUP = re.compile(
    r"(?:^|[\s(])(?:of|among|out of|from)\s+(?:(?:the|its|their|these|those|our|his|her|all)\s+)*$", re.I
)
"""Before the group of which a part comes next: "Of its 230 members, 40 sit ..."."""
NUMBER_OF = re.compile(r"\bnumbers?\s+of\s+(?:(?:the|all|its|their|new)\s+)*", re.I)
HEAD = re.compile(
    r"(?:^|[.;:!?]\s|\n|,\s|\b(?:that|the|while|and)\s)([A-Za-z][\w-]*(?:\s[a-z][\w-]*){0,3}?)\s+"
    r"(?:(?:have|has|had|will|would)\s+)?$"
)
"""The subject of a verb of change: "Departures rose to 300"."""
GOES_ON = re.compile(
    r"\s*(?:[,.;:()\n]|$|(?:in|by|to|from|at|a|over|last|this|during|and|as|after|compared|against|before|within|per|on"
    r"|since)\b)"
)
PUT_AT = re.compile(r"\b(?:at|was|were|is)\s+$")
AT_TIME = re.compile(
    r"\s+(?:by|in|until|since|before)\s+(?:the end of\s+|early\s+|late\s+|mid-)?(?:[A-Z][a-z]{2,8}\s+)?(?:19|20)\d\d\b"
)
"""After a further number of the same at a time: "58 mills take part, and the guild has promised 100 by May 2024"."""
WERE = re.compile(r"\s+(?:were|are|have|had)\s+[a-z]")
OPENS = re.compile(r"(?:^|[.;,]\s+|\b(?:19|20)\d\d,?\s+|,\s+(?:and|but)\s+)$")
MANY = re.compile(r"\d{2,}|\d{1,3}(?:[.,\s]\d{3})+")
"""A number that is no word of prose."""
THE_NUMBER = re.compile(
    r"\b(?:the|this|that) (?:number|figure|total)s?\s+(?!of\b|(?:in|for)\s+the\b)(?:[\w-]+,?\s+){0,9}?"
    r"(?:was|were|is|are|been|reached|reaching|hit|hitting|came to|(?<!\bof )at)\s+(?:only\s+|about\s+)?$",
    re.I,
)
"""The number of what was counted before: "in 2019, the number was 80"."""
CROWD = re.compile(
    r"\b((?:(?!(?:an?|the|its|their|his|her|total|whole|of)\b)[a-z]+\s)?"
    r"(?:labou?r force|workforce|population|membership|enrolment|enrollment|student body|staff|intake"
    r"|headcount))\s+of\s+$"
)
"""Before the size of a group that is no plural: "a population of 3 million"."""
ARE = re.compile(
    r"(?:,?\s*\(?(?:representing|constituting|accounting for|making up|equal to|equivalent to|or|i\.e\.,?)?\s*[\d.,]+"
    r"\s?(?:%|per\s?cent)\)?(?:\s+of (?:them|these|those|the total|all))?,?)?\s+(?:are|were|is|was)\s+(?=[a-z])"
)
"""Between a number and what its people are: "96 are women", "96, or 30 per cent, were women"."""
DONE = re.compile(r"(?:ed|en|ing|ly|sent|paid|taught|put|left|told|held|made|found|built|set)$")
LABEL = re.compile(r"(?:^|\n|[.;|]\s|[-•*✓]\s)\s*([A-Z][\w ,/’'-]{2,40}?)\s*:\s*$")
"""A label before a figure: "Trainees: 1,200"."""
NEAR = 60
"""Characters from a number to the one before it whose noun it may share;"""
IN_LIST = 400
"""in a list of parts, and of parts of a group, it may be further."""
SENTENCE = 220


def elided_noun(w: Wording, m: re.Match[str], start: int, end: int, last: Annotation | None) -> str:
    """The noun of a number from `start` to `end` that has none behind it; empty where none is meant.

    `last` is the quantity before.
    """
    preceding = w.content[max(0, start - 24) : start]
    crowd = CROWD.search(w.content, max(0, start - 60), start)
    if crowd:
        return crowd[1]
    label = LABEL.search(w.content[max(0, start - 50) : start])
    if label and GOES_ON.match(w.content, end, end + 14):
        counted = NUMBER_OF.sub("", label[1])
        if w.english.plural(counted.split()[-1].lower()):
            return counted[:1].lower() + counted[1:] if counted[1:2].islower() else counted
    if last is not None and (what := _what_they_are(w, end)):
        return what
    if last is not None and last.features.get("counted") and _shares(w, m, preceding, start, end, last):
        return str(last.features["counted"])
    return _of_change(w, start, end)


def _shares(w: Wording, m: re.Match[str], preceding: str, start: int, end: int, last: Annotation) -> bool:
    """True where a number leaves its noun out, and that of the number before is meant.

    "120 workers, up from 80 in 2019"; "120 workers, of which 80 from the provinces"; "of the 120 workers, 80 left";
    "120 workers were trained; a further 80 are enrolled".
    """
    gap = start - last.span.end
    between = w.content[last.span.end : start]
    if "\n\n" in between:
        return False
    if (
        gap < NEAR
        and ". " not in between
        and ANOTHER_TIME.search(preceding)
        and TIME_FOLLOWS.match(w.content, end, end + 12)
    ):
        return True
    if gap > IN_LIST:
        return False
    if gap < SENTENCE and (MORE.search(preceding) or MORE_FOLLOWS.match(w.content, end, end + 12)):
        return "." not in between.replace(". ", ".", 1)
    of_group = OF_GROUP.search(w.content[max(0, last.span.start - 24) : last.span.start])
    if (
        of_group
        and between.rstrip().endswith(",")
        and "." not in between
        and CLAUSE_FOLLOWS.match(w.content, end, end + 30)
    ):
        return True
    if gap < SENTENCE and ". " not in between and AT_TIME.match(w.content, end, end + 40):
        return MANY.fullmatch(m["a"]) is not None
    if gap < SENTENCE and MANY.fullmatch(m["a"]) and OPENS.search(preceding) and WERE.match(w.content, end, end + 14):
        return True
    if THE_NUMBER.search(w.content[max(0, start - 90) : start]) and GOES_ON.match(w.content, end, end + 14):
        return True
    if LISTED.search(preceding) and ". " not in between and CLAUSE_FOLLOWS.match(w.content, end, end + 30):
        return gap < SENTENCE
    part = PART_FOLLOWS.match(w.content, end, end + 30)
    if part is not None and "of them" in part.group():
        return between.count(". ") <= 2
    if part is None or not (LISTED.search(preceding) or "them" in part.group()):
        return False
    return ";" in between or "." not in between.replace(". ", ".", 1)


def _what_they_are(w: Wording, end: int) -> str:
    """ "Of the 145 apprentices 96 are women": the noun that is said of those who were counted."""
    are = ARE.match(w.content, end, end + 90)
    if are is None:
        return ""
    phrase = counted_phrase(w, are.end())[0]
    first = phrase.split()[0] if phrase else ""
    return "" if not first or (DONE.search(first) and not w.english.plural(first)) else phrase


def _of_change(w: Wording, start: int, end: int) -> str:
    """ "The number of workers rose from 80 to 120", "Departures fell to 300": what changes is what is counted."""
    if not GOES_ON.match(w.content, end, end + 14):
        return ""
    begin = max(w.content.rfind(sign, max(0, start - SENTENCE), start) for sign in (". ", "\n", "; ")) + 1
    clause = w.content[max(begin, start - SENTENCE) : start]
    offset = start - len(clause)
    change = w.grammar.changing.search(clause) or PUT_AT.search(clause)
    if change is None:
        return ""
    for head in NUMBER_OF.finditer(clause, 0, change.start()):
        return counted_phrase(w, offset + head.end())[0]
    subject = HEAD.search(clause, 0, change.start())
    if subject is None or not w.english.plural(subject[1].split()[-1]):
        return ""
    return subject[1]
