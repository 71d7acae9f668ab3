"""/api/: what the pages do, in JSON, with a description in OpenAPI 3.1 at /api/openapi.json and a page to try it.

routes.py       the one table of all routes; everything else follows it
route.py        what a route is, and how its blueprint answers by it
body.py         the JSON that a request brings, checked against its schema
schemas.py      the schemas of what goes in and out
shapes.py       our nouns as JSON
description.py  the description in OpenAPI
page.py         the page to try it
queries.py, kept.py, people.py   what the routes do
"""

from __future__ import annotations

from kg.web.api import page  # noqa: F401 -- it adds its addresses
from kg.web.api.route import blueprint

__all__ = ["blueprint"]
