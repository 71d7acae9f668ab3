"""Asking a running server for what only its staff may know."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from kg.errors import InputError

_PATIENCE = 10  # seconds


def ask(url: str, path: str, token: str, method: str = "GET") -> Any:
    """The JSON answer of a server at the address `url`, None where it has no body. Raises InputError."""
    if not url.startswith(("http://", "https://")):
        raise InputError(f"{url!r} is not the address of a server; it must begin with http:// or https://")
    request = urllib.request.Request(  # noqa: S310 -- checked above
        url.rstrip("/") + path, method=method, headers={"Authorization": f"Bearer {token}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as response:  # noqa: S310
            body = response.read()
    except urllib.error.HTTPError as error:
        reason = {401: "the token is not that of the server", 404: "there is no such query, or the server has no token"}
        raise InputError(f"{url} refused: {reason.get(error.code, error.reason)}") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{url} does not answer: {getattr(error, 'reason', error)}") from error
    return json.loads(body) if body else None
