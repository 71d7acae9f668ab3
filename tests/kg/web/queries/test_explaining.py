from lxml import etree

from tests.kg.served import VISIT
from tests.kg.web.queries.conftest import text

WORDS = "The Skills Office (SO) and the Bờ Hồ Boat School signed the Lake Accord"


def test_each_row_leads_to_its_facts(ask):
    page = etree.HTML(ask("/queries/agreements").text)
    (link,) = page.findall(".//td[@class='why']/a")
    assert link.get("href") == "/queries/agreements/why?row=1"
    reasons = ask(link.get("href")).text
    assert f"<mark>{WORDS}</mark>" in reasons
    assert "Why is this row here?" in reasons
    assert "highlight=" in reasons and "found by <code>by-hand</code>, confidence 0.9" in reasons


def test_rows_of_later_pages_keep_their_numbers(ask, save):
    save("long", text("Long", select="?value", where="?s acc:value ?value ."))
    page = etree.HTML(ask("/queries/long?page=2&page_size=3").text)
    links = [link.get("href") for link in page.findall(".//td[@class='why']/a")]
    assert [link.rpartition("row=")[2] for link in links] == ["4", "5", "6"]
    rows = ask("/queries/long.json", page=False).json["results"]["bindings"]
    told = ask("/queries/long/why.json", row=5).json
    assert told["row"]["value"]["value"] == rows[4]["value"]["value"]


def test_as_json(ask):
    told = ask("/queries/agreements/why", release=1, row=1, page=False).json
    assert (told["number"], told["release"]) == (1, 1)
    fact = next(one for one in told["facts"] if one["predicate"]["value"].endswith("#party"))
    assert fact["origin"] == "stated"
    (evidence,) = fact["evidence"]
    assert evidence["exact"] == WORDS
    assert (evidence["document"], evidence["rule"], evidence["confidence"]) == (VISIT, "by-hand", 0.9)
    assert any(one["because"] for one in told["facts"])


def test_ad_hoc_queries(ask):
    query = "SELECT ?a (COUNT(?p) AS ?parties) { ?a acc:party ?p } GROUP BY ?a"
    page = etree.HTML(ask("/sparql", query=query).text)
    (button,) = page.findall(".//td[@class='why']/button")
    form = page.find(f".//form[@id='{button.get('form')}']")
    given = {one.get("name"): one.get("value") for one in form.findall("input")}
    assert given == {"query": query}
    reasons = ask(form.get("action"), row=button.get("value"), **given).text
    assert WORDS in reasons and "The 2 rows behind it" in reasons
    assert len(ask("/sparql/why", query=query, row=1, page=False).json["behind"]["rows"]) == 2


def test_what_has_no_reasons(ask):
    for row in ("0", "x", "", "99", "1e3"):
        ask("/queries/agreements/why", row=row, page=False, status=404)
    ask("/sparql/why", query="ASK { ?s ?p ?o }", row=1, page=False, status=400)
    ask("/sparql/why", query="SELECT nonsense", row=1, page=False, status=400)
    ask("/sparql/why", row=1, page=False, status=400)
    branches = "SELECT * { { ?a acc:party/rdfs:label ?b } UNION { ?a rdfs:label ?b } }"  # in any order
    told = ask("/sparql/why", query=branches, row=1, page=False, status=400).json["detail"]
    assert "add an ORDER BY" in told
    assert 'class="why"' not in ask("/sparql", query="ASK { ?s ?p ?o }").text
    assert 'class="why"' not in ask("/sparql", query="DESCRIBE acc:Law").text


def test_hostile_texts_are_escaped(ask):
    query = "SELECT ?n { ?o skos:altLabel ?n FILTER(CONTAINS(?n, 'script')) }"
    page = ask("/sparql/why", query=query, row=1).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
