"""The web: pages, saved queries and the SPARQL endpoint on the current release. Reading only.

Each file with a `blueprint` is named after its address; its templates are in the folder of the same name. Pages work
without JavaScript. They query through `kg.engine`, as everybody does, so a page cannot hold up the server either.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, request

from kg.database import open_database, sqlite_url, upgrade
from kg.errors import KGError
from kg.release import accept, current_release
from kg.saved import Library, open_library
from kg.web import (
    accounts,
    admin,
    api,
    classes,
    description,
    display,
    documents,
    graph_store,
    health,
    home,
    pictures,  # noqa: F401 -- it adds addresses to those of sparql
    reasons,  # noqa: F401 -- as pictures
    resource,
    sparql,
    terms,
)
from kg.web import queries as saved_queries
from kg.web.cache import Cache
from kg.web.changes import Changes
from kg.web.clients import Budget
from kg.web.compression import compress_page
from kg.web.front import KEEP, Front
from kg.web.gateway import Gateway
from kg.web.guard import keep_private, note_changes, protect
from kg.web.hints import WARNING
from kg.web.limits import Limits
from kg.web.live import Live
from kg.web.openid import OpenID, Provider
from kg.web.problems import handle_errors
from kg.web.server import run
from kg.web.site import Site, site, view
from kg.web.watching import Figures, Log
from kg.web.who import current_user

__all__ = ["close_app", "create_app", "serve"]

_UNCHANGING = {"home", "resource", "classes", "documents"}
_PAGES = 16  # requests at a time that ask no query, or not yet
_LARGEST_REQUEST = 2**20  # bytes of a query that is posted
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    # Pages of others may read what is public. `keep_private` takes this away from all else.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, X-Accord-Answer-Limit, X-Accord-Query, "
    f"X-Accord-Release, {WARNING}",
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
    database: str | None = None,
    provider: Provider | None = None,
    **settings: Any,
) -> Flask:
    """The application that serves the data folder `data` with the saved queries of the folder `queries`.

    `database` is the URL of the staff's database, which is in the data folder where none is given. With a `provider` of
    OpenID Connect people may sign in by it. `settings` are the fields of `Limits`. Raises SavedQueryError,
    DatabaseError and DataFolderError. Call `close_app` when done with it.
    """
    library = _library(data, queries, database)
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = _LARGEST_REQUEST
    app.json.sort_keys = app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    limits = Limits(**settings)
    live = Live(data, limits.engine)
    cache, figures = Cache(limits.cache_limit), Figures()
    log = Log(limits.log, clients=limits.log_clients, queries=limits.log_queries)
    openid = None if provider is None else OpenID(app, provider, library.database)
    budget = Budget(limits.client_seconds)
    own = Site(live, library, Changes(library), limits, cache, budget, figures, log, openid)
    app.extensions["accord"] = own
    _show(figures, live, cache)
    app.wsgi_app = Front(app.wsgi_app, own)  # type: ignore[assignment, method-assign]
    pages = (home, sparql, terms, description, graph_store, saved_queries, resource, classes, documents, health, admin)
    for module in (*pages, accounts, api):
        app.register_blueprint(module.blueprint)
    app.register_blueprint(saved_queries.short)
    protect(app)
    handle_errors(app)
    app.jinja_env.filters |= {"day": display.day, "number": display.number}
    app.after_request(_add_headers)
    app.context_processor(_footer)
    return app


def close_app(app: Flask) -> None:
    """End the query workers of `app`, its log, and its connections to the database."""
    own: Site = app.extensions["accord"]
    own.live.close()
    own.painter.close()
    own.log.close()
    own.changes.close()
    own.library.database.close()


def _library(data: Path, queries: Path, url: str | None) -> Library:
    accept(data)  # so that no database is made in a folder that is something else
    database = open_database(url or sqlite_url(data))
    try:
        upgrade(database)
        return open_library(database, queries)
    except KGError:
        database.close()
        raise


def serve(data: Path, *, queries: Path, host: str = "127.0.0.1", port: int = 8080, **limits: Any) -> None:
    """Serve the data folder at `host` and `port` (0: any free one) until SIGINT or SIGTERM. `limits`: see `create_app`.

    Prints the address to open. Raises MissingReleaseError, SavedQueryError, and ServeError where it cannot listen.
    """
    release = current_release(data)
    app = create_app(data.resolve(), queries=queries.resolve(), **limits)
    own: Site = app.extensions["accord"]
    granted = own.limits
    # A thread for each query that runs or waits, so that it is the queue that turns away, and some for pages.
    threads = granted.workers + granted.long_workers + granted.queue + _PAGES
    gateway = Gateway(cast(Front, app.wsgi_app), own, threads, _LARGEST_REQUEST)
    try:
        run(gateway, own.live.close, host, port, f"Release {release.number} is served at")
    finally:
        gateway.close()
        close_app(app)


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
        # Clients add headers of their own (X-Requested-With, traceparent). None of them can do any harm here.
        if asked := request.headers.get("Access-Control-Request-Headers"):
            harmless = (name.strip() for name in asked.split(",") if name.strip().lower() != "authorization")
            response.headers["Access-Control-Allow-Headers"] = ", ".join(harmless)
    with suppress(KGError):  # where there is no release to name
        response.headers["X-Accord-Release"] = str(view().release.number)
    # The pages of these depend on their address alone. An answer says by its tag that it will always be the same.
    if request.endpoint == "static" and response.status_code == 200 and request.method == "GET":
        response.direct_passthrough = False  # read whole, so that it is compressed, and kept like a page
        response.make_sequence()
    if request.blueprint in _UNCHANGING or (response.status_code == 200 and response.get_etag()[0]):
        request.environ.setdefault(KEEP, True)  # unless the page has said that it must not
    note_changes(response)
    if response.mimetype == "text/html":
        response.vary.add("Cookie")  # a page tells who is signed in
    keep_private(response)
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
        return {"release": view().release.manifest, "site": site(), "user": current_user()}
    except KGError:
        return {"release": None, "site": site(), "user": current_user()}
