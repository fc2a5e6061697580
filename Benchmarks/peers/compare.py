#!/usr/bin/env python3
"""Runs our side and the peers in turn on the same data, and writes one table of ratios.

    python3 Benchmarks/peers/compare.py [--only REGEX] [--rounds N] [--out FILE.md]

Peers are installed, at the versions of requirements.txt, into .build/peers; data are made in
.build/bench-peers. A peer that cannot be installed or fails is said in the table. In each round every
side does its job once unmeasured and then a few times, in a process of its own; the table has medians
over all rounds. Needs Python's own library only.
"""

import argparse
import csv
import datetime
import gzip
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = ROOT / ".build"
DATA = BUILD / "bench-peers"
ENVIRONMENT = BUILD / "peers"
OURS = BUILD / "benchmarks" / "release" / "jobs"
READER = BUILD / "reading" / "release" / "reading"
FULCRUM = BUILD / "release" / "fulcrum"
PUBLIC = ROOT.parent / "shared" / "data"
PUBLISHED = ROOT.parent / "shared" / "reference" / "published" / "data"
THREADS = 2
PATIENCE = 1_800

# (job, what it is, peers, runs in a round, rounds at most)
IN_MEMORY = [
    ("group-time", "group-time, 10,000 × 20, 133 cells, 999 draws", ["diff-diff", "moderndid", "csdid"], 3, 9),
    ("group-time-covariate", "the same with a covariate, doubly robust", ["diff-diff", "moderndid", "csdid"], 3, 9),
    ("sc-predictors", "synthetic control with predictors, 38 placebos, V searched in each", ["diff-diff", "pysyncon"], 1, 3),
    ("sdid-published", "synthetic DiD, published path, 50 × 31, 4 treated, 200 placebos drawn", ["diff-diff"], 5, 9),
    ("sdid-published-prop99", "synthetic DiD, published path, Proposition 99 (all 38 against 200 drawn)", ["diff-diff"], 5, 9),
    ("sdid-exact-prop99", "synthetic DiD, exact, all 38 placebos of Proposition 99", [], 9, 9),
    ("sdid-exact", "synthetic DiD, exact, all 38 placebos of a made panel, 39 × 31", [], 9, 9),
    ("reassignments", "10,000 reassignments of group-time, 34 × 33, with gaps", [], 9, 9),
    ("two-way", "two-way fixed effects, 10 M rows, 1 M + 1,000 effects, clustered", ["pyfixest"], 1, 5),
]
GROWTH = [
    ("group-time-1000x20", "group-time, 1,000 × 20, 999 draws", ["diff-diff"], 3, 9),
    ("group-time", "units × 10", ["diff-diff"], 3, 9),
    ("group-time-1000x200", "periods × 10 (1,393 cells)", ["diff-diff"], 3, 9),
    ("group-time-1000x20-draws", "draws × 10", ["diff-diff"], 3, 9),
    ("sdid-published", "synthetic DiD, published path, 50 × 31, 200 placebos", ["diff-diff"], 3, 9),
    ("sdid-published-500x31", "units × 10", ["diff-diff"], 1, 3),
    ("sdid-published-50x310", "periods × 10", ["diff-diff"], 1, 3),
    ("sdid-published-draws", "draws × 10", ["diff-diff"], 1, 3),
    ("two-way-1m", "two-way fixed effects, 1 M rows", ["pyfixest"], 3, 9),
    ("two-way", "rows × 10", ["pyfixest"], 1, 5),
]
PANEL = "--unit unit --period period --outcome y --first-treated first_treated --method group-time"
WHOLE = [
    ("group-time", "read the CSV (10 MB) and estimate, group-time, 999 draws", ["diff-diff", "moderndid", "csdid"],
     f"staggered-10000x20.csv {PANEL} --bootstrap 999 --seed 1 --threads {THREADS} --json"),
    ("group-time-covariate", "the same with a covariate", ["diff-diff", "moderndid", "csdid"],
     f"staggered-10000x20.csv {PANEL} --covariates x --bootstrap 999 --seed 1 --threads {THREADS} --json"),
    ("sdid-published", "read the CSV and estimate, synthetic DiD, 200 placebos", ["diff-diff"],
     f"block-50x31.csv --unit unit --period period --outcome y --treatment treated --method synthetic-did"
     f" --mode frank-wolfe --se placebo --seed 1 --threads {THREADS} --json"),
]

