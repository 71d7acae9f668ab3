"""Addresses of saved queries: formats, versions, releases, what an answer says of itself, and who may see it."""

import json
import re

import pytest

from kg.saved import Run
from tests.kg.web.queries.conftest import MANY, text

FORMATS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "rq": "application/sparql-query",
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", ["agreements", "agreements@1"])
@pytest.mark.parametrize("release", [None, 1, 2])
def test_an_answer_says_what_it_was_made_of(ask, name, suffix, release):
    response = ask(f"/queries/{name}.{suffix}", page=False, **({"release": release} if release else {}))
    assert response.mimetype == FORMATS[suffix]
    assert response.headers["X-Accord-Query"] == "agreements@1"
    assert response.headers["X-Accord-Release"] == str(release or 2)
    lasting = "@" in name and release is not None
    expected = "public, max-age=31536000, immutable" if lasting else "no-cache"
    assert response.headers["Cache-Control"] == expected
    assert response.headers["ETag"]


def test_graphs(ask, save):
    save("graph", "#+ title: A graph\nCONSTRUCT { ?a acc:party ?b } WHERE { ?a acc:party ?b }\n")
    for suffix, kind in (("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("nt", "application/n-triples")):
        assert ask(f"/queries/graph.{suffix}", page=False).mimetype == kind
    assert "2 rows" in ask("/queries/graph").text
    assert ask("/queries/graph.csv", page=False, status=406)
    assert "only the rows of a SELECT" in ask("/queries/graph.ttl", page=False, page_size=1, status=400).text


def test_the_page_says_what_it_was_made_of(ask):
    page = ask("/queries/agreements").text
    assert "1 row, from release 2 of" in page and "query agreements@1." in page
    assert "The answer is from release" not in page
    page = ask("/queries/agreements@1", release=1).text
    assert "The answer is from release 1" in page and "Release 1 of" in page
    assert 'name="release" value="1"' in page, "the form stays on the release"
    assert "/queries/agreements@1.csv?release=1" in page


def test_a_release_is_asked_and_not_another(ask):
    assert len(ask("/queries/statistics.csv", page=False, release=1).text.splitlines()) == 3
    assert len(ask("/queries/statistics.csv", page=False).text.splitlines()) == 3 + MANY
    assert len(ask("/queries/statistics.csv", page=False, release=2).text.splitlines()) == 3 + MANY


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/queries/agreements?release=77", 404, "there is no release 77, or it was removed; there are: 1, 2"),
        ("/queries/agreements?release=x", 400, "release takes the number of a release such as 3"),
        ("/queries/agreements?release=-1", 400, "release takes the number of a release such as 3"),
        ("/queries/agreements?release=99999999999999", 400, "release takes the number of a release such as 3"),
        ("/queries/agreements@7", 404, "has no version 7; its last one is 1"),
        ("/queries/agreements@0", 404, "there is no saved query"),
        ("/queries/agreements@1@1", 404, "there is no saved query"),
        ("/queries/agreements@", 404, "there is no saved query"),
        ("/queries/@1", 404, "there is no saved query"),
        ("/queries/nothing@1?release=1", 404, "there is no saved query"),
        ("/queries/agreements?page=0", 400, "page takes a whole number from 1"),
        ("/queries/agreements?page_size=99999", 400, "page_size takes a whole number from 1 to 10,000"),
        ("/queries/agreements?year=soon", 400, "the parameter year takes a whole number such as 12, not"),
        ("/sparql?query=ASK+%7B%7D&release=77", 404, "there is no release 77"),
    ],
)
def test_errors(ask, path, status, told):
    assert told in ask(path, status=status).text
    data = ask(path, page=False, status=status)
    assert data.mimetype == "application/problem+json" and told in data.get_json()["detail"]
    assert data.headers["Cache-Control"] == "no-store"


