"""When and where events were, in the plain sentences of reports: relative clauses, venues, datelines, deeds, ends."""

import pytest

from tests.ingest.extractors.told import cast_of

HEAD = "News of the masons\n\n2023-06-15\n\n"


def told(text: str) -> list[tuple[str, str | None, str | None, str]]:
    """Class, start, end and places of the events of a text that was issued on Thursday, 15 June 2023."""
    cast = cast_of(text)

    def first(key: str, predicate: str) -> str | None:
        return next((getattr(v, "lexical", None) for v in cast.objects(key, predicate)), None)

    return [
        (
            m.type,
            first(key, "start"),
            first(key, "end"),
            " ".join(str(v).rsplit("/", 1)[-1] for v in cast.objects(key, "place")),
        )
        for key, m in cast.members.items()
        if key.startswith("event:")
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "A career fair opened on Tuesday at the campus of the Polytechnic College, located in Kakrail, Dhaka.",
            ("Fair", "2023-06-13", None, "bd-13"),
        ),
        (
            "The leader spoke at the fifth congress of the World Federation of Masons, which took place in Lima, Peru, "
            "on May 3-5.",
            ("Conference", "2023-05-03", "2023-05-05", "pe-lim"),
        ),
        (
            "A workshop was held in Accra on May 3 to launch a project for masons, which began in March 2022 and is to "
            "last until July 2025.",
            ("Workshop", "2023-05-03", None, "gh-accra"),
        ),
        (
            "Skills Week 2023 was celebrated across Nepal from 18-24 May 2023.",
            ("Event", "2023-05-18", "2023-05-24", "np"),
        ),
        ("Last year, it organised its 13th National Congress with success.", ("Conference", "2022", None, "")),
        (
            "The delegation also had talks with the Ministry of Manpower.",
            ("Meeting", None, None, ""),
        ),
        (
            "The training, attended by 30 teachers, ran from 8 to 12 May 2023 at the Institute of Masons in Kumasi.",
            ("Training", "2023-05-08", "2023-05-12", "gh-kumasi"),
        ),
        (
            "The agreement was signed on 3 May 2023 at a ceremony in Amman attended by the Minister of Labour.",
            ("Signing", "2023-05-03", None, "jo-am"),
        ),
        (
            "At the project signing, held in Suva on 3 May 2023, the Ambassador of Japan spoke.",
            ("Signing", "2023-05-03", None, "fj-suva"),
        ),
        (
            "A symposium on bricks, organised with the support of the European Union, is under way in Tunis until "
            "17 June.",
            ("Conference", None, "2023-06-17", "tn-11"),
        ),
        (
            "Masons College (Hanoi) played host to the third Asian Masons Forum on the afternoon of May 3rd.",
            ("Conference", "2023-05-03", None, "vn-hn"),
        ),
        (
            "A programme for the offices in the Bono region took off with a launch on Monday in Kumasi.",
            ("Launch", "2023-06-12", None, "gh-kumasi"),
        ),
        (
            "The pact was signed by the ministries of Peru and Chile on 3 May 2023. The signing took place in Lima.",
            ("Signing", "2023-05-03", None, "pe-lim"),
        ),
    ],
)
def test_plain_sentences(words: str, expected: tuple[str, str | None, str | None, str]) -> None:
    assert told(HEAD + words) == [expected]


def test_a_report_from_where_it_was() -> None:
    text = (
        "A seminar for masons\n\nJune 2023\n\nNairobi, June 14\nA two-day seminar on safety began on Wednesday at the "
        "head office of the Masons Union. It will conclude on Thursday, June 15."
    )
    assert told(text) == [("Workshop", "2023-06-14", "2023-06-15", "ke-nairobi")]


def test_two_events_of_one_venue() -> None:
    text = HEAD + (
        "The seminar and the closing ceremony took place at the Institute of Masons, Kakrail, Dhaka, on 3 May 2023."
    )
    assert told(text) == [("Workshop", "2023-05-03", None, "bd-13"), ("Ceremony", "2023-05-03", None, "bd-13")]


@pytest.mark.parametrize(
    "words",
    [
        "The early signing of a deal on wages is expected in November this year.",
        "The fair for masons serves as a forum.",
        "The pact was approved on International Masons Day.",
    ],
)
def test_no_events(words: str) -> None:
    assert all(kind == "Fair" for kind, *_ in told(HEAD + words))


def test_days_of_other_things() -> None:
    text = HEAD + (
        "A workshop was held in Accra on 3 May 2023. Participants in the workshop looked back on what UNESCO achieved "
        "from September 2014 to July 2017."
    )
    assert told(text) == [("Workshop", "2023-05-03", None, "gh-accra")]


def test_the_day_before_a_title() -> None:
    text = "2024-03-05 Mason speaks at world conference\n\nLima – The conference took place in Quito on March 1-2."
    assert told(text) == [("Conference", "2024-03-01", "2024-03-02", "ec-quito")]
