"""Pictures of answers: bars, lines, timelines, maps, networks, a number, a table; as SVG and PNG, drawn on the server.

    shown = picture(table, query.view, title=query.title, source="release 5 · /queries/agreements@3")
    with Painter() as painter:
        painter.png(shown)

The same answer gives the same bytes, on every machine: fonts and outlines of countries come with the product. What a
picture leaves out is written in it. Nothing in it is looked up on the network.

    columns.py   what kind each column is of
    times.py     dates of any precision
    bars.py timelines.py maps.py networks.py words.py   one kind of views each
    places.py    where places are
    picture.py   sizes, colours, the nouns
    sheet.py     title, notes and source around a drawing
    painter.py   has it drawn by a process that can be killed
    worker.py    that process
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.charts.bars import bars, lines
from kg.charts.columns import Columns, plain
from kg.charts.maps import map_of
from kg.charts.networks import network
from kg.charts.painter import Painter
from kg.charts.picture import Drawing, Frame, Picture
from kg.charts.sheet import MARGIN, WIDTH
from kg.charts.timelines import timeline
from kg.charts.words import nothing, number, table
from kg.engine import Table
from kg.errors import ChartError
from kg.saved import View

__all__ = ["MOST_ROWS", "Painter", "Picture", "picture"]

MOST_ROWS = 5000
"""Rows of an answer that a picture is drawn from."""
_FRAME = Frame(WIDTH - 2 * MARGIN)
_PREVIEW = Frame(800, 300, most=12)

_KINDS: Mapping[str, Callable[[Columns, View, Frame], Drawing]] = {
    "bar": bars,
    "line": lines,
    "timeline": timeline,
    "map": map_of,
    "network": network,
    "number": number,
    "table": lambda columns, view, frame: table(columns, frame),
}


def picture(
    answer: Table,
    view: View,
    *,
    title: str,
    source: str,
    labels: Mapping[str, str] | None = None,
    preview: bool = False,
) -> Picture:
    """The picture of an answer. `source` is one line that says where it comes from; `labels` gives names of IRIs.

    Only the first MOST_ROWS rows are looked at. A `preview` is 1200 by 630 pixels and simpler. ChartError where the
    answer has not the columns that the view needs.
    """
    if answer.form != "solutions":
        raise ChartError("only the rows of a SELECT can be drawn")
    columns = Columns(Table(answer.columns, answer.rows[:MOST_ROWS]), labels or {})
    frame = _PREVIEW if preview else _FRAME
    drawing = _KINDS[view.kind](columns, view, frame) if columns.rows or view.kind == "number" else nothing(frame)
    if not answer.complete or len(answer.rows) > MOST_ROWS:
        cut = f"Drawn from the first {columns.rows:,} rows; the answer has more."
        drawing = Drawing(
            drawing.language,
            drawing.spec,
            drawing.says,
            (cut, *drawing.notes),
            drawing.width,
            drawing.height,
            drawing.outlines,
        )
    shown = plain(str(view.options.get("title") or title)) or "Answer"
    alt = plain(" ".join([f"{shown}.", drawing.says, *drawing.notes]), 1500)
    credit = "Outlines: Natural Earth · " if drawing.outlines else ""
    return Picture(drawing, shown, credit + source, alt, preview)
