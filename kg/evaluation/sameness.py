"""Whether a thing of the graph is the thing of the gold file, and how sure that is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from kg.evaluation.statements import Statements

Gold = Mapping[str, Any]
"""One entry of a gold file."""

_SPELLINGS = (
    ("labour", "labor"),
    ("viet nam", "vietnam"),
    ("programme", "program"),
    ("organisation", "organization"),
)


def normalise(text: str) -> str:
    """A name without what does not matter: case, diacritics, punctuation, a leading article, British spelling.

    >>> normalise("The Việt Nam Labour Organisation’s")
    'vietnam labor organization'
    """
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    text = re.sub(r"[’']s\b", "", text)
    text = re.sub(r"[^\w%]+", " ", text).strip()
    text = re.sub(r"^(the|a|an) ", "", text)
    for british, american in _SPELLINGS:
        text = text.replace(british, american)
    return text


def place_key(text: str) -> str:
    """A place's name without its rank: `Can Tho City` and `Cần Thơ` are one.

    >>> place_key("Can Tho City") == place_key("Cần Thơ")
    True
    """
    return re.sub(r"\b(province|city|city of|district)\b|\s", "", normalise(text))


def identifier(entry: Gold, index: int) -> str:
    """How an entry is called in its gold file; entries without an id are called by their place in the list."""
    return str(entry.get("id", index))


def pairs(category: str, gold: Sequence[Gold], graph: Statements) -> dict[str, str]:
    """The best pairs of one gold entry and one entity each: the entry's identifier to the entity."""
    scored = [
        (score, identifier(entry, index), entity)
        for index, entry in enumerate(gold)
        for entity in graph.entities(category)
        if (score := similarity(category, entry, graph, entity))
    ]
    found: dict[str, str] = {}
    used: set[str] = set()
    for _, entry_id, entity in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if entry_id not in found and entity not in used:
            found[entry_id] = entity
            used.add(entity)
    return found


def similarity(category: str, entry: Gold, graph: Statements, entity: str) -> float:
    """0 where the two are not the same thing, else how sure it is, up to 1."""
    if category == "statistics":
        return _statistic(entry, graph, entity)
    gold_names = [name for name in (entry.get("name"), *entry.get("aliases", ())) if name]
    names = [(normalise(a), normalise(b)) for a in gold_names for b in graph.names.get(entity, ())]
    if any(a == b for a, b in names):
        return 1.0
    # The loose measure takes a name that is part of a longer one; short names would match too much by it.
    strict = _best(names, fuzz.token_sort_ratio, longer_than=6)
    loose = _best(names, fuzz.token_set_ratio, longer_than=12)
    if category in ("organisations", "persons"):
        return strict if strict >= 0.88 else 0.0
    if category == "events":
        return _event(entry, graph, entity, max(strict, loose))
    if category == "instruments" and entry.get("identifier"):
        identifiers = {normalise(text) for text in graph.texts(entity, "identifier")}
        if normalise(entry["identifier"]) in identifiers:
            return 1.0
    score = max(strict, 0.9 * loose)
    return score if score >= 0.75 else 0.0


def _best(names: Sequence[tuple[str, str]], ratio: Callable[[str, str], float], longer_than: int) -> float:
    return max((ratio(a, b) / 100 for a, b in names if min(len(a), len(b)) > longer_than), default=0.0)


def _event(entry: Gold, graph: Statements, entity: str, name: float) -> float:
    same_day = bool(entry.get("start")) and entry["start"] in graph.texts(entity, "start")
    same_kind = entry.get("kind", "Event") in graph.types[entity]
    score = 0.55 * name + 0.3 * same_day + 0.15 * same_kind
    return score if score >= 0.55 or name >= 0.85 else 0.0


def _statistic(entry: Gold, graph: Statements, entity: str) -> float:
    value = float(entry["value"])
    near = 1e-6 + 0.002 * abs(value)
    if not any(abs(float(text) - value) <= near for text in graph.texts(entity, "value")):
        return 0.0
    units = graph.texts(entity, "unit")
    want = str(entry.get("unit") or "")
    if re.fullmatch(r"[A-Z]{3}", want):
        return 1.0 if want in units else 0.0
    alike = [fuzz.token_set_ratio(normalise(want), normalise(unit)) / 100 for unit in units]
    loose = max(alike, default=0.0)
    if want.startswith("percent"):
        return 0.7 + 0.3 * loose if any(unit.startswith("percent") for unit in units) else 0.0
    wanted = _stems(want)
    shared = max((len(wanted & _stems(unit)) / max(1, len(wanted)) for unit in units), default=0.0)
    return 0.5 + 0.5 * max(shared, loose) if shared > 0 or loose >= 0.7 else 0.0


def _stems(text: str) -> set[str]:
    words = {re.sub(r"(ies|es|s)$", "", word) for word in normalise(text).split() if len(word) > 2}
    return words - {"the", "and", "for", "people"}
