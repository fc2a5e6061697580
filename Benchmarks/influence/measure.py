"""Times the influence of 1,000 claims on a made casebook, and prints a table.

    measure.py PROGRAM

The casebook is that of the harbour league with payments split in two or three, so that no value moves.
"""

import csv
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "Examples" / "harbour-league" / "casebook"
CLAIMS = 1_000


def split(row, parts):
    """The same payment as some payments that sum to it."""
    for part in range(parts):
        yield row | {
            "id": f"{row['id']}-{part}", "fact": f"{row['fact']}-{part}",
            "value": repr(float(row["value"]) / parts),
        }


def made(folder):
    """Writes the casebook of `CLAIMS` claims."""
    shutil.copytree(EXAMPLE, folder)
    path = folder / "claims.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, names = list(reader), reader.fieldnames
    lacking, claims = CLAIMS - len(rows), []
    named = {row["supersedes"] for row in rows} | {
        claim["claim"] for table in ("coverage.csv", "memberships.csv", "judgements.csv")
        for claim in csv.DictReader((folder / table).open(encoding="utf-8", newline=""))}
    for row in rows:
        free = row["value"] and row["id"] not in named and not row["supersedes"]
        more = min(2, lacking) if free else 0
        lacking -= more
        claims += split(row, more + 1) if more else [row]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(claims)
    return len(claims)


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "casebook"
        count = made(folder)
        print(f"| influence of {count} claims | seconds | processor seconds |\n|---|---|---|")
        for title, options in [("estimates", ["--estimates"]), ("with p of 1,000", [])]:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            start = time.perf_counter()
            subprocess.run(
                [program, "influence", folder, "--json", *options], check=True,
                stdout=subprocess.DEVNULL)
            wall = time.perf_counter() - start
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(f"| {title} | {wall:.2f} | {used:.2f} |", flush=True)


if __name__ == "__main__":
    main()
