"""Words that point back to organisations, and parts told with them."""

import pytest

from tests.ingest.extractors.told import cast_of, facts

NEWS = "News of the week\n\n"


def pointed(text: str) -> list[tuple[str, str]]:
    """(words, best name of what they point to) for the words that point back to organisations."""
    cast = cast_of(NEWS + text + "\n")
    back = cast.of_kind("organisation-anaphor")
    return [(cast.content[m.span.start : m.span.end], next(iter(cast.members[m.key].names))) for m in back]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Skills Board and the Rural Works Authority met. The two sides will meet again.",
            [("The two", "Skills Board"), ("sides", "Rural Works Authority")],
        ),
        (
            "The Ministry of Rural Trades met the Ministry of Roads. Both ministries signed.",
            [("Both", "Ministry of Rural Trades"), ("ministries", "Ministry of Roads")],
        ),
        (
            "The Skills Board met the Ministry of Roads. The board wrote a letter to his Ministry.",
            [("board", "Skills Board"), ("Ministry", "Ministry of Roads")],
        ),
        ("The Skills Board, the ILO and UNESCO met. The two sides will meet again.", []),
    ],
)
def test_bodies(text: str, expected: list[tuple[str, str]]) -> None:
    assert pointed(text) == expected


def test_the_ministry_of_a_side() -> None:
    text = (
        "The Ministry of Work of the Republic of Tajikistan met the Ministry of Labour of Mongolia. From the Tajik "
        "side the director of the Agency for Rural Work under the Ministry Lola Azimova spoke."
    )
    expected = ("Agency for Rural Work", "partOf", "Ministry of Work of the Republic of Tajikistan")
    assert expected in facts(NEWS + text + "\n", "partOf")


@pytest.mark.parametrize(
    ("sentence", "part", "whole"),
    [
        (
            "The Masons Centre (MC) in Shah Alam, which is subordinate to the Department of Roofs, closed.",
            "Masons Centre",
            "Department of Roofs",
        ),
        (
            "The Masons Board (MB), which reports to the Ministry of Roads, lends money.",
            "Masons Board",
            "Ministry of Roads",
        ),
        (
            "The Ministry of Roads, through its Department of Masons, gave a letter.",
            "Department of Masons",
            "Ministry of Roads",
        ),
        (
            "The Directorate of Roofs (DOR) of the Ministry of Roads gave a letter.",
            "Directorate of Roofs",
            "Ministry of Roads",
        ),
        (
            "The School of Nursing of Kamuzu College of Health gave a letter.",
            "School of Nursing",
            "Kamuzu College of Health",
        ),
        (
            "The Delegation of the European Union to Ghana and the European Union gave a letter.",
            "Delegation of the European Union to Ghana",
            "European Union",
        ),
        ("Department of Masons (DOM), Ministry of Roads, wrote.", "Department of Masons", "Ministry of Roads"),
        (
            "The Ministry of Roads is old. The Ministry’s Department of Masons wrote.",
            "Department of Masons",
            "Ministry of Roads",
        ),
        ("The Roofs Fund, an agency attached to the Ministry of Roads, paid.", "Roofs Fund", "Ministry of Roads"),
        ("The Masons Board stands under the authority of the Ministry of Roads.", "Masons Board", "Ministry of Roads"),
        (
            "The Masons Academy, the training house of the trade, is one of nine institutes of the Ministry of Roads.",
            "Masons Academy",
            "Ministry of Roads",
        ),
        (
            "There were Ms Lund, Director of the Masons Board, and Mr Tola, Head of the Nets Agency, both units under "
            "the Ministry of Roads.",
            "Masons Board",
            "Ministry of Roads",
        ),
        ("The Research Centre of the ILO wrote. The ILO paid.", "Research Centre", "ILO"),
    ],
)
def test_parts(sentence: str, part: str, whole: str) -> None:
    assert (part, "partOf", whole) in facts(NEWS + sentence + "\n", "partOf")


def test_the_country_of_a_side() -> None:
    text = "The Jordanian side was headed by the Secretary General of the Ministry of Labour, Mr. Faris Haddad."
    [ministry] = [m for k, m in cast_of(NEWS + text + "\n").members.items() if k.startswith("organisation:")]
    assert ministry.country == "JO"
