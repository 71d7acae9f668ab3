"""One label a thing, the same in any order of the documents."""

from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDFS, SKOS, Literal, URIRef

from ingest.quads import merged

THINGS = st.sampled_from([URIRef("https://example.org/a"), URIRef("https://example.org/b")])
NAMES = st.sampled_from(["Alpha", "Alpha Institute", "AI", "Viện Alpha"]).map(lambda n: Literal(n, lang="en"))
GRAPHS = st.lists(st.lists(st.tuples(THINGS, st.sampled_from([RDFS.label, SKOS.altLabel]), NAMES)), max_size=5)


@given(GRAPHS, st.randoms())
def test_one_label(graphs, random) -> None:
    named = {URIRef(f"https://example.org/graph/{n}"): triples for n, triples in enumerate(graphs)}
    triples = set(merged(named, {}))
    things = {s for graph in graphs for s, _, _ in graph}
    labels = [s for s, p, _ in triples if p == RDFS.label]
    assert sorted(labels) == sorted(things)
    names = {(s, o) for graph in graphs for s, _, o in graph}
    assert {(s, o) for s, _, o in triples} == names
    items = list(named.items())
    random.shuffle(items)
    assert set(merged(dict(items), {})) == triples
