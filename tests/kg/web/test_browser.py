"""The pages in a browser, from a server with the sample documents: the editor, and what an eye or a reader meets.

Needs Chromium and the built front end (`npm ci && npm run build` in kg/web/frontend).
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

import kg.web

WEB = Path(kg.web.__file__).parent
AXE = WEB / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DESKTOP, PHONE = {"width": 1360, "height": 900}, {"width": 390, "height": 844}
PAGES = [
    "/",
    "/sparql",
    "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+9",
    "/sparql?query=SELECT+*+%7B",
    "/queries/",
    "/queries/agreements",
    "/queries/agreements@1?release=1&year=soon",
    "/queries/agreements/history",
    "/queries/agreements/difference",
    "/queries/agreements?embed=1",
    "/documents/",
    "/class/Organisation",
    "/resource/organisation/ministry-of-labour-invalids-and-social-affairs",
    "/search?q=viet",
    "/nothing",
]
NAMES = "SELECT ?name WHERE { ?o a acc:GovernmentBody ; rdfs:label ?name } ORDER BY ?name LIMIT 3"
FOREVER = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
    pytest.mark.skipif(
        not (WEB / "static" / "built" / "editor.js").is_file(),
        reason="the front end is not built: npm ci && npm run build in kg/web/frontend",
    ),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where the samples are served."""
    command = [sys.executable, "-m", "kg", "up", "--port", "0"]
    server = subprocess.Popen(command, cwd=tmp_path_factory.mktemp("up"), stdout=subprocess.PIPE, text=True)
    try:
        yield next(found[0] for line in server.stdout if (found := re.search(r"http://[\d.:]+", line)))
    finally:
        server.terminate()
        server.communicate(timeout=20)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        rights = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=rights)
        yield browser
        browser.close()


@pytest.fixture
def context(browser, address):
    """A fresh browser. In the end, nothing of it went to another host, nor against the rules of the pages."""
    context = browser.new_context(base_url=address, viewport=DESKTOP)
    context.set_default_timeout(10_000)
    asked, told = [], []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: told.append(message.text))
    context.on("weberror", lambda error: told.append(str(error.error)))
    yield context
    context.close()
    assert asked
    assert [url for url in asked if not url.startswith((f"{address}/", "data:", "blob:"))] == []
    assert [text for text in told if "Failed to load resource" not in text] == []


@pytest.fixture
def page(context):
    return context.new_page()


@pytest.fixture
def editor(page):
    """The page with the editor, ready."""
    with page.expect_response("**/terms"):
        page.goto("/sparql")
    return page


def write(page, text, *, slowly=False):
    """Put `text` in the place of what stands in the editor; `slowly` as fingers do."""
    page.locator(".CodeMirror").click(position={"x": 200, "y": 20})
    page.keyboard.press("Control+a")
    if slowly:
        page.keyboard.press("Delete")
        page.keyboard.type(text)
    else:
        page.keyboard.insert_text(text)


def ask(page, text):
    write(page, text)
    page.keyboard.press("Control+Enter")


def written(page):
    return page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")


def test_a_query_shows_its_rows_and_can_be_shared(editor):
    ask(editor, NAMES)
    expect(editor.locator("#outcome tbody tr")).to_have_count(3)
    expect(editor.locator("#outcome th")).to_have_text(["name", "Why"])
    expect(editor.locator("#outcome")).to_contain_text(re.compile(r"3 rows in \d+\.\d\d s"))
    links = editor.locator(".downloads a")
    assert {"CSV", "JSON", "Excel"} <= set(links.all_inner_texts())
    assert parse_qs(urlsplit(links.first.get_attribute("href")).query)["query"] == [NAMES]
    assert parse_qs(urlsplit(editor.url).query)["query"] == [NAMES]
    rows = editor.locator("#outcome tbody tr").all_inner_texts()
    editor.reload()
    assert editor.locator("#outcome tbody tr").all_inner_texts() == rows
    assert written(editor) == NAMES


def test_an_error_is_marked_where_it_is(editor):
    ask(editor, "SELECT ?name WHERE {\n  ?o rdfs:label ?náme ?\n}")
    problem = editor.locator("#outcome .problem")
    expect(problem).to_contain_text("line 2, column 23")
    expect(editor.locator(".wrong-here")).to_have_text("?")
    line = editor.locator(".CodeMirror-code > div", has=editor.locator(".wrong-line"))
    expect(line.locator(".CodeMirror-linenumber")).to_have_text("2")
    wrong, caret = editor.locator(".wrong-here").bounding_box(), editor.locator(".wrong-caret")
    start = caret.bounding_box()["x"] + float(caret.evaluate("e => parseFloat(e.style.paddingLeft)"))
    assert abs(start - wrong["x"]) < 2 and caret.bounding_box()["y"] > wrong["y"]
    editor.keyboard.type("x")
    expect(editor.locator(".wrong-line, .wrong-caret, .wrong-here")).to_have_count(0)


def test_prefixes_that_the_server_declares_are_no_error(editor):
    expect(editor.locator(".CodeMirror .parseErrorIcon")).to_have_count(0)
    write(editor, "SELECT * { ?s nobody:knows ?o }")
    expect(editor.locator(".CodeMirror .parseErrorIcon")).to_have_count(1)


