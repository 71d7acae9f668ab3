"""Compression of answers, by the Accept-Encoding header."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

import brotli
import zstandard
from flask import Request, Response
from werkzeug.datastructures import Accept

_SMALLEST = 1000  # bytes below which compression gains nothing
# The fastest first. The levels are those where more effort begins to cost more time than the network saves.
_CODINGS = ("zstd", "br", "gzip")
_COMPRESSIBLE = ("text/", "application/json", "application/problem+json", "image/svg+xml")


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


class _Brotli:
    """Brotli with the names of methods that the others have."""

    def __init__(self) -> None:
        self._compressor = brotli.Compressor(quality=4)

    def compress(self, data: bytes, /) -> bytes:
        return bytes(self._compressor.process(data))

    def flush(self) -> bytes:
        return bytes(self._compressor.finish())


def coding_for(request: Request) -> str | None:
    """The content coding that the asker likes most: `zstd`, `br` or `gzip`, None for none."""
    accept: Accept = request.accept_encodings
    named = {name.lower(): quality for name, quality in accept}
    wanted = {coding: named.get(coding, named.get("x-gzip", 0) if coding == "gzip" else 0) for coding in _CODINGS}
    if named.get("*", 0) and "gzip" not in named:
        wanted["gzip"] = named["*"]
    best = max(_CODINGS, key=lambda coding: wanted[coding])
    return best if wanted[best] > 0 else None


def compressed(pieces: Iterable[bytes], coding: str | None) -> tuple[str | None, Iterator[bytes]]:
    """`pieces` compressed, with the coding that was used: none where there is little to compress."""
    iterator = iter(pieces)
    beginning: list[bytes] = []
    size = 0
    while coding and size < _SMALLEST:
        piece = next(iterator, None)
        if piece is None:
            return None, iter(beginning)
        beginning.append(piece)
        size += len(piece)
    whole = chain(beginning, iterator)
    return (coding, _run(_compressor(coding), whole)) if coding else (None, whole)


def compress_page(request: Request, response: Response) -> Response:
    """`response` compressed where that is of use: a page or a problem, not an answer that comes from a file."""
    if response.direct_passthrough or response.is_streamed or response.content_encoding or response.status_code == 304:
        return response
    if not (response.mimetype or "").startswith(_COMPRESSIBLE):
        return response
    response.vary.add("Accept-Encoding")
    coding, pieces = compressed([response.get_data()], coding_for(request))
    if coding:
        response.set_data(b"".join(pieces))
        response.headers["Content-Encoding"] = coding
    return response


def _compressor(coding: str) -> _Compressor:
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=3).compressobj()
    return _Brotli() if coding == "br" else zlib.compressobj(5, wbits=31)


def _run(compressor: _Compressor, pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        if data := compressor.compress(piece):
            yield data
    yield compressor.flush()
