"""`kg explain`: what the machine made of a document, in the terminal, as a page, and for tools."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.explain import explain
from ingest.explain_page import page, visible
from ingest.model import Document
from ingest.pipeline import Reading
from kg.cli import main
from kg.reference import load_reference

REFERENCE = Path(__file__).parents[2] / "ontology" / "reference"
TEXT = """Home | News | Contact

Training for the harbours of Davao

3 May 2021

The International Labour Organization (ILO) and the Port Institute of Davao signed a memorandum of understanding on the
training of dock workers in Davao on 2 May 2021. Mr. Ramon Dela Cruz, Director of the Port Institute of Davao, said that
1,200 dock workers will be trained. <script>alert("x")</script> & [bold]"quoted" 'words'[/bold] \x1b[31mred\u202e

All rights reserved.
"""


@pytest.fixture(scope="module")
def reference():
    return load_reference(REFERENCE)


@pytest.fixture(scope="module")
def explained(reference):
    document = Document("davao.txt", Path("davao.txt"), TEXT.encode())
    return explain(Reading(reference), reference, document)


@pytest.fixture(scope="module")
def html(explained):
    return page(explained)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "davao.txt"
    path.write_text(TEXT)
    return path


def kg(*arguments, status=0):
    result = CliRunner().invoke(main, ["explain", *map(str, arguments)])
    assert result.exit_code == status, result.output
    return result


class Tags(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.seen = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def test_lines_marks_entities_and_facts_are_gathered(explained):
    assert explained.title == "Training for the harbours of Davao" and explained.issued == "2021-05-03"
    assert [line.kind for line in explained.lines][:3] == ["boilerplate", "title", "date"]
    assert {"organisation", "person", "instrument", "place", "date", "quantity"} <= {m.kind for m in explained.marks}
    assert "International Labour Organization" in {e.name for e in explained.entities}
    assert ("signedOn", "2021-05-02") in {(f.predicate, f.object) for f in explained.facts}


def test_offsets_give_the_words(explained):
    quoted = [*explained.lines, *explained.marks, *(e for f in explained.facts for e in f.evidence)]
    quoted += [*(m for e in explained.entities for m in e.mentions), *explained.rejected]
    assert quoted and all(explained.content[q.start : q.end] == q.text for q in quoted)


def test_every_finding_names_its_rule(explained, html):
    rules = {m.rule for m in explained.marks} | {e.rule for e in explained.entities}
    rules |= {rule for f in explained.facts for rule in f.rules}
    assert all(re.fullmatch(r"[a-z]+(/[\w-]+)*", rule) for rule in rules), rules
    assert [rule for rule in rules if rule not in html] == []


def test_what_extractors_turn_down_is_told(reference):
    class Turning(Reading):
        """Reads as ever, and turns one more thing down."""

        def take_apart(self, identifier, content):
            analysis, names, cast = super().take_apart(identifier, content)
            cast.reject(analysis.sentences[-1].span, "statistic", "statistic/no-measure")
            return analysis, names, cast

    told = explain(Turning(reference), reference, Document("a.txt", Path("a.txt"), TEXT.encode()))
    assert ("All rights reserved.", "statistic", "statistic/no-measure") in {
        (r.text, r.what, r.why) for r in told.rejected
    }
    assert "statistic/no-measure" in page(told)


def test_the_page_escapes_hostile_words_and_runs_nothing(html):
    tags = Tags(html).seen
    assert not {"script", "img", "iframe", "link", "object", "form", "a[href]"} & {tag for tag, _ in tags}
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    assert all(a["href"].startswith("#") for tag, a in tags if tag == "a")
    assert "&lt;script&gt;" in html and "<script" not in html
    assert "\x1b" not in html and "\u202e" not in html


def test_the_page_forbids_all_but_its_own_style(html):
    policies = [a["content"] for tag, a in Tags(html).seen if a.get("http-equiv") == "Content-Security-Policy"]
    assert len(policies) == 1 and policies[0].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe-inline" not in html and "@import" not in html and "url(" not in html


def test_the_page_has_a_legend_titles_and_tables(html):
    assert '<ul class="legend">' in html
    assert re.search(r'<mark class="person" title="person: Ramon Dela Cruz\n[^"]*rule: person/', html)
    assert all(f"<h2>{name}</h2>" in html for name in ("Entities", "Facts", "Not taken"))
    links = set(re.findall(r'href="#(s\d+)"', html))
    assert links and links <= set(re.findall(r'id="(s\d+)"', html))


def test_the_words_of_the_page_are_those_of_the_text(explained, html):
    class Words(HTMLParser):
        words = ""

        def handle_data(self, data):
            self.words += data

    parser = Words()
    parser.feed(html)
    assert all(visible(line.text) in parser.words for line in explained.lines)


def test_the_terminal_shows_all_and_obeys_no_order_of_the_text(file):
    shown = kg(file).stdout
    assert "\x1b" not in shown and "\u202e" not in shown and "␛[31mred" in shown
    assert "[bold]" in shown and "[boilerplate]" in shown and "organisation/head-noun" in shown
    assert all(title in shown for title in ("Entities", "Facts", "Not taken"))


def test_json_is_for_tools(file, explained):
    data = json.loads(kg(file, "--json").stdout)
    assert data == json.loads(json.dumps(explained.as_json()))


def test_html_is_written_to_a_file(file, html, tmp_path):
    result = kg(file, "--html", tmp_path / "out.html")
    assert result.stdout == "" and (tmp_path / "out.html").read_text() == html


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["missing.txt"], 2, "missing.txt"),
        (["davao.txt", "--json", "--html", "x.html"], 2, "not both"),
        (["empty.txt"], 1, "empty"),
        (["davao.pdf"], 1, "no reader"),
    ],
)
def test_what_cannot_be_explained_is_named(file, arguments, status, message, monkeypatch):
    monkeypatch.chdir(file.parent)
    Path("empty.txt").touch()
    Path("davao.pdf").write_bytes(b"%PDF")
    assert message in kg(*arguments, status=status).stderr
