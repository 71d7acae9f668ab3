"""Whether the saved queries have changed, so that an answer that is kept is not given for another one.

Other processes change them, too: the command line, other servers on the same database. A thread looks each second.
"""

from __future__ import annotations

import threading
from typing import Any

from kg.errors import KGError
from kg.saved import Library

_SECONDS = 1.0


class Changes:
    """`state` is another one after each change: at once after `look`, at the latest a second after others' changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._stop = threading.Event()
        self.state: Any = library.state()
        self._thread = threading.Thread(target=self._watch, name="changes", daemon=True)
        self._thread.start()

    def look(self) -> None:
        """See what has changed. Where the database does not answer, nothing has."""
        try:
            self.state = self._library.state()
        except KGError:
            return

    def close(self) -> None:
        """Look no more."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_SECONDS):
            self.look()
