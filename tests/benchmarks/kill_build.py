"""Kill `kg build` at random moments and see that the current release is whole each time. Run by hand:

python -m tests.benchmarks.kill_build [--times 10] [PATH ...]

Builds a first release of PATH (default: the samples) in a temporary folder, takes its N-Quads, then starts builds and
kills each with SIGKILL at a random moment of its run. After each kill the current release must open and its N-Quads
must be those of the first, but for the graph of the release's own metadata. Prints a line a kill; exit status 1 if
a release was damaged.
"""

import argparse
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.namespaces import Addresses
from kg.release import current_release
from kg.store import dump


def content(data: Path) -> tuple[int, list[bytes]]:
    """The number of the current release and its N-Quads without the graph `void`."""
    release = current_release(data)
    stream = io.BytesIO()
    dump(release.store, stream, "nquads")
    void = f"<{Addresses().graph('void')}> .".encode()
    return release.number, [line for line in stream.getvalue().splitlines() if not line.endswith(void)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--seed", type=int, default=None, help="repeat the moments of an earlier run")
    parser.add_argument("paths", nargs="*")
    arguments = parser.parse_args()
    moments = random.Random(arguments.seed)
    damaged = 0
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        command = [sys.executable, "-m", "kg", "build", *arguments.paths, "--data", str(data)]
        began = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        whole_run = time.monotonic() - began
        _, first = content(data)
        print(f"first release: {len(first)} quads in {whole_run:.1f} s")
        for turn in range(arguments.times):
            moment = moments.uniform(0, whole_run)
            process = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
            time.sleep(moment)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            left = len(list(data.glob("building-*")))
            number, now = content(data)
            good = now == first
            damaged += not good
            print(f"kill {turn + 1} after {moment:5.2f} s: release {number} {'whole' if good else 'DAMAGED'}"
                  f"{', a half-built folder was left' if left else ''}")  # fmt: skip
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        number, now = content(data)
        damaged += now != first
        print(
            f"last build: release {number} {'is the same as the first' if now == first else 'DIFFERS from the first'}"
        )
    return 1 if damaged else 0


if __name__ == "__main__":
    sys.exit(main())
