"""Short names in IRIs, made of words or of content."""

from __future__ import annotations

import hashlib
import re

from ingest.annotators.gazetteer import fold


def slug(text: str, limit: int = 80) -> str:
    """Letters, digits and hyphens, cut at a word; never empty.

    >>> slug("The Alpha Institute’s Fund")
    'the-alpha-institute-fund'
    """
    plain = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]s\b", "", fold(text))).strip("-")
    if len(plain) > limit:
        cut = plain[:limit].rsplit("-", 1)[0]
        plain = f"{cut}-{digest(plain)[:6]}"
    return plain or digest(text)[:10]


def digest(*parts: str) -> str:
    """A short name for content: 16 hexadecimal digits."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
