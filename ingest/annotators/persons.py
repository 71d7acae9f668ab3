"""Names of persons with their titles: "Mr X", "Director General X", "X, Deputy Director of Y", "Y’s President X"."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.annotators.bylines import author_start, closes
from ingest.annotators.person_runs import plausible, run_end
from ingest.annotators.roles import of_organisation_after, roles_after, roles_before, roles_predicated, with_demonym
from ingest.annotators.title_words import TitleWords
from ingest.annotators.titles import Role, title
from ingest.model import Annotation

REMARK_REACH = 6
FULL_NAME = 3
"""Parts of a name with which a run that begins with a name of many families is one."""
SIGNED = frozenset({"signed", "signatures", "signatories", "initialled", "inked"})
SIGNED_REACH = 60
AGE = re.compile(r"[1-9]\d")
CLOSING = frozenset(',.;!?”"–—)')
"""Signs after a name that stands after its title and a comma."""


def annotate(t: TitleWords) -> list[Annotation]:
    """Annotations of kind `person` in the order of the text.

    Value the name; features `roles` (a tuple of Role) and `start`, the offset of the name with its honorific.
    """
    return [p for s in t.a.sentences if s.line.kind != "boilerplate" for p in parse(t, s)]


def parse(t: TitleWords, s: Sentence) -> list[Annotation]:
    """The persons of a sentence, with their roles."""
    found: list[Annotation] = []
    i = s.first
    while i < s.last:
        person = _author(t, i, s) or _after_honorific(t, i, s) or _after_title(t, i, s) or _before_title(t, i, s)
        if person:
            found.append(person)
            i = max(i + 1, t.a.token_at(person.span.end))
        else:
            i += 1
    return found


def _person(
    t: TitleWords, first: int, end: int, s: Sentence, roles: list[Role], rule: str, start: int | None = None
) -> Annotation:
    """The annotation of the person named by the tokens `first` to `end`; `roles` are those that stand before."""
    span = t.names.span(first, end)
    before = with_demonym(t, of_organisation_after(t, end, roles, s), s)
    features = {
        "roles": (*before, *roles_after(t, end, s), *roles_predicated(t, end, s)),
        "start": span.start if start is None else start,
    }
    return Annotation(span, "person", t.a.words(span), rule, features)


def _author(t: TitleWords, i: int, s: Sentence) -> Annotation | None:
    """ "By X, Accra", "Photo: X": authors and photographers have no office here."""
    first = author_start(t, i, s)
    if first < 0:
        return None
    end = run_end(t, first, s)
    if not plausible(t, first, end) or not closes(t, end, s):
        return None
    span = t.names.span(first, end)
    return Annotation(span, "person", t.a.words(span), "person/byline", {"roles": (), "start": span.start})


def _after_honorific(t: TitleWords, i: int, s: Sentence) -> Annotation | None:
    """ "Ms. X", with the title that stands before."""
    if not t.names.honorific(i) or t.tokens[i].text in t.words.weak_honorifics:
        return None
    k = i
    while k < s.last and (t.names.honorific(k) or t.lower(k) == "professor"):
        k += 1
    end = run_end(t, k, s, sure=True)
    if end == k:
        return None
    return _person(t, k, end, s, roles_before(t, i, s), "person/honorific", t.tokens[i].start)


def _after_title(t: TitleWords, i: int, s: Sentence) -> Annotation | None:
    """ "Director General of DVET X", "Minister X"."""
    if not t.title_word(i) or t.lower(i) == "of" or (i in t.in_organisation and not t.head(i)):
        return None
    end, roles = title(t, i, s)
    if not roles:
        return None
    k = _after_brackets(t, end, s)
    if k + 1 < s.last and t.tokens[k].text in (",", "-", "–") and (t.tokens[k].text == "," or not t.names.close(k)):
        return _after_title_and_comma(t, k + 1, s, roles)
    k = _after_honorifics(t, k, s)
    if k >= s.last or not t.names.adjacent(k - 1, k):
        return None
    stop = run_end(t, k, s, sure=t.tokens[i].capital)
    if t.names.places.get(k, -1) >= stop:
        return None
    if stop - k >= 2 and (plausible(t, k, stop) or _capitalised(t, i, k)):
        return _person(t, k, stop, s, roles, "person/title")
    if stop - k == 1 and not t.names.common(k):
        return _person(t, k, stop, s, roles, "person/title-surname")
    return None


def _after_title_and_comma(t: TitleWords, first: int, s: Sentence, roles: list[Role]) -> Annotation | None:
    """ "the Secretary General of VCCI, Mr. X", "Rector - X": the title stands before its holder with a sign."""
    article = first + (t.lower(first) == "the")
    k = _after_honorifics(t, article, s)
    if k > article:
        stop = run_end(t, k, s, sure=True)
        if stop > k and not title(t, stop + 1, s)[1]:
            return _person(t, k, stop, s, roles, "person/title-comma", t.tokens[first].start)
    stop = run_end(t, first, s)
    closed = stop >= s.last or t.tokens[stop].text in CLOSING or t.lower(stop) in t.words.saying
    if closed and plausible(t, first, stop) and not title(t, stop + 1, s)[1]:
        return _person(t, first, stop, s, roles, "person/title-comma")
    return None


def _before_title(t: TitleWords, i: int, s: Sentence) -> Annotation | None:
    """ "X, Deputy President of Alpha University", "X said"."""
    if not t.names.capital(i) or i in t.in_organisation or _goes_on_from(t, i - 1, s):
        return None
    end = run_end(t, i, s)
    who = end + 1 < s.last and t.tokens[end].text == "," and t.lower(end + 1) == "who"
    if who and end - i == 1 and not t.names.common(i) and not t.names.place(i) and roles_after(t, end, s):
        return _person(t, i, end, s, [], "person/title-surname")
    if not plausible(t, i, end):
        return _of_ordinary_words(t, i, end, s)
    if roles_after(t, end, s):
        return _person(t, i, end, s, roles_before(t, i, s), "person/apposition")
    if any(s.first <= k < s.last and t.lower(k) in t.words.saying for k in (i - 1, end)):
        return _person(t, i, end, s, [], "person/saying")
    if who:
        return _person(t, i, end, s, [], "person/who")
    if _of_body(t, i, end, s):
        return _person(t, i, end, s, [], "person/of-body")
    if _aged(t, end, s):
        return _person(t, i, end, s, [], "person/age")
    if end - i >= FULL_NAME and t.family_name(i) and sum(not t.names.common(k) for k in range(i, end)) >= 2:
        return _person(t, i, end, s, [], "person/family")
    return None


def _of_ordinary_words(t: TitleWords, i: int, end: int, s: Sentence) -> Annotation | None:
    """ "[Sun Rose], Director of Alfa": words of English are a name where the title and the body of a person follow."""
    opens = i == s.first or t.tokens[i - 1].text in (",", ";", ":") or t.lower(i - 1) in ("and", "by", "with")
    acronyms = any(t.tokens[k].text in t.a.lexicon.acronyms or t.names.place(k) for k in range(i, end))
    if not opens or acronyms or not 2 <= end - i <= FULL_NAME or end >= s.last or t.tokens[end].text != ",":
        return None
    held = any(role.organisation is not None and role.title[0].isupper() for role in roles_after(t, end, s))
    return _person(t, i, end, s, [], "person/words") if held else None


def _of_body(t: TitleWords, i: int, end: int, s: Sentence) -> bool:
    """ "..., and X Y of the [Ministry of Z]", "signed by X Y for [Alfa]": a person is introduced with a body."""
    if end + 1 >= s.last:
        return False
    opens = i == s.first or t.tokens[i - 1].text in (",", ";") or t.lower(i - 1) in ("and", "by", "with")
    if not opens or end - i > FULL_NAME or not t.tokens[end - 1].text[1:].islower():
        return False
    if t.lower(end) == "for":
        signed = any(t.lower(k) in SIGNED for k in range(max(s.first, i - SIGNED_REACH), i))
        n = end + 2 if t.lower(end + 1) == "the" else end + 1
        return signed and n < s.last and (n in t.organisation_at or t.names.abbreviation(n))
    n = end + 2 if end + 1 < s.last and t.lower(end + 1) == "the" else end + 1
    return t.lower(end) in ("of", "from") and n in t.organisation_at


def _aged(t: TitleWords, k: int, s: Sentence) -> bool:
    """ "X, 23, ...", "X (23)": an age stands after the name."""
    return (
        k + 2 < s.last
        and t.tokens[k].text in (",", "(")
        and AGE.fullmatch(t.tokens[k + 1].text) is not None
        and t.tokens[k + 2].text in (",", ")", ".")
        and k + 1 not in t.names.in_date
    )


def _goes_on_from(t: TitleWords, k: int, s: Sentence) -> bool:
    """True where the word after token `k` is not the first of its run of capitalised words."""
    return (
        k >= s.first
        and t.names.capital(k)
        and t.names.adjacent(k, k + 1)
        and k not in t.in_organisation
        and not t.title_word(k)
    )


def _after_brackets(t: TitleWords, k: int, s: Sentence) -> int:
    """The token after what stands in brackets at token `k`; `k` where nothing does."""
    if k + 2 >= s.last or t.tokens[k].text != "(":
        return k
    return next((m + 1 for m in range(k, min(k + REMARK_REACH, s.last)) if t.tokens[m].text == ")"), k)


def _after_honorifics(t: TitleWords, k: int, s: Sentence) -> int:
    while k < s.last and t.names.honorific(k):
        k += 1
    return k


def _capitalised(t: TitleWords, first: int, end: int) -> bool:
    """True where a title is written with capitals throughout: then a name of ordinary words may follow it."""
    small = ("of", "and", "the", "for", "in")
    return all(t.tokens[m].capital for m in range(first, end) if t.tokens[m].word and t.lower(m) not in small)
