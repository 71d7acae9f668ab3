import struct
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from kg.charts import MOST_ROWS, Painter, picture
from kg.charts.columns import plain
from kg.charts.picture import Drawing, Picture
from kg.charts.places import located
from kg.charts.times import span
from kg.engine import Table, Term
from kg.errors import ChartError, KGError, QueryMemoryError, QueryTimeoutError
from kg.namespaces import DEFAULT_BASE, PREFIXES
from kg.saved import VIEWS, View

XSD = PREFIXES["xsd"]
HOSTILE = (
    '</text><script>alert(1)</script>"\'&<![CDATA[x]]>\x00\u202e{{datum.x}} javascript:alert(1) \\"); fetch("http://x")'
)


def text(value):
    return Term("literal", value)


def typed(value, kind):
    return Term("literal", str(value), None, XSD + kind)


def iri(path):
    return Term("iri", DEFAULT_BASE + path)


def table(columns, *rows, complete=True):
    return Table(tuple(columns.split()), tuple(rows), complete=complete)


SCHOOLS = table(
    "school schoolLabel pupils", *((iri(f"o/{n}"), text(f"School {n}"), typed(n * 10, "integer")) for n in (3, 1, 2))
)
PROJECTS = table(
    "project start end",
    (text("Boats"), typed("2021", "gYear"), typed("2023-06", "gYearMonth")),
    (text("Boats"), typed("2020-02-03", "date"), None),
    (text("Nets"), typed("2019", "gYear"), None),
    (text("Oars"), None, None),
)
PLACES = table(
    "place placeLabel n",
    (iri("place/vn"), text("Viet Nam"), typed(4, "integer")),
    (iri("place/vn-hn"), text("Ha Noi"), typed(1, "integer")),
    (iri("place/zz"), text("Nowhere"), typed(1, "integer")),
)
LINKS = table("a b n", *((text(a), text(b), typed(1, "integer")) for a, b in ("xy", "yz", "zx", "xq")))
BY_KIND = {
    "table": SCHOOLS,
    "bar": SCHOOLS,
    "line": table("year n", *((typed(2020 + n, "gYear"), typed(n * n, "decimal")) for n in range(5))),
    "timeline": PROJECTS,
    "map": PLACES,
    "network": LINKS,
    "number": SCHOOLS,
}


@pytest.fixture(scope="module")
def painter():
    with Painter(time_limit=30) as painter:
        yield painter


def drawn(answer, kind, preview=False, title="A title", **options):
    return picture(answer, View(kind, options), title=title, source="release 1", preview=preview)


def size_of(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def texts(svg):
    return "\n".join(etree.fromstring(svg).itertext())


@pytest.mark.parametrize("kind", sorted(VIEWS))
def test_each_kind_of_view_is_drawn_the_same_each_time(painter, kind):
    shown = drawn(BY_KIND[kind], kind)
    svg = painter.svg(shown)
    assert painter.svg(shown) == svg
    assert {"A title", "Accord"} <= set(texts(svg).splitlines())
    assert "release 1" in texts(svg)
    assert painter.png(shown) == painter.png(shown)
    with Painter(time_limit=30) as another:
        assert another.svg(shown) == svg
    preview = drawn(BY_KIND[kind], kind, preview=True)
    assert size_of(painter.png(preview, 1.0)) == (1200, 630)


@pytest.mark.parametrize("kind", sorted(VIEWS))
def test_an_answer_without_rows_is_told_as_such(painter, kind):
    empty = Table(BY_KIND[kind].columns, ())
    svg = texts(painter.svg(drawn(empty, kind)))
    assert "The answer has no rows." in svg or kind == "number"


def test_hostile_texts_stay_texts(painter):
    rows = [(text(HOSTILE + str(n)), text(HOSTILE), typed(n, "integer"), typed("2020", "gYear")) for n in range(3)]
    answer = table("a b n year", *rows)
    for kind in VIEWS:
        svg = painter.svg(drawn(answer, kind, title=HOSTILE, **({"place": "a"} if kind == "map" else {})))
        root = etree.fromstring(svg)
        names = {etree.QName(element).localname for element in root.iter()}
        assert not names & {"script", "image", "a", "foreignObject", "use", "style"}
        for element in root.iter():
            assert not any(name.startswith("on") or "href" in name for name in element.attrib)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=8)), min_size=1, max_size=4))
def test_any_text_can_be_drawn(painter, rows):
    answer = table("a b", *((text(a), text(b)) for a, b in rows))
    for kind in ("bar", "network", "table"):
        etree.fromstring(painter.svg(drawn(answer, kind)))


def test_what_is_left_out_is_written_in_the_picture_and_said_in_its_alt_text(painter):
    many = table("a n", *((text(f"k{n}"), typed(n, "integer")) for n in range(MOST_ROWS + 5)))
    for kind in ("bar", "network", "table"):
        shown = drawn(
            many if kind != "network" else table("a b", *((text(f"k{n}"), text("z")) for n in range(900))), kind
        )
        assert shown.drawing.notes
        flat = " ".join(texts(painter.svg(shown)).split())
        for note in shown.drawing.notes:
            assert note in shown.alt
            assert note.split(":")[0] in flat
    cut = table("a n", (text("k"), typed(1, "integer")), complete=False)
    assert "Drawn from the first 1 rows; the answer has more." in drawn(cut, "bar").alt


