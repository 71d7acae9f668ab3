import hashlib
import json

import bibtexparser
import pytest

from kg.release import current_release, prune
from tests.kg.web.queries.conftest import text


def test_a_citation_says_what_was_asked_of_what(ask):
    csv = ask("/queries/agreements.csv", release=1, page=False).data
    (item,) = json.loads(ask("/queries/agreements@1/cite.json", release=1).text)
    assert item["URL"] == "http://localhost/queries/agreements@1?release=1"
    assert item["version"] == "query agreements, version 1, on release 1"
    assert hashlib.sha256(csv).hexdigest() in item["note"]
    entry = bibtexparser.parse_string(ask("/queries/agreements/cite.bib", release=1, party="office").text).entries[0]
    assert entry["url"] == "http://localhost/queries/agreements@1?party=office&release=1"


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("txt", "text/plain"),
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
        ("json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_its_formats(ask, ending, kind):
    answer = ask(f"/queries/agreements/cite.{ending}")
    assert answer.mimetype == kind
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_page_has_them_all(ask):
    page = ask("/queries/agreements/cite", release=1).text
    for sign in ("@misc{", "TY  - DATA", "&#34;dataset&#34;", "SHA-256"):
        assert sign in page
    assert ask("/queries/agreements/cite", page=False).mimetype == "application/vnd.citationstyles.csl+json"
    ask("/queries/agreements/cite.doc", status=404)


def test_what_is_cited_is_kept(ask, save, library, data):
    save("cited", text("Cited"))
    assert not library.pins(name="cited")
    ask("/queries/cited/cite.bib", release=1)
    ask("/queries/cited/cite", release=1)
    (pin,) = library.pins(name="cited")
    assert (pin.version, pin.release, pin.author) == (1, 1, "a citation")
    assert 1 not in prune(data, 1, library.pinned_releases())
    assert current_release(data).number == 2


def test_a_wrong_value_cites_nothing_and_holds_nothing(ask, save, library):
    save("uncited", text("Uncited"))
    ask("/queries/uncited/cite", page=False, party="x", status=400)
    assert not library.pins(name="uncited")
