"""The options of `kg serve` for what a server grants. Each is a field of `kg.web.limits.Limits`, with its default."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30}


class _Size(click.ParamType[int]):
    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        found = re.fullmatch(r"(\d+)\s*([KMG]?)i?B?", str(value).strip(), re.IGNORECASE)
        if not found:
            self.fail(f"{value!r} is no size; write 512M or 2G", param, ctx)
        return int(found[1]) * _UNITS[found[2].upper()]


_SECONDS = click.FloatRange(min=0.1)
_OPTIONS = (
    click.option("--workers", type=click.IntRange(min=1), default=4, show_default=True, help="Queries at a time."),
    click.option(
        "--long-workers",
        type=click.IntRange(min=0),
        default=8,
        show_default=True,
        help="Beside them, queries that have taken longer than a moment.",
    ),
    click.option(
        "--queue",
        type=click.IntRange(min=0),
        default=64,
        show_default=True,
        help="Queries that wait for a worker; further ones are told to come back (503).",
    ),
    click.option("--patience", type=_SECONDS, default=5, show_default=True, help="Seconds that a query waits at most."),
    click.option("--time-limit", type=_SECONDS, default=60, show_default=True, help="Seconds a query."),
    click.option(
        "--first-limit", type=_SECONDS, default=30, show_default=True, help="Seconds to the first piece of an answer."
    ),
    click.option(
        "--memory-limit",
        type=_Size(),
        show_default="a part of this machine's, at most 2G",
        help="Memory a query, such as 512M; 0 for no limit.",
    ),
    click.option("--answer-limit", type=_Size(), default="1G", show_default=True, help="Size of one answer."),
    click.option(
        "--client-seconds",
        type=click.FloatRange(min=0),
        default=120,
        show_default=True,
        help="Seconds of query time a minute for each client; 0 for no limit.",
    ),
    click.option(
        "--proxies",
        type=click.IntRange(min=0),
        default=0,
        show_default=True,
        help="Reverse proxies in front of the server, which say who the client is.",
    ),
    click.option(
        "--cache-limit", type=_Size(), default="64M", show_default=True, help="Memory for answers that are kept."
    ),
    click.option(
        "--closed", is_flag=True, envvar="KG_CLOSED", help="Show nothing to anybody without an account (see kg user)."
    ),
    click.option("--token", envvar="KG_TOKEN", help="Opens the list of running queries (see kg queries) to the staff."),
    click.option(
        "--log",
        type=click.Path(path_type=Path, allow_dash=True),
        help="Write one JSON object a request to this file; - for standard error.",
    ),
    click.option("--log-clients", is_flag=True, help="Write the addresses of clients to the log, too."),
    click.option("--log-queries", is_flag=True, help="Write the texts of queries to the log, too."),
)


def limits(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command all these options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
