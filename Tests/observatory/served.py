"""Starts the program's server for a check, and stops it."""

import contextlib
import re
import subprocess


@contextlib.contextmanager
def served(program, *arguments):
    """Gives the address at which the program serves; ends it as a person would, and asks for a clean end."""
    process = subprocess.Popen(
        [program, "serve", "--port", "0", *arguments], stdout=subprocess.PIPE, text=True
    )
    try:
        for line in process.stdout:
            if match := re.search(r"http://\S+", line):
                yield match[0].rstrip("/")
                break
        else:
            raise SystemExit("the server did not start")
    finally:
        process.terminate()
        code = process.wait(30)
    if code != 0:
        raise SystemExit(f"the server ended with {code}")
