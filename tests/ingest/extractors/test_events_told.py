"""Events as the news of many countries tells them: with no day, by what happened there, and where they were."""

import pytest

from tests.ingest.extractors.test_events import TITLE, events, said


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Dr Ama Owusu attended the signing ceremony.", ("Signing", "signing ceremony")),
        (
            "Another workshop, on bricks and mortar, drew 90 masons.",
            ("Workshop", "workshop on bricks and mortar"),
        ),
        (
            "She disclosed this during a working visit to the Masons Institute.",
            ("Event", "working visit to the Masons Institute"),
        ),
        (
            "A meeting with the Masons Service dealt with wages.",
            ("Meeting", "meeting with the Masons Service"),
        ),
        (
            "Speaking at a stakeholders’ engagement in Kumasi, Ms Ama Owusu praised masons.",
            ("Meeting", "stakeholders’ engagement"),
        ),
        ("A sensitisation programme on bricks has been held.", ("Event", "sensitisation programme on bricks")),
        ("The four-day training brings together 40 masons.", ("Training", "four-day training")),
        ("She told a press briefing that bricks are dear.", ("Event", "press briefing")),
        ("Masons came for the Masons’ Day on 3 May 2027.", ("Event", "Masons’ Day")),
        (
            "An informal opening activity was held on 3 May 2027.",
            ("Event", "informal opening activity"),
        ),
        ("The kick-off of the scheme took place on 3 May 2027.", ("Launch", "kick-off of the scheme")),
        (
            "UNESCO laid the foundation stone of the masons centre on 3 May 2027.",
            ("Ceremony", "groundbreaking of masons centre"),
        ),
        (
            "UNESCO awarded certificates to 80 masons on 3 May 2027.",
            ("Ceremony", "award of certificates to 80 masons"),
        ),
        (
            "UNESCO and the ILO came together in Kampala on 3 May 2027 to talk about wages.",
            ("Meeting", "meeting on wages"),
        ),
        (
            "UNESCO President Ama Owusu visited Accra Masons College on 3 May 2027.",
            ("Event", "visit to Accra Masons College"),
        ),
        (
            "A workshop for masons at Protea Hotel was held on 3 May 2027.",
            ("Workshop", "workshop for masons"),
        ),
        (
            "The 45th session of the masons council was convened on 3 May 2027.",
            ("Meeting", "45th session of the masons council"),
        ),
    ],
)
def test_what_is_an_event(sentence: str, expected: tuple[str, str]) -> None:
    assert events(TITLE + sentence + "\n") == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Every year on 8 March the union holds a ceremony.",
        "During a workshop, masons learn to lay bricks.",
        "The union hopes to hold a conference next year.",
        "In the course of the scheme masons took part in the activity of their choice.",
        "Masons may attend an event.",
        "The opening hours of the hall are long.",
    ],
)
def test_what_is_no_event(sentence: str) -> None:
    assert events(TITLE + sentence + "\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "A workshop on bricks was held on 3 May 2027. Another workshop, on mortar, drew 90 masons.",
        "The Masons Forum in Lima in 2023 drew 90 masons. The Masons Forum in Quito in 2025 drew 70.",
        "On 3 May 2027 a delegation of UNESCO met the ILO. A meeting with the Masons Bureau dealt with wages.",
    ],
)
def test_events_apart(text: str) -> None:
    assert len(events(TITLE + text + "\n")) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Masons Forum at Blue Palm Hotel, Freetown, was attended by masons.", {("place", "sl-freetown")}),
        ("Kampala was the venue of the 5th Masons Forum, held in 2024.", {("place", "ug-102")}),
        ("The Masons Forum was held in Peru.", {("place", "pe")}),
        (
            "Masons will come to Kumasi on 3 May 2027 for the Masons’ Day.",
            {("place", "gh-kumasi"), ("start", "2027-05-03")},
        ),
        ("The second masons study tour was concluded on 4 June 2027.", {("end", "2027-06-04")}),
        ("The Masons Forum in Quito in 2015 was a success.", {("start", "2015")}),
        (
            "The Masons Forum was held on 10 May 2027; a side event had been held on 9 May.",
            {("start", "2027-05-10"), ("start", "2027-05-09")},
        ),
        (
            "On 27 May 2027 the union concluded a deal. Ms Ama Owusu attended the signing ceremony.",
            {("start", "2027-05-27")},
        ),
    ],
)
def test_when_and_where(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= said(TITLE + text + "\n")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The second masons study tour was concluded on 4 June 2027.", ("start", "2027-06-04")),
        ("The four-day training, which ends on 9 May 2027, brings together masons.", ("start", "2027-05-09")),
        ("KAMPALA – Bricks from Uganda were shown at a forum in Lima on 3 May 2027.", ("place", "ug-102")),
        (
            "On 3 May 2027 UNESCO opened a hall in Kampala. An online signing ceremony was held in June 2027.",
            ("start", "2027-06-03"),
        ),
    ],
)
def test_what_is_not_said(text: str, wrong: tuple[str, str]) -> None:
    assert wrong not in said(TITLE + text + "\n")


