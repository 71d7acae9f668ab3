"""`kg user`, `kg saved` and `kg release prune`, as people type them."""

import re

import pytest
from click.testing import CliRunner

from kg.accounts import find_user, sign_in, token
from kg.cli import main
from kg.cli.staff import database_of, library_of
from kg.release import current_release
from tests.kg.served import EXAMPLE, make_release

OWN = """#+ title: Names of things
#+ tags: [names]
#+ parameters:
#+   - name: part
#+     description: A part of the name.

SELECT ?name WHERE {
  ?thing a acc:Project ; rdfs:label ?name .
  VALUES ?_part { UNDEF }
  FILTER(!BOUND(?_part) || CONTAINS(?name, ?_part))
}
"""
PASSWORD = "correct horse battery\n"


@pytest.fixture
def kg(tmp_path):
    """Run `kg` with the arguments, in this process; gives exit status, output and errors."""

    def run(*arguments, status=0, input=None, **environment):
        environment = {"KG_DATA": str(tmp_path / "data"), **environment}
        result = CliRunner().invoke(main, [str(a) for a in arguments], env=environment, input=input)
        assert result.exit_code == status, result.output
        return result

    return run


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def own(tmp_path, kg):
    """A file with a query, which ada, an editor, may save."""
    kg("user", "add", "ada", "--role", "editor", "--no-password")
    file = tmp_path / "names.rq"
    file.write_text(OWN)
    return file


COMMANDS = [
    *(f"user {name}" for name in ("add", "list", "change", "password", "disable", "enable", "token", "log")),
    *(f"saved {name}" for name in ("list", "show", "run", "import", "export", "delete", "restore")),
    "release prune",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(kg, command):
    text = kg(*command.split(), "--help").stdout
    assert "Example" in text and f"  kg {command}" in text


def test_accounts_before_the_first_build(kg, data):
    assert (
        "ada was made; its role is editor"
        in kg("user", "add", "Ada", "--role", "editor", "--password-file", "-", input=PASSWORD).output
    )
    kg("user", "add", "bob", input=PASSWORD * 2)
    listed = kg("user", "list").stdout
    assert "ada" in listed and "editor" in listed and "bob" in listed and "reader" in listed
    with database_of(data, None) as database:
        assert sign_in(database, "bob", PASSWORD.strip(), "")
    make_release(data, EXAMPLE)
    assert "ada" in kg("user", "list").stdout


def test_an_account_is_changed_disabled_and_enabled(kg, data, own):
    assert (
        "Ada B., ada@example.org, admin"
        in kg("user", "change", "ada", "--role", "admin", "--full-name", "Ada B.", "--email", "ada@example.org").stdout
    )
    kg("user", "password", "ada", "--password-file", "-", input=PASSWORD)
    assert "ada is the only admin" in kg("user", "disable", "ada", status=1).output
    kg("user", "add", "amy", "--role", "admin", "--no-password")
    kg("user", "disable", "ada")
    assert "disabled" in kg("user", "list").stdout
    kg("user", "enable", "ada")
    log = [line.split("\t")[1:4] for line in kg("user", "log").stdout.splitlines()]
    assert log[0] == ["command line", "user.enable", "ada"] and log[-1] == ["command line", "user.add", "ada"]
    assert len(kg("user", "log", "--limit", 2).stdout.splitlines()) == 2
    assert kg("user", "log", "--who", "ada").stdout == ""


def test_tokens_are_shown_once(kg, data, own):
    result = kg("user", "token", "ada", "--scope", "write", "--days", 30, "--label", "weekly report")
    secret = result.stdout.strip()
    assert re.fullmatch(r"accord_\S{43}", secret) and "not shown again" in result.stderr
    with database_of(data, None) as database:
        assert token(database, secret).may("write")
    listed = kg("user", "token", "ada", "--list").stdout
    assert "weekly report" in listed and secret not in listed
    number = listed.split("\t")[0]
    assert "has no token" in kg("user", "token", "ada", "--revoke", 999, status=1).output
    kg("user", "token", "ada", "--revoke", number)
    with database_of(data, None) as database:
        assert token(database, secret) is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("user", "add", "ada", "--no-password"), "already"),
        (("user", "add", "a b", "--no-password"), "cannot be a name"),
        (("user", "add", "bob", "--password-file", "-"), "10 characters at least"),
        (("user", "disable", "nobody"), "there is no account 'nobody'"),
        (("user", "password", "nobody"), "there is no account 'nobody'"),
        (("user", "token", "nobody"), "there is no account 'nobody'"),
        (("user", "token", "ada", "--scope", "admin"), "cannot have a token for admin"),
        (("saved", "show", "nothing"), "there is no saved query 'nothing'"),
        (("saved", "show", "agreements@9"), "no version 9; its last one is 1"),
        (("saved", "delete", "agreements"), "is a file of this installation"),
        (("saved", "run", "agreements"), "holds no release yet"),
        (("saved", "run", "agreements", "x=1"), "has no parameter 'x'"),
        (("release", "prune", "--keep", "3"), "holds no release yet"),
        (("user", "list", "--database", "mysql://host/x"), "no way to use mysql"),
    ],
)
def test_errors_are_one_line(kg, own, arguments, message):
    result = kg(*arguments, status=1, input="short\n")
    assert message in result.output and result.output.count("\n") == 1


