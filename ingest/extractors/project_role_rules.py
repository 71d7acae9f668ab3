"""The words that say who funds, runs and supports a project, and on which side of them the organisations stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.lexicon.relations import any_of

UNDERTAKING = any_of("undertaking")
THE = r"\s+(?:both\s+)?(?:the\s+)?"


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that give organisations a role. `passive`: these stand after the words ("funded by A and B").

    `object`: the project must follow the words at once ("A launched the project"). `subject`: it must stand right
    before them ("the project works with A"). `named_so`: the words say what the organisation before them is.
    """

    name: str
    predicate: str
    pattern: re.Pattern[str]
    passive: bool = False
    object: bool = False
    subject: bool = False
    named_so: bool = False


def _rule(name: str, predicate: str, pattern: str, **kind: bool) -> Rule:
    return Rule(f"project/{name}", predicate, re.compile(pattern, re.I), **kind)


MONEY = r"(?:[$€£¥₫₩₹]|\b[A-Z]{2,3}\$?\s?\d|\d\s?(?:million|billion|bn|m)\b|\d\s+(?:dollars|euros|pounds|yen|francs)\b)"
ROLE_WORDS = rf"(?:{any_of('role_words')}[\s-]*)*"
IS_ROLE = (
    r"(?:\b(?:is|are|was|were|be|being|as|remains?|(?:acts?|acting|acted|serv(?:es?|ing|ed)) as)\s+"
    r"|,\s*(?:the|its)\s+|\(\s*)"
)
ROLE_IS = r"(?:\s+(?:is|are|was|were|includes?|included)|:|(?=\s+[A-Z]))"
FUNDED = _rule("funded-by", "funder", any_of("money_from") + THE, passive=True)
RUN = _rule("run-by", "implementer", rf"\b{any_of('run')}{any_of('run_by')}{THE}", passive=True)
RUNS = _rule("runs", "implementer", rf"\b{any_of('runs')}\b")
FUNDS = _rule("funds", "funder", rf"\b(?:co-?)?{any_of('funds')}\b(?!\s+(?:by|from|through)\b)")
HANDS = _rule("in-hands", "implementer", rf"\b{any_of('in_hands')}{THE}", passive=True)
WITH_MONEY = rf"\bwith\s+(?:[a-z]+\s+){{0,3}}(?-i:{MONEY})"
SUPPORT = _rule("supported-by", "partner", rf"\b{any_of('supported_by')}{THE}", passive=True)
RULES = (
    FUNDED,
    FUNDS,
    _rule("pays", "funder", rf"\b{any_of('pays')}\b(?=(?:[^.;]|\.(?=\d)){{0,30}}?(?-i:{MONEY}))"),
    _rule("pays-rest", "funder", rf"\b(?:{any_of('pays')}|finds?|found)\s+the\s+(?:rest|remainder|balance)\b"),
    _rule("co-funds", "funder", r"\bwith\s+co-?(?:funding|financing)\s+(?:from|of|by)\b"),
    _rule("contribution", "funder", rf"\b(?:contribution|grant|donation)\s+of\s+(?:[a-z]+\s+){{0,3}}(?-i:{MONEY})"),
    _rule(
        "thanked",
        "funder",
        r"\b(?:thank(?:s|ed|ing|ful to)?|grateful to|gratitude to|appreciation to)\s+(?:the\s+)?(?=[^.;]{2,80}?\sfor\s+"
        rf"(?:(?:providing|granting|its|their|the|generous)\s+)*{any_of('money_nouns')}\b)",
        passive=True,
    ),
    _rule("money-by", "funder", rf"\b{any_of('helped')}\s+by{THE}(?=[^.;]{{2,80}}?{WITH_MONEY})", passive=True),
    _rule("with-money", "funder", rf"\b{any_of('helps', 'helped')}\b(?=[^.;]{{1,60}}?{WITH_MONEY})"),
    RUN,
    HANDS,
    RUNS,
    _rule("launches", "implementer", rf"\b{any_of('launches')}\b", object=True),
    _rule("is-implementer", "implementer", rf"{IS_ROLE}{ROLE_WORDS}{any_of('role_implementer')}\b", named_so=True),
    _rule("implementer-is", "implementer", rf"\b{any_of('role_implementer')}(?-i:{ROLE_IS}){THE}", passive=True),
    _rule("is-funder", "funder", rf"{IS_ROLE}{ROLE_WORDS}{any_of('role_funder')}\b", named_so=True),
    _rule("funder-is", "funder", rf"\b{any_of('role_funder')}(?-i:{ROLE_IS}){THE}", passive=True),
    SUPPORT,
    _rule(
        "as-partner",
        "partner",
        r"\b(?:with|brings?\s+in|brought\s+in|includes?|involves?|has|have|counts)\s+(?:the\s+)?(?=[^.;:]{2,160}?\sas\s+(?:an?\s+|its\s+|the\s+)?"
        r"(?:(?!implementing|executing)[a-z-]+\s+){0,2}partners?\b)",
        passive=True,
    ),
    _rule(
        "helping",
        "partner",
        r"\bwith\s+(?:the\s+)?(?=[^.;:]{2,120}?\s(?:(?:provid|giv|lend|offer|contribut|supply|furnish)ing\s+(?:(?:its|the)\s+)?"
        r"(?:[a-z-]+\s+(?:and\s+)?){0,2}(?:support|assistance|advice|expertise|help|know-how|inputs|guidance)\b"
        r"|(?:assist|support|help|advis|collaborat|cooperat)ing\b))",
        passive=True,
    ),
    _rule("at-side", "partner", rf"\bwith{THE}(?=[^.;:]{{2,120}}?\sat\s+(?:its|their)\s+sides?\b)", passive=True),
    _rule("deeds", "partner", rf"\b{any_of('deeds_for_projects')}(?=\s*(?:[.,;]|(?:and|to|for|at|with|in)\b))"),
    _rule("lends-support", "partner", rf"\b{any_of('lends_support')}(?=\s*(?:[.,;]|(?:and|too|with)\b|as well))"),
    _rule("supports", "partner", rf"\b{any_of('supports')}\b", object=True),
    _rule(
        "joined-as-partner",
        "partner",
        r"\b(?:joins?|joined|(?:comes?|came) on board|signed up|becomes?|became)\b[^.;]{0,80}?"
        r"\b(?:as|an?|the)?\s*(?:[a-z-]+\s+){0,2}partners?\b(?=\s+(?:of|in|to|for|on)\b|[.,;])",
    ),
    _rule("works-with", "partner", rf"\b{any_of('works_with')}{THE}", passive=True, subject=True),
    _rule(
        "project-of",
        "implementer",
        rf"\b(?:is|was)\s+(?:an?|the)\s+(?:[a-z-]+\s+){{0,2}}(?:{UNDERTAKING}|{any_of('joint_undertakings')})\s+(?:of|by|between){THE}",
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
