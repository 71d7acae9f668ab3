"""All that the graph says of one thing, as its page shows it: each fact with the words that state it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kg.engine import Table, Term
from kg.engine.terms import iri_term
from kg.errors import InputError
from kg.namespaces import ACC, PREFIXES
from kg.web.display import day, duration, number
from kg.web.live import View
from kg.web.things import Thing, things
from kg.web.vocabulary import vocabulary

_LABEL, _ALT = PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "altLabel"
_TYPE = PREFIXES["rdf"] + "type"
_DOCUMENTS = {str(ACC.mentions), str(ACC.mentionedIn)}  # told in a list of their own
# The order in which the properties of a thing are told: who and what first, then when and where.
_ORDER = (
    " value unit bound about identifier party issuer implementer partner funder organiser holder title organisation "
    "partOf participant concerns contributesTo signedOn issuedOn start end duration period place isoCode "
)
# How a property reads from its other end, where the ontology has no inverse; others read "... of".
_BACKWARDS = {
    "party": "party to",
    "issuer": "issued",
    "implementer": "runs",
    "partner": "supports",
    "funder": "pays for",
    "organiser": "organised",
    "participant": "took part in",
    "organisation": "offices there",
    "about": "what was counted",
    "concerns": "what concerns it",
    "contributesTo": "what contributes to it",
    "country": "in this country",
    "place": "what was there",
}
_MOST = 1000  # facts in one direction that a page shows
_CONTEXT = 90  # characters before and after the quoted words

_OUTGOING = "SELECT ?property ?object WHERE {{ {} ?property ?object }} ORDER BY ?property ?object"
_INCOMING = """SELECT ?subject ?property WHERE {{ ?subject ?property {}
  FILTER(?property NOT IN (rdf:subject, rdf:object, rdf:type)) }} ORDER BY ?property ?subject"""
_EVIDENCE = """SELECT ?subject ?property ?object ?rule ?confidence ?document ?title ?start ?end ?exact WHERE {{
  {{ ?assertion rdf:subject {0} }} UNION {{ ?assertion rdf:object {0} }}
  ?assertion rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object ; acc:evidence ?evidence .
  ?evidence oa:exact ?exact ; oa:start ?start ; oa:end ?end ; oa:hasSource ?source .
  ?source dcterms:identifier ?document
  OPTIONAL {{ ?source dcterms:title ?title }}
  OPTIONAL {{ ?assertion acc:rule ?rule }}
  OPTIONAL {{ ?assertion acc:confidence ?confidence }}
}} ORDER BY DESC(?confidence) ?document ?start"""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words of a document that state a fact. `before` and `after` is what stands around them there."""

    document: str
    title: str
    start: int
    end: int
    exact: str
    before: str
    after: str
    rule: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `value` is the thing at its other end, or `text` where that is no thing."""

    value: Thing | None
    text: str
    language: str | None
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Facts with the same property. `property` is its IRI, `label` its name."""

    property: str
    label: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What the page of a thing shows. `classes` are IRI and name; `others` are facts in other vocabularies.

    `whole` is False where there is more than a page can show.
    """

    thing: Thing
    names: tuple[str, ...]
    classes: tuple[tuple[str, str], ...]
    facts: tuple[Group, ...]
    inverse: tuple[Group, ...]
    mentions: tuple[Thing, ...]
    others: tuple[Group, ...]
    whole: bool

    @property
    def unquoted(self) -> bool:
        """Whether some fact on the page has no quotation."""
        return any(not fact.quotations for group in (*self.facts, *self.inverse) for fact in group.facts)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Quotations by subject, property and object of the fact they state."""

    quotations: Mapping[tuple[str, str, str], list[Quotation]] = field(default_factory=dict)
    inverses: Mapping[str, str] = field(default_factory=dict)

    def of(self, subject: str, predicate: str, value: str) -> tuple[Quotation, ...]:
        """The quotations for a fact, or for the same fact told from the other end."""
        other = self.inverses.get(predicate, "")
        keys = ((subject, predicate, value), (value, other, subject))
        return tuple(dict.fromkeys(quotation for key in keys for quotation in self.quotations.get(key, ())))


