"""Content of a page -> blocks (paragraphs, headings, items, rows, captions), in the order of the page.

The annotators see lines only. So what markup says in other ways is said here as plain text says it: items begin with a
dash or a number, rows of two cells and definitions read "Label: value", captions begin with "Photo:".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from ingest.readers.html_content import Content, is_fact_box
from ingest.readers.html_tree import BLOCKS, BREAK, HEADINGS, Node

BULLET = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[-•*·–▪])\s")
LABEL_LETTERS = 60
VALUE_LETTERS = 300
"""A cell with more is no value but a part of the page: the table only lays the page out."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_VALUES = frozenset({"item", "items", "value", "values", "content", "data"})


@dataclass(frozen=True, slots=True)
class Block:
    """One or more lines that belong together.

    `kind` is `title`, `heading`, `prose`, `item`, `row` (also of a box of facts) or `caption`; `level` that of a
    heading, 1 to 7; `run` tells one list or table from the next; `path` numbers the parts of the page that hold the
    block, from the outside; `inside` says whether the part that holds the content does.
    """

    text: str
    kind: str
    level: int
    run: int
    path: tuple[int, ...]
    inside: bool


@dataclass(frozen=True, slots=True)
class _At:
    """Where the walk is: what a paragraph is there, and the parts around it."""

    kind: str = "prose"
    level: int = 0
    run: int = 0
    path: tuple[int, ...] = ()
    inside: bool = False


@cache
def _captions() -> list[re.Pattern[str]]:
    data = tomllib.loads((resources.files("ingest.lexicon") / "boilerplate.toml").read_text("utf-8"))
    return [re.compile(pattern, re.I) for pattern in data["captions"]]


def blocks(content: Content) -> list[Block]:
    """The blocks of a page."""
    lines = _Lines(content)
    lines.walk(content.body, _At())
    lines.flush(_At())
    return lines.blocks


