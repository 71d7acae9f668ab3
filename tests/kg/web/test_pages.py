"""The pages of the example release."""

import json
import re

import pytest

from kg.web.documents import pieces
from tests.kg.served import EXAMPLE, VISIT

ALL = [
    "/",
    "/search?q=boat",
    "/queries/",
    "/queries/agreements",
    "/sparql",
    "/documents/",
    "/documents/plan.txt",
    "/class/Organisation",
    "/resource/organisation/skills-office",
    "/resource/statistic/boats-many",
    "/resource/nothing",
]


@pytest.mark.parametrize("path", ALL)
def test_every_page_is_safe_and_accessible(client, path):
    response = client.get(path, headers={"Accept": "text/html"})
    text = response.text
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"]
    scripts = re.findall(r"<script[^>]*>[^<]*", text)  # of the front end, where it is built, and no others
    assert all(re.fullmatch(r'<script type="module" src="/static/built/[\w.]+">', script) for script in scripts)
    assert 'href="javascript' not in text and " style=" not in text
    assert text.count("<h1") == 1
    assert '<html lang="en">' in text and 'href="#main"' in text and 'id="main"' in text
    assert "Release 1 of " in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for field in re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', text):
        assert f'<label for="{field}"' in text or f'for="{field}"' in text


@pytest.mark.parametrize("path", ALL)
def test_links_lead_somewhere(client, path):
    text = client.get(path, headers={"Accept": "text/html"}).text
    for link in set(re.findall(r'href="(/[^"#]*)', text)):
        response = client.get(link.replace("&amp;", "&"), headers={"Accept": "text/html,*/*;q=0.8"})
        assert response.status_code in {200, 302}, link
        response.close()


def test_home_counts(page):
    text = page("/")
    assert "2 documents" in text
    assert re.search(r'href="/class/Organisation"><span class="figure">3</span> Organisation', text)
    assert re.search(r'href="/class/TradeUnion">Trade union</a> 1', text)
    assert "Assertion" not in text
    assert "/queries/agreements" in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("boat", ["Bờ Hồ Boat School", "Boats for All"]),
        ("so", ["Skills Office"]),
        ("BỜ HỒ", ["Bờ Hồ Boat School"]),
        ('" } #', []),
        ("", []),
    ],
)
def test_search(page, asked, found):
    text = page("/search", q=asked)
    for name in found:
        assert f">{name}</a>" in text
    assert ("Nothing here has a name like this" in text) == bool(asked and not found)


def test_health(client):
    assert client.get("/health").get_json() == {"status": "ok", "release": 1}


def test_a_thing_with_its_facts_and_their_words(page):
    text = page("/resource/organisation/skills-office")
    assert "<h1>Skills Office</h1>" in text
    assert 'href="/class/GovernmentBody">Government body</a>' in text
    assert "SO · The &#34;Office&#34; &lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert re.search(
        r"<dt>party to</dt>\s*<dd>\s*<p class=\"value\"><a href=\"/resource/instrument/lake-accord\">Lake Accord</a>",
        text,
    )
    words = "The Skills Office (SO) and the Bờ Hồ Boat School signed the Lake Accord"
    start = EXAMPLE.texts[VISIT].index(words)
    span = f"{start},{start + len(words)}"
    assert f"<mark>{words}</mark> in Harbour Town on 12 May 2031." in text
    assert f'href="/documents/visit%20to%20norland.txt?highlight={span}#char={span}"' in text
    assert "found by <code>by-hand</code>, confidence 0.9" in text
    assert "Ada Brook, Director, Skills Office" in text
    assert 'href="https://example.org/office" rel="noopener nofollow"' in text


def test_a_fact_told_from_the_other_end_has_its_words(page):
    text = page("/resource/organisation/skills-office")
    assert re.search(r"<dt>has part</dt>.*?Bờ Hồ Boat School.*?<mark>Boat School</mark>", text, re.DOTALL)


def test_a_statistic_reads_as_words(page):
    assert "<h1>approximately 26,000 boats</h1>" in page("/resource/statistic/boats-many")
    text = page("/resource/project/boats-for-all")
    assert re.search(
        r"<dt>what was counted</dt>.*?>25,400 boats</a>.*?<mark>Boats for All has built 25,400 boats</mark>",
        text,
        re.DOTALL,
    )


@pytest.mark.parametrize(
    ("path", "accept", "status", "type_", "part"),
    [
        ("/resource/organisation/skills-office.ttl", None, 200, "text/turtle", "oa:exact"),
        ("/resource/organisation/skills-office.jsonld", "text/html", 200, "application/ld+json", "Skills Office"),
        (
            "/resource/organisation/skills-office",
            "application/n-triples",
            200,
            "application/n-triples",
            "Skills Office",
        ),
        ("/resource/organisation/skills-office", "*/*", 200, "text/turtle", "Skills Office"),
        ("/resource/organisation/skills-office?format=rdf", None, 200, "application/rdf+xml", "Skills Office"),
        ("/resource/document/plan.txt.ttl", None, 200, "text/turtle", "What the Skills Office plans"),
        ("/resource/organisation/skills-office?format=csv", None, 406, "application/problem+json", "is a graph"),
        ("/resource/organisation/nobody.ttl", None, 404, "application/problem+json", "says nothing of"),
        ("/resource/a%3Eb", "text/html", 404, "text/html", "says nothing of"),
    ],
)
def test_a_thing_as_data(client, path, accept, status, type_, part):
    response = client.get(path, headers={} if accept is None else {"Accept": accept})
    assert (response.status_code, response.mimetype) == (status, type_)
    assert part in response.text


