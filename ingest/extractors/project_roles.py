"""Who funds, runs and supports a project: the organisations on the right side of the verbs that say so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.enumerations import chain_after, chain_before
from ingest.extractors.focus import PROJECTS, in_focus, in_paragraph, of_verb
from ingest.lexicon.relations import any_of
from ingest.model import Span

UNDERTAKING = any_of("undertaking")
SUPPORT = "project/supported-by"


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that give organisations a role; `passive` where these stand after the words ("funded by A and B")."""

    name: str
    predicate: str
    pattern: re.Pattern[str]
    passive: bool


def _rule(name: str, predicate: str, pattern: str, *, passive: bool) -> Rule:
    return Rule(f"project/{name}", predicate, re.compile(pattern, re.I), passive)


RULES = (
    _rule("funded-by", "funder", any_of("funded_by") + r"\s+(?:the\s+)?", passive=True),
    _rule("funds", "funder", rf"\b(?:co-?)?{any_of('funds')}\b", passive=False),
    _rule("run-by", "implementer", rf"\b{any_of('run')}{any_of('run_by')}\s+(?:both\s+)?(?:the\s+)?", passive=True),
    _rule("runs", "implementer", rf"\b{any_of('runs')}\b", passive=False),
    _rule("supported-by", "partner", rf"\b{any_of('supported_by')}\s+(?:the\s+)?", passive=True),
    _rule(
        "supports",
        "partner",
        rf"\b{any_of('supports')}\b(?=\s+(?:it|the (?:project|programme|program|scheme|campaign|initiative))\b)",
        passive=False,
    ),
    _rule(
        "project-of",
        "implementer",
        r"\b(?:is|was)\s+(?:a|the)\s+(?:joint\s+)?(?:project|programme|program|initiative|campaign|scheme)"
        r"\s+(?:of|by|between)\s+(?:the\s+)?",
        passive=True,
    ),
    _rule(
        "partners-of",
        "partner",
        r"\b(?:are|is|were)\s+(?:also\s+|the\s+)?partners?\s+(?:of|in)\s+(?:the\s+)?"
        r"(?:project|programme|program|campaign|scheme)\b",
        passive=False,
    ),
    _rule(
        "carry-out",
        "implementer",
        rf"\b(?:carr(?:y|ies|ied)|r[ua]ns?)\s+(?:the\s+)?(?:{UNDERTAKING}|it)\s+(?:out|together|jointly)\b",
        passive=False,
    ),
)
IT = re.compile(r"\s+it\b")
IT_WITH = re.compile(r"\s+it\s+(?:jointly|together)\s+with\s+(?:the\s+)?")
WITH_WHOM = re.compile(r"\bin (?:close )?(?:cooperation|collaboration|partnership) with (?:the )?")
IT_OR_PROJECT = re.compile(rf"\s+(?:it|the {UNDERTAKING})\b")
WHICH = re.compile(r"\bwhich\s+(?:the\s+)?[^,]{2,120}$")
GOES_ON = re.compile(r"\s*(?:It|This|The money|It was)")
"""How a sentence begins that goes on about the project of the one before."""


def extract(cast: Cast, s: Sentence) -> None:
    """States the roles that a sentence gives to organisations."""
    named = in_focus(cast, s) or cast.page
    known = named or in_paragraph(cast, s)
    for rule in RULES:
        for verb in rule.pattern.finditer(cast.content, s.span.start, s.span.end):
            project = of_verb(cast, s, verb, passive=rule.passive) or known
            if project is None:
                continue
            if not rule.passive and known and IT.match(cast.content[verb.end() : verb.end() + 4]):
                _runs_it(cast, s, rule, verb, known)
                continue
            if _says_of_project(cast, s, rule, verb, named):
                _state(cast, s, rule, project, _bodies(cast, s, rule, verb), 0.85 if named is not None else 0.6)


def _bodies(cast: Cast, s: Sentence, rule: Rule, verb: re.Match[str]) -> list[Mention]:
    return chain_after(cast, verb.end(), s) if rule.passive else chain_before(cast, verb.start(), s)


def _runs_it(cast: Cast, s: Sentence, rule: Rule, verb: re.Match[str], project: str) -> None:
    """ "A runs it together with B", "A funds it in cooperation with C"."""
    bodies = chain_before(cast, verb.start(), s)
    together = IT_WITH.match(cast.content[verb.end() : s.span.end])
    if together:
        bodies += chain_after(cast, verb.end() + together.end(), s)
    for body in bodies:
        cast.state(project, rule.predicate, body.key, s.span, rule.name, 0.7)
    with_whom = WITH_WHOM.search(cast.content[verb.end() : s.span.end])
    if with_whom:
        for body in chain_after(cast, verb.end() + with_whom.end(), s):
            cast.state(project, "partner", body.key, s.span, SUPPORT, 0.65)


def _says_of_project(cast: Cast, s: Sentence, rule: Rule, verb: re.Match[str], named: str | None) -> bool:
    """Whether a verb is about the project: it must point back where none is named, and "runs" needs its object."""
    if rule.name == SUPPORT:
        return named is not None or GOES_ON.match(cast.a.words(s.span)) is not None
    points_back = IT_OR_PROJECT.match(cast.content[verb.end() : verb.end() + 40])
    if rule.name in ("project/runs", "project/funds") and named is None and not points_back:
        return False
    if rule.name == "project/runs":
        objects = cast.inside_any(PROJECTS, Span(verb.end(), s.span.end))
        near = bool(objects) and objects[0].span.start - verb.end() < 90
        return near or WHICH.search(cast.content[s.span.start : verb.start()]) is not None
    return True


def _state(cast: Cast, s: Sentence, rule: Rule, project: str, bodies: list[Mention], confidence: float) -> None:
    for body in bodies:
        # Who pays or runs is no mere partner.
        more = any((project, role, body.key) in cast.facts for role in ("funder", "implementer"))
        if not (rule.predicate == "partner" and more):
            cast.state(project, rule.predicate, body.key, s.span, rule.name, confidence)
