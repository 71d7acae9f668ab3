"""What the tokens of a text can be in the name or the title of a person, beside the organisations found before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.annotators.name_words import NameWords
from ingest.annotators.state_offices import STATE_OFFICE
from ingest.model import Annotation


class TitleWords:
    """The tokens of one text, seen as parts of names and titles of persons; tokens are meant by their index.

    `organisation_at` and `organisation_before` hold the organisations by their first token and by the token after them,
    `in_organisation` are all tokens inside them.
    """

    def __init__(self, names: NameWords, organisations: Sequence[Annotation]) -> None:
        self.names = names
        self.a = names.a
        self.tokens = names.tokens
        self.lowers = names.lowers
        self.words = names.titles
        self.organisation_at: dict[int, Annotation] = {}
        self.organisation_before: dict[int, Annotation] = {}
        self.in_organisation: set[int] = set()
        for organisation in organisations:
            if not self._office(organisation):
                first, last = self.a.token_at(organisation.span.start), self.a.token_at(organisation.span.end)
                self.organisation_at[first] = organisation
                self.organisation_before[last] = organisation
                self.in_organisation.update(range(first, last))
        self._countries = {
            p.span.start for p in self.a.known_places if any(k.entity.type == "Country" for k in p.value)
        }

    def _office(self, organisation: Annotation) -> bool:
        """True for an office ("Prime Minister"): it is the title of whoever follows."""
        if organisation.rule == STATE_OFFICE:
            return True
        last_word = self.a.words(organisation.span).split()[-1]
        return organisation.value == "GovernmentBody" and last_word.lower() in self.words.title_heads

    def lower(self, i: int) -> str:
        """A token in lower case."""
        return self.lowers[i]

    def head(self, i: int) -> bool:
        """True for a noun that a title is built on ("director"), joined to another word too ("secretary-general")."""
        word, heads = self.lower(i), self.words.title_heads
        return word in heads or ("-" in word and self._joined(word))

    def _joined(self, word: str) -> bool:
        """ "secretary-general", "under-secretary": parts of titles with a head among them."""
        parts = re.split("[-‑]", word)
        return all(p in self.words.title_words for p in parts) and any(p in self.words.title_heads for p in parts)

    def title_word(self, i: int) -> bool:
        """True for all that a title may hold."""
        return self.lower(i) in self.words.title_words or self.head(i)

    def family_name(self, i: int) -> bool:
        """True for a name of a family that many share."""
        return self.names.family(i)

    def country(self, i: int) -> bool:
        """True where the name of a country or a demonym begins."""
        return self.tokens[i].start in self._countries
