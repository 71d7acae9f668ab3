"""The class of an event, as the words of its name show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from ingest.lexicon import load_lexicon

LAUNCHES = re.compile(r"launch(?:es)? of|book launch|launch(?: event| ceremony)?\s*$|^\s*launch|the launch\s")
FIELD_OF_WORK = re.compile(r"\b(?:vocational|skills?) training\b")
TRAINS = re.compile(
    r"training (?:workshop|course|seminar|session)|training\s*$|^\s*(?:basic |advanced )?training (?:on|of|for)"
)
TRAINING_EVENT = re.compile(r"\btraining (?:workshop|seminar)")


def kind_of(words: str) -> str:
    """The class that the words of an event's name show; `Event` where none does."""
    lower = " " + re.sub(r"[^\w -]", " ", words.lower()) + " "
    for word, pattern, kind in _heads():
        if pattern.search(lower) and _meant(word, lower):
            return "Training" if word in ("workshop", "seminar") and TRAINING_EVENT.search(lower) else kind
    return "Event"


@cache
def _heads() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Heads, in the order in which they decide, with a pattern and a class."""
    classes = load_lexicon().events.classes
    return tuple((word, re.compile(rf"\s{word}(?:s|es)?\s"), kind) for word, kind in classes.items())


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


CHECKS: Mapping[str, Callable[[str], bool]] = {"launch": _launch, "training": _training, "course": _course}
