"""The web server: uvicorn, in one process, which starts the query workers.

One process and not several, because the limits (so many queries at a time) are those of one pool, and because the
work is done in the query workers. They die with this process, however it ends, so that nothing stays behind.
"""

from __future__ import annotations

import asyncio
import errno
import gc
import signal
import socket
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kg.errors import ServeError
from kg.web.gateway import Gateway

_PATIENCE = 3  # seconds that a stopping server gives to the requests under way
_HEAD_SECONDS = 20.0
_HEAD_BYTES = 256 * 1024
_CONNECTIONS = 2000
_COLLECT = 20_000  # new objects before the garbage is looked for; a request makes some hundreds
_SWITCH = 0.001  # seconds after which a busy thread lets another one run: the one that answers all others


class _Protocol(HttpToolsProtocol):
    """HTTP that gives the head of a request so many seconds and bytes: nobody may hold a connection for nothing."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._head = 0
        self._in_head = True
        self._deadline = self.loop.call_later(_HEAD_SECONDS, transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        self._deadline.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._in_head:
            self._head += len(data)
            if self._head > _HEAD_BYTES:
                self.transport.write(_TOO_LONG)
                self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if not self._in_head:
            self._in_head = True
            self._deadline = self.loop.call_later(_HEAD_SECONDS, self.transport.abort)

    def on_headers_complete(self) -> None:
        self._deadline.cancel()
        self._head, self._in_head = 0, False
        if not self._answered():
            super().on_headers_complete()

    def _answered(self) -> bool:
        """Send the answer if it is at hand. False where it is not."""
        if self.parser.get_method() != b"GET" or self.parser.get_http_version() != "1.1":
            return False
        if self.cycle is not None and not self.cycle.response_complete:  # its turn comes later
            return False
        if self.flow.write_paused:  # the client asks and does not read
            return False
        client = self.client[0] if self.client else ""
        answer = cast(Gateway, self.app).at_hand(self.url, self.headers, client)
        if answer is None:
            return False
        date = b"".join(b"%b: %b\r\n" % header for header in self.server_state.default_headers)
        self.transport.write(b"HTTP/1.1 200 OK\r\n" + date + answer)
        self.cycle = _ANSWERED
        self.on_response_complete()
        return True


class _Answered:
    """In place of the cycle of a request that has its answer already."""

    response_complete = True
    message_event = asyncio.Event()


_ANSWERED = cast(RequestResponseCycle, _Answered())
_TOO_LONG_TEXT = b"The address or the headers are too long; use POST for a query.\n"
_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Length: %d\r\nConnection: close\r\n\r\n%b" % (len(_TOO_LONG_TEXT), _TOO_LONG_TEXT)
)


class _Server(uvicorn.Server):
    """Ends what is under way when it is told to stop, so that those who wait are told so."""

    def __init__(self, config: uvicorn.Config, stop: Callable[[], None], greeting: str) -> None:
        super().__init__(config)
        self._stop = stop
        self._greeting = greeting

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(self._greeting, flush=True)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        threading.Thread(target=self._stop, name="stop").start()  # it waits for locks
        super().handle_exit(sig, frame)


def run(gateway: Gateway, stop: Callable[[], None], host: str, port: int, greeting: str) -> None:
    """Serve until SIGINT or SIGTERM; `stop` is called then, in a thread. ServeError where it cannot listen.

    Prints `greeting` and the address once.
    """
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    shown = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 -- compared, not listened at
    shown = f"[{shown}]" if ":" in shown else shown
    config = uvicorn.Config(
        gateway,
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_PATIENCE,
    )
    sys.setswitchinterval(_SWITCH)
    gc.collect()
    gc.freeze()  # what is there now stays for ever, so nobody needs to look through it again
    gc.set_threshold(_COLLECT)
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            # Uvicorn raises the signal again at its end, for whoever stood here before.
            signal.signal(number, lambda *_: None)
    _Server(config, stop, f"{greeting} http://{shown}:{port}/ (stop it with Ctrl+C)").run([listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens at `port`, any free one for 0."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        return listening
    except OSError as error:
        if isinstance(error, socket.gaierror):
            raise ServeError(f"there is no address {host!r} to listen at; take another --host") from error
        if error.errno == errno.EADDRINUSE:
            raise ServeError(f"the port {port} is in use; take another one with --port") from error
        raise ServeError(
            f"cannot listen at {host}, port {port}: {error.strerror}; take another --host or --port"
        ) from error
