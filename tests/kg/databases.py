"""A real PostgreSQL for tests: made in a temporary folder, without a network, ended with the tests."""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_SETTINGS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c max_connections=200"


class Cluster:
    """A running server. `new_url` makes an empty schema, which is to us as a database, and gives its URL."""

    def __init__(self, folder: Path, run) -> None:
        self._folder = folder
        self._run = run
        self._numbers = itertools.count(1)

    def new_url(self) -> str:
        name = f"staff{next(self._numbers)}"
        self._run("psql", "-q", "-h", self._folder, "-U", "accord", "-c", f"CREATE SCHEMA {name}", "postgres")
        return f"postgresql://accord@/postgres?host={self._folder}&options=-csearch_path%3D{name}"


def _programs() -> Path | None:
    found = shutil.which("pg_ctl")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A server that runs. Where there is no PostgreSQL the test is skipped, or fails where CI is set to true."""
    programs = _programs()
    if programs is None:
        message = "PostgreSQL is not installed (initdb and pg_ctl are not found)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    as_user = {}
    folder = Path(tempfile.mkdtemp(prefix="accord-postgresql-"))
    if os.geteuid() == 0:  # the server refuses to run as root
        names = {entry.pw_name for entry in pwd.getpwall()}
        owner = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}

    def run(program, *arguments):
        subprocess.run(
            [str(programs / program), *map(str, arguments)],
            check=True,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            **as_user,
        )

    try:
        data = folder / "data"
        run("initdb", "-D", data, "-U", "accord", "-A", "trust", "-E", "UTF8", "--no-sync")
        run("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"-k {folder} {_SETTINGS}", "start")
        try:
            yield Cluster(folder, run)
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
