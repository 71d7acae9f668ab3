"""Large answers on their way out: the query fills a temporary file as fast as it can, and who asked reads behind it.

So the first bytes leave early, a slow reader keeps no query worker waiting, and memory does not grow with the answer.
A query that fails half way leaves a `Spool` whose reading raises: the server then breaks the connection before the last
chunk, and every client can tell that it has not got the whole.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator

SPOOL = "accord.spool"
"""Key of the environment of a request where the application puts the `Spool` of its answer, for the server to fill."""
STREAMS = "accord.streams"
"""Key of the environment that a server sets which can break off an answer in a way that the client notices."""

_PIECE = 2**18


class Spool:
    """The rest of an answer after `beginning`, from `pieces`. One thread fills it, another one may read meanwhile."""

    def __init__(self, beginning: Iterable[bytes], pieces: Iterator[bytes], close: Callable[[], None]) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 -- it is closed in `close`
        self._pieces = pieces
        self._close = close
        self._changed = threading.Condition()
        self._tell: Callable[[], None] = lambda: None
        self._at_close: list[Callable[[], None]] = []
        self.size = 0
        self.filled = False
        self.error: Exception | None = None
        for piece in beginning:
            self._write(piece)

    def fill(self) -> None:
        """Read all pieces. An error among them ends it, and is raised where the spool is read."""
        try:
            for piece in self._pieces:
                self._write(piece)
        except Exception as error:  # whatever it is, it belongs to who reads
            self.error = error
        finally:
            self._close()
            with self._changed:
                self.filled = True
                self._changed.notify_all()
            self._tell()

    def when_more(self, tell: Callable[[], None]) -> None:
        """Have `tell` called, by the thread that fills, each time there is more to read, and at the end."""
        self._tell = tell

    def read(self, start: int) -> bytes | None:
        """A piece of what is there from byte `start` on; empty where the rest is yet to come, None at the end.

        Raises the error in which the answer ended, once all before it was read.
        """
        filled = self.filled  # asked first: what comes between the two questions is found by the next call
        if start < self.size:
            return os.pread(self._file.fileno(), min(_PIECE, self.size - start), start)
        if not filled:
            return b""
        if self.error is not None:
            raise self.error
        return None

    def __iter__(self) -> Iterator[bytes]:
        start = 0
        while (piece := self.read(start)) is not None:
            start += len(piece)
            if piece:
                yield piece
            else:
                with self._changed:
                    while not self.filled and self.size <= start:
                        self._changed.wait()

    def close(self) -> None:
        """Free the file, and the query if it is still at work. Only after `fill` has ended, or in place of it."""
        if not self.filled:
            self.filled = True
            self._close()
        self._file.close()
        for call in self._at_close:
            call()

    def at_close(self, call: Callable[[], None]) -> None:
        """Have `call` called once nobody reads any more."""
        self._at_close.append(call)

    def _write(self, piece: bytes) -> None:
        view = memoryview(piece)
        while view:
            view = view[os.write(self._file.fileno(), view) :]
        with self._changed:
            self.size += len(piece)
            self._changed.notify_all()
        self._tell()
