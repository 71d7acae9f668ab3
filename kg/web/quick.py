"""The short way for the plainest request, GET /sparql?query=... and nothing else, which is also the most frequent one.

Most of the time that a small answer takes is spent in finding out what the asker takes and in writing the same headers
again. Both depend on two headers of the request alone, so the first such request goes the long way through the
application, and what came out is the pattern for those that follow. The query itself is run by the same calls. Whenever
anything is not as in the pattern (a graph and not rows, an error, a warning, a longer answer that might be compressed)
the request goes the long way, and takes along the answer that has begun, so that nothing is run twice.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import unquote_plus

from kg.engine import Answer, Asker
from kg.errors import BusyError, KGError
from kg.web.hints import WARNING, is_plainly_fine
from kg.web.live import View
from kg.web.negotiation import Choice
from kg.web.tables import Shape
from kg.web.tags import Hash, tag_base, tag_from

CHOSEN = "accord.chosen"
"""Key of the environment where the application puts what it chose for a request: `Choice`, content coding, base IRI."""
PATTERN = "accord.pattern"
"""Key of the environment of a request that went the short way, with its `Pattern`."""
STARTED = "accord.started"
"""Key of the environment with the `Started` that the application is to go on with."""

QUICK_PATH = "/sparql"
"""The only address that has a short way."""
SMALL = 1000
"""Bytes below which an answer is never compressed."""
_START = "query="
_LONGEST = 20_000  # characters of an address
_PATTERNS = 200  # at most; there are some dozens of clients in the world
_OWN = {"etag", "content-length"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """What requests with the same Accept headers get."""

    choice: Choice
    coding: str | None
    base: str | None
    headers: tuple[tuple[str, str], ...]
    tags: Hash
    view: View


class Started:
    """An answer of which some pieces were read, or the error in which it ended. Otherwise as `Answer`."""

    def __init__(self, answer: Answer | None, pieces: Sequence[bytes], error: KGError | None) -> None:
        self._answer = answer
        self._pieces = pieces
        self._error = error

    @property
    def form(self) -> str:
        """That of the answer. Raises the error if there is one."""
        if self._answer is None:
            raise self._error or KGError("there is no answer")
        return self._answer.form

    def __iter__(self) -> Iterator[bytes]:
        yield from self._pieces
        if self._error is not None:
            raise self._error
        yield from self._answer or ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._answer is not None:
            self._answer.close()


class Quick:
    """The patterns of one application."""

    def __init__(self) -> None:
        self._patterns: dict[tuple[Any, ...], Pattern] = {}

    def learn(self, environ: dict[str, Any], view: View, headers: Iterable[tuple[str, str]]) -> None:
        """Take the answer that the application gave as the pattern for others, if it was of the plainest kind."""
        chosen = environ.get(CHOSEN)
        if chosen is None or _query(environ) is None:
            return
        choice, coding, base = chosen
        named = {name.lower(): value for name, value in headers}
        plain = named.get("content-type") == choice.solutions_type and "content-encoding" not in named
        if plain and WARNING.lower() not in named:
            if len(self._patterns) >= _PATTERNS or any(key[0] != view.release.path for key in self._patterns):
                self._patterns.clear()  # among them may be what holds a release of before open
            kept = tuple(header for header in headers if header[0].lower() not in _OWN)
            own = replace(view, engine=view.engine.on_behalf_of(None, base))
            tags = tag_base(own, choice, Shape(), coding, (), ())
            self._patterns[_key(environ, view)] = Pattern(choice, coding, base, kept, tags, view)

    def answer(
        self, environ: dict[str, Any], view: View, caller: Callable[[dict[str, Any]], Asker]
    ) -> Generator[int | None, None, tuple[list[tuple[str, str]], bytes] | None]:
        """The headers and the body; None where the request must go the long way.

        A generator that yields what it waits for: first None, for its turn to use a query worker, then a descriptor;
        going on before that is readable means to block. It never blocks otherwise, so that one thread can serve many
        such requests at the same time.
        """
        pattern = self._patterns.get(_key(environ, view))
        query = None if pattern is None else _query(environ)
        if pattern is None or query is None:
            return None
        engine = view.engine.on_behalf_of(caller(environ), pattern.base)
        try:
            found = engine.look_up(query, pattern.choice.wanted)
        except KGError as error:
            environ[STARTED] = Started(None, (), error)
            return None
        if found is not None:
            if len(found) >= SMALL or not is_plainly_fine(view, query):
                return None
            environ[PATTERN] = pattern
            return self._reply(pattern, query, found)
        pieces: list[bytes] = []
        answer = None
        yield None
        try:
            begun = engine.begin(query, pattern.choice.wanted)
        except BusyError:
            return None
        except KGError as error:
            environ[STARTED] = Started(None, (), error)
            return None
        try:
            fine = is_plainly_fine(view, query)  # meanwhile
            yield begun.descriptor
            answer = begun.answer()
            if answer.form != "graph" and _read(answer, pieces) and fine:
                return self._reply(pattern, query, b"".join(pieces))
            environ[STARTED] = Started(answer, pieces, None)
        except KGError as error:
            environ[STARTED] = Started(answer, pieces, error)
        except GeneratorExit:
            begun.close()
            raise
        return None

    def _reply(self, pattern: Pattern, query: str, body: bytes) -> tuple[list[tuple[str, str]], bytes]:
        headers = [*pattern.headers, ("Content-Length", str(len(body)))]
        tag = tag_from(pattern.tags, query)
        return ([*headers, ("ETag", f'"{tag}"')] if tag else headers), body


def _read(answer: Answer, pieces: list[bytes]) -> bool:
    """Read an answer; False, and what was read so far, if it is not a small one."""
    size = 0
    for piece in answer:
        pieces.append(piece)
        size += len(piece)
        if size >= SMALL:
            return False
    return True


def _key(environ: dict[str, Any], view: View) -> tuple[Any, ...]:
    asked = environ.get
    coming = (asked("HTTP_ACCEPT"), asked("HTTP_ACCEPT_ENCODING"), asked("HTTP_HOST"), asked("wsgi.url_scheme"))
    return view.release.path, *coming


def _query(environ: dict[str, Any]) -> str | None:
    """The query of a request of the plainest kind, None for others."""
    asked: str = environ.get("QUERY_STRING", "")
    if environ["PATH_INFO"] != QUICK_PATH or not asked.startswith(_START) or "&" in asked or len(asked) > _LONGEST:
        return None
    query = unquote_plus(asked[len(_START) :])
    return query if query.strip() else None
