"""The formats of answers: their names in addresses, media types and file extensions."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import AnswerFormatError


@dataclass(frozen=True, slots=True)
class Format:
    """A format of answers. `name` is also its extension; `media_types` begin with its own, the others mean the same."""

    name: str
    label: str
    media_types: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of a Content-Type header. All formats are UTF-8; only text types need to say so."""
        kind = self.media_types[0]
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


SOLUTION_FORMATS = (
    Format("json", "JSON", ("application/sparql-results+json", "application/json"), ("srj", "sparql-results+json")),
    Format("xml", "XML", ("application/sparql-results+xml", "application/xml", "text/xml"), ("srx",)),
    Format("csv", "CSV", ("text/csv",)),
    Format("tsv", "TSV", ("text/tab-separated-values",)),
)
"""Formats of SELECT and ASK, the one that is taken when all are welcome first."""

GRAPH_FORMATS = (
    Format("ttl", "Turtle", ("text/turtle", "application/x-turtle", "text/n3", "text/rdf+n3"), ("turtle", "n3")),
    Format("nt", "N-Triples", ("application/n-triples", "text/plain"), ("ntriples", "n-triples")),
    Format("nq", "N-Quads", ("application/n-quads",), ("nquads", "n-quads")),
    Format("trig", "TriG", ("application/trig", "application/x-trig")),
    Format("rdf", "RDF/XML", ("application/rdf+xml", "application/xml", "text/xml"), ("xml", "rdf+xml", "rdfxml")),
    Format("jsonld", "JSON-LD", ("application/ld+json", "application/json"), ("json", "json-ld")),
)
"""Formats of CONSTRUCT and DESCRIBE, the one that is taken when all are welcome first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The formats that an asker takes: one for rows, one for graphs, None where it takes none."""

    solutions: Format | None
    graph: Format | None


def by_name(name: str) -> Wanted:
    """The formats called `name`: `json` is JSON for rows and JSON-LD for graphs, `csv` is for rows only.

    AnswerFormatError where no format has the name.
    """
    name = name.lower()
    wanted = Wanted(_named(SOLUTION_FORMATS, name), _named(GRAPH_FORMATS, name))
    if wanted == Wanted(None, None):
        known = ", ".join(dict.fromkeys(format.name for format in (*SOLUTION_FORMATS, *GRAPH_FORMATS)))
        raise AnswerFormatError(f"there is no format {name!r}; take one of {known}")
    return wanted


def _named(formats: tuple[Format, ...], name: str) -> Format | None:
    return next((format for format in formats if name == format.name or name in format.aliases), None)
