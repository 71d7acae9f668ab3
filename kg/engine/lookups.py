"""Small questions about one thing, answered in this process and not in a query worker.

    SELECT ?name ?start WHERE { <https://example.org/project/1> rdfs:label ?name ; acc:start ?start }

is what programs ask most, and the way to a worker and back takes longer than the answer itself. Workers are there
because a query may run for ever or take all memory. A look-up cannot: it reads the values that one thing has by some
properties off the index, and where there are more than a few it leaves the query to a worker.

The answer is that of a worker, byte for byte, so that it does not matter who gives it. Where several properties have
several values the order of the rows is a matter of the store's plan, so one that is asked for several properties must
have one value of each. The text around the thing is taken apart once, as most look-ups differ in the thing alone.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring as _quoted
from pathlib import Path

import pyoxigraph as ox

from kg.engine.syntax import tokens_of

LONGEST = 2_000
"""Characters of a query; a longer one is no look-up."""
_VALUES = 100  # of one property
_CHARACTERS = 64 * 1024  # of all values
_REMEMBERED = 1_000  # texts without their thing
_IRI = r"<([^<>\"{}|^`\\\x00-\x20]+)>"
_ABOUT = re.compile(rf"([^{{}}]*{{\s*){_IRI}(\s[^{{}}]*}}[^{{}}]*)")
_ONLY_IRI = re.compile(_IRI)
_VARIABLE = re.compile(r"[?$](\w+)", re.ASCII)
_NAME = re.compile(r"((?:[A-Za-z][\w-]*)?):(\w[\w-]*)", re.ASCII)
_PREFIX = re.compile(r"((?:[A-Za-z][\w-]*)?):", re.ASCII)
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Lookup:
    """A look-up without its thing: the beginning of the answer, the name of each column (as JSON, None for one without
    values) and the place of its property."""

    head: str
    columns: tuple[tuple[str, int], ...]
    properties: tuple[ox.NamedNode, ...]


class Lookups:
    """The look-ups on the store in folder `store`, which is opened by the first one. Safe for threads."""

    def __init__(self, store: Path, prefixes: Mapping[str, str]) -> None:
        self._path = store
        self._store: ox.Store | None = None
        self._lock = threading.Lock()
        self.read = lru_cache(_REMEMBERED)(lambda before, after: _read(before, after, prefixes))
        """The look-up that a query is, from its text before and after the thing (see `split`); None if it is none."""

    def answer(self, lookup: Lookup, iri: str) -> bytes | None:
        """What the store says about a thing, in JSON (SPARQL 1.1 Query Results). None where it is not a little."""
        try:
            store = self._store or self._open()
            rows = _rows(store, ox.NamedNode(iri), lookup.properties)
        except (OSError, RuntimeError, ValueError):  # a worker tells what is wrong
            return None
        if rows is None:
            return None
        columns = lookup.columns
        written = ",".join("{" + ",".join([name + row[at] for name, at in columns]) + "}" for row in rows)
        return f"{lookup.head}{written}]}}}}".encode()

    def close(self) -> None:
        """Free the store. A later look-up opens it again."""
        self._store = None

    def _open(self) -> ox.Store:
        with self._lock:
            if self._store is None:
                self._store = ox.Store.read_only(str(self._path))
            return self._store


def split(query: str) -> tuple[str, str, str] | None:
    """A query that may be a look-up, in three: before the thing that it asks about, its IRI, and after it."""
    found = _ABOUT.fullmatch(query) if len(query) <= LONGEST else None
    return None if found is None else (found[1], found[2], found[3])


def _rows(store: ox.Store, thing: ox.NamedNode, properties: Sequence[ox.NamedNode]) -> list[list[str]] | None:
    """The rows, with a term in JSON for each property. None where there are too many, or in more than one order."""
    most = _VALUES if len(properties) == 1 else 1
    columns = []
    for property in properties:
        quads = islice(store.quads_for_pattern(thing, property, None, _DEFAULT), most + 1)
        terms = [_term(quad.object) for quad in quads]
        if len(terms) > most or "" in terms or sum(map(len, terms)) > _CHARACTERS:
            return None
        columns.append(terms)
    return [list(row) for row in zip(*columns, strict=False)]  # where one has no value there is no row


def _term(term: object) -> str:
    """A term as the store writes it in JSON; empty for one of a newer kind than this knows."""
    if isinstance(term, ox.NamedNode):
        return f'{{"type":"uri","value":{_quoted(term.value)}}}'
    if isinstance(term, ox.BlankNode):
        return f'{{"type":"bnode","value":{_quoted(term.value)}}}'
    if not isinstance(term, ox.Literal) or term.direction is not None:
        return ""
    if term.language is not None:
        return f'{{"type":"literal","value":{_quoted(term.value)},"xml:lang":{_quoted(term.language)}}}'
    datatype = term.datatype.value
    typed = "" if datatype == _STRING else f',"datatype":{_quoted(datatype)}'
    return f'{{"type":"literal","value":{_quoted(term.value)}{typed}}}'


def _read(before: str, after: str, prefixes: Mapping[str, str]) -> Lookup | None:
    head = [token.group() for token in tokens_of(before)]
    rest = [token.group() for token in tokens_of(after)]
    declared = _declared(head, prefixes)
    pairs = None if declared is None else _pairs(rest, declared)
    asked = _asked(head)
    if asked is None or pairs is None:
        return None
    names = [name for _, name in pairs]
    if len(set(names)) < len(names) or len(set(asked)) < len(asked):
        return None
    written = ",".join(map(_quoted, asked))
    return Lookup(
        f'{{"head":{{"vars":[{written}]}},"results":{{"bindings":[',
        tuple((f"{_quoted(name)}:", names.index(name)) for name in asked if name in names),
        tuple(ox.NamedNode(iri) for iri, _ in pairs),
    )


def _declared(words: list[str], prefixes: Mapping[str, str]) -> dict[str, str] | None:
    """All prefixes; their declarations are taken off `words`."""
    declared = dict(prefixes)
    while words and words[0].upper() == "PREFIX":
        match words[1:3]:
            case [name, iri] if (prefix := _PREFIX.fullmatch(name)) and (written := _ONLY_IRI.fullmatch(iri)):
                if not _is_absolute(written[1]):
                    return None
                declared[prefix[1]] = written[1]
            case _:
                return None
        del words[:3]
    return declared


def _asked(words: Sequence[str]) -> list[str] | None:
    """Of `SELECT ?a ?b WHERE {` the names."""
    upper = [word.upper() for word in words]
    if upper[:1] != ["SELECT"] or upper[-1:] != ["{"]:
        return None
    names = words[1 : -2 if upper[-2:-1] == ["WHERE"] else -1]
    found = [one[1] for one in map(_VARIABLE.fullmatch, names) if one]
    return found if found and len(found) == len(names) else None


def _pairs(words: Sequence[str], prefixes: Mapping[str, str]) -> list[tuple[str, str]] | None:
    """Of `rdfs:label ?name ; acc:start ?start }` the IRIs and the names."""
    if words[-1:] != ["}"]:
        return None
    words = words[: -2 if words[-2:-1] == ["."] else -1]
    if len(words) % 3 != 2 or set(words[2::3]) - {";"}:
        return None
    pairs = []
    for property, value in zip(words[::3], words[1::3], strict=True):
        iri, variable = _property(property, prefixes), _VARIABLE.fullmatch(value)
        if iri is None or variable is None:
            return None
        pairs.append((iri, variable[1]))
    return pairs


def _property(word: str, prefixes: Mapping[str, str]) -> str | None:
    if word == "a":
        return _TYPE
    iri: str | None = None
    if written := _ONLY_IRI.fullmatch(word):
        iri = written[1]
    elif (name := _NAME.fullmatch(word)) and name[1] in prefixes:
        iri = prefixes[name[1]] + name[2]
    return iri if iri and _is_absolute(iri) else None


def _is_absolute(iri: str) -> bool:
    try:
        return bool(ox.NamedNode(iri).value)
    except ValueError:
        return False
