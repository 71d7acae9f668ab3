"""A query taken apart into its operations, as JSON. Run as a program, so that a query that its parser cannot cope with
can be stopped: the parser is rdflib's, which is slow, and needs memory for queries that are deeply nested.

On standard input: {"query": ..., "prefixes": {prefix: namespace}}. On standard output a tree of

    {"do": "pattern", "text": "?s <...> ?o", "variables": ["s", "o"]}       a triple pattern or path
    {"do": "sort", "over": [tree, ...]}                                     any other operation on what is below it

or {"error": ...} where rdflib does not know the language of the query (it knows SPARQL 1.1).
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from rdflib import BNode, Variable
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

_MEMORY = 2**30  # bytes
_WORDS = {
    "LeftJoin": "optional",
    "Extend": "bind",
    "AggregateJoin": "group",
    "Group": "group",
    "OrderBy": "sort",
    "ToMultiSet": "inner",
    "values": "values",
}
_PASSED_OVER = {"SelectQuery", "AskQuery", "ConstructQuery", "DescribeQuery", "Project", "AggregateJoin"}
_BELOW = ("p", "p1", "p2")


def tree_of(node: Any) -> dict[str, Any]:
    """The tree of an operation of rdflib's algebra."""
    if node.name == "BGP":
        return {"do": "join", "over": [_pattern(triple) for triple in node.triples]}
    below = [tree_of(node[key]) for key in _BELOW if isinstance(node.get(key), CompValue)]
    if node.name in _PASSED_OVER and len(below) == 1:
        return below[0]
    tree: dict[str, Any] = {"do": _WORDS.get(node.name, str(node.name).lower()), "over": below}
    if node.name == "Graph":
        tree["graph"] = _term(node.term)
    if node.name == "Slice":
        tree["limit"] = node.length
    if node.name == "values":
        tree["rows"] = len(node.res)
    return tree


def _pattern(triple: tuple[Any, Any, Any]) -> dict[str, Any]:
    variables = [_term(term)[1:] for term in triple if isinstance(term, Variable | BNode)]
    return {"do": "pattern", "text": " ".join(map(_term, triple)), "variables": list(dict.fromkeys(variables))}


def _term(term: Any) -> str:
    return f"?_{term}" if isinstance(term, BNode) else str(term.n3())


def main() -> None:
    """Read a query, write its tree."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    request = json.load(sys.stdin)
    try:
        query = translateQuery(parseQuery(request["query"]), initNs=request["prefixes"])
        tree = tree_of(query.algebra)
    except Exception as error:  # its parser raises whatever it likes
        tree = {"error": str(error)}
    json.dump(tree, sys.stdout)


if __name__ == "__main__":
    main()
