"""Who signs: by nouns, by proxy, by the grammar of other verbs; and what is an agreement at all."""

import pytest

from tests.ingest.extractors.told import cast_of, facts

TITLE = "News of the week\n\n"
BOTH = {("party", "UNESCO"), ("party", "ILO")}


def told(text: str, *predicates: str) -> set[tuple[str, str]]:
    return {(p, o) for _, p, o in facts(TITLE + text + "\n", *predicates)}


@pytest.mark.parametrize(
    "text",
    [
        "A memorandum of understanding on roofs bears the signatures of UNESCO and the ILO.",
        "UNESCO and the ILO have appended their signatures to a memorandum of understanding on roofs.",
        "UNESCO and the ILO have agreed on a memorandum of understanding on roofs.",
        "The signatories of the agreement on roofs are UNESCO and the ILO.",
        "The parties to the agreement on roofs are UNESCO and the ILO.",
        "The agreement on roofs brings together UNESCO and the ILO.",
        "UNESCO and the ILO have formalised their work in a memorandum of understanding on roofs.",
        "UNESCO has entered into a partnership with the ILO through a memorandum of understanding on roofs.",
        "UNESCO has a memorandum of understanding with the ILO.",
        "UNESCO is party to a framework agreement with the ILO.",
        "UNESCO’s agreement with the ILO covers five towns.",
        "In a meeting in Lusaka, UNESCO and the ILO renewed their memorandum of understanding.",
        "A memorandum of understanding on roofs was signed among UNESCO and the ILO.",
        "The school rests on an agreement of 3 May 2027 between UNESCO and the ILO.",
        "UNESCO received guests from the ILO. An agreement on roofs was then signed by both.",
        "UNESCO received guests from the ILO. Their agreement on roofs was signed at noon.",
        "The agreement was signed by Ms Ama Owusu on behalf of UNESCO and by Mr Hans Keller on behalf of the ILO.",
        "An agreement on roofs was signed. Ms Ama Owusu signed for UNESCO, with Mr Hans Keller signing for the ILO.",
        "The credit agreement was signed in 2027 by Ms Ama Owusu, Head of UNESCO, and Mr Hans Keller, Head of the ILO.",
        "The memorandum of understanding on roofs is new. The memorandum bears the signatures of UNESCO and the ILO.",
        "Since March the Decent Work Country Programme 2027-2030 runs. It was signed by UNESCO and the ILO.",
        "A memorandum of understanding on roofs was signed by representatives of UNESCO and the ILO.",
        "A memorandum of understanding on roofs was signed by leaders from UNESCO and officials from the ILO.",
        "A memorandum of understanding on roofs was signed by Bold Steps, UNESCO and the ILO.",
        "The Director of UNESCO and the head of the ILO signed an agreement on roofs.",
        "UNESCO and ILO representatives sign an agreement on roofs.",
        "An agreement on roofs was signed with the ILO by UNESCO.",
        "UNESCO, acting through its Ministry of Roofs, signed an agreement on roofs with the ILO.",
        "An agreement on roofs was signed between UNESCO, through its Roof Division, and the ILO.",
        "UNESCO, represented by the Roof Authority (RA), and the ILO signed the record of discussions.",
        "Ama Owusu and Hans Keller signed the agreement on roofs on behalf of UNESCO and the ILO respectively.",
        "It cites the Grant Agreement dated 3. May 2027 between UNESCO (“A”) on the one side and the ILO.",
        "Two agreements were signed. Signing on behalf of their bodies were Ms Ama Owusu, Head of UNESCO, "
        "and Mr Hans Keller, Head of the ILO.",
    ],
)
def test_parties(text: str) -> None:
    assert told(text, "party") == BOTH


def test_persons_only_sign_for_the_parties_named() -> None:
    text = (
        "UNESCO and the ILO signed an agreement on roofs. The signatures are those of Ama Owusu, Head of UNICEF Ghana."
    )
    assert told(text, "party") == BOTH


