"""A checked graph frozen as a numbered version, and the data folder that holds the versions.

    DATA/format               "accord-data 1"
    DATA/lock                 held by the one build at work; holds its process id
    DATA/current              -> releases/000003, a symbolic link
    DATA/releases/000003/     store/, texts/NAME, manifest.json, findings.json; never changed again
    DATA/building-000004/     being built; swept away by the next build if this one dies
    DATA/staff.sqlite         the staff's accounts and queries, unless they are in another database

The only step that readers can see is the replacing of `current`, and that is atomic: a build killed at any point
leaves the release before it as it was.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from kg.check import Finding
from kg.errors import DataFolderError, InputError, MissingReleaseError, UnknownReleaseError

FORMAT = "accord-data 1"
"""What the file `format` of a data folder must say. A new layout takes a new number."""
_LISTED = 20  # releases that a message names


@dataclass(frozen=True, slots=True)
class Release:
    """A published release. `path` is its own folder, so it stays good when a newer release becomes the current one.

    `manifest` holds `number`, `created` (ISO 8601, UTC), `documents` (count), `classes` (class -> count), `facts`,
    `findings` (severity -> count), `failed` (list of `path` and `reason`), `base` and `versions`.
    """

    number: int
    path: Path
    manifest: Mapping[str, object]

    @property
    def store(self) -> Path:
        """The folder of the Oxigraph store; to be opened read-only."""
        return self.path / "store"

    @property
    def created(self) -> datetime | None:
        """When it was made, None where its manifest does not tell."""
        try:
            return datetime.fromisoformat(str(self.manifest.get("created")))
        except ValueError:
            return None

    def text(self, identifier: str) -> str:
        """The stored text of a document; the offsets of its evidence count its characters. InputError if unknown."""
        try:
            return _text_file(self.path, identifier).read_bytes().decode()
        except FileNotFoundError as error:
            raise InputError(f"release {self.number} has no document {identifier!r}") from error

    def texts(self) -> dict[str, str]:
        """The stored text of every document, by identifier."""
        return {file.name: file.read_bytes().decode() for file in sorted((self.path / "texts").iterdir())}

    def findings(self) -> tuple[Finding, ...]:
        """What the checks found when the release was built."""
        return tuple(Finding(**finding) for finding in json.loads((self.path / "findings.json").read_bytes()))


@dataclass(frozen=True, slots=True)
class Building:
    """A release that is being built, in a folder of its own. Fill `store` and the texts, then `publish` it."""

    data: Path
    number: int
    created: datetime

    @property
    def path(self) -> Path:
        """The folder, below the data folder so that it can be renamed into place."""
        return self.data / f"building-{self.number:06}"

    @property
    def store(self) -> Path:
        """Where the Oxigraph store is to be written."""
        return self.path / "store"

    def write_text(self, identifier: str, content: str) -> None:
        """Keep the stored text of a document, character for character."""
        _text_file(self.path, identifier).write_bytes(content.encode())


@contextmanager
def prepare(data: Path) -> Iterator[Building]:
    """A building folder in `data`, which is made if missing. What was not published when the block ends is removed.

    Raises DataFolderError where another build is at work in `data`, or `data` is no data folder of this version.
    """
    accept(data)
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderError(f"cannot make the data folder {data}: {error.strerror}") from error
    with _locked(data):
        if not (data / "format").exists():
            _write_atomically(data / "format", FORMAT + "\n")
        _sweep(data)
        (data / "releases").mkdir(exist_ok=True)
        building = Building(data, max(_numbers(data), default=0) + 1, datetime.now(UTC).replace(microsecond=0))
        (building.path / "texts").mkdir(parents=True)
        try:
            yield building
        finally:
            shutil.rmtree(building.path, ignore_errors=True)


def publish(building: Building, manifest: Mapping[str, object], findings: Iterable[Finding] = ()) -> Release:
    """Freeze what was built and make it the current release. `number` and `created` are added to the manifest."""
    manifest = {"number": building.number, "created": building.created.isoformat(), **manifest}
    (building.path / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", "utf-8")
    listed = [asdict(finding) for finding in findings]
    (building.path / "findings.json").write_text(json.dumps(listed, ensure_ascii=False, indent=2) + "\n", "utf-8")
    _freeze(building.path)
    path = _folder(building.data, building.number)
    building.path.rename(path)
    _sync(path.parent)
    _point_current_at(building.data, building.number)
    return Release(building.number, path, manifest)


def current_release(data: Path) -> Release:
    """The release that `data` serves. MissingReleaseError if none; DataFolderError for a damaged or foreign folder."""
    accept(data)
    try:
        target = (data / "current").readlink()
    except FileNotFoundError as error:
        raise MissingReleaseError(f"{data} holds no release yet; make one with: kg build --data {data}") from error
    except OSError as error:
        raise DataFolderError(f"{data / 'current'} is not a symbolic link to a release; build again") from error
    return _read(data / "releases" / target.name)


def releases(data: Path) -> list[Release]:
    """Every published release, the oldest first. DataFolderError for a damaged or foreign folder."""
    accept(data)
    return [_read(_folder(data, number)) for number in _numbers(data)]


def numbers(data: Path) -> list[int]:
    """The numbers of the published releases, the oldest first; none for a folder that holds nothing yet."""
    return _numbers(data)


def find_release(data: Path, number: int) -> Release:
    """The release `number`. UnknownReleaseError, which says which there are, where it never was or was removed."""
    folder = _folder(data, number)
    if number < 1 or not folder.is_dir():
        known = _numbers(data)
        listed = ", ".join(map(str, known[-_LISTED:])) or "none"
        earlier = f"; there are {len(known)}, the last ones" if len(known) > _LISTED else "; there are"
        raise UnknownReleaseError(f"there is no release {number}, or it was removed{earlier}: {listed}")
    return _read(folder)


def prune(data: Path, keep: int, pinned: Collection[int] = ()) -> list[int]:
    """Remove old releases; the numbers of those that are gone. What stays: the newest `keep` (1 at least), the current
    one, and those that are `pinned`. DataFolderError while a build is at work."""
    current = current_release(data).number
    with _locked(data):
        numbers = _numbers(data)
        stay = {current, *numbers[-max(keep, 1) :], *pinned}
        gone = [number for number in numbers if number not in stay]
        for number in gone:
            # In one step, so that nobody sees half a release.
            _folder(data, number).rename(data / f"removing-{number:06}")
        _sweep(data)
    return gone


def _sweep(data: Path) -> None:
    """Remove what builds left that died, and releases that are no more."""
    for pattern in ("building-*", "removing-*"):
        for stale in data.glob(pattern):
            shutil.rmtree(stale)


def _folder(data: Path, number: int) -> Path:
    return data / "releases" / f"{number:06}"


def _numbers(data: Path) -> list[int]:
    return sorted(int(path.name) for path in (data / "releases").glob("[0-9]*") if path.name.isdigit())


def _read(path: Path) -> Release:
    try:
        manifest = json.loads((path / "manifest.json").read_bytes())
        return Release(manifest["number"], path.resolve(), manifest)
    except (OSError, ValueError, KeyError) as error:
        raise DataFolderError(f"the release in {path} is damaged ({error}); build again") from error


def _text_file(folder: Path, identifier: str) -> Path:
    # An identifier is a file name. Anything else, as it may come in an address, must not lead out of the folder.
    if not identifier or identifier in {".", ".."} or "/" in identifier or "\0" in identifier:
        raise InputError(f"{identifier!r} is not the identifier of a document")
    return folder / "texts" / identifier


def accept(data: Path) -> None:
    """Refuse a folder that is no data folder, or of another version, with a DataFolderError. A missing or empty one is
    fine, and so is one that only the staff's database lies in so far."""
    if data.exists() and not data.is_dir():
        raise DataFolderError(f"{data} is not a folder; name another one with --data")
    try:
        found = (data / "format").read_text("utf-8").strip()
    except FileNotFoundError:
        # `lock` alone: the first build died before it could write `format`.
        early = ("lock", "format.new", "staff.sqlite")
        if data.exists() and any(not entry.name.startswith(early) for entry in data.iterdir()):
            raise DataFolderError(
                f"{data} is not a data folder (it has no file `format`); name an empty or new one with --data"
            ) from None
        return
    except (OSError, ValueError) as error:
        raise DataFolderError(f"cannot read {data / 'format'}: {error}") from error
    if found != FORMAT:
        raise DataFolderError(
            f"{data} has the format {found!r}, this version of kg works with {FORMAT!r}; "
            "build into another folder with --data, or install the version that made it"
        )


