"""/queries/NAME/cite: how to cite an answer, as text and for programs that keep references.

Who asks for a citation holds the release that it cites: from then on no pruning removes it. So it works for everybody
who may see the query, also without an account, and once for each version and release. Search engines are asked to stay
away, so that they do not hold what nobody cites.
"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Response, render_template, request
from werkzeug.exceptions import NotFound

from kg import citations
from kg.citations import Citation
from kg.errors import ResultTooLargeError
from kg.saved import digest
from kg.web.front import KEEP
from kg.web.negotiation import wants_page
from kg.web.queries.asked import Asked, asked_of
from kg.web.queries.blueprint import blueprint
from kg.web.site import site

MOST_ROWS = 100_000
"""Rows of an answer that can be cited: its hash is made of all of them."""
_FORMATS = {
    "txt": (citations.text, "text/plain; charset=utf-8", "Text"),
    "bib": (citations.bibtex, "application/x-bibtex; charset=utf-8", "BibTeX"),
    "ris": (citations.ris, "application/x-research-info-systems; charset=utf-8", "RIS"),
    "json": (citations.csl, "application/vnd.citationstyles.csl+json; charset=utf-8", "CSL-JSON"),
}


@blueprint.get("/<reference>/cite")
def cite(reference: str) -> Response:
    """The citation in all formats on a page; for programs, in CSL-JSON."""
    asked = asked_of(reference)
    if not wants_page(request):
        return _as_file(asked, "json")
    citation = _cited(asked)
    written = [(end, words, write(citation)) for end, (write, _, words) in _FORMATS.items()]
    page = render_template("queries/cite.html", asked=asked, query=asked.query, citation=citation, written=written)
    return _dressed(Response(page))


@blueprint.get("/<reference>/cite.<ending>")
def cite_as(reference: str, ending: str) -> Response:
    """The citation in one format."""
    return _as_file(asked_of(reference), ending)


def _as_file(asked: Asked, ending: str) -> Response:
    if ending not in _FORMATS:
        raise NotFound(f"citations come as {', '.join(_FORMATS)}")
    write, content_type, _ = _FORMATS[ending]
    response = Response(write(_cited(asked)), content_type=content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{asked.query.name}.{ending}"'
    return _dressed(response)


def _dressed(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    request.environ[KEEP] = False  # it says when the answer was seen, and holds the release
    return response


def _cited(asked: Asked) -> Citation:
    """The citation. From now on the release is kept."""
    table = asked.view.engine.select(asked.text, limit=MOST_ROWS)
    if not table.complete:
        raise ResultTooLargeError(f"the answer has more than {MOST_ROWS:,} rows; cite a narrower question")
    if request.method == "GET":
        site().library.hold(asked.query, asked.release)
    release = asked.view.release
    return Citation(
        title=asked.query.title,
        query=asked.query.name,
        version=asked.version,
        release=asked.release,
        created=datetime.fromisoformat(str(release.manifest["created"])),
        accessed=datetime.now(UTC).date(),
        digest=digest(asked.text, table),
        rows=len(table.rows),
        address=asked.address(version=True, release=True, external=True),
    )
