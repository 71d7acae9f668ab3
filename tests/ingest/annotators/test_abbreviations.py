import pytest

from ingest.annotators import abbreviations
from tests.ingest.annotators.reading import analyse, words


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("They met the Alfa Beta Council (ABC) today.", [("Alfa Beta Council", "ABC")]),
        ("They met the Alfa Council of Beta (hereinafter “ACB”) today.", [("Alfa Council of Beta", "ACB")]),
        ("They met the Agency for Work and Skills (AWS, the host) today.", [("Agency for Work and Skills", "AWS")]),
        ("They met the Ministry of Labour and Skills Affairs (MoLSA) today.", None),
        ("They met the Alfa Council (XYZ) today.", []),
        ("They met them (see above) today.", []),
    ],
)
def test_definitions(content, expected):
    a = analyse(content)
    pairs = [(a.words(long), a.words(short)) for long, short in abbreviations.definitions(a)]
    assert pairs == ([("Ministry of Labour and Skills Affairs", "MoLSA")] if expected is None else expected)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("The ABCD and KfW met.", ["ABCD", "KfW"]),
        ("The TVET sector pays EUR 5,000.", []),
        ("THIS LINE IS ALL IN CAPITALS AND ABCD TOO", []),
        ("The IMPORTANT news of the XYZ-ABC.", ["XYZ-ABC"]),
    ],
)
def test_names_in_capitals(content, expected):
    assert words(content, abbreviations.capitals(analyse(content))) == expected
