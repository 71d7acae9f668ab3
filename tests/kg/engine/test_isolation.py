"""What a worker is kept from. Here a query goes to it directly, past the refusals of the engine."""

import json
import resource
import socket
import sys
from pathlib import Path

import pytest

from kg import store
from kg.engine.isolation import fair_memory, network_filter
from kg.engine.process import WorkerProcess

linux = pytest.mark.skipif(not network_filter(), reason="this system has no filters of system calls")


@pytest.fixture
def worker(tmp_path):
    store.write(tmp_path / "store", [])
    worker = WorkerProcess(tmp_path / "store", 0)
    yield worker
    worker.close()


def ask(worker, query):
    request = {"do": "rows", "limit": None, "query": query, "prefixes": {}}
    return [(kind, json.loads(payload)) for kind, payload in worker.ask(request, 10)]


@linux
def test_a_worker_cannot_reach_the_network(worker):
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.05)
        address = f"http://127.0.0.1:{trap.getsockname()[1]}/"
        kind, error = ask(worker, f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")[-1]
        assert kind == b"E"
        assert "Permission denied" in error["message"]
        with pytest.raises(TimeoutError):
            trap.accept()
    assert ask(worker, "ASK {}")[-1][0] == b"Z"  # and it goes on working


@linux
def test_the_filter_is_in_place_and_nothing_is_dumped(worker):
    ask(worker, "ASK {}")
    status = Path(f"/proc/{worker.pid}/status").read_text()
    assert "Seccomp:\t2" in status
    assert "NoNewPrivs:\t1" in status
    assert resource.prlimit(worker.pid, resource.RLIMIT_CORE) == (0, 0)


def test_elsewhere_a_worker_runs_without_a_filter(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert network_filter() == b""


def test_memory_is_shared_fairly():
    assert fair_memory(1) >= fair_memory(4) >= fair_memory(1000) == 256 * 2**20
    assert fair_memory(1) <= 2 * 2**30
