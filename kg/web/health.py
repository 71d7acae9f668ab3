"""/health whether the server can answer (/health/live whether it runs at all), and /metrics for Prometheus."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from kg.errors import KGError
from kg.web.site import site, view
from kg.web.watching import CONTENT_TYPE

blueprint = Blueprint("health", __name__)

_SOON = 2.0  # seconds that the smallest query may take in a server that is ready


@blueprint.get("/health")
def health() -> Response:
    """Whether there is something to serve."""
    return _fresh(jsonify(status="ok", release=view().release.number))


@blueprint.get("/health/live")
def live() -> Response:
    """That the server runs. It says no more than that; a server that does not answer this should be restarted."""
    return _fresh(jsonify(status="ok"))


@blueprint.get("/health/ready")
def ready() -> Response:
    """Whether queries are answered: 503 where there is no release, or no worker that answers soon."""
    try:
        current = site().live.view()  # on nobody's behalf, so that it is neither refused nor charged
        current.engine.select("ASK {}", time_limit=_SOON)
    except KGError as error:
        response = jsonify(status="not ready", detail=str(error))
        response.status_code = 503
    else:
        response = jsonify(status="ok", release=current.release.number)
    return _fresh(response)


@blueprint.get("/metrics")
def metrics() -> Response:
    """The figures."""
    return _fresh(Response(site().figures.text(), content_type=CONTENT_TYPE))


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
