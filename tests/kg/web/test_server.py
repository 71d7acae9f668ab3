"""The real server on a loopback port: it starts, answers, follows new releases, and leaves nothing behind."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kg.errors import DataFolderError, MissingReleaseError, SavedQueryError, ServeError
from kg.resources import queries_folder
from kg.web import serve
from tests.kg.served import EXAMPLE, make_release

PROGRAM = (
    "import sys; from pathlib import Path; from kg.web import serve\n"
    "serve(Path(sys.argv[1]), queries=Path(sys.argv[2]), port=0, workers=2, time_limit=60)"
)
FOREVER = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LARGE = "SELECT ?a ?b ?c ?d WHERE { ?a ?b ?c . ?d acc:rule ?f }"
WITHOUT_END = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def descendants(pid):
    """All processes below a process, zombies too."""
    found = set()
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, file.read_text().split()):
            found |= {child} | descendants(child)
    return found


def wait_until(condition, seconds=8):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


class Server:
    """A running server. `port` is where it listens."""

    def __init__(self, data):
        command = [sys.executable, "-c", PROGRAM, str(data), str(queries_folder())]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.greeting = self.process.stdout.readline()
        self.port = int(re.search(r"http://127.0.0.1:(\d+)/", self.greeting)[1])
        wait_until(self._listens)

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def get(self, path, method="GET", **parameters):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, f"{path}?{urlencode(parameters)}" if parameters else path)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body

    def ask_forever(self):
        """Begin a query that will not end, and wait until a worker is at it."""
        before = self._work()
        threading.Thread(target=self._ask_in_vain, daemon=True).start()
        wait_until(lambda: self._work() > before + 10)

    def _ask_in_vain(self):
        with suppress(OSError, http.client.HTTPException):
            self.get("/sparql", query=FOREVER)

    def _work(self):
        """Hundredths of a second of processor time that the query workers have used."""
        commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in descendants(self.process.pid)}
        workers = (pid for pid, command in commands.items() if b"worker.py" in command)
        return sum(int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11]) for pid in workers)


@contextmanager
def running(data):
    server = Server(data)
    try:
        yield server
    finally:
        below = descendants(server.process.pid)
        server.process.kill()
        server.process.wait()
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below))


@pytest.fixture(scope="module")
def server(data):
    with running(data) as server:
        yield server


def test_it_greets_and_answers(server):
    assert server.greeting.startswith("Release 1 is served at http://127.0.0.1:")
    response, body = server.get("/health")
    assert (response.status, body) == (200, b'{"status":"ok","release":1}\n')
    response, body = server.get("/queries/agreements.csv", party="boat")
    assert (response.status, body.count(b"\n")) == (200, 2)
    assert response.headers["X-Accord-Release"] == "1"


def test_head_has_the_length_and_no_body(server):
    response, body = server.get("/sparql", "HEAD", query="ASK {}")
    whole, answer = server.get("/sparql", query="ASK {}")
    assert (response.status, body) == (200, b"")
    assert response.headers["Content-Length"] == whole.headers["Content-Length"] == str(len(answer))


def test_a_large_answer_is_sent_as_it_comes(server):
    response, body = server.get("/sparql", query=LARGE, format="csv")
    assert (response.status, response.headers["Transfer-Encoding"]) == (200, "chunked")
    assert 5_000_000 < len(body) < int(response.headers["X-Accord-Answer-Limit"])
    counted, count = server.get("/sparql", query=f"SELECT (COUNT(*) AS ?n) {{ {{ {LARGE} }} }}", format="csv")
    assert counted.status == 200
    assert body.count(b"\r\n") == int(count.split()[1]) + 1


def test_who_knows_no_chunks_gets_the_length(server):
    """A client of HTTP 1.0 takes the end of the connection for the end of the answer."""
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(f"GET /sparql.csv?{urlencode({'query': LARGE})} HTTP/1.0\r\n\r\n".encode())
        received = b"".join(iter(lambda: connection.recv(2**20), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    assert int(re.search(rb"content-length: (\d+)", head)[1]) == len(body) > 5_000_000


def test_an_answer_that_fails_half_way_does_not_look_whole(server):
    """More rows than come in the time that the query has."""
    with pytest.raises(http.client.IncompleteRead) as cut:
        server.get("/sparql", query=WITHOUT_END, format="csv", timeout="4")
    assert len(cut.value.partial) > 1_000_000
    assert server.get("/health")[0].status == 200


def test_the_query_of_a_client_who_left_is_stopped(server):
    workers = len(descendants(server.process.pid))
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            enough = server._work() + 10
            connection.sendall(f"GET /sparql?{urlencode({'query': FOREVER})} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            wait_until(lambda enough=enough: server._work() > enough)
    wait_until(lambda: len(descendants(server.process.pid)) <= workers)
    before = server._work()
    time.sleep(0.5)
    assert server._work() <= before + 2


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 300_000, 431),
        (b"BREW /coffee HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n", 413),
        (
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            + b"Transfer-Encoding: chunked\r\n\r\n"
            + b"80000\r\n"
            + b"x" * 0x80000
            + b"\r\n"
            + b"80001\r\n"
            + b"x" * 0x80001
            + b"\r\n",
            413,
        ),
        (b"GET /%ff%fe/%00 HTTP/1.1\r\nHost: x\r\n\r\n", 404),
    ],
)
def test_what_is_no_request_for_it(server, sent, status):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(sent)
        received = connection.recv(4096)
        assert received.startswith(f"HTTP/1.1 {status} ".encode())
        head, _, body = received.partition(b"\r\n\r\n")
        length = int(re.search(rb"content-length: (\d+)", head.lower())[1])
        while len(body) < length:
            body += connection.recv(4096)
        assert len(body) == length


def test_the_same_request_again_has_the_same_answer(server):
    """The first is answered by a query, the second from memory, the further ones before anything looks at them."""
    for path in ("/queries/agreements.csv?party=boat", "/sparql.csv?query=ASK%20%7B%7D%20%23again", "/documents/"):
        answers = [server.get(path) for _ in range(5)]
        assert {response.status for response, _ in answers} == {200}
        assert len({body for _, body in answers}) == 1
        for response, _ in answers[1:]:
            told = {name.lower(): value for name, value in response.getheaders() if name.lower() != "date"}
            assert told == {name.lower(): value for name, value in answers[0][0].getheaders() if name.lower() != "date"}
            assert response.getheader("Date")


def test_pipelined_requests_are_answered_in_their_order(server):
    asked = [f"ASK {{}} #{number % 3}" for number in range(30)]
    requests = [f"GET /sparql.csv?{urlencode({'query': query})} HTTP/1.1\r\nHost: x\r\n" for query in asked]
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall("\r\n".join([*requests[:-1], requests[-1] + "Connection: close\r\n", ""]).encode())
        received = b"".join(iter(lambda: connection.recv(2**20), b""))
    tags = re.findall(rb"etag: (\S+)", received)
    assert received.count(b"HTTP/1.1 200 OK") == len(tags) == 30
    assert len(set(tags)) == 3 and tags == tags[:3] * 10


def test_a_runaway_query_holds_nobody_up(server):
    server.ask_forever()
    for _ in range(20):
        started = time.monotonic()
        assert server.get("/sparql", query="ASK {}")[0].status == 200
        assert time.monotonic() - started < 1


def test_unicode_in_addresses(server):
    response, body = server.get("/search", q="bờ hồ")
    assert (response.status, "Bờ Hồ Boat School" in body.decode()) == (200, True)
    assert server.get("/documents/visit%20to%20norland.txt")[0].status == 200


def test_a_new_release_is_served_without_a_restart(data, tmp_path):
    shutil.copytree(data, tmp_path / "data", symlinks=True)
    with running(tmp_path / "data") as server:
        assert server.get("/health")[1] == b'{"status":"ok","release":1}\n'
        server.get("/sparql", query="ASK {}")
        first = descendants(server.process.pid)
        make_release(tmp_path / "data", EXAMPLE)
        response, _ = server.get("/sparql", query="ASK {}")
        assert response.headers["X-Accord-Release"] == "2"
        second = descendants(server.process.pid)
        assert len(second) == len(first) == 1  # one worker; the old one has gone
        assert not first & second


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_everything_even_queries_at_work(data, number):
    with running(data) as server:
        server.ask_forever()
        server.get("/sparql", query="ASK {}")
        below = descendants(server.process.pid)
        assert len(below) == 2  # one worker at work and one idle
        os.kill(server.process.pid, number)
        assert server.process.wait(2.5) == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in below)
        assert "Traceback" not in server.process.stderr.read()


def test_nothing_outlives_a_killed_server(data):
    with running(data) as server:
        server.ask_forever()
        below = descendants(server.process.pid)
        server.process.kill()
        server.process.wait()
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below))


def test_what_cannot_be_served_is_told_before_the_start(data, tmp_path):
    with pytest.raises(MissingReleaseError):
        serve(tmp_path, queries=queries_folder(), port=0)
    (tmp_path / "file").write_text("")
    with pytest.raises(DataFolderError):
        serve(tmp_path, queries=queries_folder(), port=0)
    with pytest.raises(SavedQueryError):
        serve(data, queries=tmp_path / "none", port=0)


def test_where_it_cannot_listen(data):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServeError, match=f"the port {port} is in use; take another one with --port"):
            serve(data, queries=queries_folder(), port=port)
    with pytest.raises(ServeError, match=r"cannot listen at 192\.0\.2\.1"):
        serve(data, queries=queries_folder(), host="192.0.2.1", port=0)
    with pytest.raises(ServeError, match=r"there is no address 'no\.such\.host\.invalid'"):
        serve(data, queries=queries_folder(), host="no.such.host.invalid", port=0)
