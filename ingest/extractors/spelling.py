"""Spellings: the form in which names are compared, and names as one line."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.annotators.gazetteer import fold

VARIANTS = (
    ("labour", "labor"),
    ("viet nam", "vietnam"),
    ("organisation", "organization"),
    ("programme", "program"),
    ("centre", "center"),
)
IDLE = frozenset({"the", "and", "of", "for", "a"})
"""Words that names gain and lose."""


@lru_cache(maxsize=20_000)
def normal(name: str) -> str:
    """The form in which names are compared: folded, one spelling, without articles, signs and "and".

    >>> normal("The Centre for Labour")
    'center labor'
    """
    text = fold(name)
    for one, other in VARIANTS:
        text = text.replace(one, other)
    text = re.sub(r"'s\b", "", text)
    return " ".join(w for w in re.sub(r"[^\w]+", " ", text).split() if w not in IDLE)


def one_line(name: str) -> str:
    """A name with single spaces where the text breaks the line."""
    return re.sub(r"\s+", " ", name)
