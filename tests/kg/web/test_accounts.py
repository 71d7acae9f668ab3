import re
from datetime import timedelta

import pytest

from kg import accounts
from kg.resources import queries_folder
from kg.web import close_app, create_app
from tests.kg.web.staff import ACCEPT, PASSWORD, Browser, add_staff, token_of


@pytest.fixture
def browser(staffed):
    return Browser(staffed)


def cookies_of(response):
    return {line.split("=", 1)[0]: line for line in response.headers.getlist("Set-Cookie")}


def test_signing_in_and_out(browser):
    assert 'href="/accounts/sign-in?next=/queries/"' in browser.get("/queries/").text
    response = browser.sign_in("editor", next="/queries/?tag=projects")
    assert (response.status_code, response.headers["Location"]) == (303, "/queries/?tag=projects")
    cookie = cookies_of(response)["accord_session"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/")) and "Secure" not in cookie
    assert "accord_form=;" in cookies_of(response)["accord_form"]  # it is not needed any more
    assert ">editor</a>" in browser.get("/").text
    assert browser.get("/accounts/sign-in").status_code == 303
    old = browser.client.get_cookie("accord_session").value

    gone = browser.post("/accounts/sign-out", at="/accounts/me")
    assert gone.status_code == 303 and "accord_session=;" in cookies_of(gone)["accord_session"]
    assert browser.get("/accounts/me").headers["Location"] == "/accounts/sign-in?next=/accounts/me"
    browser.client.set_cookie("accord_session", old)  # who has kept it has nothing
    assert browser.get("/accounts/me").status_code == 303


def test_cookies_are_for_https_alone_where_there_is_https(data, tmp_path):
    app = create_app(data, queries=queries_folder(), database=f"sqlite:///{tmp_path}/s.sqlite", workers=1, proxies=1)
    try:
        add_staff(app.extensions["accord"].library.database, editor="editor")
        client = app.test_client()
        outside = ACCEPT | {"X-Forwarded-Proto": "https"}
        page = client.get("/accounts/sign-in", headers=outside, base_url="http://localhost")
        token = re.search(r'csrf_token" value="([^"]+)"', page.text)[1]
        form = {"csrf_token": token, "name": "editor", "password": PASSWORD}
        # The client of the test believes in the scheme of its own address, so it gets its cookie by hand.
        name, value = page.headers["Set-Cookie"].split(";")[0].split("=", 1)
        assert name == "__Host-accord_form" and "Secure" in page.headers["Set-Cookie"]
        headers = outside | {"Cookie": f"{name}={value}"}
        made = app.test_client(use_cookies=False).post("/accounts/sign-in", data=form, headers=headers)
        cookie = cookies_of(made)["__Host-accord_session"]
        assert "Secure" in cookie and "Domain" not in cookie
    finally:
        close_app(app)


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/a\r\nX: 1",
    ],
)
def test_signing_in_leads_to_no_other_site(browser, wanted):
    assert browser.sign_in("editor", next=wanted).headers["Location"] == "/accounts/me"


def test_a_wrong_password_and_too_many_of_them(browser):
    for _ in range(5):
        refused = browser.sign_in("editor", "not this one")
        assert refused.status_code == 401
        assert "The name or the password is wrong." in refused.text and 'value="editor"' in refused.text
    refused = browser.sign_in("editor")
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 60
    assert "Too many failed attempts" in refused.text


