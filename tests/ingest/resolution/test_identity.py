"""The same thing in two documents has one IRI, namesakes have two."""

import random

import pytest

from ingest.model import Entity, Fact, Findings, Span, Text, Value
from ingest.resolution.identity import resolve
from ingest.resolution.slugs import slug
from kg.namespaces import Addresses

HERE = (Span(0, 1),)


def body(name: str, *others: str, country: str | None = None) -> Entity:
    """An organisation that is in no reference data."""
    return Entity(f"organisation:{name}", "GovernmentBody", (name, *others), HERE, "r", country=country)


def document(name: str, country: str, *entities: Entity, facts: tuple[Fact, ...] = ()) -> Findings:
    """What a document of a country states."""
    return Findings(Text(name, "-"), entities, facts, country)


def iris(*corpus: Findings) -> list[str]:
    """The last parts of the IRIs of all entities."""
    found = resolve(corpus, Addresses())
    return [found[f.text.document, e.key].rsplit("/", 1)[-1] for f in corpus for e in f.entities]


def same(one: Findings, two: Findings) -> bool:
    """Whether the first entities of two documents are one."""
    found = resolve([one, two], Addresses())
    return found[one.text.document, one.entities[0].key] == found[two.text.document, two.entities[0].key]


def person(name: str) -> Entity:
    """A person."""
    return Entity(f"person:{name}", "Person", (name,), HERE, "r")


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (body("Ministry of Trades"), body("Ministry of Trades"), True),
        (body("Ministry of Trades"), body("Ministry of Trades", country="LA"), False),
        (body("Trades Department"), body("Department of Trades"), True),
        (body("Alpha Skills Center"), body("Alpha Skills Centre"), True),
        (body("Kenyan Ministry of Trades", country="KE"), body("Ministry of Trades", country="KE"), True),
        (person("Min-Seo Kim"), person("Kim Minseo"), True),
        (person("Kim Min Seo"), person("Minseo Kim"), True),
        (person("Pham Dzung"), person("Phạm Dũng"), True),
        (person("Grace Otieno"), person("Grace Achieng"), False),
    ],
)
def test_pairs(one: Entity, two: Entity, expected: bool) -> None:
    assert same(document("a", "VN", one), document("b", "VN", two)) is expected


def test_a_department_is_of_the_country_of_its_ministry() -> None:
    part, whole = body("Department of Trades"), body("Ministry of Works", country="LA")
    above = Fact(part.key, "partOf", whole.key, HERE, "r")
    assert iris(document("a", "VN", part, whole, facts=(above,))) == ["department-of-trades-la", "ministry-of-works-la"]


def test_an_abbreviation_is_what_one_document_spells_out() -> None:
    long = body("Alpha Skills Fund", "ASF")
    assert same(document("a", "VN", body("ASF")), document("b", "VN", long))


def test_events_told_twice() -> None:
    def told(name: str, title: str) -> Findings:
        event = Entity("event:x", "Workshop", (title,), HERE, "r")
        day = Fact(event.key, "start", Value("2031-05-05", "date"), HERE, "r")
        place = Fact(event.key, "place", "https://example.org/place/ke", HERE, "r")
        return document(name, "KE", event, facts=(day, place))

    assert same(told("a", "Workshop on roofs for masons"), told("b", "Masons workshop on roofs"))
    assert not same(told("a", "Workshop on roofs"), told("b", "Seminar for drivers"))


def test_order_of_documents_does_not_matter() -> None:
    names = ["Min-Seo Kim", "Kim Minseo", "Kim Min Seo", "Grace Otieno"]
    corpus = [document(str(n), "VN", person(name)) for n, name in enumerate(names)]
    shuffled = corpus.copy()
    random.Random(1).shuffle(shuffled)
    assert resolve(corpus, Addresses()) == resolve(shuffled, Addresses())


def test_slug() -> None:
    assert slug("Việt Nam’s “Skills” & Work") == "viet-nam-skills-work"
    assert len(slug("word " * 60)) < 90
    assert slug("!?")
