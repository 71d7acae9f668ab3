"""What of a page is content: its title, the part that holds it, and the parts around it that go.

Nothing that holds much of the page's prose, or the title, is ever taken for menus and the like, whatever it is called.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ingest.readers.html_tree import BLOCKS, HEADINGS, Node, Page, measure

LABEL = re.compile(r"^[A-Z][\w /&’'()-]{2,40}:")
MUCH = 0.5
"""A part with more than this share of the page's prose is content."""
MOST = 0.7
"""The part that holds the content has at least this share of the page's prose,"""
ARTICLE = 0.3
"""or this, where it is an article with the title of the page in it."""
TITLE_WORDS = 4
"""What is only called a title has at least so many words."""
BOX = 1500
"""A box of facts has at most so many letters."""
PARAGRAPHS = 200
"""A part with so many letters of prose is no bar of links."""
BAR = 30
"""A line of a bar has at most so many letters besides one of its parts."""
LINKED = 0.3
"""A part with more than this share of its letters in links may be a list of other pages."""

_BARS = re.compile(r"\s+[|–—»«·:-]\s+|\s*\|\s*")
_UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


@dataclass(frozen=True, slots=True)
class Content:
    """A page without what stands around its content. `root` holds the content; `heading` is the title's element.

    `site` is the name of the site and `published` an ISO date, as the head of the page states them, or empty.
    """

    body: Node
    root: Node
    heading: Node | None
    title: str
    site: str
    published: str


@dataclass(frozen=True, slots=True)
class _Words:
    bars: frozenset[str]
    boxes: frozenset[str]
    roles: frozenset[str]
    beside: frozenset[str]
    around: frozenset[str]
    hidden: tuple[frozenset[str], ...]
    content: frozenset[str]
    titles: frozenset[str]
    leading_away: re.Pattern[str]
    published: tuple[str, ...]
    site: tuple[str, ...]
    no_site: frozenset[str]


@cache
def _words() -> _Words:
    data = tomllib.loads((resources.files("ingest.lexicon") / "pages.toml").read_text("utf-8"))
    sets = {
        name: frozenset(data[name])
        for name in ("bars", "boxes", "roles", "beside", "around", "content", "titles", "no_site")
    }
    return _Words(
        **sets,
        hidden=tuple(frozenset(words.split()) for words in data["hidden"]),
        leading_away=re.compile(rf"(?:{'|'.join(data['leading_away'])})$", re.I),
        published=tuple(data["published"]),
        site=tuple(data["site"]),
    )


def content(page: Page) -> Content:
    """Takes out of a page what is no content. The tree of the page is used up."""
    measure(page.body)
    heading, title, site = _title(page)
    pruning = _Pruning(page.body, heading)
    pruning.by_name(page.body)
    measure(page.body)
    pruning.by_heading(page.body)
    measure(page.body)
    stated = next((page.metadata[name] for name in _words().published if page.metadata.get(name)), "")
    day = re.match(r"(?:19|20)\d\d-\d\d-\d\d(?!\d)", stated)
    return Content(page.body, _root(page.body, heading), heading, title, site, day[0] if day else "")


# -- title ------------------------------------------------------------------------------------------------------------


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _title(page: Page) -> tuple[Node | None, str, str]:
    """The element of the title, its text, and the name of the site.

    The head often says "Title | Section | Site": the headings of the page show which part is the title.
    """
    stated = page.metadata.get("og:title", "")
    parts = [part.strip() for part in _BARS.split(page.title) if part.strip()]
    named = {_key(text) for text in (stated, page.title, *parts)} - {""}
    # An h1 with the name of the site stands above many pages; that is mostly the last part of the head's title.
    ends = [parts[0], parts[-1]] if parts[1:] else [*parts, "", ""][:2]
    likely, site = ends if len(ends[1]) < 1.5 * len(ends[0]) else ends[::-1]
    sites = {_key(page.metadata.get("og:site_name", "")), _key(site)}
    sites -= {_key(stated)}
    best: tuple[int, Node] | None = None
    for node in page.body.walk():
        level = HEADINGS.index(node.tag) if node.tag in HEADINGS else 6
        if not 2 < node.letters < 300 or (level == 6 and node.tag not in ("p", "div", "td", "th")):
            continue
        key = _key(node.text())
        known = key in named or (level < 6 and len(key.split()) > 3 and any(key in name for name in named))
        called = level == 6 and bool(node.names & _words().titles) and len(key.split()) >= TITLE_WORDS > node.linked
        if not key or not (known or level == 0 or called) or (level == 6 and key in sites):
            continue
        rank = (
            (level if known else 8 if called else 7) + (20 if key in sites else 0) + (2 if len(key.split()) < 3 else 0)
        )
        if best is None or rank < best[0]:
            best = rank, node
    heading = best[1] if best else None
    title = heading.text() if heading else stated or likely
    return heading, title, _site(page, parts, _key(title))


def _site(page: Page, parts: Sequence[str], title: str) -> str:
    """The name of the site: stated as such, or the part of the head's title that is furthest from the title."""
    words = _words()
    names = [page.metadata.get(name, "") for name in words.site]
    at = (
        next((i for i, part in enumerate(parts) if _key(part) in title or title in _key(part)), None) if title else None
    )
    if at is not None:
        ends = [parts[-1], parts[0]] if at < len(parts) / 2 else [parts[0], parts[-1]]
        names += [part for part in ends if part != parts[at]]
    for name in names:
        if (
            2 <= len(name) <= 60
            and name[0].isupper()
            and len(name.split()) <= 8
            and _key(name) not in (title, *words.no_site)
        ):
            return name
    return ""


