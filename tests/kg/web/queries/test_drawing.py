import struct

import pytest
from lxml import etree

from tests.kg.web.queries.conftest import text

BAR = "view: {kind: bar, x: party}"


@pytest.fixture
def drawn(save, library, user):
    if not any(one.name == "drawn" for one in library.list(user("anna"))):
        save("drawn", text("Parties & <more>", head=BAR))
    return "drawn"


def test_svg_and_png(ask, drawn):
    svg = ask(f"/queries/{drawn}.svg")
    assert svg.content_type == "image/svg+xml"
    words = list(etree.fromstring(svg.data).itertext())
    assert "Parties & <more>" in words
    assert "Skills Office" in words
    assert any(one.startswith("Release 2 of ") and "/queries/drawn@1?release=2" in one for one in words)
    png = ask(f"/queries/{drawn}.png")
    assert png.content_type == "image/png"
    assert struct.unpack(">I", png.data[16:20])[0] == 1920
    preview = ask(f"/queries/{drawn}.png", preview=1)
    assert struct.unpack(">II", preview.data[16:24]) == (1200, 630)


def test_the_same_link_gives_the_same_bytes_and_a_pinned_one_lasts(ask, drawn):
    first = ask(f"/queries/{drawn}@1.svg", release=1)
    assert first.data == ask(f"/queries/{drawn}@1.svg", release=1).data
    assert "immutable" in first.headers["Cache-Control"]
    assert first.headers["X-Accord-Release"] == "1"
    ask(f"/queries/{drawn}@1.svg", release=1, headers={"If-None-Match": first.headers["ETag"]}.items(), status=304)


def test_the_page_shows_it_and_tells_what_it_shows(ask, drawn):
    page = etree.HTML(ask(f"/queries/{drawn}").text)
    (image,) = page.findall(".//img")
    assert image.get("src") == f"/queries/{drawn}.svg"
    assert "Bar chart of rows by party: " in image.get("alt")
    assert page.find(".//meta[@property='og:image']").get("content").endswith(f"/queries/{drawn}.png?preview=1")


def test_any_query_can_be_drawn_in_another_way(ask, drawn):
    assert "Network" in ask("/queries/agreements.svg", view="network").text
    for wrong in ({"view": "cake"}, {"view": "timeline"}, {"scale": "9"}):
        told = ask(f"/queries/{drawn}.png", page=False, status=400, **wrong).json
        assert "\n" not in told["detail"]


def test_the_parameters_of_the_link_count(ask):
    assert "The answer has no rows." in ask("/queries/agreements.svg", party="nobody").text


def test_a_private_query_is_not_drawn_for_others(ask, save):
    save("hidden", text("Hidden", head="visibility: private\n" + BAR))
    ask("/queries/hidden.svg", page=False, status=404)
    answer = ask("/queries/hidden.svg", "anna")
    assert "private" in answer.headers["Cache-Control"]


def test_an_ad_hoc_query_is_drawn_too(ask):
    query = "SELECT ?a ?p { ?a acc:party ?p }"
    svg = ask("/sparql.svg", query=query, view="network", view_title="Who with whom")
    assert "Who with whom" in svg.text
    assert ask("/sparql.png", query=query, preview=1).data[:4] == b"\x89PNG"
    ask("/sparql.svg", page=False, status=400)


def test_a_short_link_shows_its_picture(ask):
    query = "SELECT ?a ?p { ?a acc:party ?p }"
    form = {"query": query, "view": "network", "view_title": "Who with whom"}
    made = ask("/q/", form=form, page=False, status=201).json["address"]
    page = ask(ask(made.removeprefix("http://localhost"), status=302).headers["Location"]).text
    (image,) = etree.HTML(page).findall(".//p[@class='chart']/img")
    assert image.get("alt").startswith("Who with whom. Network of 3 things and 2 links")
    assert "Who with whom" in ask(image.get("src")).text
