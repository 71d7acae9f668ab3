"""What the sentences around an agreement tell of it."""

import pytest

from tests.ingest.extractors.told import cast_of, facts

TITLE = "News of the week\n\n"
BOTH = {("party", "UNESCO"), ("party", "ILO")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UNESCO and the ILO put their names to the memorandum of understanding on roofs.", BOTH),
        ("The work rests on a cooperation agreement on roofs. UNESCO signed it with the ILO.", BOTH),
        ("This changes with the memorandum of understanding on roofs. UNESCO and the ILO are its parties.", BOTH),
        ("In an agreement on roofs, UNESCO and the ILO laid down who pays.", BOTH),
        (
            "UNESCO signed an agreement on roofs with the ILO. Ms Ama Owusu, Head of UNICEF, signed too.",
            BOTH | {("party", "UNICEF")},
        ),
        (
            "UNESCO signed an agreement on roofs with the ILO. That was in Kampala on 3 May 2027.",
            BOTH | {("signedOn", "2027-05-03")},
        ),
        (
            "The paper was signed in Kampala on 3 May 2027. In this agreement on roofs, UNESCO and the ILO agree.",
            BOTH | {("signedOn", "2027-05-03"), ("place", "ug-102")},
        ),
        ("The Masons Strategy 2027-2030, which UNESCO launched in March 2027, is short.", {("issuer", "UNESCO")}),
        ("The Masons Policy of 2027 is short.", {("issuedOn", "2027")}),
    ],
)
def test_around(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= {(p, o) for _, p, o in facts(TITLE + text + "\n")}


@pytest.mark.parametrize(
    "text",
    [
        "UNESCO hopes for a memorandum of understanding on roofs.",
        "The draft of the memorandum of understanding on roofs is long.",
        "Masons asked for more pay, and a collective agreement was signed.",
    ],
)
def test_no_agreement(text: str) -> None:
    assert not [k for k in cast_of(TITLE + text + "\n").members if k.startswith("instrument:")]
