"""Answers on their way out. One whose query fails half way must not look whole.

An answer of up to some megabytes is collected first, so every failure gets its own status and the length is known. A
larger one goes through a temporary file (see `kg.web.spool`) and is sent while it grows, in chunks: the server breaks
the connection before the last chunk if the query fails. To a client of HTTP 1.0, which knows no chunks, it is sent once
it is there as a whole.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from typing import Any

from flask import Response, request

from kg.engine import Format, Wanted, read_piece
from kg.errors import ResultTooLargeError
from kg.web.cache import Kept
from kg.web.compression import coding_for, compressed
from kg.web.labels import Labels
from kg.web.live import View
from kg.web.negotiation import XLSX, Choice
from kg.web.quick import CHOSEN, STARTED
from kg.web.site import site
from kg.web.spool import SPOOL, STREAMS, Spool
from kg.web.tables import BOM, Row, Shape, labelled, write_csv, write_tsv, write_xlsx
from kg.web.tags import tag_of

LIMIT = "X-Accord-Answer-Limit"
"""The header of a large answer that says how many bytes one may have."""
_IN_MEMORY = 4 * 2**20
"""Bytes up to which an answer is collected before the first of them is sent."""


def send(
    view: View,
    query: str,
    choice: Choice,
    *,
    shape: Shape = Shape(),  # noqa: B008 -- it cannot be changed
    time_limit: float | None = None,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    file: str | None = None,
) -> Response:
    """The answer of `query` in the format of `choice`; 304 where the asker has it. `file` is the name to save it under.

    Raises the QueryErrors, before anything was sent.
    """
    coding = coding_for(request)
    if shape == Shape() and request.method == "GET":
        request.environ[CHOSEN] = choice, coding, view.engine.base
    tag = tag_of(view, query, choice, shape, coding, default_graphs, named_graphs)
    posted = request.method not in {"GET", "HEAD"}  # what is not posted, `kg.web.front` keeps
    kept = site().cache.get(tag) if tag and posted else None
    if tag and request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    elif kept is not None:
        response = Response(kept.body, headers=list(kept.headers))
    else:
        asked = {"time_limit": time_limit, "default_graphs": default_graphs, "named_graphs": named_graphs}
        table = choice.wanted.solutions if is_table(choice, shape) else None
        response = (table and _table(view, query, table, shape, coding, asked)) or _answer(
            view, query, choice, shape, coding, asked
        )
        if file:
            response.headers["Content-Disposition"] = f'inline; filename="{file}"'
        if tag and posted:
            _keep(tag, response)
    if tag:
        response.set_etag(tag)
    response.headers["Cache-Control"] = "no-cache"  # may be kept, but ask first: there may be a new release
    response.vary.update(("Accept", "Accept-Encoding"))
    return response


def _keep(tag: str, response: Response) -> None:
    """Keep an answer, if it is not too large, for who asks the same again."""
    cache = site().cache
    if response.content_length is not None and response.content_length <= cache.largest:
        response.direct_passthrough = False
        cache.put(tag, Kept(response.status, tuple(response.headers.items()), response.get_data()))


def is_table(choice: Choice, shape: Shape) -> bool:
    """Whether rows are wanted in a form that the store does not write by itself."""
    wanted = choice.wanted.solutions
    return wanted == XLSX or bool(wanted and wanted.name in {"csv", "tsv"} and (shape.labels or shape.safe))


def _answer(
    view: View, query: str, choice: Choice, shape: Shape, coding: str | None, asked: Mapping[str, Any]
) -> Response:
    wanted = Wanted(None if choice.wanted.solutions == XLSX else choice.wanted.solutions, choice.wanted.graph)
    started = request.environ.pop(STARTED, None)  # this very answer, by `kg.web.quick`
    with ExitStack() as stack:
        answer = stack.enter_context(started or view.engine.answer(query, wanted, **asked))
        kind = choice.graph_type if answer.form == "graph" else choice.solutions_type
        bom = shape.bom and kind.startswith(("text/csv", "text/tab-separated-values"))
        return _response(chain([BOM], answer) if bom else answer, kind, coding, stack)


def _table(
    view: View, query: str, format: Format, shape: Shape, coding: str | None, asked: Mapping[str, Any]
) -> Response | None:
    """The rows in a table of our own; None where the store writes what there is: a graph, or a word for ASK."""
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
        holding: set[int] = set()
        with view.engine.rows(query, **asked) as rows:
            if rows.form == "graph" or (rows.form == "boolean" and format != XLSX):
                return None
            columns = rows.columns
            for piece in rows:
                file.write(piece + b"\n")
                if file.tell() > site().answer_limit:
                    raise _too_large(site().answer_limit)
                if shape.labels and len(holding) < len(columns):
                    holding |= {at for row in read_piece(piece) for at, t in enumerate(row) if t and t.kind == "iri"}
        file.seek(0)
        pieces = map(read_piece, file)
        cells: Iterable[Row] = chain.from_iterable(pieces)
        if shape.labels:
            columns, cells = labelled(columns, pieces, Labels(view, shape.labels), holding)
        if format == XLSX:
            return _response(write_xlsx(columns, cells, created=view.release.created), XLSX.content_type, None, stack)
        write = write_csv if format.name == "csv" else write_tsv
        written = write(columns, cells, safe=shape.safe)
        whole = chain([BOM], written) if shape.bom else written
        return _response(whole, format.content_type, coding, stack)


def _response(pieces: Iterable[bytes], content_type: str, coding: str | None, resources: ExitStack) -> Response:
    """A response with all of `pieces`, compressed by `coding` where that is of use.

    What stands in `resources` is needed to read the pieces, and freed when they were read.

    ResultTooLargeError where the answer has more bytes than the site allows, and whatever `pieces` raises.
    """
    used, whole = compressed(_bounded(pieces, site().answer_limit), coding)
    beginning: list[bytes] = []
    size = 0
    for piece in whole:
        beginning.append(piece)
        size += len(piece)
        if size > _IN_MEMORY:
            response = _spooled(Spool(beginning, whole, resources.pop_all().close))
            break
    else:
        response = Response(b"".join(beginning), direct_passthrough=True)
        response.content_length = size
    response.content_type = content_type
    if used:
        response.headers["Content-Encoding"] = used
    return response


def _spooled(spool: Spool) -> Response:
    """Sent as it comes where the server can break an answer off, and otherwise once it has come as a whole."""
    if request.environ.get(STREAMS):
        request.environ[SPOOL] = spool
    else:
        spool.fill()
        if spool.error is not None:
            spool.close()
            raise spool.error
    response = Response(spool, direct_passthrough=True)
    # Told beforehand, since an answer that is cut at it can only be broken off.
    response.headers[LIMIT] = str(site().answer_limit)
    if spool.filled:
        response.content_length = spool.size
    response.call_on_close(spool.close)
    return response


def _bounded(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise _too_large(limit)
        yield piece


def _too_large(limit: int) -> ResultTooLargeError:
    return ResultTooLargeError(
        f"the answer has more than {limit:,} bytes, the most that is sent at once; ask for it in parts, "
        "with LIMIT and OFFSET or a narrower question"
    )
