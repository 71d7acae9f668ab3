"""The API, as its own description has it: every route that is described is walked, and what it gives is checked."""

import re

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from kg import accounts
from tests.kg.web.staff import Browser, add_staff, token_of

TEXT = """#+ title: Boats
#+ visibility: {visibility}
#+ parameters:
#+   - name: name
#+     type: string
#+     description: a part of the name
SELECT ?thing ?label {{ ?thing a acc:Organisation ; rdfs:label ?label
VALUES ?_name {{ UNDEF }}
FILTER(!BOUND(?_name) || CONTAINS(?label, ?_name)) }} ORDER BY ?label
"""


def text(visibility="public", title="Boats"):
    return TEXT.format(visibility=visibility).replace("title: Boats", f"title: {title}")


@pytest.fixture
def api(staffed, stored):
    """Ask as somebody: `api("editor", "GET", "/queries")`."""
    headers = {None: {}}
    for name, scope in {"reader": "read", "editor": "write", "admin": "admin"}.items():
        headers[name] = token_of(stored.database, name, scope)

    def ask(who, method, path, status=None, **more):
        response = staffed.test_client().open(f"/api{path}", method=method, headers=headers[who], **more)
        if status is not None:
            assert response.status_code == status, response.text
        return response

    return ask


@pytest.fixture
def description(api):
    return api(None, "GET", "/openapi.json", 200).json


