"""The lines of a text before it is known what each is: with their dates, and paragraphs joined that lost breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.lexicon import load_lexicon
from ingest.model import Annotation, Span

NUMBERED = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[-•*·–])\s+")
LINE = re.compile(r"[^\n]*\S[^\n]*")
INDENT = re.compile(r"\s{2,}")
TITLE_OF_PAGE = re.compile(
    r"(?P<title>[^\n|»]{20,160}?)\s+(?:[|»·]\s+(?P<site>[^|\n]{2,40}(?:\s[|»·]\s[^|\n]{2,40}){0,3})"
    r"|(?P<sign>[-–—])\s+(?P<sites>[A-Z][^\n|]{1,30}?\s(?P=sign)\s[A-Z][\w .&’'-]{1,40}))"
)
"""The title of a page as browsers show it: "A | B | C" or "A - B - C"."""
TITLE_WORDS = 4
FULL_WIDTH = 110
"""Only a text whose lines are all shorter may have been broken by a program."""
SENTENCE_END = '.!?:;|”"'


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text in order, and the dates that start on each."""

    content: str
    spans: Sequence[Span]
    dates: Sequence[Sequence[Annotation]]

    def text(self, i: int) -> str:
        """The characters of a line."""
        return self.content[self.spans[i].start : self.spans[i].end]

    def goes_on(self, i: int) -> bool:
        """True where a line begins on the line of the one before: what stands behind the title of a page."""
        return i > 0 and "\n" not in self.content[self.spans[i - 1].end : self.spans[i].start]

    def tight(self, i: int) -> bool:
        """True where no blank line stands between a line and the one before."""
        return self.content.count("\n", self.spans[i - 1].end, self.spans[i].start) == 1

    def indented(self, i: int) -> bool:
        """True where a line begins with two spaces or more."""
        start = self.spans[i].start
        return INDENT.match(self.content, self.content.rfind("\n", 0, start) + 1, start + 1) is not None

    def without_dates(self, i: int) -> str:
        """The characters of a line that are of no date."""
        parts, at = [], self.spans[i].start
        for date in self.dates[i]:
            parts.append(self.content[at : date.span.start])
            at = max(at, date.span.end)
        return "".join([*parts, self.content[at : self.spans[i].end]])


def lines_of(content: str, dates: Sequence[Annotation]) -> Lines:
    """The lines of a text that are not blank. `dates` are in order."""
    spans = paragraphs(content)
    on_line: list[list[Annotation]] = [[] for _ in spans]
    i = 0
    for date in dates:
        while i < len(spans) and spans[i].end <= date.span.start:
            i += 1
        if i < len(spans) and spans[i].start <= date.span.start:
            on_line[i].append(date)
    return Lines(content, spans, on_line)


def paragraphs(content: str) -> list[Span]:
    """The lines that are not blank; a line that goes on on the next is one with it."""
    spans: list[Span] = []
    broken = max(map(len, content.split("\n"))) <= FULL_WIDTH
    for match in LINE.finditer(content):
        text = match.group()
        start = match.start() + len(text) - len(text.lstrip())
        end = match.start() + len(text.rstrip())
        if spans and _wrapped(content, spans[-1], Span(start, end), broken):
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return [*_title_and_site(content, spans[0]), *spans[1:]] if spans else spans


def _title_and_site(content: str, line: Span) -> list[Span]:
    """The first line; where it is the title of a page with the names of its section and its site, these apart."""
    match = TITLE_OF_PAGE.fullmatch(content, line.start, line.end)
    if match is None or len(match["title"].split()) < TITLE_WORDS:
        return [line]
    return [Span(*match.span("title")), Span(*match.span("site" if match["site"] else "sites"))]


def _wrapped(content: str, last: Span, line: Span, broken: bool) -> bool:
    """True for a line that the one before goes on with: in lower case, or where a program broke the text."""
    length = last.end - last.start
    if content.count("\n", last.end, line.start) != 1 or length <= 45 or content[last.end - 1] in SENTENCE_END:
        return False
    return content[line.start].islower() or (broken and length > 60 and not _heading_like(content, line))


def _heading_like(content: str, line: Span) -> bool:
    short = line.end - line.start < 60 and content[line.end - 1] != "."
    return short or NUMBERED.match(content, line.start, line.end) is not None


def event_like(text: str) -> bool:
    """True where a heading has the word of an event in it ("Regional Conference on ...")."""
    return _event_words().search(text) is not None


@cache
def _event_words() -> re.Pattern[str]:
    words = sorted(load_lexicon().events.classes, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b", re.I)
