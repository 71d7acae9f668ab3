"""What a document says of the goals that it serves: the Sustainable Development Goals that it names."""

from __future__ import annotations

import re

from ingest.extractors.cast import Cast
from ingest.model import Span

GOALS = re.compile(
    r"\b(?:SDGs?|Sustainable Development Goals?|Global Goals?)[\s-]*(?:No\.?\s*|Nos\.?\s*)?"
    r"(\d{1,2})\b((?:(?:\.\d)?(?:\s*\([^()]{3,60}\))?\s*(?:,|and|&|/|;|,\s*and)\s*(?:SDGs?[\s-]*|Goal\s+)?\d{1,2}\b)*)"
)
GOAL = "http://metadata.un.org/sdg/{}"


def extract(cast: Cast) -> None:
    """Adds `contributesTo`: the only project of the text, else the document, serves each goal that the text names."""
    projects = {m.key for m in cast.of_kind("project")}
    subject = next(iter(projects)) if len(projects) == 1 else "document"
    for m in GOALS.finditer(cast.content):
        for number in map(int, [m[1], *re.findall(r"\d{1,2}", m[2])]):
            if 1 <= number <= 17:
                cast.state(subject, "contributesTo", GOAL.format(number), Span(*m.span()), "goal/number", 0.9)
