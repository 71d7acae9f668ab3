"""What the tokens of a text can be in a name: capitalised words, abbreviations, heads, titles, places."""

from __future__ import annotations

from ingest.annotators.analysis import Analysis, Sentence
from ingest.annotators.gazetteer import fold
from ingest.model import Span

POSSESSIVES = frozenset({"’s", "'s", "’", "'"})
LONGEST_ACRONYM = 6
"""A longer word in capitals may be an ordinary word that is written large."""
LONGEST_NAME = 40
"""No name goes on for more tokens."""


def head_of(word: str, analysis: Analysis) -> str:
    """The head noun of organisations' names that a word is ("UNIVERSITY" is "University"), empty where it is none."""
    bare, heads = word.rstrip("."), analysis.lexicon.organisations.heads
    if bare in heads:
        return bare
    if bare.isupper() and len(bare) > 4 and bare.capitalize() in heads:
        return bare.capitalize()
    return ""


class NameWords:
    """The tokens of one text, seen as parts of names; tokens are meant by their index.

    `known` and `places` map the first token of a name of the reference data, of a place or a demonym to the token after
    it, `countries` those of countries alone; `demonyms` are the tokens at which a demonym begins, `in_date` those of
    dates.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.a = analysis
        self.tokens = analysis.tokens
        self.lowers = analysis.lowers
        self.words = analysis.lexicon.organisations
        self.titles = analysis.lexicon.persons
        token_at = analysis.token_at
        self.known = {token_at(k.span.start): token_at(k.span.end) for k in analysis.known}
        self.places = {token_at(p.span.start): token_at(p.span.end) for p in analysis.known_places}
        self.demonyms = {
            token_at(p.span.start) for p in analysis.known_places if all(k.by == "demonym" for k in p.value)
        }
        self.countries = {
            token_at(p.span.start): token_at(p.span.end)
            for p in analysis.known_places
            if any(k.entity.type == "Country" and k.by != "demonym" for k in p.value)
        }
        self.in_date = {i for d in analysis.dates for i in range(token_at(d.span.start), token_at(d.span.end))}
        self._family = {fold(name) for name in self.titles.family}
        self._in_capitals = {s.first for s in analysis.sentences if analysis.words(s.span).isupper()}

    def lower(self, i: int) -> str:
        """A token in lower case."""
        return self.lowers[i]

    def span(self, first: int, end: int) -> Span:
        """The characters of the tokens `first` to `end` (excluded)."""
        return Span(self.tokens[first].start, self.tokens[end - 1].end)

    def in_capitals(self, s: Sentence) -> bool:
        """True for a sentence all in capitals, in which a capital letter shows nothing."""
        return s.first in self._in_capitals

    def capital(self, i: int) -> bool:
        """True for a capitalised word that is no date."""
        text = self.tokens[i].text
        return (text[0].isupper() or (text[0].islower() and text[1:3].isupper() and text.isalpha())) and (
            i not in self.in_date
        )

    def common(self, i: int) -> bool:
        """True for a word of the general vocabulary."""
        return self.a.english.common(self.tokens[i].text)

    def head(self, i: int) -> str:
        """The head noun of organisations' names that a token is, empty where it is none."""
        return head_of(self.tokens[i].text, self.a)

    def abbreviation(self, i: int) -> bool:
        """True for a word like VCCI, MoLISA or KfW: two capitals at least and no ordinary word in capitals."""
        text = self.tokens[i].text
        if "." in text or sum(c.isupper() for c in text) < 2:
            return False
        return not text.isupper() or len(text) <= LONGEST_ACRONYM or not self.common(i)

    def title(self, i: int) -> bool:
        """True for the head of a person's title ("Director")."""
        return self.lower(i) in self.titles.title_heads

    def family(self, i: int) -> bool:
        """True for a name of a family that many share."""
        return fold(self.tokens[i].text) in self._family

    def honorific(self, i: int) -> bool:
        """True for "Mr", "Dr." and the like."""
        return self.tokens[i].text in self.titles.honorifics

    def place(self, i: int) -> int:
        """How many tokens from `i` name a place or a demonym; 0 where none do."""
        return self.places.get(i, i) - i

    def close(self, i: int) -> bool:
        """True for a sign that stands right after the word before it, as in "Socio-Cultural"."""
        return i > 0 and self.tokens[i].start == self.tokens[i - 1].end

    def adjacent(self, i: int, j: int) -> bool:
        """True where at most two blanks lie between two tokens; the tokens of a sentence may stand on two lines."""
        return self.tokens[j].start - self.tokens[i].end <= 2
