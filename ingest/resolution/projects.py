"""IRIs of projects: a short name alone is the project that another document spells out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.annotators.gazetteer import fold
from ingest.model import Findings
from ingest.resolution.slugs import slug
from ingest.resolution.statements import Key

NOUN = re.compile(r"\s+(?:project|programme|program|campaign|scheme)$", re.I)
OWN_NOUN = re.compile(r"\s+(?:project|programme|program)$", re.I)


def project_slugs(corpus: Sequence[Findings]) -> Mapping[Key, str]:
    """The slug of every project."""
    shorts: dict[str, set[str]] = defaultdict(set)
    for findings in corpus:
        for e in findings.entities:
            if e.type == "Project":
                for short in e.names[1:]:
                    if " " not in short:
                        shorts[fold(short)].add(_slug(e.names[0]))
    result = {}
    for findings in corpus:
        for e in findings.entities:
            if e.type == "Project":
                base = NOUN.sub("", e.names[0])
                spelled = shorts.get(fold(base), set()) if " " not in base else set()
                result[findings.text.document, e.key] = next(iter(spelled)) if len(spelled) == 1 else _slug(e.names[0])
    return result


def _slug(name: str) -> str:
    return slug(OWN_NOUN.sub("", name).replace("Labor ", "Labour ").replace("Vietnam", "Viet Nam"))