def test_the_office_that_the_signer_holds_there() -> None:
    text = (
        "An agreement on roofs was signed by Ms Ama Owusu, Head of UNESCO, and Mr Hans Keller, Head of the ILO. "
        "Ms Ama Owusu, Chair of UNICEF Ghana, was pleased."
    )
    assert told(text, "party") == BOTH


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The credit line agreement was signed by UNESCO and the ILO.", ["credit line agreement"]),
        ("The participants signed the Kampala agreement.", ["Kampala agreement"]),
        ("UNESCO signed the Roof Tiles Agreement with the ILO.", ["Roof Tiles Agreement with the ILO"]),
        ("UNESCO signed a declaration of intent on roofs.", ["declaration of intent on roofs"]),
        ("UNESCO signed a collective agreement for masons with the ILO.", ["collective agreement for masons"]),
        ("The Masons Policy of July 2027 is short.", ["Masons Policy"]),
        ("UNESCO and the ILO plan to sign a memorandum.", []),
        ("UNESCO wants to sign an agreement with the ILO.", []),
        ("The third ASEAN Masonry Policy Dialogue was held.", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    members = cast_of(TITLE + text + "\n").members
    assert [next(iter(m.names)) for k, m in members.items() if k.startswith("instrument:")] == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Masons Policy of July 2027 is short.", {("issuedOn", "2027-07")}),
        ("In July 2027 the Cabinet approved the Masons Strategy.", {("issuedOn", "2027-07")}),
        ("It rests on an agreement of 3 May 2027 between UNESCO and the ILO.", {("signedOn", "2027-05-03")}),
        ("In 2027 UNESCO opened a school under an agreement with the ILO.", set()),
        (
            "KAMPALA - 3 May 2027: An agreement on roofs was signed by UNESCO and the ILO.",
            {("signedOn", "2027-05-03")},
        ),
    ],
)
def test_day_and_place(text: str, expected: set[tuple[str, str]]) -> None:
    assert told(text, "signedOn", "issuedOn", "place") == expected


def test_the_next_sentence_tells_the_place() -> None:
    text = (
        "UNESCO and the ILO signed an agreement on roofs.\n\nMs Ama Owusu signed on behalf of UNESCO. "
        "It was done in Kampala on 3 May 2027."
    )
    assert told(text, "signedOn", "place") == {("signedOn", "2027-05-03"), ("place", "ug-102")}


def test_title_calls_it_by_its_head() -> None:
    text = "MoU signed in Kampala\n\nUNESCO and the ILO signed a memorandum of understanding on roofs.\n"
    assert len([k for k in cast_of(text).members if k.startswith("instrument:")]) == 1


def test_none_signs_what_is_to_come() -> None:
    assert told("UNESCO and the ILO will sign a memorandum of understanding on roofs.", "party") == set()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("An agreement on roofs, which began in May 2026, was signed by UNESCO on 3 June 2027.", "2027-06-03"),
        ("The agreement on roofs, inked in 2025 and now void, has a renewal planned for March 2027.", "2025"),
        ("UNESCO and the ILO signed an agreement on roofs, to start in May 2028, on 3 June 2027.", "2027-06-03"),
    ],
)
def test_the_day_of_the_deed(text: str, day: str) -> None:
    assert {o for _, o in told(text, "signedOn")} == {day}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("An agreement on roofers in Ghana was signed by UNESCO and the ILO.", None),
        ("An agreement on roofs was signed in Ghana by UNESCO and the ILO.", "Ghana"),
        ("An agreement on roofers in Ghana was signed in Nairobi by UNESCO and the ILO.", "Nairobi"),
    ],
)
def test_a_country_is_a_place_right_after_the_verb_alone(text: str, place: str | None) -> None:
    cast = cast_of(TITLE + text + "\n")
    found = [o for (_, p, o) in cast.facts if p == "place"]
    assert [cast.a.gazetteer.by_iri[str(o)].label for o in found] == ([place] if place else [])
