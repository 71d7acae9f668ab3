"""Prefixes that many people use, to guess what was meant by one that is not declared."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

WELL_KNOWN: Mapping[str, str] = {
    "as": "https://www.w3.org/ns/activitystreams#",
    "bd": "http://www.bigdata.com/rdf#",
    "bibo": "http://purl.org/ontology/bibo/",
    "cc": "http://creativecommons.org/ns#",
    "dbo": "http://dbpedia.org/ontology/",
    "dbp": "http://dbpedia.org/property/",
    "dbr": "http://dbpedia.org/resource/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "dqv": "http://www.w3.org/ns/dqv#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "fn": "http://www.w3.org/2005/xpath-functions#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "geof": "http://www.opengis.net/def/function/geosparql/",
    "geosparql": "http://www.opengis.net/ont/geosparql#",
    "gn": "http://www.geonames.org/ontology#",
    "gr": "http://purl.org/goodrelations/v1#",
    "ldp": "http://www.w3.org/ns/ldp#",
    "locn": "http://www.w3.org/ns/locn#",
    "mads": "http://www.loc.gov/mads/rdf/v1#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "ontolex": "http://www.w3.org/ns/lemon/ontolex#",
    "p": "http://www.wikidata.org/prop/",
    "pav": "http://purl.org/pav/",
    "pq": "http://www.wikidata.org/prop/qualifier/",
    "ps": "http://www.wikidata.org/prop/statement/",
    "sioc": "http://rdfs.org/sioc/ns#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "sosa": "http://www.w3.org/ns/sosa/",
    "ssn": "http://www.w3.org/ns/ssn/",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "wikibase": "http://wikiba.se/ontology#",
}
"""Prefixes that many people use, besides those that are declared for them."""


def likely_prefix(prefix: str, declared: Mapping[str, str]) -> tuple[str, str] | None:
    """The prefix that was probably meant by one that is not declared, with its namespace. None where nothing is near.

    >>> likely_prefix("dbo", {})
    ('dbo', 'http://dbpedia.org/ontology/')
    """
    known = {**WELL_KNOWN, **declared}
    near = [prefix] if prefix in known else get_close_matches(prefix.lower(), known, 1, 0.7)
    return (near[0], known[near[0]]) if near else None
