"""Who funds, runs and supports a project: the organisations on the right side of the verbs that say so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.enumerations import chain_after, chain_before
from ingest.extractors.focus import PROJECTS, in_focus, in_paragraph, of_verb
from ingest.extractors.pronouns import subjects
from ingest.lexicon.relations import any_of
from ingest.model import Span

UNDERTAKING = any_of("undertaking")
THE = r"\s+(?:both\s+)?(?:the\s+)?"


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that give organisations a role. `passive`: these stand after the words ("funded by A and B").

    `object`: the project must follow the words at once ("A launched the project"). `subject`: it must stand right
    before them ("the project works with A").
    """

    name: str
    predicate: str
    pattern: re.Pattern[str]
    passive: bool = False
    object: bool = False
    subject: bool = False


def _rule(name: str, predicate: str, pattern: str, **kind: bool) -> Rule:
    return Rule(f"project/{name}", predicate, re.compile(pattern, re.I), **kind)


MONEY = r"(?:[$€£¥₫₩₹]|\b[A-Z]{2,3}\$?\s?\d|\d\s?(?:million|billion|bn|m)\b|\d\s+(?:dollars|euros|pounds|yen|francs)\b)"
FUNDED = _rule("funded-by", "funder", any_of("funded_by") + THE, passive=True)
RUN = _rule("run-by", "implementer", rf"\b{any_of('run')}{any_of('run_by')}{THE}", passive=True)
RUNS = _rule("runs", "implementer", rf"\b{any_of('runs')}\b")
FUNDS = _rule("funds", "funder", rf"\b(?:co-?)?{any_of('funds')}\b")
HANDS = _rule("in-hands", "implementer", rf"\b{any_of('in_hands')}{THE}", passive=True)
WITH_MONEY = rf"\bwith\s+(?:[a-z]+\s+){{0,3}}(?-i:{MONEY})"
SUPPORT = _rule("supported-by", "partner", rf"\b{any_of('supported_by')}{THE}", passive=True)
RULES = (
    FUNDED,
    FUNDS,
    _rule("pays", "funder", rf"\b{any_of('pays')}\b(?=(?:[^.;]|\.(?=\d)){{0,30}}?(?-i:{MONEY}))"),
    _rule("pays-rest", "funder", rf"\b(?:{any_of('pays')}|finds?|found)\s+the\s+(?:rest|remainder|balance)\b"),
    _rule("money-by", "funder", rf"\b{any_of('helped')}\s+by{THE}(?=[^.;]{{2,80}}?{WITH_MONEY})", passive=True),
    _rule("with-money", "funder", rf"\b{any_of('helps', 'helped')}\b(?=[^.;]{{1,60}}?{WITH_MONEY})"),
    RUN,
    HANDS,
    RUNS,
    _rule("launches", "implementer", rf"\b{any_of('launches')}\b", object=True),
    SUPPORT,
    _rule(
        "as-partner",
        "partner",
        r"\bwith\s+(?:the\s+)?(?=[^.;:]{2,160}?\sas\s+(?:an?\s+|its\s+|the\s+)?"
        r"(?:(?!implementing|executing)[a-z-]+\s+){0,2}partners?\b)",
        passive=True,
    ),
    _rule("at-side", "partner", rf"\bwith{THE}(?=[^.;:]{{2,120}}?\sat\s+(?:its|their)\s+sides?\b)", passive=True),
    _rule("deeds", "partner", rf"\b{any_of('deeds_for_projects')}(?=\s*(?:[.,;]|(?:and|to|for|at|with|in)\b))"),
    _rule("lends-support", "partner", rf"\b{any_of('lends_support')}(?=\s*(?:[.,;]|(?:and|too|with)\b|as well))"),
    _rule("supports", "partner", rf"\b{any_of('supports')}\b", object=True),
    _rule("works-with", "partner", rf"\b{any_of('works_with')}{THE}", passive=True, subject=True),
    _rule(
        "project-of",
        "implementer",
        rf"\b(?:is|was)\s+(?:an?|the)\s+(?:[a-z-]+\s+){{0,2}}(?:{UNDERTAKING}|partnership|collaboration)\s+(?:of|by|between){THE}",
        passive=True,
    ),
    _rule("leadership", "implementer", rf"\bunder the {any_of('leadership')} of{THE}", passive=True),
    _rule(
        "partners-of",
        "partner",
        r"\b(?:are|is|were)\s+(?:also\s+)?(?:(?:an?\s+|the\s+)?partners?\s+(?:of|in)\s+(?:the\s+)?"
        r"(?:project|programme|program|campaign|scheme)|(?:its|the project[’']s)\s+partners?)\b",
    ),
    _rule(
        "carry-out",
        "implementer",
        rf"\b(?:carr(?:y|ies|ied)|r[ua]ns?|implements?|manages?)\s+(?:(?:the|this)\s+)?(?:{UNDERTAKING}|it)"
        r"\s+(?:out|together|jointly)\b",
    ),
)
IT = re.compile(r"\s+it\b")
TOGETHER = re.compile(rf"(?:,\s*)?\b{any_of('run_together')}{THE}", re.I)
TOGETHER_FIRST = re.compile(r"\W*(?:Together|Jointly|Along)\s+with\s+(?:the\s+)?")
WITH_WHOM = re.compile(r"\bin (?:close )?(?:cooperation|collaboration|partnership) with (?:the )?")
WITH = re.compile(r"(?:\s+(?:it|out))?\s+with\s+(?:the\s+)?")
IT_WAS = re.compile(r"\bit\s+(?:was|is|has been|will be)\s+(?:also\s+)?$", re.I)
IT_OR_PROJECT = re.compile(rf"\s+(?:it|(?:the|this) {UNDERTAKING})\b")
WHICH = re.compile(r"\b(?:which|that)\s+(?:the\s+)?[^,]{2,120}$")
GOES_ON = re.compile(r"\s*(?:It|This|The money|It was)")
"""How a sentence begins that goes on about the project of the one before."""
SMALL = "by|with|from|in|of|for|to|at|on|and|or|that|which|as|when|where|while|about"
TO_OBJECT = re.compile(
    rf"(?:\s+(?!(?:{SMALL})\b)(?:[a-z][\w-]*|[A-Z][\w-]*(?:ese|an|ish|i)))*?"
    rf"(?:\s+{UNDERTAKING},?(?:\s+(?:named|called|entitled|titled|on))?)?\s*[“\"‘'«(]*",
)
"""Between a verb and the project that is its object."""
FROM_SUBJECT = re.compile(
    rf"[”\"’'»)]*(?:\s*\([^()]*\))?(?:\s+{UNDERTAKING})?(?:\s*\([^()]*\))?,?"
    r"(?:\s+(?:also|which|that|has|is|been|will|can|mainly))*\s*",
    re.I,
)
"""Between a project and the verb whose subject it is."""
OTHER = re.compile(rf"\b{any_of('other_undertakings')}\b", re.I)
REACH, NEAR, FAR = 60, 90, 200
OPENING = re.compile(r"\W*(?:\w+\s+){0,2}$")


