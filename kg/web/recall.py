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

from kg.web.front import PRIVATE, Front, Reply

Headers = Iterable[tuple[bytes, bytes]]

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

    def get(self, url: bytes, headers: Headers) -> bytes | None:
        """The headers and the body of the answer to a GET; the status line and the Date come before them."""
        if not self._known:
            return None
        key = (self._front.state(), url, tuple(headers))
        found = self._known.get(key)
        if found is None:
            return None
        self._known.move_to_end(key)
        self._front.recalled(found[1])
        return found[0]

    def put(self, url: bytes, headers: Headers, reply: Reply) -> None:
        """Note a whole answer to a GET that the front gave from its memory."""
        listed = tuple(headers)
        state = self._front.state()
        if state is None or len(reply.body) > _LARGEST or any(name in _NEVER for name, _ in listed):
            return
        head = b"".join(f"{name.lower()}: {value}\r\n".encode("latin-1") for name, value in reply.headers)
        whole = head + b"\r\n" + reply.body
        old = self._known.pop((state, url, listed), None)
        self._known[state, url, listed] = whole, len(reply.body)
        self._size += len(whole) - (0 if old is None else len(old[0]))
        while self._size > _WHOLE or len(self._known) > _MOST:
            _, (gone, _) = self._known.popitem(last=False)
            self._size -= len(gone)