def test_versions_run_for_ever(ask, save, delete):
    save("parties", text("First", select="?party"))
    save("parties", text("Second", select="?agreement"), "ben", based_on=1)
    assert ask("/queries/parties.csv", page=False).text.startswith("agreement")
    assert ask("/queries/parties@1.csv", page=False).text.startswith("party")
    old = ask("/queries/parties@1").text
    assert 'The newest is <a href="/queries/parties">version 2</a>' in old and "<h1>First</h1>" in old
    delete("parties", why="Asked\ndifferently <now>")
    assert ask("/queries/parties@1.csv", page=False).text.startswith("party")
    assert "This query was deleted" in ask("/queries/parties@1").text
    gone = ask("/queries/parties", status=410)
    assert "<h1>Second</h1>" in gone.text and "/queries/parties@2" in gone.text and "SELECT ?agreement" in gone.text
    assert "Restore it" not in gone.text and "by anna" not in gone.text
    assert ": Asked differently &lt;now&gt;</p>" in gone.text
    assert "Restore it" in ask("/queries/parties", "anna", status=410).text
    assert "Restore it" not in ask("/queries/parties", "ben", status=410).text
    problem = ask("/queries/parties.csv", page=False, status=410)
    assert problem.mimetype == "application/problem+json" and "parties@2" in problem.get_json()["detail"]
    assert problem.get_json()["why"] == "Asked differently <now>" and "by" not in problem.get_json()


@pytest.fixture
def _secrets(save, library, user):
    known = {one.name for one in library.list(user("root"))}
    for name, visibility in (("for-staff", "staff"), ("secret", "private")):
        if name not in known:
            save(name, text(f"Query {name}", head=f"visibility: {visibility}"))


@pytest.mark.usefixtures("_secrets")
@pytest.mark.parametrize("path", ["", ".csv", ".rq", "@1", "@1.json", "/history", "/difference", "/edit", "/delete"])
def test_who_sees_what(ask, path):
    sees = {"for-staff": {"anna", "ben", "rea", "root"}, "secret": {"anna", "root"}}
    writes = path in {"/edit", "/delete"}
    for name, seen_by in sees.items():
        for by in (None, "anna", "ben", "rea", "root"):
            refused = 403 if by else 303
            seen = 200 if by in seen_by else 404
            status = refused if writes and by in {None, "rea"} else seen
            response = ask(f"/queries/{name}{path}", by, status=status)
            if status != 200:
                assert f"Query {name}" not in response.text
            else:
                assert "public" not in response.headers["Cache-Control"]
                assert "Cookie" in response.vary
                assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.usefixtures("_secrets")
def test_a_pinned_link_to_what_is_not_public_is_kept_by_nobody_else(ask):
    pinned = ask("/queries/for-staff@1.csv", "rea", page=False, release=1)
    assert pinned.headers["Cache-Control"] == "private, no-cache"
    ask("/queries/for-staff@1.csv", page=False, release=1, status=404)


def test_what_was_public_is_not_kept_when_it_is_private(ask, save):
    save("shown", text("Shown"))
    for _ in range(3):
        ask("/queries/shown.csv", page=False)
        ask("/queries/shown@1.csv", page=False, release=1)
        ask("/queries/shown")
    save("shown", text("Hidden", head="visibility: private"), based_on=1)
    for path in ("shown", "shown.csv", "shown@1.csv?release=1", "shown@1"):
        ask(f"/queries/{path}", page="." not in path, status=404)


def test_a_new_version_is_given_at_once(ask, save):
    save("moving", text("Before"))
    assert "Before" in ask("/queries/moving").text
    save("moving", text("After"), based_on=1)
    assert "After" in ask("/queries/moving").text


