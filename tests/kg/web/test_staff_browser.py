"""The pages on accounts and of the API in a browser: they work, hold what the policy of the site says, and fit."""

import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

import kg.web
from kg.resources import queries_folder
from kg.web import close_app, create_app
from tests.kg.web.staff import PASSWORD, add_staff

AXE = Path(kg.web.__file__).parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DESKTOP, PHONE = {"width": 1360, "height": 900}, {"width": 390, "height": 844}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")


class Quiet(WSGIRequestHandler):
    def log(self, *_):
        pass


@pytest.fixture(scope="module")
def address(data, tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('staff')}/staff.sqlite"
    app = create_app(data, queries=queries_folder(), database=url, workers=1)
    add_staff(app.extensions["accord"].library.database, editor="editor", admin="admin")
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
    close_app(app)


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def look(chromium, address):
    """A page of a new visitor, with what the browser complains of: `look(javascript=False)`."""
    contexts = []

    def look(size=DESKTOP, javascript=True):
        context = chromium.new_context(base_url=address, viewport=size, java_script_enabled=javascript)
        contexts.append(context)
        page = context.new_page()
        complaints = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page, complaints

    yield look
    for context in contexts:
        context.close()


def sign_in(page, name):
    page.goto("/accounts/sign-in")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/accounts/me")


def test_a_token_is_made_without_javascript(look):
    page, _ = look(javascript=False)
    sign_in(page, "editor")
    page.get_by_label("What it is for").fill("a script")
    page.get_by_role("button", name="Make a token").click()
    assert page.get_by_label("The new token").input_value().startswith("accord_")
    page.get_by_role("row", name="a script").get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("status")).to_have_text("The token was revoked.")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto("/accounts/me")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_api_is_tried_on_its_page(look):
    page, complaints = look()
    sign_in(page, "editor")
    page.goto("/api/#save_query")
    route = page.locator("#save_query")
    route.get_by_label("name").fill("mine")
    route.get_by_role("button").click()
    expect(route.get_by_role("status")).to_have_text("201 CREATED")
    expect(route.locator("[data-answer]")).to_contain_text('"author": "editor"')
    assert complaints == []


def test_reading_by_the_api_works_without_javascript(look):
    page, _ = look(javascript=False)
    page.goto("/api/")
    route = page.locator("#show_query")
    route.locator("summary").click()
    route.get_by_role("button", name="Get").click()
    page.wait_for_url("**/api/queries/agreements")
    page.goto("/api/")
    page.locator("#save_query summary").click()
    expect(page.locator("#save_query").get_by_role("button")).to_be_disabled()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_fit_and_can_be_read_by_all(look, size):
    page, complaints = look(size)
    page.goto("/accounts/sign-in")
    paths = ["/accounts/sign-in", "/api/", "/accounts/me", "/accounts/", "/accounts/users/editor", "/accounts/log"]
    for path in paths:
        if path == "/accounts/me":
            sign_in(page, "admin")
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        if AXE.is_file():
            page.evaluate(AXE.read_text("utf-8"))
            found = page.evaluate("axe.run()")["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
    assert complaints == []
