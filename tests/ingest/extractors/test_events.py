"""Events: deeds that are events, who held them, who came, when and where, and what is told twice."""

import pytest

from tests.ingest.extractors.told import cast_of, facts

TITLE = "News of the masons\n\n"


def events(text: str) -> list[tuple[str, str]]:
    return [(m.type, next(iter(m.names))) for k, m in cast_of(text).members.items() if k.startswith("event:")]


def said(text: str) -> set[tuple[str, str]]:
    return {(p, o) for _, p, o in facts(text, "organiser", "participant", "start", "end", "place")}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "UNESCO launched the Masons Portal in Kampala on 3 May 2027.",
            ("Launch", "launch of Masons Portal"),
        ),
        (
            "The ILO inaugurated a training centre for masons in Kisumu on 3 May 2027.",
            ("Ceremony", "opening of training centre for masons"),
        ),
        (
            "A delegation of UNESCO visited Accra Masons College on 3 May 2027.",
            ("StudyVisit", "visit to Accra Masons College"),
        ),
        (
            "On 3 May 2027 Minister Ama Owusu received a delegation of UNESCO.",
            ("Meeting", "meeting with delegation of UNESCO"),
        ),
        ("The closing workshop was held on 3 May 2027.", ("Workshop", "closing workshop")),
        ("A round table was held on 3 May 2027.", ("Meeting", "round table")),
        ("The 12th Masons Forum took place on 3 May 2027.", ("Conference", "12th Masons Forum")),
        (
            "A ceremony to mark ten years of masonry was held on 3 May 2027.",
            ("Ceremony", "ceremony to mark ten years of masonry"),
        ),
    ],
)
def test_what_is_an_event(sentence: str, expected: tuple[str, str]) -> None:
    assert events(TITLE + sentence + "\n") == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "UNESCO launched a portal for masons in 2027.",
        "The ILO has opened doors for masons since 3 May 2027.",
        "The Masons Trades Union Congress met masons.",
        "The project, launched after talks, helps masons to open a shop by 3 May 2027.",
    ],
)
def test_what_is_no_event(sentence: str) -> None:
    assert events(TITLE + sentence + "\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "UNESCO launched the Masons Portal at a colourful ceremony in Kampala on 3 May 2027. The event was short.",
        "UNESCO held a workshop on bricks on 3 May 2027. The workshop was short. Masons spoke of the event.",
        "On 3 May 2027 Minister Ama Owusu met a delegation of UNESCO. At the meeting they spoke of bricks.",
    ],
)
def test_told_twice(text: str) -> None:
    assert len(events(TITLE + text + "\n")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The Fourth Masons Meeting was held on 3 May 2027. The Fifth Masons Meeting will be held in June 2028.",
        "A meeting was held on 3 May 2027. The next meeting will be held in Kampala in June 2028.",
    ],
)
def test_two_events(text: str) -> None:
    assert len(events(TITLE + text + "\n")) == 2


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "UNESCO, in coordination with the ILO and with funding from UNICEF, organised a training for 40 masons.",
            {("organiser", "UNESCO"), ("organiser", "ILO")},
        ),
        (
            "UNESCO, led by its director, Ms. Ama Owusu, and the ILO held a forum on bricks.",
            {("organiser", "UNESCO"), ("organiser", "ILO")},
        ),
        (
            "A workshop on bricks was held by UNESCO in partnership with the ILO.",
            {("organiser", "UNESCO"), ("organiser", "ILO")},
        ),
        ("On Thursday UNESCO held the Masons Forum.", {("organiser", "UNESCO")}),
        ("UNESCO on Thursday held the Masons Forum.", {("organiser", "UNESCO")}),
        ("UNESCO ran a workshop on bricks in Kampala.", {("organiser", "UNESCO"), ("place", "ug-102")}),
        (
            "A workshop on bricks took place with the participation of masons from ten towns, UNESCO and the ILO.",
            {("participant", "UNESCO"), ("participant", "ILO")},
        ),
        ("A workshop on bricks was held under the chair of Ms Ama Owusu.", {("participant", "Ama Owusu")}),
        (
            "A workshop on bricks was held. UNESCO and the ILO took part.",
            {("participant", "UNESCO"), ("participant", "ILO")},
        ),
        (
            "A workshop on bricks was held. There were also Ms Ama Owusu of UNESCO and Mr Kofi Boateng (ILO).",
            {("participant", "Ama Owusu"), ("participant", "Kofi Boateng")},
        ),
        ("A workshop on bricks was held. Closing the workshop, Ms Ama Owusu sang.", {("participant", "Ama Owusu")}),
        (
            "A workshop on bricks was held from 3 to 5 May 2027.",
            {("start", "2027-05-03"), ("end", "2027-05-05")},
        ),
        ("A study visit to Kampala took place on 3 May 2027.", {("place", "ug-102"), ("start", "2027-05-03")}),
        (
            "Kampala, 3 May 2027. Workshop on bricks. Ms Ama Owusu spoke.",
            {("place", "ug-102"), ("participant", "Ama Owusu")},
        ),
    ],
)
def test_what_is_said_of_an_event(sentence: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= said(TITLE + sentence + "\n")


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("UNESCO, with funding from UNICEF, held a workshop on bricks.", ("organiser", "UNICEF")),
        ("A workshop on bricks was held. UNESCO Director Ms Ama Owusu attended.", ("participant", "UNESCO")),
        ("The meeting on bricks was held between UNESCO and the ILO.", ("organiser", "ILO")),
        ("A workshop on bricks was held. Ms Ama Owusu said that UNESCO runs the scheme.", ("organiser", "UNESCO")),
    ],
)
def test_what_is_not_said_of_an_event(sentence: str, wrong: tuple[str, str]) -> None:
    assert wrong not in said(TITLE + sentence + "\n")


