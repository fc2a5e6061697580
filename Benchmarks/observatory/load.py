"""Loads `fulcrum serve` on loopback and prints a table: requests a second, and how long recomputations take.

    load.py PROGRAM

Needs `wrk`. Each recomputation is another specification, so that none is kept from before.
"""

import http.client
import json
import random
import re
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Tests" / "observatory"))
from served import served

DRAWS = 1_000


def wrk(url, *options):
    """Requests a second of 32 connections on one thread of the client's."""
    run = subprocess.run(
        ["wrk", "-t1", "-c32", "-d5s", *options, url], capture_output=True, text=True, check=True
    )
    bad = re.search(r"Non-2xx[^\n]*", run.stdout)
    return float(re.search(r"Requests/sec:\s*([\d.]+)", run.stdout)[1]), bad and bad[0]


def specifications(address, study, count):
    """Random changes of the kinds that the page's controls make."""
    def items(path):
        return json.load(urllib.request.urlopen(address + path))

    claims = [claim["id"] for claim in items("/api/v1/claims?size=1000")["items"]]
    sources = [source["id"] for source in items("/api/v1/sources?size=1000")["items"]]
    described = items(f"/api/v1/studies/{study}")
    pools = described["pools"]
    chosen = random.Random(1)
    kinds = [
        lambda: {"leave_out": {"claims": [chosen.choice(claims)]}},
        lambda: {"leave_out": {"sources": [chosen.choice(sources)]}},
        lambda: {"leave_out": {"states": [chosen.choice(pools[0]["actors"])]}},
        lambda: {"pool": chosen.choice(pools)["id"]},
        lambda: {"anticipation": chosen.randrange(4)},
        lambda: {"reliability": chosen.choice("BC")},
    ]
    return [{**chosen.choice(kinds)(), "draws": DRAWS} for _ in range(count)]


def timed(address, path, changes):
    """Seconds of each request over one connection, and the statuses that came."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"))
    times, statuses = [], {}
    for change in changes:
        start = time.perf_counter()
        connection.request("POST", path, json.dumps(change))
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - start)
        statuses[response.status] = statuses.get(response.status, 0) + 1
    return times, statuses


def resident(program):
    """Megabytes that the server holds."""
    pid = subprocess.run(["pgrep", "-n", "-f", f"{program} serve"], capture_output=True, text=True).stdout.split()[0]
    return int(re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) // 1024


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def recomputations(name, address, path, changes):
    times, statuses = timed(address, path, changes)
    times.sort()
    at = lambda share: f"{1000 * times[min(len(times) - 1, int(share * len(times)))]:.0f} ms"
    row(name, f"median {at(0.5)}, 95 % {at(0.95)}, longest {at(1)}; statuses {statuses}")


def crowd(address, path, changes, clients=50):
    """Fifty clients at once, each with its share of the changes."""
    results = []
    threads = [
        threading.Thread(target=lambda part=changes[place::clients]: results.append(timed(address, path, part)))
        for place in range(clients)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = {}
    for _, counts in results:
        for status, count in counts.items():
            statuses[status] = statuses.get(status, 0) + count
    row(f"{clients} clients at once, {len(changes)} recomputations of a channel",
        f"{time.perf_counter() - start:.1f} s; statuses {statuses}")


def main():
    program = sys.argv[1]
    with served(program) as address:
        study = json.load(urllib.request.urlopen(address + "/api/v1/studies"))["items"][0]["id"]
        root = f"/api/v1/studies/{study}"
        row("what", "seen")
        row("---", "---")
        for name, path, options in [
            ("the answer's page, packed", "/", ["-H", "Accept-Encoding: gzip"]),
            ("the answer's page, plain", "/", []),
            ("claims, 100 rows of JSON, packed", "/api/v1/claims", ["-H", "Accept-Encoding: gzip"]),
            ("the casebook's counts, JSON", "/api/v1/casebook", []),
        ]:
            rate, bad = wrk(address + path, *options)
            row(name, f"{rate:,.0f} requests/s" + (f"; {bad}" if bad else ""))
        changes = specifications(address, study, 500)
        recomputations(f"a channel recomputed, {DRAWS} reassignments, one client", address,
                       root + "/recompute?channel=diplomacy", changes)
        recomputations("the same by imputation", address, root + "/recompute?channel=diplomacy",
                       [change | {"method": "imputation"} for change in changes[:200]])
        recomputations("the whole answer recomputed, one client", address, root + "/recompute", changes[:200])
        crowd(address, root + "/recompute?channel=diplomacy", changes)
        row("most memory", f"{resident(program)} MB")


if __name__ == "__main__":
    main()
