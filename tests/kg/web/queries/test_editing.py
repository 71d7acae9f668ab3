"""The pages on which editors keep queries: new, edit, two at once, versions, delete, restore."""

import re
from dataclasses import replace
from html import unescape

import pytest

from kg import accounts
from kg.errors import SavedQueryError
from kg.saved import parse
from kg.web.queries.draft import Draft, draft_of, text_of
from kg.web.queries.history import difference
from tests.kg.web.queries.conftest import PAGE, text

BODY = "SELECT ?party WHERE { ?agreement acc:party ?party }"
TYPED = {"title": "Parties", "description": "Of *all*.", "tags": "a, b", "visibility": "public", "body": BODY}


def fields_of(page):
    """What the form of a page would send."""
    found = {name: unescape(value) for name, value in re.findall(r'<input[^>]* name="(\w+)" value="([^"]*)"', page)}
    found |= {
        name: unescape(value)
        for name, value in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', page, re.S)
    }
    return found | dict(re.findall(r'<select id="(\w+)".*?<option value="([^"]*)" selected>', page, re.S))


def test_a_query_from_nothing_to_a_second_version(ask, library):
    assert ask("/queries/new", "anna").text.count("<h1") == 1
    tried = ask("/queries/new", "anna", form={**TYPED, "name": "mine", "do": "try"}).text
    assert "Nothing is saved yet" in tried and "Skills Office" in tried and fields_of(tried)["body"] == BODY
    assert "mine" not in [one.name for one in library.list()]
    made = ask("/queries/new", "anna", form={**TYPED, "name": "mine", "do": "save", "why": "to begin"}, status=303)
    assert made.headers["Location"] == "/queries/mine"
    assert "Of <em>all</em>." in ask("/queries/mine").text
    form = fields_of(ask("/queries/mine/edit", "ben").text)
    assert form["based_on"] == "1" and form["title"] == "Parties" and form["tags"] == "a, b"
    form |= {"title": "All parties", "why": "a better title", "do": "save"}
    ask("/queries/mine/edit", "ben", form=form, status=303)
    query = library.find("mine")
    assert (query.version, query.title, query.owner) == (2, "All parties", "anna")
    assert [(one.author, one.why) for one in library.history("mine")] == [
        ("ben", "a better title"),
        ("anna", "to begin"),
    ]


