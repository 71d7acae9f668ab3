"""Signing in by a provider of OpenID Connect that runs on loopback."""

import time
import urllib.error
import urllib.request

import pytest
from joserfc.jwk import RSAKey

from kg import accounts
from kg.resources import queries_folder
from kg.web import close_app, create_app
from kg.web.openid import Provider
from tests.kg.web.provider import running_provider
from tests.kg.web.staff import Browser, add_staff

BACK = "http://localhost/accounts/back"
CLIENT = "accord at work"


@pytest.fixture(params=["with a secret", "public"])
def provider(request):
    with running_provider(CLIENT, "quite secret" if request.param == "with a secret" else None, BACK) as provider:
        provider.secret = "quite secret" if request.param == "with a secret" else None
        yield provider


@pytest.fixture
def make_app(data, tmp_path, provider):
    made = []

    def make(role="reader", **settings):
        at = Provider(settings.pop("issuer", provider.issuer), CLIENT, provider.secret, role)
        url = f"sqlite:///{tmp_path}/staff.sqlite"
        made.append(create_app(data, queries=queries_folder(), database=url, workers=1, provider=at, **settings))
        return made[-1]

    yield make
    for app in made:
        close_app(app)


def at_the_provider(address):
    """Where the provider sends the browser."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.build_opener(Stay).open(address)
    return answer.value.headers["Location"]


def come_back(browser, **query):
    left = browser.get("/accounts/provider", **query)
    assert left.status_code == 302, left.text
    return browser.get(at_the_provider(left.headers["Location"]))


def database_of(app):
    return app.extensions["accord"].library.database


def test_the_first_time_and_the_next(make_app, provider):
    app = make_app(role="editor")
    provider.person = {"sub": "4711", "preferred_username": "Ada", "name": "Ada Brook", "email": "ada@example.org"}
    browser = Browser(app)
    assert "Sign in with 127.0.0.1" in browser.get("/accounts/sign-in").text
    answer = come_back(browser, next="/queries/?tag=x")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/queries/?tag=x")
    cookies = answer.headers.getlist("Set-Cookie")
    assert any(line.startswith("accord_session=") for line in cookies)
    assert any(line.startswith("accord_form=;") for line in cookies)
    assert {"state", "nonce", "code_challenge"} <= set(provider.asked)
    ada = accounts.find_user(database_of(app), "ada")
    assert (ada.full_name, ada.email, ada.role, ada.has_password) == ("Ada Brook", "ada@example.org", "editor", False)
    assert "Signing in by a provider" in browser.get("/accounts/me").text

    provider.person = {"sub": "4711", "preferred_username": "renamed"}
    assert come_back(Browser(app)).headers["Location"] == "/accounts/me"
    provider.person = {"sub": "4712", "preferred_username": "ada"}
    come_back(Browser(app))
    assert [user.name for user in accounts.users(database_of(app))] == ["ada", "ada-2"]


def test_without_a_role_only_who_has_an_account_comes_in(make_app, provider):
    app = make_app(role=None)
    refused = come_back(Browser(app))
    assert refused.status_code == 401 and "no account here goes with this identity" in refused.text
    add_staff(database_of(app), admin="admin")
    admin = Browser(app)
    admin.sign_in("admin")
    link = {"do": "link", "issuer": provider.issuer, "subject": "4711"}
    assert admin.post("/accounts/users/admin", **link).status_code == 303
    assert come_back(Browser(app)).status_code == 303
    assert admin.post("/accounts/users/admin", **link | {"do": "unlink"}).status_code == 303
    assert come_back(Browser(app)).status_code == 401


def test_a_disabled_account_stays_out(make_app, provider):
    app = make_app()
    add_staff(database_of(app), admin="admin")
    come_back(Browser(app))
    accounts.disable_user(database_of(app), "4711", by="test")
    assert come_back(Browser(app)).status_code == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"iss": "https://evil.example"},
        {"aud": "another client"},
        {"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200},
        {"sub": ""},
        {"sub": None},
        {"sub": 4711},
    ],
)
def test_a_token_that_is_not_for_us(make_app, provider, claims):
    app = make_app()
    provider.spoil = claims
    refused = come_back(Browser(app))
    assert refused.status_code == 401 and "begin again" in refused.text
    assert accounts.users(database_of(app)) == []


def test_a_token_that_another_key_has_signed(make_app, provider):
    provider.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
    assert come_back(Browser(make_app())).status_code == 401


def test_who_comes_back_without_having_left(make_app, provider):
    app = make_app()
    victim, attacker = Browser(app), Browser(app)
    assert victim.get("/accounts/back").status_code == 401
    assert victim.get("/accounts/back", code="x", state="y").status_code == 401
    left = attacker.get("/accounts/provider").headers["Location"]
    theirs = at_the_provider(left)
    assert victim.get(theirs).status_code == 401  # the state is not the victim's
    assert attacker.get(theirs).status_code == 303
    assert Browser(app).get(theirs).status_code == 401


def test_a_provider_that_refuses_or_is_another_one_or_away(make_app, provider):
    app = make_app()
    provider.refuse = True
    refused = come_back(Browser(app))
    assert refused.status_code == 401 and "access_denied" in refused.text
    provider.named = "https://evil.example"
    wrong = Browser(make_app()).get("/accounts/provider")
    assert wrong.status_code == 401 and "calls itself" in wrong.text
    away = Browser(make_app(issuer="http://127.0.0.1:9")).get("/accounts/provider")
    assert away.status_code == 401 and "cannot be asked at the moment" in away.text


def test_without_a_provider_there_is_no_such_page(client):
    assert client.get("/accounts/provider").status_code == client.get("/accounts/back").status_code == 404
