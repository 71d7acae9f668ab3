"""The class of an event, as the words of its name show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from ingest.lexicon import load_lexicon

LAUNCHES = re.compile(
    r"launch(?:es)? of|book launch|launch(?:ing)?(?: event| ceremony| workshop| conference)?\s*$"
    r"|^\s*launch|the launch\s"
)
FIELD_OF_WORK = re.compile(r"\b(?:vocational|skills?) training\b")
TRAINS = re.compile(
    r"training (?:workshop|course|seminar|session)|training\s*$|^\s*(?:basic |advanced )?training (?:on|of|for)"
)
TRAINING_EVENT = re.compile(r"\btraining[ -](?:workshop|seminar)")
PARTS = re.compile(r"\s[–—-]\s|[:–—|]\s")
"""Between the parts of a heading: "South Asia: Regional forum on bricks"."""
HEAD_END = re.compile(
    r"\s(?:on|of|for|in|to|at|with|towards?|about|between|among|amongst|by|from|under|regarding|concerning|entitled"
    r"|titled|themed|marking|held|the)\s|[“\"(,]"
)
"""After the head of a name: "training | on fair recruitment"."""
WIDE = re.compile(r"\b(?:national|regional|international|global|annual|asean|african|asian|asia-pacific|ministerial)\b")
PICTURES = re.compile(r"\b(?:photo|photos|photography|photographic|film|art|arts|painting|picture|drawing)\b")


def kind_in_text(words: str) -> str:
    """The class that the sentences on an event show; `Event` where none does."""
    return _kind_in(words.lower())


def kind_of(words: str) -> str:
    """The class that the words of an event's name show; `Event` where none does.

    The head of the name decides ("training on fair recruitment" is no fair), and where it tells nothing, all words do.
    """
    lower = words.lower()
    parts = PARTS.split(lower)
    if len(parts) > 1 or HEAD_END.search(lower):
        for part in parts:
            end = HEAD_END.search(part)
            kind = _kind_in(part[: end.start()] if end else part)
            if kind != "Event":
                return kind
    return _kind_in(lower)


def _kind_in(words: str) -> str:
    lower = " " + re.sub(r"[^\w -]", " ", words) + " "
    for word, pattern, kind in _heads():
        if pattern.search(lower) and _meant(word, lower):
            if word in ("workshop", "seminar") and TRAINING_EVENT.search(lower):
                return "Training"
            # A dialogue of two sides is a meeting, one of a whole region has the size of a conference.
            return "Conference" if word == "dialogue" and WIDE.search(lower) else kind
    return "Event"


@cache
def _heads() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Heads, in the order in which they decide, with a pattern and a class."""
    classes = load_lexicon().events.classes
    return tuple((word, re.compile(rf"[\s-]{word}(?:s|es)?\s"), kind) for word, kind in classes.items())


def _meant(word: str, lower: str) -> bool:
    """True unless the other words of the name show that a head means something else."""
    check = CHECKS.get(word)
    return check is None or check(lower)


def _launch(lower: str) -> bool:
    """ "Book Launch", "launch of the report"; not "new products launch plan"."""
    return LAUNCHES.search(lower) is not None


def _training(lower: str) -> bool:
    """ "Training on safety at work"; not "Training Centre"."""
    return not _training_fields().search(lower) and _trains(lower)


def _course(lower: str) -> bool:
    return " of course " not in lower and _trains(lower)


def _trains(lower: str) -> bool:
    """Where vocational training is what is talked about, another word must say that somebody was trained."""
    return not FIELD_OF_WORK.search(lower) or bool(TRAINS.search(lower.replace("vocational training", "")))


@cache
def _training_fields() -> re.Pattern[str]:
    return re.compile(rf"\btraining (?:{'|'.join(load_lexicon().events.training_fields)})")


def _exhibition(lower: str) -> bool:
    """A trade exhibition is a fair, one of pictures is none."""
    return PICTURES.search(lower) is None


def _at_end(lower: str) -> bool:
    """ "The opening of the hall"; "opening activity" tells no more than that it was the first."""
    return lower.rstrip().endswith(("opening", "closing"))


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "launch": _launch,
    "training": _training,
    "course": _course,
    "exhibition": _exhibition,
    "opening": _at_end,
    "closing": _at_end,
}
