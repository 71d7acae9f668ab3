"""The program of a query worker: opens one store read-only, then answers one request after the other.

It is run as a script, by its path, so that a worker loads pyoxigraph and nothing else of the product (35 ms to start).
It knows no rules: what may be asked, for how long, and what an error means is decided by `kg.engine` on the other side
of the pipe, which may kill it at any moment.

Requests come on standard input, each a 4-byte length and a JSON object:

    do        "check"      parse the query and run it on an empty store: does it parse?
              "rows"       run it, send the rows as JSON lists, at most `limit` of them
              "serialize"  run it, send the answer in the format `solutions` or `graph` (extensions, null for none),
                           whichever the query's form asks for
    query     the text
    prefixes  prefix -> namespace, for those that the query does not declare; null for those of the request before
    base      the IRI that relative ones in the query stand to; null where there is none
    seconds   processor time after which the system ends this process, in case nobody is left to do it
    default_graphs, named_graphs   IRIs of the dataset; null for that of the query itself

Answers go to standard output as frames, each a letter, a 4-byte length and that many bytes:

    H  the head, JSON: `form` ("solutions", "boolean", "graph") and `columns`
    D  a piece of the answer: bytes of the format, or a JSON list of rows
    Z  the end, JSON: `complete`, `rows` (null where nobody counted), `worn` when this worker should not be used again
    E  the error instead of the end, JSON: `kind` ("store", "syntax", "query", "format", "memory") and `message`

A term is `null`, `["iri", value]`, `["blank", value]`, `["literal", value, language, datatype]` or `["triple", text]`.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import resource
import signal
import struct
import sys
from collections.abc import Callable
from itertools import chain, islice
from typing import IO, Any, BinaryIO, cast

import pyoxigraph as ox

HEADER = struct.Struct(">cI")
"""Kind and length of a frame."""
LENGTH = struct.Struct(">I")
"""Length of a request."""
_CHUNK = 64 * 1024  # bytes; a frame a chunk keeps both sides busy with work and not with system calls
_COLLECT = 20_000  # new objects before the garbage is looked for
_ROWS = 200  # rows a frame
_BEGINNING = 5_000  # triples of a graph that are looked at for the prefixes worth declaring
_WORN = 256 * 2**20  # bytes of address space gained since the start that are not worth keeping between queries
# `json.dumps` with these would make an encoder each time, which takes longer than a small answer.
_write_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_PAGE = resource.getpagesize()
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


class _Answers:
    """The pipe to the engine. pyoxigraph writes small pieces into it, which it sends on in frames."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._pending = bytearray()
        self._sorts_prefixes = False
        self.rows: int | None = None

    def begin(self, sorts_prefixes: bool) -> None:
        """A new answer. `sorts_prefixes`: it begins with lines `@prefix`, in the order of some hash table."""
        self._pending.clear()
        self._sorts_prefixes = sorts_prefixes

    def write(self, data: bytes) -> int:
        self._pending += data
        if len(self._pending) >= _CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._sorts_prefixes:
            self._sorts_prefixes = False
            lines = self._pending.splitlines(keepends=True)
            count = next((at for at, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
            self._pending = bytearray().join((*sorted(lines[:count]), *lines[count:]))
        if self._pending:
            self._frame(b"D", bytes(self._pending))
            self._pending.clear()

    def send(self, kind: bytes, value: object) -> None:
        self._frame(kind, _write_json(value).encode())
        if kind in b"ZE":
            self._pipe.flush()

    def _frame(self, kind: bytes, payload: bytes) -> None:
        self._pipe.write(HEADER.pack(kind, len(payload)))
        self._pipe.write(payload)

    def fail(self, kind: str, message: str) -> None:
        self.send(b"E", {"kind": kind, "message": message})


def _term(term: Any) -> list[str | None] | None:
    if isinstance(term, ox.NamedNode):
        return ["iri", term.value]
    if isinstance(term, ox.Literal):
        return ["literal", term.value, term.language, term.datatype.value]
    if isinstance(term, ox.BlankNode):
        return ["blank", term.value]
    return None if term is None else ["triple", str(term)]


def _head(results: Any) -> dict[str, object]:
    if isinstance(results, ox.QuerySolutions):
        return {"form": "solutions", "columns": [variable.value for variable in results.variables]}
    if isinstance(results, ox.QueryBoolean):
        return {"form": "boolean", "columns": ["answer"]}
    return {"form": "graph", "columns": ["subject", "predicate", "object"]}


def _send_rows(answers: _Answers, results: Any, limit: int | None) -> bool:
    """Send at most `limit` rows. True when those were all."""
    if isinstance(results, ox.QueryBoolean):
        answers.send(b"D", [[["literal", str(bool(results)).lower(), None, _BOOLEAN]]])
        return True
    rows = iter(results)
    if isinstance(results, ox.QueryTriples):
        rows = ((triple.subject, triple.predicate, triple.object) for triple in results)
    left = sys.maxsize if limit is None else limit
    while left:
        piece = [[_term(term) for term in row] for row in islice(rows, min(_ROWS, left))]
        if not piece:
            return True
        answers.send(b"D", piece)
        answers.rows = (answers.rows or 0) + len(piece)
        left -= len(piece)
    return next(rows, None) is None


def _serialize(answers: _Answers, results: Any, request: dict[str, Any]) -> None:
    graph, prefixes = request["graph"], request["prefixes"]
    output = cast(IO[bytes], answers)  # `write` and `flush` are all that is used of it
    if isinstance(results, ox.QueryTriples):
        readable = graph in {"ttl", "trig"}
        answers.begin(sorts_prefixes=readable)
        beginning = list(islice(results, _BEGINNING))
        used = _used(prefixes, beginning) if readable else None
        ox.serialize(chain(beginning, results), output, ox.RdfFormat.from_extension(graph), prefixes=used)
    else:
        answers.begin(sorts_prefixes=False)
        results.serialize(output, ox.QueryResultsFormat.from_extension(request["solutions"]))
    answers.flush()


def _used(prefixes: dict[str, str], triples: list[Any]) -> dict[str, str]:
    """Those of `prefixes` that are good for something in `triples`."""
    nodes = {term for triple in triples for term in triple if isinstance(term, ox.NamedNode)}
    nodes |= {term.datatype for triple in triples for term in triple if isinstance(term, ox.Literal)}
    iris = [node.value for node in nodes]
    return {prefix: iri for prefix, iri in prefixes.items() if any(known.startswith(iri) for known in iris)}


def _nodes(iris: list[str] | None) -> list[Any] | None:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


def _answer(answers: _Answers, store: ox.Store, request: dict[str, Any], is_worn: Callable[[], bool]) -> None:
    """Send the frames of one answer."""
    results = (ox.Store() if request["do"] == "check" else store).query(
        request["query"],
        base_iri=request.get("base"),
        prefixes=request["prefixes"],
        default_graph=_nodes(request.get("default_graphs")),
        named_graphs=_nodes(request.get("named_graphs")),
    )
    complete = True
    answers.rows = None
    if request["do"] != "check":
        head = _head(results)
        if request["do"] == "serialize" and not request["graph" if head["form"] == "graph" else "solutions"]:
            answers.fail("format", str(head["form"]))
            return
        answers.send(b"H", head)
        if request["do"] == "rows":
            complete = _send_rows(answers, results, request["limit"])
        else:
            _serialize(answers, results, request)
    answers.send(b"Z", {"complete": complete, "rows": answers.rows, "worn": is_worn()})


def _address_space(statm: int | None) -> int:
    """Bytes of address space in use; 0 where the system does not tell."""
    return 0 if statm is None else int(os.pread(statm, 100, 0).split(b" ", 1)[0]) * _PAGE


def _open_statm() -> int | None:
    """It stays open: opening it would take longer than reading it."""
    try:
        return os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return None


def die_with_parent(parent: int) -> None:
    """Have the system end this process when the thread that started it ends. `parent` is the process it belongs to."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(0)


class _Filter(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def deny_system_calls(program: bytes) -> bool:
    """Have the kernel refuse what `program` refuses, to this process and for ever. False where it cannot."""
    system = ctypes.CDLL(None)
    wanted = _Filter(len(program) // 8, program)
    # PR_SET_NO_NEW_PRIVS, without which only root may set a filter; PR_SET_SECCOMP with SECCOMP_MODE_FILTER
    return bool(system.prctl(38, 1, 0, 0, 0) == 0 and system.prctl(22, 2, ctypes.byref(wanted), 0, 0) == 0)


def _read(pipe: BinaryIO) -> dict[str, Any] | None:
    header = pipe.read(LENGTH.size)
    if len(header) < LENGTH.size:
        return None
    request: dict[str, Any] = json.loads(pipe.read(LENGTH.unpack(header)[0]))
    return request


def _serve(requests: BinaryIO, answers: _Answers, store: ox.Store, is_worn: Callable[[], bool]) -> None:
    prefixes: dict[str, str] = {}
    while (request := _read(requests)) is not None:
        prefixes = request["prefixes"] = prefixes if request["prefixes"] is None else request["prefixes"]
        signal.setitimer(signal.ITIMER_PROF, request["seconds"])
        try:
            _answer(answers, store, request, is_worn)
        except SyntaxError as error:
            answers.fail("syntax", str(error))
        except MemoryError:
            answers.fail("memory", "")
            return
        except BrokenPipeError:
            return
        except (OSError, RuntimeError, ValueError) as error:
            answers.fail("query", str(error))
        signal.setitimer(signal.ITIMER_PROF, 0)


def main(path: str, memory: int, parent: int, denied: bytes) -> None:
    """Serve the store in folder `path` until standard input ends.

    A query may take `memory` bytes; 0 is no limit. `denied` is a filter of system calls; none where empty.
    """
    die_with_parent(parent)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a worker that dies of its memory must not fill the disk with it
    if denied:
        deny_system_calls(denied)  # before the store is opened: threads that are there already would be free of it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which then ends its workers
    requests = os.fdopen(os.dup(0), "rb")
    answers = _Answers(os.fdopen(os.dup(1), "wb", 2 * _CHUNK))
    os.dup2(2, 1)  # nothing but frames may ever get into the answers
    try:
        store = ox.Store.read_only(path)
    except (OSError, ValueError) as error:
        answers.fail("store", str(error))
        return
    gc.freeze()
    gc.set_threshold(_COLLECT)
    statm = _open_statm()
    start = _address_space(statm)
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (start + memory, start + memory))
    _serve(requests, answers, store, lambda: _address_space(statm) > start + _WORN)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), bytes.fromhex(sys.argv[4]))
