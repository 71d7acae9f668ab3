"""Saved queries on the web: links that people share and papers cite, and the pages on which staff keep them.

Each module with addresses of its own adds them to the one blueprint.

    blueprint.py  the addresses below /queries/
    asked.py      what a link asks: query, version, release, values
    links.py      /queries/NAME and its formats
    page.py       its page
    form.py       the form of its parameters
    paging.py     parts of an answer
    lasting.py    what caches may keep, and headers that say what an answer was made of
    listing.py    /queries/
    standing.py   which queries do not give what is expected of them
    text.py       descriptions in Markdown
    draft.py      a query as the fields of a form
    editing.py    new, edit, delete, restore
    history.py    versions and what differs between them
    drawing.py    the answer as a picture
    citing.py     citations
    comparing.py  what changed, and the feed of changes
    explaining.py why a row is there
    sharing.py    short links /q/XXXXXXX, pins
"""

from __future__ import annotations

from kg.web.queries import (  # noqa: F401 -- they add their addresses
    citing,
    comparing,
    drawing,
    editing,
    explaining,
    history,
    links,
    listing,
    sharing,
)
from kg.web.queries.blueprint import blueprint
from kg.web.queries.sharing import blueprint as short

__all__ = ["blueprint", "short"]
