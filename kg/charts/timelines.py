"""Timelines: a row for each thing, a bar from its start to its end, as precise as the dates are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from kg.charts.columns import TEXT, THING, TIME, Columns, distinct, plain
from kg.charts.picture import ACCENT, Drawing, Frame, Left, colours, lite, some
from kg.charts.times import Span
from kg.errors import ChartError
from kg.saved import View

_STARTS = ("start", "from", "begin", "since", "startdate", "date", "signed", "signedon", "issued", "day")
_ENDS = ("end", "until", "to", "enddate", "finish")
_NAME = 56  # characters of a name that are shown
_DAY = 86_400_000


def timeline(columns: Columns, view: View, frame: Frame) -> Drawing:
    """A timeline, the earliest first. What has no end, or lasted a day, is a dot; what is known by its year only, a
    pale bar as long as the year."""
    named = columns.called(*_STARTS)
    start = columns.wanted(view, "start") or (named if named and named.kind == TIME else None) or columns.first(TIME)
    if start is None:
        raise ChartError("a timeline needs a column of dates; the answer has none")
    closing = columns.called(*_ENDS)
    end = columns.wanted(view, "end") or (
        closing if closing and closing is not start and closing.kind == TIME else None
    )
    group = columns.wanted(view, "group")
    label = columns.wanted(view, "label") or columns.first(THING, TEXT, but=(start, end, group))
    left = Left()
    found: list[tuple[Span, Span | None, str, str]] = []
    for row in range(columns.rows):
        begins = start.span(row)
        ends = end.span(row) if end is not None else None
        if begins is None and ends is not None:
            begins = ends
        if begins is None or (ends is not None and ends.end <= begins.start):
            continue
        name = plain(label.words[row] if label else start.words[row], _NAME) or "–"
        found.append((begins, ends, name, plain(group.words[row], _NAME) or "–" if group else ""))
    left.rows(columns.rows - len(found), "they have no date")
    found = sorted(dict.fromkeys(found), key=lambda one: (one[0].start, one[0].end, one[2]))
    left.cut(min(frame.most, len(found)), len(found), "entries")
    shown = found[: frame.most]
    # Two things may have one name.
    names_shown = distinct({str(at): name for at, (_, _, name, _) in enumerate(shown)})
    values = []
    for at, (begins, ends, _, kind) in enumerate(shown):
        last = (ends or begins).end
        dot = last - begins.start <= _DAY
        values.append(
            {
                "n": at,
                "x": names_shown[str(at)],
                "a": begins.start,
                "b": last,
                "dot": dot,
                "sure": dot or ends is not None,
                "s": kind,
            }
        )
    colour = (
        {"color": colours(group.title, {str(value["s"]) for value in values}, frame.width)}
        if group
        else {"color": {"value": ACCENT}}
    )
    names: dict[str, Any] = {"field": "x", "type": "nominal", "sort": {"field": "n"}, "title": None}
    names["axis"] = {
        "ticks": False,
        "domain": False,
        "grid": True,
        "labelPadding": 8,
    }
    times: dict[str, Any] = {"field": "a", "type": "temporal", "scale": {"type": "utc", "nice": True}, "title": None}
    times["axis"] = {"orient": "top", "grid": True, "tickCount": 8}
    encoding: dict[str, Any] = {"y": names, "x": times, **colour}
    bar = {
        "transform": [{"filter": "!datum.dot"}],
        "mark": {"type": "bar", "height": {"band": 0.55}, "cornerRadius": 2},
        "encoding": {
            "x2": {"field": "b"},
            "opacity": {
                "field": "sure",
                "type": "nominal",
                "scale": {"domain": [True, False], "range": [1, 0.35]},
                "legend": None,
            },
        },
    }
    point = {"transform": [{"filter": "datum.dot"}], "mark": {"type": "point", "size": 75, "opacity": 1}}
    body: dict[str, Any] = {"encoding": encoding, "layer": [bar, point]}
    if frame.height is None:
        body["height"] = {"step": 22}
    if any(not value["sure"] for value in values):
        left.notes.append("A pale bar: the day is not known, only the month or the year.")
    says = f"Timeline of {len(shown)} entries: " + some(
        [f"{value['x']}, {_told(begins, ends)}" for value, (begins, ends, _, _) in zip(values, shown, strict=True)]
    )
    return Drawing("vega-lite", lite(frame.width, frame.height, values, body), says + ".", tuple(left.notes))


def _told(begins: Span, ends: Span | None) -> str:
    def day(milliseconds: int) -> str:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()

    if ends is None:
        return day(begins.start) if begins.days else day(begins.start)[:4]
    return f"{day(begins.start)} to {day(ends.end - _DAY)}"
