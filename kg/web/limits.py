"""The settings of a server, with defaults that are safe on a public network."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.engine import FIRST_LIMIT, TIME_LIMIT

_OF_THE_ENGINE = ("workers", "long_workers", "queue", "patience", "time_limit", "first_limit", "memory_limit")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server grants. Times are in seconds, sizes in bytes.

    At a time `workers` queries run, and beside them `long_workers` that have taken longer than a moment; `queue`
    further ones wait, each `patience` seconds at most. A query may take `time_limit`, its first piece must come within
    `first_limit`; `memory_limit` is for each (None: a fair part of the machine), `answer_limit` for one answer.

    A client may use `client_seconds` of query time a minute (0: any). Clients are told apart by their address; the last
    of `proxies` reverse proxies says what it is (0: there is none, and what a client says of itself is not believed).

    With `closed` nobody reads anything without an account. `cache_limit` is for answers that are kept. `token` opens
    the list of running queries to staff (None: to nobody). `log` is a file of one JSON object a request ("-": standard
    error; None: no log); it tells the addresses of clients only with `log_clients`, and the texts of queries only with
    `log_queries`.
    """

    workers: int = 4
    long_workers: int = 8
    queue: int = 64
    patience: float = 5.0
    time_limit: float = TIME_LIMIT
    first_limit: float = FIRST_LIMIT
    memory_limit: int | None = None
    answer_limit: int = 2**30
    client_seconds: float = 120.0
    proxies: int = 0
    cache_limit: int = 64 * 2**20
    token: str | None = None
    log: Path | None = None
    log_clients: bool = False
    log_queries: bool = False
    closed: bool = False

    @property
    def engine(self) -> dict[str, Any]:
        """The keyword arguments of `Engine` among them."""
        return {name: value for name, value in asdict(self).items() if name in _OF_THE_ENGINE}
