"""The words of events, projects and instruments, as the .toml files have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.lexicon.files import table


@dataclass(frozen=True, slots=True)
class EventWords:
    """Words in and around the names of events. `classes` is in the order in which its heads decide.

    `strong`, `with_ordinal`, `with_complement`, `in_names` and `settings` are heads by what they need beside them to
    name an event, `compounds` pairs of words that always do; `at_one` are words before "a reception",
    `of_something` heads that need "of" and a day. `families` maps classes to a letter that classes of one event share.
    """

    classes: Mapping[str, str]
    strong: frozenset[str]
    with_ordinal: frozenset[str]
    with_complement: frozenset[str]
    in_names: frozenset[str]
    settings: frozenset[str]
    at_one: frozenset[str]
    of_something: frozenset[str]
    occasions: frozenset[str]
    again: frozenset[str]
    verbs: frozenset[str]
    compounds: frozenset[tuple[str, ...]]
    ordinals: frozenset[str]
    not_before: frozenset[str]
    training_fields: tuple[str, ...]
    determiners: frozenset[str]
    stops: frozenset[str]
    gerunds: frozenset[str]
    pointing: frozenset[str]
    goes_on: frozenset[str]
    several: frozenset[str]
    describing: frozenset[str]
    families: Mapping[str, str]


def read_events() -> EventWords:
    """The words of `events.toml`."""
    data = table("events")
    heads, around = data["heads"], data["around"]
    return EventWords(
        classes=data["classes"],
        strong=frozenset(heads["strong"]),
        with_ordinal=frozenset(heads["with_ordinal"]),
        with_complement=frozenset(heads["with_complement"]),
        in_names=frozenset(heads["in_names"]),
        settings=frozenset(heads["settings"]),
        at_one=frozenset(heads["at_one"]),
        of_something=frozenset(heads["of_something"]),
        occasions=frozenset(heads["occasions"]),
        again=frozenset(heads["again"]),
        verbs=frozenset(heads["verbs"]),
        compounds=frozenset(tuple(pair.split()) for pair in heads["compounds"]),
        ordinals=frozenset(heads["ordinals"]),
        not_before=frozenset(heads["not_before"]),
        training_fields=tuple(heads["training_fields"]),
        determiners=frozenset(around["determiners"]),
        stops=frozenset(around["stops"]),
        gerunds=frozenset(around["gerunds"]),
        pointing=frozenset(around["pointing"]),
        goes_on=frozenset(around["goes_on"]),
        several=frozenset(around["several"]),
        describing=frozenset(around["describing"]),
        families=data["families"],
    )


@dataclass(frozen=True, slots=True)
class ProjectWords:
    """Words in and around the names of projects; those of `no_project`, `purposes`, `creating`, `naming_phrases`,
    `done_by` and `done_to` are patterns, those of `compounds` ends of words."""

    heads: frozenset[str]
    plurals: frozenset[str]
    quoted: frozenset[str]
    described: frozenset[str]
    naming: frozenset[str]
    naming_phrases: tuple[str, ...]
    plans: frozenset[str]
    offices: frozenset[str]
    no_project: tuple[str, ...]
    purposes: tuple[str, ...]
    creating: tuple[str, ...]
    generic: frozenset[str]
    vague: frozenset[str]
    breaks: frozenset[str]
    compounds: tuple[str, ...]
    leading: frozenset[str]
    parts: frozenset[str]
    before_gerunds: frozenset[str]
    heads_of_projects: frozenset[str]
    heads_of_bodies: frozenset[str]
    other_things: tuple[str, ...]
    done_by: tuple[str, ...]
    done_to: tuple[str, ...]


def read_projects() -> ProjectWords:
    """The words of `projects.toml`."""
    data = table("projects")
    heads, names, defined = data["heads"], data["names"], data["defined"]
    return ProjectWords(
        heads=frozenset(heads["heads"]),
        plurals=frozenset(heads["plurals"]),
        quoted=frozenset(heads["quoted"]),
        described=frozenset(heads["described"]),
        naming=frozenset(heads["naming"]),
        naming_phrases=tuple(heads["naming_phrases"]),
        plans=frozenset(heads["plans"]),
        offices=frozenset(heads["offices"]),
        no_project=tuple(heads["no_project"]),
        purposes=tuple(heads["purposes"]),
        creating=tuple(heads["creating"]),
        generic=frozenset(names["generic"]),
        vague=frozenset(names["vague"]),
        breaks=frozenset(names["breaks"]),
        compounds=tuple(names["compounds"]),
        leading=frozenset(names["leading"]),
        parts=frozenset(names["parts"]),
        before_gerunds=frozenset(names["before_gerunds"]),
        heads_of_projects=frozenset(defined["heads_of_projects"]),
        heads_of_bodies=frozenset(defined["heads_of_bodies"]),
        other_things=tuple(defined["other_things"]),
        done_by=tuple(defined["done_by"]),
        done_to=tuple(defined["done_to"]),
    )


@dataclass(frozen=True, slots=True)
class AgreementWords:
    """Patterns of the heads of agreements and of signing, and words around the heads."""

    named: tuple[str, ...]
    kinds: tuple[str, ...]
    between: tuple[str, ...]
    heads: tuple[str, ...]
    memoranda: tuple[str, ...]
    signing: tuple[str, ...]
    describing: frozenset[str]
    pointing: frozenset[str]
    complements: frozenset[str]


@dataclass(frozen=True, slots=True)
class PlanWords:
    """Words in and around the names of plans and strategies."""

    heads: frozenset[str]
    with_period: frozenset[str]
    wide: frozenset[str]
    offices: frozenset[str]
    posts: frozenset[str]
    country: frozenset[str]
    own: frozenset[str]
    outside: frozenset[str]
    period: frozenset[str]


@dataclass(frozen=True, slots=True)
class InstrumentWords:
    """Words in and around the names of instruments. `numbered` maps heads to classes of the ontology."""

    numbered: Mapping[str, str]
    before_numbered: tuple[str, ...]
    before_conventions: frozenset[str]
    treaties: frozenset[str]
    laws: frozenset[str]
    drafts: frozenset[str]
    trade_abbreviations: frozenset[str]
    trade_pairs: frozenset[tuple[str, str]]
    breaks: frozenset[str]
    plans: PlanWords
    agreements: AgreementWords


def read_instruments() -> InstrumentWords:
    """The words of `instruments.toml`."""
    data = table("instruments")
    plans, trade = data["plans"], data["trade"]
    return InstrumentWords(
        numbered=data["numbered"]["classes"],
        before_numbered=tuple(data["numbered"]["before"]),
        before_conventions=frozenset(data["conventions"]["before_title"]),
        treaties=frozenset(data["conventions"]["treaties"]),
        laws=frozenset(data["laws"]["heads"]),
        drafts=frozenset(data["laws"]["drafts"]),
        trade_abbreviations=frozenset(trade["abbreviations"]),
        trade_pairs=frozenset((first, second) for first in trade["first"] for second in trade["second"]),
        breaks=frozenset(data["titles"]["breaks"]),
        plans=PlanWords(
            heads=frozenset(plans["heads"]),
            with_period=frozenset(plans["with_period"]),
            wide=frozenset(plans["wide"]),
            offices=frozenset(plans["offices"]),
            posts=frozenset(plans["posts"]),
            country=frozenset(plans["country"]),
            own=frozenset(plans["own"]),
            outside=frozenset(plans["outside"]),
            period=frozenset(plans["period"]),
        ),
        agreements=_read_agreements(data["agreements"]),
    )


def _read_agreements(data: Mapping[str, list[str]]) -> AgreementWords:
    return AgreementWords(
        named=tuple(data["named"]),
        kinds=tuple(data["kinds"]),
        between=tuple(data["between"]),
        heads=tuple(data["heads"]),
        memoranda=tuple(data["memoranda"]),
        signing=tuple(data["signing"]),
        describing=frozenset(data["describing"]),
        pointing=frozenset(data["pointing"]),
        complements=frozenset(data["complements"]),
    )
