"""Clients that ask a server over kept-alive connections as fast as it answers, in one thread and with little work.

A loop over sockets and nothing else, so that it can ask 30,000 times a second and is not what is measured.
"""

import select
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Result:
    """What came back. `times` are seconds from sending to the last byte; `statuses` how often each came."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    bytes: int = 0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.times) / self.seconds

    def quantile(self, part: float) -> float:
        """The time that this part of the requests did not exceed."""
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * part))]


def get(path: str, accept: str = "*/*") -> bytes:
    """A request as it goes over the wire."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n".encode()


class _Client:
    def __init__(self, port: int) -> None:
        self.port = port
        self._open()

    def _open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.expected: int | None = None
        self.chunked = False

    def send(self, request: bytes) -> None:
        self.began = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> int | None:
        """The status once the answer is whole."""
        piece = self.socket.recv(2**20)
        if not piece:
            raise ConnectionError("the server closed the connection")
        self.received += piece
        if self.expected is None and not self.chunked:
            end = self.received.find(b"\r\n\r\n")
            if end < 0:
                return None
            head = self.received[:end].lower()
            at = head.find(b"content-length:")
            if at >= 0:
                self.expected = end + 4 + int(head[at + 15 :].split(b"\r\n", 1)[0])
            elif b"transfer-encoding: chunked" in head:
                self.chunked = True
            else:
                self.expected = end + 4
        if self.chunked:
            if not self.received.endswith(b"0\r\n\r\n"):
                return None
        elif self.expected is None or len(self.received) < self.expected:
            return None
        status = int(self.received[9:12])
        self.size = len(self.received)
        self.received, self.expected, self.chunked = b"", None, False
        return status


def drive(port: int, clients: int, requests: Iterator[bytes], seconds: float) -> Result:
    """Ask for so long; each client sends its next request when it has its answer."""
    result = Result()
    poll = select.poll()
    by_number = {}
    for _ in range(clients):
        client = _Client(port)
        by_number[client.socket.fileno()] = client
        poll.register(client.socket, select.POLLIN)
    began = time.perf_counter()
    for client in by_number.values():
        client.send(next(requests))
    waiting = clients
    while waiting:
        for number, _ in poll.poll():
            client = by_number[number]
            status = client.receive()
            if status is None:
                continue
            now = time.perf_counter()
            result.times.append(now - client.began)
            result.statuses[status] = result.statuses.get(status, 0) + 1
            result.bytes += client.size
            if now - began < seconds:
                client.send(next(requests))
            else:
                waiting -= 1
    result.seconds = time.perf_counter() - began
    for client in by_number.values():
        client.socket.close()
    return result
