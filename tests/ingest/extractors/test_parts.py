"""Which organisations are part of which, in short texts."""

import pytest

from tests.ingest.extractors.told import cast_of

NEWS = "News of the week\n\n"


def parts(text: str) -> set[tuple[str, str]]:
    """(part, whole) by their best names."""
    cast = cast_of(NEWS + text + "\n")
    names = {k: next(iter(m.names)) for k, m in cast.members.items() if m.names}
    return {(names[f.subject], names[str(f.object)]) for f in cast.findings().facts if f.predicate == "partOf"}


BRICKS, ROOFS = "Ministry of Bricks", "Department of Roofs"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            f"The {ROOFS}, {BRICKS}, the Government of Zambia, wrote.",
            {(ROOFS, BRICKS), (BRICKS, "Government of Zambia")},
        ),
        (
            f"It was held by the {ROOFS} and the Zambia Tiles Board, {BRICKS}.",
            {(ROOFS, BRICKS), ("Zambia Tiles Board", BRICKS)},
        ),
        (f"It was signed by the {ROOFS}, the {BRICKS} and the Agency for Tiles.", set()),
        (
            f"They went to the {BRICKS} and met leaders of its {ROOFS} and Directorate of Tiles.",
            {(ROOFS, BRICKS), ("Directorate of Tiles", BRICKS)},
        ),
        (f"The {BRICKS}, through the {ROOFS}, paid.", {(ROOFS, BRICKS)}),
        (f"The {BRICKS} and its agency, the National Tiles Office, paid.", {("National Tiles Office", BRICKS)}),
        ("The National Tiles Council and the Ministry’s Department of Roofs paid.", set()),
        (f"The Roof Safety Wing in the {BRICKS} wrote.", {("Roof Safety Wing", BRICKS)}),
        (
            "The two colleges of the Zambia Tiles Polytechnic are ZPX Ndola and ZPX Kitwe.",
            {("ZPX Ndola", "Zambia Tiles Polytechnic"), ("ZPX Kitwe", "Zambia Tiles Polytechnic")},
        ),
        ("The European Union Delegation in Zambia wrote to the EU.", {("European Union Delegation in Zambia", "EU")}),
    ],
)
def test_parts(sentence: str, expected: set[tuple[str, str]]) -> None:
    assert parts(sentence) == expected
