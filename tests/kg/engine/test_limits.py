"""Places in the pool, the two times, the running queries and who asked them."""

import os
import threading
import time
from contextlib import closing

import pytest
from rdflib import Literal, URIRef

from kg import store
from kg.engine import Engine
from kg.errors import BusyError, QueryStoppedError, QueryTimeoutError, QuotaError
from kg.namespaces import ACC

FOREVER = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS = "SELECT ?a ?d ?g ?j WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("limits") / "store"
    store.write(path, [(URIRef(f"http://example.org/{n}"), ACC.number, Literal(n), None) for n in range(1000)])
    return path


class Asker:
    """An asker that writes down what it is told."""

    name = "somebody"

    def __init__(self, error=None):
        self.error = error
        self.used = []

    def admit(self, running):
        if self.error:
            raise self.error

    def finished(self, used):
        self.used.append(used)


class Asking(threading.Thread):
    """A query in a thread; `error` is what it ended in."""

    def __init__(self, engine, query, **limits):
        super().__init__()
        self.error = None
        self._ask = lambda: engine.select(query, **limits)
        self.start()

    def run(self):
        try:
            self._ask()
        except Exception as error:
            self.error = error


def wait_until(condition):
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_long_query_makes_room_for_others_and_steps_back(folder):
    with Engine(folder, workers=1, long_workers=1) as engine:
        runaway = Asking(engine, FOREVER, time_limit=1.5)
        wait_until(lambda: engine.running.all() and engine.running.all()[0].worker)
        pid = engine.running.all()[0].worker.pid
        assert engine.select("ASK {}").rows
        assert runaway.is_alive()
        assert os.getpriority(os.PRIO_PROCESS, pid) == 15
        runaway.join()
        assert isinstance(runaway.error, QueryTimeoutError)
        assert engine.select("ASK {}").rows


def test_more_long_queries_than_places_stay_where_they_are(folder):
    with Engine(folder, workers=2, long_workers=1, patience=0.1) as engine:
        runaways = [Asking(engine, FOREVER, time_limit=1.2) for _ in range(2)]
        wait_until(lambda: len(engine.running.all()) == 2)
        time.sleep(0.4)
        assert engine.select("ASK {}").rows  # one place is left
        more = Asking(engine, FOREVER, time_limit=0.8)
        time.sleep(0.3)
        with pytest.raises(BusyError):
            engine.select("ASK {}")
        for thread in (*runaways, more):
            thread.join()
        assert engine.select("ASK {}").rows


def test_who_finds_the_queue_full_is_told_at_once(folder):
    with Engine(folder, workers=1, queue=1, patience=5) as engine:
        runaway = Asking(engine, FOREVER, time_limit=0.8)
        wait_until(lambda: engine.running.all())
        waiting = Asking(engine, "ASK {}")
        wait_until(lambda: engine.waiting == 1)
        started = time.monotonic()
        with pytest.raises(BusyError, match="1 queries wait") as raised:
            engine.select("ASK {}")
        assert time.monotonic() - started < 0.3
        assert raised.value.retry_after == 5
        runaway.join()
        waiting.join()
        assert waiting.error is None


def test_the_first_piece_must_come_soon_and_the_rest_may_take_longer(folder):
    with Engine(folder, workers=1, first_limit=0.5, time_limit=1.2) as engine:
        started = time.monotonic()
        with pytest.raises(QueryTimeoutError, match=r"after 0\.5 seconds"):
            engine.select(FOREVER)
        assert time.monotonic() - started < 0.9
        with engine.answer(ENDLESS, "csv") as answer, pytest.raises(QueryTimeoutError, match=r"after 1\.2 seconds"):
            for _ in answer:
                pass


def test_running_queries_are_known_and_can_be_stopped(folder):
    with Engine(folder, workers=2) as engine:
        asker = Asker()
        runaway = Asking(engine.on_behalf_of(asker), FOREVER)
        wait_until(lambda: engine.running.all() and engine.running.all()[0].worker)
        (running,) = engine.running.all()
        assert (running.query, running.asker) == (FOREVER, "somebody")
        assert 0 < running.age < 5
        assert not engine.running.stop(running.number + 1)
        assert engine.running.stop(running.number)
        runaway.join()
        assert isinstance(runaway.error, QueryStoppedError)
        assert not engine.running.all()
        assert not running.stop()
        assert [used.outcome for used in asker.used] == ["QueryStoppedError"]
        assert engine.select("ASK {}").rows


def test_an_asker_is_told_what_its_queries_took(folder):
    with Engine(folder, workers=1) as engine:
        asker = Asker()
        own = engine.on_behalf_of(asker)
        own.select("SELECT ?n { ?s acc:number ?n } LIMIT 7")
        with pytest.raises(QueryTimeoutError):
            own.select(FOREVER, time_limit=0.2)
        with closing(own.answer(ENDLESS, "csv")) as answer:
            next(iter(answer))
        engine.select("ASK {}")
        assert [(used.outcome, used.rows) for used in asker.used] == [
            ("ok", 7),
            ("QueryTimeoutError", None),
            ("left", None),
        ]
        assert 0.2 <= asker.used[1].seconds < 1
        assert asker.used[0].size > 100


def test_who_is_not_admitted_costs_nothing(folder):
    with Engine(folder, workers=1) as engine:
        asker = Asker(QuotaError("enough", 9))
        with pytest.raises(QuotaError):
            engine.on_behalf_of(asker).select("ASK {}")
        assert not asker.used
        assert not engine.running.all()
