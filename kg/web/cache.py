"""Answers that are kept in memory, up to so many bytes; those that nobody asked for in the longest time go first.

This is safe because a release never changes: its number and date are part of every key, so that an answer of an older
release is simply never found again and makes room in time.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

_OVERHEAD = 1024  # bytes that an entry takes besides its content, about
_PART = 8  # an entry may take this part of the whole, so that one large answer does not sweep out all others


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is sent: `status` such as `200 OK`, headers, body, and the ETag as If-None-Match has it."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    tag: str = ""


class Cache:
    """Answers by key, of `limit` bytes together. Safe for threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def largest(self) -> int:
        """The most bytes that one entry may have."""
        return self.limit // _PART

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Kept | None:
        """The answer, None where there is none. It counts as asked for."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        return kept

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keep an answer, unless it is too large."""
        size = _size(kept)
        if size > self.largest:
            return
        with self._lock:
            old = self._kept.pop(key, None)
            self.size += size - (0 if old is None else _size(old))
            self._kept[key] = kept
            while self.size > self.limit:
                _, gone = self._kept.popitem(last=False)
                self.size -= _size(gone)


def _size(kept: Kept) -> int:
    return _OVERHEAD + len(kept.body)
