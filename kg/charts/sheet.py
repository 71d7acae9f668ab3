"""The sheet that a drawing stands on: the title above it, what was left out, and below it where it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from kg.charts.picture import ACCENT, INK, LINE, QUIET, Picture
from kg.charts.words import fitted, width_of, written

MARGIN = 24
WIDTH = 960
PREVIEW = (1200, 630)
"""What chats show of a link."""
_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"[^>]*>')


@dataclass(frozen=True, slots=True)
class _Style:
    title: float
    notes: float
    source: float
    margin: int
    lines: int


_NORMAL = _Style(20, 12.5, 11, MARGIN, 3)
_PREVIEW = _Style(36, 20, 19, 44, 2)


def sheet(picture: Picture, drawn: str) -> str:
    """The whole picture as SVG. `drawn` is the drawing as SVG: an element `svg`, or what may stand in one."""
    style = _PREVIEW if picture.preview else _NORMAL
    width = PREVIEW[0] if picture.preview else WIDTH
    inside = width - 2 * style.margin
    parts = []
    y = style.margin + style.title * 0.8
    for line in _broken(picture.title, style.title * 1.06, inside, style.lines):
        parts.append(written(line, style.margin, round(y, 1), style.title, bold=True))
        y += style.title * 1.25
    y -= style.title * 0.9
    notes = [] if picture.preview and len(picture.drawing.notes) > 2 else list(picture.drawing.notes)
    for note in notes:
        for line in _broken(note, style.notes, inside, 2):
            y += style.notes * 1.45
            parts.append(written(line, style.margin, round(y, 1), style.notes, colour=QUIET))
    y += style.notes * 1.3
    element, natural_width, natural_height = _sized(picture, drawn)
    if picture.preview:
        height = PREVIEW[1]
        room = height - y - 2.6 * style.source - style.margin * 0.5
        scale = min(inside / natural_width, room / natural_height)
    else:
        scale = min(1.0, inside / natural_width)
        height = round(y + natural_height * scale + 2.8 * style.source + style.margin * 0.6)
    shown_width = natural_width * scale
    x = style.margin + (inside - shown_width) / 2 if picture.preview else style.margin
    overflow = "hidden" if picture.drawing.outlines else "visible"  # land goes on where the map ends
    box = f'viewBox="0 0 {natural_width:g} {natural_height:g}"'
    parts.append(
        f'<svg x="{x:.1f}" y="{y:.1f}" width="{shown_width:.1f}" height="{natural_height * scale:.1f}" '
        f'{box} overflow="{overflow}">'
        f"{element}</svg>"
    )
    bottom = height - style.margin * 0.55
    rule = bottom - style.source * 1.5
    parts.append(f'<path d="M{style.margin} {rule:.1f}H{width - style.margin}" stroke="{LINE}"/>')
    brand = width_of("Accord", style.source) + 16
    parts.append(written("Accord", style.margin, round(bottom, 1), style.source, colour=ACCENT, bold=True))
    source = fitted(picture.source, style.source, inside - brand)
    parts.append(written(source, style.margin + brand, round(bottom, 1), style.source, colour=QUIET))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}" role="img" color="{INK}">'
        f'<title>{escape(picture.alt)}</title><rect width="{width}" height="{height}" fill="#fff"/>'
        f"{''.join(parts)}</svg>\n"
    )


def _sized(picture: Picture, drawn: str) -> tuple[str, float, float]:
    """The drawing with its width and height."""
    if picture.drawing.width:
        return drawn, float(picture.drawing.width), float(picture.drawing.height)
    size = _SIZE.search(drawn)
    if size is None:
        return drawn, 1.0, 1.0
    return drawn, float(size[1]), float(size[2])


def _broken(text: str, size: float, width: float, most: int) -> list[str]:
    """The text in lines of at most `width` pixels."""
    lines: list[str] = []
    for word in " ".join(text.split()).split(" "):
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [fitted(line, size, width) for line in lines]
