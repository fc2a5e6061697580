"""Reads tables with one peer and prints, as a line of JSON, its times and how many cells it read.

    python read_peer.py PEER RUNS THREADS FILE…

Every column of every file gets the type that the peer finds for it. Files are read once unmeasured and then
RUNS times, from the disk each time; the start of Python and of the peer is not counted.
"""

import json
import os
import resource
import sys
import time


def duckdb_reader(threads):
    import duckdb

    def read(file):
        base = duckdb.connect(config={"threads": threads})
        base.execute("create table read as select * from read_csv(?)", [file])
        rows = base.execute("select count(*) from read").fetchone()[0]
        columns = len(base.execute("describe read").fetchall())
        base.close()
        return rows * columns

    return read


def polars_reader(threads):
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars

    # What is no number in a column of numbers becomes empty instead of ending the reading.
    def read(file):
        table = polars.read_csv(file, infer_schema_length=10_000, ignore_errors=True)
        return table.height * table.width

    return read


READERS = {"duckdb": duckdb_reader, "polars": polars_reader}


def main():
    peer, runs, threads, files = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    read = READERS[peer](threads)
    cells = sum(map(read, files))
    seconds = []
    processor = time.process_time()
    for _ in range(runs):
        start = time.perf_counter()
        for file in files:
            read(file)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({
        "seconds": seconds, "processorSeconds": (time.process_time() - processor) / runs,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, "values": {"cells": cells}}))


if __name__ == "__main__":
    main()