def test_today_is_the_day_of_the_dateline() -> None:
    text = (
        "Masons and ministry agree\n\n12 May 2027\n\nAccra, May 3rd, 2027 – Masons want to work.\n\n"
        "UNESCO and the ILO today held a workshop on bricks.\n"
    )
    assert ("start", "2027-05-03") in said(text)


ENTRIES = [
    # A heading, and its date and more in lines with labels.
    "Workshop on bricks\nDate: 3 March 2027\nVenue: Serena Hotel, Kigali\n\n"
    "Study tour to kilns\nDate: 10 - 12 March 2027\nVenue: Lusaka\n\n"
    "Annual Masons Forum\nDate: 5 April 2027\nVenue: Nairobi\n",
    # Blank lines between all.
    "Workshop on bricks\n\n3 March 2027\n\nMasons meet in Kigali.\n\n"
    "Study tour to kilns\n\n10 - 12 March 2027\n\nTwelve masons travel to Lusaka.\n\n"
    "Annual Masons Forum\n\n5 April 2027\n\nHosted by the ILO in Nairobi.\n\n"
    "Launch of the brick code\n\n5 May 2027\n",
    # Day, place, event.
    "- 3 March 2027, Kigali: Workshop on bricks\n- 10-12 March 2027, Lusaka: Study tour to kilns\n"
    "- 5 April 2027, Nairobi: Annual Masons Forum\n",
    # The date and the place in one line below.
    "Workshop on bricks\n3 March 2027 | Kigali, Rwanda\n\nStudy tour to kilns\n10 - 12 March 2027 | Lusaka, Zambia\n\n"
    "Annual Masons Forum\n5 April 2027 | Nairobi, Kenya\n",
    # A paragraph below the day, which begins with the heading.
    "3 March 2027\nWorkshop on bricks, Kigali. Fifty masons came.\n\n"
    "10 - 12 March 2027\nStudy tour to kilns, Lusaka. Ten masons went.\n\n"
    "5 April 2027\nAnnual Masons Forum, Nairobi. The ILO spoke.\n",
]


@pytest.mark.parametrize("entries", ENTRIES)
def test_listings(entries: str) -> None:
    text = "Events of the masons\n\n" + entries
    assert events(text)[:3] == [
        ("Workshop", "Workshop on bricks"),
        ("StudyVisit", "Study tour to kilns"),
        ("Conference", "Annual Masons Forum"),
    ]
    expected = {("start", "2027-03-03"), ("end", "2027-03-12"), ("start", "2027-04-05")}
    assert expected | {("place", "rw-kigali"), ("place", "zm-09"), ("place", "ke-nairobi")} <= {
        (p, o) for p, o in said(text) if p in ("start", "end", "place")
    }


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Training on fair wages for masons", "Training"),
        ("South Asia: Regional launch event of the brick code", "Launch"),
        ("ILO trains masons in two towns", "Training"),
        ("Masons' Training-Workshop on mortar", "Training"),
        ("Brick pact agreement and orientation is signed", "Signing"),
        ("Peru launches a brick programme", "Launch"),
        ("Regional Dialogue on bricks", "Conference"),
        ("Photography Exhibition on masons", "Event"),
    ],
)
def test_kinds_of_headings(heading: str, kind: str) -> None:
    text = f"Events of the masons\n\n1 May 2027\n{heading}\n\n3 May 2027\nMasons Forum\n\n5 May 2027\nMasons Fair\n"
    assert events(text)[0] == (kind, heading)


def test_a_larger_event_in_a_listing() -> None:
    text = (
        "Events of the masons\n\n1 May 2027\nBricks for all\nWorkshop at the Asia Mortar Forum (AMF).\n\n"
        "3 May 2027\nMasons Forum\n\n5 May 2027\nMasons Fair\n"
    )
    assert ("Conference", "Asia Mortar Forum") in events(text)
