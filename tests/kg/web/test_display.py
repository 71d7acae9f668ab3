"""How things read on pages."""

import pytest

from kg.engine import Term
from kg.namespaces import ACC, DEFAULT_BASE, PREFIXES
from kg.web.display import address, day, duration, iri_of, number, short, statistic, text, words


@pytest.mark.parametrize(
    ("value", "unit", "bound", "reads"),
    [
        ("26000", "certificates", f"{ACC}approximate", "approximately 26,000 certificates"),
        ("31100", "course completions", f"{ACC}exact", "31,100 course completions"),
        ("600000", "USD", f"{ACC}atLeast", "at least USD 600,000"),
        ("2500000.50", "VND", f"{ACC}atMost", "at most VND 2,500,000.5"),
        ("7.61", "percent of young people", "", "7.61% of young people"),
        ("50", "percent", "", "50%"),
        ("3", "", "", "3"),
        ("many", "people", "", "many people"),
    ],
)
def test_statistics(value, unit, bound, reads):
    assert statistic(value, unit, bound) == reads


@pytest.mark.parametrize(
    ("value", "reads"),
    [
        ("2023-11-29", "29 November 2023"),
        ("2023-11", "November 2023"),
        ("2023", "2023"),
        ("2026-11-21T20:47:59+00:00", "21 November 2026"),
        ("2023-13", "2023-13"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_days(value, reads):
    assert day(value) == reads


@pytest.mark.parametrize(
    ("value", "reads"), [("P24M", "24 months"), ("P1Y6M", "1 year 6 months"), ("P1D", "1 day"), ("P", "P"), ("x", "x")]
)
def test_durations(value, reads):
    assert duration(value) == reads


@pytest.mark.parametrize(
    ("value", "reads"),
    [
        ("1234567", "1,234,567"),
        ("0.90", "0.9"),
        ("1E3", "1,000"),
        ("NaN", "NaN"),
        ("1E999", "1E999"),
        ("-5000", "-5,000"),
    ],
)
def test_numbers(value, reads):
    assert number(value) == reads


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (DEFAULT_BASE + "organisation/molisa", "/resource/organisation/molisa"),
        (DEFAULT_BASE + "organisation/t%C3%A1", "/resource/organisation/t%C3%A1"),
        (DEFAULT_BASE + 'x/"><script>', "/resource/x/%22%3E%3Cscript%3E"),
        (DEFAULT_BASE + "document/a%20b.txt", "/documents/a%20b.txt"),
        (str(ACC.Project), "/class/Project"),
        (str(ACC.party), None),
        ("https://example.org/x", "https://example.org/x"),
        ("javascript:alert(1)", None),
        ("JavaScript:alert(1)//http://", None),
        ("data:text/html,x", None),
        ("urn:x", None),
    ],
)
def test_where_an_iri_leads(iri, path):
    assert address(iri, DEFAULT_BASE) == path


def test_a_path_is_turned_back_into_its_iri():
    assert iri_of("organisation/tá x", DEFAULT_BASE) == DEFAULT_BASE + "organisation/t%C3%A1%20x"


def test_names_for_what_has_none():
    assert short(str(ACC.party)) == "acc:party"
    assert short("http://a/b") == "http://a/b"
    assert (
        words("MemorandumOfUnderstanding") == words(str(ACC.MemorandumOfUnderstanding)) == "memorandum of understanding"
    )


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        (Term("iri", "http://a/b"), "the b"),
        (Term("iri", str(ACC.party)), "acc:party"),
        (Term("literal", "2023", None, PREFIXES["xsd"] + "integer"), "2023"),
        (Term("literal", "31100", None, PREFIXES["xsd"] + "decimal"), "31,100"),
        (Term("literal", "31100", None, PREFIXES["xsd"] + "string"), "31100"),
        (Term("blank", "b0"), "_:b0"),
    ],
)
def test_terms(term, shown):
    assert text(term, {"http://a/b": "the b"}) == shown