def test_new_ones_from_others(ask):
    form = fields_of(ask("/queries/new", "anna", of="agreements@1").text)
    assert form["title"] == "Who signed which agreements, and when" and form["name"] == "agreements-2"
    assert "name: party" in form["more"] and "VALUES ?_party { UNDEF }" in form["body"]
    assert fields_of(ask("/queries/new", "anna", query=BODY).text)["body"] == BODY
    assert ask("/queries/agreements/edit", "anna", status=302).headers["Location"] == "/queries/new?of=agreements"


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ({"title": ""}, 400, "the head must give a title"),
        ({"body": " "}, 400, "there is no query"),
        ({"body": "SELECT * WHERE {"}, 400, "The query has an error"),
        ({"body": "DROP ALL"}, 403, "not allowed"),
        ({"body": "SELECT * {\n  VALUES ?_x { UNDEF }\n}"}, 400, "line 2 of the query: the head has no parameter for"),
        ({"more": "parameters: [a"}, 400, "no valid YAML"),
        ({"more": "- a"}, 400, "must be keys with values"),
        ({"more": "title: Another"}, 400, "title has a field of its own"),
        ({"more": "view: {kind: pie}"}, 400, "take one of table, bar"),
        (
            {"more": "parameters:\n- {name: release}", "body": "SELECT * {\n VALUES ?_release { UNDEF }\n}"},
            400,
            "no parameter can be called release",
        ),
        ({"visibility": "all"}, 400, "visibility is"),
        ({"name": "Not Good"}, 400, "cannot be the name of a query"),
        ({"name": "feed"}, 400, "cannot be the name of a query"),
        ({"name": "agreements"}, 403, "is a file of this installation"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_lost(ask, typed, status, told):
    form = {**TYPED, "name": "wrong", "do": "save", "why": "a reason", **typed}
    page = ask("/queries/new", "anna", form=form, status=status).text
    assert told in unescape(page)
    kept = fields_of(page)
    assert kept["title"] == form["title"] and kept["body"] == form["body"] and kept["why"] == "a reason"
    assert kept.get("more", "") == form.get("more", "") and kept["name"] == form["name"]


def test_two_editors_at_once(ask, library):
    ask("/queries/new", "anna", form={**TYPED, "name": "both", "do": "save"}, status=303)
    first = fields_of(ask("/queries/both/edit", "anna").text) | {"do": "save", "title": "By anna"}
    second = fields_of(ask("/queries/both/edit", "ben").text) | {"do": "save", "title": "By <ben>", "why": "his reason"}
    ask("/queries/both/edit", "anna", form=first, status=303)
    told = ask("/queries/both/edit", "ben", form=second, status=409).text
    assert "both has version 2 by anna since; your text is based on version 1" in unescape(told)
    assert "#+ title: By anna" in told and "By &lt;ben&gt;" in told and "<ben>" not in told
    form = fields_of(told)
    assert (form["title"], form["why"], form["based_on"]) == ("By <ben>", "his reason", "2")
    assert re.search(r'class="removed".*?By anna.*?class="added".*?By &lt;ben&gt;', told, re.S)
    assert library.find("both").title == "By anna"
    ask("/queries/both/edit", "ben", form=form | {"do": "save"}, status=303)
    assert [one.number for one in library.history("both")] == [3, 2, 1]


def test_a_name_that_is_taken_by_what_one_may_not_see(ask, save):
    save("taken", text("Taken", head="visibility: private"))
    told = ask("/queries/new", "ben", form={**TYPED, "name": "taken", "do": "save"}, status=409).text
    assert "the name taken is taken" in told and "Taken" not in told and fields_of(told)["body"] == BODY


def test_what_was_deleted_meanwhile_is_not_lost(ask, save, delete):
    save("going", text("Going"))
    form = fields_of(ask("/queries/going/edit", "anna").text) | {"do": "save", "title": "Still going"}
    delete("going")
    told = ask("/queries/going/edit", "anna", form=form, status=409).text
    assert "was deleted by anna; restore it first" in told and fields_of(told)["title"] == "Still going"


def test_versions_and_what_differs(ask, save):
    save("told", text("One"), why="first")
    save("told", text("Two"), "ben", why="<second>", based_on=1)
    save("told", text("Three"), based_on=2)
    page = ask("/queries/told/history").text
    assert page.index("told@3") < page.index("told@2") < page.index("told@1") and "&lt;second&gt;" in page
    assert ">ben<" not in page and ">ben<" in ask("/queries/told/history", "rea").text
    last = ask("/queries/told/difference").text
    assert "#+ title: Two" in last and "#+ title: Three" in last and "#+ title: One" not in last
    all_of_it = ask("/queries/told/difference", before=1, after=3).text
    assert re.search(r'class="removed".*title: One.*class="added".*title: Three', all_of_it, re.S)
    assert "They are the same." in ask("/queries/told/difference", before=2, after=2).text
    assert "has no version 9" in ask("/queries/told/difference", before=9, status=404).text
    assert "takes the number of a version" in ask("/queries/told/difference", after="x", status=400).text


def test_deleting_and_restoring(ask, save):
    save("passing", text("Passing"))
    assert "Delete “Passing”?" in ask("/queries/passing/delete", "anna").text
    ask("/queries/passing/delete", "ben", form={"why": "mine"}, status=403)
    ask("/queries/passing/delete", "anna", form={"why": "over"}, status=303)
    ask("/queries/passing", status=410)
    ask("/queries/passing/restore", "ben", form={}, status=403)
    ask("/queries/passing/restore", "anna", form={}, status=303)
    assert "Passing" in ask("/queries/passing").text


@pytest.mark.parametrize("path", ["/queries/new", "/queries/agreements/edit", "/queries/agreements/delete"])
def test_only_editors(ask, path):
    assert "/sign-in?next=" in ask(path, status=303).headers["Location"]
    ask(path, "rea", status=403)
    ask(path, "rea", status=403, form=TYPED)
    ask(path, page=False, form=TYPED, status=401)


def test_a_browser_needs_the_token_of_its_session(app, user):
    database = app.extensions["accord"].library.database
    accounts.set_password(database, "anna", "a long enough password", by="test")
    _, secret = accounts.sign_in(database, "anna", "a long enough password", "127.0.0.1")
    client = app.test_client()
    client.set_cookie("accord_session", secret)
    form = {**TYPED, "name": "by-session", "do": "save"}
    assert client.post("/queries/new", data=form, headers={"Accept": PAGE}).status_code in {400, 403}
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/queries/new", headers={"Accept": PAGE}).text)[
        1
    ]
    saved = client.post("/queries/new", data={**form, "csrf_token": token}, headers={"Accept": PAGE})
    assert saved.status_code == 303
    page = client.get("/queries/agreements", headers={"Accept": PAGE})
    assert "Pin this answer" in page.text and "private" in page.headers["Cache-Control"]


def test_fields_and_text_are_the_same_thing():
    head = "description: |\n  Two\n\n  lines\ntags: [a, b]\nvisibility: staff\nview: {kind: bar, x: a, y: b}\n"
    head += "expect: {rows: 3}\nendpoint: kept"
    query = parse("one", text("One", head=head))
    again = parse("one", text_of(draft_of(query), "one"))
    for field in ("title", "description", "tags", "visibility", "view", "expect", "parameters", "body"):
        assert getattr(again, field) == getattr(query, field)
    assert "endpoint: kept" in again.text
    assert text_of(draft_of(again), "one") == again.text
    changed = replace(draft_of(query), body=query.body.replace("?party .", "?party . # of '#+'"))
    assert text_of(changed, "one", query) == query.text.replace("?party .", "?party . # of '#+'"), "the head stays"
    assert "#+ title: Two" in text_of(replace(changed, title="Two"), "one", query)


@pytest.mark.parametrize("more", ["!!python/object:os.system {}", "[" * 5000, "\0", "a: b: c"])
def test_odd_yaml_is_refused(more):
    with pytest.raises(SavedQueryError):
        text_of(Draft(title="T", body=BODY, more=more), "one")


def test_differences_are_numbered():
    before, after = "a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc\nd\ne\nf\nG\nh\ni\n"
    shown = [(line.sign, line.text, line.before, line.after) for line in difference(before, after)]
    assert shown[0][0] == "@" and (shown[1:4]) == [(" ", "d", 4, 4), (" ", "e", 5, 5), (" ", "f", 6, 6)]
    assert shown[4:] == [("-", "g", 7, None), ("+", "G", None, 7), (" ", "h", 8, 8), ("+", "i", None, 9)]
