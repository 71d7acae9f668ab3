"""What stands before the application: it answers what was asked before from memory, and counts and logs all requests.

A request is answered in two steps: `at_once` gives what needs no thread to wait in, which is nearly all there is, and
`slowly` has the application answer the rest. A server may do the first for many requests in one thread.

A page or an answer is kept by everything that it may depend on: the release, the address, and what the asker takes.
Only what the application marks may be kept, only as a whole, and never for who sends a cookie or credentials.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from kg.errors import KGError
from kg.web.cache import Kept
from kg.web.clients import CALLER, Caller, address_of, set_scheme
from kg.web.quick import QUICK_PATH, Quick
from kg.web.site import Site
from kg.web.spool import SPOOL, Spool

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
State = tuple[Any, ...]

KEEP = "accord.keep"
"""Key of the environment that the application sets to True where an answer may be kept, to False where it must not."""
_BEGAN = "accord.began"
_KEY = "accord.key"
PRIVATE = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_IF_MODIFIED_SINCE", "HTTP_CACHE_CONTROL")
"""Headers of requests that are never answered from memory."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole response. `status` is as WSGI has it: `200 OK`."""

    status: str
    headers: Iterable[tuple[str, str]]
    body: bytes
    kept: bool = False
    """Whether it came from memory."""


