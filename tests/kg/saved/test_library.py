"""The library on both kinds of databases."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import accounts
from kg.accounts import MACHINE
from kg.errors import ConflictError, DeletedQueryError, ForbiddenError, SavedQueryError, UnknownQueryError
from kg.saved import Library, Run, View, hash_of, open_library, parse
from kg.saved.stored import clean_text

HEAD = "#+ title: {}\n"
QUERY = "SELECT ?name WHERE {{ ?thing rdfs:label ?name }} LIMIT {}\n"
PREFIX = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"


def text(number=1, title="Names", head=""):
    return HEAD.format(title) + head + QUERY.format(number)


def stored(number=1, title="Names", head=""):
    return HEAD.format(title) + head + PREFIX + QUERY.format(number)


def files(**texts):
    return {name: parse(name, text) for name, text in texts.items()}


@pytest.fixture
def people(database):
    roles = {"ada": "editor", "eve": "editor", "rob": "reader", "amy": "admin"}
    return {name: accounts.add_user(database, name, role=role, by="") for name, role in roles.items()}


@pytest.fixture
def library(database, people):
    return Library(database, files(curated=text(7, "Curated")))


@pytest.fixture
def ada(people):
    return people["ada"]


@pytest.fixture
def eve(people):
    return people["eve"]


def names(library, user=None, **wanted):
    return [query.name for query in library.list(user, **wanted)]


def test_a_query_is_saved_and_found(library, ada, clock):
    version = library.save("names", text(), ada, why="  first\n try ", based_on=None)
    assert (version.name, version.number, version.author, version.why) == ("names", 1, "ada", "first try")
    assert (version.at, version.text, version.hash) == (clock(), stored(), hash_of(stored()))
    query = library.find("names")
    assert query == replace(
        parse("names", stored()), origin="staff", owner="ada", version=1, latest=True, deleted=False
    )
    assert library.history("names") == [version]
    assert names(library) == ["curated", "names"]
    assert accounts.entries(library.database)[0].action == "query.save"


def test_files_and_own_ones_look_alike(library, ada):
    library.save("names", text(), ada, based_on=None)
    for query in library.list():
        assert library.find(query.name) == query == library.find(query.name, 1)
        assert [version.text for version in library.history(query.name)] == [query.text]
        assert query.version == 1 and query.latest and not query.deleted
    assert [(query.origin, query.owner) for query in library.list()] == [("file", None), ("staff", "ada")]


def test_each_save_is_a_version_and_old_ones_stay(library, ada, eve):
    for number in range(1, 4):
        library.save("names", text(number), ada if number % 2 else eve, based_on=number - 1 or None)
    assert [(one.number, one.author) for one in library.history("names")] == [(3, "ada"), (2, "eve"), (1, "ada")]
    assert library.find("names").version == 3
    old = library.find("names", 1)
    assert (old.version, old.latest, old.text, old.owner) == (1, False, stored(1), "ada")
    for wrong in (0, 4, -1, 10**12):
        with pytest.raises(UnknownQueryError, match=r"no version .* last one is 3"):
            library.find("names", wrong)


def test_the_same_text_is_not_saved_twice(library, ada, eve):
    first = library.save("names", text(), ada, based_on=None)
    assert library.save("names", "\r\n" + text().replace("\n", "\r\n"), eve, based_on=None) == first
    assert len(library.history("names")) == 1


def test_the_second_of_two_editors_is_told(library, ada, eve):
    library.save("names", text(1), ada, based_on=None)
    current = library.save("names", text(2), ada, based_on=1)
    with pytest.raises(
        ConflictError, match="names has version 2 by ada since; your text is based on version 1"
    ) as told:
        library.save("names", text(3), eve, based_on=1)
    error = told.value
    assert (error.current, error.theirs, error.yours, error.based_on) == (current, stored(2), stored(3), 1)
    with pytest.raises(ConflictError, match="there is a query of that name"):
        library.save("names", text(3), eve, based_on=None)
    with pytest.raises(ConflictError):
        library.save("names", text(3), eve, based_on=3)
    assert len(library.history("names")) == 2
    assert library.save("names", text(3), eve, based_on=2).number == 3


@pytest.mark.parametrize("based_on", [None, 1])
def test_of_many_who_save_at_once_one_wins_and_all_others_are_told(library, ada, eve, based_on):
    if based_on:
        library.save("names", text(), ada, based_on=None)
    start = Barrier(8)

    def save(number):
        start.wait()
        try:
            return library.save("names", text(number), ada if number % 2 else eve, based_on=based_on).text
        except ConflictError as error:
            assert error.yours == stored(number) and error.theirs != stored(number)
            return None

    with ThreadPoolExecutor(8) as pool:
        saved = [one for one in pool.map(save, range(100, 108)) if one]
    assert len(saved) == 1 and library.find("names").text == saved[0]
    assert len(library.history("names")) == (2 if based_on else 1)


SAVING = """
import sys
from kg import accounts
from kg.database import open_database
from kg.errors import ConflictError
from kg.saved import Library
database = open_database(sys.argv[1])
user, library = accounts.find_user(database, sys.argv[2]), Library(database, {})
print("ready", flush=True)
sys.stdin.readline()
saved = told = 0
for number in range(20):
    while True:
        based_on = library.find("names").version
        try:
            text = f"#+ title: {sys.argv[2]} {number}\\nSELECT * {{ ?a ?b ?c }}"
            library.save("names", text, user, based_on=based_on)
            saved += 1
            break
        except ConflictError as error:
            assert error.theirs and error.current.number > based_on
            told += 1
