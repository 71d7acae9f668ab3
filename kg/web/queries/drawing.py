"""/queries/NAME.svg and .png: the answer of a saved query as a picture, for slides, papers and chats.

?view=line      as another kind of picture than the query has
?preview=1      1200 by 630 pixels, as chats show links
?scale=3        a PNG with three dots for each pixel; 2 where nothing is said
"""

from __future__ import annotations

from flask import Response, request

from kg.errors import KGError
from kg.saved import View as Shape
from kg.web.cache import Kept
from kg.web.display import day
from kg.web.pictures import TYPES, describe, draw, shape_of
from kg.web.queries.asked import Asked, asked_of
from kg.web.queries.blueprint import blueprint
from kg.web.queries.lasting import tagged
from kg.web.site import site


@blueprint.get("/<reference>.svg")
def chart_svg(reference: str) -> Response:
    """The answer as SVG."""
    return _picture(asked_of(reference), "svg")


@blueprint.get("/<reference>.png")
def chart_png(reference: str) -> Response:
    """The answer as PNG."""
    return _picture(asked_of(reference), "png")


@blueprint.app_template_global("alt_of")
def alt_of(asked: Asked) -> str:
    """What the picture of an answer shows, in words, for those who cannot see it. Empty where it cannot be drawn."""
    key = ("alt", asked.view.release.path, asked.run, repr(asked.query.view), asked.query.title)
    kept = site().cache.get(key)
    if kept is None:
        try:
            alt = describe(asked.view, asked.run, asked.query.view, asked.query.title, "").alt
        except KGError as error:
            alt = f"There is no picture: {error}."
        kept = Kept("", (), alt.encode())
        site().cache.put(key, kept)
    return kept.body.decode()


def _picture(asked: Asked, format: str) -> Response:
    body = draw(asked.view, asked.run, _shape(asked), asked.query.title, _source(asked), format)
    response = tagged(Response(body, content_type=TYPES[format]), asked)
    response.headers["Content-Disposition"] = f'inline; filename="{asked.query.name}.{format}"'
    return response


def _shape(asked: Asked) -> Shape:
    kind = request.args.get("view", "")
    return asked.query.view if kind in {"", asked.query.view.kind} else shape_of(kind, {})


def _source(asked: Asked) -> str:
    """Where the picture comes from, as it is written below it: with the address of this very answer."""
    created = day(str(asked.view.release.manifest["created"]))
    address = asked.address(version=True, release=True, external=True)
    return f"Release {asked.release} of {created} · {address}"
