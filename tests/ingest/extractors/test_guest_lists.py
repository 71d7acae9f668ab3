"""Guests of events: long lists, those without a name between them, and whom the name of an event tells."""

import pytest

from tests.ingest.extractors.told import facts

TITLE = "News of the week\n\n4 May 2027\n\n"
WORKSHOP = "A workshop on bricks was held in Kampala on 3 May 2027. "


def said(text: str, predicate: str) -> set[str]:
    return {o for _, _, o in facts(TITLE + text + "\n", predicate)}


@pytest.mark.parametrize(
    ("text", "guests"),
    [
        (WORKSHOP + "It was attended by UNESCO, by masons and by people from firms under the ILO.", {"UNESCO"}),
        (WORKSHOP + "Participants came from UNICEF, the African Union and UNESCO.", {"UNICEF", "UNESCO"}),
        (WORKSHOP + "Also at the table were UNICEF and UNESCO.", {"UNICEF", "UNESCO"}),
        (WORKSHOP + "UNICEF and UNESCO were among the guests.", {"UNICEF", "UNESCO"}),
        (WORKSHOP + "Speeches were made by Mr Kofi Boateng and Ms Ama Owusu of UNICEF.", {"Kofi Boateng", "Ama Owusu"}),
        (WORKSHOP + "It brought together Ms Ama Owusu, teachers, two firms and the ILO.", {"Ama Owusu"}),
        (WORKSHOP + "Ministers from Togo, Benin and Mali, UNESCO and the ILO were present.", {"UNESCO"}),
        (WORKSHOP + "\n\nRepresentatives of UNICEF and UNESCO followed the debate.", {"UNICEF", "UNESCO"}),
    ],
)
def test_bodies_come(text: str, guests: set[str]) -> None:
    assert guests <= said(text, "participant")


@pytest.mark.parametrize(
    ("text", "home"),
    [
        (WORKSHOP + "Ms Ama Owusu of UNICEF was one of the speakers.", "UNICEF"),
        (WORKSHOP + "The head of UNICEF, Ms Ama Owusu, also took part in the workshop.", "UNICEF"),
        (WORKSHOP + "Speakers were Ms Ama Owusu, a friend of UNICEF, and Mr Kofi Boateng.", "UNICEF"),
        (WORKSHOP + "It was attended by masons and departments under UNICEF including the Brick Institute.", "UNICEF"),
    ],
)
def test_the_home_of_a_guest_does_not_come(text: str, home: str) -> None:
    assert home not in said(text, "participant")


@pytest.mark.parametrize(
    ("text", "guests"),
    [
        ("UNICEF held a round table with UNESCO and the African Union in Kampala on 3 May 2027.", {"UNESCO"}),
        ("On 3 May 2027 UNICEF ran a training workshop for UNESCO in Kampala.", {"UNESCO"}),
    ],
)
def test_the_name_of_an_event_tells_guests(text: str, guests: set[str]) -> None:
    assert guests <= said(text, "participant")


def test_each_of_several_events_has_its_speakers() -> None:
    text = (
        "A workshop on bricks was held in Kampala on 3 May 2026. Ms Ama Owusu spoke of clay.\n\n"
        "On 9 April 2027 a fair for masons took place in Gulu.\n\nMr Kofi Boateng said that roofs were needed.\n"
    )
    told = {(s, o) for s, _, o in facts(TITLE + text, "participant")}
    assert ("fair for masons", "Kofi Boateng") in told
    assert ("fair for masons", "Ama Owusu") not in told


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("Masons met at a workshop in Kampala on 3 May 2027. It was held by UNESCO and UNICEF.", {"UNESCO", "UNICEF"}),
        ("With UNICEF, UNESCO held a workshop on bricks in Kampala on 3 May 2027.", {"UNESCO", "UNICEF"}),
        (
            "UNICEF, jointly with UNESCO and with the support of the ILO, arranged a consultation on bricks in Kampala"
            " on 3 May 2027.",
            {"UNESCO", "UNICEF"},
        ),
        ("A forum on bricks was held on 3 May 2027 by UNESCO, with UNICEF.", {"UNESCO", "UNICEF"}),
    ],
)
def test_hosts_and_their_company(text: str, hosts: set[str]) -> None:
    assert said(text, "organiser") == hosts
