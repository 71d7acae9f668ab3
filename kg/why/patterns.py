"""The triple patterns of a query, as JSON. Run as a program, so that a query that its parser cannot cope with can be
stopped: the parser is rdflib's, which is slow, and needs memory for queries that are deeply nested.

On standard input: {"queries": [...], "prefixes": {prefix: namespace}}. On standard output a list, for each query a list
of its patterns, each [subject, path, object, graph, sure], or {"error": ...} where rdflib does not know its language.

A term is ["iri", value], ["literal", value, language, datatype], ["variable", name]; a blank node is a variable whose
name begins with a dot. `graph` is a term or null; `sure` is false in OPTIONAL and UNION.

A path is ["iri", value], ["variable", name], ["inverse", path],
["sequence", [paths]], ["alternative", [paths]], ["repeat", path, least, unbounded], ["not", [paths]].
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

from rdflib import BNode, Literal, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

_MEMORY = 2**30  # bytes


def patterns(node: Any, graph: Any = None, sure: bool = True) -> Iterator[list[Any]]:
    """The patterns below a node of the algebra. Those of EXISTS and MINUS are conditions, and not among them."""
    if not isinstance(node, CompValue):
        return
    if node.name == "BGP":
        for subject, path, value in node.triples:
            yield [term(subject), path_of(path), term(value), graph, sure]
        return
    if node.name == "Graph":
        yield from patterns(node.p, term(node.term), sure)
        return
    union = node.name == "Union"
    yield from patterns(node.get("p"), graph, sure)
    yield from patterns(node.get("p1"), graph, sure and not union)
    if node.name != "Minus":
        yield from patterns(node.get("p2"), graph, sure and not union and node.name != "LeftJoin")


def term(node: Any) -> list[Any]:
    """A term as JSON."""
    if isinstance(node, Variable):
        return ["variable", str(node)]
    if isinstance(node, BNode):
        return ["variable", f".{node}"]
    if isinstance(node, Literal):
        return ["literal", str(node), node.language, str(node.datatype) if node.datatype else None]
    return ["iri", str(node)]


def path_of(path: Any) -> list[Any]:
    """A path as JSON."""
    match path:
        case InvPath():
            return ["inverse", path_of(path.arg)]
        case SequencePath():
            return ["sequence", [path_of(part) for part in path.args]]
        case AlternativePath():
            return ["alternative", [path_of(part) for part in path.args]]
        case MulPath():
            return ["repeat", path_of(path.path), 0 if path.zero else 1, bool(path.more)]
        case NegatedPath():
            return ["not", [path_of(part) for part in path.args]]
        case URIRef() | Variable():
            return term(path)
    return term(path)


def main() -> None:
    """Read queries, write their patterns."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    request = json.load(sys.stdin)
    found: list[Any] = []
    for text in request["queries"]:
        try:
            query = translateQuery(parseQuery(text), initNs=request["prefixes"])
            found.append(list(patterns(query.algebra)))
        except Exception as error:  # its parser raises whatever it likes
            found.append({"error": " ".join(str(error).split())[:200]})
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
