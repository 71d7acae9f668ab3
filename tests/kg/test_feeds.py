from dataclasses import replace
from datetime import UTC, datetime

import feedparser
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kg.feeds import atom
from kg.saved import Run, parse

ATOM = "{http://www.w3.org/2005/Atom}"
QUERY = parse("boats", "#+ title: Boats & <nets>\n#+ description: All of them\nSELECT * { ?s ?p ?o }\n")
FIRST = Run("boats", 1, 1, datetime(2031, 5, 1, tzinfo=UTC), rows=2, columns=("a", "b"))
SECOND = replace(
    FIRST,
    release=2,
    at=datetime(2031, 5, 2, 12, 30, tzinfo=UTC),
    rows=3,
    before=1,
    added=1,
    added_rows=(("<b>x</b>", None),),
)
THIRD = replace(FIRST, release=3, at=datetime(2031, 5, 3, tzinfo=UTC), before=2)
FOURTH = replace(FIRST, release=4, at=datetime(2031, 5, 4, tzinfo=UTC), error="it took <too> long", before=3)


def feed(query, runs):
    return atom(
        query,
        runs,
        page="https://example.org/queries/boats",
        feed="https://example.org/queries/boats/feed.atom",
        identity="https://w3id.org/accord-kg/",
        changes=lambda run: f"https://example.org/queries/boats@{run.version}/changes?release={run.before}&x=1",
    )


def check(body):
    """The rules of RFC 4287 for what is in such a feed."""
    root = etree.fromstring(body)
    assert root.tag == f"{ATOM}feed"
    for parent in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (element,) = parent.findall(f"{ATOM}{name}")
            assert element.text
        datetime.fromisoformat(parent.find(f"{ATOM}updated").text)
        assert parent.find(f"{ATOM}link[@rel='alternate']").get("href").startswith("https://")
    assert root.find(f"{ATOM}link[@rel='self']") is not None
    assert root.find(f"{ATOM}author/{ATOM}name").text
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    return root


def test_an_entry_for_each_release_that_changed_the_answer():
    root = check(feed(QUERY, [FOURTH, THIRD, SECOND, FIRST]))
    titles = [entry.find(f"{ATOM}title").text for entry in root.findall(f"{ATOM}entry")]
    assert titles == ["Release 4: no answer", "Release 2: 1 row added", "Release 1: 2 rows"]
    assert root.find(f"{ATOM}updated").text == "2031-05-04T00:00:00Z"
    read = feedparser.parse(feed(QUERY, [SECOND, FIRST]))
    assert not read.bozo
    assert read.feed.title_detail.value == "Boats & <nets>"
    assert "&lt;b&gt;x&lt;/b&gt;" in read.entries[0].content[0].value


def test_ids_stay_when_later_releases_come():
    def ids(runs):
        return {element.text for element in check(feed(QUERY, runs)).iter(f"{ATOM}id")}

    assert ids([SECOND, FIRST]) < ids([FOURTH, THIRD, SECOND, FIRST])


def test_a_query_that_never_ran_has_an_empty_feed():
    assert not check(feed(QUERY, [])).findall(f"{ATOM}entry")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_escaped(title, cell, error):
    query = replace(QUERY, title=title or "x", description=cell)
    changed = replace(SECOND, columns=(cell, "b"), added_rows=((cell, error),))
    root = check(feed(query, [replace(FOURTH, error=error or "x"), changed, FIRST]))
    for content in root.iter(f"{ATOM}content"):
        assert etree.HTML(content.text).find(".//script") is None
