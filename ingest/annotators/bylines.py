"""Where the author of a text or a photograph is named: "By X, Accra", "Photo: X", "Reporting by X; editing by Y"."""

from __future__ import annotations

from ingest.annotators.analysis import Sentence
from ingest.annotators.title_words import TitleWords

BYLINES = ("heading", "date", "caption", "field")
"""Kinds of lines in which "by" alone announces an author."""
OPENING = frozenset("|(/[.;,–—-")
"""Signs after which a line begins anew."""
CLOSING = OPENING | frozenset(")];:")
"""Signs that may follow the name of an author."""
OWNER_REACH = 4
"""The owner of the rights is so many tokens long at most."""


def author_start(t: TitleWords, i: int, s: Sentence) -> int:
    """The token at which an author's name begins that token `i` announces ("by", ":"); -1 where it announces none."""
    if t.tokens[i].text in ("©", "/"):
        return _after_copyright(t, i, s)
    announces = t.tokens[i].text == ":" or t.lower(i) == "by"
    if not announces or i + 2 >= s.last or not t.names.adjacent(i, i + 1):
        return -1
    work = i > s.first and t.lower(i - 1) in t.words.works
    if t.lower(i) == "by":
        alone = _opens(t, i, s) and s.line.kind in BYLINES
        return i + 1 if alone or (work and (s.line.kind in BYLINES or _opens(t, i - 1, s))) else -1
    return i + 1 if work and _opens(t, i - 1, s) else -1


def _after_copyright(t: TitleWords, i: int, s: Sentence) -> int:
    """ "© X", "© ILO/X": the token after the sign, or after the slash behind the owner of the rights; else -1."""
    signed = any(t.tokens[k].text == "©" for k in range(max(s.first, i - OWNER_REACH), i + 1))
    return i + 1 if signed and i + 2 < s.last else -1


def closes(t: TitleWords, end: int, s: Sentence) -> bool:
    """Whether the name of an author may end before token `end`: at the end of the line or before a sign."""
    return end >= s.last or t.tokens[end].text in CLOSING or not t.names.adjacent(end - 1, end)


def _opens(t: TitleWords, i: int, s: Sentence) -> bool:
    """True for the first token of a line or of a part of it."""
    return i == s.first or t.tokens[i - 1].text in OPENING
