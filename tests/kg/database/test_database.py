import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from kg.database import insert, open_database, select, sqlite_url, tables, upgrade
from kg.errors import DatabaseError

UPGRADE = """
import sys
from kg.database import open_database, upgrade
database = open_database(sys.argv[1])
upgrade(database)
"""


def add(database, name):
    with database.writing() as connection:
        connection.execute(insert(tables.secrets).values(name=name, value="x"))


def names(database):
    with database.reading() as connection:
        return sorted(connection.scalars(select(tables.secrets.c.name)))


def test_the_migrations_make_the_tables_that_the_code_works_with(database):
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_upgrading_again_changes_nothing(database):
    add(database, "one")
    upgrade(database)
    assert names(database) == ["one"]


def test_several_processes_may_upgrade_at_once(database_url):
    running = [
        subprocess.Popen([sys.executable, "-c", UPGRADE, database_url], stderr=subprocess.PIPE) for _ in range(4)
    ]
    assert [(process.communicate()[1].decode(), process.returncode) for process in running] == [("", 0)] * 4
    database = open_database(database_url)
    add(database, "one")
    database.close()


def test_a_database_of_a_later_version_is_refused(database):
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="made by a later version"):
        upgrade(database)


def test_what_fails_leaves_nothing(database):
    with pytest.raises(RuntimeError), database.writing() as connection:
        connection.execute(insert(tables.secrets).values(name="half", value="x"))
        raise RuntimeError
    assert names(database) == []


def test_writers_come_one_after_another_and_none_is_lost(database):
    add(database, "0")

    def count_up(_):
        with database.writing() as connection:
            highest = max(map(int, connection.scalars(select(tables.secrets.c.name))))
            connection.execute(insert(tables.secrets).values(name=str(highest + 1), value="x"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_up, range(40)))
    assert len(names(database)) == 41


def test_who_reads_does_not_wait_for_who_writes(database):
    with database.writing() as connection:
        connection.execute(insert(tables.secrets).values(name="later", value="x"))
        assert names(database) == []
    assert names(database) == ["later"]


def test_times_are_aware_and_in_utc(database):
    paris = timezone(timedelta(hours=2))
    at = datetime(2031, 5, 12, 11, 30, 0, 123456, tzinfo=paris)
    with database.writing() as connection:
        connection.execute(insert(tables.attempts).values(name="a", address="b", at=at))
    with database.reading() as connection:
        found = connection.scalar(select(tables.attempts.c.at))
    assert found == at and found.tzinfo == UTC


def test_what_the_database_cannot_hold_is_an_error_of_ours(database):
    for strange in ("\ud800", "a\0b"):
        try:
            add(database, strange)
        except DatabaseError as error:
            assert "cannot hold this" in str(error)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "not the URL of a database"),
        ("mysql://host/name", "not the URL of a database|no way to use mysql"),
        ("sqlite://", "names no file"),
        ("sqlite:////proc/none/staff.sqlite", "cannot write the database /proc/none"),
        ("postgresql://user:secret@127.0.0.1:1/name", "does not answer"),
        ("postgresql://127.0.0.1:1/name?user=a&password=secret", "does not answer"),
        ("postgresql://user:secret@host:port/name", "not the URL of a database"),
    ],
)
def test_a_wrong_url_is_told_without_its_password(url, message):
    with pytest.raises(DatabaseError, match=message) as raised:
        open_database(url)
    assert "secret" not in str(raised.value)


def test_only_the_owner_reads_the_file(tmp_path):
    database = open_database(sqlite_url(tmp_path / "new" / "data"))
    upgrade(database)
    files = list((tmp_path / "new" / "data").iterdir())
    assert files and {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    database.close()


def test_a_database_without_tables_is_told(tmp_path):
    database = open_database(sqlite_url(tmp_path))
    with pytest.raises(DatabaseError, match="no such table"):
        names(database)
    database.close()
