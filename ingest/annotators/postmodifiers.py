"""Where the name of an organisation ends: what stands after its head noun."""

from __future__ import annotations

import re

from ingest.annotators.analysis import Sentence
from ingest.annotators.coordination import list_end
from ingest.annotators.name_words import NameWords

NUMERAL = re.compile(r"[IVX]+|\d+")
CONTINENTAL = frozenset({"African", "Asian", "European", "American", "Arab"})
HEAD_WITHIN = 7
"""A name that begins without its head noun has it within so many tokens."""

Tokens = tuple[int, int]
"""The first token of a name and the token after it."""


def name_end(names: NameWords, last: int, head: str, s: Sentence) -> tuple[int, Tokens | None]:
    """Where the name ends whose head noun `head` is token `last`, and the name of which it says it is a part."""
    k = _closers_end(names, last, head, s)
    if head not in names.words.tails or k + 1 >= s.last or not names.adjacent(k - 1, k):
        return k, None
    if names.lower(k) not in ("of", "for", "on", "to", "in", "at"):
        return k, None
    return _tail(names, k, head, s)


def _closers_end(names: NameWords, last: int, head: str, s: Sentence) -> int:
    """The end of what needs no preposition: "Co., Ltd", "College 3", "Chamber Hamburg", "University – Accra"."""
    words, k = names.words, last + 1
    while k < s.last and names.adjacent(k - 1, k):
        text, place = names.tokens[k].text, names.place(k)
        numeral = head in words.numbered and k not in names.in_date and NUMERAL.fullmatch(text)
        if text in words.closers or numeral:
            k += 1
        elif text == "," and k + 1 < s.last and _closers(names, k - 1, k + 1):
            k += 2
        elif head in words.placed and place and not names.title(k + place - 1):
            k += place
        elif (head in words.named and names.capital(k)) or (
            k == last + 1 and head in words.dashed and _own_word(names, k, s)
        ):
            k += 1
        elif head in words.dashed and text in ("-", "–") and k + 1 < s.last and (place := names.place(k + 1)):
            k += 1 + place
        else:
            break
    return k


def _own_word(names: NameWords, k: int, s: Sentence) -> bool:
    """True for one strange word right after the head: "Technical College [Zwambe]"; not for a person or a title."""
    if not names.capital(k) or names.common(k) or names.title(k) or names.head(k) or names.honorific(k):
        return False
    alone = k + 1 >= s.last or not (names.capital(k + 1) and names.adjacent(k, k + 1))
    return alone and k not in names.known and not names.abbreviation(k)


def _closers(names: NameWords, *tokens: int) -> bool:
    """ "[Co.], [Ltd]"."""
    return all(names.tokens[k].text in names.words.closers for k in tokens)


def _tail(names: NameWords, k: int, head: str, s: Sentence) -> tuple[int, Tokens | None]:
    """The end of the tail that begins with the preposition `k`; `k` itself where that is no part of the name."""
    words, preposition = names.words, names.lower(k)
    n = _after_article(names, k + 1, s)
    if n >= s.last or not names.capital(n):
        return k, None
    if n > k + 1 and names.head(n) and not _goes_on(names, n + 1, s):
        return k, None  # "Department of the Ministry": of the one named before
    place = _place_alone(names, n, s)
    if _adjective(names, n, place, s):
        return k, None  # "the Union of the African states"
    if place > n:
        return _seat_end(names, k, place, head, s), None
    if preposition in ("to", "in", "at") or (preposition == "on" and head not in words.topical):
        return k, None
    # "Department of Skills of the Ministry of ...", "Office of DVET": the rest is another name.
    if names.abbreviation(n) and not names.common(n) and names.tokens[n].text not in names.a.lexicon.acronyms:
        return k, (n, n + 1)
    if preposition == "of" and _names_itself(names, n, s):
        end = _own_end(names, n, s)
        return (_sent_to(names, end, s), None) if head in words.sent else (k, (n, end))
    return _place_after(names, list_end(names, n, s), s), None


def _goes_on(names: NameWords, k: int, s: Sentence) -> bool:
    """True where a head is only the beginning: "of the Ministry of X", "of the Board Chamber"."""
    return k < s.last and (names.lower(k) in ("of", "for", "on", "and", "&", "’s", "'s") or names.capital(k))


def _adjective(names: NameWords, n: int, place: int, s: Sentence) -> bool:
    """True for a demonym at token `n`, or the adjective of a continent, before a noun in small letters."""
    end = n + 1 if names.tokens[n].text in CONTINENTAL else place
    known = n in names.demonyms or names.tokens[n].text in CONTINENTAL
    return known and n < end < s.last and names.a.english.noun(names.tokens[end].text) and not names.capital(end)