def fits(description, schema, value):
    """Raise where `value` is not as the schema of the description has it."""
    whole = Resource.from_contents(description, default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:described", whole)
    there = {"$ref": f"urn:described{schema['$ref']}"}
    Draft202012Validator(there, registry=registry, format_checker=FormatChecker()).validate(value)


def test_the_description_is_good_openapi(description):
    validate(description)
    assert description["openapi"].startswith("3.1")
    assert description["servers"] == [{"url": "http://localhost/api"}]
    names = [operation["operationId"] for path in description["paths"].values() for operation in path.values()]
    assert len(set(names)) == len(names) > 20


def test_the_description_says_of_all_addresses_what_the_application_has(staffed, description):
    rules = {
        (re.sub(r"<(?:int:)?(\w+)>", r"{\1}", rule.rule).removeprefix("/api"), method.lower())
        for rule in staffed.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.endpoint not in {"api.openapi", "api.page", "api.go"}
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert rules == {(path, method) for path, methods in description["paths"].items() for method in methods}


BODIES = {
    "save_query": {"text": text(), "based_on": None, "why": "new"},
    "restore_query": {"why": "needed after all"},
    "run_query": {"parameters": {"name": "Boat"}, "limit": 5},
    "make_pin": {"name": "boats", "version": 1, "release": 1, "why": "cited"},
    "make_link": {"text": "SELECT * { ?s ?p ?o } LIMIT 1", "view": {"kind": "bar", "options": {"x": "s", "y": "o"}}},
    "make_token": {"label": "script", "scope": "read", "days": 3},
    "make_user": {"name": "new", "role": "reader", "email": None, "password": None},
    "change_user": {"full_name": "Somebody New", "role": "editor", "password": "quite long enough", "disabled": True},
}
# What must be there before others can be walked comes first, and what takes it away last.
FIRST = ["save_query", "make_pin", "make_link", "make_token", "make_user", "change_user"]
LAST = ["remove_pin", "revoke_token", "delete_query", "restore_query"]


def test_every_route_that_is_described(api, description):
    operations = {
        operation["operationId"]: (path, method, operation)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    }
    others = [name for name in operations if name not in FIRST + LAST]
    values = {"name": "boats", "version": "1", "number": "1", "release": "1"}
    for name in [*FIRST, *others, *LAST]:
        path, method, operation = operations[name]
        own = values | {"name": "new"} if path.startswith("/users") else values
        own = own | {"number": values["token"]} if path.startswith("/tokens/") else own
        filled = re.sub(r"\{(\w+)\}", lambda found, own=own: own[found[1]], path)
        more = {"json": BODIES[name]} if "requestBody" in operation else {}
        if more:
            fits(description, operation["requestBody"]["content"]["application/json"]["schema"], more["json"])
        arguments = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
        some = {"limit": "3", "deleted": "false", "broken": "true", "release": "1", "why": "test", "before": "50"}
        asked = {argument: some[argument] for argument in arguments if argument in some}
        for query in [{}, asked] if asked and method == "get" else [{}]:
            response = api("admin", method.upper(), filled, query_string=query, **more)
            expected = operation["responses"].get(str(response.status_code))
            assert expected, (name, response.status_code, response.text)
            if "content" in expected:
                schema = expected["content"]["application/json"]["schema"]
                fits(description, schema, response.json)
        if name == "make_link":
            values["slug"] = response.json["slug"]
        if name == "make_token":
            values["token"] = str(response.json["token"]["number"])
        if name == "show_release":
            assert response.json["current"] is True
    assert api("admin", "GET", "/queries/boats", 200).json["version"] == 1


@pytest.mark.parametrize(
    ("method", "path", "role"),
    [("PUT", "/queries/x", "editor"), ("DELETE", "/queries/boats", "editor"), ("GET", "/users", "admin"),
     ("PATCH", "/users/reader", "admin"), ("GET", "/audit", "admin"), ("POST", "/pins", "editor"),
     ("GET", "/tokens", "reader"), ("POST", "/users", "admin"), ("POST", "/queries/boats/restore", "editor")],
)  # fmt: skip
def test_who_may_not(api, method, path, role):
    nobody = api(None, method, path, 401)
    assert nobody.content_type == "application/problem+json" and nobody.headers["WWW-Authenticate"] == "Bearer"
    below = {"reader": None, "editor": "reader", "admin": "editor"}[role]
    if below:
        assert api(below, method, path, 403).json["title"] == "Your account may not do this"


def test_queries_have_versions(api):
    made = api("editor", "PUT", "/queries/boats", 201, json={"text": text(), "why": "first"}).json
    assert (made["number"], made["author"], made["why"]) == (1, "editor", "first")
    shown = api(None, "GET", "/queries/boats", 200).json
    assert shown["text"] == made["text"] and shown["owner"] == "editor"
    assert [one["name"] for one in shown["parameters"]] == ["name"]
    api("editor", "PUT", "/queries/boats", 200, json={"text": text(title="Ships"), "based_on": 1, "why": "better"})
    assert api(None, "GET", "/queries/boats/versions/1", 200).json["title"] == "Boats"
    assert api(None, "GET", "/queries/boats", 200).json["title"] == "Ships"
    versions = api(None, "GET", "/queries/boats/versions", 200).json["versions"]
    assert [(one["number"], one["why"]) for one in versions] == [(2, "better"), (1, "first")]
    answer = api(None, "POST", "/queries/boats/run", 200, json={"parameters": {"name": "Boat"}, "version": 1}).json
    assert (answer["query"], answer["release"], answer["columns"]) == ("boats@1", 1, ["thing", "label"])
    assert [row[1]["value"] for row in answer["rows"]] == ["Bờ Hồ Boat School"]
    assert answer["rows"][0][1]["language"] == "en" and answer["complete"]


def test_two_who_save_at_once(api):
    api("editor", "PUT", "/queries/boats", 201, json={"text": text()})
    api("admin", "PUT", "/queries/boats", 200, json={"text": text(title="Mine"), "based_on": 1})
    conflict = api("editor", "PUT", "/queries/boats", 409, json={"text": text(title="Yours"), "based_on": 1}).json
    assert conflict["current"] == 2 and "title: Mine" in conflict["theirs"] and "title: Yours" in conflict["yours"]
    assert api("editor", "PUT", "/queries/boats", 409, json={"text": text(title="New")}).json["based_on"] is None


def test_a_deleted_query_tells_what_it_was(api):
    api("editor", "PUT", "/queries/boats", 201, json={"text": text()})
    api("editor", "DELETE", "/queries/boats", 204, query_string={"why": "nobody uses it"})
    gone = api(None, "GET", "/queries/boats", 410).json
    assert (gone["last"]["version"], gone["why"]) == (1, "nobody uses it") and "title: Boats" in gone["last"]["text"]
    assert "by" not in gone and api("reader", "GET", "/queries/boats", 410).json["by"] == "editor"
    assert "boats" in [one["name"] for one in api(None, "GET", "/queries?deleted=true").json["queries"]]
    assert api(None, "GET", "/queries/boats/versions/1", 200).json["deleted"]
    api("editor", "POST", "/queries/boats/restore", 200, json={})
    api(None, "GET", "/queries/boats", 200)


def test_what_is_private_looks_unknown(api, stored):
    add_staff(stored.database, other="editor")
    owner = accounts.find_user(stored.database, "other")
    stored.save("hidden", text("private"), owner, based_on=None)
    stored.pin("hidden", 1, 1, owner)
    for who in (None, "reader", "editor"):
        for path in ("", "/versions", "/versions/1", "/runs"):
            api(who, "GET", f"/queries/hidden{path}", 404)
        api(who, "POST", "/queries/hidden/run", 404, json={})
        assert api(who, "GET", "/pins").json["pins"] == []
    assert len(api("admin", "GET", "/pins").json["pins"]) == 1
    stored.save("for-us", text("staff"), owner, based_on=None)
    api(None, "GET", "/queries/for-us", 404)
    api("reader", "GET", "/queries/for-us", 200)


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/queries/boats", [], "send an object"),
        ("/queries/boats", {}, "must have 'text'"),
        ("/queries/boats", {"text": 5}, "text must be a text, not '5'"),
        ("/queries/boats", {"text": "ASK {}", "based_on": "1"}, "based_on must be a whole number or null"),
        ("/queries/boats", {"text": "ASK {}", "based_on": 0}, "based_on must be 1 at least"),
        ("/queries/boats", {"text": "ASK {}", "based_on": True}, "based_on must be"),
        ("/queries/boats", {"text": "ASK {}", "bases_on": 1}, "has no 'bases_on'"),
        ("/queries/boats", {"text": "#+ title: x\nSELECT {"}, "line 2"),
        ("/queries/No_Good", {"text": "#+ title: x\nASK {}"}, "cannot be the name"),
    ],
)
def test_a_body_that_is_no_good(api, path, body, words):
    assert words in api("editor", "PUT", path, 400, json=body).json["detail"]


