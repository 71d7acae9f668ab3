"""Who runs and pays for a project by what is done in it: "A trained 300 people under the project"."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast
from ingest.extractors.enumerations import LEAD, chain_after, chain_before
from ingest.extractors.focus import PROJECTS, in_focus, in_paragraph
from ingest.lexicon.relations import any_of
from ingest.model import Span

UNDER = re.compile(
    r"\b(?:under|through|in|within|via|as part of|thanks to|(?:with)?in the (?:frame(?:work)?|context|course) of)\s+"
    r"(?:(?:the|its|their|this|a)\s+)?(?:[a-z-]+\s+){0,2}[“\"‘'«]?$"
)
DEED = re.compile(rf"\b{any_of('done_in_projects', 'done_through')}\b")
ASIDE = re.compile(
    r"(?:\s*\([^()]*\))?,\s+(?:together|jointly|"
    r"in (?:close )?(?:partnership|cooperation|co-operation|collaboration|coordination))\s+with\s"
)
""" "A, in partnership with B, ...": A runs what the text is about."""
EVENT = re.compile(
    r"\b(?:workshop|seminar|conference|meeting|webinar|ceremony|forum|fair|competition|event|congress|talks|visit|"
    r"signed|signs?|held|hosted|organi[sz]ed|published|announced|attended)\b",
    re.I,
)
MONEY_AGREEMENT = re.compile(
    r"\b(?:financing|loan|grant|credit|funding) (?:agreements?|contracts?|arrangements?)\b", re.I
)
PAYERS = re.compile(r"\b(?:bank|fund|foundation|trust|development association|AFD|KfW|KOICA|JICA|Union)\b", re.I)
""" "The Government and Bank B signed a loan agreement": the money is B's."""


def extract(cast: Cast, s: Sentence) -> None:
    """States who runs the projects of a sentence, and who lends or gives the money of an agreement on them."""
    _doers(cast, s)
    _with_partners(cast, s)
    _lenders(cast, s)


def _doers(cast: Cast, s: Sentence) -> None:
    for m in cast.inside_any(PROJECTS, s.span):
        if not UNDER.search(cast.content, s.span.start, m.reach.start):
            continue
        for verb in DEED.finditer(cast.content, s.span.start, m.reach.start):
            for body in chain_before(cast, verb.start(), s):
                cast.state(m.key, "implementer", body.key, s.span, "project/doer", 0.65)


def _with_partners(cast: Cast, s: Sentence) -> None:
    key = in_focus(cast, s) or in_paragraph(cast, s)
    if key is None or EVENT.search(cast.a.words(s.span)):
        return
    doers = chain_after(cast, s.span.start, s, lead=LEAD)[:1]
    if doers and ASIDE.match(cast.content, doers[-1].reach.end, s.span.end):
        cast.state(key, "implementer", doers[0].key, s.span, "project/with-partners", 0.65)


def _lenders(cast: Cast, s: Sentence) -> None:
    if not MONEY_AGREEMENT.search(cast.a.words(s.span)):
        return
    last = cast.last("project", s.span.end)
    for body in cast.inside_any(BODIES, Span(s.span.start, s.span.end)) if last else ():
        lends = cast.members[body.key].type == "IntergovernmentalOrganisation"
        if last and (lends or PAYERS.search(cast.a.words(body.span))):
            cast.state(last.key, "funder", body.key, s.span, "project/lender", 0.65)