READERS = ["duckdb", "polars"]
RUNS_OF_READING = 3
VOTES = ["un-votes/un_votes.csv.gz", "un-votes/un_roll_calls.csv"]
# (name, what it is, public files that the peers read, our command on them); {casebook} is one without evidence.
READING = [
    ("read-votes", "870,109 votes, 6,203 roll calls → yearly agreement with China", VOTES,
     "agreement {files} --with CN --out agreement.csv"),
    ("read-votes-all", "the same → agreement of all pairs, all years (57 MB of text)", VOTES,
     "agreement {files} --out agreement.csv"),
    ("read-sipri", "SIPRI register, 29,507 rows → claims and series", ["sipri/trade-register.csv"],
     "import sipri-transfers {files} --casebook {casebook} --counterpart CHN"),
    ("read-gcof", "GCOF projects (8 MB unpacked) → claims", ["aiddata/aiddata_gcof_v1.csv.gz"],
     "import aiddata-gcof {files} --casebook {casebook} --counterpart CHN"),
    ("read-vdem", "V-Dem from 1990 (2 MB unpacked) → series", ["vdem/vdem_simple_v15_1990.csv.gz"],
     "import vdem {files} --casebook {casebook}"),
    ("read-ideal-points", "ideal points (2.4 MB) → series", ["ideal-points/idealpoints_july2025.csv"],
     "import ideal-points {files} --casebook {casebook} --counterpart CHN"),
    ("read-world-bank", "World Bank, gross domestic product → series", ["world-bank/API_NY.GDP.MKTP.CD_1960_2020.csv"],
     "import world-bank {files} --casebook {casebook}"),
]
RUNS_OF_READING_ALONE = 9


def say(text):
    print(f"bench-peers: {text}", file=sys.stderr, flush=True)


# What is needed


