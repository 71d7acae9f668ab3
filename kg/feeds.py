"""An Atom feed (RFC 4287) of a saved query: an entry for each release on which its answer changed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote

from kg.saved import Run, SavedQuery
from kg.saved.model import Cells

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHOWN = 20  # rows of each kind in an entry
_CELL = 200  # characters of a cell


def atom(
    query: SavedQuery,
    runs: Sequence[Run],
    *,
    page: str,
    feed: str,
    identity: str,
    changes: Callable[[Run], str],
    publisher: str = "Accord",
) -> bytes:
    """The feed of `query`. `runs` are what it gave, the newest release first.

    `page` and `feed` are the addresses of its page and of this feed; `changes` gives that which an entry leads to.
    `identity` begins the ids: it must stay the same for ever, whatever the addresses become.
    """
    told = [run for run in runs if _tells(run)]
    root = ElementTree.Element("feed", {"xmlns": _ATOM})
    stamp = told[0].at if told else runs[-1].at if runs else datetime(1970, 1, 1, tzinfo=UTC)
    base = f"{identity}queries/{quote(query.name, safe='')}"
    _add(root, "id", base)
    _add(root, "title", query.title)
    if query.description:
        _add(root, "subtitle", query.description)
    _add(root, "updated", _time(stamp))
    _link(root, "self", feed, "application/atom+xml")
    _link(root, "alternate", page, "text/html")
    _add(_add(root, "author"), "name", publisher)
    for run in told:
        entry = _add(root, "entry")
        _add(entry, "id", f"{base}/versions/{run.version}/releases/{run.release}")
        _add(entry, "title", _headline(run))
        _add(entry, "updated", _time(run.at))
        _link(entry, "alternate", changes(run), "text/html")
        _add(entry, "content", "".join(_told(run)), type="html")
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _tells(run: Run) -> bool:
    """Whether a run is worth an entry: the first one, a change, or a failure."""
    return run.before is None or bool(run.added or run.removed) or not run.good


def _headline(run: Run) -> str:
    if run.error:
        return f"Release {run.release}: no answer"
    if run.before is None:
        return f"Release {run.release}: {run.rows:,} {_rows(run.rows)}"
    came, went = f"{run.added:,} {_rows(run.added)} added", f"{run.removed:,} {_rows(run.removed)} removed"
    parts = [part for part, count in ((came, run.added), (went, run.removed)) if count]
    return f"Release {run.release}: {', '.join(parts) or 'no changes'}"


def _rows(count: int) -> str:
    return "row" if count == 1 else "rows"


def _told(run: Run) -> Iterable[str]:
    """The content of an entry, as HTML."""
    if run.error:
        yield f"<p>The query gave no answer: {escape(run.error)}</p>"
        return
    yield f"<p>Version {run.version} gives {run.rows:,} {_rows(run.rows)} on release {run.release}"
    yield f", compared with release {run.before}.</p>" if run.before is not None else ".</p>"
    if run.broken:
        yield "<p>What is expected of it does not hold:</p><ul>"
        yield "".join(f"<li>{escape(reason)}</li>" for reason in run.broken)
        yield "</ul>"
    for words, count, rows in (("Added", run.added, run.added_rows), ("Removed", run.removed, run.removed_rows)):
        if count:
            yield f"<h3>{words}: {count:,}</h3>{_table(run.columns, rows[:_SHOWN])}"
            if count > min(len(rows), _SHOWN):
                yield f"<p>The first {min(len(rows), _SHOWN)} are shown.</p>"


def _table(columns: Sequence[str], rows: Sequence[Cells]) -> str:
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    lines = ["".join(f"<td>{escape(_cell(cell))}</td>" for cell in row) for row in rows]
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _cell(cell: str | None) -> str:
    text = cell or ""
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, attributes)
    if text:
        element.text = _NO_XML.sub("\ufffd", text)
    return element


def _link(parent: ElementTree.Element, relation: str, address: str, media_type: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": address, "type": media_type})


def _time(time: datetime) -> str:
    return time.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
