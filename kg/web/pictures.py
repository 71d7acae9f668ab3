"""/sparql.svg and /sparql.png: the answer of a query as a picture. Saved queries draw theirs by the same means."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, request, url_for

from kg import charts
from kg.charts import Picture
from kg.engine import Table
from kg.errors import ChartError, KGError
from kg.saved import VIEWS
from kg.saved import View as Shape
from kg.web.cache import Kept
from kg.web.display import day
from kg.web.live import View
from kg.web.protocol import read_request
from kg.web.site import site, view
from kg.web.sparql import blueprint
from kg.web.things import things

TYPES = {"svg": "image/svg+xml", "png": "image/png"}
"""The media types of pictures, by the ending of their address."""
_NAMED = 2000  # IRIs of an answer whose names are looked up
_LARGEST = 4.0  # dots for each pixel


@blueprint.get("/sparql.svg", defaults={"format": "svg"}, endpoint="picture_svg")
@blueprint.get("/sparql.png", defaults={"format": "png"}, endpoint="picture_png")
def picture(format: str) -> Response:
    """The answer of a query as a picture, by `view=` and the options `view_x=` and so on."""
    asked = read_request(request)
    if not (asked.query or "").strip():
        raise ChartError("there is no query; send one as ?query=...")
    current = view()
    source = f"Release {current.release.number} of {day(str(current.release.manifest['created']))} · {request.host}"
    title = request.args.get("view_title", "").strip() or "Answer"
    body = draw(current, asked.query or "", _asked_shape(), title, source, format)
    response = Response(body, content_type=TYPES[format])
    response.set_etag(hashlib.blake2b(body, digest_size=16).hexdigest())
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on a page: its address and what it shows, in words."""

    address: str
    alt: str


@blueprint.app_template_global("picture_of")
def picture_of(query: str) -> Shown | None:
    """The picture that the address of the SPARQL page asks for by `view=`; None where it asks for none."""
    asked = {name: value for name, value in request.args.items() if name == "view" or name.startswith("view_")}
    kind = asked.get("view", "table")
    if kind == "table" or kind not in VIEWS:
        return None
    try:
        alt = describe(view(), query, _asked_shape(), asked.get("view_title", "Answer"), "").alt
    except KGError as error:
        alt = f"There is no picture: {error}."
    if request.args.get("release"):
        asked["release"] = request.args["release"]
    return Shown(f"{url_for('sparql.picture_svg')}?{urlencode({'query': query, **asked})}", alt)


def _asked_shape() -> Shape:
    """The view that the address names, with its options."""
    kind = request.args.get("view", "table")
    return shape_of(
        kind, {name: value for name in VIEWS.get(kind, ()) if (value := request.args.get(f"view_{name}", "").strip())}
    )


def shape_of(kind: str, options: Mapping[str, str | int | float | bool | tuple[str, ...]]) -> Shape:
    """A view of that kind. ChartError where there is no such kind."""
    if kind not in VIEWS:
        raise ChartError(f"view takes one of {', '.join(VIEWS)}, not {kind[:60]!r}")
    return Shape(kind, options)


def draw(current: View, query: str, shape: Shape, title: str, source: str, format: str) -> bytes:
    """The picture as SVG or PNG. `preview` and `scale` of the address are followed. It is kept while the release is."""
    preview = request.args.get("preview", "") not in {"", "0"}
    scale = 1.0 if preview else _scale(request.args.get("scale", ""))
    key = ("picture", current.release.path, query, repr(shape), title, source, format, preview, scale)
    kept = site().cache.get(key)
    if kept is not None:
        return kept.body
    shown = describe(current, query, shape, title, source, preview=preview)
    painter = site().painter
    body = painter.svg(shown) if format == "svg" else painter.png(shown, scale)
    site().cache.put(key, Kept("", (), body))
    return body


def describe(current: View, query: str, shape: Shape, title: str, source: str, *, preview: bool = False) -> Picture:
    """The picture before it is drawn; its `alt` tells in words what it shows."""
    table = current.engine.select(query, limit=charts.MOST_ROWS)
    return charts.picture(table, shape, title=title, source=source, labels=_labels(current, table), preview=preview)


def _labels(current: View, table: Table) -> Mapping[str, str]:
    """The names of the things in columns that have no names beside them."""
    bare = [at for at, column in enumerate(table.columns) if f"{column}Label" not in table.columns]
    iris = dict.fromkeys(
        term.value for row in table.rows for at in bare if (term := row[at]) is not None and term.kind == "iri"
    )
    return {thing.iri: thing.label for thing in things(current, list(iris)[:_NAMED]).values()}


def _scale(value: str) -> float:
    if not value:
        return 2.0
    if not re.fullmatch(r"[1-4](\.\d)?", value, re.ASCII) or float(value) > _LARGEST:
        raise ChartError(f"scale takes a number from 1 to {_LARGEST:g}, not {value[:60]!r}")
    return float(value)
