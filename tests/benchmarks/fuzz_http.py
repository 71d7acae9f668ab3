"""Ten thousand malformed requests over real connections. Run by hand:

    python -m tests.benchmarks.fuzz_http [--times 10000] [--seed 1]

Serves a small release by `kg serve` and sends what `tests.kg.web.malformed` makes, and among it bytes that are hardly
HTTP. Every answer must be 4xx and come within ten seconds (bytes that are no HTTP may also have the connection closed),
and after it all the server must answer a query at once, with all its workers. Prints how often each status came.
"""

import argparse
import socket
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.benchmarks.endpoint import below, served
from tests.kg.served import EXAMPLE, make_release
from tests.kg.web.malformed import Malformed, malformed_requests

PATIENCE = 10
CLOSED, HUNG = 0, -1


def wire(request: Malformed) -> bytes:
    """The request as it goes over the wire."""
    lines = [f"{request.method} {request.target} HTTP/1.1", "Host: localhost", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in request.headers]
    if request.body or request.method == "POST":
        lines.append(f"Content-Length: {len(request.body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + request.body


def send(port: int, data: bytes) -> int:
    """The status; CLOSED where the connection was closed without an answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        answer = b""
        try:
            connection.sendall(data)
            while len(answer) < 12 and (piece := connection.recv(65536)):
                answer += piece
        except TimeoutError:
            return HUNG
        except OSError:
            pass  # closed, perhaps after an answer
        return int(answer[9:12]) if len(answer) >= 12 else CLOSED


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    statuses: Counter[int] = Counter()
    slowest = [0.0]
    wrong: list[tuple[int, object]] = []

    def note(port: int, data: bytes, shown: object, may_close: bool) -> None:
        began = time.perf_counter()
        status = send(port, data)
        slowest[0] = max(slowest[0], time.perf_counter() - began)
        statuses[status] += 1
        if not (400 <= status < 500 or (may_close and status == CLOSED)):
            wrong.append((status, shown))

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        make_release(data, EXAMPLE)
        command = [sys.executable, "-m", "kg", "serve", "--data", str(data), "--client-seconds", "0"]
        with served(lambda port: [*command, "--port", str(port)]) as (port, pid):
            many = settings(
                max_examples=arguments.times * 9 // 10,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            few = settings(many, max_examples=arguments.times - arguments.times * 9 // 10)

            @seed(arguments.seed)
            @many
            @given(request=malformed_requests())
            def requests(request: Malformed) -> None:
                note(port, wire(request), request, may_close=False)

            @seed(arguments.seed)
            @few
            @given(request=malformed_requests(), at=st.integers(0, 40), piece=st.binary(min_size=1, max_size=9))
            def bytes_(request: Malformed, at: int, piece: bytes) -> None:
                data = wire(request)
                spoilt = data[:at] + b"\x00" + piece + data[at:]
                note(port, spoilt, spoilt, may_close=True)

            requests()
            bytes_()
            began = time.perf_counter()
            alive = send(port, wire(Malformed("GET", "/sparql?query=ASK%20%7B%7D", (("Accept", "text/csv"),))))
            seconds = time.perf_counter() - began
            print(f"{sum(statuses.values())} requests; statuses {dict(sorted(statuses.items()))} (0: closed)")
            print(f"slowest {slowest[0]:.2f} s; a query afterwards: {alive} in {seconds:.3f} s")
            print(f"{len(below(pid))} processes")
    for status, shown in wrong[:10]:
        print(f"{status}: {shown}")
    good = not wrong and alive == 200 and seconds < 1
    print("reached" if good else f"MISSED: {len(wrong)} answers were not 4xx")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
