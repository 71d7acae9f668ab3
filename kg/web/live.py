"""The release that is being served and the engine on its store: one view a request, a new view after each build."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from kg.engine import Engine, Running
from kg.errors import BusyError, DataFolderError
from kg.namespaces import DEFAULT_BASE
from kg.release import Release, current_release

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
            if self._closed:
                raise BusyError("the server is stopping; try again in a moment")
            if self._view is None or target != self._target:
                self._view = self._move(target)
            return self._view

    def _move(self, target: str) -> View:
        old = self._view
        try:
            release = current_release(self._data)
        except DataFolderError:
            if old is None:
                raise
            view = old
        else:
            view = View(release, Engine(release.store, **self._limits))
            if old is not None:
                old.engine.retire()
        self._target = target
        return view

    def running(self) -> list[Running]:
        """The queries under way. Those of a release that is being left are not among them."""
        return [] if self._view is None else self._view.engine.running.all()

    def stop(self, number: int) -> bool:
        """Stop a query. False where there is no such one at work."""
        return self._view is not None and self._view.engine.running.stop(number)

    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return 0 if self._view is None else self._view.engine.waiting

    def number(self) -> int:
        """The number of the release, 0 where there is none."""
        return 0 if self._view is None else self._view.release.number

    def close(self) -> None:
        """End all workers. Queries under way and requests to come are told that the server is stopping."""
        with self._lock:
            self._closed = True
            if self._view is not None:
                self._view.engine.close()
                self._view = None
