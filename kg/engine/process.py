"""A query worker seen from the engine: a process that is asked, listened to until a deadline, and killed."""

from __future__ import annotations

import fcntl
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.engine.isolation import network_filter
from kg.engine.worker import HEADER, LENGTH
from kg.errors import QueryError, QueryMemoryError, QueryTimeoutError

_PROGRAM = Path(__file__).with_name("worker.py")
_PIPE = 2**20  # bytes; room for the worker to run ahead of who reads
_GRACE = 5.0  # seconds of processor time that a worker gets beyond its limit before the system ends it
_F_SETPIPE_SZ = 1031
_write_json = json.JSONEncoder(check_circular=False).encode
_STEPPED_BACK = 15  # niceness: a 28th of what a process without has
TOO_MUCH_MEMORY = (
    "the query was stopped because it took too much memory; ask for less at a time, for instance without ORDER BY "
    "or with more of the pattern given"
)
"""What to say when a worker dies: nearly always its memory limit, and a deeply nested query is told the same."""


WAITING = b"W"
"""Kind of the frame that says: from now on there is something to wait for. It comes from no worker."""


class WorkerStoppedError(Exception):
    """The worker was ended by its own engine, which is closing."""


class WorkerProcess:
    """One worker. It is used by one thread at a time; only `kill` may come from another.

    `reusable` is False while an answer is under way, and for ever once it was cut or the worker is worn.
    """

    def __init__(self, store: Path, memory_limit: int) -> None:
        # -P: the folder of the script must not come before the standard library.
        self._process = subprocess.Popen(  # noqa: S603 -- our own program, our own arguments
            [
                sys.executable,
                "-P",
                str(_PROGRAM),
                str(store),
                str(memory_limit),
                str(os.getpid()),
                network_filter().hex(),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        if not (self._process.stdin and self._process.stdout):
            raise QueryError("a query worker has no pipes")
        self._requests = self._process.stdin
        self._answers = self._process.stdout.fileno()
        if sys.platform == "linux":
            fcntl.fcntl(self._answers, _F_SETPIPE_SZ, _PIPE)
        self._poll = select.poll()
        self._poll.register(self._answers, select.POLLIN)
        self._received = bytearray()
        self._stopped = False
        self._slow_at: float | None = None
        self._slow: Callable[[], None] = lambda: None
        self._renice = False
        self._prefixes: Mapping[str, str] | None = None  # those that the worker knows
        self.reusable = True

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    @property
    def answers(self) -> int:
        """The descriptor that its answers come from: readable once there is something to read."""
        return self._answers

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def when_slow(self, after: float, call: Callable[[], None]) -> None:
        """Have `call` called once, by the thread that reads, if the worker is still at it `after` seconds from now."""
        self._slow_at, self._slow = time.monotonic() + after, call

    def step_back(self) -> None:
        """Work on with less of the processors where others want them. Any thread may ask for it, and more than once."""
        if self._renice:
            return
        with suppress(OSError):  # it has just died
            os.setpriority(os.PRIO_PROCESS, self.pid, _STEPPED_BACK)
            self._renice = True

    def ask(
        self, request: Mapping[str, Any], seconds: float, first_seconds: float | None = None, *, announce: bool = False
    ) -> Iterator[tuple[bytes, bytes]]:
        """Send a request, then yield the frames of its answer up to the end or the error (see `kg.engine.worker`).

        The time counts from the call to the last frame, and whoever reads slowly uses it up; the first piece of the
        answer must come within `first_seconds`. QueryTimeoutError when the time is over, QueryMemoryError when the
        worker dies; either way the worker is gone. With `announce` an empty frame WAITING comes once the request is
        sent, before the first wait.
        """
        self.reusable = False
        began = time.monotonic()
        waits = min(seconds, first_seconds or seconds)
        known = request["prefixes"] is self._prefixes
        self._prefixes = request["prefixes"]
        asked = {**request, "seconds": seconds + _GRACE}
        data = _write_json({**asked, "prefixes": None} if known else asked).encode()
        with suppress(BrokenPipeError):  # it died before; what it wrote last says why
            self._requests.write(LENGTH.pack(len(data)) + data)
        if announce:
            yield WAITING, b""
        while True:
            kind, length = HEADER.unpack(self._read(HEADER.size, began, waits))
            payload = self._read(length, began, waits)
            if kind == b"D":
                waits = seconds
            elif kind == b"Z":
                self.reusable = not json.loads(payload).get("worn") and self._stepped_forward()
            elif kind == b"E":
                self.reusable = json.loads(payload)["kind"] not in {"store", "memory"}
            yield kind, payload
            if kind in b"ZE":
                return

    def _read(self, size: int, began: float, seconds: float) -> bytes:
        while len(self._received) < size:
            now = time.monotonic()
            if self._slow_at is not None and now >= self._slow_at:
                self._slow_at = None
                self._slow()
            left = began + seconds - now
            wait = left if self._slow_at is None else min(left, self._slow_at - now)
            if left <= 0 or not self._poll.poll(wait * 1000):
                if left > wait:
                    continue  # it is slow now, and not late
                self.kill()
                raise QueryTimeoutError(
                    f"the query was stopped after {seconds:g} seconds; ask for less, for instance with LIMIT"
                )
            piece = os.read(self._answers, _PIPE)
            if not piece:
                raise self._death()
            self._received += piece
        data = bytes(self._received[:size])
        del self._received[:size]
        return data

    def _stepped_forward(self) -> bool:
        """Take the full part of the processors again. False where the system does not allow it."""
        if self._renice:
            try:
                os.setpriority(os.PRIO_PROCESS, self.pid, os.getpriority(os.PRIO_PROCESS, 0))
            except OSError:
                return False
            self._renice = False
        return True

    def _death(self) -> Exception:
        if self._stopped:
            return WorkerStoppedError()
        self.kill()
        return QueryMemoryError(TOO_MUCH_MEMORY)

    def kill(self) -> None:
        """End the process, whatever it does, and take leave of it, so that no zombie stays."""
        self.reusable = False
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """As `kill`; a thread that reads the worker's answer gets WorkerStoppedError."""
        self._stopped = True
        self.kill()

    def close(self) -> None:
        """End the process and free its pipes. Nobody may read its answer any more."""
        self.stop()
        self._requests.close()
        if self._process.stdout:
            self._process.stdout.close()
