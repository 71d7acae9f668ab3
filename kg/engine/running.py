"""The queries under way: who asks, since when, and a way to stop each of them."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field
from typing import Protocol

from kg.engine.process import WorkerProcess, WorkerStoppedError

BY_STAFF = "the query was stopped by the staff of this server"
"""Why a query ended that staff did not want."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a query took: `seconds` from when it had a worker, `waited` before; `size` in bytes of the answer.

    `rows` is None where the format does not show them; `outcome` is `ok`, `left` (nobody wanted the rest), or the name
    of the error's class.
    """

    query: str
    seconds: float
    waited: float
    size: int
    rows: int | None
    outcome: str


class Asker(Protocol):
    """On whose behalf a query runs."""

    @property
    def name(self) -> str:
        """What staff see of the asker in the list of running queries."""

    def admit(self, running: Running) -> None:
        """Called before each query, which it may stop later. Raises QuotaError for who has to wait."""

    def finished(self, used: Used) -> None:
        """Called after each query, however it ended."""


@dataclass(slots=True, eq=False)
class Running:
    """A query under way. `number` is its name for `Register.stop`; `began` is on the monotonic clock.

    `stopped` says why it was stopped, for whoever asked it; empty where it was not.
    """

    number: int
    query: str
    asker: str
    began: float
    worker: WorkerProcess | None = None
    began_work: float | None = None
    stopped: str = ""
    size: int = 0
    rows: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def age(self) -> float:
        """Seconds since it was asked."""
        return time.monotonic() - self.began

    def attach(self, worker: WorkerProcess) -> None:
        """It has a worker now. WorkerStoppedError where it was stopped before that."""
        with self._lock:
            if self.stopped:
                raise WorkerStoppedError()
            self.worker, self.began_work = worker, time.monotonic()

    def detach(self) -> None:
        """It is done with its worker, which may from now on work for another query."""
        with self._lock:
            self.worker = None

    def stop(self, why: str = BY_STAFF) -> bool:
        """End it, or keep it from beginning. False when it is not at work (any more)."""
        with self._lock:
            self.stopped = why
            if self.worker is None:
                return False
            self.worker.stop()
            return True

    def used(self, outcome: str) -> Used:
        """What it took up to now."""
        now = time.monotonic()
        work = now if self.began_work is None else self.began_work
        return Used(self.query, now - work, work - self.began, self.size, self.rows, outcome)


class Register:
    """All queries under way in one engine. Safe for threads."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._running: dict[int, Running] = {}

    def begin(self, query: str, asker: str) -> Running:
        """A query comes in; `end` must follow."""
        running = Running(next(self._numbers), query, asker, time.monotonic())
        self._running[running.number] = running
        return running

    def end(self, running: Running) -> None:
        """A query is over."""
        self._running.pop(running.number, None)

    def all(self) -> list[Running]:
        """The queries under way, the oldest first."""
        return sorted(self._running.copy().values(), key=lambda running: running.number)

    def stop(self, number: int) -> bool:
        """End the query called `number`. False where there is none at work."""
        running = self._running.get(number)
        return running is not None and running.stop()
