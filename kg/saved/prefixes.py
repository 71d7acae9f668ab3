"""PREFIX lines for what a query leaves out, so that its text means the same in every tool and for ever."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.engine.syntax import tokens_of
from kg.namespaces import PREFIXES

_NAME = re.compile(r"([A-Za-z][\w.-]*):.*", re.DOTALL)
_HEAD = re.compile(r"\A(?:[ \t]*(?:#[^\n]*)?\n)*")


def declare(text: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """`text` with a PREFIX line, below its head, for each of `prefixes` that it uses and does not declare.

    >>> declare("SELECT ?name { ?thing rdfs:label ?name }")
    'PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\\nSELECT ?name { ?thing rdfs:label ?name }'
    """
    words = [token.group() for token in tokens_of(text)]
    declared = {words[at + 1][:-1] for at, word in enumerate(words[:-1]) if word.upper() == "PREFIX"}
    names = (_NAME.fullmatch(word) for word in words if word[0] not in "\"'<")
    used = {name[1] for name in names if name}
    lines = [f"PREFIX {prefix}: <{prefixes[prefix]}>\n" for prefix in sorted((used & prefixes.keys()) - declared)]
    start = _HEAD.match(text)
    at = start.end() if start else 0
    return text[:at] + "".join(lines) + text[at:]
