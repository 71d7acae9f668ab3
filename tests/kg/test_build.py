"""`kg build` on real documents, from the command line to the published release."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from ingest.pipeline import SAMPLES
from kg.check import VIOLATION
from kg.cli import main
from kg.namespaces import Addresses
from kg.release import current_release
from kg.store import Reader, dump

VOID = f"<{Addresses().graph('void')}> ."


def kg(*arguments, status=0):
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == status, result.output + repr(result.exception)
    return result


def nquads(data, folder):
    dump(current_release(data).store, folder / "dump.nq", "nquads")
    return (folder / "dump.nq").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """Two of the samples, so that a build is short."""
    folder = tmp_path_factory.mktemp("documents")
    for path in sorted(SAMPLES.glob("*.txt"))[:2]:
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def built(documents, tmp_path_factory):
    """A data folder with a release of the two documents, and what the build printed."""
    data = tmp_path_factory.mktemp("built") / "data"
    return data, kg("build", documents, "--data", data)


def test_a_build_ends_with_a_summary(built, documents):
    _, result = built
    lines = [[cell.strip() for cell in line.split("│")[1:-1]] for line in result.stdout.splitlines()]
    summary = dict(cells for cells in lines if len(cells) == 2)
    assert summary["documents read"] == str(len(list(documents.iterdir()))) and summary["documents failed"] == "0"
    assert int(summary["acc:Organisation"]) > 0 and int(summary["facts"]) > 0
    assert result.stderr == "", "no progress bar where nobody looks on"


def test_a_release_holds_every_graph_and_keeps_its_promises(built, documents):
    release = current_release(built[0])
    addresses = Addresses()
    names = [addresses.document_graph(path.name) for path in documents.iterdir()]
    names += [addresses.graph(name) for name in ("ontology", "reference", "inferred", "void")]
    assert Reader(release.store).graphs() == sorted(names)
    assert [finding for finding in release.findings() if finding.severity == VIOLATION] == []
    assert release.texts().keys() == {path.name for path in documents.iterdir()}
    manifest = release.manifest
    assert manifest["documents"] == len(names) - 4 and manifest["failed"] == [] and manifest["base"] == addresses.base


def test_the_second_build_differs_in_the_metadata_of_the_release_alone(built, documents, tmp_path):
    before = nquads(built[0], tmp_path)
    # Another process: its hash seed is another one, so nothing may depend on the order of a set.
    command = [sys.executable, "-m", "kg", "build", documents, "--data", tmp_path / "data"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONHASHSEED": "1"})
    after = nquads(tmp_path / "data", tmp_path)
    assert [line for line in after if not line.endswith(VOID)] == [line for line in before if not line.endswith(VOID)]
    assert len(before) > 100


def test_a_killed_build_leaves_the_release_before_it(built, documents, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(built[0], data, symlinks=True)
    before = nquads(data, tmp_path)
    for moment in (0.3, 1.5):
        command = [sys.executable, "-m", "kg", "build", documents, "--data", data]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert current_release(data).number == 1 and nquads(data, tmp_path) == before


def test_an_unreadable_document_is_named_and_the_build_goes_on(documents, tmp_path):
    shutil.copytree(documents, tmp_path / "documents")
    (tmp_path / "documents" / "broken.txt").write_bytes(b"\0\1\2")
    result = kg("build", tmp_path / "documents", "--data", tmp_path / "data", status=3)
    assert "broken.txt" in result.stderr and result.stderr.count("\n") == 1
    (failure,) = current_release(tmp_path / "data").manifest["failed"]
    assert failure["path"].endswith("broken.txt")


def test_bad_input_gives_one_line_and_no_data_folder(tmp_path):
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "missing", tmp_path / "empty"):
        errors = kg("build", path, "--data", tmp_path / "data", status=1).stderr
        assert str(path) in errors and errors.count("\n") == 1
    errors = kg("build", "--model", "no_such_model", "--data", tmp_path / "data", status=1).stderr
    assert "no_such_model" in errors and errors.count("\n") == 1
    errors = kg("build", "--ontology", tmp_path / "empty", "--data", tmp_path / "data", status=1).stderr
    assert "empty" in errors and errors.count("\n") == 1


def test_up_serves_the_release_that_there_is(built):
    command = [sys.executable, "-m", "kg", "up", "--port", "0", "--data", built[0]]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline().startswith("Release 1 is served at http://127.0.0.1:")
    finally:
        process.terminate()
        process.communicate(timeout=20)
