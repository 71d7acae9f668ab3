"""One agreement under several names is one; several agreements stay apart."""

import pytest

from tests.ingest.extractors.told import cast_of


def agreements(text: str) -> list[str]:
    return [m.type for key, m in cast_of(text).members.items() if key.startswith("instrument:")]


BODY = "LIMA, 3 May 2027 - An agreement for a project on roofs was signed today by UNESCO and the ILO. It is new.\n"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("UNESCO and ILO sign agreement on safe houses\n\n" + BODY, ["CooperationAgreement"]),
        (
            "News of the week\n\n" + BODY + "\nUNESCO and ILO sign a memorandum of understanding (Photo: AB)\n",
            ["MemorandumOfUnderstanding"],
        ),
        (
            "News of the week\n\n" + BODY + "\nUNICEF and the ILO then signed a loan agreement on wells and pumps.\n",
            ["CooperationAgreement", "CooperationAgreement"],
        ),
    ],
)
def test_told_once(text: str, kinds: list[str]) -> None:
    assert agreements(text) == kinds
