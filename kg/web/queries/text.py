"""Descriptions in Markdown, as HTML that can do no harm."""

from __future__ import annotations

import html
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
_TAGS |= {"table", "tbody", "td", "th", "thead", "tr"}
# Headings would stand among those of the page, and pictures would tell others who reads it.
_READER = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["heading", "lheading", "image"])


@lru_cache(maxsize=1000)
def rendered(text: str) -> Markup:
    """Markdown as HTML."""
    clean = nh3.clean(
        _READER.render(text),
        tags=_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )
    return Markup(clean)  # noqa: S704 -- it was cleaned in the line before


@lru_cache(maxsize=1000)
def plain(text: str) -> str:
    """Markdown as text on one line, without its marks."""
    return " ".join(html.unescape(nh3.clean(_READER.render(text), tags=set())).split())
