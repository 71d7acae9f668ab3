"""What staff see of a server: figures for Prometheus, and a log of one JSON object a request.

The log holds no personal data unless a setting asks for it: no address, no query (which may hold a name), no browser.
A query is told by a hash, so that the same one is seen again.
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TextIO

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from kg.engine import Used

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""That of `Figures.text`."""
_SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)


class Figures:
    """The figures of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        registry = self._registry
        self.requests = Counter("accord_requests", "Requests answered, by status.", ["status"], registry=registry)
        self.request_seconds = Histogram(
            "accord_request_seconds",
            "Time from the request to the answer's first byte.",
            buckets=_SECONDS,
            registry=registry,
        )
        self.bytes = Counter("accord_answer_bytes", "Bytes of the bodies sent.", registry=registry)
        self.queries = Counter("accord_queries", "Queries run, by outcome.", ["outcome"], registry=registry)
        self.query_seconds = Histogram(
            "accord_query_seconds", "Time that queries had a worker.", buckets=_SECONDS, registry=registry
        )
        self.waited_seconds = Histogram(
            "accord_query_waited_seconds", "Time that queries waited for a worker.", buckets=_SECONDS, registry=registry
        )
        # To find the counter of a label takes longer than to count.
        self._by_status = lru_cache(self.requests.labels)
        self._by_outcome = lru_cache(self.queries.labels)
        self.hits = Counter("accord_cache_hits", "Requests answered from the cache.", registry=registry)
        self.misses = Counter("accord_cache_misses", "Requests that the cache could have answered.", registry=registry)

    def show(self, name: str, help: str, value: Callable[[], float]) -> None:
        """A further figure, asked for when the figures are read."""
        Gauge(name, help, registry=self._registry).set_function(value)

    def hit_ratio(self) -> float:
        """Hits of the cache by all requests that it could have answered; 0 where there were none."""
        hits, misses = (sample(counter) for counter in (self.hits, self.misses))
        return hits / (hits + misses) if hits + misses else 0.0

    def request(self, status: str, size: int, seconds: float) -> None:
        """A request was answered with a body of `size` bytes."""
        self._by_status(status[:3]).inc()
        self.request_seconds.observe(seconds)
        self.bytes.inc(size)

    def query(self, used: Used) -> None:
        """A query is over."""
        self._by_outcome(used.outcome).inc()
        self.query_seconds.observe(used.seconds)
        self.waited_seconds.observe(used.waited)

    def looked_up(self, seconds: float) -> None:
        """A query was answered without a worker."""
        self._by_outcome("ok").inc()
        self.query_seconds.observe(seconds)

    def text(self) -> bytes:
        """All figures, as Prometheus reads them."""
        return generate_latest(self._registry)


def sample(counter: Counter) -> float:
    """The value of a counter without labels."""
    return next(one.value for metric in counter.collect() for one in metric.samples if one.name.endswith("_total"))


class Log:
    """A log of requests in `file` ("-": standard error; None: nowhere). Safe for threads."""

    def __init__(self, file: Path | None, *, clients: bool, queries: bool) -> None:
        self._clients = clients
        self._queries = queries
        self._lock = threading.Lock()
        self._stream: TextIO | None = None
        if file is not None:
            self._stream = sys.stderr if str(file) == "-" else file.open("a", encoding="utf-8", buffering=1)

    @property
    def on(self) -> bool:
        """Whether anybody reads it."""
        return self._stream is not None

    def request(
        self,
        environ: Mapping[str, Any],
        status: str,
        headers: Sequence[tuple[str, str]],
        size: int | None,
        seconds: float,
        *,
        cached: bool,
        client: str,
        used: Sequence[Used] = (),
    ) -> None:
        """A request was answered. `size` is None where the length of the body is not known."""
        if self._stream is None:
            return
        named = {name.lower(): value for name, value in headers}
        entry: dict[str, object] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": environ.get("REQUEST_METHOD"),
            "path": environ.get("PATH_INFO"),
            "status": int(status[:3]),
            "seconds": round(seconds, 6),
            "bytes": size,
            "type": named.get("content-type", "").partition(";")[0],
            "release": named.get("x-accord-release"),
            "cached": cached,
        }
        if self._clients:
            entry["client"] = client
        if used:
            entry["queries"] = [self._query(one) for one in used]
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        with self._lock:
            self._stream.write(line)

    def _query(self, used: Used) -> dict[str, object]:
        text = used.query.encode("utf-8", "surrogatepass")
        entry: dict[str, object] = {
            "query": hashlib.blake2b(text, digest_size=8).hexdigest(),
            "seconds": round(used.seconds, 6),
            "waited": round(used.waited, 6),
            "bytes": used.size,
            "rows": used.rows,
            "outcome": used.outcome,
        }
        if self._queries:
            entry["text"] = used.query
        return entry

    def close(self) -> None:
        """Close the file."""
        if self._stream is not None and self._stream is not sys.stderr:
            self._stream.close()
        self._stream = None
