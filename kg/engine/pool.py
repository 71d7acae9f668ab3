"""A pool of query workers on one store: at most so many queries at a time, each in a process that can be killed.

Most queries take milliseconds, and some take as long as they are let. So that a few of those do not keep all others
waiting there are two kinds of places: each query begins in a quick one, and who is still at work after a moment moves
to a long one, if one is free, and steps back behind the others, if there are others. Nobody needs to say beforehand
which kind a query is.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from kg.engine.process import WorkerProcess, WorkerStoppedError
from kg.errors import BusyError

_STARTERS = 4  # threads that start workers
SLOW = 0.15
"""Seconds after which a query is a long one."""


class Pool:
    """At most `size` quick workers and `long` long ones on the store in folder `store`; at most `queue` wait for one.

    They start when they are needed (35 ms) and then stay. A worker that was killed, died or is worn leaves, and the
    next query starts another. Safe for threads.
    """

    def __init__(self, store: Path, size: int, memory_limit: int, *, long: int = 0, queue: int = 1000) -> None:
        self.store = store
        self._memory_limit = memory_limit
        self._slots = threading.BoundedSemaphore(size)
        self._long = threading.BoundedSemaphore(long) if long else None
        self._queue = queue
        self._most_idle = size
        self._waiting = 0
        self._lock = threading.Lock()
        self._idle: deque[WorkerProcess] = deque()
        self._busy: set[WorkerProcess] = set()
        self._stay: set[WorkerProcess] = set()  # those of the busy ones that have a long place
        self._keeps_idle = True
        self._closed = False
        # Workers die with the thread that started them (see `die_with_parent`), and threads of a web server come and
        # go. These live as long as the pool.
        self._starter = ThreadPoolExecutor(_STARTERS, thread_name_prefix="query-worker-starter")

    @contextmanager
    def worker(self, patience: float | None) -> Iterator[WorkerProcess]:
        """A worker for one query. BusyError when none is free after `patience` seconds, too many wait already, or the
        pool is closed. Without `patience`: one that stands idle at this moment, or BusyError."""
        if patience is None:
            self._hurry()
        else:
            self._wait(patience)
        place: threading.Semaphore = self._slots

        def move_to_long() -> None:
            nonlocal place
            if self._long is not None and self._long.acquire(blocking=False):
                with self._lock:
                    self._stay.add(worker)
                    alone = len(self._busy) == 1
                if not alone:
                    worker.step_back()
                place.release()
                place = self._long

        try:
            worker = self._take()
            worker.when_slow(SLOW, move_to_long)
            try:
                yield worker
            except WorkerStoppedError:
                raise BusyError("the server is stopping; try again in a moment") from None
            finally:
                self._give_back(worker)
        finally:
            place.release()

    def _hurry(self) -> None:
        """Take a quick place if it is free and a worker is there for it."""
        if not self._idle or not self._slots.acquire(blocking=False):
            raise BusyError("no query worker stands idle")

    def _wait(self, patience: float) -> None:
        """Take a quick place."""
        if self._slots.acquire(blocking=False):
            return
        with self._lock:
            if self._waiting >= self._queue:
                raise BusyError(f"all query workers are busy and {self._queue} queries wait; try again in a moment", 5)
            self._waiting += 1
        try:
            if not self._slots.acquire(timeout=patience):
                raise BusyError("all query workers are busy; try again in a moment")
        finally:
            with self._lock:
                self._waiting -= 1

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return self._waiting

    def _take(self) -> WorkerProcess:
        worker = self._idle_one()
        if worker is None:  # not under the lock: with a busy machine a start takes longer than many queries
            try:
                starting = self._starter.submit(WorkerProcess, self.store, self._memory_limit)
            except RuntimeError:  # the pool was closed in between
                raise BusyError("the server is stopping; try again in a moment") from None
            worker = starting.result()
        with self._lock:
            closed = self._closed
            if not closed:
                self._busy.add(worker)
            stay = tuple(self._stay)
        if closed:
            worker.close()
            raise BusyError("the server is stopping; try again in a moment")
        for long in stay:  # one that was alone had no reason to step back; now there is one
            long.step_back()
        return worker

    def _idle_one(self) -> WorkerProcess | None:
        """An idle worker that still lives: the system may have ended it in the meantime."""
        with self._lock:
            if self._closed:
                raise BusyError("the server is stopping; try again in a moment")
            while self._idle:
                worker = self._idle.pop()
                if worker.alive:
                    return worker
                worker.close()
        return None

    def _give_back(self, worker: WorkerProcess) -> None:
        with self._lock:
            self._busy.discard(worker)
            self._stay.discard(worker)
            if worker.reusable and self._keeps_idle and len(self._idle) < self._most_idle:
                self._idle.append(worker)
                return
        worker.close()

    def retire(self) -> None:
        """Keep no idle workers from now on: those at work end with their query."""
        with self._lock:
            self._keeps_idle = False
            idle, self._idle = self._idle, deque()
        for worker in idle:
            worker.close()

    def close(self) -> None:
        """End all workers at once. Queries under way fail with BusyError."""
        with self._lock:
            self._closed = True
            busy = tuple(self._busy)
        self.retire()
        for worker in busy:
            worker.stop()
        self._starter.shutdown()
