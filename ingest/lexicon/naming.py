"""The words in and around names, and of English, as the .toml files have them; these say what each list is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.lexicon.files import table


@dataclass(frozen=True, slots=True)
class OrganisationWords:
    """Words in names of organisations. `heads` maps head nouns to classes of the ontology, `foreign` those of other
    languages, `refine` words in a name to a class, in the order in which they decide."""

    heads: Mapping[str, str]
    refine: tuple[tuple[str, str], ...]
    foreign: Mapping[str, str]
    plural_heads: Mapping[str, str]
    tails: frozenset[str]
    alone: frozenset[str]
    weak: frozenset[str]
    public_heads: frozenset[str]
    public_words: frozenset[str]
    learning_heads: frozenset[str]
    learning_words: frozenset[str]
    world_heads: frozenset[str]
    world_words: frozenset[str]
    bank_words: frozenset[str]
    possessives: frozenset[str]
    determiners: frozenset[str]
    openers: frozenset[str]
    fields_in_ing: frozenset[str]
    titles_in_names: frozenset[str]
    office_owners: frozenset[str]
    vague: frozenset[str]
    trades: frozenset[str]
    joined: frozenset[str]
    closers: frozenset[str]
    numbered: frozenset[str]
    governing: frozenset[str]
    events: frozenset[str]
    ordinals: frozenset[str]
    meeting: frozenset[str]
    placed: frozenset[str]
    dashed: frozenset[str]
    named: frozenset[str]
    seated: frozenset[str]
    topical: frozenset[str]
    sent: frozenset[str]
    own: frozenset[str]
    sectors: frozenset[str]
    sector_ends: frozenset[str]


def read_organisations() -> OrganisationWords:
    """The words of `organisations.toml`."""
    data = table("organisations")
    return OrganisationWords(
        heads={word: kind for kind, words in data["kinds"].items() for word in words},
        refine=tuple((part, kind) for kind, parts in data["refine"].items() for part in parts),
        foreign={words: kind for kind, heads in data["foreign"].items() for words in heads},
        plural_heads=data["plurals"],
        tails=frozenset(data["tails"]["words"]),
        alone=frozenset(data["tails"]["alone"]),
        weak=frozenset(data["tails"]["weak"]),
        public_heads=frozenset(data["public"]["heads"]),
        public_words=frozenset(data["public"]["words"]),
        learning_heads=frozenset(data["learning"]["heads"]),
        learning_words=frozenset(data["learning"]["words"]),
        world_heads=frozenset(data["world"]["heads"]),
        world_words=frozenset(data["world"]["words"]),
        bank_words=frozenset(data["world"]["bank_words"]),
        **_sets(data["before"]),
        **_sets(data["after"]),
    )


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Words around names of persons; those of titles are lower-case.

    `title_words` are heads and qualifiers: all that a title may hold. `introductions` stand between a name and its
    title, in the order in which they may follow one another.
    """

    honorifics: frozenset[str]
    honorifics_in_names: frozenset[str]
    weak_honorifics: frozenset[str]
    title_heads: frozenset[str]
    title_words: frozenset[str]
    leading_qualifiers: frozenset[str]
    modest_heads: frozenset[str]
    complements: frozenset[str]
    fields: frozenset[str]
    field_ends: frozenset[str]
    introductions: tuple[tuple[str, ...], ...]
    saying: frozenset[str]
    works: frozenset[str]
    particles: frozenset[str]
    family: frozenset[str]


def read_persons() -> PersonWords:
    """The words of `persons.toml`."""
    data = table("persons")
    introductions = tuple(tuple(words.split()) for words in data.pop("introductions"))
    qualifiers = frozenset(data.pop("qualifiers"))
    sets = _sets(data)
    return PersonWords(title_words=sets["title_heads"] | qualifiers, introductions=introductions, **sets)


@dataclass(frozen=True, slots=True)
class EnglishWords:
    """Inflection, small words and, in `dotted`, words that are written with a dot; lower-case but for these."""

    no_plurals: frozenset[str]
    plurals: frozenset[str]
    closing: frozenset[str]
    small: frozenset[str]
    next_items: frozenset[str]
    no_list: frozenset[str]
    dotted: tuple[str, ...]


def read_english() -> EnglishWords:
    """The words of `english.toml`."""
    data = table("english")
    dotted = tuple(data.pop("dotted"))
    return EnglishWords(dotted=dotted, **_sets(data))


@dataclass(frozen=True, slots=True)
class StrangerWords:
    """Words around names that no rule knows, as written; those of the lists `..._near` are patterns."""

    acting: frozenset[str]
    parties: frozenset[str]
    things: frozenset[str]
    fields: frozenset[str]
    apposed: frozenset[str]
    bylines: frozenset[str]
    charity_near: frozenset[str]
    charity_words: frozenset[str]
    learning_near: frozenset[str]
    company_near: frozenset[str]
    defined_things: frozenset[str]
    thing_endings: frozenset[str]


def read_strangers() -> StrangerWords:
    """The words of `strangers.toml`."""
    return StrangerWords(**_sets(table("strangers")))


def _sets(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: frozenset(words) for name, words in data.items()}