def install(peers):
    """Installs each of the peers by itself; gives what went wrong by peer."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    missing = {}
    for line in (HERE / "requirements.txt").read_text().split():
        name = line.split("==")[0]
        if name not in peers:
            continue
        stamp = ENVIRONMENT / f"installed-{line}"
        if stamp.exists():
            continue
        say(f"installing {line}")
        done = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", line], capture_output=True, text=True)
        if done.returncode == 0:
            stamp.touch()
        else:
            missing[name] = "not installed: " + (done.stderr.strip().splitlines() or ["pip failed"])[-1]
    return missing


def build(needs_jobs, needs_program, needs_reader):
    say("building our side")
    if needs_reader:
        subprocess.run(
            ["swift", "build", "-c", "release", "--package-path", "Benchmarks", "--scratch-path",
             ".build/reading", "--product", "reading", "-Xswiftc", "-enable-testing"],
            cwd=ROOT, check=True, stdout=sys.stderr)
    if needs_jobs:
        subprocess.run(
            ["swift", "build", "-c", "release", "--package-path", "Benchmarks", "--scratch-path",
             ".build/benchmarks", "--product", "jobs"], cwd=ROOT, check=True, stdout=sys.stderr)
    if needs_program:
        subprocess.run(
            ["swift", "build", "-c", "release", "--product", "fulcrum"], cwd=ROOT, check=True, stdout=sys.stderr)


def make_data():
    subprocess.run([OURS, "make", DATA], check=True)
    if not (PUBLISHED / "california_prop99.csv").exists():
        say(f"{PUBLISHED} is not there: the rows on Proposition 99 are left out")
        return
    shutil.copy(PUBLISHED / "california_prop99.csv", DATA / "prop99.csv")
    with open(PUBLISHED / "smoking_adh2010_covariates.csv", newline="") as source:
        rows = list(csv.DictReader(source))
    with open(DATA / "smoking.csv", "w", newline="") as target:
        writer = csv.DictWriter(target, fieldnames=[*rows[0], "treated"])
        writer.writeheader()
        for row in rows:
            is_treated = row["state"] == "California" and int(row["year"]) >= 1989
            writer.writerow({**row, "treated": int(is_treated)})


# Running


def run(command):
    """Runs a command; gives its last line of output, its seconds, those of processors, its most memory."""
    start = time.perf_counter()
    with open(DATA / "errors.txt", "w") as errors, open(DATA / "output.txt", "w") as output:
        process = subprocess.Popen([str(word) for word in command], stdout=output, stderr=errors, cwd=DATA)
        limit = time.monotonic() + PATIENCE
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > limit:
                process.kill()
                os.wait4(process.pid, 0)
                raise RuntimeError(f"took longer than {PATIENCE} s")
            time.sleep(0.001)
    seconds = time.perf_counter() - start
    if status:
        said = (DATA / "errors.txt").read_text().strip().splitlines() or ["no message"]
        raise RuntimeError(f"failed: {said[-1][:120]}")
    lines = (DATA / "output.txt").read_text().strip().splitlines()
    processor = usage.ru_utime + usage.ru_stime
    return lines[-1] if lines else "", seconds, processor, usage.ru_maxrss * 1024


def our_command(job, runs):
    return [OURS, job, DATA, runs, THREADS]


def peer_command(peer, job, runs):
    return [ENVIRONMENT / "bin" / "python", HERE / "peer.py", peer, job, DATA, runs]


class Side:
    """What one side took and found, over the rounds."""

    def __init__(self):
        self.seconds, self.processor, self.memory, self.values, self.problem = [], [], 0, {}, None

    def add(self, command):
        if self.problem:
            return
        try:
            report = json.loads(run(command)[0])
        except (RuntimeError, json.JSONDecodeError) as error:
            self.problem = str(error)
            return
        self.seconds += report["seconds"]
        self.processor.append(report["processorSeconds"])
        self.memory = max(self.memory, report["memory"])
        self.values = report["values"]

    def add_whole(self, command):
        if self.problem:
            return
        try:
            _, seconds, processor, memory = run(command)
        except RuntimeError as error:
            self.problem = str(error)
            return
        self.seconds.append(seconds)
        self.processor.append(processor)
        self.memory = max(self.memory, memory)


def in_turn(job, peers, runs, rounds, missing):
    sides = {"": Side(), **{peer: Side() for peer in peers}}
    for peer in peers:
        sides[peer].problem = missing.get(peer)
    for _ in range(rounds):
        for name, side in sides.items():
            side.add(peer_command(name, job, runs) if name else our_command(job, runs))
    return sides


def whole_in_turn(job, peers, words, rounds, missing):
    sides = {"": Side(), **{peer: Side() for peer in peers}}
    for peer in peers:
        sides[peer].problem = missing.get(peer)
    for _ in range(rounds):
        for name, side in sides.items():
            side.add_whole(peer_command(name, job, 0) if name else [FULCRUM, "estimate", *words.split()])
    return sides


def unpacked(path):
    """The public file as text: where it is packed, a copy that is not."""
    file = PUBLIC / path
    if file.suffix != ".gz":
        return file
    text = DATA / file.stem
    if not text.exists():
        text.write_bytes(gzip.decompress(file.read_bytes()))
    return text


def write_casebook(folder):
    """Starts a casebook of the states of the built-in one, without evidence."""
    shutil.rmtree(folder, ignore_errors=True)
    with open(ROOT / "Casebooks" / "western-balkans" / "actors.csv", newline="") as actors:
        states = [row["id"] for row in csv.DictReader(actors) if row["kind"] == "state" and row["id"] != "CHN"]
    subprocess.run(
        [FULCRUM, "init", folder, "--organisation", "NATO", "--counterpart", "CHN", "--states", ",".join(states),
         "--periods", "1992-2024"], check=True, stdout=subprocess.DEVNULL)


def reading_in_turn(paths, words, rounds, missing):
    """Our whole process, which makes evidence of what it reads, against the peers' reading alone."""
    sides = {"": Side(), **{peer: Side() for peer in READERS}}
    for peer in READERS:
        sides[peer].problem = missing.get(peer)
    files = [str(unpacked(path)) for path in paths]
    casebook = DATA / "casebook"
    command = words.format(files=" ".join(files), casebook=casebook).split()
    for _ in range(rounds):
        for _ in range(RUNS_OF_READING):
            write_casebook(casebook)
            sides[""].add_whole([FULCRUM, *command])
        for peer in READERS:
            sides[peer].add([ENVIRONMENT / "bin" / "python", HERE / "read_peer.py", peer, RUNS_OF_READING, THREADS, *files])
    return sides


