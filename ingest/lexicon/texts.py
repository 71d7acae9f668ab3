"""The words of dates, numbers and the layout of pages, as the .toml files have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.lexicon.files import table


@dataclass(frozen=True, slots=True)
class DateWords:
    """`months` are the spellings of each month, January first; `weekday_stems` stand before "day" or alone."""

    weekday_stems: tuple[str, ...]
    weekdays: tuple[str, ...]
    months: tuple[tuple[str, ...], ...]
    ordinals: Mapping[str, int]


def read_dates() -> DateWords:
    """The words of `dates.toml`."""
    data = table("dates")
    return DateWords(
        weekday_stems=tuple(data["weekday_stems"]),
        weekdays=tuple(data["weekdays"]),
        months=tuple(tuple(spellings) for spellings in data["months"]),
        ordinals=data["ordinals"],
    )


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Words with what they stand for; `bounds` (before a number) and `after` it map a bound to its phrases."""

    words: Mapping[str, int]
    multipliers: Mapping[str, int]
    fractions: Mapping[str, float]
    bounds: Mapping[str, list[str]]
    after: Mapping[str, list[str]]
    currencies: Mapping[str, str]
    no_codes: frozenset[str]
    shared: Mapping[str, Mapping[str, str]]
    letters: Mapping[str, Mapping[str, str]]
    ordinals: Mapping[str, float]
    won_things: tuple[str, ...]
    changes: tuple[str, ...]
    verbs: frozenset[str]
    compared: frozenset[str]
    uncounted: frozenset[str]
    naming: tuple[str, ...]
    stops: frozenset[str]


def read_numbers() -> NumberWords:
    """The words of `numbers.toml`."""
    data = table("numbers")
    counting = data["counting"]
    return NumberWords(
        words=data["words"],
        multipliers=data["multipliers"],
        fractions=data["fractions"],
        bounds=data["bounds"],
        after=data["after"],
        currencies=data["currencies"],
        no_codes=frozenset(data["money"]["no_codes"]),
        shared=data["shared"],
        letters=data["letters"],
        ordinals=data["every"],
        won_things=tuple(counting["won_things"]),
        changes=tuple(counting["changes"]),
        verbs=frozenset(counting["verbs"]),
        compared=frozenset(counting["compared"]),
        uncounted=frozenset(counting["uncounted"]),
        naming=tuple(counting["naming"]),
        stops=frozenset(counting["stops"]),
    )


@dataclass(frozen=True, slots=True)
class LayoutWords:
    """Regular expressions for lines by what they are, and words in the names of fields and on lines of dates.

    `labels` are regular expressions for all of a field's name, `label_adjectives` for words before them.
    """

    lines: tuple[str, ...]
    ends: tuple[str, ...]
    closes: tuple[str, ...]
    captions: tuple[str, ...]
    publishers: tuple[str, ...]
    field_names: tuple[str, ...]
    label_adjectives: tuple[str, ...]
    labels: tuple[str, ...]
    date_lines: tuple[str, ...]


def read_layout() -> LayoutWords:
    """The words of `boilerplate.toml`."""
    data = table("boilerplate")
    return LayoutWords(
        lines=tuple(data["lines"]),
        ends=tuple(data["ends"]),
        closes=tuple(data["closes"]),
        captions=tuple(data["captions"]),
        publishers=tuple(data["publishers"]),
        field_names=tuple(data["fields"]["names"]),
        label_adjectives=tuple(data["fields"]["label_adjectives"]),
        labels=tuple(data["fields"]["labels"]),
        date_lines=tuple(data["date_lines"]["words"]),
    )