def test_bars_add_up_rows_of_the_same_name_and_count_where_there_are_no_numbers():
    twice = table("party year n", *((text("A"), typed(y, "gYear"), typed(2, "integer")) for y in (2020, 2021)))
    assert "n (sum) by party: A: 4" in drawn(twice, "bar", x="party", y="n").alt
    assert "rows by party: A: 2" in drawn(table("party", (text("A"),), (text("A"),)), "bar").alt


def test_a_timeline_shows_dates_as_precise_as_they_are():
    shown = drawn(PROJECTS, "timeline")
    assert "Nets, 2019; Boats, 2020-02-03; Boats (2), 2021-01-01 to 2023-06-30" in shown.alt
    assert "1 row is not shown: they have no date." in shown.drawing.notes


@pytest.mark.parametrize(
    ("written", "first", "after"),
    [
        ("2020", "2020-01-01", "2021-01-01"),
        ("2020-02", "2020-02-01", "2020-03-01"),
        ("2020-02-29", "2020-02-29", "2020-03-01"),
        ("2020-02-29Z", "2020-02-29", "2020-03-01"),
        ("2020-12-31T23:00:00Z", "2020-12-31", "2021-01-01"),
        ("2020-Q4", "2020-10-01", "2021-01-01"),
        ("2019/2021", "2019-01-01", "2022-01-01"),
    ],
)
def test_times(written, first, after):
    found = span(written)
    days = [time.strftime("%Y-%m-%d", time.gmtime(moment / 1000)) for moment in (found.start, found.end)]
    assert days == [first, after]


@pytest.mark.parametrize("written", ["", "soon", "2020-13", "2020-02-30", "0000", "9999", "2021/2019", "20", "2020-Q5"])
def test_what_is_no_time(written):
    assert span(written) is None


@pytest.mark.parametrize(
    ("value", "label", "near"),
    [
        (f"{DEFAULT_BASE}place/la", "", (102.5, 19)),
        (f"{DEFAULT_BASE}place/vn-hn", "Ha Noi", (105.8, 21)),
        (f"{DEFAULT_BASE}place/gh-kumasi", "Kumasi", (-1.6, 6.7)),
        ("Viet Nam", "", (105.4, 21.7)),
        ("MM", "", (95.8, 21.6)),
        ("POINT(10.5 -3)", "", (10.5, -3)),
    ],
)
def test_where_places_are(value, label, near):
    assert located(value, label) == pytest.approx(near, abs=0.6)


@pytest.mark.parametrize("value", ["", "Atlantis", f"{DEFAULT_BASE}place/zz", "POINT(400 0)", "POINT(1e9 2)"])
def test_places_that_nobody_knows(value):
    assert located(value) is None


def test_a_map_says_which_places_are_missing(painter):
    shown = drawn(PLACES, "map", value="n")
    assert "no coordinates are known for Nowhere" in shown.alt
    assert "Ha Noi" in texts(painter.svg(shown))


@pytest.mark.parametrize(
    ("kind", "options", "says"),
    [
        ("bar", {"x": "nothing"}, "wants the column 'nothing' for x; the answer has: school, schoolLabel, pupils"),
        ("line", {}, ""),
        ("timeline", {}, "needs a column of dates"),
        ("network", {}, "needs two columns of things"),
    ],
)
def test_a_view_that_does_not_fit_is_refused_in_one_line(kind, options, says):
    if not says:
        assert drawn(SCHOOLS, kind, **options)
        return
    with pytest.raises(ChartError, match=says) as caught:
        drawn(SCHOOLS, kind, **options)
    assert "\n" not in str(caught.value)


def test_what_takes_too_long_or_too_much_is_given_up_and_the_next_picture_is_drawn(painter):
    endless = {"data": {"sequence": {"start": 0, "stop": 2e7}}, "mark": "point", "encoding": {"x": {"field": "data"}}}
    hungry = Picture(Drawing("vega-lite", {**endless, "data": {"sequence": {"start": 0, "stop": 1e9}}}, ""), "", "", "")
    with Painter(time_limit=1.0) as hurried, pytest.raises(QueryTimeoutError, match="not ready after 1 seconds"):
        hurried.svg(Picture(Drawing("vega-lite", endless, ""), "", "", ""))
    with Painter(time_limit=40, memory=2**30) as small, pytest.raises((QueryMemoryError, QueryTimeoutError)):
        small.svg(hungry)
    assert painter.svg(drawn(SCHOOLS, "bar"))


def test_a_specification_cannot_reach_the_network_or_files(painter):
    for address in ("http://127.0.0.1:9/x.json", "file:///etc/passwd", "https://example.org/a.csv"):
        spec = {"data": {"url": address}, "mark": "point", "encoding": {"x": {"field": "a"}}}
        try:
            svg = painter.svg(Picture(Drawing("vega-lite", spec, ""), "", "", ""))
        except KGError as error:
            assert "\n" not in str(error)
        else:
            assert b"root:" not in svg


def test_signs_that_nobody_sees_are_taken_out():
    assert plain("a\u202eb\x00\ud800c\n d") == "a b c d"
