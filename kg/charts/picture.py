"""What a picture is before it is drawn, and how large things in it are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FONT = "Noto Sans"
"""It comes with the product, so that a picture is the same on every machine."""
INK, QUIET, LINE, ACCENT = "#1d2528", "#5b676b", "#d8dedd", "#1f5d6b"
COLOURS = ("#1f5d6b", "#d9822b", "#6c4a9e", "#4c9a5b", "#b8394a", "#c2a100", "#4f8fc0", "#8c6d4f", "#c06fa5", "#8b9599")
"""For series. They can be told apart by people who see colours differently, and printed in grey for up to four."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The space that a view has: `width` pixels, `height` or as much as it takes (None), and how many things."""

    width: int
    height: int | None = None
    most: int = 40


@dataclass(frozen=True, slots=True)
class Drawing:
    """A view of an answer before it is drawn.

    `spec` is a specification in `language`: `vega-lite`, `network`, or `svg` for one that is drawn already (a text).
    `says` tells in words what is to be seen, `notes` what was left out.
    `outlines` are the west, south, east and north of a map, in degrees, whose countries are to be put into the SVG.
    """

    language: str
    spec: Mapping[str, Any] | str
    says: str
    notes: tuple[str, ...] = ()
    width: int = 0
    height: int = 0
    outlines: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its title and where it comes from, ready for the painter. `alt` is for those who cannot see it."""

    drawing: Drawing
    title: str
    source: str
    alt: str
    preview: bool = False


CONFIG: Mapping[str, Any] = {
    "font": FONT,
    "background": None,
    "padding": {"left": 0, "top": 2, "right": 4, "bottom": 6},
    "view": {"stroke": None},
    "range": {"category": list(COLOURS)},
    "bar": {"color": ACCENT},
    "line": {"color": ACCENT, "strokeWidth": 2},
    "point": {"color": ACCENT, "filled": True, "size": 50},
    "axis": {
        "labelColor": INK,
        "labelFontSize": 12,
        "labelLimit": 330,
        "titleColor": QUIET,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": "#e6eaea",
        "domainColor": "#9caaad",
        "tickColor": "#9caaad",
        "titlePadding": 8,
    },
    "legend": {
        "labelColor": INK,
        "labelFontSize": 12,
        "labelLimit": 330,
        "titleColor": QUIET,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "symbolType": "square",
        "orient": "top",
        "offset": 8,
    },
}
"""The look of all that Vega draws."""


def lite(
    width: int, height: int | None, values: Sequence[Mapping[str, Any]], body: Mapping[str, Any]
) -> dict[str, Any]:
    """A specification in Vega-Lite. With `height` None the height is that of its rows."""
    autosize = "fit" if height is not None else "fit-x"
    size: dict[str, Any] = {"width": width, "autosize": {"type": autosize, "contains": "padding"}}
    if height is not None:
        size["height"] = height
    return {**size, "data": {"values": list(values)}, "config": CONFIG, **body}


def colours(title: str, names: Iterable[str], width: int) -> dict[str, Any]:
    """The encoding of series by colour, with a legend as wide as its names allow."""
    longest = max(map(len, names), default=1)
    columns = max(1, min(len(COLOURS), width // (8 * longest + 40)))
    return {"field": "s", "type": "nominal", "title": title, "sort": None, "legend": {"columns": columns}}


def some(names: Sequence[str], most: int = 8) -> str:
    """The first of `names` in a sentence."""
    listed = "; ".join(names[:most])
    return f"{listed}; and {len(names) - most} more" if len(names) > most else listed


@dataclass(slots=True)
class Left:
    """What was left out of a drawing, in the order in which it was noticed."""

    notes: list[str] = field(default_factory=list)

    def rows(self, count: int, reason: str) -> None:
        """Say that so many rows are not shown."""
        if count:
            self.notes.append(f"{count:,} {'row is' if count == 1 else 'rows are'} not shown: {reason}.")

    def cut(self, shown: int, there: int, what: str) -> None:
        """Say that only the first things are shown."""
        if shown < there:
            self.notes.append(f"Only the first {shown:,} of {there:,} {what} are shown.")
