"""The facts of a document, to look up by subject and predicate."""

from __future__ import annotations

from collections import defaultdict

from ingest.model import Findings, Value

Key = tuple[str, str]
"""(document, local key)."""


class Facts:
    """What one document states of its entities, by local keys."""

    def __init__(self, findings: Findings) -> None:
        self.document = findings.text.document
        self._table: dict[tuple[str, str], list[str | Value]] = defaultdict(list)
        for fact in findings.facts:
            self._table[fact.subject, fact.predicate].append(fact.object)

    def objects(self, subject: str, predicate: str) -> list[str | Value]:
        """The objects of a predicate, in the order in which they were stated."""
        return self._table.get((subject, predicate), [])

    def literal(self, subject: str, predicate: str) -> str | None:
        """The first literal of a predicate."""
        return next((v.lexical for v in self.objects(subject, predicate) if isinstance(v, Value)), None)

    def day(self, subject: str, predicate: str) -> str | None:
        """The first date of a predicate that is exact to the day."""
        dates = (v.lexical for v in self.objects(subject, predicate) if isinstance(v, Value))
        return next((d for d in dates if len(d) == len("2021-03-05")), None)

    def keys(self, subject: str, predicate: str) -> list[str]:
        """The objects that are entities."""
        return [v for v in self.objects(subject, predicate) if isinstance(v, str)]
