"""Look-ups that are answered from the bytes of their request get what every other way gives."""

import asyncio
import gc
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from kg.resources import queries_folder
from kg.web import close_app, create_app
from kg.web.gateway import Gateway
from tests.kg.served import ACCORD, ACT, EXAMPLE, OFFICE, PROJECT, SCHOOL, UNION, make_release

QUERY = "SELECT ?name ?start WHERE {{ <{iri}> rdfs:label ?name ; acc:start ?start }}"
NAME = "PREFIX r: <http://www.w3.org/2000/01/rdf-schema#>\nSELECT ?name {{ <{iri}> r:label ?name . }}"
HEADERS = ((b"host", b"x"), (b"accept", b"application/sparql-results+json"))
COMPRESSED = (*HEADERS, (b"accept-encoding", b"gzip, br"))


def open_files(folder):
    """The files of a folder that this process holds open."""
    found = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # that of the folder being listed
            found.add(str(descriptor.readlink()))
    return {file for file in found if file.startswith(str(folder))}


def address(query, encode=quote):
    return f"/sparql?query={encode(query)}".encode()


class Served:
    """An application behind a gateway, without a network."""

    def __init__(self, data, **limits):
        self.app = create_app(data, queries=queries_folder(), workers=1, **limits)
        self.gateway = Gateway(self.app.wsgi_app, self.app.extensions["accord"], 2, 2**20)

    def at_hand(self, url, headers=HEADERS):
        """The headers and the body, None where nothing is at hand."""
        answer = self.gateway.at_hand(url, headers, "192.0.2.7")
        if answer is None:
            return None
        head, _, body = answer.partition(b"\r\n\r\n")
        return dict(line.split(": ", 1) for line in head.decode("latin-1").split("\r\n")), body

    def ask(self, url, headers=HEADERS):
        """The status, the headers and the body, the usual way."""
        path, _, query = url.partition(b"?")
        scope = {
            "type": "http",
            "method": "GET",
            "http_version": "1.1",
            "server": ("x", 80),
            "client": ("192.0.2.7", 9),
            "scheme": "http",
            "raw_path": path,
            "query_string": query,
            "headers": list(headers),
        }
        sent = []

        async def receive():
            await asyncio.sleep(60)

        async def send(message):
            sent.append(message)

        asyncio.run(self.gateway(scope, receive, send))
        told = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
        return sent[0]["status"], told, b"".join(message.get("body", b"") for message in sent[1:])

    def close(self):
        self.gateway.close()
        close_app(self.app)


@pytest.fixture
def served(data):
    served = Served(data)
    yield served
    served.close()


def quote_in_lower_case(text):
    return re.sub("%..", lambda found: found[0].lower(), quote(text))


def quote_little(text):
    return quote(text, safe="/:{}<>?;")


@pytest.mark.parametrize("encode", [quote, quote_plus, quote_in_lower_case, quote_little])
@pytest.mark.parametrize("query", [QUERY, NAME], ids=["two", "one"])
@pytest.mark.parametrize("headers", [HEADERS, COMPRESSED], ids=["plain", "compressed"])
def test_the_same_as_the_usual_way(served, headers, query, encode):
    things = [OFFICE, SCHOOL, UNION, ACCORD, ACT, PROJECT]
    urls = [address(query.format(iri=thing), encode) for thing in things]
    assert [served.at_hand(url, headers) for url in urls] == [None] * len(urls)
    for url in urls[:2]:  # the first goes to the application, the second the short way
        assert served.ask(url, headers)[0] == 200
    for url in urls[2:]:
        found = served.at_hand(url, headers)
        assert found is not None
        assert (200, *found) == served.ask(url, headers)
        assert served.at_hand(url, headers) == found


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        (address(QUERY.format(iri=PROJECT)), (*HEADERS, (b"cookie", b"a=b"))),
        (address(QUERY.format(iri=PROJECT)), (*HEADERS, (b"if-none-match", b"*"))),
        (address(QUERY.format(iri=PROJECT)), (HEADERS[0], (b"accept", b"text/csv"))),
        (address(QUERY.format(iri=PROJECT)), ((b"host", b"y"), HEADERS[1])),
        (address(QUERY.format(iri=PROJECT)) + b"&format=json", HEADERS),
        (address(QUERY.format(iri=PROJECT)).replace(b"/sparql", b"/sparql.json"), HEADERS),
        (address(QUERY.format(iri=PROJECT).replace("rdfs:label", "rdfs:lable")), HEADERS),
        (address(QUERY.format(iri=PROJECT).replace("SELECT", "SELECT ?unknown")), HEADERS),
        (address(QUERY.format(iri="project/1")), HEADERS),
        (address(QUERY.format(iri=f"{PROJECT}> rdfs:label ?x . <{ACT}")), HEADERS),
        (address(QUERY.format(iri=PROJECT) + " LIMIT 1"), HEADERS),
        (address("SELECT ?s { ?s rdfs:label ?o }"), HEADERS),
        (address(QUERY.format(iri="http://example.org/" + "x" * 3000)), HEADERS),
        (b"/sparql", HEADERS),
        (b"/sparql?query=%7B%3C%FF%3E", HEADERS),
    ],
)
def test_all_else_takes_another_way(served, url, headers):
    for thing in (OFFICE, SCHOOL, UNION):
        served.ask(address(QUERY.format(iri=thing)))
    assert served.at_hand(address(QUERY.format(iri=ACCORD))) is not None
    assert served.at_hand(url, headers) is None


def test_a_new_release_is_asked_itself(data, tmp_path):
    make_release(tmp_path / "data", EXAMPLE)
    served = Served(tmp_path / "data")
    for thing in (OFFICE, SCHOOL):
        served.ask(address(QUERY.format(iri=thing)))
    url = address(QUERY.format(iri=UNION))
    assert served.at_hand(url)[0]["x-accord-release"] == "1"
    assert open_files(tmp_path / "data" / "releases" / "000001")
    make_release(tmp_path / "data", EXAMPLE)
    assert served.at_hand(url) is None
    for thing in (OFFICE, SCHOOL):
        served.ask(address(QUERY.format(iri=thing)))
    assert served.at_hand(url)[0]["x-accord-release"] == "2"
    gc.collect()
    assert not open_files(tmp_path / "data" / "releases" / "000001")
    served.close()


def test_who_has_used_up_the_time_is_told_so(data):
    served = Served(data, client_seconds=60)
    for thing in (OFFICE, SCHOOL):
        served.ask(address(QUERY.format(iri=thing)))
    served.app.extensions["accord"].budget.charge("192.0.2.7", 100)
    url = address(QUERY.format(iri=UNION))
    assert served.at_hand(url) is None
    assert served.ask(url)[0] == 429
    served.close()


@pytest.mark.parametrize("limits", [{"proxies": 1}, {"closed": True}, {"log": "log"}], ids=str)
def test_where_each_request_must_be_looked_at(data, tmp_path, limits):
    limits = {name: tmp_path / value if name == "log" else value for name, value in limits.items()}
    served = Served(data, **limits)
    for thing in (OFFICE, SCHOOL, UNION):
        served.ask(address(QUERY.format(iri=thing)))
    assert served.at_hand(address(QUERY.format(iri=ACCORD))) is None
    if "log" in limits:
        assert len(limits["log"].read_text().splitlines()) == 3
    served.close()