def reading_alone(paths, rounds, missing):
    """The readers alone, each in a process of its own: ours by what it does and threads, the peers' by threads."""
    files = [str(unpacked(path)) for path in paths]
    python = ENVIRONMENT / "bin" / "python"
    commands = {(work, threads): [READER, work, RUNS_OF_READING_ALONE, threads, *files]
                for work in ["touch", "cut", "columns"] for threads in [1, THREADS]}
    commands |= {(peer, threads): [python, HERE / "read_peer.py", peer, RUNS_OF_READING_ALONE, threads, *files]
                 for peer in READERS for threads in [1, THREADS]}
    sides = {name: Side() for name in commands}
    for (work, _), side in sides.items():
        side.problem = missing.get(work)
    for _ in range(rounds):
        for name, command in commands.items():
            sides[name].add(command)
    return sides


# Writing


def seconds_text(seconds):
    median = statistics.median(seconds)
    return f"{median * 1000:,.1f} ms" if median < 1 else f"{median:,.2f} s"


def memory_text(memory):
    return f"{memory / 1e6:,.0f} MB"


def agreement(ours, theirs):
    """How far the numbers of two sides differ."""
    parts = []
    if "loss" in theirs:
        pairs = list(zip(ours["loss"], theirs["loss"]))
        lower = sum(own <= other * (1 + 1e-9) for own, other in pairs)
        worst = max(own / other for own, other in pairs)
        parts.append(f"loss lower or equal in {lower} of {len(pairs)}, at most {worst:.6f} of theirs")
    if "att" in theirs:
        pairs = list(zip(ours["att"], theirs["att"]))
        parts.append(f"estimates {max(abs(own - other) for own, other in pairs):.0e}")
    if "error" in theirs:
        pairs = list(zip(ours["error"], theirs["error"]))
        widest = max(abs(own / other - 1) for own, other in pairs)
        parts.append(f"errors {widest:.0e} of them" if widest < 1e-6 else f"errors {widest:.0%} (drawn)")
    return "; ".join(parts)


HEADER = """| work | ours | memory | peer | time | memory | ratio | of processor time | largest difference |
|---|---|---|---|---|---|---|---|---|"""


def lines_of(title, sides):
    ours = sides.pop("")
    if ours.problem:
        return [f"| {title} | {ours.problem} | | | | | | | |"]
    own = f"{seconds_text(ours.seconds)} | {memory_text(ours.memory)}"
    if not sides:
        return [f"| {title} | {own} | none has it | | | | | |"]
    lines = []
    for name, side in sides.items():
        if side.problem:
            lines.append(f"| {title} | {own} | {name} | {side.problem} | | | | |")
            continue
        ratio = statistics.median(side.seconds) / statistics.median(ours.seconds)
        work = statistics.median(side.processor) / statistics.median(ours.processor)
        said = agreement(ours.values, side.values)
        lines.append(
            f"| {title} | {own} | {name} | {seconds_text(side.seconds)} | {memory_text(side.memory)} "
            f"| {ratio:,.1f} × | {work:,.1f} × | {said} |")
    return lines


ALONE_HEADER = """| file | bytes | their sum | our cells | our columns | duckdb | polars | two of ours at once | duckdb, two threads | polars, two threads |
|---|---|---|---|---|---|---|---|---|---|"""


