"""Who funds, runs and supports a project: the organisations on the right side of the verbs that say so."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import BODIES, Cast, Mention
from ingest.extractors.enumerations import ASIDE, chain_after, chain_before
from ingest.extractors.focus import PROJECTS, in_focus, in_paragraph, listed_with, of_verb
from ingest.extractors.project_role_rules import FUNDED, FUNDS, HANDS, RULES, RUN, RUNS, SUPPORT, THE, UNDERTAKING, Rule
from ingest.extractors.pronouns import subjects
from ingest.lexicon.relations import any_of
from ingest.model import Span

RELATIVE = re.compile(r"\)?(?:\s*\([^()]*\))?,\s+(?:which|who)(?:\s+(?:also|both|jointly|now|has|have|will))*\s*")
IT = re.compile(r"\s+it\b")
TOGETHER = re.compile(rf"(?:,\s*)?\b{any_of('run_together')}{THE}", re.I)
TOGETHER_FIRST = re.compile(r"\W*(?:Together|Jointly|Along)\s+with\s+(?:the\s+)?")
WITH_WHOM = re.compile(r"\bin (?:close )?(?:cooperation|collaboration|partnership) with (?:the )?")
WITH = re.compile(r"(?:\s+(?:it|out))?\s+with\s+(?:the\s+)?")
IT_WAS = re.compile(r"\bit\s+(?:was|is|has been|will be)\s+(?:also\s+)?$", re.I)
IT_OR_PROJECT = re.compile(rf"\s+(?:it|(?:the|this) {UNDERTAKING})\b")
WHICH = re.compile(r"\b(?:which|that)\s+(?:the\s+)?[^,]{2,120}$")
ITS_CLAUSE = re.compile(r",\s+(?:which|that)\s+[^,;]{2,120}$")
FROM_NAME_TO_CLAUSE = re.compile(r"[”\"’'»)]*(?:\s+[a-z]+)?(?:\s*\([^()]*\))?,\s+(?:which|that)\s")
""" "X project, which A supports"."""
THROUGH = re.compile(r"(?:\s*\([^()]*\))?,?\s+(?:through|via)\s+(?:the\s+|its\s+)?")
COUNTRY_THROUGH = re.compile(
    r"(?:the\s+)?[A-Z]\w+(?:\s(?:of\s)?[A-Z]\w+){0,3},?\s+(?:through|via|represented by)\s+(?:the\s+|its\s+)?"
)
""" "funded by Norway through A": the country is no body."""
COMMA = re.compile(r"(?:\s*\([^()]*\))?\s*,\s*(?:the\s+|its\s+)?")
PAYS_FOR_OTHERS = re.compile(r"\b(?:bank|fund|agency|foundation|trust|facility|KfW)\b", re.I)
""" "Funded by A through Bank B": banks and funds give the money on, embassies do not."""
GROUPS = re.compile(
    r"(?:(?:the|its|other|several|various)\s+)?(?:[a-z][\w-]*\s+){0,3}(?:[A-Z][a-z]+\s+)?(?:[a-z][\w-]*s|SMEs|NGOs|CSOs)"
    r"(?:,\s*(?:[a-z][\w-]*\s+){0,2}(?:[a-z][\w-]*s|SMEs|NGOs|CSOs))*(?:,\s*(?:and\s+)?|\s+and\s+|\s+as\s+well\s+as\s+)(?:the\s+)?"
)
""" "with local colleges, NGOs and A": groups without a name before the first body of a list."""
GOES_ON = re.compile(
    r"\s*(?:It|This|The money|(?:(?:Other|Further|Additional|Local|Key|Main|The|Its)\s+(?:[a-z]+\s+)?)?[Pp]artners?\b)"
)
"""How a sentence begins that goes on about the project of the one before."""
SMALL = "by|with|from|in|of|for|to|at|on|and|or|that|which|as|when|where|while|about"
TO_OBJECT = re.compile(
    rf"(?:\s+the\s+(?:\w+\s+)?(?:phase|stage|component|pilot|implementation|roll-?out)\s+(?:\w+\s+)?of(?:\s+the)?)?(?:\s+(?!(?:{SMALL})\b)(?:[a-z][\w-]*|[A-Z][\w-]*(?:ese|an|ish|i)))*?"
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
GUIDES = re.compile(r"\s+(?:through|to|into|up|towards?)\b")
""" "They lead through the programme"."""
REACH, NEAR, FAR = 60, 90, 200
NAME_REACH = 120
"""Characters before a short form in brackets that are looked at for its name."""
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
            for other in listed_with(cast, s, verb, project):
                _state(cast, s, rule, other, _bodies(cast, s, rule, verb), 0.7)
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
        found = _after_groups(cast, s, verb.end())
        found = _without_subject(cast, found)
        return _with_channels(cast, s, found) if rule is FUNDED else found
    together = TOGETHER_FIRST.match(cast.content, s.span.start, verb.start())
    first = chain_after(cast, together.end(), s) if together else []
    own = _of_clause(cast, s, verb.start())
    before = own or chain_before(cast, verb.start(), s) or subjects(cast, s, verb.start())
    if not before and rule.named_so:
        # "with A being the implementing agency", "A (donor)"
        last = next(reversed(cast.inside_any(BODIES, Span(s.span.start, verb.start()))), None)
        before = [last] if last and not cast.content[last.reach.end : verb.start()].strip() else []
    return [*first, *(m for m in before if m not in first)]


def _of_clause(cast: Cast, s: Sentence, verb: int) -> list[Mention]:
    """ "A, in partnership with B, which pays for it, ...": B, in an aside, is the subject of the relative clause."""
    last = next(reversed(cast.inside_any(BODIES, Span(s.span.start, verb))), None)
    clause = last is not None and RELATIVE.fullmatch(cast.content, last.reach.end, verb) is not None
    if last is None or not clause:
        return []
    # Of "the Alpha Institute (AI)" the name, not the short form in brackets, follows the preposition.
    named = cast.inside_any(BODIES, Span(max(s.span.start, last.span.start - NAME_REACH), verb))
    first = next(m for m in named if m.key == last.key)
    return [last] if ASIDE.search(cast.content, s.span.start, first.reach.start) else []


def _after_groups(cast: Cast, s: Sentence, offset: int) -> list[Mention]:
    """The organisations that follow as a list, also after groups that have no name."""
    found = chain_after(cast, offset, s)
    groups = None
    for pattern in () if found else (GROUPS, COUNTRY_THROUGH):
        groups = groups or pattern.match(cast.content, offset, s.span.end)
    return chain_after(cast, groups.end(), s) if groups else found


def _without_subject(cast: Cast, found: list[Mention]) -> list[Mention]:
    """ "Financed by A, B has run ...": B is no member of a list, which would close with "and"."""
    if len(found) > 1 and COMMA.fullmatch(cast.content, found[-2].reach.end, found[-1].reach.start):
        return found[:-1]
    return found


def _with_channels(cast: Cast, s: Sentence, found: list[Mention]) -> list[Mention]:
    """ "A through Bank B, and C": funders with those that hand the money on, and with who pays besides."""
    through = THROUGH.match(cast.content, found[-1].reach.end, s.span.end) if found else None
    channels = chain_after(cast, through.end(), s) if through else []
    if not channels:
        return found
    besides = [m for n, m in enumerate(channels) if n and cast.content[channels[n - 1].reach.end] == ","]
    paying = [m for m in channels if m in besides or PAYS_FOR_OTHERS.search(cast.a.words(m.span))]
    return [*found, *paying]


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
        _state(cast, s, SUPPORT, project, _after_groups(cast, s, with_whom.end()), 0.65)


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
        near = bool(objects) and len(between) < NEAR and not (OTHER.search(between) or GUIDES.match(between))
        return near or WHICH.search(cast.content[s.span.start : verb.start()]) is not None
    return True


def _is_object(cast: Cast, s: Sentence, verb: re.Match[str]) -> bool:
    """Whether a project follows a verb at once."""
    if ITS_CLAUSE.search(cast.content, s.span.start, verb.start()):
        last = _last_project(cast, s, verb.start())
        clause = cast.content[last.span.end : verb.start()] if last is not None else ""
        return FROM_NAME_TO_CLAUSE.match(clause) is not None
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
    others = OTHER.finditer(cast.content, max(begin, verb.start() - REACH), verb.start())
    if any(not cast.covering("organisation", other.start()) for other in others):
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
