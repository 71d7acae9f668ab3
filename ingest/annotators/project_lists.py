"""Projects that a list names: "several programmes, among them the A Fund (AF), B (BB) and the C Scheme"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.annotators.analysis import Analysis
from ingest.annotators.name_words import head_of
from ingest.lexicon import load_lexicon
from ingest.model import Annotation, Span

MEMBER = re.compile(
    r"(?:the\s+)?(?P<name>[A-Z][\w’'&-]*(?:\ (?:[A-Z][\w’'&-]*|of|and|for|the|in|on|to|with)){0,9}?)"
    r"\s*\((?P<short>[A-Z][\w&+-]{1,14})\)"
)
"""One of a list: without its short name in brackets nothing shows where a name ends."""
NEXT = re.compile(r"\s*(?:,\s*(?:and\s+|as\s+well\s+as\s+)?|;\s*(?:and\s+)?|\s(?:and|or|as\s+well\s+as)\s+)")
MOST_MEMBERS = 12
RULE = "project/listed"


@cache
def _opening() -> re.Pattern[str]:
    heads = "|".join(sorted(load_lexicon().projects.plurals | {"schemes", "initiatives"}))
    return re.compile(
        rf"\b(?:{heads})\b[^.;:()\n]{{0,60}}?"
        r"(?:,?\s+(?:among (?:them|these|which)|including|includes?|such as|namely|notably|like|for example|called|are)"
        r"(?:\s+(?:are|is))?:?|:)\s+"
    )


def listed(a: Analysis) -> Iterator[Annotation]:
    """The projects of lists behind "programmes such as", with the span of the short name as the feature `short`."""
    content = a.text.content
    for opening in _opening().finditer(content):
        at = opening.end()
        for _ in range(MOST_MEMBERS):
            member = MEMBER.match(content, at)
            if member is None:
                break
            if _may_be_project(a, member["name"], member["short"]):
                span = Span(*member.span("name"))
                yield Annotation(span, "project", a.words(span), RULE, {"short": Span(*member.span("short"))})
            following = NEXT.match(content, member.end())
            if following is None:
                break
            at = following.end()


def _may_be_project(a: Analysis, name: str, short: str) -> bool:
    """True for what is not known to be an organisation and has no head of one."""
    if a.gazetteer.known(name) or a.gazetteer.known(short):
        return False
    head = head_of(name.split()[-1], a)
    return not head or head in a.lexicon.projects.heads_of_projects or head in ("Fund", "Grant")
