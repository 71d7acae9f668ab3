"""Look-ups answered from the bytes of their request, before anything else looks at it.

The short way of `kg.web.quick` still makes an environment, a task and two messages of a request, which takes longer
than to look up what one thing is called. A program that asks for one thing after the other sends the same headers each
time, so the first that went the short way is noted here, and for those that follow only the address is read.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_plus

from kg.engine import LOOKED_UP
from kg.engine.lookups import LONGEST, Lookup
from kg.errors import QuotaError
from kg.web.clients import address_of
from kg.web.front import Front, State
from kg.web.hints import is_plainly_fine
from kg.web.quick import QUICK_PATH, SMALL, Pattern
from kg.web.recall import Headers, Recall, is_plain, written
from kg.web.site import Site
from kg.web.tags import tag_from

_MOST = 200  # sets of headers, and of texts for each
# The address of a query that asks about one thing: what comes before its IRI, the IRI, and what comes after it.
_ABOUT = re.compile(
    rb"(" + QUICK_PATH.encode() + rb"\?query=[^&]*?(?:%7[Bb]|{)(?:%20|%0[AaDd9]|\+)*(?:%3[Cc]|<))"
    rb"([^&]*?)((?:%3[Ee]|>)[^&]*)"
)
_IRI = re.compile(r"[^<>\"{}|^`\\\x00-\x20]+")


@dataclass(frozen=True, slots=True)
class _Form:
    """A look-up that nothing is to be said about, and the text of its query before and after the thing."""

    lookup: Lookup
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Noted:
    """What requests with the same headers get, and the forms they asked in."""

    pattern: Pattern
    head: bytes
    forms: dict[tuple[bytes, bytes], _Form]


class Shortcut:
    """The headers and the forms of look-ups. To be used by one thread, that of the event loop."""

    def __init__(self, front: Front, site: Site, recall: Recall) -> None:
        self._front = front
        self._site = site
        self._recall = recall
        self._noted: dict[tuple[State, Headers], _Noted] = {}

    def note(self, state: State, headers: Headers, pattern: Pattern) -> None:
        """A request with these headers got the answer of a look-up by `pattern`."""
        solutions = pattern.choice.wanted.solutions
        # Behind a proxy the headers say who asks.
        if self._site.limits.proxies or not is_plain(headers) or state[0] != pattern.view.release.path:
            return
        if solutions is None or solutions.name != LOOKED_UP:
            return
        if len(self._noted) >= _MOST or any(known[0] != state[0] for known, _ in self._noted):
            self._noted.clear()  # among them may be what holds a release of before open
        self._noted.setdefault((state, headers), _Noted(pattern, written(pattern.headers), {}))

    def get(self, state: State, url: bytes, headers: Headers, client: str) -> bytes | None:
        """The headers and the body of the answer to a GET from this address; None for all that is no small look-up."""
        noted = self._noted.get((state, headers))
        parts = _ABOUT.fullmatch(url) if noted is not None and len(url) <= LONGEST else None
        if noted is None or parts is None:
            return None
        began = time.perf_counter()
        iri = unquote_plus(parts[2].decode("latin-1"))
        form = noted.forms.get((parts[1], parts[3])) or self._form(noted, parts[1], iri, parts[3])
        if form is None or not _IRI.fullmatch(iri):
            return None
        address = _address(client)
        try:
            self._site.budget.admit(address)
        except QuotaError:
            return None  # it is told so where there are words for it
        body = noted.pattern.view.engine.lookups.answer(form.lookup, iri)
        tag = tag_from(noted.pattern.tags, form.before + iri + form.after)
        if body is None or tag is None or len(body) >= SMALL:
            return None
        head = b'%bcontent-length: %d\r\netag: "%b"\r\n\r\n' % (noted.head, len(body), tag.encode())
        self._recall.put(state, url, headers, head, body)
        seconds = time.perf_counter() - began
        self._site.budget.charge(address, seconds)
        self._site.figures.looked_up(seconds)
        self._front.count(len(body), seconds, cached=False)
        return head + body

    def _form(self, noted: _Noted, start: bytes, iri: str, end: bytes) -> _Form | None:
        before = unquote_plus(start.partition(b"=")[2].decode("latin-1"))
        after = unquote_plus(end.decode("latin-1"))
        view = noted.pattern.view
        lookup = view.engine.lookups.read(before[:-1], after[1:])
        # Whether it is fine does not depend on the thing.
        if lookup is None or not is_plainly_fine(view, before + iri + after):
            return None
        if len(noted.forms) >= _MOST:
            noted.forms.clear()
        form = noted.forms[start, end] = _Form(lookup, before, after)
        return form


@lru_cache(maxsize=1000)
def _address(client: str) -> str:
    return address_of({"REMOTE_ADDR": client}, 0)
