"""Markup -> a small tree of nodes, and what the head of the page says. The door to lxml.

The parser hands over one event at a time and builds no tree of its own, so that neither the depth nor the entities of a
hostile page do harm: nothing is fetched, nothing is expanded, and what is nested too deep is laid flat.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources

from lxml import etree

DEPTH = 100
"""Elements inside more than so many others are dissolved: their text goes to the last one that was shallow enough."""

_LEXICON = tomllib.loads((resources.files("ingest.lexicon") / "pages.toml").read_text("utf-8"))
SILENT = frozenset(_LEXICON["silent"])
BLOCKS = frozenset(_LEXICON["blocks"])
_WORDS_OF_HEADINGS = frozenset(_LEXICON["words_of_headings"])
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PROSE = 60
"""A run of unlinked text of at least so many letters is prose; menus, buttons and labels are shorter."""

BREAK = "\u2028"
"""Stands for a line break in the text of nodes; no other white space means one."""

_ATTRIBUTES = frozenset({"role", "hidden", "aria-hidden", "style"})
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\x00-\x08\x0e-\x1f\x7f]")
_NOTE = re.compile(r"\s*\[?(?:\d{1,2}|[a-z*†‡])\]?\s*$")
_UNIT = re.compile(r"\b[kcmd]?m$|CO$")
_WORD = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")


@dataclass(slots=True, eq=False)
class Node:
    """An element. `names` are the words of its class and id in lower case ("mainMenu": main, menu).

    The counts are set by `measure`: `letters` are the characters but for white space, `linked` those inside links,
    `links` the links with text, `prose` the unlinked letters of paragraphs too long for a menu.
    """

    tag: str
    names: frozenset[str] = frozenset()
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    letters: int = 0
    linked: int = 0
    links: int = 0
    prose: int = 0

    @property
    def nodes(self) -> list[Node]:
        """The elements among the children."""
        return [child for child in self.children if isinstance(child, Node)]

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the page."""
        yield self
        for child in self.nodes:
            yield from child.walk()

    def lines(self) -> list[str]:
        """All text below, a string for each line that is not empty."""
        return [line for part in _text(self).split(BREAK) if (line := " ".join(part.split()))]

    def text(self) -> str:
        """All text below on one line."""
        return " ".join(self.lines())


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its body, the text of `<title>`, and the head's metadata by name in lower case."""

    body: Node
    title: str
    metadata: Mapping[str, str]


def parse(markup: str) -> Page:
    """The tree of a page; any markup has one. Nodes are not measured yet."""
    parser = etree.HTMLParser(target=_Builder(), encoding="utf-8", huge_tree=True, no_network=True)
    page: Page = etree.fromstring(markup.replace("\0", "").encode("utf-8", "replace") or b"<p>", parser)
    return page


def measure(node: Node, linked: bool = False) -> tuple[int, int]:
    """Set the counts of a node and of all below it.

    Returns the letters and the linked letters that flow into the line of the parent: none where the node is a block.
    """
    linked = linked or node.tag == "a"
    node.letters = node.linked = node.prose = node.links = 0
    run = run_linked = 0
    for child in node.children:
        if isinstance(child, str):
            letters = len("".join(child.split()))
            node.letters += letters
            node.linked += letters if linked else 0
            flows = letters, letters if linked else 0
        else:
            flows = measure(child, linked)
            node.letters += child.letters
            node.linked += child.linked
            node.links += child.links
            node.prose += child.prose
        run, run_linked = run + flows[0], run_linked + flows[1]
    node.links += node.tag == "a" and node.letters > 0
    if node.tag not in BLOCKS:
        return run, run_linked
    node.prose += run - run_linked if run - run_linked >= PROSE else 0
    return 0, 0


def _names(names: str) -> frozenset[str]:
    words = [{word.lower() for word in _WORD.findall(name)} for name in names.split()]
    return frozenset().union(*(group for group in words if not group & _WORDS_OF_HEADINGS))


def _text(node: Node) -> str:
    inner = "".join(child if isinstance(child, str) else _text(child) for child in node.children)
    return f"{BREAK}{inner}{BREAK}" if node.tag in BLOCKS else inner


_OUTER = ("html", "head", "body")


class _Builder:
    """What the parser calls. Its method `close` gives the result."""

    def __init__(self) -> None:
        self._body = Node("body")
        self._open = [self._body]
        self._dissolved = 0
        self._silent: list[str] = []
        self._titled: list[str] | None = None
        self._title = ""
        self._metadata: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "meta":
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            self._metadata.setdefault(name.lower(), " ".join(attributes.get("content", "").split()))
        if self._silent or tag in SILENT:
            self._silent.append(tag)
        elif tag == "title":
            self._titled = []
        elif tag == "br":
            self._open[-1].children.append(BREAK)
        elif tag not in _OUTER and len(self._open) > DEPTH:
            self._dissolved += 1
            self._open[-1].children.append(BREAK if tag in BLOCKS else "")
        elif tag not in _OUTER:
            names = _names(f"{attributes.get('class', '')} {attributes.get('id', '')}"[:500])
            kept = {name: attributes[name] for name in _ATTRIBUTES.intersection(attributes)}
            node = Node(tag, names, kept, ["“"] if tag == "q" else [])
            self._open[-1].children.append(node)
            self._open.append(node)

    def end(self, tag: str) -> None:
        if self._silent:
            self._silent.pop()
        elif tag == "title":
            self._title = self._title or " ".join("".join(self._titled or ()).split())
            self._titled = None
        elif tag in _OUTER or tag == "br":
            return
        elif self._dissolved:
            self._dissolved -= 1
        elif len(self._open) > 1:
            node = self._open.pop()
            if tag == "q":
                node.children.append("”")
            elif tag == "sup" and _NOTE.match(node.text()) and not _UNIT.search(self._before()):
                node.children.clear()  # the number of a footnote, which would read as digits of the number before it

    def _before(self) -> str:
        before = self._open[-1].children[-2:-1]  # the node itself is the last of them
        return "".join(b if isinstance(b, str) else b.text() for b in before)[-9:]

    def data(self, text: str) -> None:
        if self._silent:
            if self._silent[-1] == "script" and (match := _PUBLISHED.search(text)):
                self._metadata.setdefault("datepublished", match[1])
        elif self._titled is not None:
            self._titled.append(text)
        else:
            text = _INVISIBLE.sub("", text)
            kept = any(node.tag == "pre" for node in self._open)
            self._open[-1].children.append(text.replace("\n", BREAK) if kept else text.replace(BREAK, " "))

    def close(self) -> Page:
        return Page(self._body, self._title, self._metadata)
