import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import store
from kg.check import Finding
from kg.errors import DataFolderError, InputError, MissingReleaseError
from kg.release import current_release, prepare, prune, publish, releases
from tests.kg.small_graph import NAME, TEXT, other_quads, quads

FINDING = Finding("warning", "no label", "http://example.org/x", document=NAME)


def make(data: Path, content=None):
    with prepare(data) as building:
        store.write(building.store, content or quads())
        building.write_text(NAME, TEXT)
        return publish(building, {"documents": 1}, [FINDING])


def test_a_release_is_published_and_read_back(tmp_path):
    data = tmp_path / "new" / "data"
    made = make(data)
    release = current_release(data)
    assert release == made
    assert (release.number, release.manifest["documents"]) == (1, 1)
    assert release.manifest["created"].endswith("+00:00")
    assert release.text(NAME) == TEXT and release.texts() == {NAME: TEXT}
    assert release.findings() == (FINDING,)
    assert len(store.Reader(release.store)) == len(quads())
    assert (data / "format").read_text() == "accord-data 1\n"
    assert (data / "current").readlink() == Path("releases/000001")


def test_releases_are_numbered_and_the_old_one_stays_readable(tmp_path):
    make(tmp_path)
    first = current_release(tmp_path)
    make(tmp_path, quads() + other_quads())
    assert [release.number for release in releases(tmp_path)] == [1, 2]
    assert current_release(tmp_path).number == 2
    assert len(store.Reader(first.store)) == len(quads())


def test_published_files_are_read_only(tmp_path):
    release = make(tmp_path)
    modes = {file.stat().st_mode & 0o777 for file in release.path.rglob("*") if file.is_file()}
    assert modes == {0o444}


def test_a_text_keeps_its_characters_and_no_name_leads_outside(tmp_path):
    odd = "a\r\nb\n\u2028 Hạ\u200b 𝛼"
    with prepare(tmp_path) as building:
        building.write_text("Bản tin số 1.txt", odd)
        release = publish(building, {})
    assert release.text("Bản tin số 1.txt") == odd
    for name in ("", ".", "..", "../manifest.json", "/etc/hostname", "a\0b", "unknown.txt"):
        with pytest.raises(InputError):
            release.text(name)


def test_a_failed_build_leaves_nothing_behind(tmp_path):
    make(tmp_path)
    with pytest.raises(RuntimeError), prepare(tmp_path) as building:
        building.write_text(NAME, "half")
        raise RuntimeError
    assert current_release(tmp_path).number == 1
    assert not list(tmp_path.glob("building-*"))


def test_the_next_build_sweeps_what_a_killed_one_left(tmp_path):
    make(tmp_path)
    (tmp_path / "building-000002" / "texts").mkdir(parents=True)
    (tmp_path / "current.new").symlink_to("releases/000002")
    make(tmp_path)
    assert current_release(tmp_path).number == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "format", "lock", "releases"]


def test_a_release_renamed_but_not_made_current_keeps_its_number(tmp_path):
    make(tmp_path)
    make(tmp_path)
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to("releases/000001")
    make(tmp_path)
    assert current_release(tmp_path).number == 3


def test_a_second_build_is_refused_at_once_and_told_who_is_at_work(tmp_path):
    script = (
        "from kg.release import prepare; from pathlib import Path; import sys\nwith prepare(Path(sys.argv[1])): pass"
    )
    with prepare(tmp_path) as building:
        other = subprocess.run([sys.executable, "-c", script, tmp_path], capture_output=True, text=True, check=False)
        assert "DataFolderError" in other.stderr
        assert f"another build (process {os.getpid()}) is at work in {tmp_path}" in other.stderr
        building.write_text(NAME, TEXT)
        publish(building, {})
    assert current_release(tmp_path).number == 1


def test_the_first_build_may_have_died_before_the_format_was_written(tmp_path):
    (tmp_path / "lock").write_text("1\n")
    assert make(tmp_path).number == 1


def test_missing_and_foreign_folders_are_named(tmp_path):
    missing, foreign, other, file = (tmp_path / name for name in ("missing", "foreign", "other", "file"))
    with pytest.raises(MissingReleaseError, match=r"missing holds no release yet; make one with: kg build --data"):
        current_release(missing)
    assert releases(missing) == []
    foreign.mkdir()
    (foreign / "thesis.doc").touch()
    other.mkdir()
    (other / "format").write_text("accord-data 99\n")
    file.touch()
    for folder, message in (
        (foreign, "is not a data folder"),
        (other, "has the format 'accord-data 99', this version of kg works with 'accord-data 1'"),
        (file, "is not a folder"),
    ):
        for use in (current_release, releases, make):
            with pytest.raises(DataFolderError, match=message):
                use(folder)
    assert sorted(foreign.iterdir()) == [foreign / "thesis.doc"], "nothing was put there"


def test_a_damaged_folder_is_named(tmp_path):
    release = make(tmp_path)
    (release.path / "manifest.json").chmod(0o644)
    (release.path / "manifest.json").write_text("{")
    with pytest.raises(DataFolderError, match=r"releases/000001 is damaged"):
        current_release(tmp_path)
    (tmp_path / "current").unlink()
    (tmp_path / "current").write_text("releases/000001")
    with pytest.raises(DataFolderError, match="not a symbolic link"):
        current_release(tmp_path)


ENDLESS = """
import sys
import time
from pathlib import Path
from tests.kg.test_release import make
print("ready", flush=True)
while True:
    make(Path(sys.argv[1]))
"""


def test_a_build_killed_at_any_moment_leaves_a_whole_release(tmp_path):
    make(tmp_path)
    moments = random.Random(7)
    for _ in range(8):
        before = current_release(tmp_path).number
        process = subprocess.Popen([sys.executable, "-c", ENDLESS, tmp_path], stdout=subprocess.PIPE)
        process.stdout.readline()
        time.sleep(moments.uniform(0, 0.15))
        process.kill()
        process.wait()
        process.stdout.close()
        release = current_release(tmp_path)
        assert release.number >= before
        assert len(store.Reader(release.store)) == len(quads())
        assert release.texts() == {NAME: TEXT} and release.findings() == (FINDING,)
    after = make(tmp_path)
    assert after.number == len(releases(tmp_path))
    assert not list(tmp_path.glob("building-*"))


def test_old_releases_are_removed(tmp_path):
    for _ in range(6):
        make(tmp_path)
    assert prune(tmp_path, 2, {1, 3, 99}) == [2, 4]
    assert [release.number for release in releases(tmp_path)] == [1, 3, 5, 6]
    assert prune(tmp_path, 2, {1, 3}) == []
    assert prune(tmp_path, 0) == [1, 3, 5]
    assert current_release(tmp_path).number == 6
    assert not list(tmp_path.glob("removing-*"))
    assert make(tmp_path).number == 7


def test_the_current_release_stays_though_it_is_old(tmp_path):
    for _ in range(3):
        make(tmp_path)
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to("releases/000001")
    assert prune(tmp_path, 1) == [2]
    assert current_release(tmp_path).number == 1


def test_nothing_is_removed_while_a_build_is_at_work(tmp_path):
    make(tmp_path)
    with prepare(tmp_path), pytest.raises(DataFolderError, match="at work"):
        prune(tmp_path, 1)


def test_a_folder_that_only_the_staff_has_written_in_becomes_a_data_folder(tmp_path):
    for name in ("staff.sqlite", "staff.sqlite-wal", "staff.sqlite-shm"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(MissingReleaseError):
        current_release(tmp_path)
    assert make(tmp_path).number == 1
    assert (tmp_path / "staff.sqlite").exists()
