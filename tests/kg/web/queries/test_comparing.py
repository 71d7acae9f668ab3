from dataclasses import replace
from datetime import UTC, datetime

from lxml import etree

from kg.saved import Run
from tests.kg.web.queries.conftest import MANY, text

ATOM = "{http://www.w3.org/2005/Atom}"
BOATS = text("Boats", select="?value", where="?s acc:unit 'boats'@en ; acc:value ?value .")


def test_an_answer_that_stayed_the_same(ask):
    told = ask("/queries/agreements/changes", release=1, page=False).json
    assert (told["changed"], told["same"], told["before"], told["now"]) == (False, 1, 1, 2)
    assert "No. Release 2" in ask("/queries/agreements/changes", release=1).text
    assert ask("/queries/agreements/changes.json", release=2).json["changed"] is False


def test_rows_that_came(ask, save):
    save("counted", BOATS)
    told = ask("/queries/counted/changes.json", release=1).json
    assert (told["changed"], told["same"], len(told["added"]), told["removed"]) == (True, 2, MANY, [])
    page = ask("/queries/counted@1/changes", release=1).text
    assert f"{MANY} rows were added and 0 removed; 2 are the same" in page
    assert "Only the first 200 rows are shown here." in page


def test_the_release_to_compare_with_is_chosen_on_the_page(ask, library):
    library.record([Run("agreements", 1, 1, datetime(2031, 5, 12, tzinfo=UTC), rows=1, columns=("agreement",))])
    page = ask("/queries/agreements/changes").text
    assert "/queries/agreements/changes?release=1" in page
    assert "release" in ask("/queries/agreements/changes", page=False, status=400).json["detail"]
    ask("/queries/agreements/changes", page=False, release=9, status=404)
    ask("/queries/agreements/changes.csv", page=False, release=1, status=400)


def test_the_feed_tells_of_each_change(ask, save, library):
    save("watched", BOATS.replace("Boats", "Boats & <oars>"))
    first = Run("watched", 1, 1, datetime(2031, 5, 12, tzinfo=UTC), rows=2, columns=("value",))
    library.record([first, replace(first, release=2, before=1, rows=450, added=448, added_rows=(("<i>",),))])
    answer = ask("/queries/watched/feed")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(answer.data)
    assert root.find(f"{ATOM}id").text == "https://w3id.org/accord-kg/queries/watched"
    entries = root.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}title").text for entry in entries] == ["Release 2: 448 rows added", "Release 1: 2 rows"]
    link = entries[0].find(f"{ATOM}link").get("href")
    assert link == "http://localhost/queries/watched@1/changes?release=1"
    assert "448 rows were added" in ask(link.removeprefix("http://localhost")).text
    again = ask("/queries/watched/feed.atom", headers={"If-None-Match": answer.headers["ETag"]}.items(), status=304)
    assert not again.data
    assert "/queries/watched/feed" in ask("/queries/watched").text
