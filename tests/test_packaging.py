"""What is promised of the package: it installs from its lock file, and works from a wheel in an empty folder."""

import json
import os
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")
(TEST_COMMAND,) = (line for line in CI.splitlines() if line.endswith("pytest"))


def run(*command, cwd, env=None):
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fetched(address, patience=10):
    """The page at an address of a server that has just started."""
    end = time.monotonic() + patience
    while True:
        try:
            with urlopen(address) as page:
                return page.read().decode()
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder in which the wheel is installed, without its dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("accord_kg-*.whl")
    run(*pip, "install", "--no-deps", "--target", folder / "site", wheel, cwd=folder)
    return folder / "site"


def test_the_wheel_builds_serves_exports_and_answers_in_an_empty_folder(site, tmp_path):
    env = {**os.environ, "PYTHONPATH": str(site)}
    found = run(sys.executable, "-c", "import kg; print(kg.__file__)", cwd=tmp_path, env=env)
    assert Path(found.strip()).is_relative_to(site), "it is the wheel that is tried, not the checkout"
    kg = (sys.executable, "-m", "kg")
    server = subprocess.Popen([*kg, "up", "--port", "0"], cwd=tmp_path, env=env, stdout=subprocess.PIPE, text=True)
    try:
        printed = ""
        for line in server.stdout:
            printed += line
            if address := re.search(r"http://\S+", line):
                assert "<html" in fetched(address[0])
                break
    finally:
        server.terminate()
        server.communicate(timeout=20)
    assert "documents read" in printed and "is served at" in printed
    run(*kg, "export", "-o", "accord.ttl", cwd=tmp_path, env=env)
    assert (tmp_path / "accord.ttl").stat().st_size > 10_000
    query = "SELECT (COUNT(*) AS ?n) { ?project a acc:Project }"
    assert int(run(*kg, "query", query, "--format", "csv", cwd=tmp_path, env=env).split()[1]) > 0


@pytest.mark.parametrize(
    ("folder", "inside"),
    [("ontology", "kg/data"), ("queries", "kg/data"), ("ingest/samples", ""), ("kg/web", ""), ("kg/database", "")],
)
def test_the_wheel_brings_all_files(site, folder, inside):
    found = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix != ".pyc")
    files = [path for path in found if "frontend" not in path.parts]  # the source of what is in static/built
    assert files
    assert [file for file in files if not (site / inside / file).is_file()] == []


def test_the_lock_fits_the_project():
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK, flags=re.MULTILINE))
    wanted = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    for requirement in map(Requirement, wanted):
        version = locked.get(canonicalize_name(requirement.name))
        assert version is not None and requirement.specifier.contains(version), f"{requirement} is locked as {version}"


def test_the_lock_has_a_hash_for_everything_and_names_no_place():
    entries = re.findall(r"^[\w.-]+==.*?(?=^[\w.-]+==|\Z)", LOCK, flags=re.MULTILINE | re.DOTALL)
    assert len(entries) > 50 and all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?://|file:|--index|--find|^/", LOCK, flags=re.MULTILINE)


def test_the_lock_of_the_front_end_has_a_hash_for_everything_and_names_no_place():
    lock = (ROOT / "kg" / "web" / "frontend" / "package-lock.json").read_text("utf-8")
    packages = [entry for name, entry in json.loads(lock)["packages"].items() if name]
    assert packages and all("integrity" in entry and "resolved" not in entry for entry in packages)


def test_the_readme_has_the_test_command_of_ci():
    assert TEST_COMMAND in (ROOT / "README.md").read_text("utf-8")