@contextmanager
def _locked(data: Path) -> Iterator[None]:
    """Hold the lock of `data`. The system frees it when the process ends, however it ends."""
    try:
        # Mode "a" does not empty the file: it holds the process id of who has the lock.
        lock = (data / "lock").open("a+", encoding="ascii")
    except OSError as error:
        raise DataFolderError(f"cannot write in the data folder {data}: {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise DataFolderError(
                f"another build (process {lock.read().strip() or 'unknown'}) is at work in {data}; "
                "wait for it to end, or name another folder with --data"
            ) from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def _freeze(folder: Path) -> None:
    """Make all files read-only and see them safely on disk. Folders stay writable, so `rm -r` still works."""
    for parent, _, files in os.walk(folder):
        for name in files:
            file = Path(parent, name)
            _sync(file)
            file.chmod(0o444)
        _sync(Path(parent))


def _point_current_at(data: Path, number: int) -> None:
    link = data / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases", f"{number:06}"))
    link.replace(data / "current")
    _sync(data)


def _write_atomically(file: Path, content: str) -> None:
    new = file.with_name(file.name + ".new")
    new.write_text(content, "utf-8")
    _sync(new)
    new.replace(file)
    _sync(file.parent)


def _sync(path: Path) -> None:
    """See a file, or the names in a folder, safely on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
