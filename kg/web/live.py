"""The releases that are being served and the engine on the store of each: one view a request.

The current one has the whole pool of query workers. Older ones are opened when a link asks for one, with a small pool;
a few stay open, and the one that nobody asked for in the longest time is closed first.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from kg.engine import Engine, Running
from kg.engine.isolation import fair_memory
from kg.engine.running import Register
from kg.errors import BusyError, DataFolderError
from kg.namespaces import DEFAULT_BASE
from kg.release import Release, current_release, find_release

_OPEN = 3
"""Older releases that are open at a time."""
_SMALL = {"workers": 1, "long_workers": 1}

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class View:
    """A release and the engine on its store. A request keeps its view, so all of a page is of one release."""

    release: Release
    engine: Engine
    _memory: dict[str, Any] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The IRI that the addresses of this installation's things begin with; empty where the data are of others."""
        return str(self.release.manifest.get("base", DEFAULT_BASE))

    def remember(self, name: str, find: Callable[[], Value]) -> Value:
        """What `find` gives, asked once a release: a release never changes."""
        if name not in self._memory:
            self._memory[name] = find()
        value: Value = self._memory[name]
        return value


class Live:
    """Follows `current` of the data folder. `limits` are the keyword arguments of `Engine`. Safe for threads."""

    def __init__(self, data: Path, limits: Mapping[str, Any]) -> None:
        self._data = data
        self._link = str(data / "current")
        self._limits = limits
        self._lock = threading.Lock()
        self._target = ""
        self._view: View | None = None
        self._older: OrderedDict[int, View] = OrderedDict()
        self._register = Register()
        self._closed = False

    def view(self) -> View:
        """The view of the current release. It costs one system call where nothing has changed.

        MissingReleaseError while there is none; a new release that cannot be read leaves the old one in place.
        """
        try:
            target = os.readlink(self._link)  # noqa: PTH115 -- a path object would take longer than the call itself
        except OSError:
            target = ""
        view = self._view
        if view is not None and target in {self._target, ""}:
            return view
        with self._lock:
            self._refuse_closed()
            if self._view is None or target != self._target:
                self._view = self._move(target)
            return self._view

    def view_of(self, number: int) -> View:
        """The view of the release `number`, which may be the current one.

        UnknownReleaseError where there is no such release, or not any more.
        """
        current = self.view()
        if number == current.release.number:
            return current
        with self._lock:
            self._refuse_closed()
            view = self._older.get(number)
            if view is not None and not view.release.store.is_dir():
                self._older.pop(number).engine.retire()  # it was removed meanwhile
                view = None
            if view is None:
                release = find_release(self._data, number)
                view = self._older[number] = View(release, self._open(release, self._small_limits()))
            self._older.move_to_end(number)
            while len(self._older) > _OPEN:
                _, gone = self._older.popitem(last=False)
                gone.engine.retire()
            return view

    def _open(self, release: Release, limits: Mapping[str, Any]) -> Engine:
        return Engine(release.store, register=self._register, **limits)

    def _small_limits(self) -> dict[str, Any]:
        limits = {**self._limits, **_SMALL}
        if limits.get("memory_limit") is None:
            # A query on an older release may take what one on the current release may, not a share among fewer.
            whole = sum(int(self._limits.get(name, 0)) for name in _SMALL)
            limits["memory_limit"] = fair_memory(max(whole, 1) + _OPEN * sum(_SMALL.values()))
        return limits

    def _refuse_closed(self) -> None:
        if self._closed:
            raise BusyError("the server is stopping; try again in a moment")

    def _move(self, target: str) -> View:
        old = self._view
        try:
            release = current_release(self._data)
        except DataFolderError:
            if old is None:
                raise
            view = old
        else:
            view = View(release, self._open(release, self._limits))
            if old is not None:
                old.engine.retire()
        self._target = target
        return view

    def _views(self) -> Iterator[View]:
        if self._view is not None:
            yield self._view
        yield from tuple(self._older.values())

    def running(self) -> list[Running]:
        """The queries under way on all releases."""
        return self._register.all()

    def stop(self, number: int) -> bool:
        """Stop a query. False where there is no such one at work."""
        return self._register.stop(number)

    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return sum(view.engine.waiting for view in self._views())

    def number(self) -> int:
        """The number of the current release, 0 where there is none."""
        return 0 if self._view is None else self._view.release.number

    def close(self) -> None:
        """End all workers. Queries under way and requests to come are told that the server is stopping."""
        with self._lock:
            self._closed = True
            for view in self._views():
                view.engine.close()
            self._view = None
            self._older.clear()