def test_other_bodies_and_arguments(api):
    api("editor", "PUT", "/queries/boats", 415, data={"text": "ASK {}"})
    api("editor", "PUT", "/queries/boats", 400, data="{", content_type="application/json")
    assert "there is no argument 'colour'" in api(None, "GET", "/queries?colour=red", 400).json["detail"]
    assert "limit takes a whole number" in api(None, "GET", "/queries/agreements/runs?limit=-1", 400).json["detail"]
    assert "deleted takes true or false" in api(None, "GET", "/queries?deleted=1", 400).json["detail"]
    wrong = {"parameters": {"nobody": "x"}}
    assert "has no parameter 'nobody'" in api(None, "POST", "/queries/agreements/run", 400, json=wrong).json["detail"]
    api(None, "POST", "/queries/agreements/run", 404, json={"release": 99})
    api(None, "GET", "/releases/99", 404)
    api(None, "GET", "/nothing", 404)
    api("editor", "POST", "/pins", 404, json={"name": "agreements", "version": 1, "release": 99})


def test_files_cannot_be_changed(api):
    api("admin", "PUT", "/queries/agreements", 403, json={"text": text(), "based_on": 1})
    api("admin", "DELETE", "/queries/agreements", 403)


def test_short_links(api):
    made = api(None, "POST", "/links", 201, json={"text": "SELECT * { ?s ?p ?o } LIMIT 1"}).json
    assert re.fullmatch(r"http://localhost/q/[0-9A-Za-z]{7}", made["address"])
    assert api(None, "POST", "/links", 201, json={"text": "SELECT * { ?s ?p ?o } LIMIT 1"}).json == made
    assert api(None, "GET", f"/links/{made['slug']}", 200).json == made
    assert api(None, "POST", "/links", 400, json={"text": "SELECT {"}).json["title"] == "The query has an error"
    held = {"text": "ASK {}", "release": 1}
    api(None, "POST", "/links", 401, json=held)
    assert api("editor", "POST", "/links", 201, json=held).json["release"] == 1
    wrong = {"text": "ASK {}", "view": {"kind": "bar", "options": {"colour": "red"}}}
    assert "has no option 'colour'" in api(None, "POST", "/links", 400, json=wrong).json["detail"]
    api(None, "GET", "/links/0000000", 404)


def test_a_token_makes_no_stronger_token(api):
    for who in ("reader", "editor"):
        assert "makes no tokens" in api(who, "POST", "/tokens", 403, json={"scope": "read"}).json["detail"]
    made = api("admin", "POST", "/tokens", 201, json={"days": None})
    assert made.json["token"]["expires"] is None and made.headers["Cache-Control"] in {"no-store", "private, no-cache"}
    assert made.json["secret"].startswith("accord_")
    number = made.json["token"]["number"]
    api("editor", "DELETE", f"/tokens/{number}", 404)
    api("admin", "DELETE", f"/tokens/{number}", 204)


def test_who_is_signed_in_uses_it_with_the_token_of_the_page(staffed):
    browser = Browser(staffed)
    browser.sign_in("editor")
    me = browser.get("/api/me").json
    assert (me["by"], me["user"]["name"]) == ("session", "editor")
    body = {"text": text()}
    assert browser.client.put("/api/queries/boats", json=body).status_code == 400
    headers = {"X-CSRFToken": browser.form_token("/api/")}
    assert browser.client.put("/api/queries/boats", json=body, headers=headers).status_code == 201


def test_the_page_to_try_it(staffed, description):
    browser = Browser(staffed)
    page = browser.get("/api/").text
    for path, methods in description["paths"].items():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page and f"/api{path}<" in page
    assert browser.get("/api/try/show_query", name="agreements").headers["Location"] == "/api/queries/agreements"
    listed = browser.get("/api/try/list_runs", name="agreements", limit="3")
    assert listed.headers["Location"] == "/api/queries/agreements/runs?limit=3"
    for path in ("/api/try/show_query", "/api/try/show_release?number=x", "/api/try/save_query?name=x", "/api/try/x"):
        assert browser.get(path).status_code == 404


def test_it_is_kept_as_long_as_it_is_so(staffed, api):
    first = api(None, "GET", "/queries")
    again = staffed.test_client().get("/api/queries", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    api("editor", "PUT", "/queries/boats", 201, json={"text": text()})
    again = staffed.test_client().get("/api/queries", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
