"""The staff's database, on both kinds of databases: each test that asks for `database` runs twice."""

from datetime import UTC, datetime, timedelta

import pytest

from kg.database import open_database, sqlite_url, upgrade
from tests.kg.databases import running_cluster


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self):
        self.time = datetime(2031, 5, 12, 9, 30, tzinfo=UTC)

    def __call__(self):
        return self.time

    def move(self, **by):
        self.time += timedelta(**by)


@pytest.fixture(scope="session")
def cluster():
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """The URL of an empty database."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path)
    return request.getfixturevalue("cluster").new_url()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def database(database_url, clock):
    """An open database with its tables."""
    database = open_database(database_url, clock=clock)
    upgrade(database)
    yield database
    database.close()
