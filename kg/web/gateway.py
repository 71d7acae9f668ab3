"""Between the server and the application: ASGI on one side, WSGI on the other.

One thread, that of the event loop, answers what needs no waiting (see `Front.at_once`) and sends what others have
written; all else runs in threads. What a WSGI server cannot do, and this can: tell the application when its client has
left, so that a query that nobody waits for is stopped; and break off an answer that failed half way, so that it cannot
look whole.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from kg.errors import KGError
from kg.web.front import Environ, Front, Reply, run
from kg.web.quick import PATTERN
from kg.web.recall import Recall, written
from kg.web.shortcut import Shortcut
from kg.web.site import Site
from kg.web.spool import SPOOL, STREAMS, Spool

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_SOON = 0.02  # seconds that a small query is waited for without a thread
_BODY_SECONDS = 20.0  # for the body of a request
_STALLED = 60.0  # seconds in which a client must take a piece of an answer
_TOO_LATE = b"The body of the request did not come in time.\n"
_BODYLESS = {"GET", "HEAD", "OPTIONS"}


class _LeftError(Exception):
    """The client has closed the connection."""


class _BrokenOffError(Exception):
    """The rest of an answer is not to be had."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """A response of which the status and the headers are known, and the body, or where it is being written."""

    status: str
    headers: Iterable[tuple[str, str]]
    body: bytes | Spool
    close: Callable[[], None]


class Gateway:
    """The ASGI application around `front`. At most `threads` requests wait at a time; `largest` is for their bodies."""

    def __init__(self, front: Front, site: Site, threads: int, largest: int) -> None:
        self._front = front
        self._site = site
        self._largest = largest
        self._recall = Recall(front)
        self._shortcut = Shortcut(front, site, self._recall)
        # Who finds no idle worker must wait in a thread, so no more than there are workers should look for one.
        self._turns = asyncio.Semaphore(site.limits.workers)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it. Returning before the end of an answer has the server break it off."""
        if scope["type"] != "http":
            return
        environ = environ_of(scope)
        try:
            if scope["method"] not in _BODYLESS and not await self._read_body(environ, receive):
                headers = (
                    ("Content-Type", "text/plain"),
                    ("Content-Length", str(len(_TOO_LATE))),
                    ("Connection", "close"),
                )
                await _send_whole(send, "408", headers, _TOO_LATE)
                return
            reply = await self._at_once(self._front.at_once(environ))
            if reply is None:
                await self._slowly(environ, receive, send)
            else:
                self._note(scope, environ, reply)
                await _send_whole(send, reply.status, reply.headers, reply.body)
        except (_LeftError, _BrokenOffError):
            return

    def close(self) -> None:
        """Take no further requests."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def at_hand(self, url: bytes, headers: Iterable[tuple[bytes, bytes]], client: str) -> bytes | None:
        """The headers and the body of what is known to be the answer to a GET with these bytes, None where nothing is.
        The status is 200, and the Date is missing."""
        state = self._front.state()
        if state is None:
            return None
        listed = tuple(headers)
        return self._recall.get(state, url, listed) or self._shortcut.get(state, url, listed, client)

    def _note(self, scope: Scope, environ: Environ, reply: Reply) -> None:
        """Have the next request like this one answered by `at_hand`, if that may be."""
        state = self._front.state()
        if state is None or not reply.status.startswith("200"):
            return
        headers = tuple(scope["headers"])
        if reply.kept:
            self._recall.put(state, _url_of(scope), headers, written(reply.headers) + b"\r\n", reply.body)
        elif PATTERN in environ:
            self._shortcut.note(state, headers, environ[PATTERN])

    async def _read_body(self, environ: Environ, receive: Receive) -> bool:
        """Have the body there for the application. Of one that is too large only the beginning: it will be refused.

        False where it does not come in time.
        """
        if int(environ.get("CONTENT_LENGTH") or 0) > self._largest:
            return True
        body = bytearray()
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                while len(body) <= self._largest:  # one byte more is enough to have it refused
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise _LeftError()
                    body += message.get("body", b"")
                    if not message.get("more_body", False):
                        break
        except TimeoutError:
            return False
        environ["wsgi.input"] = BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        environ.pop("HTTP_TRANSFER_ENCODING", None)  # it comes in one piece from here on
        return True

    async def _at_once(self, steps: Generator[int | None, None, Reply | None]) -> Reply | None:
        loop = asyncio.get_running_loop()
        try:
            if next(steps) is None:
                async with self._turns:
                    while (descriptor := next(steps)) is None or await _readable(loop, descriptor, _SOON):
                        pass
        except StopIteration as end:
            reply: Reply | None = end.value
            return reply
        return await loop.run_in_executor(self._threads, run, steps)

    async def _slowly(self, environ: Environ, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        environ[STREAMS] = environ["SERVER_PROTOCOL"] == "HTTP/1.1" and environ["REQUEST_METHOD"] != "HEAD"
        begun: asyncio.Future[_Begun] = loop.create_future()
        caller = self._site.caller(environ)

        async def watch() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            caller.leave()

        work = loop.run_in_executor(self._threads, self._work, environ, loop, begun)
        watching = asyncio.ensure_future(watch())
        try:
            answer = await begun
            try:
                if isinstance(answer.body, bytes):
                    await _send_whole(send, answer.status, answer.headers, answer.body)
                else:
                    await _send_spool(send, answer.status, answer.headers, answer.body)
            finally:
                if not work.done():
                    caller.leave()  # sending has failed, and so nobody wants what is still being written
                await work
                answer.close()
        finally:
            watching.cancel()

    def _work(self, environ: Environ, loop: asyncio.AbstractEventLoop, begun: asyncio.Future[_Begun]) -> None:
        """Have the application answer, in a thread."""
        said: list[Any] = []

        def start(status: str, headers: Iterable[tuple[str, str]], error: Any = None) -> None:
            said[:] = status, headers

        def tell(call: Callable[[Any], None], value: Any) -> None:
            loop.call_soon_threadsafe(lambda: None if begun.done() else call(value))

        try:
            pieces = self._front.slowly(environ, start)
            spool: Spool | None = environ.get(SPOOL)
            body = b"".join(pieces) if spool is None else spool
            status, headers = said
            tell(begun.set_result, _Begun(status, headers, body, getattr(pieces, "close", lambda: None)))
            if spool is not None:
                spool.fill()
        except Exception as error:
            tell(begun.set_exception, error)


def environ_of(scope: Scope) -> Environ:
    """The environment that WSGI has for a request of ASGI. The body is empty; whoever has read it puts it in."""
    host, port = scope["server"] or ("localhost", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "REQUEST_URI": scope["raw_path"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0] if scope["client"] else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for raw, value in scope["headers"]:
        if b"_" in raw:
            continue  # it could pass for another one with a hyphen
        name = _NAMES.get(raw) or _name(raw)
        text = value.decode("latin-1")
        environ[name] = f"{environ[name]},{text}" if name in environ else text
    return environ


def _url_of(scope: Scope) -> bytes:
    """The address as it came over the wire."""
    path: bytes = scope["raw_path"]
    return path + b"?" + scope["query_string"] if scope["query_string"] else path


def _name(header: bytes) -> str:
    return "HTTP_" + header.decode("latin-1").upper().replace("-", "_")


_NAMES = {
    b"content-length": "CONTENT_LENGTH",
    b"content-type": "CONTENT_TYPE",
    **{name: _name(name) for name in (b"host", b"accept", b"accept-encoding", b"accept-language", b"user-agent")},
}


async def _readable(loop: asyncio.AbstractEventLoop, descriptor: int, seconds: float) -> bool:
    """Whether there is something to read within so many seconds."""
    there: asyncio.Future[bool] = loop.create_future()

    def tell(value: bool) -> None:
        if not there.done():
            there.set_result(value)

    loop.add_reader(descriptor, tell, True)
    timer = loop.call_later(seconds, tell, False)
    try:
        return await there
    finally:
        timer.cancel()
        loop.remove_reader(descriptor)


async def _start(send: Send, status: str, headers: Iterable[tuple[str, str]]) -> None:
    written = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": int(status[:3]), "headers": written})


async def _send_whole(send: Send, status: str, headers: Iterable[tuple[str, str]], body: bytes) -> None:
    await _start(send, status, headers)
    await send({"type": "http.response.body", "body": body})


async def _send_spool(send: Send, status: str, headers: Iterable[tuple[str, str]], spool: Spool) -> None:
    """Send what is in the spool while it grows. An answer that fails is left without an end."""
    loop = asyncio.get_running_loop()
    more = asyncio.Event()

    def tell() -> None:
        loop.call_soon_threadsafe(more.set)

    spool.when_more(tell)
    await _start(send, status, headers)
    start = 0
    try:
        while (piece := spool.read(start)) is not None:
            start += len(piece)
            if piece:
                async with asyncio.timeout(_STALLED):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            else:
                await more.wait()
                more.clear()
    except KGError as error:
        raise _BrokenOffError() from error
    await send({"type": "http.response.body", "body": b""})
