"""The web server: granian, with one process for the pages, which starts the query workers.

One process and not several, because the limits (so many queries at a time) are those of one pool, and because the
work is done in the query workers: the process of the pages mostly waits for them, in threads.

Processes of a running server: this one, which waits for signals; granian's, which answers; one for each query at work.
The second dies with the first and the third with the second, however they end, so that nothing stays behind.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
from collections.abc import Callable
from multiprocessing.util import Finalize

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kg.engine.worker import die_with_parent
from kg.errors import ServeError

_PATIENCE = 3  # seconds that a stopping server gives to the requests under way


def run(
    make: Callable[[], Flask],
    close: Callable[[Flask], None],
    host: str,
    port: int,
    threads: int,
    greeting: str,
) -> None:
    """Serve what `make` makes until a signal comes; `close` is called on it then. ServeError where it cannot listen.

    Prints `greeting` and the address once.
    """
    port = _free_port(host, port)
    parent = os.getpid()

    def load() -> Flask:
        die_with_parent(parent)
        app = make()
        _call_at_signals(lambda: close(app))
        # A process of multiprocessing ends without `atexit`; this is called instead.
        Finalize(None, close, args=(app,), exitpriority=10)
        return app

    server = Granian(
        "accord",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        websockets=False,
        workers_kill_timeout=_PATIENCE,
        log_level=LogLevels.error,
        process_name=None,
    )
    shown = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 -- compared, not listened at
    shown = f"[{shown}]" if ":" in shown else shown
    server.on_startup(lambda: print(f"{greeting} http://{shown}:{port}/ (stop it with Ctrl+C)", flush=True))
    server.serve(target_loader=load, wrap_loader=False)


def _call_at_signals(stop: Callable[[], None]) -> None:
    """Have `stop` called when this process is told to end, besides what granian does then: wait for its requests.

    Granian sets handlers of its own later, but the descriptor that Python writes each signal to stays.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)

    def watch() -> None:
        while os.read(reader, 1)[0] not in {signal.SIGINT, signal.SIGTERM}:
            pass
        stop()

    threading.Thread(target=watch, name="stop-at-signal", daemon=True).start()


def _free_port(host: str, port: int) -> int:
    """`port`, or any free one for 0. Asked here because granian would share a port with another server of its kind."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except OSError as error:
        if isinstance(error, socket.gaierror):
            raise ServeError(f"there is no address {host!r} to listen at; take another --host") from error
        if error.errno == errno.EADDRINUSE:
            raise ServeError(f"the port {port} is in use; take another one with --port") from error
        raise ServeError(
            f"cannot listen at {host}, port {port}: {error.strerror}; take another --host or --port"
        ) from error