def extract(cast: Cast, s: Sentence) -> None:
    """States the roles that a sentence gives to organisations."""
    named = in_focus(cast, s) or cast.page
    paragraph = named or in_paragraph(cast, s)
    for rule in RULES:
        # Money in a text on one project is for that project.
        known = paragraph or (cast.topic if rule.predicate == "funder" else None)
        if known is None:
            continue
        for verb in rule.pattern.finditer(cast.content, s.span.start, s.span.end):
            project = of_verb(cast, s, verb, passive=rule.passive) or known
            if not rule.passive and IT.match(cast.content, verb.end(), verb.end() + 4):
                _state(cast, s, rule, known, _bodies(cast, s, rule, verb), 0.7)
            elif _says_of_project(cast, s, rule, verb, named):
                _state(cast, s, rule, project, _bodies(cast, s, rule, verb), 0.85 if named is not None else 0.6)
            else:
                continue
            if not rule.passive:
                _with_others(cast, s, rule, verb, project)


def _bodies(cast: Cast, s: Sentence, rule: Rule, verb: re.Match[str]) -> list[Mention]:
    """The organisations after or before a verb, and those that a sentence begins with: "Together with A, B runs X"."""
    if rule.passive:
        return chain_after(cast, verb.end(), s)
    together = TOGETHER_FIRST.match(cast.content, s.span.start, verb.start())
    first = chain_after(cast, together.end(), s) if together else []
    before = chain_before(cast, verb.start(), s) or subjects(cast, s, verb.start())
    return [*first, *(m for m in before if m not in first)]


