"""/class/NAME: the things of a class, page by page."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template, request, url_for

from kg.engine.terms import iri_term
from kg.errors import InputError
from kg.namespaces import ACC
from kg.web.display import short
from kg.web.site import view
from kg.web.things import things
from kg.web.vocabulary import vocabulary

blueprint = Blueprint("classes", __name__)

_ON_A_PAGE = 100
_LIST = """SELECT ?thing (COUNT(DISTINCT ?document) AS ?documents) WHERE {{
  ?thing a {} OPTIONAL {{ ?thing rdfs:label ?label }} OPTIONAL {{ ?document acc:mentions ?thing }}
}} GROUP BY ?thing ?label ORDER BY LCASE(STR(?label)) ?thing LIMIT {} OFFSET {}"""
_COUNT = "SELECT (COUNT(DISTINCT ?thing) AS ?count) WHERE {{ ?thing a {} }}"


@blueprint.get("/class/<name>")
def listing(name: str) -> str:
    """The things of the class, by name. InputError (404) where the ontology has no such class."""
    iri = str(ACC[name])
    if iri not in vocabulary(view()).classes:
        raise InputError(f"the ontology has no class {name!r}")
    return _page(iri)


@blueprint.get("/class")
def any_listing() -> str:
    """The things of the class with the IRI in the parameter `iri`. InputError (404) where it is no IRI."""
    iri = request.args.get("iri", "")
    try:
        iri_term(iri)
    except ValueError:
        raise InputError(f"{iri!r} is not the IRI of a class") from None
    return _page(iri)


def class_path(iri: str) -> str:
    """The page of a class."""
    if iri.startswith(ACC):
        return url_for("classes.listing", name=iri.removeprefix(ACC))
    return url_for("classes.any_listing", iri=iri)


def _page(iri: str) -> str:
    current, known = view(), vocabulary(view())
    page = max(1, request.args.get("page", 1, type=int))
    term = iri_term(iri)
    (count,) = current.engine.select(_COUNT.format(term)).records()
    rows = list(current.engine.select(_LIST.format(term, _ON_A_PAGE, (page - 1) * _ON_A_PAGE)).records())
    linked = things(current, (row["thing"] for row in rows))
    return render_template(
        "classes/listing.html",
        path=partial(_path_of, iri),
        label=known.label(iri) if iri.startswith(ACC) else short(iri),
        comment=known.comments.get(iri, ""),
        below=sorted((known.label(c), class_path(c)) for c in known.classes if iri in known.parents.get(c, ())),
        rows=[(linked[row["thing"]], int(row["documents"])) for row in rows],
        count=int(count["count"]),
        page=page,
        pages=max(1, -(-int(count["count"]) // _ON_A_PAGE)),
    )


def _path_of(iri: str, page: int) -> str:
    """The address of a page of the list."""
    path = class_path(iri)
    return f"{path}{'&' if '?' in path else '?'}page={page}"
