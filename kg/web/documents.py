"""/documents/ all documents, /documents/NAME one of them: its text, with the words that facts rest on marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kg.engine.terms import string_term
from kg.errors import InputError
from kg.web.site import view
from kg.web.things import Thing, things

blueprint = Blueprint("documents", __name__)

_LIST = """SELECT ?name ?title ?issued ?publisher (COUNT(DISTINCT ?thing) AS ?things) WHERE {
  ?document a acc:Document ; dcterms:identifier ?name
  OPTIONAL { ?document dcterms:title ?title } OPTIONAL { ?document dcterms:issued ?issued }
  OPTIONAL { ?document dcterms:publisher ?by } OPTIONAL { ?document dcterms:publisher/rdfs:label ?label }
  BIND(COALESCE(?label, ?by) AS ?publisher)
  OPTIONAL { ?document acc:mentions ?thing }
} GROUP BY ?name ?title ?issued ?publisher ORDER BY DESC(STR(?issued)) ?name"""
_ONE = """SELECT ?document ?title ?issued ?publisher ?source WHERE {{
  ?document a acc:Document ; dcterms:identifier {}
  OPTIONAL {{ ?document dcterms:title ?title }} OPTIONAL {{ ?document dcterms:issued ?issued }}
  OPTIONAL {{ ?document dcterms:publisher ?by }} OPTIONAL {{ ?document dcterms:publisher/rdfs:label ?label }}
  BIND(COALESCE(?label, ?by) AS ?publisher)
  OPTIONAL {{ ?document dcterms:source ?source }}
}} LIMIT 1"""
_MENTIONED = "SELECT DISTINCT ?thing WHERE {{ ?document dcterms:identifier {} ; acc:mentions ?thing }}"
_SPANS = """SELECT DISTINCT ?start ?end WHERE {{
  ?document dcterms:identifier {} . ?evidence oa:hasSource ?document ; oa:start ?start ; oa:end ?end }}"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text between two borders of evidence. `anchors` are the spans (start, end) that begin here."""

    text: str
    marked: bool
    here: bool
    anchors: tuple[tuple[int, int], ...]


@blueprint.get("/documents")
def without_slash() -> AnyResponse:
    """The address without its slash."""
    return redirect(url_for("documents.listing"), 308)


@blueprint.get("/documents/")
def listing() -> str:
    """All documents, the newest first."""
    return render_template("documents/listing.html", documents=list(view().engine.select(_LIST).records()))


@blueprint.get("/documents/<name>")
def one(name: str) -> str:
    """A document. InputError (404) where the release has no such one."""
    current = view()
    text = current.release.text(name)
    term = string_term(name)
    found = list(current.engine.select(_ONE.format(term)).records())
    if not found:
        raise InputError(f"there is no document {name!r}")
    mentioned = things(current, (row["thing"] for row in current.engine.select(_MENTIONED.format(term)).records()))
    spans = {(int(row["start"]), int(row["end"])) for row in current.engine.select(_SPANS.format(term)).records()}
    return render_template(
        "documents/one.html",
        name=name,
        document=found[0],
        kinds=_by_kind(mentioned.values()),
        pieces=list(pieces(text, spans, _highlighted(request.args.get("highlight", "")))),
    )


def pieces(text: str, spans: Iterable[tuple[int, int]], here: tuple[int, int] | None) -> Iterator[Piece]:
    """`text` cut at the borders of `spans` (which may overlap) and of `here`, the one to show above all others."""
    known = {(start, end) for start, end in spans if 0 <= start < end <= len(text)}
    if here is not None and not 0 <= here[0] < here[1] <= len(text):
        here = None
    every = sorted(known | ({here} if here else set()), key=lambda span: (span[0], -span[1]))
    borders = sorted({0, len(text), *(border for span in every for border in span)})
    for start, end in pairwise(borders):
        yield Piece(
            text=text[start:end],
            marked=any(a <= start and end <= b for a, b in known),
            here=here is not None and here[0] <= start and end <= here[1],
            anchors=tuple(span for span in every if span[0] == start),
        )


def _highlighted(value: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d{1,9}),(\d{1,9})", value, re.ASCII)
    return (int(found[1]), int(found[2])) if found else None


def _by_kind(mentioned: Iterable[Thing]) -> list[tuple[str, list[Thing]]]:
    kinds: dict[str, list[Thing]] = {}
    for thing in sorted(mentioned, key=lambda thing: thing.label.casefold()):
        kinds.setdefault(thing.kind, []).append(thing)
    return sorted(kinds.items())