def test_no_form_of_another_site_does_anything(browser, staffed):
    other = Browser(staffed)
    bare = browser.client.post("/accounts/sign-in", data={"name": "editor", "password": PASSWORD}, headers=ACCEPT)
    assert bare.status_code == 400 and "The form is too old" in bare.text
    stolen = {"csrf_token": other.form_token("/accounts/sign-in"), "name": "editor", "password": PASSWORD}
    assert browser.client.post("/accounts/sign-in", data=stolen, headers=ACCEPT).status_code == 400

    browser.sign_in("editor")
    other.sign_in("reader")
    assert browser.client.post("/accounts/me/tokens", data={"scope": "read"}).status_code == 400
    assert browser.client.post("/accounts/sign-out").status_code == 400
    theirs = {"csrf_token": other.form_token("/accounts/me"), "scope": "read"}
    assert browser.client.post("/accounts/me/tokens", data=theirs).status_code == 400
    # A cookie with a form's token that another host of the same site has set does not help.
    third = Browser(staffed)
    token = third.form_token("/accounts/sign-in")
    browser.client.set_cookie("accord_form", third.client.get_cookie("accord_form").value)
    assert browser.client.post("/accounts/me/tokens", data={"csrf_token": token}).status_code == 400
    assert browser.client.put("/api/queries/x", json={"text": "ASK {}"}).status_code == 400
    assert browser.client.post("/sparql", data={"query": "ASK {}"}).status_code == 200  # it only reads


def test_a_password_is_changed_by_who_knows_the_old_one(browser, staffed):
    elsewhere = Browser(staffed)
    browser.sign_in("editor")
    elsewhere.sign_in("editor")
    at, new = "/accounts/me", "another boat for us"
    wrong = browser.post("/accounts/me/password", at=at, old="no", new=new, again=new)
    assert wrong.status_code == 401 and "The name or the password is wrong." in wrong.text
    unlike = browser.post("/accounts/me/password", at=at, old=PASSWORD, new=new, again="x")
    assert unlike.status_code == 400 and "The new password was not typed the same twice." in unlike.text
    easy = browser.post("/accounts/me/password", at=at, old=PASSWORD, new="short", again="short")
    assert easy.status_code == 400 and "10 characters" in easy.text
    done = browser.post("/accounts/me/password", at=at, old=PASSWORD, new=new, again=new)
    assert done.headers["Location"] == "/accounts/me?done=password"
    assert "Your password was changed" in browser.get(done.headers["Location"]).text  # and is still signed in
    assert elsewhere.get("/accounts/me").status_code == 303
    assert elsewhere.sign_in("editor").status_code == 401
    assert elsewhere.sign_in("editor", new).status_code == 303


