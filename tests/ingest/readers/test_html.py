"""Web pages: what is kept and how it reads, what goes, encodings, hostile pages."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from ingest import readers
from ingest.model import Document
from ingest.pipeline import Reading
from kg.errors import InputError
from kg.reference import load_reference

OLD = "He is rather old, and says it at length to all he meets."
PAGES = Path(__file__).parent / "pages"
ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "eval" / "dev"


def text_of(markup, name="page.html"):
    data = markup if isinstance(markup, bytes) else markup.encode()
    return readers.read(Document(name, Path(name), data))


def lines_of(markup, name="page.html"):
    return [line for line in text_of(markup, name).splitlines() if line]


def article(body, head=""):
    return (
        f"<!doctype html><html><head>{head}</head><body><article><h1>The title here</h1>{body}</article></body></html>"
    )


@pytest.fixture(scope="module")
def project():
    return text_of((PAGES / "project.html").read_bytes())


def test_a_page_begins_with_its_title_and_date_and_ends_with_its_source(project):
    assert project.startswith("Skills for Ports\n\n4 May 2022\n\n")
    assert project.endswith("\n\nSource: Harbour Institute\n")


@pytest.mark.parametrize(
    "part",
    [
        ["At a glance"],
        ["Donor: Government of Norway", "Partners: Port Authority of Davao; Seafarers’ Union of Mindanao"],
        ["Country: Philippines; Indonesia"],
        [
            "The project trains dock workers in three ports. "
            "It uses 20 m2 of “classroom” for each learner – more than “ever before”."
        ],
        ["Results"],
        ["- 1,200 dock workers trained", "- Ports:", "- Davao", "- Surabaya"],
        ["1. First step", "2. Second step"],
        ["Budget: USD 2.5 million", "Start date: 1 March 2021"],
        ["Learners by year", "Year – Women – Men", "2021 – 120 – 300"],
        ["Photo: Learners at the quay"],
        ["- Port Authority of Davao", "- Seafarers’ Union"],
    ],
)
def test_a_part_of_a_page_reads_as_in_plain_text(project, part):
    assert "\n\n" + "\n".join(part) + "\n\n" in project


@pytest.mark.parametrize(
    "furniture", ["Home", "cookies", "display", "WebPage", "Share", "also like", "crane", "Latest", "Terms", "tracked"]
)
def test_what_stands_around_the_content_is_left_out(project, furniture):
    assert furniture not in project


def test_the_entries_of_a_listing_are_read_as_entries():
    text = text_of((PAGES / "events.html").read_bytes())
    first = ["12 May 2023", "Workshop on welding", "The Welding Guild held it in Manila.", "Twenty trainers took part."]
    assert "\n\n" + "\n".join(first) + "\n\n" in text
    analysis = Reading(load_reference(ROOT / "ontology" / "reference")).analysis("events.html", text)
    assert [analysis.words(entry.heading) for entry in analysis.layout.entries] == [
        "Workshop on welding",
        "Forum on wages",
        "Training of assessors",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One<br>Two<br><br>Three</p>", ["One", "Two", "Three"]),
        ("<p>Nguy<span>ễn</span> <b>Văn</b> Nam</p>", ["Nguyễn Văn Nam"]),
        ("<p>soft&shy;ware&#8203; here</p>", ["software here"]),
        ("<p>\n A   line\n broken in\n the source</p>", ["A line broken in the source"]),
        ("<p>Photo: Ana Reyes</p><figure><figcaption>© Port</figcaption></figure>", ["Photo: Ana Reyes", "© Port"]),
        ("<dl><dt>Term</dt><dd>first</dd><dd>second</dd></dl>", ["Term: first", "second"]),
        ("<blockquote><p>“We met,” she said.</p></blockquote>", ["“We met,” she said."]),
        ("<pre>one\ntwo</pre>", ["one", "two"]),
        ("<p>a &lt;b&gt; c &amp;amp; d</p>", ["a <b> c &amp; d"]),
        ('<div><span class="by">Ana</span><span class="place">Davao</span></div>', ["Ana Davao"]),
        ("<table role=presentation><tr><td><p>Left</p></td><td><p>Right</p></td></tr></table>", ["Left", "Right"]),
        ("<svg><title>Logo</title></svg><textarea>typed</textarea><button>Press</button><p>Said</p>", ["Said"]),
        ("<p hidden>no</p><p style='display: none'>no</p><p class='sr-only'>no</p><p>yes</p>", ["yes"]),
        ('<p id="sharing-the-costs">The costs are shared.</p>', ["The costs are shared."]),
        ('<p>He is <a class="popup">rather old</a>, and says it at length to all he meets.</p>', [OLD]),
    ],
)
def test_markup_reads_as_lines(body, expected):
    lines = lines_of(article(body))
    assert lines[0] == "The title here"
    assert lines[1:] == expected


@pytest.mark.parametrize(
    ("markup", "title", "source"),
    [
        ("<title>Port opens - Daily Port</title><h1>Port opens</h1><p>It opened.</p>", "Port opens", "Daily Port"),
        ("<title>Daily Port | Port opens in the rain</title><p>It opened.</p>", "Port opens in the rain", "Daily Port"),
        ("<title>Port opens | News</title><h1>Daily Port</h1><h2>Port opens</h2><p>It opened.</p>", "Port opens", None),
        ("<p>It opened.</p>", "It opened.", None),
        ('<meta property="og:title" content="Port opens"><title>x</title><p>It opened.</p>', "Port opens", None),
        (
            '<meta property="og:site_name" content="Daily Port"><h1>Port opens</h1><p>It did.</p>',
            "Port opens",
            "Daily Port",
        ),
    ],
)
def test_the_title_and_the_site_are_told_apart(markup, title, source):
    lines = lines_of(markup)
    assert lines[0] == title
    assert lines[-1] == (f"Source: {source}" if source else lines[-1])
    assert sum(line == title for line in lines) == 1


def test_a_date_that_the_page_shows_comes_before_the_one_in_its_head():
    head = '<meta name="date" content="2020-01-31">'
    assert lines_of(article("<p>Text.</p>", head))[1] == "31 January 2020"
    assert lines_of(article("<p>Davao, 3 May 2021</p><p>Text.</p>", head))[1:] == ["Davao, 3 May 2021", "Text."]


TEXT = "Nguyễn Văn Nam – “đã ký”"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (f"<html><p>{TEXT}".encode(), TEXT),
        (f"<html><p>{TEXT}".encode("utf-8-sig"), TEXT),
        (f"<html><p>{TEXT}".encode("utf-16"), TEXT),
        (f"<html><p>{TEXT}".encode("utf-16-le"), TEXT),
        (f'<html><meta charset="iso-8859-1"><p>{TEXT}'.encode(), TEXT),
        (f"<html><p>{TEXT}".encode() + b"\xff", TEXT),
        ('<html><meta charset="iso-8859-1"><p>José – “Unión”'.encode("cp1252"), "José – “Unión”"),
        ('<html><meta http-equiv=x content="text/html; charset=windows-1258"><p>Hà Nôi'.encode("cp1258"), "Hà Nôi"),
        ('<html><meta charset="shift_jis"><p>日本の労働'.encode("shift_jis"), "日本の労働"),
        ('<html><meta charset="iso-2022-jp"><p>日本の労働'.encode("iso2022_jp"), "日本の労働"),
        (b'<html><meta charset="hex"><p>plain', "plain"),
        ("<html><p>Привет, это текст о труде и о школе в городе.".encode("cp1251"), "Привет, это текст о труде"),
    ],
)
def test_the_encoding_is_found(data, expected):
    assert expected in text_of(data)


@pytest.mark.parametrize("begin", ["<!DOCTYPE html>\n<html>", "<html lang=en>", "\ufeff \n<!-- saved --><HTML>"])
def test_a_text_file_that_is_a_page_is_read_as_one(begin):
    assert lines_of(f"{begin}<head><title>T</title></head><p>Said.</p>", "page.txt") == ["T", "Said."]


def test_a_text_file_that_speaks_of_markup_is_no_page():
    assert text_of("The tag <html> opens a page.\n", "notes.txt") == "The tag <html> opens a page.\n"


@pytest.mark.parametrize(
    "markup",
    [b"", b"<html></html>", b"<html><title>T</title><script>x()</script><noscript>Please</noscript>", b"\0\1\2"],
)
def test_a_page_without_text_is_refused(markup):
    with pytest.raises(InputError, match=r"page\.html: this "):
        text_of(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 30_000 + "said",
        "<p>" + "<b>" * 100_000 + "said",
        "<ul><li>" * 20_000 + "said",
        "<table><tr><td>" * 10_000 + "said",
        "<blockquote><p>" + "<q>" * 50_000 + "said",
        "<!---->" * 100_000 + "<html><p>said",
        "<p>" + "x" * 2_000_000 + " said",
        "<p>said" + "<a href=x>menu</a>" * 20_000,
    ],
)
def test_a_hostile_page_is_read_all_the_same(markup):
    assert "said" in text_of(markup)


def test_entities_of_a_page_are_neither_expanded_nor_fetched():
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE html [<!ENTITY e0 "boom">{bomb}<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    text = text_of(f"{doctype}<html><p>&e9; &file; said")
    assert len(text) < 200 and "&e9;" in text and "&file;" in text


@pytest.mark.skipif(not any(SHARED.glob("*.html")), reason="the shared evaluation pages are not beside the project")
def test_a_shared_page_keeps_its_title_its_date_and_all_names():
    for path in SHARED.glob("*.html"):
        text = text_of(path.read_bytes())
        gold = json.loads(path.with_suffix(".json").read_text())
        things = [*gold["organisations"], *gold["persons"], *gold["projects"]]
        assert text.splitlines()[0] == gold["document"]["title"]
        assert f"{date.fromisoformat(gold['document']['date']):%-d %B %Y}" in text[:300]
        assert text.endswith(f"\n\nSource: {gold['document']['publisher']}\n")
        assert [name for t in things for name in (t["name"], *t["aliases"]) if name not in text] == []
        assert not re.search(r"cookie|[Hh]ome\b(?! Office)|Newsletter|Privacy|Page views|also like|[Rr]elated", text)


def test_the_same_page_gives_the_same_text(project):
    assert text_of((PAGES / "project.html").read_bytes()) == project


def test_what_is_called_a_title_is_one_where_no_heading_is():
    page = (
        "<html><head><title>News detail</title></head><body><div class='box-title'>Menu</div>"
        f"<p class='title'><b>Alpha and Beta train more cooks</b></p><p>{OLD}</p><p>{OLD}</p></body></html>"
    )
    assert lines_of(page)[0] == "Alpha and Beta train more cooks"
