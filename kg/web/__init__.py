"""The web: pages, saved queries and the SPARQL endpoint on the current release. Reading only.

Each file with a `blueprint` is named after its address; its templates are in the folder of the same name. Pages work
without JavaScript. They query through `kg.engine`, as everybody does, so a page cannot hold up the server either.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, request

from kg.errors import KGError
from kg.release import current_release
from kg.saved import load_saved
from kg.web import (
    admin,
    classes,
    description,
    display,
    documents,
    graph_store,
    health,
    home,
    resource,
    sparql,
    terms,
)
from kg.web import queries as saved_queries
from kg.web.cache import Cache
from kg.web.clients import Budget
from kg.web.compression import compress_page
from kg.web.front import KEEP, Front
from kg.web.gateway import Gateway
from kg.web.hints import WARNING
from kg.web.limits import Limits
from kg.web.live import Live
from kg.web.problems import handle_errors
from kg.web.server import run
from kg.web.site import Site, site, view
from kg.web.watching import Figures, Log

__all__ = ["close_app", "create_app", "serve"]

_UNCHANGING = {"home", "resource", "classes", "documents"}
_LARGEST_REQUEST = 2**20  # bytes of a query that is posted
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    # Everything here is public and nobody is logged in, so pages of others may read it.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": f"ETag, Retry-After, X-Accord-Release, {WARNING}",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, QUERY, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def create_app(
    data: Path,
    *,
    queries: Path,
    **settings: Any,
) -> Flask:
    """The application that serves the data folder `data` with the saved queries of the folder `queries`.

    `settings` are the fields of `Limits`. Raises SavedQueryError. Call `close_app` when done with it.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = _LARGEST_REQUEST
    app.json.sort_keys = app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    limits = Limits(**settings)
    live = Live(data, limits.engine)
    cache, figures = Cache(limits.cache_limit), Figures()
    log = Log(limits.log, clients=limits.log_clients, queries=limits.log_queries)
    own = Site(live, load_saved(queries), limits, cache, Budget(limits.client_seconds), figures, log)
    app.extensions["accord"] = own
    _show(figures, live, cache)
    app.wsgi_app = Front(app.wsgi_app, own)  # type: ignore[assignment, method-assign]
    pages = (home, sparql, terms, description, graph_store, saved_queries, resource, classes, documents, health, admin)
    for module in pages:
        app.register_blueprint(module.blueprint)
    handle_errors(app)
    app.jinja_env.filters |= {"day": display.day, "number": display.number}
    app.after_request(_add_headers)
    app.context_processor(_footer)
    return app


def close_app(app: Flask) -> None:
    """End the query workers of `app`, and its log."""
    app.extensions["accord"].live.close()
    app.extensions["accord"].log.close()


def serve(
    data: Path, *, queries: Path, host: str = "127.0.0.1", port: int = 8080, threads: int = 64, **limits: Any
) -> None:
    """Serve the data folder at `host` and `port` (0: any free one) until SIGINT or SIGTERM. `limits`: see `create_app`.

    Prints the address to open. Raises MissingReleaseError, SavedQueryError, and ServeError where it cannot listen.
    """
    release = current_release(data)
    app = create_app(data.resolve(), queries=queries.resolve(), **limits)
    own: Site = app.extensions["accord"]
    gateway = Gateway(cast(Front, app.wsgi_app), own, threads, _LARGEST_REQUEST)
    try:
        run(gateway, own.live.close, host, port, f"Release {release.number} is served at")
    finally:
        gateway.close()
        close_app(app)


def _add_headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
        # Clients add headers of their own (X-Requested-With, traceparent). None of them can do any harm here.
        if asked := request.headers.get("Access-Control-Request-Headers"):
            response.headers["Access-Control-Allow-Headers"] = asked
    with suppress(KGError):  # where there is no release to name
        response.headers["X-Accord-Release"] = str(view().release.number)
    # The pages of these depend on their address alone. An answer says by its tag that it will always be the same.
    if request.endpoint == "static" and response.status_code == 200 and request.method == "GET":
        response.direct_passthrough = False  # read whole, so that it is compressed, and kept like a page
        response.make_sequence()
    if request.blueprint in _UNCHANGING or (response.status_code == 200 and response.get_etag()[0]):
        request.environ[KEEP] = True
    return compress_page(request, response)


def _show(figures: Figures, live: Live, cache: Cache) -> None:
    """The figures of the state at the moment."""
    figures.show("accord_cache_bytes", "Bytes of the answers that are kept.", lambda: cache.size)
    figures.show("accord_cache_answers", "Answers that are kept.", lambda: len(cache))
    figures.show("accord_cache_hit_ratio", "Requests answered from the cache by those it could.", figures.hit_ratio)
    figures.show("accord_queries_running", "Queries under way.", lambda: len(live.running()))
    figures.show("accord_queries_waiting", "Queries that wait for a worker.", live.waiting)
    figures.show("accord_release", "Number of the release that is served.", live.number)


def _footer() -> dict[str, object]:
    """What the frame of every page shows: also those that tell of an error."""
    try:
        return {"release": view().release.manifest, "site": site()}
    except KGError:
        return {"release": None, "site": site()}