def _with_others(cast: Cast, s: Sentence, rule: Rule, verb: re.Match[str], project: str) -> None:
    """ "A runs it together with B", "A funds it in cooperation with C"."""
    if not _bodies(cast, s, rule, verb):
        return
    end = min(s.span.end, verb.end() + FAR)
    # The last word of "carries it out together" may be the first one here.
    together = TOGETHER.search(cast.content, verb.end() - len(" together"), end)
    if together and rule.predicate != "partner":
        _state(cast, s, rule, project, chain_after(cast, together.end(), s), 0.7)
    with_whom = WITH_WHOM.search(cast.content, verb.end(), end) or WITH.match(cast.content, verb.end(), end)
    if with_whom:
        _state(cast, s, SUPPORT, project, chain_after(cast, with_whom.end(), s), 0.65)


def _says_of_project(cast: Cast, s: Sentence, rule: Rule, verb: re.Match[str], named: str | None) -> bool:
    """Whether a verb is about the project: it must point back where none is named, and "runs" needs its object."""
    if rule.object:
        return _is_object(cast, s, verb)
    if rule.subject:
        return _is_subject(cast, s, verb)
    if rule is SUPPORT and TOGETHER_FIRST.match(cast.content, s.span.start, verb.end()):
        return False
    if rule is SUPPORT:
        goes_on = GOES_ON.match(cast.a.words(s.span)) or IT_WAS.search(cast.content, s.span.start, verb.start())
        return named is not None or goes_on is not None
    if rule in (RUN, HANDS):
        return _is_run(cast, s, verb)
    points_back = IT_OR_PROJECT.match(cast.content, verb.end(), verb.end() + 40)
    if rule in (RUNS, FUNDS) and named is None and not points_back:
        return False
    if rule is RUNS:
        objects = cast.inside_any(PROJECTS, Span(verb.end(), s.span.end))
        between = cast.content[verb.end() : objects[0].span.start] if objects else ""
        near = bool(objects) and len(between) < NEAR and not OTHER.search(between)
        return near or WHICH.search(cast.content[s.span.start : verb.start()]) is not None
    return True


def _is_object(cast: Cast, s: Sentence, verb: re.Match[str]) -> bool:
    """Whether a project follows a verb at once."""
    end = min(s.span.end, verb.end() + REACH)
    first = next(iter(cast.inside_any(PROJECTS, Span(verb.end(), end))), None)
    if first is None:
        return IT.match(cast.content, verb.end(), end) is not None
    return TO_OBJECT.fullmatch(cast.content, verb.end(), first.reach.start) is not None


def _is_subject(cast: Cast, s: Sentence, verb: re.Match[str]) -> bool:
    """Whether a project stands right before a verb."""
    last = _last_project(cast, s, verb.start())
    return last is not None and FROM_SUBJECT.fullmatch(cast.content, last.span.end, verb.start()) is not None


def _is_run(cast: Cast, s: Sentence, verb: re.Match[str]) -> bool:
    """Whether what "run by" says is run is a project, not a course or a team that is named between."""
    last = _last_project(cast, s, verb.start())
    begin = last.span.end if last is not None else s.span.start
    if OTHER.search(cast.content, max(begin, verb.start() - REACH), verb.start()):
        return False
    later = last is None and cast.inside_any(PROJECTS, Span(verb.end(), s.span.end))
    return not later or OPENING.fullmatch(cast.content, s.span.start, verb.start()) is not None


def _last_project(cast: Cast, s: Sentence, offset: int) -> Mention | None:
    return next(reversed(cast.inside_any(PROJECTS, Span(s.span.start, offset))), None)


def _state(cast: Cast, s: Sentence, rule: Rule, project: str, bodies: list[Mention], confidence: float) -> None:
    for body in bodies:
        # Who pays or runs is no mere partner.
        more = any((project, role, body.key) in cast.facts for role in ("funder", "implementer"))
        if not (rule.predicate == "partner" and more):
            cast.state(project, rule.predicate, body.key, s.span, rule.name, confidence)
