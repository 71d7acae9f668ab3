"""Answers as they went over the wire, for a request that comes again byte for byte: the fastest there is.

`kg.web.front` keeps answers by what they depend on, and to find that out takes longer than to send a small one. A
program that asks the same again sends the same bytes, so its second request is noted here with the bytes of the answer,
and the third is answered before anything else looks at it. Only what the front gave from its own memory gets here; the
state of the site (release, saved queries) is a part of the key, so that nothing outlives a change.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from kg.web.front import PRIVATE, Front, State

Headers = tuple[tuple[bytes, bytes], ...]
"""Those of a request as they came, the names in lower case."""

_MOST = 4_000  # answers
_LARGEST = 64 * 1024  # bytes of one
_WHOLE = 32 * 2**20  # bytes of all
_NEVER = frozenset(name.removeprefix("HTTP_").replace("_", "-").lower().encode() for name in PRIVATE) | {
    b"if-none-match",
    b"connection",
    b"expect",
    b"upgrade",
    b"transfer-encoding",
    b"content-length",
}


class Recall:
    """What `front` answered from memory. To be used by one thread, that of the event loop."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._known: OrderedDict[Any, tuple[bytes, int]] = OrderedDict()
        self._size = 0

    def get(self, state: State, url: bytes, headers: Headers) -> bytes | None:
        """The headers and the body of the answer to a GET; the status line and the Date come before them."""
        key = (state, url, headers)
        found = self._known.get(key)
        if found is None:
            return None
        self._known.move_to_end(key)
        self._front.count(found[1], 0.0, cached=True)
        return found[0]

    def put(self, state: State, url: bytes, headers: Headers, head: bytes, body: bytes) -> None:
        """Note a whole answer to a GET: its headers as they are written, with the empty line, and its body."""
        if len(body) > _LARGEST or not is_plain(headers):
            return
        key, whole = (state, url, headers), head + body
        old = self._known.pop(key, None)
        self._known[key] = whole, len(body)
        self._size += len(whole) - (0 if old is None else len(old[0]))
        while self._size > _WHOLE or len(self._known) > _MOST:
            _, (gone, _) = self._known.popitem(last=False)
            self._size -= len(gone)


def is_plain(headers: Headers) -> bool:
    """Whether a request with these headers may be answered without a look at what they say."""
    return not any(name in _NEVER for name, _ in headers)


def written(headers: Iterable[tuple[str, str]]) -> bytes:
    """Headers of an answer as they go over the wire."""
    return b"".join(f"{name.lower()}: {value}\r\n".encode("latin-1") for name, value in headers)
