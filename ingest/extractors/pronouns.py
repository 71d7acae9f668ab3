"""Whose deed a sentence tells whose subject is a pronoun: "Since 2015 it has run ...", "Both have carried out ..."."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.extractors.cast import Cast, Mention
from ingest.extractors.enumerations import chain_after
from ingest.extractors.pairs import sides_before
from ingest.lexicon.relations import any_of

PRONOUN = re.compile(
    rf"(?:^|[\s,])(?P<one>[Ii]t)(?:\s+{any_of('between_subject_and_verb')})*\s*$"
    rf"|(?:^|[\s,])(?P<more>[Tt]hey|[Bb]oth|[Tt]he two)(?:\s+{any_of('between_subject_and_verb')})*\s*$"
)
"""A pronoun as the subject right before a verb."""
TWO = re.compile(r"\s*(?:The two|Both)\b")
SAID = re.compile(r"\b(?:said|says|noted|explained|added|stressed)\s+(?:that\s+)?(?:the\s+)?")
LEAD = re.compile(r"^\s*(?:(?:Both\s+)?[Tt]he\s+)?$")
"""Before the subject with which a sentence begins."""


def subjects(cast: Cast, s: Sentence, verb: int) -> list[Mention]:
    """The bodies for which the pronoun right before a verb stands: the subject of the sentence before."""
    match = PRONOUN.search(cast.content[s.span.start : verb])
    before = cast.sentences.before(s.span.start, 1) if match else []
    if match is None or not before or before[0].line != s.line:
        return []
    last = before[0]
    chain = chain_after(cast, last.span.start, last, lead=LEAD)
    if not chain and (said := SAID.search(cast.content, last.span.start, last.span.end)):
        chain = chain_after(cast, said.end(), last)  # "Ms A said the B has grown. It has run ..."
    if match["one"]:
        return chain if len(chain) == 1 else []
    if TWO.match(cast.a.words(last.span)):
        keys = sides_before(cast, last.span.start)
        return [Mention(last.span, key, "organisation", last.span) for key in keys]
    return chain if len(chain) > 1 else []
