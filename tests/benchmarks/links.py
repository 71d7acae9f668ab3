"""Links to saved queries beside the same queries sent to the endpoint. Run by hand:

    python -m tests.benchmarks.links [--seconds 3]

Builds the samples in a temporary folder, serves them, and prints requests a second with 1 and 8 clients for public
links and for their query at /sparql, all as CSV and always the same. They are asked in turn, three times over; the
medians count. Exit status 1 where a link has less than nine tenths of the rate of the query.
"""

import argparse
import itertools
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from kg.resources import queries_folder
from tests.benchmarks.endpoint import served
from tests.benchmarks.load import drive, get


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3.0, help="for each rate")
    arguments = parser.parse_args()
    text = (queries_folder() / "agreements.rq").read_text("utf-8")
    asked = {
        "/queries/agreements.csv": get("/queries/agreements.csv", "text/csv"),
        "/queries/agreements@1.csv?release=1": get("/queries/agreements@1.csv?release=1", "text/csv"),
        "/sparql?query=…": get(f"/sparql?query={quote(text)}", "text/csv"),
    }
    with tempfile.TemporaryDirectory() as folder:
        kg = [sys.executable, "-m", "kg"]
        data = str(Path(folder, "data"))
        subprocess.run([*kg, "build", "--data", data], check=True, stdout=subprocess.DEVNULL)
        with served(lambda port: [*kg, "serve", "--data", data, "--port", str(port)]) as (port, _):
            good = True
            for clients in (1, 8):
                rates: dict[str, list[float]] = {}
                for _, (name, request) in itertools.product(range(3), asked.items()):
                    result = drive(port, clients, itertools.repeat(request), arguments.seconds)
                    assert set(result.statuses) == {200}, (name, result.statuses)
                    rates.setdefault(name, []).append(result.rate)
                medians = {name: statistics.median(found) for name, found in rates.items()}
                for name, rate in medians.items():
                    print(f"{clients} client{'s'[: clients > 1]:1}  {name:40} {rate:10,.0f} requests/s")
                good &= min(medians.values()) >= 0.9 * medians["/sparql?query=…"]
    print("reached" if good else "MISSED")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
