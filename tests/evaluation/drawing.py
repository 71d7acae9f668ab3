"""The calibration curve as text and as SVG: how often findings of a stated confidence are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from tests.evaluation.fitting import bands

Cases = Sequence[tuple[float, bool]]
"""Of each finding its confidence, and whether it is right."""

SIZE, EDGE = 320, 48
COLOURS = ("#b45309", "#1d4ed8", "#15803d", "#7e22ce")


def text(title: str, cases: Cases, width: int = 50) -> str:
    """A line a tenth: stated confidence, share that is right, cases; `#` to the share, `|` at the confidence."""
    lines = [title, "stated  right  cases"]
    for stated, right, count in _points(cases):
        bar = ["#" if n < round(right * width) else " " for n in range(width + 1)]
        bar[round(stated * width)] = "|"
        lines.append(f"{stated:6.3f}  {right:5.3f}  {count:5}  {''.join(bar).rstrip()}")
    return "\n".join(lines)


def svg(title: str, curves: Mapping[str, Cases]) -> str:
    """A drawing with a line for each named set of cases; the area of a dot grows with the cases of its tenth."""
    width, height = SIZE + 2 * EDGE, SIZE + 2 * EDGE + 18 * len(curves)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        'font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<text x="{EDGE}" y="24" font-size="14">{escape(title)}</text>',
        f'<path d="M{_x(0)} {_y(0)}H{_x(1)}V{_y(1)}H{_x(0)}Z" fill="none" stroke="#9ca3af"/>',
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#9ca3af" stroke-dasharray="4 4"/>',
    ]
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        parts.append(f'<text x="{_x(tick)}" y="{_y(0) + 16}" text-anchor="middle">{tick:.1f}</text>')
        parts.append(f'<text x="{_x(0) - 6}" y="{_y(tick) + 4}" text-anchor="end">{tick:.1f}</text>')
    parts.append(f'<text x="{_x(0.5)}" y="{_y(0) + 34}" text-anchor="middle">stated confidence</text>')
    parts.append(f'<text x="14" y="{_y(0.5)}" text-anchor="middle" transform="rotate(-90 14 {_y(0.5)})">right</text>')
    for n, (name, cases) in enumerate(curves.items()):
        colour, points = COLOURS[n % len(COLOURS)], _points(cases)
        way = "L".join(f"{_x(stated)} {_y(right)}" for stated, right, _ in points)
        parts.append(f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for stated, right, count in points:
            radius = round(2 + 12 * (count / len(cases)) ** 0.5, 1)
            parts.append(
                f'<circle cx="{_x(stated)}" cy="{_y(right)}" r="{radius}" fill="{colour}" fill-opacity=".5">'
                f"<title>{count} cases, stated {stated:.2f}, right {right:.2f}</title></circle>"
            )
        foot = _y(0) + 52 + 18 * n
        parts.append(f'<rect x="{EDGE}" y="{foot - 10}" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{EDGE + 18}" y="{foot}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _points(cases: Cases) -> list[tuple[float, float, int]]:
    """Of each tenth the mean confidence, the share that is right, and the number of cases."""
    return [
        (sum(s for s, _ in band) / len(band), sum(r for _, r in band) / len(band), len(band)) for band in bands(cases)
    ]


def _x(share: float) -> float:
    return round(EDGE + SIZE * share, 1)


def _y(share: float) -> float:
    return round(EDGE + SIZE * (1 - share), 1)
