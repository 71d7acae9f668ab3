"""An explanation as one page that needs nothing else: no script, no other file, all text escaped.

Only `_tag` makes markup, and it escapes all words that it is given.
"""

from __future__ import annotations

from base64 import b64encode
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape
from importlib import resources
from itertools import pairwise

from ingest.explain import KINDS, Evidence, ExplainedLine, Explanation, Mark


class Html(str):
    """Markup that `_tag` made; all other strings are words, and are escaped."""


_HIDDEN = (
    {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
    | {0x7F: 0x2421}
    | dict.fromkeys(
        (*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)), 0xFFFD
    )
)


def visible(text: str) -> str:
    """The text with signs in place of the characters that steer a terminal or turn the direction of the words.

    >>> visible("a\\x1b[31mb")
    'a␛[31mb'
    """
    return text.translate(_HIDDEN)


def page(explanation: Explanation) -> str:
    """The whole page."""
    css = (resources.files("ingest") / "explain.css").read_text("utf-8")
    digest = b64encode(sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = _tag(
        "head",
        _tag("meta", charset="utf-8"),
        _tag("meta", **{"http-equiv": "Content-Security-Policy", "content": policy}),
        _tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _tag("meta", name="robots", content="noindex"),
        _tag("title", f"{explanation.document}, explained"),
        Html(f"<style>{css}</style>"),
    )
    parts = (*_summary(explanation), *_contents(explanation), *_text(explanation), *_findings(explanation))
    body = _tag("body", _tag("main", *parts))
    return f"<!DOCTYPE html>\n{_tag('html', head, body, lang='en')}\n"


def _tag(element: str, /, *content: str, **attributes: str) -> Html:
    """An element; a trailing underscore of an attribute's name is cut (`class_`)."""
    named = "".join(f' {key.rstrip("_")}="{escape(visible(value))}"' for key, value in attributes.items())
    inner = "".join(piece if isinstance(piece, Html) else escape(visible(piece)) for piece in content)
    return Html(f"<{element}{named}>" + (f"{inner}</{element}>" if element not in ("br", "meta") else ""))


def _summary(e: Explanation) -> Iterator[Html]:
    yield _tag("h1", e.title or e.document)
    rows = {
        "document": e.document,
        "date": e.issued,
        "publisher": e.publisher,
        "mostly about": e.country,
        "holds": f"{len(e.lines)} lines, {len(e.entities)} entities, {len(e.facts)} facts",
    }
    found = [(name, value) for name, value in rows.items() if value]
    yield _tag("dl", *(tag for name, value in found for tag in (_tag("dt", name), _tag("dd", value))))


def _contents(e: Explanation) -> Iterator[Html]:
    """Links to the parts of the page, with how much each holds."""
    parts = {
        "text": f"Text ({len(e.lines)} lines)",
        "entities": f"Entities ({len(e.entities)})",
        "facts": f"Facts ({len(e.facts)})",
        "not-taken": f"Not taken ({len(e.rejected)})",
    }
    links = (_tag("li", _tag("a", words, href=f"#{name}")) for name, words in parts.items())
    yield _tag("nav", _tag("ul", *links, class_="legend"), **{"aria-label": "Parts of this page"})


# -- the text ---------------------------------------------------------------------------------------------------------


def _text(e: Explanation) -> Iterator[Html]:
    yield _section("text", "The text and what was found in it")
    used = {mark.kind for mark in e.marks}
    legend = [_tag("li", _tag("mark", kind, class_=kind)) for kind in KINDS if kind in used]
    yield _tag("ul", *legend, class_="legend")
    yield _tag(
        "p",
        "A bar stands before each sentence. Lines in grey stand around the content and hold no facts. ",
        "Point at a mark to see what it is, and which rule found it.",
        class_="quiet",
    )
    at = 0
    for line in e.lines:
        while at < len(e.marks) and e.marks[at].end <= line.start:
            at += 1
        marks = []
        for mark in e.marks[at:]:
            if mark.start >= line.end:
                break
            marks.append(mark)
        number = f" {line.entry + 1}" if line.entry is not None else ""
        yield _tag(
            "div",
            _tag("span", f"{line.kind}{number}", class_="kind"),
            _tag("span", *_words(e.content, line, marks), class_="words"),
            class_=f"line {line.kind}",
        )


def _words(content: str, line: ExplainedLine, marks: Sequence[Mark]) -> Iterator[str]:
    at = line.start
    for start, end in line.sentences:
        yield content[at:start]
        yield _tag("span", *_marked(content, start, end, marks), class_="sentence", id=f"s{start}")
        at = end
    yield from _marked(content, at, line.end, marks)


def _marked(content: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[str]:
    """The words cut wherever a mark begins or ends; the shortest mark gives a piece its colour."""
    here = [mark for mark in marks if mark.start < end and start < mark.end]
    cuts = sorted({start, end, *(cut for m in here for cut in (m.start, m.end) if start < cut < end)})
    for one, other in pairwise(cuts):
        over = sorted((m for m in here if m.start <= one and other <= m.end), key=lambda m: m.end - m.start)
        if over:
            yield _tag("mark", content[one:other], class_=over[0].kind, title="\n".join(map(_about, over)))
        else:
            yield content[one:other]


def _about(mark: Mark) -> str:
    return f"{mark.kind}: {mark.text}\n  {mark.value}\n  rule: {mark.rule}" + (
        f"\n  entity: {mark.entity}" if mark.entity else "\n  no entity" if mark.kind in KINDS[:5] else ""
    )


# -- what was found ---------------------------------------------------------------------------------------------------


def _findings(e: Explanation) -> Iterator[Html]:
    starts = [start for line in e.lines for start, _ in line.sentences]
    yield _section("entities", "Entities")
    yield _tag(
        "p",
        "Confidence is the share of such findings that are right in documents that people have read: from 0 to 1. ",
        "The numbers under “mentions” lead to the sentences.",
        class_="quiet",
    )
    yield _table(
        ("name", "class", "other names", "mentions", "rule", "confidence"),
        (
            (
                [_tag("strong", x.name)] + ([_tag("br"), _tag("code", x.reference)] if x.reference else []),
                [x.type],
                [", ".join(x.names[1:])],
                _links(starts, x.mentions),
                [_tag("code", x.rule)],
                [f"{x.confidence:.2f}"],
            )
            for x in e.entities
        ),
    )
    yield _section("facts", "Facts")
    yield _tag(
        "p",
        "A fact is about a thing (bold), has a property, and says what that is (bold). Beside it stand the words of ",
        "the document, and the rules that read it from them.",
        class_="quiet",
    )
    before: tuple[Evidence, ...] = ()
    said: list[list[str]] = []
    for fact in e.facts:
        again = fact.evidence == before and bool(before)
        before = fact.evidence
        said.append(
            [_tag("span", _link(starts, before[0], "the same words"), class_="quiet")]
            if again
            else [_tag("blockquote", _link(starts, quoted, quoted.text)) for quoted in before]
        )
    yield _table(
        ("fact", "what the document says", "rule", "confidence"),
        (
            (
                [_tag("strong", x.subject), " ", _tag("code", x.predicate), " ", _tag("strong", x.object)],
                words,
                [_tag("code", ", ".join(x.rules))],
                [f"{x.confidence:.2f}"],
            )
            for x, words in zip(e.facts, said, strict=True)
        ),
    )
    yield _section("not-taken", "Not taken")
    yield _tag(
        "p",
        "Words that looked like something of which facts are stated, and why nothing was made of them.",
        class_="quiet",
    )
    yield _table(
        ("words", "looked like", "why not", "sentence"),
        (
            (
                [_tag("strong", x.text)],
                [x.what],
                [x.why],
                [_tag("blockquote", _link(starts, x.sentence, x.sentence.text))],
            )
            for x in e.rejected
        ),
    )


def _section(name: str, words: str) -> Html:
    """A heading that a link can lead to."""
    return Html(_tag("span", id=name) + _tag("h2", words))


def _table(columns: Sequence[str], rows: Iterable[Sequence[Sequence[str]]]) -> Html:
    body = [
        _tag("tr", *(_tag("td", *cell, class_=name.split()[0]) for name, cell in zip(columns, row, strict=True)))
        for row in rows
    ]
    if not body:
        return _tag("p", "None.", class_="quiet")
    head = _tag("thead", _tag("tr", *(_tag("th", name, scope="col") for name in columns)))
    return _tag("div", _tag("table", head, _tag("tbody", *body)), class_="scroll")


def _links(starts: Sequence[int], quoted: Sequence[Evidence]) -> list[str]:
    """Numbered links to the sentences that hold the words."""
    pieces: list[str] = []
    for n, one in enumerate(quoted, 1):
        pieces += [_link(starts, one, str(n)), " "]
    return pieces


def _link(starts: Sequence[int], quoted: Evidence, words: str) -> Html:
    at = bisect_right(starts, quoted.start)
    return _tag("a", words, href=f"#s{starts[at - 1]}" if at else "#", title=quoted.text)