class Front:
    """A WSGI application around `application`."""

    def __init__(self, application: Application, site: Site) -> None:
        self._application = application
        self._site = site
        self._live, self._cache, self._figures, self._log = site.live, site.cache, site.figures, site.log
        self._quick = Quick()
        self._software = version("accord-kg")

    def __call__(self, environ: Environ, start: Any) -> Iterable[bytes]:
        """Answer a request, as WSGI has it."""
        reply = run(self.at_once(environ))
        if reply is None:
            return self.slowly(environ, start)
        start(reply.status, list(reply.headers))
        return [reply.body]

    def at_once(self, environ: Environ) -> Generator[int | None, None, Reply | None]:
        """The reply that there is already, or that a small query gives; None where the request must go `slowly`.

        A generator that yields what it waits for, see `Quick.answer`.
        """
        began = environ[_BEGAN] = time.perf_counter()
        set_scheme(environ, self._site.limits.proxies)
        key = environ[_KEY] = self._key(environ)
        if key is None:
            return None
        kept = self._cache.get(key)
        if kept is not None:
            return self._kept(environ, kept, began)
        if "HTTP_IF_NONE_MATCH" in environ or environ["PATH_INFO"] != QUICK_PATH:
            return None
        quick = yield from self._quick.answer(environ, self._live.view(), self._site.caller)
        return None if quick is None else self._new(environ, key, *quick, began)

    def slowly(self, environ: Environ, start: Any) -> Iterable[bytes]:
        """Have the application answer what `at_once` did not, and keep the answer if that may be."""
        key, began = environ[_KEY], environ[_BEGAN]
        said: list[Any] = []

        def hear(status: str, headers: list[tuple[str, str]], error: Any = None) -> None:
            said[:] = status, headers

        pieces = self._application(environ, hear)
        status, headers = said
        named = {name.lower(): value for name, value in headers}
        length = int(named["content-length"]) if named.get("content-length", "").isdecimal() else None
        if key is not None and environ.get(KEEP) and status.startswith("200") and "set-cookie" not in named:
            self._figures.misses.inc()
            if environ["PATH_INFO"] == QUICK_PATH and "HTTP_IF_NONE_MATCH" not in environ:
                self._quick.learn(environ, self._live.view(), headers)
            if length is not None and length <= self._cache.largest and self._same_release(key, named):
                pieces, headers = self._keep(key, status, headers, named, pieces)
        start(status, headers)
        spool: Spool | None = environ.get(SPOOL)
        if spool is None:
            self._tell(environ, status, headers, length, began, cached=False)
        else:  # how much there is, and whether it is all, is known later
            spool.at_close(lambda: self._tell(environ, status, headers, spool.size, began, cached=False))
        return pieces

    def state(self) -> State | None:
        """What all answers from memory depend on besides the request; None where each request is to be looked at."""
        if self._log.on or self._site.limits.closed:
            return None
        try:
            return self._live.view().release.path, self._site.changes.state
        except KGError:
            return None

    def count(self, size: int, seconds: float, *, cached: bool) -> None:
        """Count an answer of `size` bytes that did not come this way."""
        (self._figures.hits if cached else self._figures.misses).inc()
        self._figures.request("200", size, seconds)

    def _key(self, environ: Environ) -> tuple[Any, ...] | None:
        """What an answer depends on; None where it may not come from memory."""
        if environ["REQUEST_METHOD"] != "GET" or any(name in environ for name in PRIVATE):
            return None
        if self._site.limits.closed:  # everything is private
            return None
        try:
            release = self._live.view().release
        except KGError:
            return None
        asked = environ.get
        return (
            release.path,
            environ["PATH_INFO"],
            asked("QUERY_STRING"),
            asked("HTTP_ACCEPT"),
            asked("HTTP_ACCEPT_ENCODING"),
            asked("HTTP_ACCEPT_LANGUAGE"),
            asked("HTTP_HOST"),
            asked("wsgi.url_scheme"),
            # An answer in SPARQL depends on the release alone, all others also on what is saved.
            None if environ["PATH_INFO"] == QUICK_PATH else self._site.changes.state,
        )

    def _kept(self, environ: Environ, kept: Kept, began: float) -> Reply:
        """What was kept, or word that it has not changed."""
        self._figures.hits.inc()
        known = environ.get("HTTP_IF_NONE_MATCH", "")
        if kept.tag in known or known == "*":
            headers = [header for header in kept.headers if header[0].lower() not in {"content-length", "content-type"}]
            self._tell(environ, "304", headers, 0, began, cached=True)
            return Reply("304 NOT MODIFIED", headers, b"")
        self._tell(environ, kept.status, kept.headers, len(kept.body), began, cached=True)
        return Reply(kept.status, kept.headers, kept.body, kept=True)

    def _new(
        self, environ: Environ, key: tuple[Any, ...], headers: list[tuple[str, str]], body: bytes, began: float
    ) -> Reply:
        """What came the short way; it is kept if it has a tag."""
        self._figures.misses.inc()
        if headers[-1][0] == "ETag":
            self._cache.put(key, Kept("200 OK", tuple(headers), body, headers[-1][1]))
        self._tell(environ, "200", headers, len(body), began, cached=False)
        return Reply("200 OK", headers, body)

    def _same_release(self, key: tuple[Any, ...], named: dict[str, str]) -> bool:
        """Whether the answer is of the release of its key: a new one may have come in between. One that never changes
        is as good for any."""
        return str(key[0].name).lstrip("0") == named.get("x-accord-release") or "immutable" in named.get(
            "cache-control", ""
        )

    def _keep(
        self,
        key: tuple[Any, ...],
        status: str,
        headers: list[tuple[str, str]],
        named: dict[str, str],
        pieces: Iterable[bytes],
    ) -> tuple[list[bytes], list[tuple[str, str]]]:
        try:
            body = b"".join(pieces)
        finally:
            if hasattr(pieces, "close"):
                pieces.close()
        tag = named.get("etag", "")
        if not tag:
            digest = hashlib.blake2b(repr((self._software, key)).encode("utf-8", "surrogatepass"), digest_size=16)
            tag = f'"{digest.hexdigest()}"'
            headers = [*headers, ("ETag", f"W/{tag}")]
            if "cache-control" not in named:
                headers.append(("Cache-Control", "no-cache"))
        if len(body) == int(named["content-length"]):
            self._cache.put(key, Kept(status, tuple(headers), body, tag.removeprefix("W/")))
        return [body], headers

    def _tell(
        self,
        environ: Environ,
        status: str,
        headers: Iterable[tuple[str, str]],
        size: int | None,
        began: float,
        *,
        cached: bool,
    ) -> None:
        seconds = time.perf_counter() - began
        self._figures.request(status, size or 0, seconds)
        if self._log.on:
            caller: Caller | None = environ.get(CALLER)
            self._log.request(
                environ,
                status,
                tuple(headers),
                size,
                seconds,
                cached=cached,
                client=address_of(environ, self._site.limits.proxies),
                used=() if caller is None else caller.used,
            )


def run(steps: Generator[int | None, None, Reply | None]) -> Reply | None:
    """Go through the steps of `Front.at_once`, or the rest of them, and wait where there is something to wait for."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            reply: Reply | None = end.value
            return reply
