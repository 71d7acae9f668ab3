"""Instruments: numbered, conventions, titled laws and plans, trade, agreements by description."""

import pytest

from ingest.annotators import instruments


@pytest.mark.parametrize(
    ("content", "marked", "kind", "rule"),
    [
        ("The Decision No. 12/2001/XX-YZ of May says so.", "Decision No. 12/2001/XX-YZ", "Decision", "numbered"),
        ("The Proclamation No. 123 says so.", "Proclamation No. 123", "Law", "numbered"),
        ("See Sub-Decree No. 12 for more.", "Sub-Decree No. 12", "Decision", "numbered"),
        ("See Decree-Law No. 2001-12 for more.", "Decree-Law No. 2001-12", "Law", "numbered"),
        ("See Resolution No. 12-NQ/XX for more.", "Resolution No. 12-NQ/XX", "Decision", "numbered"),
        ("See Department Order No. 12-01 for more.", "Department Order No. 12-01", "Decision", "numbered"),
        ("The Farm Workers Act, 2001 (Act 12) says so.", "Farm Workers Act, 2001 (Act 12)", "Law", "law-name"),
        ("The Farm Fund (Amendment) Act 2001 says so.", "Farm Fund (Amendment) Act 2001", "Law", "law-name"),
        ("The Farm Policy Plan 2001 and the sun help.", "Farm Policy Plan 2001", "Plan", "plan-title"),
        ("They follow Plan 12/2001.", "Plan 12/2001", "Plan", "numbered"),
        ("They ratified ILO Convention No. 87 early.", "ILO Convention No. 87", "Convention", "convention"),
        (
            "The Farm Workers Convention, 1905 (No. 99) says so.",
            "Farm Workers Convention, 1905 (No. 99)",
            "Convention",
            "convention-title",
        ),
        ("The Revised Law on Farm Work was passed.", "Revised Law on Farm Work", "Law", "law-title"),
        ("The new Farm Code was passed.", "Farm Code", "Law", "law-name"),
        ("They joined the RCEP late.", "RCEP", "TradeAgreement", "trade-abbreviation"),
        ("the Alpha Free Trade Agreement helps", "Alpha Free Trade Agreement", "TradeAgreement", "trade-name"),
        ("The Alpha Declaration was read.", "Alpha Declaration", "Convention", "convention-name"),
        ("The Strategy for Farm Work 2001-2010 was read.", "Strategy for Farm Work 2001-2010", "Plan", "plan-title"),
        (
            "He praised the farm strategy for the period 2001-2010.",
            "farm strategy for the period 2001-2010",
            "Plan",
            "plan-period",
        ),
        (
            "Both sides signed a memorandum of understanding on farm work.",
            "memorandum of understanding on farm work",
            "MemorandumOfUnderstanding",
            "agreement-signed",
        ),
        (
            "They signed a “Cooperation Agreement for Farms” today.",
            "Cooperation Agreement for Farms",
            "CooperationAgreement",
            "agreement-quoted",
        ),
    ],
)
def test_rules(analyse, content, marked, kind, rule):
    [a] = instruments.annotate(analyse(content))
    assert (content[a.span.start : a.span.end], a.value, a.rule) == (marked, kind, f"instrument/{rule}")


def test_several_conventions_are_one_each(analyse):
    found = instruments.annotate(analyse("They ratified Conventions 87 and 98 early."))
    assert [(a.features["identifier"], a.features["name"]) for a in found] == [
        ("87", "Convention 87"),
        ("98", "Convention 98"),
    ]


def test_issuer_between_head_and_number(analyse):
    content = "See Decision of the Minister of Farms No. 12/2001 for this."
    [a] = instruments.annotate(analyse(content))
    assert a.features["identifier"] == "12/2001"
    issuer = a.features["issuer"]
    assert content[issuer.start : issuer.end].strip() == "of the Minister of Farms"


@pytest.mark.parametrize(
    "content",
    [
        "Promoting Farm Work Convention",
        "They plan to leave.",
        "The agreement was good.",
        "No agreement was signed.",
        "They were in agreement with the contents of the report.",
        "They proposed agreements with Kenya and others.",
        "A cooperation plan with Kenya is discussed.",
        "She is Chief Strategy Officer here.",
        "This Law is new.",
        "",
    ],
)
def test_no_instrument(analyse, content):
    assert instruments.annotate(analyse(content)) == []
