"""A small release to serve: two invented documents of an invented country, in the shape that the builder gives.

`make_release` writes one from texts and facts. Each fact is stated in a document by words that stand in its text.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, Literal, URIRef
from rdflib.term import Node

from kg import store
from kg.namespaces import ACC, OA, SDG, Addresses
from kg.ontology import infer, load_vocabulary, ontology_triples
from kg.release import Release, prepare, publish
from kg.resources import ontology_folder

ADDRESSES = Addresses()


def thing(path: str) -> URIRef:
    """The IRI of a thing, e.g. `organisation/skills-office`."""
    return URIRef(ADDRESSES.base + path)


@dataclass(frozen=True)
class Stated:
    """A fact and the words that state it, as they stand in the text of the document."""

    document: str
    subject: Node
    predicate: Node
    value: Node
    words: str


@dataclass(frozen=True)
class Corpus:
    """Texts by name, the names and classes of things, and what is stated. `also` is said by no document."""

    texts: Mapping[str, str]
    names: Mapping[Node, tuple[str, ...]]
    classes: Mapping[Node, str]
    stated: tuple[Stated, ...]
    also: tuple[tuple[Node, Node, Node], ...] = ()


def quads(corpus: Corpus) -> Iterator[store.Quad]:
    """The graphs of the documents and the default graph."""
    merged: list[tuple[Node, Node, Node]] = [*corpus.also]
    for iri, (label, *others) in corpus.names.items():
        merged.append((iri, RDFS.label, Literal(label, lang="en")))
        merged += [(iri, SKOS.altLabel, Literal(other)) for other in others]
    merged += [(iri, RDF.type, ACC[name]) for iri, name in corpus.classes.items()]
    for name in corpus.texts:
        own = list(_document(corpus, name))
        yield from ((*triple, ADDRESSES.document_graph(name)) for triple in own)
        merged += own
    vocabulary = load_vocabulary(ontology_folder())
    merged += list(ontology_triples(ontology_folder()))
    merged += list(infer(vocabulary, merged))
    yield from ((*triple, None) for triple in dict.fromkeys(merged))


def _document(corpus: Corpus, name: str) -> Iterator[tuple[Node, Node, Node]]:
    document, text = ADDRESSES.thing("document", name), corpus.texts[name]
    yield document, RDF.type, ACC.Document
    yield document, DCTERMS.identifier, Literal(name)
    yield document, DCTERMS.title, Literal(text.splitlines()[0], lang="en")
    for number, fact in enumerate(fact for fact in corpus.stated if fact.document == name):
        start = text.index(fact.words)
        assertion, evidence = (ADDRESSES.thing(kind, f"{name}-{number}") for kind in ("assertion", "evidence"))
        yield fact.subject, fact.predicate, fact.value
        yield assertion, RDF.type, ACC.Assertion
        yield assertion, RDF.subject, fact.subject
        yield assertion, RDF.predicate, fact.predicate
        yield assertion, RDF.object, fact.value
        yield assertion, ACC.confidence, Literal("0.90", datatype=XSD.decimal)
        yield assertion, ACC.rule, Literal("by-hand")
        yield assertion, ACC.evidence, evidence
        yield assertion, PROV.wasDerivedFrom, document
        yield evidence, RDF.type, ACC.Evidence
        yield evidence, OA.hasSource, document
        yield evidence, OA.start, Literal(start)
        yield evidence, OA.end, Literal(start + len(fact.words))
        yield evidence, OA.exact, Literal(fact.words)
        for mentioned in (fact.subject, fact.value):
            if mentioned in corpus.names and corpus.classes.get(mentioned) not in {"Appointment", "Statistic"}:
                yield document, ACC.mentions, mentioned


def make_release(data: Path, corpus: Corpus, extra: Iterable[store.Quad] = ()) -> Release:
    """Build a release of `corpus` in the data folder and make it the current one."""
    with prepare(data) as building:
        store.write(building.store, [*quads(corpus), *extra])
        for name, text in corpus.texts.items():
            building.write_text(name, text)
        manifest = {"documents": len(corpus.texts), "facts": len(corpus.stated), "base": ADDRESSES.base}
        return publish(building, manifest)


VISIT = "visit to norland.txt"
PLAN = "plan.txt"
OFFICE, SCHOOL, UNION = (
    thing("organisation/skills-office"),
    thing("organisation/boat-school"),
    thing("organisation/union"),
)
ACCORD, ACT, PROJECT = thing("instrument/lake-accord"), thing("instrument/fishing-act"), thing("project/boats-for-all")
WORKSHOP, HARBOUR = thing("event/knot-workshop"), thing("place/nl-harbour")
PERSON, APPOINTMENT = thing("person/ada-brook"), thing("appointment/ada-brook-1")
MANY, FEW = thing("statistic/boats-many"), thing("statistic/boats-few")
GOAL = SDG["8"]

EXAMPLE = Corpus(
    texts={
        VISIT: """A visit to Norland <b>& friends</b>