def test_the_listing(ask, save, delete):
    save("listed", text("Boats & <b>ships</b>", head="tags: [rare]\ndescription: Of *all* <i>kinds</i>."))
    save("unlisted", text("Not for all", head="visibility: staff\ntags: [rare]"))
    page = ask("/queries/").text
    assert "Boats &amp; &lt;b&gt;ships&lt;/b&gt;" in page and "Of all &lt;i&gt;kinds&lt;/i&gt;." in page
    assert "Not for all" not in page and "by anna" not in page and "New query" not in page
    assert "Not for all" in ask("/queries/", "rea").text and "New query" not in ask("/queries/", "rea").text
    assert "by anna" in ask("/queries/", "rea").text and "New query" in ask("/queries/", "ben").text

    def titles(by=None, **wanted):
        return re.findall(r'<a class="main" href="/queries/([^"]+)"', ask("/queries/", by, **wanted).text)

    assert titles(tag="rare") == ["listed"]
    assert titles("rea", tag="rare") == ["listed", "unlisted"]
    assert titles(words="SHIPS kinds") == ["listed"] and titles(words="ships nothing") == []
    assert titles("rea", visibility="staff", tag="rare") == ["unlisted"]
    assert "listed" in titles("rea", owner="anna") and titles("rea", owner="ben") == []
    delete("listed")
    assert "listed" not in titles() and "listed" in titles("rea", deleted=1) and "listed" not in titles(deleted=1)


def test_broken_at_a_release(ask, save, library):
    save("few", text("Few", head="expect: {rows: 77}"))
    broken = ("it gives 2 rows, and 77 at least are expected",)
    library.record([Run("few", 1, 2, library.database.now(), rows=2, columns=("agreement", "party"), broken=broken)])
    page = ask("/queries/few").text
    assert "Broken at this release" in page and "77" in page and "/queries/few/edit" not in page
    assert "/queries/few/edit" in ask("/queries/few", "anna").text
    assert "Broken" not in ask("/queries/few", release=1).text
    assert "broken at this release" in ask("/queries/").text
    assert "broken on release 2" in ask("/queries/few/history").text
    save("few", text("Few", head="expect: {rows: 2}"), based_on=1)
    assert "Broken" not in ask("/queries/few").text, "the new version was not tried yet"


def test_descriptions_do_no_harm(ask, save):
    description = (
        "description: |\n  **Bold**, [a link](https://example.org/), [bad](javascript:alert(1)), "
        "<script>alert(1)</script>\n  <img src=x onerror=alert(1)> ![p](https://example.org/p.png)\n\n  # Heading\n\n"
        "  - one\n  - two"
    )
    save("described", text("Described", head=description))
    page = ask("/queries/described").text
    assert '<strong>Bold</strong>, <a href="https://example.org/" rel="noopener nofollow">a link</a>' in page
    assert "<li>two</li>" in page and page.count("<h1") == 1
    assert "<script>alert" not in page and "<img" not in page and 'href="javascript' not in page


def test_other_sites_may_show_what_is_public(ask, save):
    page = ask("/queries/agreements")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert 'src="http://localhost/queries/agreements?embed=1"' in page.text.replace("&#34;", '"').replace("&amp;", "&")
    framed = ask("/queries/agreements", embed=1)
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert "Lake Accord" in framed.text and "<form" not in framed.text and "agreements@1 on release 2" in framed.text
    save("inside", text("Inside", head="visibility: staff"))
    inside = ask("/queries/inside", "rea", embed=1)
    assert "frame-ancestors 'none'" in inside.headers["Content-Security-Policy"]
    assert "og:title" not in inside.text and "og:title" in page.text


def test_programs_of_other_sites_may_read_the_headers(ask):
    headers = ask("/queries/agreements.csv", page=False).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Link", "X-Accord-Query", "X-Accord-Release"} <= set(
        headers["Access-Control-Expose-Headers"].split(", ")
    )


def test_a_parameter_may_be_called_name(ask):
    page = ask("/queries/evidence", name="Lake").text
    assert "/queries/evidence.csv?name=Lake" in page
    assert "Lake" in ask("/queries/evidence.csv", page=False, name="Lake").text


def test_conditional_requests(ask):
    first = ask("/queries/agreements.csv", page=False)
    again = ask("/queries/agreements.csv", page=False, status=304, headers={"If-None-Match": first.headers["ETag"]})
    assert again.data == b""
    query = ask("/queries/agreements.rq", page=False)
    ask("/queries/agreements.rq", page=False, status=304, headers={"If-None-Match": query.headers["ETag"]})


def test_json_of_the_same_address(ask):
    accept = {"Accept": "application/sparql-results+json"}
    assert json.loads(ask("/queries/agreements@1", page=False, headers=accept).data)["results"]["bindings"]