@pytest.mark.parametrize(
    "rows",
    [
        "28 Feb. - 2 March: Workshop on bricks, Kampala (UNESCO)\n14 June: Launch of the Bricks Portal, Accra\n",
        "Workshop on bricks (Kampala, 28 February - 2 March 2027)\nSeminar on tiles (Accra, 14 June 2027)\n",
        "- 28 February - 2 March – Workshop on bricks, Kampala\n- 14 June – Seminar on tiles, Accra\n",
        "Workshop on bricks\nKampala, 28 February - 2 March 2027\nUNESCO spoke.\n\n"
        "Seminar on tiles\nAccra, 14 June 2027\nShort.\n"
        "\nMeeting on clay\nAccra, 15 June 2027\nLong.\n",
        "| 28 February - 2 March 2027 | Workshop on bricks | Kampala | UNESCO |\n"
        "| 14 June 2027 | Seminar on tiles | Accra | ILO |\n",
        "- Workshop on bricks, Kampala, 28 February to 2 March, conducted by UNESCO.\n"
        "- Seminar on tiles, Accra, 14 June.\n",
        "28/2 - 2/3/2027: Workshop on bricks, Kampala\n14/6/2027: Seminar on tiles, Accra\n",
    ],
)
def test_listings(rows: str) -> None:
    found = facts(f"Calendar of the masons 2027\n\n{rows}", "start", "end", "place")
    assert {("start", "2027-02-28"), ("end", "2027-03-02"), ("place", "ug-102")} <= {
        (p, o) for s, p, o in found if s == "Workshop on bricks"
    }


@pytest.mark.parametrize(
    "row",
    [
        "14 June: Seminar on tiles, Accra (UNESCO)",
        "| 14 June 2027 | Seminar on tiles | Accra | UNESCO |",
        "14 June: Seminar on tiles, Accra; hosted by UNESCO",
    ],
)
def test_hosts_of_rows(row: str) -> None:
    found = facts(
        f"Calendar of the masons 2027\n\n{row}\n{row.replace('14', '16').replace('tiles', 'clay')}\n", "organiser"
    )
    assert ("Seminar on tiles", "organiser", "UNESCO") in found