# -- what goes --------------------------------------------------------------------------------------------------------


class _Pruning:
    """Takes parts out of the tree, from the top down."""

    def __init__(self, body: Node, heading: Node | None) -> None:
        self.words = _words()
        self.prose, self.letters = body.prose, body.letters
        self.above = set(path(body, heading)) if heading else set()

    def by_name(self, node: Node, inside: bool = False) -> None:
        """Takes out what is called a menu, a footer and so on. `inside`: in an article or the like."""
        inside = inside or node.tag in ("article", "main")
        kept: list[Node | str] = []
        for child in node.children:
            if isinstance(child, str):
                kept.append(child)
            elif child.tag == "button" and node.tag not in (*HEADINGS, "summary"):
                continue
            elif child in self.above or self._much(child) or not self._surrounds(child, node, inside):
                self.by_name(child, inside)
                kept.append(child)
            elif child.tag not in BLOCKS:
                kept.append(" ")
        node.children = kept

    def by_heading(self, node: Node) -> None:
        """Takes out lists of other pages, which their headings give away."""
        kept: list[Node | str] = []
        leading_away = False
        for child in node.children:
            if isinstance(child, str):
                kept.append(child)
                continue
            protected = child in self.above or self._much(child)
            listed = child.tag in ("ul", "ol") or child.letters < 3 or child.linked > LINKED * child.letters
            if leading_away and listed and not protected and child.tag not in HEADINGS:
                continue
            leading_away = False
            if child.letters and not protected and (opening := self._opening(child)):
                leading_away = opening is child
                if leading_away or opening.tag in HEADINGS or listed or not child.prose:
                    continue
            self.by_heading(child)
            kept.append(child)
        node.children = kept

    def _surrounds(self, node: Node, parent: Node, inside: bool) -> bool:
        words, names = self.words, node.names
        role = node.attributes.get("role", "").lower()
        if "hidden" in node.attributes or _UNSEEN.search(node.attributes.get("style", "")):
            return True
        if node.attributes.get("aria-hidden") == "true" or any(hidden <= names for hidden in words.hidden):
            return True
        if node.tag in ("nav", "dialog", "menu") or role in words.roles:
            return True
        if node.tag not in BLOCKS and parent.letters - node.letters > BAR:
            return False  # a word in a paragraph
        if names & words.boxes or (names & words.bars and node.prose < PARAGRAPHS):
            return True
        if _beside(node):
            return not is_fact_box(node)
        above_or_below = node.tag in ("header", "footer") or role in ("banner", "contentinfo") or names & words.around
        return bool(above_or_below) and not inside

    def _much(self, node: Node) -> bool:
        if self.prose:
            return node.prose > MUCH * self.prose
        return node.letters - node.linked > MUCH * self.letters

    def _opening(self, node: Node) -> Node | None:
        """The heading of a list of other pages that the text of a node begins with."""
        while True:
            if node.letters <= 60 and not any(child.tag in BLOCKS and child.letters for child in node.nodes):
                return node if node.tag in BLOCKS and self.words.leading_away.fullmatch(node.text()) else None
            first = next((c for c in node.children if (c.strip() if isinstance(c, str) else c.letters)), None)
            if first is None or isinstance(first, str):
                return None
            node = first


def path(node: Node, goal: Node) -> list[Node]:
    """The nodes from one to another below it, both included; empty where it is not below."""
    if node is goal:
        return [node]
    for child in node.nodes:
        if found := path(child, goal):
            return [node, *found]
    return []


def is_fact_box(node: Node) -> bool:
    """True for a box of facts beside the content: a small table, or lines that begin with a label; no list of links."""
    if not _beside(node) or node.linked > 2 * LINKED * node.letters or node.letters > BOX:
        return False
    lines = [n.text() for n in node.walk() if n.tag in BLOCKS and n.letters < 300]
    return any(n.tag in ("dl", "table") for n in node.walk()) or len({t for t in lines if LABEL.match(t)}) > 1


def _beside(node: Node) -> bool:
    return node.tag == "aside" or node.attributes.get("role") == "complementary" or bool(node.names & _words().beside)


def _root(body: Node, heading: Node | None) -> Node:
    """The smallest part that is called the content and holds most of it, best with the title; else the body."""
    words = _words()
    above = set(path(body, heading)) if heading else set()
    found: list[Node] = []
    for node in body.walk():
        article = node.tag == "article" or node.attributes.get("role") == "article"
        named = article or node.tag == "main" or node.attributes.get("role") == "main" or node.names & words.content
        share = node.prose / body.prose if body.prose else node.letters / max(body.letters, 1)
        # An article with the title is the content even beside many others.
        least = ARTICLE if article and node in above and node.prose > PARAGRAPHS else MOST
        if named and node.tag in BLOCKS and share >= least:
            found.append(node)
    with_title = [node for node in found if node in above]
    return min(with_title or found, key=lambda node: node.letters, default=body)
