"""Who pays for, runs and helps a project, where and when, in the wordings of press releases of many countries."""

import pytest

from tests.ingest.extractors.told import cast_of, facts

TITLE = "Skills news of the week\n\n"
NAME = "Green Jobs for Malawi"


def told(text: str) -> set[tuple[str, str]]:
    return {(p, o) for s, p, o in facts(TITLE + text + "\n") if s == NAME}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"The {NAME} project began. The European Union is the donor.", {("funder", "European Union")}),
        (
            f"The {NAME} project began, with KfW Development Bank as the main funder.",
            {("funder", "KfW Development Bank")},
        ),
        (f"The {NAME} project received funding of $20 million from the World Bank.", {("funder", "World Bank")}),
        (f"Money for the {NAME} project comes from the Government of Japan.", {("funder", "Government of Japan")}),
        (f"The {NAME} project began. The Government of Belgium pays for it.", {("funder", "Government of Belgium")}),
        (f"They thanked the World Bank for funding the {NAME} project.", {("funder", "World Bank")}),
        (f"The {NAME} project is funded by Norway through the ILO.", {("funder", "ILO")}),
        (f"The {NAME} project is run by GIZ, funded by the World Bank.", {("implementer", "GIZ")}),
        (
            f"The {NAME} project is funded by the ILO through KfW Development Bank, and the World Bank.",
            {("funder", "ILO"), ("funder", "KfW Development Bank"), ("funder", "World Bank")},
        ),
        (
            f"The {NAME} project is funded by the ILO, which gives a million, and by the World Bank.",
            {("funder", "ILO"), ("funder", "World Bank")},
        ),
        (f"GIZ is responsible for the implementation of the {NAME} project.", {("implementer", "GIZ")}),
        (f"The {NAME} project began. The implementing partners are GIZ and UNESCO.", {("implementer", "UNESCO")}),
        (f"The {NAME} project began, with GIZ being the implementing agency.", {("implementer", "GIZ")}),
        (f"GIZ and UNESCO have joined forces in the {NAME} project.", {("implementer", "UNESCO")}),
        (
            f"The {NAME} project is a joint effort of GIZ and UNESCO.",
            {("implementer", "GIZ"), ("implementer", "UNESCO")},
        ),
        (f"The {NAME} project began. Through {NAME}, the ILO trained masons.", {("implementer", "ILO")}),
        (f"The {NAME} project began. {NAME} is run by the ILO.", {("implementer", "ILO")}),
        (f"The {NAME} project, which UNESCO supports, began.", {("partner", "UNESCO")}),
        (f"UNESCO joined the {NAME} project as a technical partner.", {("partner", "UNESCO")}),
        (f"The {NAME} project is run in partnership with local schools, NGOs and UNESCO.", {("partner", "UNESCO")}),
        (f"In its 18 months the {NAME} project trained masons.", {("duration", "P18M")}),
        (f"The {NAME} project began. This 4 year programme helps masons.", {("duration", "P4Y")}),
        (f"Launch of the {NAME} project is expected in March 2029.", {("start", "2029-03")}),
        (f"The {NAME} project dates back to 2019.", {("start", "2019")}),
        (
            f"The {NAME} project works in the districts of Fooham, Zomba and Salima.",
            {("place", "mw-zo"), ("place", "mw-sa")},
        ),
        (f"The {NAME} project began. In Fooham, Zomba and Salima it helped masons.", {("place", "mw-zo")}),
        (f"The {NAME} project trains masons all over the country.", {("place", "mw")}),
        (f"The {NAME} project has the backing of UNESCO.", {("partner", "UNESCO")}),
        (
            f"The {NAME} project is run by GIZ, with UNESCO lending technical advice.",
            {("implementer", "GIZ"), ("partner", "UNESCO")},
        ),
        (
            f"GIZ, in partnership with the ILO and with UNESCO, wants the {NAME} project to train masons.",
            {("implementer", "GIZ"), ("partner", "ILO"), ("partner", "UNESCO")},
        ),
        (
            f"GIZ, in partnership with UNESCO, which also is a donor to the {NAME} project, came.",
            {("funder", "UNESCO")},
        ),
        (
            f"They recalled what GIZ and UNESCO achieved from May 2015 to June 2018 in the {NAME} project.",
            {("implementer", "GIZ"), ("implementer", "UNESCO"), ("start", "2015-05"), ("end", "2018-06")},
        ),
        (
            f"The World Bank and the ministers signed a loan agreement for the {NAME} project.",
            {("funder", "World Bank")},
        ),
        (f"{NAME}, a new initiative of the ILO, began.", {("implementer", "ILO")}),
        (f"The {NAME} project is under implementation by GIZ.", {("implementer", "GIZ")}),
        (f"The ILO and UNESCO are jointly implementing the {NAME} project.", {("implementer", "UNESCO")}),
        (
            f"The {NAME} project began. Partners include UNESCO and the ILO.",
            {("partner", "ILO"), ("partner", "UNESCO")},
        ),
        (
            f"The ILO launched the second phase of the {NAME} project, which will run from 2023 to 2027.",
            {("implementer", "ILO"), ("start", "2023"), ("end", "2027")},
        ),
        (f"The {NAME} project starts in May 2023 and ends in June 2025.", {("start", "2023-05"), ("end", "2025-06")}),
        (f"{NAME}, a three-year project (2021-2023), began.", {("start", "2021"), ("end", "2023")}),
        (
            f"The {NAME} project and the Safe Roads project, both funded by the ILO and run by GIZ, began.",
            {("funder", "ILO"), ("implementer", "GIZ")},
        ),
    ],
)
def test_told(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= told(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (f"Under the {NAME} project, funded by the World Bank, the ILO has helped masons.", ("funder", "ILO")),
        (f"The {NAME} project helps with the union strategy for 2021-2026.", ("start", "2021")),
        (f"From 2010 to 2015 a sum of 3 million dollars was set aside for the {NAME} project.", ("end", "2015")),
        (f"The {NAME} project will be extended over the next five years.", ("duration", "P5Y")),
        (f"Experts of the ILO led through the {NAME} programme.", ("implementer", "ILO")),
    ],
)
def test_not_told(text: str, wrong: tuple[str, str]) -> None:
    assert wrong not in told(text)


