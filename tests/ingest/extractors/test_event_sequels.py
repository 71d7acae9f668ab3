"""Who held an event and who came, told in other words than "held" and "attended"."""

import pytest

from tests.ingest.extractors.told import cast_of, facts

TITLE = "News of the week\n\n"
WORKSHOP = "A workshop on bricks was held in Kampala on 3 May 2027. "


def said(text: str) -> set[tuple[str, str]]:
    return {(p, o) for _, p, o in facts(TITLE + text + "\n", "organiser", "participant", "start", "place")}


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        (WORKSHOP + "Hosts were UNESCO and the ILO.", {"UNESCO", "ILO"}),
        (WORKSHOP + "The event was the work of UNESCO and the ILO.", {"UNESCO", "ILO"}),
        (WORKSHOP + "UNESCO had called it jointly with the ILO.", {"UNESCO", "ILO"}),
        (WORKSHOP + "UNICEF issued the invitations.", {"UNICEF"}),
        (WORKSHOP + "UNESCO and the ILO were in charge.", {"UNESCO", "ILO"}),
        (WORKSHOP + "The invitation came from UNESCO.", {"UNESCO"}),
        ("Masons learn in a course given by UNESCO in Kampala on 3 May 2027.", {"UNESCO"}),
        ("On 3 May 2027 masons met at a forum on bricks, to which UNESCO and the ILO had invited.", {"UNESCO", "ILO"}),
        (
            "On 3 May 2027, UNESCO coordinated with the ILO and UNICEF to organise the forum “Masons for roofs”.",
            {"UNESCO", "ILO", "UNICEF"},
        ),
        ("UNESCO has invited the ILO to a workshop on bricks, to be held on 3 May 2027.", {"UNESCO"}),
        ("From 3 to 7 May 2027, masons were on a study visit to Kampala at the invitation of UNESCO.", {"UNESCO"}),
        ("From 5 to 6 May 2027, masons attend a training in Kampala, which UNESCO gives.", {"UNESCO"}),
    ],
)
def test_hosts(text: str, hosts: set[str]) -> None:
    assert {o for p, o in said(text) if p == "organiser"} == hosts


@pytest.mark.parametrize(
    ("text", "guests"),
    [
        (WORKSHOP + "Ms Ama Owusu of UNICEF took the chair.", {"Ama Owusu"}),
        (
            WORKSHOP + "The panel was made up of Ms Ama Owusu of UNICEF and a speaker of the African Union.",
            {"African Union"},
        ),
        (WORKSHOP + "UNESCO and the ILO sent speakers.", {"UNESCO", "ILO"}),
        (
            WORKSHOP + "Many guests came. Among them were Ms Ama Owusu and officials of the African Union.",
            {"African Union"},
        ),
        (WORKSHOP + "20 firms attended, among them Alpha Group.", {"Alpha Group"}),
        (WORKSHOP + "It drew Ms Ama Owusu, Head of the Masons Union (MU); the African Union; and UNESCO.", {"UNESCO"}),
        ("UNESCO has invited the ILO to a workshop on bricks, to be held on 3 May 2027.", {"ILO"}),
    ],
)
def test_guests(text: str, guests: set[str]) -> None:
    assert guests <= {o for p, o in said(text) if p == "participant"}


def test_a_paragraph_that_goes_on_with_another_event_tells_of_that_one() -> None:
    text = (
        "UNESCO held the Masons Forum in Kampala on 3 May 2027. Ms Ama Owusu welcomed the guests. "
        "On 4 May 2027, UNICEF held a workshop on bricks in Lira. Mr Kofi Boateng said bricks are good."
    )
    assert ("Masons Forum", "participant", "Kofi Boateng") not in facts(TITLE + text + "\n", "participant")


def test_the_day_of_a_ceremony_stands_in_the_sentence_before() -> None:
    text = "Some 80 masons met in Kampala on 3 May 2027. UNESCO had called its annual general meeting."
    assert {("start", "2027-05-03"), ("place", "ug-102"), ("organiser", "UNESCO")} <= said(text)


def test_a_note_below_a_listing_tells_of_its_entry() -> None:
    rows = "3 May 2027 | Launch of the Brick Atlas | Kampala\n4 June 2027 | Masons fair | Lira\n"
    text = f"Diary 2027\n\n{rows}\nNotes\n\nAt the launch, Ms Ama Owusu and Mr Kofi Boateng will speak.\n"
    events = [k for k in cast_of(text).members if k.startswith("event:")]
    assert len(events) == 2
    assert {("participant", "Ama Owusu"), ("participant", "Kofi Boateng")} <= {(p, o) for _, p, o in facts(text)}
