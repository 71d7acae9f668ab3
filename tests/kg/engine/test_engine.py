"""The engine with real workers on a small real store."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from rdflib import BNode, Literal, URIRef

from kg import store
from kg.engine import Engine, Table, Term
from kg.errors import (
    AnswerFormatError,
    BusyError,
    QueryError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    UpdateRefusedError,
)
from kg.namespaces import ACC

E = "http://example.org/"
GRAPH = URIRef(E + "graph")
FOREVER = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUGE = "SELECT ?a ?d WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY CONCAT(STR(?f), STR(?a)) ?d"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("engine") / "store"
    numbers = [(URIRef(f"{E}{n}"), ACC.number, Literal(n), None) for n in range(2000)]
    named = [
        (URIRef(E + "one"), ACC.name, Literal("Hội “một”", lang="vi"), None),
        (URIRef(E + "one"), ACC.code, Literal("01", datatype=ACC.serial), None),
        (URIRef(E + "one"), ACC.part, BNode(), None),
        (URIRef(E + "other"), ACC.name, Literal("elsewhere"), GRAPH),
    ]
    store.write(path, [*numbers, *named])
    return path


@pytest.fixture(scope="module")
def engine(folder):
    with Engine(folder, workers=2, time_limit=20) as engine:
        yield engine


def children(pid=None):
    """The ids of the processes that a process has started, zombies too."""
    return {
        int(line)
        for line in Path(f"/proc/{pid or os.getpid()}/task").glob("*/children")
        for line in line.read_text().split()
    }


@pytest.fixture
def before():
    """The processes that were there before the test."""
    return children()


@contextmanager
def running(engine, query, error, **limits):
    """Run a query in a thread; it must end in `error`."""
    seen = []

    def ask():
        try:
            engine.select(query, **limits)
        except QueryError as raised:
            seen.append(raised)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.3)
    yield seen
    thread.join(10)
    assert [type(raised) for raised in seen] == [error]


def test_rows_are_terms(engine):
    table = engine.select(
        f"SELECT ?name ?code ?part ?none WHERE {{ <{E}one> acc:name ?name ; acc:code ?code ; acc:part ?part }}"
    )
    assert table.columns == ("name", "code", "part", "none")
    name, code, part, none = table.rows[0]
    assert name == Term("literal", "Hội “một”", "vi", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
    assert code == Term("literal", "01", None, str(ACC.serial))
    assert (part.kind, none, str(name)) == ("blank", None, "Hội “một”")
    assert [set(record) for record in table.records()] == [{"name", "code", "part"}]


@pytest.mark.parametrize(
    ("query", "form", "columns", "count"),
    [
        ("SELECT ?s WHERE { ?s acc:number ?n }", "solutions", ("s",), 2000),
        ("ASK { ?s acc:number 7 }", "boolean", ("answer",), 1),
        ("CONSTRUCT { ?s a acc:Number } WHERE { ?s acc:number 7 }", "graph", ("subject", "predicate", "object"), 1),
        (f"DESCRIBE <{E}7>", "graph", ("subject", "predicate", "object"), 1),
        ("SELECT ?s WHERE { ?s acc:nothing ?n }", "solutions", ("s",), 0),
    ],
)
def test_every_form_is_a_table(engine, query, form, columns, count):
    table = engine.select(query)
    assert (table.form, table.columns, len(table.rows), table.complete) == (form, columns, count, True)


@pytest.mark.parametrize(
    ("limit", "count", "complete"), [(0, 0, False), (7, 7, False), (2000, 2000, True), (9999, 2000, True)]
)
def test_a_cut_table_says_so(engine, limit, count, complete):
    table = engine.select("SELECT ?s WHERE { ?s acc:number ?n }", limit=limit)
    assert (len(table.rows), table.complete) == (count, complete)


@pytest.mark.parametrize(
    ("query", "format", "media_type", "begins"),
    [
        ("SELECT ?n { ?s acc:number ?n } ORDER BY ?n", "json", "application/sparql-results+json", b'{"head"'),
        ("SELECT ?n { ?s acc:number ?n } ORDER BY ?n", "xml", "application/sparql-results+xml", b"<?xml"),
        ("SELECT ?n { ?s acc:number ?n } ORDER BY ?n", "csv", "text/csv; charset=utf-8", b"n\r\n0\r\n1\r\n"),
        (
            "SELECT ?n { ?s acc:number ?n } ORDER BY ?n",
            "TSV",
            "text/tab-separated-values; charset=utf-8",
            b"?n\n0\n1\n",
        ),
        ("ASK {}", "json", "application/sparql-results+json", b'{"head":{},"boolean":true}'),
        ("ASK { ?s acc:nothing ?n }", "csv", "text/csv; charset=utf-8", b"false"),
        (f"DESCRIBE <{E}7>", "turtle", "text/turtle; charset=utf-8", b"@prefix acc: "),
        (f"DESCRIBE <{E}7>", "nt", "application/n-triples", b"<http://example.org/7> <https"),
        (f"DESCRIBE <{E}7>", "nq", "application/n-quads", b"<http://example.org/7> <https"),
        (f"DESCRIBE <{E}7>", "trig", "application/trig", b"@prefix acc: "),
        (f"DESCRIBE <{E}7>", "rdf", "application/rdf+xml", b"<?xml"),
        (f"DESCRIBE <{E}7>", "jsonld", "application/ld+json", b"[{"),
        (f"DESCRIBE <{E}7>", "json", "application/ld+json", b"[{"),
        (f"DESCRIBE <{E}7>", "xml", "application/rdf+xml", b"<?xml"),
    ],
)
def test_formats(engine, query, format, media_type, begins):
    with engine.answer(query, format) as answer:
        assert answer.media_type == media_type
        assert b"".join(answer).startswith(begins)


@pytest.mark.parametrize(
    ("query", "format", "message"),
    [
        ("ASK {}", "excel", "there is no format 'excel'; take one of json, xml, csv"),
        ("ASK {}", "turtle", "the answer of this query is rows"),
        ("DESCRIBE acc:x", "csv", "the answer of this query is a graph"),
    ],
)
def test_formats_that_do_not_fit(engine, query, format, message):
    with pytest.raises(AnswerFormatError, match=message):
        engine.answer(query, format)


def test_turtle_declares_what_it_uses_in_order(engine):
    with engine.answer(
        "CONSTRUCT { ?s rdfs:label 'x' ; a skos:Concept ; acc:n ?n } WHERE { ?s acc:number ?n } LIMIT 3", "ttl"
    ) as answer:
        lines = b"".join(answer).decode().splitlines()
    assert [line.split()[1] for line in lines if line.startswith("@prefix")] == [
        "acc:",
        "rdf:",
        "rdfs:",
        "skos:",
        "xsd:",
    ]


def test_own_prefixes_win(engine):
    assert not engine.select("PREFIX acc: <http://example.org/> SELECT ?s { ?s acc:number ?n }").rows
    assert len(engine.select(f"PREFIX mine: <{ACC}>\nPREFIX mine: <{ACC}> SELECT ?s {{ ?s mine:number 7 }}").rows) == 1


def test_the_dataset_can_be_chosen(engine):
    query = "SELECT ?name WHERE { ?s acc:name ?name }"
    assert [str(name) for (name,) in engine.select(query, default_graphs=[GRAPH]).rows] == ["elsewhere"]
    assert not engine.select(query, named_graphs=[GRAPH]).rows
    inside = "SELECT ?name WHERE { GRAPH ?g { ?s acc:name ?name } }"
    assert not engine.select(inside, default_graphs=[GRAPH]).rows
    with pytest.raises(QueryError):
        engine.select(query, default_graphs=["no iri"])


@pytest.mark.parametrize(
    ("query", "line", "column", "message"),
    [
        ("", 1, 1, "the query is empty"),
        ("# nothing", 1, 1, "the query is empty"),
        ("SELEC ?x", 1, 1, "“SELEC” was not expected here"),
        ("SELECT ?x WHERE {\n ?s foo:p ?o }", 2, 5, "the prefix “foo:” is not declared"),
        ("SELECT (foo:f(1) AS ?x) {}", 1, 9, "the prefix “foo:” is not declared"),
        ("SELECT ?x WHERE { ?s ?p ?o", 1, 27, "the query ends too early"),
        ("SELECT * {\n?s ?p\n?o .. }", 3, 5, "“.” was not expected here"),
        ("SELECT * { ?s ?p 'đây là' . ?x ++}", 1, 32, "“+” was not expected here"),
        ("SELECT * { ?s ?p ?o } GARBAGE", 1, 23, "“GARBAGE” was not expected here"),
        ("SELECT * {\r\n ?s ?p ?o ?x }", 2, 11, "“?x” was not expected here; expected one of , . ;"),
        ("SELECT ?s { ?s a acc:X } ORDER BY DESC ?s", 1, 40, "“?s” was not expected here"),
        ("SELECT ?a, ?b WHERE { ?a ?p ?b }", 1, 10, "“,” was not expected here"),
        ("SELECT * { ?s <rel> ?o }", 1, 15, "<rel> is not an absolute IRI"),
        ("SELECT * { ?s ?p 'open }\n}", 1, 18, "this quotation mark is never closed"),
        ("SELECT * { ?s ?p '''open }\n}", 1, 18, "this quotation mark is never closed"),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", 1, 41, "each variable must be grouped or aggregated"),
        ("SELECT ?service { ?service ?p }", 1, 31, "“}” was not expected here"),
    ],
)
def test_syntax_errors_have_a_place(engine, query, line, column, message):
    with pytest.raises(QuerySyntaxError) as raised:
        engine.select(query)
    assert message in str(raised.value)
    assert (raised.value.line, raised.value.column) == (line, column)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <http://a> <http://b> <http://c> }",
        "# first\nPREFIX x: <http://x/>\nBASE <http://x/>\ndelete where { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "CLEAR ALL",
        "WITH <http://x> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT DATA { <http://a> <http://b> 'SERVICE' }",
    ],
)
def test_updates_are_refused(engine, query):
    with pytest.raises(UpdateRefusedError, match="this endpoint only reads"):
        engine.select(query)


@pytest.fixture(scope="module")
def trap():
    """A port that nobody may connect to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("SELECT * { SERVICE <T> { ?s ?p ?o } }", UpdateRefusedError),
        ("SELECT * {\n service silent <T> { ?s ?p ?o } }", UpdateRefusedError),
        ("SELECT * { SERVICESILENT<T>{?s ?p ?o} }", UpdateRefusedError),
        ("PREFIX : <T> SELECT * { SERVICE:x { ?s ?p ?o } }", UpdateRefusedError),
        ("SELECT * { VALUES ?x { <T> } SERVICE ?x { ?s ?p ?o } }", UpdateRefusedError),
        ("SELECT * { { SELECT * { Service <T> { ?s ?p ?o } } } }", UpdateRefusedError),
        ("ASK { FILTER EXISTS { SERVICE # hidden\n<T> { ?s ?p ?o } } }", UpdateRefusedError),
        # The parser finds a keyword in these. They are refused, if as errors.
        ("PREFIX ex: <http://h:1> SELECT * { ?s ?p ex:SERVICE <T> { ?a ?b ?c } }", QuerySyntaxError),
        ("SELECT * { ?s ?p 1SERVICE<T> { ?a ?b ?c } }", QuerySyntaxError),
    ],
)
def test_service_is_refused_and_nobody_is_called(engine, trap, query, error):
    with pytest.raises(error) as raised:
        engine.select(query.replace("<T>", f"<http://127.0.0.1:{trap.getsockname()[1]}/>"))
    if error is UpdateRefusedError:
        assert "SERVICE is refused" in str(raised.value)
    with pytest.raises(TimeoutError):
        trap.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service ?Service { ?service acc:number ?Service }",
        "SELECT * { ?s a schema:Service ; schema:serviceType 'SERVICE <http://x> {' } # SERVICE <x> {}",
        "PREFIX service: <http://x/service/> SELECT * { ?s service:SERVICE ?o . { ?o a service:x } }",
        "SELECT ?zervice ?service { ?zervice acc:number ?service }",
        'SELECT * { ?s ?p """\nSERVICE <http://x> { ?s ?p ?o }""" }',
        "SELECT * { <http://x/service> ?p '\\u0053ERVICE'@service }",
    ],
)
def test_the_word_service_is_fine_elsewhere(engine, query):
    assert isinstance(engine.select(query), Table)