def test_tokens_are_shown_once_and_revoked(browser, staffed, stored):
    browser.sign_in("editor")
    page = browser.post("/accounts/me/tokens", at="/accounts/me", label="my <b>notebook", scope="write", days="30")
    secret = re.search(r'value="(accord_[^"]+)"', page.text)[1]
    assert page.headers["Cache-Control"] == "no-store"
    assert secret not in browser.get("/accounts/me").text and "my &lt;b&gt;notebook" in page.text
    made = accounts.token(stored.database, secret)
    assert (made.scope, made.expires - made.created) == ("write", timedelta(days=30))
    plain = staffed.test_client()
    assert plain.get("/api/me", headers={"Authorization": f"Bearer {secret}"}).json["by"] == "token"

    assert browser.post("/accounts/me/tokens", at="/accounts/me", scope="admin", days="30").status_code == 400
    assert browser.post("/accounts/me/tokens", at="/accounts/me", scope="read", days="4").status_code == 400
    other = Browser(staffed)
    other.sign_in("reader")
    assert other.post(f"/accounts/me/tokens/{made.id}/revoke", at="/accounts/me").status_code == 404
    assert browser.post(f"/accounts/me/tokens/{made.id}/revoke", at="/accounts/me").status_code == 303
    assert plain.get("/api/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_a_token_does_not_change_an_account(staffed, stored):
    headers = token_of(stored.database, "admin", "admin")
    form = {"label": "x", "scope": "admin", "days": ""}
    refused = staffed.test_client().post("/accounts/me/tokens", data=form, headers=headers)
    assert refused.status_code in {400, 403}
    assert len(accounts.tokens(stored.database, "admin")) == 1


def test_signing_out_on_all_devices(browser, staffed):
    elsewhere = Browser(staffed)
    browser.sign_in("editor")
    elsewhere.sign_in("editor")
    assert browser.post("/accounts/me/sign-out-everywhere", at="/accounts/me").status_code == 303
    assert elsewhere.get("/accounts/me").status_code == browser.get("/accounts/me").status_code == 303


@pytest.mark.parametrize("path", ["/accounts/", "/accounts/log", "/accounts/users/editor"])
def test_only_admins_see_accounts(browser, path):
    browser.sign_in("editor")
    refused = browser.get(path)
    assert refused.status_code == 403 and "needs the role admin" in refused.text


def test_admins_make_and_change_accounts(browser, staffed):
    browser.sign_in("admin")
    made = browser.post("/accounts/", name="Ada.Brook", full_name="Ada <i>Brook", role="editor", password=PASSWORD)
    assert made.headers["Location"] == "/accounts/users/ada.brook?done=add"
    page = browser.get(made.headers["Location"]).text
    assert "The account was made." in page and "Ada &lt;i&gt;Brook" in page
    assert browser.post("/accounts/", name="ada.brook", role="reader").status_code == 400
    assert browser.post("/accounts/", name="no good", role="reader").status_code == 400

    ada = Browser(staffed)
    ada.sign_in("ada.brook")
    at = "/accounts/users/ada.brook"
    change = {"full_name": "Ada Brook", "email": "ada@example.org", "role": "reader"}
    assert browser.post(at, do="change", **change).headers["Location"] == f"{at}?done=change"
    assert "ada@example.org" in browser.get(at).text
    assert browser.post(at, do="disable").status_code == 303
    assert ada.get("/accounts/me").status_code == 303
    assert ada.sign_in("ada.brook").status_code == 401
    assert browser.post(at, do="enable").status_code == 303
    assert browser.post(at, do="password", password="yet another boat").status_code == 303
    assert ada.sign_in("ada.brook", "yet another boat").status_code == 303
    assert browser.post(at, do="sign-out").status_code == 303
    assert ada.get("/accounts/me").status_code == 303
    assert browser.post(at, do="dance").status_code == 400
    only = browser.post("/accounts/users/admin", do="disable")
    assert only.status_code == 400 and "is the only admin" in only.text
    assert browser.get("/accounts/users/nobody").status_code == 404
    log = browser.get("/accounts/log", object="ada.brook").text
    assert "user.disable" in log and "session.sign-in" in log
    assert "token.issue" not in browser.get("/accounts/log", who="admin").text


def test_the_log_in_pages(browser, stored):
    for number in range(120):
        accounts.log(stored.database, "somebody", "test.entry", f"thing {number}")
    browser.sign_in("admin")
    first = browser.get("/accounts/log", who="somebody").text
    assert first.count("<code>test.entry</code>") == 100 and "thing 119<" in first
    older = re.search(r'href="(/accounts/log\?before=[^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = browser.get(older).text
    assert second.count("<code>test.entry</code>") == 20 and 'rel="next"' not in second


def test_a_token_has_no_more_rights_than_its_scope(staffed, stored):
    client = staffed.test_client()
    read, write = (token_of(stored.database, "admin", scope) for scope in ("read", "write"))
    assert client.get("/api/users", headers=write).status_code == 403
    refused = client.put("/api/queries/mine", json={"text": "ASK {}"}, headers=read)
    assert refused.status_code == 403 and "this token has the scope read" in refused.json["detail"]
    assert client.get("/api/users", headers=token_of(stored.database, "admin", "admin")).status_code == 200


@pytest.mark.parametrize("secret", ["accord_", "accord_xyz", "accord_" + "a" * 500, "accord_\u00e9"])
def test_a_token_that_is_no_good(staffed, secret):
    refused = staffed.test_client().get("/queries/", headers={"Authorization": f"Bearer {secret}"})
    assert refused.status_code == 401 and refused.headers["WWW-Authenticate"] == "Bearer"
    assert staffed.test_client().get("/queries/", headers={"Authorization": "Bearer other"}).status_code == 200


def test_the_scheme_of_a_token_is_no_matter_of_case(staffed, stored):
    (header,) = token_of(stored.database, "editor").values()
    asked = {"Authorization": header.replace("Bearer ", "bearer  ")}
    assert staffed.test_client().get("/api/me", headers=asked).json["user"]["name"] == "editor"


PRIVATE = "#+ title: A secret of mine\n#+ visibility: private\nSELECT ?thing { ?thing a acc:Project }\n"


def test_what_is_answered_to_somebody_known_is_kept_by_nobody(staffed, stored):
    author = accounts.find_user(stored.database, "editor")
    stored.save("mine", PRIVATE, author, based_on=None)
    owner, stranger = Browser(staffed), Browser(staffed)
    owner.sign_in("editor")
    for path in ("/queries/mine", "/queries/mine.csv", "/queries/", "/", "/api/queries", "/api/queries/mine"):
        answer = owner.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Cache-Control"].startswith("private") or "no-store" in answer.headers["Cache-Control"]
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control-")], path
        assert "Cookie" in answer.headers["Vary"]
    assert "A secret of mine" in owner.get("/queries/").text
    for path in (
        "/queries/mine",
        "/queries/mine.csv",
        "/queries/mine@1",
        "/api/queries/mine",
        "/api/queries/mine/runs",
    ):
        assert stranger.get(path).status_code == 404, path
    for path in ("/queries/", "/", "/api/queries", "/sparql"):
        for _ in range(2):
            answer = stranger.get(path)
            assert "secret of mine" not in answer.text and "editor</a>" not in answer.text
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
    cache = staffed.extensions["accord"].cache
    assert all(b"secret of mine" not in kept.body for kept in cache._kept.values())


def test_public_answers_still_come_from_memory(staffed):
    figures = staffed.extensions["accord"].figures
    client, owner = staffed.test_client(), Browser(staffed)
    owner.sign_in("editor")
    path = "/resource/organisation/skills-office"
    client.get(path, headers=ACCEPT)
    before = figures.hits._value.get()
    client.get(path, headers=ACCEPT)
    assert figures.hits._value.get() == before + 1
    assert ">editor</a>" in owner.get(path).text  # not the page that was kept
    assert ">editor</a>" not in client.get(path, headers=ACCEPT).text


def test_a_new_version_is_seen_at_once(staffed, stored):
    client = staffed.test_client()
    headers = token_of(stored.database, "editor", "write")
    text = "#+ title: {}\nSELECT ?thing {{ ?thing a acc:Project }}\n"
    client.put("/api/queries/boats", json={"text": text.format("First")}, headers=headers)
    assert "First" in client.get("/", headers=ACCEPT).text
    client.put("/api/queries/boats", json={"text": text.format("Second"), "based_on": 1}, headers=headers)
    assert "Second" in client.get("/", headers=ACCEPT).text
    assert client.get("/queries/boats.csv").status_code == 200
    hidden = text.format("Third").replace("\nSELECT", "\n#+ visibility: private\nSELECT")
    assert client.put("/api/queries/boats", json={"text": hidden, "based_on": 2}, headers=headers).status_code == 200
    assert client.get("/queries/boats.csv").status_code == 404
    assert "Second" not in client.get("/", headers=ACCEPT).text


def test_other_sites_may_ask_for_nothing_with_a_token(staffed):
    asked = {"Origin": "https://a.example", "Access-Control-Request-Headers": "authorization, accept"}
    allowed = staffed.test_client().options("/sparql", headers=asked).headers
    assert allowed["Access-Control-Allow-Headers"] == "accept"
    assert "Access-Control-Allow-Credentials" not in allowed


def test_admins_see_the_queries_under_way(staffed, stored):
    client = staffed.test_client()
    assert client.get("/admin/queries", headers=token_of(stored.database, "admin", "admin")).json == []
    for scope in ("read", "write"):
        assert client.get("/admin/queries", headers=token_of(stored.database, "admin", scope)).status_code == 404
