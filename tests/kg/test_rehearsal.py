"""What saved queries give on a release before it goes live, and what that changes."""

from dataclasses import replace

import pytest
from rdflib import Literal

from kg import accounts
from kg.namespaces import ACC
from kg.rehearsal import rehearse
from kg.release import current_release
from kg.saved import Library, parse
from tests.kg.served import EXAMPLE, PLAN, PROJECT, Stated, make_release

UNITS = "#+ title: Units\n{}SELECT ?unit WHERE {{ ?figure acc:unit ?unit }}\n"
QUERIES = {
    "units": UNITS.format(""),
    "few-units": UNITS.format("#+ expect: {rows: {max: 2}, columns: [unit, value], filled: [unit]}\n"),
    "wrong": "#+ title: Wrong\nSELECT * {\n",
    "asks": "#+ title: Asks\n#+ parameters: [{name: w, required: true}]\nSELECT * {\nVALUES ?_w { UNDEF }\n}\n",
}
MORE = replace(
    EXAMPLE,
    stated=(
        *(fact for fact in EXAMPLE.stated if fact.value != Literal("boats", lang="en") or fact.document == PLAN),
        Stated(PLAN, PROJECT, ACC.unit, Literal("oars", lang="en"), "boats"),
        Stated(PLAN, PROJECT, ACC.unit, Literal("sails", lang="en"), "boats"),
    ),
)


@pytest.fixture
def library(database):
    return Library(database, {name: parse(name, text) for name, text in QUERIES.items()})


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    """Three releases of one data folder: an example, another one, and the other one again."""
    data = tmp_path_factory.mktemp("rehearsal") / "data"
    return [make_release(data, corpus) for corpus in (EXAMPLE, MORE, MORE)]


def test_queries_are_run_and_compared(library, releases, clock):
    first, second, third = releases
    seen = []
    runs = {
        run.name: run
        for run in rehearse(
            first.store, 1, library, before=None, progress=lambda done, total: seen.append((done, total))
        )
    }
    assert seen == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert runs.keys() == {"units", "few-units", "wrong"}, "a query that must be given a value is left out"
    units = runs["units"]
    assert (units.version, units.release, units.at, units.rows, units.columns) == (1, 1, clock(), 2, ("unit",))
    assert (units.before, units.added, units.removed) == (None, 0, 0) and units.good and len(units.digest) == 64
    assert runs["few-units"].broken == ("it gives no column value",)
    assert "ends too early" in runs["wrong"].error and not runs["wrong"].digest
    assert library.runs("units") == [], "nothing is written down yet"

    later = {run.name: run for run in rehearse(second.store, 2, library, before=first)}
    changed = later["units"]
    assert (changed.before, changed.added, changed.removed) == (1, 2, 1)
    assert (sorted(changed.added_rows), changed.removed_rows) == ([("oars",), ("sails",)], (("boats",),))
    assert changed.digest != units.digest
    assert later["few-units"].reasons[0] == "it gives 3 rows, and 2 at most are expected"
    assert later["wrong"].before is None

    for known in ([], later.values()):  # what was written down on the release before is used
        library.record(known)
        same = {run.name: run for run in rehearse(third.store, 3, library, before=second)}["units"]
        assert (same.before, same.added, same.removed, same.digest) == (2, 0, 0, changed.digest)


def test_all_queries_are_run_whoever_may_see_them(library, releases):
    ada = accounts.add_user(library.database, "ada", role="editor", by="")
    library.save("own", "#+ title: t\n#+ visibility: private\nASK {}", ada, based_on=None)
    library.save("old", "#+ title: t\nASK {}", ada, based_on=None)
    library.delete("old", ada)
    runs = rehearse(releases[0].store, 1, library, before=releases[0])
    assert {run.name for run in runs} == {"units", "few-units", "wrong", "own"}
    (own,) = (run for run in runs if run.name == "own")
    assert (own.columns, own.rows, own.added) == (("answer",), 1, 0)


def test_a_query_that_takes_too_long_is_broken(library, releases):
    ada = accounts.add_user(library.database, "ada", role="editor", by="")
    slow = "#+ title: t\nSELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    library.save("slow", slow, ada, based_on=None)
    runs = rehearse(releases[0].store, 1, library, before=None, time_limit=1)
    (slow_run,) = (run for run in runs if run.name == "slow")
    assert "time" in slow_run.error or "second" in slow_run.error
    assert next(run for run in runs if run.name == "units").good, "the others go on"


def test_the_release_that_is_served_is_left_as_it_is(library, releases):
    rehearse(releases[2].store, 3, library, before=releases[1])
    assert current_release(releases[2].path.parent.parent).number == 3