def test_no_database_is_made_in_a_folder_of_others(kg, data):
    data.mkdir()
    (data / "thesis.txt").write_text("mine")
    assert "is not a data folder" in kg("user", "list", status=1).output
    assert [file.name for file in data.iterdir()] == ["thesis.txt"]


def test_a_query_is_saved_shown_run_and_deleted(kg, data, own):
    make_release(data, EXAMPLE)
    assert "saved as names@1" in kg("saved", "import", own, "--owner", "ada", "--why", "first").stdout
    assert "is names@1 already" in kg("saved", "import", own, "--owner", "ada").stdout
    own.write_text(OWN.replace("Names of", "All names of"))
    assert "saved as names@2" in kg("saved", "import", own, "--owner", "ada").stdout
    listed = kg("saved", "list").stdout
    assert "agreements" in listed and "All names of" in listed and "ada" in listed
    assert "title: Names" in kg("saved", "show", "names@1").stdout
    history = kg("saved", "show", "names", "--history").stdout.splitlines()
    assert [line.split("\t")[0] for line in history] == ["names@2", "names@1"] and history[1].endswith("ada\tfirst")
    assert kg("saved", "run", "names", "--format", "csv").stdout_bytes == b"name\r\nBoats for All\r\n"
    assert kg("saved", "run", "names@1", "part=Ships", "--format", "csv").stdout_bytes == b"name\r\n"
    assert 'VALUES ?_part { "x\\"y" }' in kg("saved", "run", "names", 'part=x"y', "--format", "rq").stdout
    assert "Boats for All" in kg("saved", "run", "names", "--release", 1).stdout
    assert "has no release 7; its releases: 1" in kg("saved", "run", "names", "--release", 7, status=1).output
    assert "no PARAMETER=VALUE" in kg("saved", "run", "names", "part", status=2).output
    kg("saved", "delete", "names")
    assert "was deleted" in kg("saved", "show", "names", status=1).output
    assert "names" in kg("saved", "list", "--deleted").stdout and "title" in kg("saved", "show", "names@2").stdout
    assert "stands again, as names@2" in kg("saved", "restore", "names").stdout


def test_a_round_trip_of_files_loses_nothing(kg, data, own, tmp_path):
    odd = tmp_path / "odd.rq"
    odd.write_bytes(
        "#+ title: 'Bờ Hồ, ''quoted'''\n#+ other: {a: [1]}\n# \u2028 \u202e\n\nASK {} # \U0001f6f6\n\n".encode()
    )
    kg("saved", "import", own, odd, "--owner", "ada")
    own.write_text(OWN + "# changed\n")
    kg("saved", "import", own, "--owner", "ada")
    first, second = tmp_path / "first", tmp_path / "second"
    assert "3 files" in kg("saved", "export", first, "--history").stdout
    elsewhere = {"KG_DATA": str(tmp_path / "elsewhere")}
    kg("user", "add", "ada", "--role", "editor", "--no-password", **elsewhere)
    kg("saved", "import", first, "--owner", "ada", **elsewhere)
    kg("saved", "export", second, "--history", **elsewhere)
    read = [{file.name: file.read_bytes() for file in folder.iterdir()} for folder in (first, second)]
    assert read[0] == read[1] and read[0].keys() == {"names.rq", "names@1.rq", "odd.rq"}
    assert read[0]["odd.rq"] == odd.read_bytes().rstrip() + b"\n"
    assert "3 files" in kg("saved", "export", tmp_path / "all", "names", "odd", "agreements").stdout


def test_a_file_that_is_wrong_is_named(kg, own):
    own.write_text("SELECT * {}")
    result = kg("saved", "import", own, "--owner", "ada", status=1)
    assert f"{own}:1: the file must begin with lines #+" in result.output


def test_a_query_that_cannot_be_run_is_not_saved(kg, data, own):
    make_release(data, EXAMPLE)
    own.write_text(OWN.replace("WHERE {", "WHERE {{"))
    result = kg("saved", "import", own, "--owner", "ada", status=1)
    assert f"{own}: line" in result.output
    own.write_text("#+ title: t\nSELECT * { SERVICE <http://a/> {} }")
    assert "SERVICE" in kg("saved", "import", own, "--owner", "ada", status=1).output
    assert "names" not in kg("saved", "list").stdout.split()


def test_releases_that_are_pinned_stay(kg, data, own):
    for _ in range(4):
        make_release(data, EXAMPLE)
    with library_of(data, None, None) as library:
        library.pin("agreements", 1, 2, find_user(library.database, "ada"))
    result = kg("release", "prune", "--keep", 1).stdout
    assert result == "removed: 1, 3\nkept: 2, 4; pinned: 2\n"
    assert current_release(data).number == 4


def test_the_commands_work_on_postgresql(kg, cluster, own):
    url = cluster.new_url()
    kg("user", "add", "eve", "--role", "editor", "--no-password", "--database", url)
    kg("saved", "import", own, "--owner", "eve", KG_DATABASE=url)
    assert "eve" in kg("saved", "list", KG_DATABASE=url).stdout
    assert "eve" not in kg("user", "list").stdout