12 May 2031

The Skills Office (SO) and the Bờ Hồ Boat School signed the Lake Accord in Harbour Town on 12 May 2031.
Ada Brook, Director of the Skills Office, opened a workshop on knots.
The project Boats for All, which the Boat School runs and the Oar Makers' Union pays for, has built some 26,000 boats.
""",
        PLAN: """What the Skills Office plans
Boats for All has built 25,400 boats. It helps to reach decent work for all.
The Fishing Act (No. 12/31) allows it.
""",
    },
    names={
        OFFICE: ("Skills Office", "SO", 'The "Office" <script>alert(1)</script>'),
        SCHOOL: ("Bờ Hồ Boat School", "Boat School"),
        UNION: ("Oar Makers' Union",),
        ACCORD: ("Lake Accord",),
        ACT: ("Fishing Act",),
        PROJECT: ("Boats for All",),
        WORKSHOP: ("Workshop on knots",),
        HARBOUR: ("Harbour Town",),
        PERSON: ("Ada Brook",),
        APPOINTMENT: ("Ada Brook, Director",),
        GOAL: ("Decent work and economic growth",),
    },
    classes={
        OFFICE: "GovernmentBody",
        SCHOOL: "EducationInstitution",
        UNION: "TradeUnion",
        ACCORD: "CooperationAgreement",
        ACT: "Law",
        PROJECT: "Project",
        WORKSHOP: "Workshop",
        HARBOUR: "City",
        PERSON: "Person",
        APPOINTMENT: "Appointment",
        MANY: "Statistic",
        FEW: "Statistic",
    },
    stated=(
        Stated(
            VISIT, ACCORD, ACC.party, OFFICE, "The Skills Office (SO) and the Bờ Hồ Boat School signed the Lake Accord"
        ),
        Stated(
            VISIT, ACCORD, ACC.party, SCHOOL, "The Skills Office (SO) and the Bờ Hồ Boat School signed the Lake Accord"
        ),
        Stated(VISIT, ACCORD, ACC.signedOn, Literal("2031-05-12", datatype=XSD.date), "on 12 May 2031"),
        Stated(VISIT, ACCORD, ACC.place, HARBOUR, "in Harbour Town"),
        Stated(VISIT, APPOINTMENT, ACC.holder, PERSON, "Ada Brook, Director of the Skills Office"),
        Stated(VISIT, APPOINTMENT, ACC.organisation, OFFICE, "Ada Brook, Director of the Skills Office"),
        Stated(VISIT, APPOINTMENT, ACC.title, Literal("Director", lang="en"), "Director"),
        Stated(VISIT, WORKSHOP, ACC.participant, PERSON, "Ada Brook, Director of the Skills Office, opened a workshop"),
        Stated(VISIT, WORKSHOP, ACC.start, Literal("2031-05", datatype=XSD.gYearMonth), "12 May 2031"),
        Stated(VISIT, PROJECT, ACC.implementer, SCHOOL, "which the Boat School runs"),
        Stated(VISIT, PROJECT, ACC.funder, UNION, "the Oar Makers' Union pays for"),
        Stated(VISIT, SCHOOL, ACC.partOf, OFFICE, "Boat School"),
        Stated(VISIT, MANY, ACC.value, Literal("26000", datatype=XSD.decimal), "some 26,000 boats"),
        Stated(VISIT, MANY, ACC.unit, Literal("boats", lang="en"), "boats"),
        Stated(VISIT, MANY, ACC.bound, ACC.approximate, "some 26,000 boats"),
        Stated(VISIT, MANY, ACC.about, PROJECT, "has built some 26,000 boats"),
        Stated(PLAN, FEW, ACC.value, Literal("25400", datatype=XSD.decimal), "25,400 boats"),
        Stated(PLAN, FEW, ACC.unit, Literal("boats", lang="en"), "boats"),
        Stated(PLAN, FEW, ACC.bound, ACC.exact, "25,400 boats"),
        Stated(PLAN, FEW, ACC.about, PROJECT, "Boats for All has built 25,400 boats"),
        Stated(PLAN, PROJECT, ACC.contributesTo, GOAL, "decent work for all"),
        Stated(PLAN, ACT, ACC.identifier, Literal("12/31"), "Fishing Act (No. 12/31)"),
        Stated(PLAN, OFFICE, DCTERMS.description, Literal("plans"), "the Skills Office plans"),
    ),
    also=(
        (MANY, ACC.conflictsWith, FEW),
        (FEW, ACC.conflictsWith, MANY),
        (OFFICE, OWL.sameAs, URIRef("javascript:alert(1)")),
        (OFFICE, RDFS.seeAlso, URIRef("https://example.org/office")),
    ),
)