def test_an_unknown_function_is_told(engine):
    with pytest.raises(QueryError, match="http://x/f"):
        engine.select("SELECT (<http://x/f>(?s) AS ?y) { ?s acc:number ?o }")


def test_a_query_that_is_no_text(engine):
    with pytest.raises(QueryError, match="surrogates"):
        engine.select("SELECT * { ?s ?p '\ud800' }")


def test_a_query_ends_at_its_time_limit_and_hurts_nobody(folder):
    with Engine(folder, workers=2, time_limit=20) as engine:
        started = time.monotonic()
        with running(engine, FOREVER, QueryTimeoutError, time_limit=1) as seen:
            assert len(engine.select("SELECT ?s { ?s acc:number 7 }").rows) == 1
        assert 0.9 < time.monotonic() - started < 3
        assert "after 1 seconds" in str(seen[0])
        assert len(engine.select("SELECT ?s { ?s acc:number 7 }").rows) == 1


def test_nobody_gets_more_time_than_there_is(folder):
    with Engine(folder, workers=1, time_limit=0.5) as engine:
        started = time.monotonic()
        with pytest.raises(QueryTimeoutError):
            engine.select(FOREVER, time_limit=60)
        assert time.monotonic() - started < 2


def test_a_query_ends_at_its_memory_limit(folder):
    with Engine(folder, workers=1, memory_limit=100 * 2**20, time_limit=30) as engine:
        with pytest.raises(QueryMemoryError, match="too much memory"):
            engine.select(HUGE)
        assert len(engine.select("SELECT ?s { ?s acc:number 7 }").rows) == 1