def describe(view: View, iri: str) -> Description:
    """The description of the thing called `iri`. InputError where the graph does not say anything of it."""
    try:
        term = iri_term(iri)
    except ValueError:
        raise InputError(f"{iri} is no valid IRI") from None
    known = vocabulary(view)
    outgoing = view.engine.select(_OUTGOING.format(term), limit=_MOST)
    incoming = view.engine.select(_INCOMING.format(term), limit=_MOST)
    if not (outgoing.rows or incoming.rows):
        raise InputError(f"the graph says nothing of {iri}")
    quoted = view.engine.select(_EVIDENCE.format(term), limit=_MOST)
    evidence = _Evidence(_quotations(view, quoted), known.inverses)
    there = [(p.value, o) for p, o in outgoing.rows if p and o]
    back = [(p.value, s) for s, p in incoming.rows if p and s]
    linked = things(view, {iri, *(term.value for _, term in (*there, *back) if term.kind == "iri")})
    facts = [(p, o) for p, o in there if p not in {_LABEL, _ALT, _TYPE}]
    told = {(p, o.value) for p, o in facts}
    inverse = [(p, s) for p, s in back if p not in _DOCUMENTS and (known.inverses.get(p), s.value) not in told]
    own = [(p, o) for p, o in facts if _is_own(p, view) and p not in _DOCUMENTS]

    def forward(property: str, value: Term) -> tuple[Quotation, ...]:
        return evidence.of(iri, property, value.value)

    def backward(property: str, subject: Term) -> tuple[Quotation, ...]:
        return evidence.of(subject.value, property, iri)

    def backwards(property: str) -> str:
        return _BACKWARDS.get(property.removeprefix(ACC)) or f"{known.label(property)} of"

    return Description(
        thing=linked[iri],
        names=tuple(dict.fromkeys(o.value for p, o in there if p == _ALT)),
        classes=tuple((c, known.label(c)) for c in known.most_specific([o.value for p, o in there if p == _TYPE])),
        facts=_groups(own, linked, known.label, forward),
        inverse=_groups([(p, s) for p, s in inverse if _is_own(p, view)], linked, backwards, backward),
        mentions=tuple(linked[s.value] for p, s in back if p == str(ACC.mentions)),
        others=_groups([(p, o) for p, o in facts if not _is_own(p, view)], linked, known.label, forward),
        whole=outgoing.complete and incoming.complete and quoted.complete,
    )


def _is_own(property: str, view: View) -> bool:
    """Whether a property is told among the facts. Of the data of others, all are."""
    return not view.base or property.startswith((ACC, PREFIXES["dcterms"]))


def _quotations(view: View, table: Table) -> Mapping[tuple[str, str, str], list[Quotation]]:
    texts: dict[str, str] = {}
    found: dict[tuple[str, str, str], list[Quotation]] = {}
    for row in table.records():
        document = row["document"]
        if document not in texts:
            texts[document] = view.release.text(document)
        text, start, end = texts[document], int(row["start"]), int(row["end"])
        quotation = Quotation(
            document=document,
            title=row.get("title", document),
            start=start,
            end=end,
            exact=row["exact"],
            before=_last_words(text[max(0, start - _CONTEXT) : start], cut=start > _CONTEXT),
            after=_first_words(text[end : end + _CONTEXT], cut=end + _CONTEXT < len(text)),
            rule=row.get("rule", ""),
            confidence=number(row.get("confidence", "")),
        )
        found.setdefault((row["subject"], row["property"], row["object"]), []).append(quotation)
    return found


def _last_words(text: str, cut: bool) -> str:
    """The end of `text`, from its last line break on, beginning with a whole word."""
    line = text.rpartition("\n")[2]
    return "…" + line.partition(" ")[2] if cut and line == text else line


def _first_words(text: str, cut: bool) -> str:
    """The beginning of `text`, up to its first line break, ending with a whole word."""
    line = text.partition("\n")[0]
    return line.rpartition(" ")[0] + "…" if cut and line == text else line


def _groups(
    pairs: Iterable[tuple[str, Term]],
    linked: Mapping[str, Thing],
    named: Callable[[str], str],
    quoted: Callable[[str, Term], tuple[Quotation, ...]],
) -> tuple[Group, ...]:
    groups: dict[str, list[Fact]] = {}
    for property, term in pairs:
        value = linked[term.value] if term.kind == "iri" else None
        groups.setdefault(property, []).append(Fact(value, _text(term), term.language, quoted(property, term)))
    ranked = sorted(groups, key=lambda property: (_rank(property), named(property)))
    return tuple(Group(property, named(property), tuple(groups[property])) for property in ranked)


def _rank(property: str) -> int:
    position = _ORDER.find(f" {property.removeprefix(ACC)} ")
    return position if position >= 0 else len(_ORDER)


def _text(term: Term) -> str:
    kind = (term.datatype or "").removeprefix(PREFIXES["xsd"])
    if kind in {"date", "gYear", "gYearMonth", "dateTime"}:
        return day(term.value)
    if kind == "duration":
        return duration(term.value)
    return number(term.value) if kind in {"decimal", "integer", "double"} else term.value
