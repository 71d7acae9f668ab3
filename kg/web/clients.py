"""Who asks, and how much of the servers' time each of them has used. Charged is the time, not the count of requests."""

from __future__ import annotations

import hashlib
import ipaddress
import math
import threading
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from kg.engine import Running, Used
from kg.errors import QueryStoppedError, QuotaError

CALLER = "accord.caller"
"""Key of the environment of a request with its `Caller`, where it has asked a query."""
_LEFT = "the query was stopped because its asker has left"
_MINUTE = 60.0
_MANY = 10_000  # clients; above that those who have not asked for a minute are forgotten


class Budget:
    """Query time by client: `seconds` a minute, which come back evenly; 0 is no limit. Safe for threads.

    A query that runs over the budget is not stopped, but its client waits until the debt is gone.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._used: dict[str, tuple[float, float]] = {}  # client -> seconds used, and when that was so
        self._lock = threading.Lock()

    def admit(self, client: str) -> None:
        """Raise QuotaError where the client has nothing left."""
        if not self.seconds:
            return
        debt = self._now(client) - self.seconds
        if debt >= 0:
            wait = math.ceil(max(1.0, (debt + self.seconds / _MINUTE) * _MINUTE / self.seconds))
            raise QuotaError(
                f"your queries have used more than {self.seconds:g} seconds in a minute, which is all that one client "
                f"gets, so that there is some for all; ask again in {wait} seconds",
                wait,
            )

    def charge(self, client: str, seconds: float) -> None:
        """The client has used so much."""
        if not self.seconds:
            return
        with self._lock:
            self._used[client] = (self._left_over(client) + seconds, self._clock())
            if len(self._used) > _MANY:
                self._used = {name: used for name, used in self._used.items() if self._left_over(name) > 0}

    def _now(self, client: str) -> float:
        with self._lock:
            return self._left_over(client)

    def _left_over(self, client: str) -> float:
        used, at = self._used.get(client, (0.0, 0.0))
        return max(0.0, used - (self._clock() - at) * self.seconds / _MINUTE)


class Caller:
    """The client of one request: an `Asker` for the engine. `used` is what its queries took, in their order.

    Staff know it by its address or, where there is a `salt`, by a pseudonym.
    """

    def __init__(self, budget: Budget, address: str, salt: bytes, tell: Callable[[Used], None]) -> None:
        self.name = _pseudonym(address, salt) if salt else address
        self.used: list[Used] = []
        self._budget = budget
        self._address = address
        self._tell = tell
        self._asked: list[Running] = []
        self._gone = False

    def admit(self, running: Running) -> None:
        """QuotaError where it has used up its time, QueryStoppedError where it has left."""
        self._budget.admit(self._address)
        self._asked.append(running)
        if self._gone:
            raise QueryStoppedError(_LEFT)

    def leave(self) -> None:
        """It has closed its connection and waits for nothing any more: stop its queries. Any thread may say so."""
        self._gone = True
        for running in tuple(self._asked):
            running.stop(_LEFT)

    def finished(self, used: Used) -> None:
        """Charge what a query took."""
        self._budget.charge(self._address, used.seconds)
        self.used.append(used)
        self._tell(used)


def address_of(environ: Mapping[str, Any], proxies: int) -> str:
    """The address of the client behind so many proxies of ours; of IPv6 the network of 2**64 that one client has."""
    address = str(environ.get("REMOTE_ADDR", ""))
    if proxies:
        forwarded = [part.strip() for part in str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
        address = forwarded[-proxies] if len(forwarded) >= proxies else address
    return _network(address)


def set_scheme(environ: dict[str, Any], proxies: int) -> None:
    """Let the request be of HTTPS where the outermost of so many proxies of ours was asked by HTTPS."""
    if proxies and (forwarded := environ.get("HTTP_X_FORWARDED_PROTO")):
        named = [part.strip().lower() for part in str(forwarded).split(",")]
        scheme = named[-proxies] if len(named) >= proxies else named[0]
        environ["wsgi.url_scheme"] = "https" if scheme == "https" else "http"


@lru_cache(maxsize=1000)
def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        own = parsed.ipv4_mapped
        return str(own or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


@lru_cache(maxsize=1000)
def _pseudonym(address: str, salt: bytes) -> str:
    """A name for an address that tells clients apart and tells nothing else, as long as nobody knows `salt`."""
    return hashlib.blake2b(address.encode(), key=salt, digest_size=4).hexdigest()
