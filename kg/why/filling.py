"""Patterns filled with the values of a solution: which triples of the store it rests on.

A path is followed step by step, so that the triples on its way are found: a sequence through nodes that the query does
not name, an alternative by the branch that is there, an inverse from its other end, `*` and `+` by a shortest way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from kg.engine import Table, Term
from kg.errors import QueryError
from kg.why.blocks import written
from kg.why.reading import Node, Path_, Pattern, term_of

Triple = tuple[Term, Term, Term]
Select = Callable[[str, int], Table]
"""Asks a query for so many rows at most."""

_BRANCHES = 60  # of one query
_ROWS = 500
_DEEPEST = 12  # steps of a path with * or +
_WIDEST = 300  # nodes of one step


@dataclass(slots=True)
class _Step:
    """What a path came to: the triples on it, and the parts with `*` or `+`, whose ways are looked for afterwards.

    A triple is kept with the conditions (variable, value) under which this branch was the one that was taken.
    """

    group: list[str] = field(default_factory=list)
    triples: list[tuple[str, str, str, tuple[tuple[str, int], ...]]] = field(default_factory=list)
    ways: list[tuple[str, Path_, str, tuple[tuple[str, int], ...]]] = field(default_factory=list)


def fill(patterns: Sequence[Pattern], solutions: Sequence[Mapping[str, Term]], select: Select) -> list[Triple]:
    """The triples that the solutions rest on, in the order of the patterns. What does not match is left out: a part
    that is optional, or the other side of a UNION."""
    branches: list[tuple[str, _Step, dict[str, Term]]] = []
    names = count()
    for together in _connected(patterns):
        seen: set[str] = set()
        for solution in solutions:
            made = _branch(together, solution, names)
            if made is not None:
                key = repr(
                    [(pattern, {name: solution.get(name) for name in pattern.variables}) for pattern in together]
                )
                if key not in seen:
                    seen.add(key)
                    branches.append(made)
    found: dict[Triple, None] = {}
    for start in range(0, len(branches), _BRANCHES):
        part = branches[start : start + _BRANCHES]
        union = "\nUNION ".join(f"{{ {group} BIND({number} AS ?branch) }}" for number, (group, _, _) in enumerate(part))
        by_branch: dict[int, list[dict[str, Term]]] = {}
        for row in _records(select(f"SELECT * WHERE {{ {union} }}", _ROWS)):
            by_branch.setdefault(int(row["branch"].value), []).append(row)
        for number, rows in sorted(by_branch.items()):
            for row in rows:
                found.update(dict.fromkeys(_triples(part[number][1], row, part[number][2], select)))
    return list(found)


def _records(table: Table) -> Iterator[dict[str, Term]]:
    for row in table.rows:
        yield {column: term for column, term in zip(table.columns, row, strict=True) if term is not None}


def _connected(patterns: Sequence[Pattern]) -> list[list[Pattern]]:
    """The patterns in groups that share blank nodes, which only a query can give values to."""
    groups: list[tuple[set[str], list[Pattern]]] = []
    for pattern in patterns:
        blank = {name for name in pattern.variables if name.startswith(".")}
        touched = [group for group in groups if group[0] & blank]
        merged = (blank.union(*(group[0] for group in touched)), [one for group in touched for one in group[1]])
        groups = [group for group in groups if group not in touched]
        groups.append((merged[0], [*merged[1], pattern]))
    return [group for _, group in groups]


def _branch(
    patterns: Sequence[Pattern], solution: Mapping[str, Term], names: Iterator[int]
) -> tuple[str, _Step, dict[str, Term]] | None:
    """The part of a query that fits where the patterns fit the solution; None where they cannot."""
    step = _Step()
    blanks: dict[str, str] = {}
    ground: dict[str, Term] = {}

    def place(node: Node) -> str | None:
        if not isinstance(node, Term):
            if node.startswith("."):
                return f"?{blanks.setdefault(node, f'b{next(names)}')}"
            if node not in solution:
                return None
            node = solution[node]
        if node.kind == "blank":
            return f"?{blanks.setdefault(repr(node), f'b{next(names)}')}"
        text = written(node)
        if text is not None:
            ground[text] = node
        return text

    for pattern in patterns:
        subject, value = place(pattern.subject), place(pattern.value)
        graph = None if pattern.graph is None else place(pattern.graph)
        path = pattern.path
        if path[0] == "variable":
            known = solution.get(path[1])
            if known is None:
                return None
            path = ["iri", known.value]
        if subject is None or value is None or (pattern.graph is not None and graph is None):
            return None
        own = _Step()
        _follow(own, subject, path, value, (), names, ground)
        text = " ".join(own.group)
        step.group.append(f"GRAPH {graph} {{ {text} }}" if graph else text)
        step.triples += own.triples
        step.ways += own.ways
    return " ".join(step.group), step, ground


def _follow(
    step: _Step,
    subject: str,
    path: Path_,
    value: str,
    taken: tuple[tuple[str, int], ...],
    names: Iterator[int],
    ground: dict[str, Term],
) -> None:
    """Add to `step` what `path` from `subject` to `value` stands for."""
    kind = path[0]
    if kind == "iri":
        predicate = _iri(path, ground)
        step.group.append(f"{subject} {predicate} {value} .")
        step.triples.append((subject, predicate, value, taken))
    elif kind == "inverse":
        _follow(step, value, path[1], subject, taken, names, ground)
    elif kind == "sequence":
        nodes = [subject, *(f"?m{next(names)}" for _ in path[1][1:]), value]
        for part, start, end in zip(path[1], nodes, nodes[1:], strict=False):
            _follow(step, start, part, end, taken, names, ground)
    elif kind == "alternative":
        choice = f"a{next(names)}"
        groups = []
        for number, part in enumerate(path[1]):
            own = _Step()
            _follow(own, subject, part, value, (*taken, (choice, number)), names, ground)
            groups.append(f"{{ {' '.join(own.group)} BIND({number} AS ?{choice}) }}")
            step.triples += own.triples
            step.ways += own.ways
        step.group.append(" UNION ".join(groups))
    elif kind == "repeat":
        step.group.append(f"{subject} {_text(path)} {value} .")
        step.ways.append((subject, path, value, taken))
    elif kind == "not":
        predicate = f"?n{next(names)}"
        # rdflib gives inverse parts as what is no IRI; what is asked for here goes forward.
        refused = ", ".join(text for part in path[1] if part[0] == "iri" and (text := written(term_of(part))))
        step.group.append(f"{subject} {predicate} {value} . FILTER({predicate} NOT IN ({refused}))")
        step.triples.append((subject, predicate, value, taken))
    else:
        raise QueryError("the query has a path that cannot be followed")


def _iri(path: Path_, ground: dict[str, Term]) -> str:
    term = term_of(path)
    text = written(term)
    if text is None:
        raise QueryError("the query names a property that is no IRI")
    ground[text] = term
    return text


def _text(path: Path_) -> str:
    """A path as SPARQL."""
    kind = path[0]
    if kind == "iri":
        return written(term_of(path)) or ""
    if kind == "inverse":
        return f"^{_text(path[1])}"
    if kind == "repeat":
        return _text(path[1]) + ("?" if not path[3] else "+" if path[2] else "*")
    sign = {"sequence": "/", "alternative": "|", "not": "|"}[kind]
    joined = sign.join(map(_text, path[1]))
    return f"{'!' if kind == 'not' else ''}({joined})"


def _triples(step: _Step, row: Mapping[str, Term], ground: Mapping[str, Term], select: Select) -> Iterator[Triple]:
    """The triples of one row of the query."""

    def here(taken: Iterable[tuple[str, int]]) -> bool:
        return all(name in row and row[name].value == str(number) for name, number in taken)

    def value(place: str) -> Term | None:
        return row.get(place[1:]) if place.startswith("?") else ground.get(place)

    for subject, predicate, end, taken in step.triples:
        triple = value(subject), value(predicate), value(end)
        if here(taken) and triple[0] and triple[1] and triple[2]:
            yield triple[0], triple[1], triple[2]
    for start, path, end, taken in step.ways:
        first, last = value(start), value(end)
        if here(taken) and first and last:
            yield from way(first, path[1], last, select, zero=path[2] == 0)


def way(first: Term, path: Path_, last: Term, select: Select, *, zero: bool = False) -> list[Triple]:
    """The triples on a shortest way from `first` to `last` by steps of `path`; none where it is not found."""
    if zero and first == last:
        return []
    came: dict[Term, tuple[Term, list[Triple]] | None] = {first: None}
    edge = [first]
    for _ in range(_DEEPEST):
        following: list[Term] = []
        for start, end, triples in _steps(edge[:_WIDEST], path, select):
            if end == last:
                return _back(came, start) + triples
            if end not in came:
                came[end] = (start, triples)
                following.append(end)
        if not following:
            break
        edge = following
    return []


def _back(came: Mapping[Term, tuple[Term, list[Triple]] | None], node: Term) -> list[Triple]:
    triples: list[Triple] = []
    while (before := came[node]) is not None:
        node, made = before
        triples = made + triples
    return triples


def _steps(nodes: Sequence[Term], path: Path_, select: Select) -> Iterator[tuple[Term, Term, list[Triple]]]:
    """One step of `path` from each of `nodes`."""
    terms = [text for node in nodes if (text := written(node)) is not None]
    if not terms:
        return
    step, ground = _Step(), dict[str, Term]()
    _follow(step, "?from", path, "?to", (), count(), ground)
    query = f"SELECT * WHERE {{ VALUES ?from {{ {' '.join(terms)} }} {' '.join(step.group)} }}"
    for row in _records(select(query, 20 * _ROWS)):
        if "from" in row and "to" in row:
            yield row["from"], row["to"], list(_triples(step, row, ground, select))
