"""Networks: things as dots, what links them as lines, laid out by forces that always come to rest in the same place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kg.charts.columns import NUMBER, TEXT, THING, Columns, kept, plain
from kg.charts.dots import Dot, drawn
from kg.charts.picture import ACCENT, COLOURS, Drawing, Frame, Left, some
from kg.charts.words import width_of, written
from kg.errors import ChartError
from kg.saved import View

_DOTS, _LINES = 120, 400
_NAMED = 60  # dots that have their name beside them
_NAME = 34  # characters of a name that are shown
_SECOND = COLOURS[1]


def network(columns: Columns, view: View, frame: Frame) -> Drawing:
    """A network of what two columns hold. Where several rows link the same two things, the line is thicker."""
    source = columns.wanted(view, "source") or columns.first(THING, TEXT, but=(columns.wanted(view, "target"),))
    target = columns.wanted(view, "target") or columns.first(THING, TEXT, but=(source,))
    if source is None or target is None:
        raise ChartError("a network needs two columns of things; the answer has fewer")
    weight = columns.wanted(view, "weight") or columns.first(NUMBER)
    left = Left()
    rows = kept(columns, source, target)
    left.rows(columns.rows - len(rows), "they link nothing")
    names: dict[str, str] = {}
    sources: set[str] = set()
    links: Counter[tuple[str, str]] = Counter()
    for row in rows:
        one, other = source.key(row), target.key(row)
        names.setdefault(one, plain(source.words[row], _NAME) or "–")
        names.setdefault(other, plain(target.words[row], _NAME) or "–")
        sources.add(one)
        pair = (one, other) if (other, one) not in links else (other, one)
        links[pair] += max(weight.number(row) or 1, 0) if weight else 1  # type: ignore[assignment]
    degrees: Counter[str] = Counter(end for pair in links for end in pair)
    most = min(_DOTS, 3 * frame.most)
    dots = [key for key, _ in degrees.most_common(most)]
    if len(dots) < len(degrees):
        left.notes.append(f"Only the {len(dots):,} things with most links of {len(degrees):,} are shown.")
    at = {key: number for number, key in enumerate(dots)}
    inside = [pair for pair, _ in links.most_common() if pair[0] in at and pair[1] in at]
    if len(inside) > _LINES:
        left.notes.append(f"Only the {_LINES} strongest of {len(inside):,} links are shown.")
    named = set(dots[: min(_NAMED, frame.most)])
    if len(named) < len(dots):
        left.notes.append(f"Only the {len(named)} with most links are named.")
    two_kinds = not any(other in sources for _, other in links)
    nodes = [
        {
            "name": names[key] if key in named else "",
            "size": degrees[key],
            "kind": int(two_kinds and key not in sources),
        }
        for key in dots
    ]
    strongest = max((links[pair] for pair in inside), default=1) or 1
    edges = [
        {
            "source": at[one],
            "target": at[other],
            "width": 0.8 + 3.2 * links[one, other] / strongest if strongest > 1 else 1.2,
        }
        for one, other in inside[:_LINES]
    ]
    linked = [f"{names[one]} – {names[other]}" for (one, other), _ in links.most_common(8)]
    says = f"Network of {len(degrees)} things and {len(links)} links: {some(linked)}."
    if two_kinds:
        says += f" Two kinds of dots: {source.title} and {target.title}."
    height = frame.height or (420 if len(dots) < 12 else 600 if len(dots) < 50 else 760)
    spec = {"nodes": nodes, "edges": edges, "kinds": [source.title, target.title] if two_kinds else []}
    return Drawing("network", spec, says, tuple(left.notes), frame.width, height)


def forces(network: Mapping[str, Any]) -> dict[str, Any]:
    """The specification in Vega that finds where the dots are to be: two data sets, of which `nodes` has x and y."""
    spread = 34 + 260 / max(1, len(network["nodes"])) ** 0.5
    acting = [
        {"force": "link", "links": "edges", "distance": spread, "strength": 0.7},
        {"force": "nbody", "strength": -6 * spread, "distanceMax": 12 * spread},
        {"force": "collide", "radius": {"expr": "9 + 3 * sqrt(datum.size)"}, "strength": 0.9},
        {"force": "x", "x": 0, "strength": 0.06},
        {"force": "y", "y": 0, "strength": 0.09},
    ]
    # Only what the layout depends on: the names do not go through Vega at all.
    nodes = [{"size": node["size"]} for node in network["nodes"]]
    edges = [{"source": edge["source"], "target": edge["target"]} for edge in network["edges"]]
    layout = {"type": "force", "static": True, "iterations": 400, "forces": acting}
    places = {"update": {"x": {"field": "x"}, "y": {"field": "y"}}}
    return {
        "width": 1,
        "height": 1,
        "data": [{"name": "edges", "values": edges}, {"name": "nodes", "values": nodes, "transform": [layout]}],
        "marks": [{"type": "symbol", "name": "dots", "from": {"data": "nodes"}, "encode": places}],
    }


def laid_out(network: Mapping[str, Any], places: Sequence[tuple[float, float]], width: int, height: int) -> str:
    """The network as SVG, with its dots at `places`, spread over the space that there is."""
    across = _spread([x for x, _ in places], 95, width - 95)
    down = _spread([y for _, y in places], 34, height - 26)
    lines = [
        f'<path d="M{across[edge["source"]]:.1f} {down[edge["source"]]:.1f}L{across[edge["target"]]:.1f} '
        f'{down[edge["target"]]:.1f}" stroke="#aab6b8" stroke-opacity="0.7" stroke-width="{edge["width"]:.1f}"/>'
        for edge in network["edges"]
    ]
    dots = [
        Dot(x, y, min(15.0, 4 + 1.5 * node["size"] ** 0.5), (ACCENT, _SECOND)[node["kind"]], node["name"])
        for x, y, node in zip(across, down, network["nodes"], strict=True)
    ]
    legend = []
    left = 6.0
    for colour, kind in zip((ACCENT, _SECOND), network["kinds"], strict=False):
        legend.append(f'<circle cx="{left}" cy="8" r="6" fill="{colour}"/>' + written(kind, left + 12, 12.5, 12))
        left += width_of(kind, 12) + 40
    return "".join(lines) + drawn(dots, width, height) + "".join(legend)


def _spread(values: Sequence[float], least: float, most: float) -> list[float]:
    low, high = min(values, default=0.0), max(values, default=0.0)
    if high - low < 1e-6:
        return [(least + most) / 2 for _ in values]
    return [least + (value - low) / (high - low) * (most - least) for value in values]
