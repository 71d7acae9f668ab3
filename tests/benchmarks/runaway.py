"""Eight queries that would never end beside twenty clients with small ones. Run by hand:

    python -m tests.benchmarks.runaway [--triples 200000] [--limit 6]

Serves a large release by `kg serve`, which grants `--limit` seconds and 512 MB a query. Each client has an address of
its own (127.0.0.2 and so on). Eight ask for what cannot be answered: joins without end, and sorting more than fits in
memory; twenty ask for small things all the while, each request another one. Prints the slowest small query, how and
when each runaway ended, and the memory and processes of the server before and after. Exit status 1 where a small query
took above a second or failed, a runaway did not end within its limit plus a second, or memory did not return. It ends
in 504 or 507, or, where megabytes of its rows were sent already, in a connection that breaks before the last chunk (0).
"""

import argparse
import http.client
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from tests.benchmarks.endpoint import POINT, below, memory, served
from tests.benchmarks.large_release import BASE, make

JOIN = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SORT = "SELECT ?a ?d WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY CONCAT(STR(?f), STR(?a)) ?d"
GROUPS = "SELECT ?a ?d (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?d"
ROWS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . FILTER(?c < ?d && ?f < ?a) }"
RUNAWAYS = (JOIN, SORT, GROUPS, ROWS) * 2
SMALL = 20
BROKEN = 0


def ask(port: int, address: str, query: str) -> tuple[int, float]:
    """The status and the seconds that it took, asked from an address of its own. BROKEN: cut, so that one can tell."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120, source_address=(address, 0))
    began = time.perf_counter()
    try:
        connection.request("GET", f"/sparql?query={quote(query)}", headers={"Accept": "text/csv"})
        response = connection.getresponse()
        response.read()
        return response.status, time.perf_counter() - began
    except http.client.IncompleteRead:
        return BROKEN, time.perf_counter() - began
    finally:
        connection.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=200_000)
    parser.add_argument("--limit", type=float, default=6.0, help="seconds a query")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        release, _, projects = make(Path(folder, "data"), arguments.triples)
        command = [sys.executable, "-m", "kg", "serve", "--data", str(release.path.parent.parent)]
        command += [
            "--time-limit",
            str(arguments.limit),
            "--first-limit",
            str(arguments.limit),
            "--memory-limit",
            "512M",
        ]
        with served(lambda port: [*command, "--port", str(port)]) as (port, pid):
            return run(port, pid, projects, arguments.limit)


def run(port: int, pid: int, projects: int, limit: float) -> int:
    small: list[tuple[int, float]] = []
    ended: list[tuple[int, float, str]] = []
    over = threading.Event()

    def ask_small(client: int) -> None:
        number = client
        while not over.is_set():
            number += SMALL
            iri = f"{BASE}project/p-{number * 7919 % projects}"
            small.append(ask(port, f"127.0.0.{100 + client}", POINT.format(iri=iri)))
            over.wait(0.05)

    def ask_forever(client: int) -> None:
        query = RUNAWAYS[client] + f" # {client}"
        ended.append((*ask(port, f"127.0.0.{2 + client}", query), query.split(" WHERE")[0]))

    for client in range(8):  # start the workers
        ask(port, "127.0.0.1", POINT.format(iri=f"{BASE}project/p-{client}"))
    before, processes = memory(pid), len(below(pid))
    clients = [threading.Thread(target=ask_small, args=(client,)) for client in range(SMALL)]
    runaways = [threading.Thread(target=ask_forever, args=(client,)) for client in range(len(RUNAWAYS))]
    for thread in (*clients, *runaways):
        thread.start()
    peak = 0
    while any(thread.is_alive() for thread in runaways):
        peak = max(peak, memory(pid))
        time.sleep(0.1)
    at_once = len(small)
    time.sleep(1)
    over.set()
    for thread in clients:
        thread.join()
    after = memory(pid)
    times = sorted(seconds for _, seconds in small)
    statuses = dict(Counter(status for status, _ in small))
    print(f"small queries: {len(small)} ({at_once} beside the runaways), statuses {statuses}")
    most = times[int(len(times) * 0.99)]
    print(f"  median {times[len(times) // 2]:.3f} s, 99 % {most:.3f} s, slowest {times[-1]:.3f} s")
    for status, seconds, query in sorted(ended, key=lambda one: one[1]):
        print(f"runaway: {status} after {seconds:5.2f} s  {query}")
    print(f"memory: {before / 2**20:.0f} MiB before, {peak / 2**20:.0f} at most, {after / 2**20:.0f} after")
    print(f"processes: {processes} before, {len(below(pid))} after")
    good = (
        all(status == 200 for status, _ in small)
        and times[-1] <= 1
        and all(status in {504, 507, BROKEN} and seconds <= limit + 1 for status, seconds, _ in ended)
        and after < before + 64 * 2**20
    )
    print("reached" if good else "MISSED")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
