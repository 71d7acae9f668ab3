"""Maps: places as dots on the outlines of countries."""

from __future__ import annotations

import math

from kg.charts.columns import TEXT, THING, Columns, plain
from kg.charts.dots import Dot, drawn
from kg.charts.picture import ACCENT, Drawing, Frame, Left, some
from kg.charts.places import Point, in_range, located, outlines
from kg.errors import ChartError
from kg.saved import View

_DOTS = 1000
_NAMED = 40  # dots that may have their name beside them
_NAME = 40  # characters of a name that are shown
_LEAST_SPAN = 14.0  # degrees that a map shows at least
_MARGIN = 0.14  # of the span, on each side
_LARGEST = 17.0  # pixels of a radius
_SMALLEST = 4.0


def map_of(columns: Columns, view: View, frame: Frame) -> Drawing:
    """A map. Rows of the same place are one dot; its area is the sum of their values, or how many there are."""
    latitude = columns.wanted(view, "latitude") or columns.called("latitude", "lat")
    longitude = columns.wanted(view, "longitude") or columns.called("longitude", "long", "lng", "lon")
    place = columns.wanted(view, "place")
    value = columns.wanted(view, "value")
    if place is None and (latitude is None or longitude is None):
        place = columns.called("place", "country", "province", "city", "where", "location") or columns.first(
            THING, TEXT
        )
    if place is None and (latitude is None or longitude is None):
        raise ChartError("a map needs a column of places, or two of latitude and longitude; the answer has none")
    label = columns.wanted(view, "label") or place or columns.first(THING, TEXT)
    left = Left()
    sums: dict[Point, float] = {}
    names: dict[Point, str] = {}
    unknown: list[str] = []
    for row in range(columns.rows):
        point: Point | None = None
        if latitude is not None and longitude is not None:
            up, across = latitude.number(row), longitude.number(row)
            point = None if up is None or across is None else in_range(across, up)
        elif place is not None and (term := place.cells[row]) is not None:
            point = located(term.value, place.words[row])
        amount = 1.0 if value is None else value.number(row)
        if point is None or amount is None:
            if place is not None:
                unknown.append(place.words[row])
            continue
        sums[point] = sums.get(point, 0.0) + amount
        names.setdefault(point, plain(label.words[row], _NAME) if label else "")
    named_unknown = sorted({name for name in unknown if name})
    if unknown:
        reason = f"no coordinates are known for {some(named_unknown, 4)}" if named_unknown else "they have no place"
        left.rows(len(unknown), reason)
    ranked = sorted(sums, key=lambda point: (-sums[point], point))
    left.cut(min(_DOTS, len(ranked)), len(ranked), "places")
    shown = ranked[:_DOTS]
    height = frame.height or 560
    projected = _Projection(shown, frame.width, height)
    parts = _dots(shown, sums, names, projected, frame)
    measure = value.title if value else "rows"
    says = f"Map of {len(shown)} places by {measure}: {some([f'{names[at]} {sums[at]:,.6g}' for at in shown])}."
    return Drawing("svg", parts, says, tuple(left.notes), frame.width, height, projected.box)


class _Projection:
    """Mercator for a part of the world. `box` is what it shows: west, south, east, north."""

    def __init__(self, points: list[Point], width: int, height: int) -> None:
        across = [x for x, _ in points] or [100.0, 110.0]
        up = [_north(y) for _, y in points] or [_north(10.0), _north(20.0)]
        wide, high = _widened(across), _widened(up)
        scale = min(width / (wide[1] - wide[0]), height / (high[1] - high[0]))
        middle_x, middle_y = sum(wide) / 2, sum(high) / 2
        if 360 * scale <= width:  # the whole world
            middle_x = 0.0
        self.scale, self.middle = scale, (middle_x, middle_y)
        self.size = (width, height)
        west, east = middle_x - width / scale / 2, middle_x + width / scale / 2
        south, north = middle_y - height / scale / 2, middle_y + height / scale / 2
        self.box = (west, _latitude(south), east, _latitude(north))

    def at(self, point: Point) -> tuple[float, float]:
        """The pixel of a point."""
        x = self.size[0] / 2 + (point[0] - self.middle[0]) * self.scale
        return x, self.size[1] / 2 - (_north(point[1]) - self.middle[1]) * self.scale


def _widened(values: list[float]) -> tuple[float, float]:
    least, most = min(values), max(values)
    span = max((most - least) * (1 + 2 * _MARGIN), _LEAST_SPAN)
    middle = (least + most) / 2
    return middle - span / 2, middle + span / 2


def _north(latitude: float) -> float:
    """How far to the north Mercator draws a latitude, in degrees of the equator."""
    bounded = math.radians(max(-80.0, min(84.0, latitude)))
    return math.degrees(math.log(math.tan(math.pi / 4 + bounded / 2)))


def _latitude(north: float) -> float:
    return math.degrees(2 * math.atan(math.exp(math.radians(north))) - math.pi / 2)


def _dots(
    shown: list[Point], sums: dict[Point, float], names: dict[Point, str], projected: _Projection, frame: Frame
) -> str:
    largest = max((abs(sums[point]) for point in shown), default=1.0) or 1.0
    same = len({sums[point] for point in shown}) == 1
    dots = []
    for at, point in enumerate(shown):
        x, y = projected.at(point)
        radius = 6.0 if same else max(_SMALLEST, _LARGEST * math.sqrt(abs(sums[point]) / largest))
        dots.append(Dot(x, y, radius, ACCENT, names[point] if at < min(_NAMED, frame.most) else ""))
    return drawn(dots, *projected.size, opacity=0.78)


def land(box: tuple[float, float, float, float], width: int, height: int) -> str:
    """The outlines of countries as SVG, in the projection of the map that shows `box`."""
    west, _, east, north = box
    scale = width / (east - west)
    top = _north(north)
    pieces = []
    for ring in outlines(*box, step=0.8 / scale):
        path = " ".join(f"{(x - west) * scale:.1f},{(top - _north(y)) * scale:.1f}" for x, y in ring)
        pieces.append(f"M{path}Z")
    return (
        f'<rect width="{width}" height="{height}" fill="#eef3f4"/>'
        f'<path d="{"".join(pieces)}" fill="#fbfbf8" stroke="#b9c4c6" stroke-width="0.8" stroke-linejoin="round"/>'
    )
