"""The painter: has pictures drawn by a process that can be killed, and keeps that process for the next picture."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Self

from kg.charts.picture import Picture
from kg.charts.sheet import sheet
from kg.engine.isolation import network_filter
from kg.errors import BusyError, ChartError, KGError, QueryMemoryError, QueryTimeoutError

_HEADER, _LENGTH = 5, 4
_MEMORY = 3 * 2**29  # bytes; the converter asks the system for 600 MB at its start, and uses 150 of them
_WORN = 100  # pictures after which the process is replaced
_PROGRAM = (
    "import sys; from kg.charts.worker import main; "
    "main(int(sys.argv[1]), int(sys.argv[2]), bytes.fromhex(sys.argv[3]))"
)


class Painter:
    """Draws one picture at a time, each in `time_limit` seconds at most. Others wait `patience` seconds for their turn.

    Safe for threads. The process starts with the first picture (a second) and stays for the next ones.
    """

    def __init__(self, *, time_limit: float = 15.0, patience: float = 10.0, memory: int = _MEMORY) -> None:
        self._time_limit = time_limit
        self._patience = patience
        self._memory = memory
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._drawn = 0
        self._closed = False

    def svg(self, picture: Picture) -> bytes:
        """The picture as SVG. ChartError where it cannot be drawn, QueryTimeoutError, QueryMemoryError, BusyError."""
        return self._paint(picture, None)

    def png(self, picture: Picture, scale: float = 2.0) -> bytes:
        """The picture as PNG, `scale` dots for each pixel. Raises as `svg`."""
        return self._paint(picture, scale)

    def _paint(self, picture: Picture, scale: float | None) -> bytes:
        if not self._turn.acquire(timeout=self._patience):
            raise BusyError("too many pictures are being drawn; try again in a moment", retry_after=5)
        try:
            deadline = time.monotonic() + self._time_limit
            whole = sheet(picture, self._drawing(picture, deadline))
            if scale is None:
                return whole.encode()
            return self._ask({"do": "png", "svg": whole, "scale": scale}, deadline)
        finally:
            self._turn.release()

    def _drawing(self, picture: Picture, deadline: float) -> str:
        drawing = picture.drawing
        if isinstance(drawing.spec, str):
            land = b""
            if drawing.outlines is not None:
                size = {"width": drawing.width, "height": drawing.height}
                land = self._ask({"do": "land", "box": drawing.outlines, **size}, deadline)
            return land.decode() + drawing.spec
        if drawing.language == "network":
            size = {"width": drawing.width, "height": drawing.height}
            return self._ask({"do": "network", "spec": drawing.spec, **size}, deadline).decode()
        return self._ask({"do": "svg", "spec": drawing.spec}, deadline).decode()

    def _ask(self, request: Mapping[str, Any], deadline: float) -> bytes:
        process = self._running()
        data = json.dumps(request).encode()
        try:
            self._write(process, len(data).to_bytes(_LENGTH, "big") + data, deadline)
            header = self._read(process, _HEADER, deadline)
            answer = self._read(process, int.from_bytes(header[1:], "big"), deadline)
        except BaseException:
            self._end()
            raise
        if header[:1] == b"E":
            raise ChartError(f"the picture cannot be drawn: {answer.decode()}")
        self._drawn += 1
        if self._drawn >= _WORN:
            self._end()
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise BusyError("the server is stopping; try again in a moment")
        if self._process is None or self._process.poll() is not None:
            self._end()
            arguments = [str(os.getpid()), str(self._memory), network_filter().hex()]
            self._process = subprocess.Popen(  # noqa: S603 -- our own program, our own arguments
                [sys.executable, "-P", "-c", _PROGRAM, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    os.set_blocking(pipe.fileno(), False)
            self._drawn = 0
        return self._process

    def _write(self, process: subprocess.Popen[bytes], data: bytes, deadline: float) -> None:
        pipe = process.stdin.fileno() if process.stdin else -1
        while data:
            if not select.select([], [pipe], [], max(0.0, deadline - time.monotonic()))[1]:
                raise self._late()
            with suppress(BlockingIOError):
                try:
                    data = data[os.write(pipe, data) :]
                except BrokenPipeError:
                    raise self._died() from None

    def _read(self, process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
        pipe = process.stdout.fileno() if process.stdout else -1
        pieces, missing = [], size
        while missing:
            if not select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise self._late()
            piece = os.read(pipe, missing)
            if not piece:
                raise self._died()
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)

    def _late(self) -> QueryTimeoutError:
        return QueryTimeoutError(
            f"the picture was not ready after {self._time_limit:g} seconds; ask for fewer rows, for instance with LIMIT"
        )

    def _died(self) -> KGError:
        if self._closed:
            return BusyError("the server is stopping; try again in a moment")
        return QueryMemoryError("the picture was given up because it took too much memory; ask for fewer rows")

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def close(self) -> None:
        """End the process. A picture under way fails."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
        with self._turn:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
