"""Budgets, the log, health, and the running queries."""

import json
import threading
import time

import pytest
from prometheus_client.parser import text_string_to_metric_families

from kg.errors import QuotaError
from kg.resources import queries_folder
from kg.web import close_app, create_app
from kg.web.clients import Budget, Caller, address_of

FOREVER = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ASK = {"query": "ASK { ?somebody ?knows ?x }"}


@pytest.fixture
def make(data):
    """Make applications, which are closed at the end."""
    made = []

    def make(**settings):
        made.append(create_app(data, queries=queries_folder(), **{"workers": 1, **settings}))
        return made[-1].test_client()

    yield make
    for app in made:
        close_app(app)


def test_a_budget_fills_again():
    now = [100.0]
    budget = Budget(60, lambda: now[0])
    budget.charge("one", 59)
    budget.admit("one")
    budget.charge("one", 31)  # 30 more than there are
    with pytest.raises(QuotaError, match="more than 60 seconds in a minute") as raised:
        budget.admit("one")
    assert raised.value.retry_after == 31
    budget.admit("other")
    now[0] += 31
    budget.admit("one")
    now[0] += 3600
    budget.charge("one", 59)
    budget.admit("one")


def test_no_budget_is_no_limit():
    budget = Budget(0)
    budget.charge("one", 1e9)
    budget.admit("one")


def test_a_budget_forgets_those_who_owe_nothing():
    now = [0.0]
    budget = Budget(60, lambda: now[0])
    for client in range(10_001):
        budget.charge(str(client), 1)
        now[0] += 0.01
    assert len(budget._used) < 200


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "address"),
    [
        ("192.0.2.1", "", 0, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", 0, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", 1, "203.0.113.9"),
        ("192.0.2.1", "198.51.100.1, 203.0.113.9", 1, "203.0.113.9"),
        ("192.0.2.1", "198.51.100.1, 203.0.113.9", 2, "198.51.100.1"),
        ("192.0.2.1", "203.0.113.9", 2, "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", 0, "192.0.2.1"),
        ("", "", 0, ""),
        ("192.0.2.1", "unknown", 1, "unknown"),
    ],
)
def test_who_a_client_is(remote, forwarded, proxies, address):
    assert address_of({"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded}, proxies) == address


def test_staff_see_pseudonyms():
    one, same, other = (
        Caller(Budget(0), address, b"salt", lambda used: None).name
        for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2")
    )
    assert one == same != other
    assert "192" not in one
    assert Caller(Budget(0), "192.0.2.1", b"", lambda used: None).name == "192.0.2.1"


def test_who_used_up_the_time_waits_and_others_do_not(make):
    client = make(client_seconds=0.3)
    slow = {"query": FOREVER, "timeout": "0.5"}
    assert client.get("/sparql", query_string=slow).status_code == 504
    refused = client.get("/sparql", query_string={"query": "ASK { ?a ?b ?c }"})
    assert refused.status_code == 429
    assert 30 < int(refused.headers["Retry-After"]) < 70
    assert "in a minute" in refused.get_json(force=True)["detail"]
    other = client.get("/sparql", query_string=ASK, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200
    assert client.get("/health/ready").status_code == 200


def lines(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_the_log_holds_what_was_asked_and_no_personal_data(make, tmp_path):
    client = make(log=tmp_path / "log")
    for _ in range(2):
        client.get("/sparql", query_string=ASK, headers={"Accept": "text/csv", "User-Agent": "Browser"})
    client.get("/sparql", query_string={"query": "SELECT ?s { ?s ?p"}, headers={"Accept": "text/csv"})
    first, cached, wrong = lines(tmp_path / "log")
    assert (first["method"], first["path"], first["status"], first["release"]) == ("GET", "/sparql", 200, "1")
    assert (first["bytes"], first["type"], first["cached"]) == (4, "text/csv", False)
    assert 0 < first["seconds"] < 10
    assert {key: first["queries"][0][key] for key in ("outcome", "bytes")}["outcome"] == "ok"
    assert (cached["cached"], cached["bytes"]) == (True, 4)
    assert (wrong["status"], wrong["queries"][0]["outcome"]) == (400, "QuerySyntaxError")
    text = (tmp_path / "log").read_text()
    assert not any(word in text for word in ("127.0.0.1", "somebody", "Browser"))


def test_a_setting_puts_more_into_the_log(make, tmp_path):
    client = make(log=tmp_path / "log", log_clients=True, log_queries=True)
    client.get("/sparql", query_string=ASK)
    (entry,) = lines(tmp_path / "log")
    assert entry["client"] == "127.0.0.1"
    assert entry["queries"][0]["text"] == ASK["query"]


def test_health(make, tmp_path):
    client = make()
    assert client.get("/health/live").get_json() == {"status": "ok"}
    assert client.get("/health/ready").get_json() == {"status": "ok", "release": 1}
    app = create_app(tmp_path, queries=queries_folder())
    try:
        empty = app.test_client()
        assert empty.get("/health/live").status_code == 200
        assert (empty.get("/health/ready").status_code, empty.get("/health").status_code) == (503, 503)
        assert "accord_release 0.0" in empty.get("/metrics").text
    finally:
        close_app(app)


def test_figures(make):
    client = make()
    client.get("/sparql", query_string=ASK)
    client.get("/sparql", query_string={"query": FOREVER, "timeout": "0.2"})
    response = client.get("/metrics")
    assert response.content_type == "text/plain; version=0.0.4; charset=utf-8"
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }
    assert found["accord_requests_total", "200"] == 1
    assert found["accord_requests_total", "504"] == 1
    assert found["accord_queries_total", "ok"] >= 1
    assert found["accord_queries_total", "QueryTimeoutError"] == 1
    assert found["accord_release",] == 1
    assert found["accord_query_seconds_sum",] > 0.2
    assert found["process_resident_memory_bytes",] > 0


def test_running_queries_are_for_staff_only(make):
    assert make().get("/admin/queries").status_code == 404
    client = make(token="secret")
    for headers in (
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer sécret"},
        {"Authorization": "secret x"},
    ):
        refused = client.get("/admin/queries", headers=headers)
        assert refused.status_code == 401
        assert "Bearer" in refused.headers["WWW-Authenticate"]
    assert client.get("/admin/queries", headers={"Authorization": "Bearer secret"}).get_json() == []


def test_staff_stop_a_query(make):
    client = make(token="secret")
    staff = {"Authorization": "Bearer secret"}
    answers = []
    ask = threading.Thread(target=lambda: answers.append(client.get("/sparql", query_string={"query": FOREVER})))
    ask.start()
    deadline = time.monotonic() + 5
    while not (listed := client.application.test_client().get("/admin/queries", headers=staff).get_json()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(0.2)
    (one,) = listed
    assert one["query"] == FOREVER
    other = client.application.test_client()
    assert other.delete("/admin/queries/999", headers=staff).status_code == 404
    assert other.delete(f"/admin/queries/{one['number']}").status_code == 401
    assert other.delete(f"/admin/queries/{one['number']}", headers=staff).status_code == 204
    ask.join()
    assert answers[0].status_code == 503
    assert "stopped by the staff" in answers[0].get_json(force=True)["detail"]


def test_what_a_query_would_cost(make):
    client = make()
    response = client.get("/sparql", query_string={"query": "SELECT * { ?a acc:party ?b }", "explain": "1"})
    assert (response.status_code, response.content_type) == (200, "text/plain; charset=utf-8")
    assert "Estimated rows: 2" in response.text
    assert client.get("/sparql", query_string={"query": "SELECT * {", "explain": "1"}).status_code == 400