@pytest.mark.parametrize(
    ("start", "proposed"),
    [
        ("SELECT * { ?o a Organ", "acc:Organisation"),
        ("SELECT * { ?o a acc:Gov", "acc:GovernmentBody"),
        ("SELECT * { ?o acc:signed", "acc:signedOn"),
        ("SELECT * { ?o lab", "rdfs:label"),
        ("PREFIX sk", "skos: <http://www.w3.org/2004/02/skos/core#>"),
        ("SELECT ?thing { ?th", "?thing"),
    ],
)
def test_the_editor_proposes_our_words(editor, start, proposed):
    write(editor, start, slowly=True)
    hint = editor.locator(".CodeMirror-hint").filter(has_text=re.compile(f"^{re.escape(proposed)}"))
    if not hint.count():
        editor.keyboard.press("Control+Space")
    hint.first.click()
    assert written(editor).rstrip().endswith(proposed)


def test_proposals_fit_the_place(editor):
    write(editor, "SELECT * { ?o a acc:", slowly=True)
    expect(editor.locator(".CodeMirror-hint").first).to_be_visible()
    names = editor.locator(".hint-name").all_inner_texts()
    assert "acc:Project" in names and "acc:signedOn" not in names
    editor.keyboard.press("Escape")
    write(editor, "# organ", slowly=True)
    editor.keyboard.press("Control+Space")
    expect(editor.locator(".CodeMirror-hints")).to_have_count(0)


def test_warnings_and_limits_are_told(editor):
    ask(editor, "SELECT ?nam WHERE { ?o rdfs:label ?name } LIMIT 2")
    expect(editor.locator("#outcome .warning")).to_contain_text("?nam has no value")
    ask(editor, "SELECT * WHERE { ?s ?p ?o }")
    expect(editor.locator("#outcome .notice")).to_contain_text("Only the first 1000 rows")


def test_an_example_is_taken_and_asked(editor):
    example = editor.locator(".examples a", has_text="Who signed which agreements")
    example.click()
    expect(editor.locator("#outcome tbody tr").first).to_be_visible()
    assert "acc:signedOn" in written(editor)
    expect(example).to_be_hidden()
    ask(editor, NAMES)
    expect(editor.locator("#outcome tbody tr")).to_have_count(3)
    editor.go_back()
    expect(editor.locator("#outcome th").first).to_have_text("agreement")
    assert "acc:signedOn" in written(editor)


def test_the_keyboard_gets_out_of_the_editor(editor):
    write(editor, NAMES)
    editor.keyboard.press("Tab")
    expect(editor.get_by_role("button", name="Ask")).to_be_focused()
    editor.get_by_role("link", name="Skip to the content").focus()
    editor.keyboard.press("Enter")
    assert urlsplit(editor.url).fragment == "main" and written(editor) == NAMES


def test_a_plan_is_shown(editor):
    write(editor, NAMES)
    editor.get_by_role("button", name="Explain").click()
    expect(editor.locator("#outcome pre")).to_contain_text("ontology#GovernmentBody")


def test_a_query_can_be_stopped(editor):
    ask(editor, FOREVER)
    expect(editor.locator(".running")).to_contain_text("Asking")
    editor.get_by_role("button", name="Stop").click()
    expect(editor.locator(".running")).to_contain_text("Stopped")
    deadline = time.monotonic() + 8
    while "accord_queries_running 0.0" not in editor.request.get("/metrics").text():
        assert time.monotonic() < deadline, "the server is still at it"
        time.sleep(0.1)
    ask(editor, NAMES)
    expect(editor.locator("#outcome tbody tr")).to_have_count(3)


def test_a_long_query_is_posted(editor):
    ask(editor, f"{NAMES}\n{'# a long remark' * 600}")
    expect(editor.locator("#outcome tbody tr")).to_have_count(3)
    assert urlsplit(editor.url).query == ""


def test_a_file_is_a_file(editor):
    write(editor, NAMES)
    editor.get_by_label("Answer as").select_option("xlsx")
    with editor.expect_download() as download:
        editor.get_by_role("button", name="Ask").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


def test_no_answer_is_told(editor, context):
    context.set_offline(True)
    ask(editor, NAMES)
    expect(editor.locator("#outcome .problem")).to_contain_text("The server did not answer")


def test_the_page_answers_without_scripts(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sparql")
    page.get_by_role("textbox", name="Query").fill(NAMES)
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#outcome tbody tr")).to_have_count(3)
    page.get_by_role("textbox", name="Query").fill("SELECT * {")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#outcome .problem pre")).to_contain_text("^")
    page.get_by_role("textbox", name="Query").fill(NAMES)
    page.get_by_role("button", name="Explain").click()
    expect(page.locator("#outcome pre")).to_contain_text("ontology#GovernmentBody")
    page.locator(".examples summary").click()
    page.locator(".examples a").first.click()
    expect(page.locator("#outcome tbody tr").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_fits_a_phone_and_every_reader(page, path):
    page.goto(path)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    if not AXE.is_file():
        pytest.skip("axe-core is not there: npm ci in kg/web/frontend")
    page.evaluate(AXE.read_text("utf-8"))
    for size, scheme in ((PHONE, "light"), (DESKTOP, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("axe.run({resultTypes: ['violations']}).then(({violations}) => violations)")
        assert [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found] == []
