import io
import json
from datetime import UTC, date, datetime

import bibtexparser
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.citations import Citation, bibtex, csl, ris, tex, text

TITLE = "50 % of R&D {in \\TeX}, $5 #1 a_b ~ ^ “Đào tạo”"


def cited(title=TITLE, name="agreements", address="https://example.org/queries/agreements@3?release=5&a=%7Bx%7D"):
    made = datetime(2026, 11, 22, 10, tzinfo=UTC)
    return Citation(title, name, 3, 5, made, date(2026, 12, 1), "ab" * 32, 2, address)


def parsed(entry):
    library = bibtexparser.parse_string(entry)
    assert not library.failed_blocks
    assert len(library.entries) == 1
    return library.entries[0]


def test_text_says_what_is_cited():
    assert text(cited("Who signed")) == (
        "Accord (2026). Who signed [Data set: query agreements, version 3, on release 5 of 22 November 2026; 2 rows; "
        f"SHA-256 {'ab' * 32}]. https://example.org/queries/agreements@3?release=5&a=%7Bx%7D "
        "(accessed 1 December 2026)\n"
    )


def test_bibtex():
    entry = parsed(bibtex(cited()))
    assert entry.entry_type == "misc"
    assert entry.key == "accord-agreements-v3-r5-ababab"
    assert (
        entry["title"]
        == r"{50 \% of R\&D \{in {\textbackslash}TeX\}, \$5 \#1 a\_b {\textasciitilde} {\textasciicircum} “Đào tạo”}"
    )
    assert entry["url"] == "https://example.org/queries/agreements@3?release=5&a=%7Bx%7D"
    assert (entry["year"], entry["month"], entry["urldate"]) == ("2026", "nov", "2026-12-01")
    assert "ab" * 32 in entry["note"]


def test_ris():
    (record,) = rispy.load(
        io.StringIO(
            ris(
                cited(),
            ).replace("\r\n", "\n")
        )
    )
    assert record["type_of_reference"] == "DATA"
    assert record["title"] == TITLE
    assert record["urls"] == ["https://example.org/queries/agreements@3?release=5&a=%7Bx%7D"]
    assert record["year"] == "2026"
    assert all(line[2:6] == "  - " for line in ris(cited()).split("\r\n") if line)


def test_csl():
    (item,) = json.loads(csl(cited()))
    assert item["title"] == TITLE
    assert item["issued"] == {"date-parts": [[2026, 11, 22]]}
    assert item["URL"].endswith("release=5&a=%7Bx%7D")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_title_stays_one_field(title):
    made = cited(title)
    entry = parsed(bibtex(made))
    assert entry.key == made.key
    assert {field.key for field in entry.fields} >= {"author", "title", "year", "url", "note", "version"}
    assert entry["year"] == "2026"
    depth = 0
    for before, sign in zip(" " + tex(title), tex(title), strict=False):
        depth += (sign == "{") - (sign == "}")  # as BibTeX counts: also those after a backslash
        assert depth >= 0, before
    assert depth == 0
    lines = ris(made).split("\r\n")
    assert len(lines) == 13
    assert [line[:6] for line in lines if line.startswith(("TI", "ER"))] == ["TI  - ", "ER  - "]
    assert len(rispy.load(io.StringIO(ris(made)))) == 1
    assert len(json.loads(csl(made))) == 1
    assert text(made).count("\n") == 1


@pytest.mark.parametrize("title", ["}", "{", "}{", "a } b { c", "\\", "\\}"])
def test_braces_that_do_not_match_do_not_end_the_field(title):
    entry = parsed(bibtex(cited(title)))
    assert entry["year"] == "2026"
