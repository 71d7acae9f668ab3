"""Saved queries: files `NAME.rq` that any SPARQL tool can run, and the staff's own in a database.

A parameter `country` of type `string` is the variable `?_country`; one of another type has the type in its name
(`?_since_date`, `?_goal_iri`), and so has one with a language (`?_title_en`). Its values come in by the line
`VALUES ?_country { ... }`, which must stand alone on its line wherever the variable is used: the file holds the default
there (UNDEF where there is none), and `bind` puts another term in its place. A value is always written as one escaped,
typed term; it cannot become any other part of the query.

    model.py       what a query, a parameter, a view, a version, a run and a pin are
    values.py      the types of parameters, as terms
    parameters.py  values put into a query
    head.py        the lines #+ of a file, read and written
    files.py       a folder of files
    prefixes.py    PREFIX lines for what a query leaves out
    ordering.py    an order of rows for what leaves it open
    grlc.py        files as grlc takes them
    library.py     files and the staff's own behind one set of calls
    stored.py      queries and versions as rows of the database
    links.py       short links
    runs.py        what queries gave on each release, and pins
    expectations.py  what is expected of an answer, and its hash
"""

from __future__ import annotations

from kg.saved.expectations import broken_expectations, canonical_csv, cells, digest, is_ordered
from kg.saved.files import find_saved, good_name, load_saved, read_saved
from kg.saved.grlc import for_grlc
from kg.saved.head import compose, parse
from kg.saved.library import RESERVED, Library, open_library
from kg.saved.model import (
    FILE,
    OWN,
    PRIVATE,
    PUBLIC,
    STAFF,
    VIEWS,
    VISIBILITIES,
    Choice,
    Expectation,
    Parameter,
    Pin,
    Run,
    SavedQuery,
    ShortLink,
    Source,
    Version,
    View,
)
from kg.saved.ordering import in_one_order
from kg.saved.parameters import RESERVED_PARAMETERS, bind, choices
from kg.saved.prefixes import declare
from kg.saved.runs import pinned_releases
from kg.saved.stored import hash_of
from kg.saved.values import TYPES

__all__ = [
    "FILE",
    "OWN",
    "PRIVATE",
    "PUBLIC",
    "RESERVED",
    "RESERVED_PARAMETERS",
    "STAFF",
    "TYPES",
    "VIEWS",
    "VISIBILITIES",
    "Choice",
    "Expectation",
    "Library",
    "Parameter",
    "Pin",
    "Run",
    "SavedQuery",
    "ShortLink",
    "Source",
    "Version",
    "View",
    "bind",
    "broken_expectations",
    "canonical_csv",
    "cells",
    "choices",
    "compose",
    "declare",
    "digest",
    "find_saved",
    "for_grlc",
    "good_name",
    "hash_of",
    "in_one_order",
    "is_ordered",
    "load_saved",
    "open_library",
    "parse",
    "pinned_releases",
    "read_saved",
]