def line_alone(title, sides):
    """Of each side the shortest time and, in brackets, the processor time; ours with bytes a second."""
    problems = {side.problem for side in sides.values() if side.problem}
    if problems:
        return f"| {title} | {'; '.join(sorted(problems))} | | | | | | | | |"

    def text(*name):
        side = sides[name]
        rate = f", {side.values['bytes'] / min(side.seconds) / 1e9:,.1f} GB/s" if "bytes" in side.values else ""
        return f"{min(side.seconds) * 1000:,.1f} ms ({statistics.median(side.processor) * 1000:,.1f}){rate}"

    size = sides["touch", 1].values["bytes"]
    names = [("touch", 1), ("cut", 1), ("columns", 1), ("duckdb", 1), ("polars", 1),
             ("columns", 2), ("duckdb", 2), ("polars", 2)]
    return f"| {title} | {size / 1e6:,.1f} MB | " + " | ".join(text(*name) for name in names) + " |"


def preamble(rounds):
    model = next(
        (line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine())
    load = os.getloadavg()[0]
    r = "R is at hand but not run here" if shutil.which("Rscript") else "R is not at hand, so no R package is in the table"
    return (
        f"{datetime.date.today().isoformat()}, {os.cpu_count()} processors ({model}), "
        f"{THREADS} threads on both sides, load average {load:.1f} at the start, up to {rounds} rounds. {r}.\n")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--only", default="", help="rows whose job matches this expression")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--out", type=pathlib.Path, default=BUILD / "bench-peers.md")
    given = options.parse_args()
    DATA.mkdir(parents=True, exist_ok=True)
    estimated, read = [
        [row for row in rows if re.search(given.only, row[0])]
        for rows in ([*IN_MEMORY, *GROWTH, *WHOLE], READING)]
    alone = {tuple(row[2]): row[1] for row in reversed(READING) if re.search(given.only, "alone-" + row[0])}
    missing = install({peer for row in estimated for peer in row[2]} | set(READERS if read or alone else []))
    build(
        needs_jobs=estimated, needs_program=read or any(row in WHOLE for row in estimated), needs_reader=alone)
    if estimated:
        make_data()
    table = [preamble(given.rounds)]
    done = {}
    for heading, rows in [("Data in memory on both sides", IN_MEMORY), ("How cost grows", GROWTH)]:
        lines = []
        for job, title, peers, runs, most in rows:
            if not re.search(given.only, job):
                continue
            if (job in ("sc-predictors",) or "prop99" in job) and not (DATA / "prop99.csv").exists():
                lines.append(f"| {title} | its data are not beside the package | | | | | | | |")
                continue
            say(title)
            # A row of both tables is measured once.
            key = (job, tuple(peers))
            known = [done[other] for other in done if other[0] == job and set(peers) <= set(other[1])]
            sides = known[0] if known else in_turn(job, peers, runs, min(given.rounds, most), missing)
            done[key] = sides
            chosen = {name: side for name, side in sides.items() if not name or name in peers}
            lines += lines_of(title, chosen)
            say(lines[-1])
        if lines:
            table += [f"\n### {heading}\n", HEADER, *lines]
    whole = []
    for job, title, peers, words in WHOLE:
        if re.search(given.only, job):
            say(title)
            whole += lines_of(title, whole_in_turn(job, peers, words, given.rounds, missing))
            say(whole[-1])
    if whole:
        table += ["\n### Whole processes, reading the CSV\n", HEADER, *whole]
    reading = []
    for name, title, paths, words in READING:
        if not re.search(given.only, name):
            continue
        if not all((PUBLIC / path).exists() for path in paths):
            reading.append(f"| {title} | its files are not beside the package | | | | | | | |")
            continue
        say(title)
        reading += lines_of(title, reading_in_turn(paths, words, given.rounds, missing))
        say(reading[-1])
    if reading:
        table += ["\n### Public files: our whole process against the peers' reading alone\n", HEADER, *reading]
    lines = []
    for paths, title in alone.items():
        if all((PUBLIC / path).exists() for path in paths):
            title = title.split(" → ")[0]
            say(f"{title}: the readers alone")
            lines.append(line_alone(title, reading_alone(paths, given.rounds, missing)))
            say(lines[-1])
    if lines:
        table += ["\n### The readers alone\n", ALONE_HEADER, *lines]
    text = "\n".join(table) + "\n"
    given.out.write_text(text)
    print(text)


if __name__ == "__main__":
    main()
