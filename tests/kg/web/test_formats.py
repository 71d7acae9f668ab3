"""Formats of answers beyond those that the store writes: tables for spreadsheets, labels, compression, memory."""

import csv
import gzip
import io
import re
import tracemalloc
import zipfile
from xml.etree import ElementTree

import brotli
import pytest
import zstandard
from rdflib import RDFS, SKOS, Literal, URIRef

from kg.engine import Term, Wanted
from kg.resources import queries_folder
from kg.web import close_app, create_app
from kg.web.answers import send
from kg.web.negotiation import XLSX, Choice
from kg.web.tables import Shape, write_csv, write_tsv, write_xlsx
from tests.kg.served import ACCORD, EXAMPLE, HARBOUR, OFFICE, SCHOOL, make_release

PARTIES = f"SELECT ?party WHERE {{ <{ACCORD}> acc:party ?party }} ORDER BY ?party"
LARGE = "SELECT ?a ?b ?c ?d WHERE { ?a ?b ?c . ?d acc:rule ?f }"
XSD = "http://www.w3.org/2001/XMLSchema#"


def ask(client, query, headers=None, path="/sparql", **parameters):
    response = client.get(path, query_string={"query": query, **parameters}, headers=headers)
    assert response.status_code == 200, response.text
    return response


def rows_of(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def sheets_of(data):
    """The sheets of a workbook: rows of (type, text)."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = sorted(name for name in book.namelist() if re.match(r"xl/worksheets/sheet\d+\.xml", name))
        trees = [ElementTree.fromstring(book.read(name)) for name in names]
    return [
        [[(cell.get("t", "n"), "".join(cell.itertext())) for cell in row] for row in tree.iter(f"{space}row")]
        for tree in trees
    ]


@pytest.mark.parametrize(
    ("path", "headers", "kind"),
    [
        ("/sparql.csv", None, "text/csv"),
        ("/sparql.tsv", None, "text/tab-separated-values"),
        ("/sparql.srx", None, "application/sparql-results+xml"),
        ("/sparql.xlsx", None, XLSX.content_type),
        ("/queries/agreements.xlsx", None, XLSX.content_type),
        ("/sparql?application/sparql-results+json", None, "application/sparql-results+json"),
        ("/sparql?application/sparql-results+xml", None, "application/sparql-results+xml"),
        ("/sparql?text/html", None, "text/html"),
        ("/sparql", {"Accept": XLSX.content_type}, XLSX.content_type),
        ("/sparql", {"Accept": "text/csv; charset=utf-8"}, "text/csv"),
        ("/sparql", {"Accept": "text/*;q=0.3, application/json;q=0"}, "text/xml"),
        ("/sparql", {"Accept": "text/csv;q=0.5, text/tab-separated-values;q=0.7"}, "text/tab-separated-values"),
        ("/sparql", {"Accept": "application/sparql-results+json;q=0, */*;q=0.1"}, "application/json"),
    ],
)
def test_ways_to_a_format(client, path, headers, kind):
    path, _, format = path.partition("?")
    parameters = {"format": format} if format else {}
    if path.startswith("/queries/"):
        assert client.get(path).mimetype == kind
        return
    assert ask(client, PARTIES, headers, path, **parameters).mimetype == kind


def test_a_format_that_there_is_not_is_told_with_those_that_there_are(client):
    response = client.get("/sparql", query_string={"query": PARTIES}, headers={"Accept": "image/png"})
    offered = response.get_json(force=True)["offered"]
    assert response.status_code == 406
    assert {"text/csv", "application/sparql-results+json", "text/turtle", "text/html", XLSX.content_type} <= set(
        offered
    )
    assert client.get("/sparql.pdf", query_string={"query": PARTIES}).status_code == 406
    for query in (PARTIES, "ASK {}"):
        assert client.get("/sparql.ttl", query_string={"query": query}).status_code == 406
    assert client.get("/sparql.xlsx", query_string={"query": "DESCRIBE acc:party"}).status_code == 406


def test_a_byte_order_mark_for_spreadsheets(client):
    for form in ({}, {"safe": 1}, {"labels": "en"}):
        assert ask(client, PARTIES, format="csv", bom=1, **form).data.startswith(b"\xef\xbb\xbfparty")
    assert ask(client, PARTIES, format="csv", bom=0).data.startswith(b"party")
    assert ask(client, PARTIES, format="json", bom=1).data.startswith(b"{")


def test_cells_that_a_spreadsheet_would_run(client):
    values = '"=1+1" "+1" "-x" "@a" "fine" -5 "a=b"'
    query = f"SELECT ?x WHERE {{ VALUES ?x {{ {values} }} }}"
    expected = ["'=1+1", "'+1", "'-x", "'@a", "fine", "-5", "a=b"]
    assert [row[0] for row in rows_of(ask(client, query, format="csv", safe=1).text)[1:]] == expected
    assert rows_of(ask(client, query, format="csv").text)[1:][0] == ["=1+1"]
    told = ask(client, query, format="tsv", safe=1).text.splitlines()[1:]
    assert told == [f'"{value}"' if value != "-5" else "-5" for value in expected]


def test_tables_are_as_the_store_writes_them(client):
    query = """SELECT * WHERE { VALUES (?a ?b) { (<http://x/y> "a\\tb\\n\\"c\\"\\\\") (UNDEF "vậy"@vi) (1.5 "x")
      (true "2031-05"^^xsd:gYearMonth) (2e0 "") } BIND(BNODE("q") AS ?d) }"""
    own = {suffix: ask(client, query, format=suffix).text for suffix in ("csv", "tsv")}
    for suffix, text in own.items():
        ours = ask(client, query, format=suffix, safe=1).text
        pattern = re.compile(r"_:\w+")
        assert pattern.sub("_:", ours) == pattern.sub("_:", text)
    assert ask(client, "ASK {}", format="csv", safe=1).text == ask(client, "ASK {}", format="csv").text


def test_labels_beside_the_iris(data, tmp_path):
    extra = [
        (OFFICE, SKOS.altLabel, Literal("Văn phòng", lang="vi"), None),
        (HARBOUR, RDFS.label, Literal("Cảng", lang="vi"), None),
    ]
    make_release(tmp_path / "data", EXAMPLE, extra)
    app = create_app(tmp_path / "data", queries=queries_folder(), workers=1)
    client = app.test_client()
    iris = f"<{OFFICE}> <{SCHOOL}> <{HARBOUR}> <http://no/label> UNDEF"
    query = f"""SELECT ?x ?n ?y ?yLabel WHERE {{ VALUES ?x {{ {iris} }}
                BIND(1 AS ?n) BIND(<{OFFICE}> AS ?y) BIND("own" AS ?yLabel) }}"""
    try:
        told = rows_of(ask(client, query, format="csv", labels="vi").text)
        assert told[0] == ["x", "xLabel", "n", "y", "yLabel"]
        labels = ["Văn phòng", "Bờ Hồ Boat School", "Cảng", "", ""]
        assert [row[1] for row in told[1:]] == labels
        english = ask(client, query, format="tsv", labels="en").text.splitlines()
        assert english[0] == "?x\t?xLabel\t?n\t?y\t?yLabel"
        assert [line.split("\t")[1] for line in english[1:3]] == ['"Skills Office"@en', '"Bờ Hồ Boat School"@en']
        (sheet,) = sheets_of(ask(client, query, format="xlsx", labels="vi").data)
        assert [row[1][1] for row in sheet[1:3]] == labels[:2]
        page = ask(client, query, format="html", labels="vi").text
        assert '<th scope="col">xLabel</th>' in page
        assert 'lang="vi">Cảng</td>' in page
        saved = client.get("/queries/agreements.csv?labels=vi")
        assert "agreementLabel" in saved.text.partition("\r\n")[0]
    finally:
        close_app(app)


def test_a_workbook(client):
    query = """SELECT ?x WHERE { VALUES ?x { 12 -1.5 true "2031-05-12"^^xsd:date "=1+1" "1234567890123456789" "http://x"
      "0012" "1800-01-01"^^xsd:date 12345678901234567890 } }"""
    response = ask(client, query, format="xlsx")
    (sheet,) = sheets_of(response.data)
    assert [row[0] for row in sheet] == [
        ("inlineStr", "x"),
        ("n", "12"),
        ("n", "-1.5"),
        ("b", "1"),
        ("n", "47980"),
        ("inlineStr", "=1+1"),
        ("inlineStr", "1234567890123456789"),
        ("inlineStr", "http://x"),
        ("inlineStr", "0012"),
        ("inlineStr", "1800-01-01"),
        ("inlineStr", "12345678901234567890"),
    ]
    assert [len(row) for row in sheets_of(ask(client, "ASK {}", format="xlsx").data)[0]] == [1, 1]
    assert len(sheets_of(ask(client, "SELECT ?x { FILTER(false) }", format="xlsx").data)[0]) == 1


def test_a_long_cell_says_so():
    (sheet,) = sheets_of(b"".join(write_xlsx(["x"], [[Term("literal", "a" * 40_000)]])))
    text = sheet[1][0][1]
    assert len(text) == 32_767
    assert text.endswith("… [the first of 40,000 characters]")


def test_more_rows_than_a_sheet_has():
    rows = [[Term("literal", str(number))] for number in range(5)]
    sheets = sheets_of(b"".join(write_xlsx(["x"], rows, sheet_rows=2)))
    assert [[row[0][1] for row in sheet] for sheet in sheets] == [["x", "0", "1"], ["x", "2", "3"], ["x", "4"]]


def test_texts_that_are_no_unicode_do_no_harm():
    row = [Term("literal", "a\ud800b"), Term("triple", "<<( <a> <b> <c> )>>"), Term("blank", "x"), None]
    assert b"a?b" in b"".join(write_csv("abcd", [row], safe=True))
    assert b"".join(write_tsv("abcd", [row], safe=True)).endswith(b"\t<<( <a> <b> <c> )>>\t_:x\t\n")


@pytest.mark.parametrize(
    ("accept", "coding", "decode"),
    [
        ("gzip", "gzip", gzip.decompress),
        ("x-gzip;q=0.4", "gzip", gzip.decompress),
        ("*", "gzip", gzip.decompress),
        ("gzip;q=0.5, br", "br", brotli.decompress),
        ("gzip, deflate, br, zstd", "zstd", lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data)),
        ("identity, gzip;q=0", None, bytes),
        ("", None, bytes),
    ],
)
def test_compression(client, accept, coding, decode):
    plain = ask(client, LARGE, format="csv").data
    response = ask(client, LARGE, {"Accept-Encoding": accept}, format="csv")
    assert response.headers.get("Content-Encoding") == coding
    assert "Accept-Encoding" in response.vary
    assert response.content_length == len(response.data)
    assert decode(response.data) == plain
    assert coding is None or len(response.data) < len(plain) / 4
    page = client.get("/", headers={"Accept-Encoding": accept, "Accept": "text/html"})
    assert page.headers.get("Content-Encoding") == coding
    assert b"What the graph holds" in decode(page.data)


def test_little_is_not_compressed(client):
    assert "Content-Encoding" not in ask(client, "ASK {}", {"Accept-Encoding": "gzip"}).headers


def test_each_coding_has_its_own_tag(client):
    tags = {ask(client, LARGE, {"Accept-Encoding": one}, format="csv").headers["ETag"] for one in ("gzip", "br", "")}
    tags.add(ask(client, LARGE, format="csv", safe=1).headers["ETag"])
    assert len(tags) == 4


@pytest.mark.parametrize("choice", ["csv", "labels", "xlsx"])
def test_memory_does_not_grow_with_the_answer(app, choice):
    from kg.engine import by_name
    from kg.web.site import view

    wanted = Wanted(XLSX, None) if choice == "xlsx" else by_name("csv")
    shape = Shape(labels="en") if choice == "labels" else Shape()
    peaks = []
    for limit in (2_000, 20_000):
        query = f"SELECT ?a ?b ?c ?e {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {limit}"
        with app.test_request_context():
            view()
            tracemalloc.start()
            response = send(view(), query, Choice(False, wanted, "text/csv"), shape=shape)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
            response.close()
    assert peaks[1] < peaks[0] + 9 * 2**20  # the first 4 MB of rows and of the answer are kept, the rest is in files


def test_iris_that_no_query_can_name_have_no_label(app):
    from kg.web.labels import Labels
    from kg.web.site import view

    with app.test_request_context():
        assert Labels(view(), "en").of(["no iri", str(URIRef(OFFICE))])["no iri"] is None
