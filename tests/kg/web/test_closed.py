"""An installation that shows nothing to anybody without an account."""

import pytest

from kg.resources import queries_folder
from kg.web import close_app, create_app
from tests.kg.web.staff import ACCEPT, Browser, add_staff, token_of


@pytest.fixture(scope="module")
def closed(data, tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('closed')}/staff.sqlite"
    app = create_app(data, queries=queries_folder(), database=url, workers=1, closed=True)
    add_staff(app.extensions["accord"].library.database, reader="reader")
    yield app
    close_app(app)


def addresses(app):
    """One address for each rule that answers GET."""
    values = {
        "name": "agreements",
        "reference": "agreements",
        "number": 1,
        "release": 1,
        "version": 1,
        "slug": "0000000",
    }
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            listed = {name: next(iter(getattr(kind, "items", ["x"]))) for name, kind in rule._converters.items()}
            yield rule.endpoint, adapter.build(rule.endpoint, listed | values)


OPEN = {
    "static",
    "accounts.sign_in",
    "accounts.provider",
    "accounts.back",
    "health.health",
    "health.live",
    "health.ready",
    "admin.listing",
}


def test_everything_needs_an_account(closed):
    client = closed.test_client()
    checked = 0
    for endpoint, address in addresses(closed):
        answer = client.get(address, headers={"Accept": "*/*"})
        if endpoint not in OPEN:
            assert answer.status_code == 401, (endpoint, address, answer.status_code)
            assert "Access-Control-Allow-Origin" not in answer.headers
            checked += 1
    assert checked > 40
    for method, path in (("POST", "/sparql"), ("QUERY", "/sparql"), ("POST", "/q/"), ("GET", "/nothing/at/all")):
        assert client.open(path, method=method, data={"query": "ASK {}"}).status_code == 401


def test_a_browser_is_led_to_the_form_and_back(closed):
    browser = Browser(closed)
    led = browser.get("/sparql?query=ASK%20%7B%7D")
    assert led.status_code == 303
    assert led.headers["Location"] == "/accounts/sign-in?next=/sparql?query%3DASK%2520%257B%257D"
    page = browser.get(led.headers["Location"]).text
    assert "only for those with an account" in page
    again = browser.sign_in("reader", next="/sparql?query=ASK%20%7B%7D")
    assert again.headers["Location"] == "/sparql?query=ASK%20%7B%7D"
    assert browser.get(again.headers["Location"]).status_code == 200
    assert browser.get("/static/accord.css").status_code == Browser(closed).get("/static/accord.css").status_code == 200


def test_programs_send_a_token_and_nothing_is_kept(closed):
    own = closed.extensions["accord"]
    headers = token_of(own.library.database, "reader")
    client = closed.test_client()
    query = {"query": "SELECT ?s { ?s a acc:Project }"}
    before = len(own.cache)
    for _ in range(2):
        answer = client.get("/sparql", query_string=query, headers=headers)
        assert answer.status_code == 200 and answer.headers["Cache-Control"] == "private, no-cache"
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert client.get("/sparql", query_string=query).status_code == 401
        assert client.get("/resource/organisation/skills-office", headers=ACCEPT).status_code == 303
    assert len(own.cache) == before
    tagged = client.get("/sparql", query_string=query, headers={"If-None-Match": answer.headers["ETag"]})
    assert tagged.status_code == 401


def test_it_says_so_in_its_description(closed):
    headers = token_of(closed.extensions["accord"].library.database, "reader")
    described = closed.test_client().get("/api/openapi.json", headers=headers).json
    assert {} not in described["paths"]["/queries"]["get"]["security"]
