"""Instruments by the form of their whole name: "Law amending the Law on X", "Skills Act-2001", "the union's 2001 action
plan", "Resolution of its 9th Congress"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.annotators.analysis import Analysis, Sentence
from ingest.model import Annotation, Span

CAPITAL = r"[A-Z][\w’'&-]*"
RUN = rf"{CAPITAL}(?:(?:,\s+(?:and\s+)?|\s+(?:(?:and|&|for|of(?:\s+the)?)\s+)?){CAPITAL}){{0,8}}"
LAW = r"(?:Law|Act|Code|Decree|Ordinance|Constitution|Regulations?)"
INNER = rf"(?:{LAW}\s+on\s+(?:the\s+)?{RUN}|(?:{CAPITAL}\s+){{1,5}}?{LAW}\b|{LAW}\b)"
AMENDING = re.compile(
    r"\b(?:(?:[Dd]raft|[Rr]evised|[Nn]ew)\s+)?(?:Law|Act|Bill|Code|Ordinance)\s+(?:(?:on|for)\s+)?"
    r"(?:amending|amendments?\s+(?:to|of)|to\s+amend|revising|replacing|supplementing|the\s+amendment\s+of)\b"
    rf"[^.;,()]{{0,90}}?\bthe\s+(?P<inner>{INNER})"
)
BREAK = r"(?!(?:The|This|Under|In|By|On|With|Of|And|For|A|An|Its|No)\s)"
OF_YEAR = re.compile(
    rf"\b{BREAK}(?:{BREAK}{CAPITAL}\s+(?:(?:and|of|for|&)\s+)?){{1,8}}"
    r"(?:(?:Act|Law|Code|Bill)-(?P<year>(?:19|20)\d\d)"
    r"|(?:Regulations?|Rules|Instrument|Bill|Ordinance)(?:-|,?\s+)(?P<year2>(?:19|20)\d\d))\b"
    r"(?:\s*\(\s*(?P<id>(?:L\.?\s?[INR]\.?|S\.?\s?[IR]\.?|Act|Cap\.?|No\.?)\s?\d{1,5})\s*\))?"
)
PLAN = re.compile(
    rf"\b(?:{BREAK}(?:{CAPITAL}\s+(?:(?:of|for|and|&)\s+)?){{0,6}}?{CAPITAL}(?:[’']s|(?<=s)[’'])\s+)?"
    r"(?P<year>(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?)\s+(?:[a-z]+\s+)?(?:action|work|working|strategic|business|operational)\s+"
    r"(?:plan|programme|program|agenda)\b"
)
ORDINAL = r"(?:\d{1,3}(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth)"
OF_CONGRESS = re.compile(
    rf"\b[Rr]esolution\s+(?:of|adopted\s+(?:by|at))\s+(?:(?:the|its|their)\s+)?(?:{CAPITAL}\s+)?{ORDINAL}\s+(?:{CAPITAL}\s+){{0,5}}?"
    r"(?:Congress|Conference|Assembly|Plenum|Session)\b"
)


def forms_in(a: Analysis, s: Sentence) -> Iterator[Annotation]:
    """What such a form names in a sentence. A law inside the name of the one that amends it has a feature `inside`."""
    content = a.text.content
    for m in AMENDING.finditer(content, s.span.start, s.span.end):
        yield Annotation(Span(*m.span()), "instrument", "Law", "instrument/law-title")
        if " " in m["inner"]:
            yield Annotation(Span(*m.span("inner")), "instrument", "Law", "instrument/law-title", {"inside": True})
    for m in OF_YEAR.finditer(content, s.span.start, s.span.end):
        features = {"year": m["year"] or m["year2"]}
        if m["id"]:
            features["identifier"] = re.sub(r"^(?:Act|Cap\.?|No\.?)\s*|\s", "", m["id"])
        yield Annotation(Span(*m.span()), "instrument", "Law", "instrument/law-name", features)
    for m in PLAN.finditer(content, s.span.start, s.span.end):
        yield Annotation(Span(*m.span()), "instrument", "Plan", "instrument/plan-title")
    for m in OF_CONGRESS.finditer(content, s.span.start, s.span.end):
        yield Annotation(Span(*m.span()), "instrument", "Decision", "instrument/resolution")