def test_a_document_goes_to_its_own_page(client):
    response = client.get("/resource/document/plan.txt", headers={"Accept": "text/html"})
    assert (response.status_code, response.headers["Location"]) == (302, "/documents/plan.txt")


def test_a_document_with_its_evidence(page):
    text = page(f"/documents/{VISIT}", highlight="46,52")
    assert "A visit to Norland &lt;b&gt;&amp; friends&lt;/b&gt;</h1>" in text
    assert "<b>" not in text
    assert '<mark class="here">' in text
    start = EXAMPLE.texts[VISIT].index("on 12 May 2031")
    assert f'<span id="char={start},{start + 14}"></span>' in text
    assert 'href="/resource/person/ada-brook">Ada Brook</a>' in text
    body = re.search(r'<div class="text">(.*?)</div>', text, re.DOTALL)[1]
    plain = re.sub(r"<[^>]+>", "", body)
    for code, character in (("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&amp;", "&")):
        plain = plain.replace(code, character)
    assert plain == EXAMPLE.texts[VISIT]


@pytest.mark.parametrize("name", ["nothing.txt", "..", "%2e%2e%2fmanifest.json", "a%00b"])
def test_unknown_documents(page, name):
    page(f"/documents/{name}", status=404)


@pytest.mark.parametrize(
    ("spans", "here", "expected"),
    [
        ([], None, [("abcdef", False, False, ())]),
        ([(1, 3)], None, [("a", False, False, ()), ("bc", True, False, ((1, 3),)), ("def", False, False, ())]),
        (
            [(0, 4), (2, 6)],
            None,
            [("ab", True, False, ((0, 4),)), ("cd", True, False, ((2, 6),)), ("ef", True, False, ())],
        ),
        ([(0, 6)], (2, 3), [("ab", True, False, ((0, 6),)), ("c", True, True, ((2, 3),)), ("def", True, False, ())]),
        ([(4, 99), (3, 3)], (5, 1), [("abcdef", False, False, ())]),
    ],
)
def test_a_text_is_cut_at_the_borders_of_evidence(spans, here, expected):
    cut = list(pieces("abcdef", spans, here))
    assert [(piece.text, piece.marked, piece.here, piece.anchors) for piece in cut] == expected


def test_a_class(page):
    text = page("/class/Organisation")
    assert text.index("Bờ Hồ Boat School") < text.index("Oar Makers&#39; Union") < text.index("Skills Office")
    assert 'href="/class/TradeUnion"' in text
    assert "There are none on this page" in page("/class/Organisation", page="7")
    assert "does not exist" not in page("/class/Organisation", page="x")
    assert "the ontology has no class" in page("/class/Nothing", status=404)


def test_saved_queries(client, page):
    text = page("/queries/statistics", unit="boats")
    assert "2 rows, from release 1 of" in text
    assert 'value="boats"' in text
    assert '<a href="/resource/project/boats-for-all" title="' in text
    assert 'href="/queries/statistics.csv?unit=boats"' in text
    csv = client.get("/queries/statistics.csv", query_string={"unit": "boats"})
    assert csv.content_type == "text/csv; charset=utf-8"
    assert csv.headers["Content-Disposition"] == 'inline; filename="statistics.csv"'
    assert csv.headers["X-Accord-Release"] == "1"
    assert len(csv.text.splitlines()) == 3
    for path in (
        "/queries/statistics.json?unit=boats",
        "/queries/statistics?unit=boats&format=json",
        "/queries/statistics?unit=boats",
    ):
        assert len(json.loads(client.get(path).data)["results"]["bindings"]) == 2
    query = client.get("/queries/statistics.rq", query_string={"unit": 'a"b'})
    assert query.mimetype == "application/sparql-query"
    assert 'VALUES ?_unit { "a\\"b" }' in query.text


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/queries/nothing", 404, "there is no saved query"),
        ("/queries/agreements?year=soon", 400, "the parameter year takes a whole number such as 12, not"),
        ("/queries/agreements?yaer=2023", 400, "has no parameter"),
        ("/queries/agreements.ttl", 406, "this query is rows"),
        ("/queries/agreements.xyz", 406, "there is no format"),
    ],
)
def test_saved_queries_tell_errors(client, path, status, message):
    for accept, type_ in (("text/html", "text/html"), ("*/*", "application/problem+json")):
        response = client.get(path, headers={"Accept": accept})
        if accept == "text/html" and "." in path:
            continue  # a name in the address wins; the error is data as well
        assert (response.status_code, response.mimetype) == (status, type_)
        assert message in response.text


def test_links_that_chats_have_lengthened_still_work(page):
    page("/queries/agreements", utm_source="chat", fbclid="x", year="")


@pytest.mark.parametrize("path", ["/queries", "/documents"])
def test_addresses_without_their_slash(client, path):
    assert client.get(path).headers["Location"] == path + "/"


@pytest.mark.parametrize("path", ["/nothing", "/static/nothing.css", "/resource/", "/class/"])
def test_unknown_addresses(page, path):
    assert "You can go to the" in page(path, status=404)
