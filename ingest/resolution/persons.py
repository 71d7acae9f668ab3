"""IRIs of persons: the parts of the name, without their order, hyphens and diacritics."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import permutations

from ingest.annotators.gazetteer import fold
from ingest.extractors.persons import signature
from ingest.model import Entity, Findings
from ingest.resolution.slugs import slug
from ingest.resolution.statements import Key

MOST_PARTS = 5
"""Longer names are compared as they are."""


def person_slugs(corpus: Sequence[Findings]) -> Mapping[Key, str]:
    """The slug of every person. Names that join or part their words otherwise ("Min-seo", "Min Seo") are one."""
    spelled = {(f.text.document, e.key): person_slug(e) for f in corpus for e in f.entities if e.type == "Person"}
    alike: dict[str, list[str]] = defaultdict(list)
    for one in sorted(set(spelled.values()), key=lambda s: (-s.count("-"), s)):
        alike["".join(sorted(one.replace("-", "")))].append(one)
    kept: dict[str, str] = {}
    for names in alike.values():
        for name in names:
            kept[name] = next((other for other in names if other in kept and _joined(name, other)), name)
    return {key: kept[name] for key, name in spelled.items()}


def person_slug(e: Entity) -> str:
    """Sorted parts of the best name."""
    words = [w for w in re.sub(r"[^\w ]", "", fold(re.sub(r"[-‑]", "", e.names[0]))).split() if len(w) > 1]
    # Vietnamese "D" is written "Dz" for readers who would else say "Z".
    plain = [re.sub(r"^dz(?=[aeiouy])", "d", w) for w in words]
    return "-".join(sorted(plain)) or slug(signature(e.names[0]))


def _joined(one: str, other: str) -> bool:
    """Whether two names are the same letters when their parts are put together in some order."""
    parts, others = one.split("-"), other.split("-")
    if max(len(parts), len(others)) > MOST_PARTS:
        return False
    forms = {"".join(order) for order in permutations(parts)}
    return any("".join(order) in forms for order in permutations(others))
