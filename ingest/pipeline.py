"""The only file that knows the order of the arrows: documents, texts, annotations, findings, entities, quads."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from rdflib import PROV, RDF, RDFS, Literal, URIRef

from ingest import readers
from ingest.annotators import analyse, names
from ingest.annotators.analysis import Analysis
from ingest.annotators.english import English, load_english
from ingest.annotators.gazetteer import Gazetteer, fold
from ingest.annotators.names import Names
from ingest.annotators.recogniser import DEFAULT_MODEL, load_recogniser, recognise
from ingest.calibration import Calibration, calibrated, load_calibration
from ingest.extractors import extract
from ingest.extractors.cast import Cast
from ingest.extractors.order import InOrder
from ingest.lexicon import Lexicon, load_lexicon
from ingest.model import Document, Findings, Span
from ingest.quads import DocumentGraph, Quad, Triple, merged
from ingest.resolution.identity import resolve
from kg.errors import InputError
from kg.namespaces import DEFAULT_BASE, Addresses
from kg.reference import Reference

SAMPLES = Path(str(resources.files("ingest") / "samples"))
RULES = "1"
"""The version of the rules, which names the activity that generated a fact."""

Progress = Callable[[str, int, int], None]
"""Called with a stage (`read`, `resolve`, `state`), how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a build made of its documents.

    `texts` maps identifiers to stored texts; `quads` come once, in a stable order, graph None for the default graph;
    `reference` are the IRIs of the reference entities in use (complete when `quads` are through).
    """

    texts: Mapping[str, str]
    failures: tuple[Failure, ...]
    quads: Iterator[Quad]
    reference: set[str]


@dataclass(frozen=True, slots=True)
class Read:
    """What one document states, with the places and topics that it names."""

    findings: Findings
    places: tuple[tuple[str, Span], ...]
    topics: tuple[tuple[str, Span, str], ...]


class Reading:
    """Reads documents one by one: the models and lists that all of them need are loaded once."""

    def __init__(
        self, reference: Reference, model: str = DEFAULT_MODEL, calibration: Calibration | None = None
    ) -> None:
        self.english: English = load_english(model)
        self.lexicon: Lexicon = load_lexicon()
        self.gazetteer = Gazetteer(reference)
        self.model = model
        self.calibration = calibration or load_calibration()
        self._topics = [(t, *_one_of([fold(n) for n in (t.label, *t.names)])) for t in reference.topics]

    def analysis(self, identifier: str, content: str) -> Analysis:
        """The annotations of a stored text."""
        return analyse(identifier, content, self.english, self.lexicon, self.gazetteer)

    def take_apart(self, identifier: str, content: str) -> tuple[Analysis, Names, Cast]:
        """The steps from a stored text to what it states, with the guesses of the rules as confidence."""
        analysis = self.analysis(identifier, content)
        found = names.annotate(analysis, lambda text, spans: recognise(load_recogniser(self.model), text, spans))
        return analysis, found, extract(analysis, found)

    def read(self, identifier: str, content: str) -> Read:
        """What a stored text states."""
        analysis, found, cast = self.take_apart(identifier, content)
        findings = calibrated(cast.findings(), self.calibration)
        return Read(findings, tuple(_places(analysis, found)), tuple(self._topics_in(content)))

    def _topics_in(self, content: str) -> Iterator[tuple[str, Span, str]]:
        """The topics that a text names, each where it does so first."""
        folded = fold(content)
        for topic, forms, pattern in self._topics:
            # Most topics are not in a text, and looking for mere characters is much quicker than for words.
            match = pattern.search(folded) if any(form in folded for form in forms) else None
            if match:
                yield topic.iri, Span(*match.span()), topic.label


def _one_of(forms: Sequence[str]) -> tuple[Sequence[str], re.Pattern[str]]:
    """Folded names, and the pattern of the first of them that a folded text names."""
    return forms, re.compile("|".join(rf"\b{re.escape(form)}\b" for form in forms))


def _places(analysis: Analysis, found: Names) -> Iterator[tuple[str, Span]]:
    """The places that a text names, but for those in its boilerplate and in names of persons."""
    persons = InOrder(found.persons)
    for a in analysis.places:
        sentence = analysis.sentence_at(a.span.start)
        if sentence is not None and sentence.line.kind != "boilerplate" and not persons.covering(a.span.start):
            yield a.value.iri, a.span


def find_documents(paths: Sequence[Path]) -> list[Path]:
    """The files to read: those named, and in folders (searched to the bottom) all that a reader takes, by their names.

    Raises InputError for a missing path, an empty folder, or two files of one name.
    """
    found: list[Path] = []
    endings = readers.suffixes()
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder")
        if path.is_dir():
            inside = sorted(
                p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in endings and not p.name.startswith(".")
            )
            if not inside:
                raise InputError(
                    f"{path}: no document in this folder; files ending with {', '.join(sorted(endings))} are read"
                )
            found += inside
        else:
            found.append(path)
    found = list(dict.fromkeys(p.resolve() for p in found))
    seen: dict[str, Path] = {}
    for path in found:
        if path.name in seen:
            raise InputError(
                f"{shown(path)}: another document has the same name ({shown(seen[path.name])}); "
                "file names must be unique in a corpus"
            )
        seen[path.name] = path
    return sorted(found, key=lambda p: p.name)


def shown(path: Path) -> str:
    """A path to print: bytes of its name that are not UTF-8 are shown as question marks."""
    return os.fsencode(path).decode("utf-8", "replace")


def _read(path: Path, reading: Reading) -> tuple[str, Read] | Failure:
    """The stored text of a document and what it states, or why there is none."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return Failure(shown(path), "the file name is not valid UTF-8, so the document can have no address; rename it")
    try:
        content = readers.read(Document(path.name, path, path.read_bytes()))
    except OSError as error:
        return Failure(str(path), error.strerror or str(error))
    except InputError as error:
        return Failure(str(path), str(error).removeprefix(f"{path}: "))
    try:
        return content, reading.read(path.name, content)
    except Exception as error:  # one document must not end the run of all
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        return Failure(
            str(path), f"a rule broke on its text ({where}: {type(error).__name__}: {error}); please report it"
        )


