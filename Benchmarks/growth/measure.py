"""Times how the commands grow with the claims of a casebook, and prints a table.

    measure.py PROGRAM [CLAIMS …]

The casebook is the built-in one; claims that no other record names are copied under new facts and deals
until there are as many as wanted (1,000, 10,000 and 100,000 by default).
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BUILT_IN = Path(__file__).resolve().parents[2] / "Casebooks" / "western-balkans"
COUNTS = [1_000, 10_000, 100_000]
COMMANDS = [
    ("check", ["check"]),
    ("answer", ["answer", "--quiet", "--out", "OUT"]),
    ("answer on the terminal", ["answer"]),
]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader), reader.fieldnames


def named_elsewhere(folder, claims):
    """The claims that a record beside the table of claims, or a correction, names."""
    named = {row["supersedes"] for row in claims}
    for path in folder.glob("*.csv"):
        if path.name != "claims.csv":
            named |= {row["claim"] for row in rows(path)[0] if row.get("claim")}
    return named


def copied(claim, number):
    """The same claim about another fact."""
    copy = claim | {"id": f"{claim['id']}-{number}", "fact": f"{claim['fact']}-{number}"}
    return copy | {"deal": f"{claim['deal']}-{number}" if claim["deal"] else "", "part_of": ""}


def made(folder, count):
    """Writes the casebook of `count` claims."""
    shutil.copytree(BUILT_IN, folder)
    path = folder / "claims.csv"
    claims, names = rows(path)
    named = named_elsewhere(folder, claims)
    free = [claim for claim in claims if claim["id"] not in named and not claim["supersedes"]]
    copies = (copied(free[n % len(free)], n // len(free)) for n in range(count - len(claims)))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*claims, *copies])


def measured(words):
    """Seconds on the clock, seconds of processors and the most memory in MB of one command."""
    started = time.monotonic()
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(map(str, words))} ended with {status}")
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    program = Path(sys.argv[1]).resolve()
    counts = [int(text) for text in sys.argv[2:]] or COUNTS
    print("| claims | command | seconds | processor seconds | MB |\n|---|---|---|---|---|")
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "casebook"
            made(folder, count)
            for title, words in COMMANDS:
                words = [name + "/out" if word == "OUT" else word for word in words]
                clock, processor, memory = measured([program, words[0], folder, *words[1:]])
                print(f"| {count:,} | {title} | {clock:.1f} | {processor:.1f} | {memory:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