def test_one_start_of_those_told() -> None:
    box = "Start: May 2020\nEnd: April 2023\nDonor: UNESCO\n"
    found = facts(f"Better Boats Project\n\n{box}\nThe project has trained masons since 2017.\n", "start")
    assert {o for _, _, o in found} == {"2020-05"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Uganda Brick Skills Project", "Brick Skills Project"),
        ("Brick-Skills Project", "Brick Skills project"),
        ("Brick Skills Uganda project", "Brick Skills project"),
    ],
)
def test_spellings_of_one_project(one: str, other: str) -> None:
    cast = cast_of(f"{TITLE}The {one} began in 2027.\n\nIn May the {other} trained masons.\n")
    assert len([m for m in cast.members.values() if m.type == "Project"]) == 1


def test_listed_programmes() -> None:
    text = "The town runs several programmes, among them the Bright Minds Grant (BMG) and the Rural Roofs Scheme (RRS)."
    cast = cast_of(TITLE + text + "\n")
    names = {next(iter(m.names)) for m in cast.members.values() if m.type == "Project"}
    assert names == {"Bright Minds Grant", "Rural Roofs Scheme"}


def test_the_project_of_the_heading() -> None:
    before = "They praised two projects in Zomba on Monday.\n\nRoofs for Schools Project\n\n"
    text = "Made to complement the Decent Farms Programme, the four-year project trains masons.\n"
    assert ("Roofs for Schools Project", "duration", "P4Y") in facts(TITLE + before + text)


def test_short_name_before_a_colon() -> None:
    text = "It is part of the programme “Safe Roofs: Better laws for masons”. They praised the Safe Roofs programme."
    cast = cast_of(TITLE + text + "\n")
    assert len([m for m in cast.members.values() if m.type == "Project"]) == 1


def test_place_in_a_name() -> None:
    text = "They praised the project “Better roofs for schools in Zomba”."
    assert {o for _, _, o in facts(TITLE + text + "\n", "place")} == {"mw-zo"}


def test_client_of_a_consultant() -> None:
    box = "Client: UNESCO\nFunding: World Bank\nDuration: 03/2021 - 12/2024\n"
    found = {(p, o) for _, p, o in facts(f"Better Boats Project\n\n{box}\nThe project trains masons.\n")}
    assert {("implementer", "UNESCO"), ("funder", "World Bank"), ("start", "2021-03"), ("end", "2024-12")} <= found
