"""What a request asks, by the SPARQL 1.1 protocol: GET, POST of a form, POST of a query, and the QUERY method of 1.2.

Parameters that are not known here are ignored: clients send some of their own (`output`, `results`, `stylesheet`).
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from flask import Request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from kg.errors import UpdateRefusedError
from kg.web.tables import Shape

METHODS = ("GET", "POST", "QUERY")
"""The methods of the endpoint; HEAD and OPTIONS go without saying."""
DIRECT = "application/sparql-query"
"""The media type of a query that is a whole body."""
_UPDATE = "application/sparql-update"
_FORM = "application/x-www-form-urlencoded"
BODIES = f"{DIRECT}, {_FORM}"
"""The media types of bodies, as the headers Accept-Post and Accept-Query have them."""
_ASCII = "".join(map(chr, range(32, 127))).replace("\\", "") + r"\u0041"
_OFF = {"", "0", "false", "no", "off"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks. `query` is None where it asks nothing; an empty one was sent but holds nothing.

    `dataset` says whether it names graphs: then it sees these and no others.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    time_limit: float | None = None
    shape: Shape = field(default_factory=Shape)


def read_request(request: Request) -> Asked:
    """What `request` asks.

    Raises BadRequest, UnsupportedMediaType, and UpdateRefusedError where it asks for a change.
    """
    has_body = request.method in {"POST", "QUERY"}
    kind = request.mimetype if has_body else ""
    if kind == _UPDATE or _all(request, "update"):
        raise UpdateRefusedError("updates are refused: this endpoint only reads. The data are changed by a new build")
    if kind == DIRECT:
        queries: Sequence[str] = [_body(request), *request.args.getlist("query")]
    elif kind == _FORM or not has_body or not (kind or request.content_length):
        queries = _all(request, "query")
    else:
        named = kind or "text without a Content-Type"
        raise UnsupportedMediaType(f"a query comes as {DIRECT} or as a form, {_FORM}, not as {named}")
    if len(queries) > 1:
        raise BadRequest("there are several queries; send one at a time")
    return Asked(
        queries[0] if queries else None,
        tuple(_all(request, "default-graph-uri")),
        tuple(_all(request, "named-graph-uri")),
        _time_limit(_one(request, "timeout")),
        shape_of(request),
    )


def shape_of(request: Request) -> Shape:
    """How tables are to be: `labels=en`, `safe=1`, `bom=1`. BadRequest where `labels` is no language."""
    labels = _one(request, "labels")
    if labels and not (labels.replace("-", "").isalnum() and labels.isascii() and len(labels) <= 20):
        raise BadRequest(f"labels takes the code of a language such as en or vi, not {labels!r}")
    return Shape(labels or None, _is_on(request, "safe"), _is_on(request, "bom"))


def _all(request: Request, name: str) -> list[str]:
    # Not `request.values`: it leaves out the form of a QUERY.
    return list(chain(request.args.getlist(name), request.form.getlist(name)))


def _one(request: Request, name: str) -> str:
    return next(iter(_all(request, name)), "").strip()


def _is_on(request: Request, name: str) -> bool:
    return _one(request, name).lower() not in _OFF


def _body(request: Request) -> str:
    """The body of a direct request, in the character set that it says, UTF-8 where it says none."""
    charset = request.mimetype_params.get("charset", "utf-8").strip("'\" ")
    try:
        codec = codecs.lookup(charset).name
        known = _ASCII.encode().decode(codec) == _ASCII
    except (LookupError, ValueError):
        known = False
    if not known:
        raise UnsupportedMediaType(
            f"a query must be in UTF-8, the character set of the protocol, or in another one that ASCII is a part of, "
            f"not in {charset}"
        )
    try:
        return request.get_data().decode("utf-8-sig" if codec == "utf-8" else codec)
    except UnicodeDecodeError as error:
        raise BadRequest(f"the query is not text in {codec.upper()}: its byte {error.start + 1} is wrong") from None


def _time_limit(value: str) -> float | None:
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0
    if not 0 < seconds < 1e6:
        raise BadRequest(f"timeout takes a number of seconds above 0, not {value!r}")
    return seconds