print(saved, told)
"""


def test_two_processes_that_save_lose_nothing(library, database_url, ada):
    library.save("names", text(), ada, based_on=None)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SAVING, database_url, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("ada", "eve")
    ]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    counts = [process.communicate()[0].split() for process in running]
    assert [saved for saved, _ in counts] == ["20", "20"]
    history = library.history("names")
    assert [one.number for one in history] == list(range(41, 0, -1))
    titles = {parse("names", one.text).title for one in history}
    assert titles == {"Names", *(f"{name} {number}" for name in ("ada", "eve") for number in range(20))}


def test_who_may_see_what(library, people):
    ada, eve, rob, amy = (people[name] for name in ("ada", "eve", "rob", "amy"))
    library.save("for-all", text(), ada, based_on=None)
    library.save("for-staff", text(head="#+ visibility: staff\n"), ada, based_on=None)
    library.save("for-ada", text(head="#+ visibility: private\n"), ada, based_on=None)
    everything = ["curated", "for-ada", "for-all", "for-staff"]
    gone = accounts.disable_user(library.database, "rob", by="")
    for user, seen in [
        (None, ["curated", "for-all"]),
        (gone, ["curated", "for-all"]),
        (rob, ["curated", "for-all", "for-staff"]),
        (eve, ["curated", "for-all", "for-staff"]),
        (ada, everything),
        (amy, everything),
        (MACHINE, everything),
    ]:
        assert names(library, user) == seen
        for name in everything:
            if name in seen:
                assert library.find(name, user=user).name == name
                assert library.find(name, 1, user).name == name
            else:
                for call in (library.find, library.history):
                    with pytest.raises(UnknownQueryError, match=f"there is no saved query '{name}'"):
                        call(name, user=user)


PIECES = st.sampled_from(
    ["#+ title: a\n", "#", "\n", "\r", "\ufeff", "rdfs:label", "PREFIX rdfs:", "<http://a/>", "'", "{", "xsd:"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join))
def test_a_text_is_stored_in_one_form(written):
    try:
        kept = clean_text(written)
    except SavedQueryError as error:
        assert "no text" in str(error)
    else:
        assert clean_text(kept) == kept == clean_text("\ufeff" + kept.replace("\n", "\r\n"))


def test_a_name_that_one_may_not_see_is_taken(library, ada, eve):
    library.save("mine", text(head="#+ visibility: private\n"), ada, based_on=None)
    with pytest.raises(ConflictError, match="the name mine is taken") as told:
        library.save("mine", text(2), eve, based_on=None)
    assert told.value.current is None and told.value.theirs == "" and told.value.yours == stored(2)
    assert not library.may_save("mine", eve) and library.may_save("mine", ada)


def test_older_versions_are_seen_as_the_newest_is(library, ada):
    library.save("names", text(), ada, based_on=None)
    library.save("names", text(head="#+ visibility: private\n"), ada, based_on=1)
    with pytest.raises(UnknownQueryError):
        library.find("names", 1)


def test_only_the_owner_and_admins_change_who_may_see(library, people):
    ada, eve, amy = people["ada"], people["eve"], people["amy"]
    library.save("names", text(), ada, based_on=None)
    hidden = text(head="#+ visibility: staff\n")
    with pytest.raises(ForbiddenError, match="only ada and admins may change who may see names"):
        library.save("names", hidden, eve, based_on=1)
    assert library.save("names", hidden, amy, based_on=1).number == 2


def test_who_may_not_save(library, people):
    for user, message in [(None, "sign in to save queries"), (people["rob"], "the role editor")]:
        with pytest.raises(ForbiddenError, match=message):
            library.save("names", text(), user, based_on=None)
        assert not library.may_save("names", user)
    ada = people["ada"]
    with pytest.raises(ForbiddenError, match="curated is a file"):
        library.save("curated", text(), ada, based_on=1)
    for call in (library.delete, library.restore):
        with pytest.raises(ForbiddenError, match="curated is a file"):
            call("curated", people["amy"])
    with pytest.raises(UnknownQueryError):
        library.save("names", text(), ada, based_on=3)
    assert library.may_save("names", ada) and not library.may_save("curated", ada) and not library.may_save("new", ada)


@pytest.mark.parametrize("name", ["", "A", "a b", "a--b", "-a", "1a", "a.b", "new", "a" * 101, "a\0", "é", "../a"])
def test_names_that_cannot_be(library, ada, name):
    with pytest.raises(SavedQueryError, match="cannot be the name of a query"):
        library.save(name, text(), ada, based_on=None)
    with pytest.raises(UnknownQueryError):
        library.find(name)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("SELECT * {}", "names:1: the file must begin"),
        (text() + "\0", "line 3 holds a sign that is no text"),
        (text() + "\ud800", "holds a sign that is no text"),
        (text() + "x" * 100_000, "100000 characters at most"),
        (text(head="#+ visibility: all\n"), "visibility is 'all'; take one of public, staff, private"),
    ],
)
def test_texts_that_cannot_be(library, ada, wrong, message):
    with pytest.raises(SavedQueryError, match=message):
        library.save("names", wrong, ada, based_on=None)
    assert names(library) == ["curated"]


def test_a_deleted_query_tells_its_last_version_and_old_ones_run(library, people, clock):
    ada, eve = people["ada"], people["eve"]
    library.save("names", text(1), ada, based_on=None)
    library.save("names", text(2), eve, based_on=1)
    with pytest.raises(ForbiddenError, match="only ada and admins may delete names"):
        library.delete("names", eve)
    clock.move(days=1)
    library.delete("names", ada, "replaced")
    library.delete("names", ada)
    with pytest.raises(DeletedQueryError, match="its last version is names@2") as told:
        library.find("names")
    assert (told.value.query.text, told.value.query.version) == (stored(2), 2)
    assert (told.value.at, told.value.by) == (clock(), "ada")
    assert library.find("names", 1).deleted and library.find("names", 2).text == stored(2)
    assert [one.number for one in library.history("names")] == [2, 1]
    assert names(library) == ["curated"] and names(library, deleted=True) == ["names"]
    with pytest.raises(ConflictError, match="names was deleted by ada; restore it first"):
        library.save("names", text(3), ada, based_on=2)
    with pytest.raises(ForbiddenError):
        library.restore("names", eve)
    assert library.restore("names", people["amy"]).number == 2
    assert library.find("names").text == stored(2)
    log = [entry.action for entry in accounts.entries(library.database) if entry.object == "names"]
    assert log == ["query.restore", "query.delete", "query.save", "query.save"]


def test_a_file_has_versions_too(database, library, people):
    changed = Library(database, files(curated=text(8, "Curated"), other=text(9)))
    assert changed.find("curated").version == 2 and changed.find("curated").text == text(8, "Curated")
    old = changed.find("curated", 1)
    assert old.text == text(7, "Curated") and not old.latest and old.origin == "file" and not old.deleted
    assert [(one.number, one.author) for one in changed.history("curated")] == [(2, "file"), (1, "file")]
    back = Library(database, files(curated=text(7, "Curated")))
    assert back.find("curated").version == 1 and len(back.history("curated")) == 2
    assert back.find("curated", 2).text == text(8, "Curated")


def test_a_file_that_is_gone_is_a_deleted_query(database, library, ada):
    gone = Library(database, {})
    with pytest.raises(DeletedQueryError, match="its last version is curated@1") as told:
        gone.find("curated")
    assert told.value.query.title == "Curated" and told.value.at is None
    assert gone.find("curated", 1).deleted
    assert names(gone) == [] and names(gone, deleted=True) == ["curated"]
    with pytest.raises(ForbiddenError, match="curated was a file"):
        gone.save("curated", text(), ada, based_on=None)


def test_a_file_does_not_hide_what_the_staff_saved(database, library, ada):
    library.save("names", text(), ada, based_on=None)
    both = Library(database, files(curated=text(7, "Curated"), names=text(5, "A file")))
    assert both.clashes == ("names",)
    assert both.find("names").owner == "ada" and names(both) == ["curated", "names"]


def test_a_folder_of_files_is_opened(database, tmp_path):
    (tmp_path / "one.rq").write_text(text())
    assert names(open_library(database, tmp_path)) == ["one"]
    assert names(open_library(database, None)) == []


def test_tags_choose(library, ada):
    library.save("names", text(head="#+ tags: [a, b]\n"), ada, based_on=None)
    assert names(library, tag="b") == ["names"] and names(library, tag="c") == []


def test_short_links(library, ada, clock):
    view = View("bar", {"x": "name", "columns": ("a", "b"), "stacked": True})
    slug = library.shorten("SELECT * {}", view, user=ada)
    assert len(slug) == 7 and slug.isalnum() and slug.isascii()
    assert library.shorten("SELECT * {}", View("bar", dict(reversed(view.options.items())))) == slug
    link = library.lengthen(slug)
    assert (link.text, link.view, link.release, link.author, link.at) == ("SELECT * {}", view, None, "ada", clock())
    others = {
        library.shorten("SELECT * { }", view),
        library.shorten("SELECT * {}"),
        library.shorten("SELECT * {}", view, 3),
    }
    assert len(others | {slug}) == 4
    assert library.pinned_releases() == {3}
    for wrong in ("", "0000000", "x", "a" * 8, "a\0bcdef", "é" * 7):
        with pytest.raises(UnknownQueryError, match="no short link"):
            library.lengthen(wrong)
    for wrong in (" ", "x" * 100_001):
        with pytest.raises(SavedQueryError, match="can be shared"):
            library.shorten(wrong)


def test_short_links_made_at_once_are_one(library):
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: library.shorten("ASK {}"), range(16)))) == 1


def test_pins_hold_releases(library, people, clock):
    ada, eve = people["ada"], people["eve"]
    library.save("names", text(), ada, based_on=None)
    held = library.pin("names", 1, 4, ada, "for the paper")
    assert (held.name, held.version, held.release, held.author, held.why, held.at) == (
        "names",
        1,
        4,
        "ada",
        "for the paper",
        clock(),
    )
    assert library.pin("names", 1, 4, eve) == held
    library.pin("curated", 1, 6, eve)
    assert library.pinned_releases() == {4, 6}
    assert [pin.name for pin in library.pins()] == ["names", "curated"]
    assert library.pins(release=4) == library.pins(name="names") == [held]
    with pytest.raises(ForbiddenError, match="only ada or an admin"):
        library.unpin("names", 1, 4, eve)
    library.unpin("names", 1, 4, people["amy"])
    library.unpin("names", 1, 4, eve)
    assert library.pinned_releases() == {6}
    with pytest.raises(UnknownQueryError):
        library.pin("names", 9, 4, ada)
    with pytest.raises(ForbiddenError):
        library.pin("names", 1, 4, people["rob"])


def test_runs_are_kept(library, clock):
    good = Run(
        "names",
        1,
        2,
        clock(),
        0.5,
        rows=2,
        columns=("a", "é"),
        digest="d",
        before=1,
        added=1,
        added_rows=(("x", None),),
    )
    bad = Run("names", 1, 3, clock(), broken=("it gives 0 rows",), removed=1, removed_rows=(("\n\0", '"'),))
    failed = Run("other", 2, 3, clock(), error="too slow")
    library.record([good, bad, failed])
    library.record([bad])
    assert library.runs("names") == [bad, good] and library.runs("names", limit=1) == [bad]
    assert library.runs_on(3) == [bad, failed] == library.broken(3)
    assert library.broken(2) == [] and good.good and not bad.good and not failed.good