class _Lines:
    """Walks down a tree. Text waits in `waiting` until its block ends."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.blocks: list[Block] = []
        self.waiting: list[str] = []
        self.bullet = ""
        self.parts = 0
        self.order = {node: n for n, node in enumerate(content.body.walk())}
        self.last_prose = max((n for node, n in self.order.items() if node.prose), default=0)

    def flush(self, at: _At) -> None:
        """Ends the block that waits, if any."""
        lines = [" ".join(line.split()) for line in "".join(self.waiting).split(BREAK)]
        self.waiting.clear()
        # An empty line inside a block parts two paragraphs.
        for text in re.split(r"\n{2,}", "\n".join(lines).strip("\n")):
            if not any(c.isalnum() for c in text):
                continue
            if at.kind == "caption" and not any(p.search(text) for p in _captions()):
                text = f"Photo: {text}"
            if self.bullet and not BULLET.match(text):
                text = self.bullet + text
            self.bullet = ""
            if at.kind == "caption" and self.blocks and self.blocks[-1].text == text:
                continue  # of a picture and its enlargement
            self.blocks.append(Block(text, at.kind, at.level, at.run, at.path, at.inside))

    def line(self, text: str, at: _At) -> None:
        """A block of its own."""
        self.flush(at)
        self.waiting.append(text)
        self.flush(at)

    def walk(self, node: Node, at: _At) -> None:
        """The children of a node."""
        if node is self.content.root or is_fact_box(node):
            at = replace(at, inside=True)
        value: Node | None = None
        before: Node | str = ""
        for n, child in enumerate(node.children):
            if isinstance(child, str):
                self.waiting.append(child)
            elif child is value:
                pass
            elif child.tag not in BLOCKS:
                if isinstance(before, Node) and before.names | child.names and node.tag in BLOCKS and node.tag != "p":
                    self.waiting.append(" ")  # names and dates side by side: their distance is in the style sheet
                apart = node.tag in ("li", "div", "header") and _is_date(child)
                self.waiting.append(BREAK if apart else "")
                self.walk(child, at)
                self.waiting.append(BREAK if apart else "")
            else:
                self.flush(at)
                value = self.value_of(node, n)
                if value is not None:
                    self.line(
                        _labelled(child.text(), _flat(value)),
                        replace(at, kind="row", run=at.path[-1] if at.path else 0),
                    )
                elif child.letters and not self.is_menu(child):
                    self.block(child, at)
            before = child

    def block(self, node: Node, at: _At) -> None:
        """An element on lines of its own."""
        self.parts += 1
        at = replace(at, path=(*at.path, self.parts))
        if node is self.content.heading:
            at = replace(at, kind="title", level=0, inside=True)
        elif at.kind == "title":
            pass
        elif node.tag in HEADINGS:
            at = replace(at, kind="heading", level=HEADINGS.index(node.tag) + 1)
        elif node.tag == "figcaption" or ("caption" in node.names and node.letters < VALUE_LETTERS):
            at = replace(at, kind="caption")
        elif at.kind == "prose" and (node.tag in ("summary", "caption") or _emphasised(node)):
            at = replace(at, kind="heading", level=7)
        if node.tag in ("ul", "ol", "dir"):
            self.items(node, at)
        elif node.tag == "table" and not _lays_out(node):
            self.rows(node, at)
        elif node.tag == "dl":
            self.definitions(node, at)
        else:
            self.walk(node, at)
            self.flush(at)

    def items(self, node: Node, at: _At) -> None:
        """A list. Items that are small articles (an event with its date) have no bullet."""
        at = replace(at, run=at.run if at.kind == "item" else self.parts)
        for n, item in enumerate((child for child in node.nodes if child.letters), 1):
            parts = [part for part in item.walk() if part.tag in (*HEADINGS, "p", "time") and part.letters]
            if item.tag != "li" or len(parts) > 1:
                self.block(item, replace(at, kind="prose" if at.kind == "item" else at.kind))
                continue
            self.bullet = f"{n}. " if node.tag == "ol" else "- "
            self.block(item, replace(at, kind="item"))
            self.bullet = ""

    def rows(self, node: Node, at: _At) -> None:
        """A table of data, a line for each row."""
        at = replace(at, run=self.parts, kind="row")
        rows = [row for row in node.walk() if row.tag == "tr" and row.letters]
        pairs = max((len(_cells(row)) for row in rows), default=0) <= 2
        for caption in (part for part in node.nodes if part.tag == "caption"):
            self.line(caption.text(), replace(at, kind="heading", level=7))
        for row in rows:
            cells = [cell for cell in _cells(row) if cell.letters]
            if not all(_is_value(cell) for cell in cells):
                self.wide(cells, replace(at, kind="prose"))
                continue
            texts = [_flat(cell) for cell in cells]
            head = all(cell.tag == "th" for cell in cells)
            if pairs and len(cells) == 2 and not head and len(texts[0]) <= LABEL_LETTERS:
                self.line(_labelled(texts[0], texts[1]), at)
            else:
                self.line(" – ".join(texts), at)

    def wide(self, cells: Sequence[Node], at: _At) -> None:
        """A row with paragraphs in it: its short first cell is their heading."""
        for n, cell in enumerate(cells):
            if n == 0 and len(cells) > 1 and cell.letters <= LABEL_LETTERS and not cell.links:
                self.line(cell.text(), replace(at, kind="heading", level=7))
            elif not self.is_menu(cell):
                self.block(cell, at)

    def definitions(self, node: Node, at: _At) -> None:
        """A list of terms; those with long definitions read as headings."""
        run = replace(at, run=self.parts, kind="row")
        terms: list[Node] = []
        parts = [part for child in node.nodes for part in (child.nodes if child.tag == "div" else (child,))]
        for part in (part for part in parts if part.letters):
            if part.tag == "dt":
                terms.append(part)
                continue
            term = ", ".join(term.text() for term in terms)
            terms.clear()
            if not _is_value(part) or len(term) > LABEL_LETTERS:
                self.line(term, replace(at, kind="heading", level=7))
                self.block(part, at)
            else:
                self.line(_labelled(term, _flat(part)) if term else _flat(part), run)

    def value_of(self, parent: Node, n: int) -> Node | None:
        """The element after a child that is called its label."""
        label = parent.children[n]
        if isinstance(label, str) or "label" not in label.names or not 1 < label.letters <= LABEL_LETTERS:
            return None
        after = next((c for c in parent.children[n + 1 : n + 3] if isinstance(c, Node)), None)
        return after if after and after.names & _VALUES and after.letters and _is_value(after) else None

    def is_menu(self, node: Node) -> bool:
        """True for a list of links that nothing introduces: short ones, or what follows the last paragraph."""
        if node.links < 2 or node.letters - node.linked > 2 * node.links or _says(node):
            return False
        if any(part is self.content.heading for part in node.walk()):
            return False
        last = self.blocks[-1] if self.blocks else None
        if _YEAR.search(node.text()) or (last and (last.kind == "heading" or last.text.endswith(":"))):
            return False
        if node.links > 2 and node.linked < 40 * node.links and not any(n.tag in HEADINGS for n in node.walk()):
            return True
        return 0 < self.last_prose < self.order[node]


def _says(node: Node) -> bool:
    """True for a part that has words outside its links."""
    if node.tag == "a" or not node.letters:
        return False
    return any(any(c.isalnum() for c in child) if isinstance(child, str) else _says(child) for child in node.children)


def _cells(row: Node) -> list[Node]:
    return [cell for cell in row.nodes if cell.tag in ("td", "th")]


def _flat(node: Node) -> str:
    """The lines of a cell as one: "A; B; C"."""
    return re.sub(r"(?<=[,;:–-]); ", " ", "; ".join(node.lines()))


def _labelled(label: str, value: str) -> str:
    return f"{label.rstrip(' :')}: {value}"


def _is_value(node: Node) -> bool:
    """True for what fits on the line of its label: not a whole part of the page."""
    if node.letters > VALUE_LETTERS or (node.prose and len(node.lines()) > 1):
        return False
    return not any(part.tag in HEADINGS or part.tag == "table" for part in node.walk())


def _is_date(node: Node) -> bool:
    """True for what the page marks as a date, which a bar or an item often shows on a line of its own."""
    return (node.tag == "time" or "date" in node.names) and node.letters <= 30 and any(c.isdigit() for c in node.text())


def _lays_out(table: Node) -> bool:
    """True for a table that only puts the parts of a page side by side."""
    if table.attributes.get("role") in ("presentation", "none"):
        return True
    cells = [_cells(row) for row in table.walk() if row.tag == "tr"]
    holds = any(part.tag in (*HEADINGS, "table") for part in table.walk() if part is not table)
    return holds or max(map(len, cells), default=0) < 2


def _emphasised(node: Node) -> bool:
    """True for a short paragraph all in bold, which does not end like a sentence."""
    parts = [part for part in node.children if not isinstance(part, str) or part.strip()]
    bold = all(isinstance(part, Node) and part.tag in ("b", "strong") for part in parts)
    return bool(parts) and bold and node.letters <= 150 and node.text()[-1] not in ".!?:;,”"