def test_a_query_that_breaks_its_worker_hurts_nobody(engine):
    with pytest.raises(QueryMemoryError):
        engine.select("SELECT * " + "{" * 20_000 + "}" * 20_000)
    assert len(engine.select("SELECT ?s { ?s acc:number 7 }").rows) == 1


def test_a_worker_that_died_idle_is_replaced(folder, before):
    with Engine(folder, workers=1) as engine:
        engine.select("ASK {}")
        (worker,) = children() - before
        os.kill(worker, signal.SIGKILL)
        time.sleep(0.1)
        assert engine.select("ASK {}").rows
        assert children() - before != {worker}


def test_a_cut_answer_is_no_whole_one(folder, before):
    with (
        Engine(folder, workers=1, time_limit=20) as engine,
        engine.answer("SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "csv") as answer,
    ):
        pieces = iter(answer)
        assert next(pieces)
        (worker,) = children() - before
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(QueryMemoryError):
            list(pieces)


def test_leaving_an_answer_early_stops_its_query(folder):
    with Engine(folder, workers=1) as engine:
        for _ in range(3):
            with engine.answer("SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "csv") as answer:
                assert next(iter(answer))
        assert engine.select("ASK {}").rows


def test_who_finds_no_worker_is_told_to_come_back(folder):
    with (
        Engine(folder, workers=1, patience=0.1) as engine,
        engine.answer("SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "csv"),
        pytest.raises(BusyError) as raised,
    ):
        engine.select("ASK {}")
    assert raised.value.retry_after == 1


def test_a_retired_engine_finishes_its_queries(folder, before):
    with Engine(folder, workers=2) as engine:
        engine.select("ASK {}")
        with engine.answer("SELECT ?s { ?s acc:number ?n }", "csv") as answer:
            engine.retire()
            assert len(children() - before) == 1
            assert b"".join(answer).count(b"\n") == 2001
        assert children() == before
        assert engine.select("ASK {}").rows
        assert children() == before


def test_closing_ends_everything_at_once(folder, before):
    engine = Engine(folder, workers=2)
    with running(engine, FOREVER, BusyError):
        engine.close()
        assert children() == before
    with pytest.raises(BusyError):
        engine.select("ASK {}")


def test_a_store_that_is_none(tmp_path):
    with Engine(tmp_path / "nothing") as engine, pytest.raises(QueryError, match="the store cannot be opened"):
        engine.select("ASK {}")


def test_workers_do_not_outlive_a_killed_program(folder):
    script = (
        "import sys, threading; from pathlib import Path; from kg.engine import Engine\n"
        "engine = Engine(Path(sys.argv[1])); engine.select('ASK {}')\n"
        "threading.Thread(target=engine.select, args=[sys.argv[2]], daemon=True).start()\n"
        "engine.select('ASK {}'); print('ready', flush=True); threading.Event().wait()"
    )
    program = subprocess.Popen([sys.executable, "-c", script, str(folder), FOREVER], stdout=subprocess.PIPE)
    assert program.stdout.readline() == b"ready\n"
    workers = children(program.pid)
    assert len(workers) == 2
    program.kill()
    program.wait()
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_many_threads_share_the_workers(engine):
    wrong = []

    def ask(number):
        for _ in range(20):
            rows = engine.select(f"SELECT ?n {{ <{E}{number}> acc:number ?n }}").rows
            if [str(cell) for row in rows for cell in row] != [str(number)]:
                wrong.append(rows)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
