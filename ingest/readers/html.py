"""Web pages: the title, then the content as a person reads it on the page, without menus, banners and other stories.

The stored text has a line for each paragraph, heading, item, row and caption. The site that publishes the page, which
often stands only in the head of the page, becomes a last line "Source: ...".
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from calendar import month_name
from collections.abc import Sequence
from dataclasses import replace

from charset_normalizer import from_bytes

from ingest.model import Document
from ingest.readers.html_content import Content, content
from ingest.readers.html_lines import Block, blocks
from ingest.readers.html_spacing import DATE, arrange, is_date_line
from ingest.readers.html_tree import parse
from kg.errors import InputError

SUFFIXES = (".html", ".htm", ".xhtml")

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_OPENS = re.compile(rb"(?>\s+|<!--.{0,4000}?-->|<\?xml[^>]{0,200}>)*+<(?:!doctype\s+html|html)\b", re.I | re.S)
_DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]+)", re.I
)
_TEXTUAL = re.compile(r"cp|iso8859|koi8|gb|big5|euc|shift|iso2022|hz|tis|mac|utf-8|johab")
_DATELINE = 60
"""A date so near to the begin of a paragraph dates the page."""
_TITLE = 110
"""Titles, bylines and the like are shorter than so many characters, paragraphs are longer."""
_LEAD = 1500
"""So many characters may stand between the title and the part that is called the content."""


def accepts(document: Document) -> bool:
    """True for files with the name of a web page, and for those of any name that begin like one."""
    return document.path.suffix.lower() in SUFFIXES or _OPENS.match(_head(document.data)) is not None


def read(document: Document) -> str:
    """The text; raises InputError for files that are no web page, or one without text of its own."""
    if b"\0" in document.data[:4096] and not document.data.startswith(
        (*(bom for bom, _ in _BOMS), *(w for w, _ in _WIDE))
    ):
        raise InputError(f"{document.path}: this is no web page (it holds NUL bytes)")
    found = content(parse(decode(document.data)))
    text = arrange(_chosen(found, blocks(found)))
    if not text.strip():
        raise InputError(f"{document.path}: this page holds no text (save the page as the browser shows it)")
    return unicodedata.normalize("NFC", text)


def _head(data: bytes) -> bytes:
    """The first bytes, one for each character, without the mark of the encoding."""
    return (
        data[:12_000]
        .replace(b"\0", b"")
        .removeprefix(codecs.BOM_UTF8)
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
    )


def decode(data: bytes) -> str:
    """The characters: by the mark of the encoding, by UTF-8 where that fits, by what is declared, by the bytes' looks.

    UTF-8 comes before the declaration: pages in UTF-8 often declare another encoding, and other encodings hardly ever
    pass for UTF-8. A few broken characters in a page do not make it another encoding.
    """
    for mark, encoding in (*_BOMS, *_WIDE):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    match = _DECLARED.search(data[:4096])
    declared = _codec((match[1] or match[2]).decode("ascii")) if match else ""
    shifts = declared.startswith(("iso2022", "hz"))  # in these, text of other scripts is made of ASCII
    for encoding in dict.fromkeys((declared, "utf-8") if shifts else ("utf-8", declared)):
        if encoding:
            characters = data.decode(encoding, "replace")
            other = sum(1 for c in characters if c > "\x7f")
            if characters.count("\ufffd") * 20 <= other:
                return characters
    best = from_bytes(data[:200_000]).best()
    return data.decode(best.encoding if best else "utf-8", "replace")


def _codec(name: str) -> str:
    """The codec of a declared encoding, as browsers understand the name; empty for an unknown one."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return ""
    if codec in ("iso8859-1", "ascii"):
        return "cp1252"
    # The declaration was read byte by byte, so it cannot be true that two bytes make a character.
    return codec if _TEXTUAL.match(codec) else "utf-8"


def _chosen(found: Content, all_blocks: Sequence[Block]) -> list[Block]:
    """The title, the date, the content, the source."""
    title = [block for block in all_blocks if block.kind == "title"]
    at = all_blocks.index(title[0]) if title else 0
    if not title and found.title:
        title = [_extra(found.title, "title")]
    before = [
        b
        for b in all_blocks[:at]
        if is_date_line(b.text) or (b.inside and (b.kind == "caption" or len(b.text) > _TITLE))
    ]
    after = [b for b in all_blocks[at:] if b.kind != "title"]
    first = next((n for n, block in enumerate(after) if block.inside), len(after))
    lead = after[:first]
    if sum(len(block.text) for block in lead) > _LEAD:
        lead = [block for block in lead if is_date_line(block.text)]
    body = [*before, *lead, *(block for block in after[first:] if block.inside)]
    if title:  # it may stand there again, with or without the date
        again = [replace(block, text=block.text.removeprefix(title[0].text + "\n")) for block in body[:6]]
        body = [*(block for block in again if block.text != title[0].text), *body[6:]]
    if not body:
        return []
    dated = found.published and not any(_dates(block) for block in body[:6])
    top = [_extra(_in_words(found.published), "date")] if dated else []
    sourced = any(re.match(r"source\s*:", block.text, re.I) for block in body)
    end = [_extra(f"Source: {found.site}", "source")] if found.site and not sourced else []
    return [*title, *top, *body, *end]


def _extra(text: str, kind: str) -> Block:
    return Block(text, kind, 0, 0, (), True)


def _dates(block: Block) -> bool:
    """True for a block near the top that tells the date of the page."""
    match = DATE.search(block.text)
    return match is not None and (match.start() < _DATELINE or len(block.text) < _TITLE)


def _in_words(date: str) -> str:
    year, month, day = date.split("-")
    return f"{int(day)} {month_name[min(int(month), 12)]} {year}"