def build(
    paths: Sequence[Path],
    *,
    reference: Reference,
    base: str = DEFAULT_BASE,
    model: str = DEFAULT_MODEL,
    progress: Progress = lambda stage, done, total: None,
) -> Corpus:
    """Reads the documents and states what they say. A document that cannot be read is a Failure; the others go on."""
    files = find_documents(paths)
    reading = Reading(reference, model)
    texts: dict[str, str] = {}
    failures: list[Failure] = []
    reads: list[Read] = []
    for n, path in enumerate(files):
        progress("read", n, len(files))
        result = _read(path, reading)
        if isinstance(result, Failure):
            failures.append(result)
        else:
            texts[path.name], read = result
            reads.append(read)
    progress("read", len(files), len(files))
    used: set[str] = set()
    return Corpus(texts, tuple(failures), _quads(reads, reference, Addresses(base), used, progress), used)


def _quads(
    reads: Sequence[Read], reference: Reference, addresses: Addresses, used: set[str], progress: Progress
) -> Iterator[Quad]:
    iris = resolve([r.findings for r in reads], addresses)
    places = {p.iri: p for p in reference.places}
    known = {e.iri: e for e in (*reference.organisations, *reference.places, *reference.topics, *reference.goals)}
    activity = addresses.thing("activity", f"extraction-{RULES}")
    graphs: dict[URIRef, list[Triple]] = {}
    for n, r in enumerate(reads):
        progress("state", n, len(reads))
        graph = addresses.document_graph(r.findings.text.document)
        triples = list(DocumentGraph(r.findings, iris, addresses, places, r.places, r.topics, activity).triples())
        triples += [
            (activity, RDF.type, PROV.Activity),
            (activity, RDFS.label, Literal("Extraction of facts from the text of documents", lang="en")),
        ]
        graphs[graph] = triples
        for s, p, o in triples:
            used.update(str(t) for t in (s, o) if str(t) in known)
            yield s, p, o, graph
    progress("state", len(reads), len(reads))
    for s, p, o in merged(graphs, known):
        yield s, p, o, None
