"""Bars and lines: numbers by what they belong to, in one series or several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from kg.charts.columns import NUMBER, TEXT, THING, TIME, Column, Columns, distinct, kept, plain
from kg.charts.picture import COLOURS, INK, Drawing, Frame, Left, colours, lite, some
from kg.errors import ChartError
from kg.saved import View

_SERIES = len(COLOURS)
_LONG = 14  # characters; bars with longer names lie
_NAME = 48  # characters of a name that are shown
_POINTS = 2000
_NO_TIME = "they have no value there"


def bars(columns: Columns, view: View, frame: Frame) -> Drawing:
    """Bars. Where several rows are of the same bar, their numbers are added up; without numbers, rows are counted."""
    y = columns.wanted(view, "y") or columns.first(NUMBER, but=(columns.wanted(view, "x"),))
    x = columns.wanted(view, "x") or columns.first(TIME, THING, TEXT, but=(y,)) or columns.first(NUMBER, but=(y,))
    if x is None:
        raise ChartError("bars need a column of names beside the one of numbers; the answer has none")
    series = columns.wanted(view, "series")
    left = Left()
    sums: dict[str, dict[str, float]] = {}
    names: dict[str, str] = {}
    groups = _grouped(series, kept(columns, x, *([series] if series else [])), left)
    several = False
    skipped = 0
    for row, group in groups:
        number = 1.0 if y is None else y.number(row)
        if number is None:
            skipped += 1
            continue
        bar = sums.setdefault(x.key(row), {})
        names.setdefault(x.key(row), plain(x.words[row], _NAME) or "–")
        several |= group in bar and y is not None
        bar[group] = bar.get(group, 0.0) + number
    left.rows(columns.rows - sum(1 for _ in groups) + skipped, "they have no name or no number")
    keys = sorted(sums, key=lambda key: names[key]) if x.kind in {TIME, NUMBER} else list(sums)
    if x.kind in {TIME, NUMBER} and len(keys) > frame.most:
        keys_shown = keys[-frame.most :]
        left.notes.append(f"Only the last {frame.most:,} of {len(keys):,} bars are shown.")
    else:
        keys_shown = keys[: frame.most]
        left.cut(len(keys_shown), len(keys), "bars")
    shown = distinct({key: names[key] for key in keys_shown})
    values = [
        {"x": shown[key], "i": at, "y": number, "s": group}
        for at, key in enumerate(keys_shown)
        for group, number in sums[key].items()
    ]
    measure = "rows" if y is None else f"{y.title} (sum)" if several else y.title
    lying = _flag(view, "horizontal", x.kind != TIME and max(map(len, shown.values()), default=0) > _LONG)
    stacked = _flag(view, "stacked", True)
    spec = _bar_spec(values, x.title, measure, series, lying, stacked, frame)
    told = [f"{shown[key]}: {_told(sum(sums[key].values()))}" for key in keys_shown]
    says = f"Bar chart of {measure} by {x.title}{f' and {series.title}' if series else ''}: {some(told)}."
    return Drawing("vega-lite", spec, says, tuple(left.notes))


def _bar_spec(
    values: list[dict[str, Any]],
    name: str,
    measure: str,
    series: Column | None,
    lying: bool,
    stacked: bool,
    frame: Frame,
) -> dict[str, Any]:
    along, across = ("y", "x") if lying else ("x", "y")
    names: dict[str, Any] = {"field": "x", "type": "nominal", "sort": {"field": "i"}, "title": None if lying else name}
    names["axis"] = {"ticks": False, "domain": not lying, "labelPadding": 6}
    if not lying:
        longest = max((len(str(value["x"])) for value in values), default=0)
        narrow = longest * 7 > frame.width / max(1, len({value["x"] for value in values}))
        names["axis"] |= {"labelAngle": -40 if narrow else 0}
    numbers: dict[str, Any] = {"field": "y", "type": "quantitative", "title": measure, "axis": {"tickCount": 6}}
    numbers["axis"] |= (
        {"domain": False, "ticks": False, "orient": "top"} if lying else {"domain": False, "ticks": False}
    )
    if all(float(value["y"]).is_integer() for value in values):
        numbers["axis"]["tickMinStep"] = 1
    encoding = {along: names, across: numbers}
    offset = {}
    if series is not None:
        encoding["color"] = colours(series.title, {value["s"] for value in values}, frame.width)
        if stacked:
            encoding["order"] = {"field": "i"}
        else:
            numbers["stack"] = None
            offset = {f"{along}Offset": {"field": "s", "sort": None}}
    bar: dict[str, Any] = {"type": "bar", "cornerRadiusEnd": 1}
    count = len({value["x"] for value in values})
    if not lying and count < 6 and not offset:
        bar["width"] = {"band": 0.15 * count}
    layers: list[dict[str, Any]] = [{"mark": bar, "encoding": offset}]
    if series is None and len(values) <= 60:
        side = {"align": "left", "dx": 4, "baseline": "middle"} if lying else {"baseline": "bottom", "dy": -3}
        text = {"field": "y", "type": "quantitative", "format": ",.4~g" if not _whole(values) else ",d"}
        mark = {"type": "text", "fontSize": 11, "color": INK, **side}
        layers.append({"mark": mark, "encoding": {"text": text}})
    body: dict[str, Any] = {"encoding": encoding, "layer": layers}
    height = frame.height
    if lying and height is None:
        body["height"] = {"step": 22 if not offset else 14}
    return lite(frame.width, height if height or lying else 380, values, body)


def lines(columns: Columns, view: View, frame: Frame) -> Drawing:
    """Lines over time, or over a number. Numbers of the same point are added up."""
    x = columns.wanted(view, "x") or columns.first(TIME) or columns.first(NUMBER)
    y = columns.wanted(view, "y") or columns.first(NUMBER, but=(x,))
    if x is None:
        raise ChartError("a line needs a column of dates or numbers to go along; the answer has none")
    series = columns.wanted(view, "series")
    left = Left()
    in_time = x.kind == TIME
    sums: dict[tuple[str, float], float] = {}
    several, seen = False, 0
    for row, group in _grouped(series, kept(columns, x, *([series] if series else [])), left):
        spanned = x.span(row) if in_time else None
        at = (float(spanned.start) if spanned else None) if in_time else x.number(row)
        number = 1.0 if y is None else y.number(row)
        if at is None or number is None:
            continue
        seen += 1
        several |= (group, at) in sums and y is not None
        sums[group, at] = sums.get((group, at), 0.0) + number
    left.rows(columns.rows - seen, _NO_TIME)
    points = sorted(sums.items(), key=lambda point: point[0][1])
    left.cut(min(_POINTS, len(points)), len(points), "points")
    values: list[dict[str, Any]] = [{"x": at, "y": number, "s": group} for (group, at), number in points[:_POINTS]]
    measure = "rows" if y is None else f"{y.title} (sum)" if several else y.title
    along: dict[str, Any] = {"field": "x", "title": x.title, "axis": {"grid": False}}
    along |= (
        {"type": "temporal", "scale": {"type": "utc", "padding": 14}}
        if in_time
        else {"type": "quantitative", "scale": {"zero": False, "padding": 14}}
    )
    if in_time:
        along["axis"] |= _time_axis([at for (_, at), _ in points])
    up = {
        "field": "y",
        "type": "quantitative",
        "title": measure,
        "axis": {"domain": False, "ticks": False, "tickCount": 6},
    }
    encoding: dict[str, Any] = {"x": along, "y": up}
    if series is not None:
        encoding["color"] = colours(series.title, {value["s"] for value in values}, frame.width)
    body = {"encoding": encoding, "mark": {"type": "line", "point": len(values) <= 200}}
    first, last = (points[0], points[-1]) if points else ((("", 0.0), 0.0), (("", 0.0), 0.0))
    says = f"Line chart of {measure} by {x.title}{f' and {series.title}' if series else ''}, {len(points)} points"
    says += f", from {_told(first[1])} to {_told(last[1])}." if points else "."
    return Drawing("vega-lite", lite(frame.width, frame.height or 380, values, body), says, tuple(left.notes))


def _flag(view: View, option: str, default: bool) -> bool:
    """An option that is true or false; in an address it is a word."""
    value = view.options.get(option, default)
    return value.lower() not in {"", "0", "false", "no"} if isinstance(value, str) else bool(value)


def _time_axis(times: list[float]) -> dict[str, Any]:
    """Years alone where the times are far apart."""
    years = (max(times) - min(times)) / 31_557_600_000 if times else 0
    if years < 2:
        return {}
    return {"format": "%Y", "tickCount": {"interval": "year", "step": max(1, round(years / 12))}}


def _grouped(series: Column | None, rows: list[int], left: Left) -> list[tuple[int, str]]:
    """The rows with the series of each; the rarest ones are put together where there are too many."""
    if series is None:
        return [(row, "") for row in rows]
    names = {series.key(row): plain(series.words[row], _NAME) or "–" for row in rows}
    if len(names) <= _SERIES:
        shown = distinct(names)
        return [(row, shown[series.key(row)]) for row in rows]
    often = Counter(series.key(row) for row in rows)
    kept_keys = {key for key, _ in often.most_common(_SERIES - 1)}
    others = f"{len(names) - len(kept_keys)} others"
    left.notes.append(f"{series.title}: the {len(kept_keys)} with most rows, and {others} put together.")
    shown = distinct({key: name for key, name in names.items() if key in kept_keys})
    return [(row, shown.get(series.key(row), others)) for row in rows]


def _whole(values: Iterable[dict[str, Any]]) -> bool:
    return all(float(value["y"]).is_integer() for value in values)


def _told(number: float) -> str:
    return f"{number:,.0f}" if number.is_integer() else f"{number:,.4g}"