def _after_article(names: NameWords, n: int, s: Sentence) -> int:
    return n + 1 if n < s.last and names.lower(n) == "the" else n


def _place_alone(names: NameWords, n: int, s: Sentence) -> int:
    """The end of a place at token `n` that is no part of a longer phrase ("Ghana Skills ..."); else `n`."""
    end = n + names.place(n)
    longer = end < s.last and names.capital(end) and names.adjacent(end - 1, end) and not names.title(end)
    return n if longer else end


def _seat_end(names: NameWords, k: int, place_end: int, head: str, s: Sentence) -> int:
    """The end of "of Ghana", "for Ghana", "in Dakar" at token `k` where it belongs to the head; else `k`."""
    seated = head in names.words.seated
    if names.lower(k) == "of" and seated:
        return _in_country(names, place_end, s)
    if names.lower(k) == "of":
        return place_end
    if seated and names.lower(k) == "in" and _said_before(names, k, place_end, s):
        return k
    if seated:
        return _places_end(names, place_end, s) if names.lower(k) in ("for", "to") else place_end
    # "Agency in Ghana (AG)": the brackets show that the place is a part of the name.
    bracket = place_end < s.last and names.tokens[place_end].text == "("
    return place_end if names.lower(k) == "in" and bracket else k


def _in_country(names: NameWords, k: int, s: Sentence) -> int:
    """The end of the country where an embassy is: "Embassy of Norway [in Kenya]"."""
    if k + 1 >= s.last or names.lower(k) not in ("in", "to"):
        return k
    n = _after_article(names, k + 1, s)
    return names.countries.get(n, k) if n < s.last else k


def _places_end(names: NameWords, k: int, s: Sentence) -> int:
    """The end of a list of places, the first of which ends at token `k`: "Office for Kenya[, Uganda and Rwanda]"."""
    at = k
    while at + 1 < s.last and names.lower(at) in (",", "and"):
        closing = names.lower(at) == "and" or names.lower(at + 1) == "and"
        n = at + 2 if names.lower(at) == "," and closing else at + 1
        place = names.place(n) if n < s.last else 0
        if not place:
            return k
        at = n + place
        if closing:
            return at
    return k


def _said_before(names: NameWords, k: int, place_end: int, s: Sentence) -> bool:
    """True where a name already has the place that follows: "Nakuru Training Centre [in Nakuru]"."""
    n = _after_article(names, k + 1, s)
    words = [names.lower(m) for m in range(n, place_end)]
    first = max(s.first, k - HEAD_WITHIN)
    before = [names.lower(m) for m in range(first, k)]
    return any(before[m : m + len(words)] == words for m in range(len(before)))


def _names_itself(names: NameWords, n: int, s: Sentence) -> bool:
    """True where an organisation's own name begins at token `n`: one that is known, or one with its own head."""
    if n in names.known:
        return True
    for m in range(n, min(n + HEAD_WITHIN, s.last)):
        if not names.capital(m):
            return False
        if names.head(m) in names.words.own:
            return m > n or (m + 1 < s.last and names.lower(m + 1) in ("of", "for"))
    return False


def _own_end(names: NameWords, n: int, s: Sentence) -> int:
    """Where the name that begins at token `n` ends."""
    end = names.known.get(n, n + 1)
    for m in range(n, min(n + HEAD_WITHIN, s.last)):
        if not names.capital(m):
            break
        head = names.head(m)
        if head:
            return max(end, name_end(names, m, head, s)[0])
    return end


def _sent_to(names: NameWords, end: int, s: Sentence) -> int:
    """The end of the place to which a delegation is sent: "Delegation of the European Union [to Kenya]"."""
    if end + 1 < s.last and names.lower(end) in ("to", "in") and names.place(end + 1):
        return end + 1 + names.place(end + 1)
    return end


def _place_after(names: NameWords, end: int, s: Sentence) -> int:
    """The end of a place at the end of a name: "of Viet Nam", or "in Viet Nam" and ", Viet Nam" before a bracket."""
    if end + 1 >= s.last:
        return end
    sign = names.lower(end)
    n = _after_article(names, end + 1, s) if sign in ("of", "in") else end + 1
    after = n + names.place(n) if n < s.last else n
    if after == n or sign not in ("of", "in", ","):
        return end
    bracket = after < s.last and names.tokens[after].text == "("
    if sign == ",":
        return after if bracket else end
    other_name = after < s.last and names.capital(after) and names.adjacent(after - 1, after) and names.head(after)
    return after if not other_name and (sign == "of" or bracket) else end
