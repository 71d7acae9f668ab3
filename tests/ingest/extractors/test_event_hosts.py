"""Who held an event and who was there, in the plain sentences of news from many countries."""

import pytest

from tests.ingest.extractors.told import facts

TITLE = "News from the masons\n9 May 2027\n\n"


def people(text: str, predicate: str) -> set[str]:
    """The hosts or guests of the events of a text."""
    return {value for _, _, value in facts(TITLE + text, predicate)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A career fair opened on 3 May 2027 at the secretariat of the Masons Technical Institute in Kumasi.",
            {"Masons Technical Institute"},
        ),
        (
            "A working session took place on 3 May 2027 at the head office of the Ministry of Masonry in Accra.",
            set(),
        ),
        (
            "A seminar on bricks was organised on 3 May 2027, in Kumasi, by the Ministry of Masonry, with the Masons "
            "Federation collaborating.",
            {"Ministry of Masonry", "Masons Federation"},
        ),
        (
            "The Masons Federation's fourth national congress took place in Accra on 3 May 2027.",
            {"Masons Federation"},
        ),
        (
            "Mr Kofi Owusu spoke at the third congress of the Masons Federation, which took place in Accra "
            "on 3 May 2027.",
            {"Masons Federation"},
        ),
        (
            "Kofi Owusu said the Masons Federation has grown. Last year, it successfully organised its 13th National "
            "Congress in Kumasi.",
            {"Masons Federation"},
        ),
        (
            "The Ministry of Masonry opened a job fair in Accra on 3 May 2027.",
            {"Ministry of Masonry"},
        ),
        (
            "The Masons Federation and the Ministry of Masonry joined hands to hold an open day in Accra "
            "on 3 May 2027.",
            {"Masons Federation", "Ministry of Masonry"},
        ),
        (
            "The congress of young masons in Accra on 3 May 2027 was an initiative of the Ministry of Masonry.",
            {"Ministry of Masonry"},
        ),
        (
            "The Masons Federation invited builders to a seminar on wages in Accra on 3 May 2027.",
            {"Masons Federation"},
        ),
    ],
)
def test_hosts(text: str, expected: set[str]) -> None:
    assert people(text, "organiser") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A seminar on bricks was held in Accra on 3 May 2027. Participation was also noted of representatives of "
            "the Masons Federation, of the Office of the President, and of the press.",
            {"Masons Federation", "Office of the President"},
        ),
        (
            "Two agreements were signed at a function held on 3 May 2027 in Accra. Putting their signatures on behalf "
            "of the governments were Thomas Meier, Swiss Ambassador, and Ama Owusu, Joint Secretary.",
            {"Thomas Meier", "Ama Owusu"},
        ),
        (
            "A seminar on bricks was held in Accra on 3 May 2027. The need for clay was underlined by Ms Ama Owusu.",
            {"Ama Owusu"},
        ),
        (
            "A seminar on bricks was held in Accra on 3 May 2027. Officials of the Masons Federation said that "
            "clay was dear.",
            {"Masons Federation"},
        ),
        (
            "A seminar on bricks was held in Accra on 3 May 2027. Mr Kofi Owusu, MP, Minister, Ministry of Masonry, "
            "Government of Ghana, told the seminar that clay was dear.",
            {"Kofi Owusu"},
        ),
    ],
)
def test_guests(text: str, expected: set[str]) -> None:
    assert people(text, "participant") == expected


def test_a_paper_that_others_signed_brings_nobody_to_a_workshop() -> None:
    text = "A workshop on bricks was held in Accra on 3 May 2027. A contract on clay was signed by Ms Ama Owusu."
    assert people(text, "participant") == set()


def test_a_body_with_those_it_belongs_to_is_the_host_alone() -> None:
    text = (
        "The Masons Board and Bricks Council, Ministry of Masonry, the Government of Ghana, held a seminar on clay in "
        "Accra on 3 May 2027."
    )
    assert people(text, "organiser") == {"Masons Board", "Bricks Council"}
