"""Short links, and pins."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from kg.release import prune
from tests.kg.served import EXAMPLE, make_release
from tests.kg.web.queries.conftest import text

QUERY = "SELECT ?name WHERE { ?thing rdfs:label ?name } # Bờ Hồ & <b>\nLIMIT 3"


def test_a_short_link_leads_to_its_query(ask):
    page = ask("/q/", form={"query": QUERY}, status=201)
    assert "Bờ Hồ &amp; &lt;b&gt;" in page.text
    made = ask("/q/", page=False, form={"query": QUERY, "view": "table"}, status=201).get_json()
    assert re.fullmatch(r"[0-9A-Za-z]{7}", made["slug"]) and made["address"] == f"http://localhost/q/{made['slug']}"
    assert page.headers["Location"] == made["address"], "the same query has the same link"
    to = ask(f"/q/{made['slug']}", status=302).headers["Location"]
    assert parse_qs(urlsplit(to).query) == {"query": [QUERY], "format": ["html"]}
    assert "3 rows" in ask(to).text


def test_a_short_link_with_a_view(ask):
    form = {"query": QUERY, "view": "bar", "view_x": "name", "view_none": "x"}
    made = ask("/q/", page=False, form=form, status=201).get_json()
    to = ask(f"/q/{made['slug']}", status=302).headers["Location"]
    assert parse_qs(urlsplit(to).query) == {"query": [QUERY], "format": ["html"], "view": ["bar"], "view_x": ["name"]}


def test_a_short_link_on_a_release(ask, library):
    ask("/q/", page=False, form={"query": QUERY}, release=1, status=401)
    ask("/q/", "rea", form={"query": QUERY}, release=1, status=403)
    made = ask("/q/", "anna", page=False, form={"query": QUERY}, release=1, status=201).get_json()
    to = ask(f"/q/{made['slug']}", status=302).headers["Location"]
    assert parse_qs(urlsplit(to).query)["release"] == ["1"]
    assert ask(to).headers["X-Accord-Release"] == "1"
    assert 1 in library.pinned_releases()


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"query": " "}, 400),
        ({"query": "SELECT"}, 400),
        ({"query": "DROP ALL"}, 403),
        ({"query": "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }"}, 403),
        ({"query": QUERY, "view": "pie"}, 400),
        ({"query": "#" * 200_000 + "\n" + QUERY}, 400),
    ],
)
def test_what_cannot_be_shared(ask, form, status):
    ask("/q/", page=False, form=form, status=status)


@pytest.mark.parametrize("slug", ["0000000", "short", "toolong8", "a' OR 1", "%00%00"])
def test_links_that_were_never_made(ask, slug):
    assert "there is no short link" in ask(f"/q/{slug}", status=404).text


def test_the_saved_page_shares_what_it_shows(ask, save):
    page = ask("/queries/agreements", party="office").text
    form = page[page.index('action="/q/"') :]
    assert "{ &#34;office&#34; }" in form[: form.index("</form>")] and "csrf" not in form[: form.index("</form>")]
    save("hushed", text("Hushed", head="visibility: staff"))
    assert 'action="/q/"' not in ask("/queries/hushed", "rea").text


def test_a_pin_keeps_its_release(ask, library, user, tmp_path):
    assert "Pin this answer" in ask("/queries/agreements", "anna").text
    assert "Pin this answer" not in ask("/queries/agreements", "rea").text
    to = ask("/queries/agreements@1/pin", "anna", form={"why": "cited"}, release=1, party="office", status=303)
    assert to.headers["Location"] == "/queries/agreements@1?party=office&release=1"
    assert "Pinned by anna, so release 1 is kept." in ask(to.headers["Location"], "rea").text
    assert "cited" in ask("/queries/agreements/history", "rea").text
    assert 1 in library.pinned_releases()
    ask("/queries/agreements@1/pin", "rea", form={}, release=1, status=403)
    ask("/queries/agreements@1/pin", page=False, form={}, release=1, status=401)
    ask("/queries/agreements@1/pin", "anna", form={}, release=77, status=404)
    ask("/queries/agreements@1/pin", "anna", form={}, release=1, year="soon", status=400)
    ask("/queries/agreements@1/unpin", "ben", form={}, release=1, status=403)
    ask("/queries/agreements@1/unpin", "root", form={}, release=1, status=303)
    assert not [pin for pin in library.pins(1) if pin.name == "agreements"]
    data = tmp_path / "data"
    for _ in range(4):
        make_release(data, EXAMPLE)
    library.pin("agreements", 1, 2, user("anna"))
    assert prune(data, 1, {2}) == [1, 3]
