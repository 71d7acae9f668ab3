"""Layout: kinds of lines, the title, who issued it when, and listings of dated entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotators import dates, structure
from ingest.annotators.page_lines import paragraphs

PROSE = "The workers of the two towns met for a long day and spoke about their work and pay."


def layout(content):
    return structure.layout(content, dates.annotate(content))


def kinds(content):
    return [line.kind for line in layout(content).lines]


def words(content, span):
    return None if span is None else content[span.start : span.end]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share this", "boilerplate"),
        ("Home > News > Work", "boilerplate"),
        ("Read more »", "boilerplate"),
        ("Posted on 3 May 2001, 10:30 am", "boilerplate"),
        ("Wednesday, 9 May 2001 (Nairobi)", "date"),
        ("Source: Alpha News", "boilerplate"),
        ("Also read: Alpha Bank lends $5 million", "boilerplate"),
        ("Shares 1.2k   Comments 45", "boilerplate"),
        ("Visits today: 2,310", "boilerplate"),
        ("Sign up for our newsletter, as 80,000 readers do", "boilerplate"),
        ("300 guests", "heading"),
        ("| Alpha | 1,204 | 52 | 7 |", "heading"),
        ("Photo: workers at a bench", "caption"),
        ("Donor: the Alpha Fund", "field"),
        ("Note: the fund is new", "heading"),
        ("Skills for farm workers", "heading"),
        ("They met and left.", "prose"),
        ("• skills for farm workers", "prose"),
    ],
)
def test_kinds_of_lines(line, kind):
    assert kinds(f"A title with some more words\n\n{PROSE}\n\n{line}\n\n{PROSE}\n")[2] == kind


def test_after_the_heading_of_other_stories_nothing_counts():
    content = f"A title with some more words\n\n{PROSE}\n\n{PROSE}x\n\nRelated news\n\n{PROSE}y\n"
    assert kinds(content)[-2:] == ["boilerplate", "boilerplate"]


def test_after_other_stories_a_long_paragraph_goes_on_with_the_text():
    more = f"{PROSE} {PROSE} {PROSE}"
    content = f"Skills for farm workers\n\n{PROSE}\n\n{PROSE}\nRelated stories\nBank lends 5 million\n\n{more}\n"
    assert kinds(content)[-3:] == ["boilerplate", "boilerplate", "prose"]


def test_remarks_of_readers_are_no_content():
    content = f"Skills for farm workers\n\n{PROSE}\n\n{PROSE}\nComments\n{PROSE} {PROSE} {PROSE}\n"
    assert kinds(content)[-2:] == ["boilerplate", "boilerplate"]


@pytest.mark.parametrize("sign", ["|", "-"])
def test_the_title_of_a_page_stands_before_the_names_of_section_and_site(sign):
    content = f"Skills for all farm workers {sign} Economy {sign} The Alpha Post\n\n{PROSE}\n"
    found = layout(content)
    assert words(content, found.title) == "Skills for all farm workers"
    assert [line.kind for line in found.lines] == ["title", "boilerplate", "prose"]


def test_kind_at_an_offset():
    content = f"A title with some more words\n\n{PROSE}\n"
    found = layout(content)
    assert [found.kind_at(i) for i in (0, 5, content.index(PROSE), len(content) + 5)] == [
        "title",
        "title",
        "prose",
        "prose",
    ]


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("News Digest\n\nFarm workers meet to learn new skills\n\n", "Farm workers meet to learn new skills"),
        ("Farm workers meet\n\n", "Farm workers meet"),
        ("", None),
    ],
)
def test_title(top, title):
    content = top + PROSE + "\n"
    assert words(content, layout(content).title) == title


@pytest.mark.parametrize(
    ("content", "issued"),
    [
        (f"Farm workers meet to learn\n\n9 May 2001\n\n{PROSE}", "2001-05-09"),
        (f"Farm workers meet to learn\n\nNAIROBI, 9 May 2001 – {PROSE}", "2001-05-09"),
        (f"Farm workers meet to learn\n\n{PROSE} It was on 9 May 2001.", None),
    ],
)
def test_issued(content, issued):
    found = layout(content).issued
    assert (found.value.start if found else None) == issued


def test_publisher():
    content = f"Farm workers meet to learn\n\n{PROSE}\n\npublished by The Alpha Institute\n"
    assert words(content, layout(content).publisher) == "The Alpha Institute"


def test_broken_lines_are_joined():
    content = "a line that a program broke in the middle of its\nwords goes on\n\nAnother one"
    assert [words(content, s) for s in paragraphs(content)][1:] == ["Another one"]


@pytest.mark.parametrize(
    ("entry", "heading", "date", "place"),
    [
        ("Workshop on farm skills\n{d} May 2001\n" + PROSE, "Workshop on farm skills", "2001-05-0{d}", None),
        ("{d} May 2001\nWorkshop on farm skills\n" + PROSE, "Workshop on farm skills", "2001-05-0{d}", None),
        ("{d} May 2001 – Workshop on farm skills", "Workshop on farm skills", "2001-05-0{d}", None),
        ("{d} May 2001 | Workshop on farm skills | Nairobi", "Workshop on farm skills", "2001-05-0{d}", "Nairobi"),
        ("{d} May 2001: Workshop on farm skills, Nairobi", "Workshop on farm skills", "2001-05-0{d}", "Nairobi"),
        ("• Workshop on farm skills, Nairobi ({d} May 2001)", "Workshop on farm skills", "2001-05-0{d}", "Nairobi"),
        (
            "• Workshop on farm skills – Nairobi, {d} May 2001, two days",
            "Workshop on farm skills",
            "2001-05-0{d}",
            "Nairobi, ",
        ),
    ],
)
def test_entries_of_listings(entry, heading, date, place):
    content = "Meetings and fairs of the year\n\n" + "\n\n".join(entry.format(d=d) for d in range(1, 5)) + "\n"
    found = layout(content).entries
    assert [words(content, e.heading) for e in found] == [heading] * 4
    assert [e.date.value.start for e in found] == [date.format(d=d) for d in range(1, 5)]
    assert {words(content, e.place) for e in found} == {place}


def test_two_dates_make_no_listing():
    content = f"Meetings of the year\n\nA first meeting\n3 May 2001\n{PROSE}\n\nA second meeting\n4 May 2001\n{PROSE}\n"
    assert layout(content).entries == ()


LINES = st.sampled_from(
    [
        "3 May 2001",
        "Workshop on skills",
        "• Workshop, Nairobi (3 May 2001)",
        "Donor: X",
        PROSE,
        "",
        "Read more",
        "1. a",
        "3 May 2001 | Fair | Nairobi",
        "Photo: X",
        "  two words",
        "May 2001",
    ]
)


@given(st.lists(LINES, max_size=15).map("\n".join) | st.text(max_size=80))
def test_any_text(content):
    found = layout(content)
    assert found == layout(content)
    ends = [0, *(line.span.end for line in found.lines)]
    for line, before in zip(found.lines, ends, strict=False):
        assert before <= line.span.start < line.span.end <= len(content)
    assert [line.kind for line in found.lines].count("entry") == len(found.entries)
