"""Dots with their names beside them, where there is room for the names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.charts.words import width_of, written

_SIZE = 12  # pixels of the letters
_Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot: its middle and radius in pixels, its colour, and its name, empty for none."""

    x: float
    y: float
    radius: float
    colour: str
    name: str = ""


def drawn(dots: Sequence[Dot], width: int, height: int, opacity: float = 1.0) -> str:
    """The dots as SVG. Those that come first get their names first; a name that would cover something is left out."""
    circles = [
        f'<circle cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="{dot.radius:.1f}" fill="{dot.colour}" '
        f'fill-opacity="{opacity:g}" '
        'stroke="#fff"/>'
        for dot in dots
    ]
    taken = [(dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius) for dot in dots]
    names = []
    for at, dot in enumerate(dots):
        if not dot.name:
            continue
        for x, y, box in _beside(dot):
            inside = box[0] >= 0 and box[2] <= width and box[1] >= 0 and box[3] <= height
            if inside and not any(_meet(box, other) for number, other in enumerate(taken) if number != at):
                taken.append(box)
                names.append(written(dot.name, round(x, 1), round(y, 1), _SIZE))
                break
    # The halo is drawn below the letters, so that they can be read on lines.
    halo = '<g stroke="#fff" stroke-width="3" stroke-linejoin="round" paint-order="stroke">'
    return "".join(circles) + halo + "".join(names) + "</g>"


def _beside(dot: Dot) -> list[tuple[float, float, _Box]]:
    """Where the name of a dot may stand: right, left, above, below."""
    wide = width_of(dot.name, _SIZE)
    middle = dot.x - wide / 2
    starts = (
        (dot.x + dot.radius + 4, dot.y + 4),
        (dot.x - dot.radius - 4 - wide, dot.y + 4),
        (middle, dot.y - dot.radius - 5),
        (middle, dot.y + dot.radius + 13),
    )
    return [(x, y, (x - 1, y - 10, x + wide + 1, y + 3)) for x, y in starts]


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
